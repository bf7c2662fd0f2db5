"""Every string of a condition in one language as a translator's desk has it: its words, its state, what is wrong."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from handouts.catalogs import entries_of
from handouts.languages import language
from handouts.model.message import SHARED_DOMAIN, Translations
from handouts.problems import HandoutsError, Location, Problem, UsageError, errors_in
from handouts.project import domains_of, messages_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.catalogs import CatalogFile, Entry
    from handouts.languages import Language
    from handouts.model.condition import Condition
    from handouts.model.message import Message
    from handouts.project import Project


class State(StrEnum):
    """What a string is worth. Only a READY one is printed in its language; any other is in English on a proof."""

    READY = "ready"
    FUZZY = "fuzzy"
    STALE = "stale"
    EMPTY = "empty"
    WRONG = "wrong"

    @property
    def told(self) -> str:
        """It in words."""
        return {State.READY: "translated", State.EMPTY: "not translated"}.get(self, self.value)


@dataclass(frozen=True, slots=True)
class DeskString:
    """One string: its message, its state, what the catalog says of it, and what the checks tell.

    `strings` holds one translation, or one for each plural form; it is empty when the catalog says nothing. `line` is
    that of its entry in `file`.
    """

    message: Message
    state: State
    strings: tuple[str, ...]
    file: str | None
    line: int | None
    problems: tuple[Problem, ...]

    @property
    def name(self) -> str:
        """Its name on all pages: domain:key."""
        return f"{self.message.domain}:{self.message.key}"


@dataclass(frozen=True, slots=True)
class Desk:
    """All strings that handouts of a condition may say, by name; `problems` are those of no one string.

    `translations` are the strings that are ready: what may stand on a proof in the language.
    """

    condition: Condition
    language: Language
    strings: Mapping[str, DeskString]
    translations: Translations
    problems: tuple[Problem, ...]


def desk_of(project: Project, condition_id: str, tag: str) -> Desk:
    """The desk for a condition in the language `tag`.

    Raises `UsageError` for names that are not there, and `HandoutsError` when a catalog can't be read at all.
    """
    return desk_for(project, project.condition(condition_id)[0], tag)


def desk_for(project: Project, condition: Condition, tag: str) -> Desk:
    """The same for a condition that has been read already."""
    spoken = language(tag)
    messages = messages_of(condition)
    if spoken.tag == "en" or spoken.is_pseudo:
        translations, _ = project.translations(condition, tag)
        ready = {
            f"{domain}:{key}": DeskString(
                message, State.READY, translations.by_key.get((domain, key), message.english), None, None, ()
            )
            for (domain, key), message in messages.items()
        }
        return Desk(condition, spoken, MappingProxyType(ready), translations, ())
    files = _catalogs(project, condition, spoken)
    by_line, others = _told(project, condition, tag, files)
    strings = {}
    for domain, own in domains_of(condition).items():
        file = files.get(domain)
        entries = entries_of(file, {message.key: message for message in own}) if file is not None else {}
        for message in own:
            one = _string(message, file, entries.get(message.key), by_line)
            strings[one.name] = one
    usable = {
        (one.message.domain, one.message.key): tuple(unicodedata.normalize("NFC", said) for said in one.strings)
        for one in strings.values()
        if one.state is State.READY
    }
    rules = {domain: str(file.catalog.plural_expr) for domain, file in files.items()}
    translations = Translations(spoken.tag, MappingProxyType(usable), MappingProxyType(rules))
    return Desk(condition, spoken, MappingProxyType(strings), translations, others)


def without_glyphs(desk: Desk, absent: str) -> Desk:
    """`desk` in which each translation with one of the characters in `absent`, which no font has, is wrong."""
    strings = dict(desk.strings)
    for name, one in desk.strings.items():
        found = [char for char in absent if any(char in words for words in one.strings)]
        if found:
            where = Location(one.file, one.line) if one.file is not None else None
            told = (Problem("missing-glyph", f"no font of ours has U+{ord(char):04X}", where) for char in found)
            state = State.WRONG if one.state is State.READY else one.state
            strings[name] = replace(one, state=state, problems=(*one.problems, *told))
    kept = {
        (one.message.domain, one.message.key): desk.translations.by_key[one.message.domain, one.message.key]
        for one in strings.values()
        if one.state is State.READY and (one.message.domain, one.message.key) in desk.translations.by_key
    }
    said = replace(desk.translations, by_key=MappingProxyType(kept))
    return replace(desk, strings=MappingProxyType(strings), translations=said)


def _catalogs(project: Project, condition: Condition, spoken: Language) -> Mapping[str, CatalogFile]:
    """The catalogs that there are; one of the two may not be begun yet. Raises `HandoutsError` with all problems."""
    files: dict[str, CatalogFile] = {}
    problems: list[Problem] = []
    for domain in (SHARED_DOMAIN, condition.content.id):
        try:
            file = project.catalog(domain, spoken)
        except HandoutsError as error:
            problems.extend(error.problems)
            continue
        if file is not None:
            files[domain] = file
    if problems:
        raise HandoutsError(*problems)
    if not files:
        there = ", ".join(tag for tag in project.language_tags(condition.content.id) if tag != "en")
        message = f"{condition.content.id} has no {spoken.english_name} ({spoken.tag}) catalog"
        raise UsageError(Problem("unknown-language", message, hint=f"there are catalogs in: {there or 'no language'}"))
    return files


def _told(
    project: Project, condition: Condition, tag: str, files: Mapping[str, CatalogFile]
) -> tuple[Mapping[tuple[str, int], list[Problem]], tuple[Problem, ...]]:
    """What the checks tell, by file and line of the entry, and the rest."""
    try:
        problems = project.translations(condition, tag)[1] if len(files) > 1 else ()
    except HandoutsError as error:
        problems = error.problems
    by_line: dict[tuple[str, int], list[Problem]] = defaultdict(list)
    others: list[Problem] = []
    lines = {
        (file.name, entry.lineno)
        for file in files.values()
        for entry in file.catalog
        if entry.id and entry.lineno is not None
    }
    for problem in problems:
        where = problem.where
        if where is not None and where.line is not None and (where.file, where.line) in lines:
            by_line[where.file, where.line].append(problem)
        else:
            others.append(problem)
    return by_line, tuple(others)


def _string(
    message: Message, file: CatalogFile | None, entry: Entry | None, by_line: Mapping[tuple[str, int], list[Problem]]
) -> DeskString:
    if file is None or entry is None:
        return DeskString(message, State.EMPTY, (), None, None, ())
    problems = tuple(by_line.get((file.name, entry.line or 0), ()))
    wrong = entry.state.value == State.READY.value and errors_in(problems)
    state = State.WRONG if wrong else State(entry.state.value)
    return DeskString(message, state, entry.strings if any(entry.strings) else (), file.name, entry.line, problems)
