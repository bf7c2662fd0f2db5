"""What content must keep to beyond its schema. Each rule is a function; its problem code is its name in the docs."""

from __future__ import annotations

import unicodedata
from itertools import chain
from typing import TYPE_CHECKING

from handouts.inheritance import REFUSED, pairs_of
from handouts.languages import is_language, is_place, nearest_places
from handouts.model.condition import (
    WORLD,
    BulletsContent,
    Chance,
    ChancesContent,
    FillInContent,
    IconArrayContent,
    ParagraphContent,
    QuestionsContent,
    Ratio,
    SharedContent,
    StepsContent,
    Token,
)
from handouts.model.markup import MarkupError, parse_markup, placeholders_in
from handouts.model.message import SHARED_DOMAIN, WEB_DOMAIN
from handouts.problems import Problem, Severity, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from handouts.content.yaml_reader import Path, YamlFile
    from handouts.model.condition import ConditionContent, Library
    from handouts.model.message import Message

MOST_ICONS = 100

RESERVED_SECTION_IDS = ("edition", "words", "brand", "organisations", "about", "sources")
"""Names of our own: the keys of titles begin with `edition`, and handouts end with the other five sections."""


def check_text(message: Message) -> Iterator[Problem]:
    """bare-number, markup, unknown-placeholder: what a source string may hold."""
    for source in filter(None, (message.source, message.plural)):
        try:
            pieces = parse_markup(source)
        except MarkupError as error:
            yield Problem("markup", str(error), message.where, hint="bold is **so**, a fact is {so}")
            continue
        words = "".join(piece.words for piece in pieces)
        digits = "".join(c for c in words if unicodedata.category(c).startswith("N"))  # 2, ٢ and ², ½, Ⅱ, ፪
        if digits:
            yield Problem(
                "bare-number",
                f"the number {digits} is typed into the text",
                message.where,
                hint="put it under facts: with its source, and write its name here, as {name}",
            )
        for name in placeholders_in(pieces):
            if name not in message.placeholders:
                yield Problem(
                    "unknown-placeholder",
                    f"{{{name}}} names no fact",
                    message.where,
                    hint=did_you_mean(name, message.placeholders),
                )


def check_never_printed(message: Message, content: ConditionContent) -> Iterator[Problem]:
    """never-printed: words that the sources hold by mistake."""
    for banned in content.never_print:
        if banned.word.casefold() in message.source.casefold():
            hint = f"why: {banned.why}"
            yield Problem("never-printed", f"'{banned.word}' must not be printed", message.where, hint=hint)


def check_names_never_printed(content: ConditionContent, file: YamlFile) -> Iterator[Problem]:
    """never-printed, in what is printed as it stands and never translated: names, tokens, sources."""
    named: list[tuple[str, Path]] = [
        *((name, ("also_called", "names", i)) for i, name in enumerate(content.also_called.names)),
        *((fact.value, ("facts", name, "value")) for name, fact in content.facts.items() if isinstance(fact, Token)),
        *chain.from_iterable(
            ((source.title, ("sources", source_id, "title")), (source.publisher, ("sources", source_id, "publisher")))
            for source_id, source in content.sources.items()
        ),
    ]
    for words, path in named:
        for banned in content.never_print:
            if banned.word.casefold() in words.casefold():
                hint = f"why: {banned.why}"
                yield Problem("never-printed", f"'{banned.word}' must not be printed", file.where(*path), hint=hint)


def check_id(content: ConditionContent, file: YamlFile, expected_id: str) -> Iterator[Problem]:
    """id-mismatch, duplicate-id: a file is named after its condition, for the catalogs carry that name."""
    if content.id != expected_id:
        yield Problem(
            "id-mismatch",
            f"the file is called {expected_id}, but its id is {content.id}",
            file.where("id"),
            hint="make the two the same",
        )
    if content.id in {SHARED_DOMAIN, WEB_DOMAIN}:
        message = f"the id '{content.id}' is taken: catalogs of that name hold what is ours"
        yield Problem("duplicate-id", message, file.where("id"), hint="choose another, and name the file after it")


