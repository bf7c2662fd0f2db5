"""The strings of a content file, each with its lasting key, its place and what may stand in it.

Keys: `section.block`, `section.block.item`, `section.heading`. They are built here and in localize from the same
ids, so an edit of the English never changes a key.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from handouts.model.condition import (
    BulletsContent,
    ChancesContent,
    ConditionContent,
    FillInContent,
    IconArrayContent,
    NamesContent,
    ParagraphContent,
    QuestionsContent,
    Ratio,
    SharedContent,
    StepsContent,
)
from handouts.model.message import SHARED_DOMAIN, Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handouts.content.yaml_reader import Path, YamlFile
    from handouts.model.condition import (
        AnyFact,
        BlockContent,
        GlossaryFile,
        InheritanceFile,
        LabelsFile,
        OrganisationsFile,
    )

_ODDS_EXAMPLES = {
    f"{sex}_{short}": "1 in 2"
    for sex in ("son", "daughter", "child")
    for short in ("has", "change", "carrier", "unchanged")
}


def condition_messages(content: ConditionContent, file: YamlFile) -> Iterator[Message]:
    """Every string of a condition file, in the order of the file."""
    examples = {name: example_of(fact) for name, fact in content.facts.items()}

    def message(key: str, source: str, *path: str | int, note: str | None = None) -> Message:
        return Message(
            domain=content.id,
            key=key,
            source=source,
            where=file.where(*path),
            note=note,
            placeholders=MappingProxyType(examples),
        )

    yield message("name", content.name, "name", note="The medical name of the condition.")
    for audience, edition in content.editions.items():
        at: Path = ("editions", audience.value)
        note = f"Title of the {audience.value} edition, in plain words."
        yield message(f"edition.{audience.value}.title", edition.title, *at, "title", note=note)
        yield message(f"edition.{audience.value}.summary", edition.summary, *at, "summary")
    for i, section in enumerate(content.sections):
        yield message(f"{section.id}.heading", section.heading, "sections", i, "heading", note="Heading.")
        for j, block in enumerate(section.blocks):
            at = ("sections", i, "blocks", j)
            for key, source, path, comment in _block_strings(block):
                said = message(f"{section.id}.{key}", source, *at, *path, note=comment)
                if isinstance(block, IconArrayContent):
                    said = replace(said, placeholders=MappingProxyType(examples | sides(content, block)))
                yield said


def _block_strings(block: BlockContent) -> Iterator[tuple[str, str, Path, str | None]]:
    """(key below the section, English, path below the block, note) of each string in `block`."""
    match block:
        case ParagraphContent():
            yield block.id, block.text, ("text",), block.note
        case BulletsContent() | StepsContent() | FillInContent():
            yield f"{block.id}.lead", block.lead, ("lead",), block.note
            for i, item in enumerate(block.items):
                yield f"{block.id}.{item.id}", item.text, ("items", i, "text"), item.note
        case QuestionsContent():
            for i, item in enumerate(block.items):
                yield f"{block.id}.{item.id}", item.text, ("items", i, "text"), item.note
        case NamesContent():
            yield f"{block.id}.lead", block.lead, ("lead",), block.note
        case IconArrayContent():
            yield f"{block.id}.lead", block.lead, ("lead",), block.note
            yield f"{block.id}.with", block.with_, ("with",), block.note
            yield f"{block.id}.without", block.without, ("without",), block.note
        case SharedContent() | ChancesContent():
            return


def sides(content: ConditionContent, block: IconArrayContent) -> dict[str, str]:
    """Examples of what stands at {these}, {others} and {all} of an icon array; none when its fact is no ratio."""
    match content.facts.get(block.fact):
        case Ratio() as ratio:
            others = ratio.total - ratio.count
            return {"these": example_of(ratio), "others": f"{others:,} in {ratio.total:,}", "all": f"{ratio.total:,}"}
        case _:  # the rules tell this mistake with its line
            return {}


def example_of(fact: AnyFact) -> str:
    """What a translator sees for a placeholder: the fact in English."""
    match fact.kind:
        case "ratio":
            return f"{fact.count:,} in {fact.total:,}"
        case "chance":
            return "1 in 2"
        case "number":
            return f"{fact.value:,.10g}"
        case "percent":
            return f"{fact.share:.0%}"
        case "age":
            return f"{fact.years} years" if fact.years is not None else f"{fact.months} months"
        case "token":
            return fact.value
        case "date":
            return fact.value.strftime("%B %-d, %Y")


def glossary_messages(glossary: GlossaryFile, file: YamlFile) -> Iterator[Message]:
    """The words explained."""
    for term_id, term in glossary.terms.items():
        for part, source in (("term", term.term), ("meaning", term.meaning)):
            where = file.where("terms", term_id, part)
            yield Message(SHARED_DOMAIN, f"glossary.{term_id}.{part}", source, where)


def organisation_messages(organisations: OrganisationsFile, file: YamlFile) -> Iterator[Message]:
    """What organisations do; their names stay as they are."""
    for org_id, organisation in organisations.organisations.items():
        if organisation.about is not None:
            where = file.where("organisations", org_id, "about")
            note = f"What the {organisation.name} does."
            yield Message(SHARED_DOMAIN, f"organisation.{org_id}.about", organisation.about, where, note=note)


def inheritance_messages(inheritance: InheritanceFile, file: YamlFile) -> Iterator[Message]:
    """How conditions pass on, and the words around each pair of parents."""
    for key, text in inheritance.texts.items():
        yield Message(SHARED_DOMAIN, f"inheritance.{key}", text.text, file.where("texts", key, "text"))
    for name, counted in (("overall", inheritance.overall), ("overall_without", inheritance.overall_without)):
        for changed, overall in counted.items():
            yield Message(
                SHARED_DOMAIN,
                f"inheritance.{name.replace('_', '-')}.{changed}",
                overall.one,
                file.where(name, changed),
                plural=overall.other,
                note="Under the picture of four children. {count} may be zero.",
                placeholders=MappingProxyType({"count": "1", "total": "4"}),
            )
    for pattern, pairs in inheritance.parents.items():
        for parents, around in pairs.items():
            key = f"inheritance.{pattern}.{parents}"
            at: Path = ("parents", pattern, parents)
            yield Message(SHARED_DOMAIN, f"{key}.heading", around.heading, file.where(*at, "heading"))
            yield Message(SHARED_DOMAIN, f"{key}.lead", around.lead, file.where(*at, "lead"))
            for i, sentence in enumerate(around.sentences):
                yield Message(
                    SHARED_DOMAIN,
                    f"{key}.{sentence.id}",
                    sentence.text,
                    file.where(*at, "sentences", i, "text"),
                    placeholders=MappingProxyType(_ODDS_EXAMPLES),
                )
    for sex, labels in inheritance.children.items():
        for status, label in labels.items():
            where = file.where("children", sex, status)
            note = "Under one child of the picture; about two lines of room."
            yield Message(SHARED_DOMAIN, f"inheritance.child.{sex}.{status}", label, where, note=note)
    for who, labels in inheritance.couple.items():
        for status, label in labels.items():
            where = file.where("couple", who, status)
            note = "Under one parent of the picture; about two lines of room."
            yield Message(SHARED_DOMAIN, f"inheritance.parent.{who}.{status}", label, where, note=note)


def label_messages(labels: LabelsFile, file: YamlFile) -> Iterator[Message]:
    """The handout's own words."""
    for key, label in labels.labels.items():
        yield Message(
            SHARED_DOMAIN,
            f"label.{key}",
            label.text,
            file.where("labels", key, "text"),
            note=label.note,
            placeholders=MappingProxyType(dict(label.example)),
        )


def by_key(messages: Iterator[Message]) -> Mapping[str, Message]:
    """`messages` by key. Keys are unique because ids are: the rules check those first."""
    return MappingProxyType({message.key: message for message in messages})
