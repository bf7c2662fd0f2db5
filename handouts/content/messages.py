"""The strings of a content file, each with its lasting key, its place and what may stand in it.

Keys: `section.block`, `section.block.item`, `section.heading`. They are built here and in localize from the same
ids, so an edit of the English never changes a key.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from handouts.content.places import ROOM, place_of_label
from handouts.inheritance import odds, pairs_of
from handouts.languages import place_name
from handouts.model.condition import (
    BulletsContent,
    Chance,
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
from handouts.model.edition import Audience
from handouts.model.message import SHARED_DOMAIN, WEB_DOMAIN, Message

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


_BOXES = {"main-message": "the box with the main message", "get-help": "the box that says when to get help"}


def condition_messages(content: ConditionContent, file: YamlFile) -> Iterator[Message]:
    """Every string of a condition file, in the order of the file."""
    examples = {name: _example_in(content, fact) for name, fact in content.facts.items()}
    both = tuple(audience for audience in Audience if audience in content.editions)

    def message(key: str, source: str, *path: str | int) -> Message:
        placeholders = MappingProxyType(examples)
        return Message(content.id, key, source, file.where(*path), placeholders=placeholders, audiences=both)

    name = message("name", content.name, "name")
    place = "Under the title, and at the foot of each page"
    yield replace(name, place=place, note="The medical name of the condition.", room=ROOM["name"])
    for audience, edition in content.editions.items():
        at: Path = ("editions", audience.value)
        title = message(f"edition.{audience.value}.title", edition.title, *at, "title")
        note = "In plain words; the medical name stands beneath."
        yield replace(title, place="Title", note=note, audiences=(audience,), room=ROOM["title"])
        summary = message(f"edition.{audience.value}.summary", edition.summary, *at, "summary")
        yield replace(summary, place="Under the title", audiences=(audience,))
    for i, section in enumerate(content.sections):
        inside = _BOXES.get(section.role, f"“{section.heading}”")
        heading = message(f"{section.id}.heading", section.heading, "sections", i, "heading")
        place = f"Heading of {inside}" if section.role in _BOXES else "Heading of a part, and in the list of the parts"
        place += _only_in(section.place)
        spoken_to = _those(both, section.audiences)
        yield replace(heading, place=place, audiences=spoken_to, room=ROOM["heading"])
        for j, block in enumerate(section.blocks):
            at = ("sections", i, "blocks", j)
            for key, source, path, kind, comment in _block_strings(block):
                said = message(f"{section.id}.{key}", source, *at, *path)
                audiences = _those(spoken_to, block.audiences)
                where = f"{kind} in {inside}{_only_in(block.place or section.place)}"
                said = replace(said, place=where, note=comment, audiences=audiences)
                if isinstance(block, IconArrayContent):
                    said = replace(said, placeholders=MappingProxyType(examples | sides(content, block)))
                yield said


def _only_in(place: str | None) -> str:
    """Where a string is printed that one country's handouts have alone."""
    return f", printed for {place_name(place)} alone" if place is not None else ""