def check_sources(content: ConditionContent, library: Library, file: YamlFile) -> Iterator[Problem]:
    """duplicate-source: one id names one source, or a shared text would cite what it never read."""
    for source_id in content.sources:
        if source_id in library.sources:
            yield Problem(
                "duplicate-source",
                f"the source id '{source_id}' is taken by the shared library",
                file.where("sources", source_id),
                hint="cite the shared one, or choose another id",
            )
    for source_id, source in content.sources.items():
        if not is_language(source.language):
            where = file.where("sources", source_id, "language")
            message = f"'{source.language}' is not a language tag that we know"
            yield Problem("unknown-language", message, where, hint="use a BCP 47 tag such as es or pt-BR")


def check_ids(content: ConditionContent, file: YamlFile) -> Iterator[Problem]:
    """duplicate-id: two things of one name would share their translations."""
    sections: list[tuple[str, Path]] = [(s.id, ("sections", i, "id")) for i, s in enumerate(content.sections)]
    yield from _duplicates([*((name, ()) for name in RESERVED_SECTION_IDS), *sections], file)
    for i, section in enumerate(content.sections):
        blocks = [(b.id, ("sections", i, "blocks", j, "id")) for j, b in enumerate(section.blocks)]
        yield from _duplicates([("heading", ()), *blocks], file)
        for j, block in enumerate(section.blocks):
            if isinstance(block, (BulletsContent, StepsContent, FillInContent, QuestionsContent)):
                at: Path = ("sections", i, "blocks", j, "items")
                items = [(item.id, (*at, k, "id")) for k, item in enumerate(block.items)]
                yield from _duplicates([("lead", ()), *items], file)


def _duplicates(ids: list[tuple[str, Path]], file: YamlFile) -> Iterator[Problem]:
    seen: set[str] = set()
    for name, path in ids:
        if name in seen:
            yield Problem(
                "duplicate-id",
                f"the id '{name}' is taken",
                file.where(*path),
                hint="ids name strings for good; choose another",
            )
        seen.add(name)


def check_references(content: ConditionContent, library: Library, file: YamlFile) -> Iterator[Problem]:
    """unknown-source, unknown-text, unknown-term, unknown-organisation: names that lead nowhere."""
    sources = {*content.sources, *library.sources}
    named: list[tuple[str, str, Iterable[str], Path]] = []  # (kind, name, known names, path)
    for ids, path in _cited(content):
        named += [("source", source_id, sources, path) for source_id in ids]
    for i, section in enumerate(content.sections):
        for j, block in enumerate(section.blocks):
            if isinstance(block, SharedContent):
                named.append(("text", block.text, library.inheritance.texts, ("sections", i, "blocks", j)))
    for audience, words in content.words.items():
        named += [("term", w, library.glossary, ("words", audience.value, k)) for k, w in enumerate(words)]
    for k, organisation in enumerate(content.organisations):
        named.append(("organisation", organisation, library.organisations, ("organisations", k)))
    for kind, name, known, path in named:
        if name not in known:
            message = f"no {kind} is called '{name}'"
            yield Problem(f"unknown-{kind}", message, file.where(*path), hint=did_you_mean(name, known))


def _cited(content: ConditionContent) -> Iterator[tuple[Iterable[str], Path]]:
    """Each list of source ids in the file, and where it stands."""
    yield content.gene.sources, ("gene", "sources")
    yield content.also_called.sources, ("also_called", "sources")
    for i, code in enumerate(content.codes):
        yield code.sources, ("codes", i, "sources")
    for name, fact in content.facts.items():
        yield getattr(fact, "sources", ()), ("facts", name, "sources")
    for i, section in enumerate(content.sections):
        for j, block in enumerate(section.blocks):
            if isinstance(block, (ParagraphContent, BulletsContent, StepsContent, FillInContent, QuestionsContent)):
                yield block.sources, ("sections", i, "blocks", j, "sources")


def check_library_sources(library: Library, files: Mapping[str, YamlFile]) -> Iterator[Problem]:
    """unknown-source in the shared files, which may cite shared sources alone."""
    cited: list[tuple[str, Path, tuple[str, ...]]] = []
    for key, text in library.inheritance.texts.items():
        cited.append(("inheritance", ("texts", key), text.sources))
    for pattern, pairs in library.inheritance.parents.items():
        for parents, around in pairs.items():
            cited.append(("inheritance", ("parents", pattern, parents), around.sources))
    for term_id, term in library.glossary.items():
        cited.append(("glossary", ("terms", term_id), term.sources))
    for org_id, organisation in library.organisations.items():
        cited.append(("organisations", ("organisations", org_id), organisation.sources))
    for kind, path, ids in cited:
        for source_id in ids:
            if source_id not in library.sources:
                where = files[kind].where(*path, "sources")
                hint = did_you_mean(source_id, library.sources)
                yield Problem("unknown-source", f"no shared source is called '{source_id}'", where, hint=hint)