def _those(asked: tuple[str, ...], audiences: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(audience for audience in asked if audience in audiences)


def _block_strings(block: BlockContent) -> Iterator[tuple[str, str, Path, str, str | None]]:
    """(key below the section, English, path below the block, what it is, note) of each string in `block`."""
    match block:
        case ParagraphContent():
            yield block.id, block.text, ("text",), "Paragraph", block.note
        case BulletsContent() | StepsContent() | FillInContent():
            yield f"{block.id}.lead", block.lead, ("lead",), "Line above a list", block.note
            kinds = {"bullets": "Item of a list", "steps": "Step of a list", "fill-in": "Label, with room to write,"}
            for i, item in enumerate(block.items):
                yield f"{block.id}.{item.id}", item.text, ("items", i, "text"), kinds[block.kind], item.note
        case QuestionsContent():
            for i, item in enumerate(block.items):
                kind = "Question that the reader may ask, with room to write,"
                yield f"{block.id}.{item.id}", item.text, ("items", i, "text"), kind, item.note
        case NamesContent():
            yield f"{block.id}.lead", block.lead, ("lead",), "Line above a list of names", block.note
        case IconArrayContent():
            yield f"{block.id}.lead", block.lead, ("lead",), "Line above a row of shapes", block.note
            yield f"{block.id}.with", block.with_, ("with",), "Beside a filled shape", block.note
            yield f"{block.id}.without", block.without, ("without",), "Beside an empty shape", block.note
        case SharedContent() | ChancesContent():
            return


def _example_in(content: ConditionContent, fact: AnyFact) -> str:
    """What a translator sees for a placeholder of this condition; its chances come from the genotype model."""
    if isinstance(fact, Chance) and fact.parents in pairs_of(content.pattern):
        outcome = odds(content.pattern, fact.parents, fact.status, fact.child)
        return f"{outcome.count} in {outcome.total}"
    return example_of(fact)


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
    places = {"term": "Word in the list of words", "meaning": "Meaning, in the list of words"}
    for term_id, term in glossary.terms.items():
        for part, source in (("term", term.term), ("meaning", term.meaning)):
            where = file.where("terms", term_id, part)
            note = f"What “{term.term}” means." if part == "meaning" else None
            yield Message(SHARED_DOMAIN, f"glossary.{term_id}.{part}", source, where, note=note, place=places[part])


def organisation_messages(organisations: OrganisationsFile, file: YamlFile) -> Iterator[Message]:
    """What organisations do; their names stay as they are."""
    for org_id, organisation in organisations.organisations.items():
        if organisation.about is not None:
            where = file.where("organisations", org_id, "about")
            note = f"What the {organisation.name} does."
            place, _ = place_of_label("organisations.")
            key = f"organisation.{org_id}.about"
            yield Message(SHARED_DOMAIN, key, organisation.about, where, note=note, place=place)


def inheritance_messages(inheritance: InheritanceFile, file: YamlFile) -> Iterator[Message]:
    """How conditions pass on, and the words around each pair of parents."""
    for key, text in inheritance.texts.items():
        where = file.where("texts", key, "text")
        audiences = ("carrier",) if key.endswith("-you") else ()
        place = "Paragraph on how the condition passes on"
        yield Message(SHARED_DOMAIN, f"inheritance.{key}", text.text, where, place=place, audiences=audiences)
    for name, counted in (("overall", inheritance.overall), ("overall_without", inheritance.overall_without)):
        for changed, overall in counted.items():
            yield Message(
                SHARED_DOMAIN,
                f"inheritance.{name.replace('_', '-')}.{changed}",
                overall.one,
                file.where(name, changed),
                plural=overall.other,
                note="{count} may be zero.",
                placeholders=MappingProxyType({"count": "1", "total": "4"}),
                place="Under the picture of four children",
            )
    for pattern, pairs in inheritance.parents.items():
        for parents, around in pairs.items():
            key = f"inheritance.{pattern}.{parents}"
            at: Path = ("parents", pattern, parents)
            yield Message(
                SHARED_DOMAIN,
                f"{key}.heading",
                around.heading,
                file.where(*at, "heading"),
                place="Heading over the picture of a family",
                room=ROOM["pair"],
            )
            place = "Between the parents and their four children, in the picture of a family"
            yield Message(SHARED_DOMAIN, f"{key}.lead", around.lead, file.where(*at, "lead"), place=place)
            for i, sentence in enumerate(around.sentences):
                yield Message(
                    SHARED_DOMAIN,
                    f"{key}.{sentence.id}",
                    sentence.text,
                    file.where(*at, "sentences", i, "text"),
                    note=f"The parents are: {around.heading}.",
                    placeholders=MappingProxyType(_ODDS_EXAMPLES),
                    place="Under the picture of a family",
                )
    for kind, name, people in (("child", "children", inheritance.children), ("parent", "couple", inheritance.couple)):
        for who, labels in people.items():
            for status, label in labels.items():
                yield Message(
                    SHARED_DOMAIN,
                    f"inheritance.{kind}.{who}.{status}",
                    label,
                    file.where(name, who, status),
                    place=f"Under one {kind} in the picture of a family",
                    room=ROOM[kind],
                )


def label_messages(labels: LabelsFile, file: YamlFile) -> Iterator[Message]:
    """The handout's own words."""
    for key, label in labels.labels.items():
        place, room = place_of_label(key)
        yield Message(
            SHARED_DOMAIN,
            f"label.{key}",
            label.text,
            file.where("labels", key, "text"),
            note=label.note,
            placeholders=MappingProxyType(dict(label.example)),
            place=place,
            room=room,
            spoken=label.spoken,
        )


_SCREENS = {
    "infobutton": "The answer to a health record that asks which handouts there are",
    "proof": "The table at the end of a proof, on which translators see their words on the page",
    "preview": "The preview, in which translators see their words on the page",
}
"""Where words of the domain `web` stand, by the first part of their keys, when it is not the clinic's page."""


def page_messages(labels: LabelsFile, file: YamlFile) -> Iterator[Message]:
    """The words of the clinic's page, and of what else people are told in the browser."""
    for key, label in labels.labels.items():
        yield Message(
            WEB_DOMAIN,
            key,
            label.text,
            file.where("labels", key, "text"),
            note=label.note,
            placeholders=MappingProxyType(dict(label.example)),
            place=_SCREENS.get(key.split(".")[0], "The page on which staff find a handout"),
            spoken=label.spoken,
        )


def by_key(messages: Iterator[Message]) -> Mapping[str, Message]:
    """`messages` by key. Keys are unique because ids are: the rules check those first."""
    return MappingProxyType({message.key: message for message in messages})