def check_parents(content: ConditionContent, library: Library, file: YamlFile) -> Iterator[Problem]:
    """unknown-parents: a pair of parents that the pattern does not have, or that must not be printed."""
    asked: list[tuple[str, Path]] = []
    for name, fact in content.facts.items():
        if isinstance(fact, Chance):
            asked.append((fact.parents, ("facts", name, "parents")))
    for i, section in enumerate(content.sections):
        for j, block in enumerate(section.blocks):
            if isinstance(block, ChancesContent):
                asked.append((block.parents, ("sections", i, "blocks", j, "parents")))
    known = set(pairs_of(content.pattern)) & set(library.inheritance.parents.get(content.pattern, ()))
    for parents, path in asked:
        if parents not in known:
            why = REFUSED.get((content.pattern, parents))
            message = f"the pattern {content.pattern} has no parents called '{parents}'"
            if why is not None:
                message = f"the parents '{parents}' must not be printed: {why}"
            hint = did_you_mean(parents, known)
            yield Problem("unknown-parents", message, file.where(*path), hint=hint)


def check_places(content: ConditionContent, file: YamlFile) -> Iterator[Problem]:
    """unknown-place, never-printed-here: for whom a block is printed that is bound to a country."""
    for i, section in enumerate(content.sections):
        yield from _unknown_place(section.place, file, ("sections", i, "place"))
        for j, block in enumerate(section.blocks):
            path: Path = ("sections", i, "blocks", j, "place")
            yield from _unknown_place(block.place, file, path)
            if section.place and block.place and section.place != block.place:
                message = f"a block for {block.place} in a section for {section.place} is never printed"
                hint = "give it a section of its own"
                yield Problem("never-printed-here", message, file.where(*path), hint=hint)


def check_organisation_places(library: Library, file: YamlFile) -> Iterator[Problem]:
    """unknown-place: where an organisation is."""
    for org_id, organisation in library.organisations.items():
        if organisation.place != WORLD:
            yield from _unknown_place(organisation.place, file, ("organisations", org_id, "place"))


def _unknown_place(place: str | None, file: YamlFile, path: Path) -> Iterator[Problem]:
    if place is not None and not is_place(place):
        message = f"no country has the code '{place}'"
        yield Problem("unknown-place", message, file.where(*path), hint=nearest_places(place))


def check_icon_arrays(content: ConditionContent, file: YamlFile) -> Iterator[Problem]:
    """unknown-fact, wrong-fact: a row of shapes is drawn from a ratio that can be counted with the eye."""
    for i, section in enumerate(content.sections):
        for j, block in enumerate(section.blocks):
            if not isinstance(block, IconArrayContent):
                continue
            where = file.where("sections", i, "blocks", j, "fact")
            fact = content.facts.get(block.fact)
            if fact is None:
                hint = did_you_mean(block.fact, content.facts)
                yield Problem("unknown-fact", f"no fact is called '{block.fact}'", where, hint=hint)
            elif not isinstance(fact, Ratio) or fact.total > MOST_ICONS:
                message = f"'{block.fact}' can't be drawn as a row of shapes"
                yield Problem("wrong-fact", message, where, hint=f"name a ratio out of at most {MOST_ICONS}")


def check_facts_used(content: ConditionContent, messages: Iterable[Message], file: YamlFile) -> Iterator[Problem]:
    """unused-fact: a number that no text places may be one that somebody typed instead."""
    used: set[str] = set()
    for section in content.sections:
        used |= {block.fact for block in section.blocks if isinstance(block, IconArrayContent)}
    for message in messages:
        for source in filter(None, (message.source, message.plural)):
            try:
                used.update(placeholders_in(parse_markup(source)))
            except MarkupError:
                continue
    for name in content.facts:
        if name not in used:
            yield Problem(
                "unused-fact",
                f"no text places {{{name}}}",
                file.where("facts", name),
                severity=Severity.WARNING,
            )
