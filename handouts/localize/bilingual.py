"""Two handouts of one edition as one copy: each section in the reader's language, then for staff in theirs.

A small number stands beside each passage, the same in both languages and in the same digits, so that a nurse and a
parent who share no language can point at the same place. It is part of the words: it is heard as well.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, count
from typing import TYPE_CHECKING

from handouts.localize.edition_id import renamed, short_id
from handouts.model.approval import lowest
from handouts.model.document import (
    Block,
    Bullets,
    Chances,
    Citations,
    Contacts,
    FillIn,
    Front,
    IconArray,
    Line,
    LocalizedHandout,
    Paragraph,
    Questions,
    Section,
    Steps,
    Table,
    Terms,
    Text,
    WebCode,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def combined(reader: LocalizedHandout, staff: LocalizedHandout) -> LocalizedHandout:
    """One copy of both, which are handouts of one condition and edition in two languages."""
    both = replace(
        reader,
        stage=lowest(reader.stage, staff.stage),
        notices=tuple(dict.fromkeys((*reader.notices, *staff.notices))),
        sections=tuple(chain.from_iterable(_pairs(reader, staff))),
        staff=Front(
            language=staff.language,
            direction=staff.direction,
            audience_line=staff.audience_line,
            size_line=staff.size_line,
            place_line=staff.place_line,
            title=staff.title,
            name=staff.name,
            pair_line=staff.pair_line,
            summary=staff.summary,
            contents_heading=staff.contents_heading,
        ),
    )
    return renamed(both, short_id(f"{reader.edition} {staff.edition}"))


def _pairs(reader: LocalizedHandout, staff: LocalizedHandout) -> Iterator[tuple[Section, ...]]:
    """Each section with its like, numbered in the same way."""
    for number, (ours, theirs) in enumerate(zip(reader.sections, staff.sections, strict=True), 1):
        yield _once(replace(_numbered(ours, number, reader), staff=_for_staff(_numbered(theirs, number, staff))))


def _once(section: Section) -> tuple[Section, ...]:
    """`section`; a list of sources becomes a section of its own after what is said of it in both languages."""
    match section.blocks:
        case (Citations() as sources,):
            said = replace(section, blocks=(Paragraph(sources.key, sources.lead),))
            return said, Section(f"{section.key}-list", section.role, (), (replace(sources, lead=()),))
        case _:
            return (section,)


def _numbered(section: Section, number: int, handout: LocalizedHandout) -> Section:
    """`section` with its number before the heading, and one of their own before its passages, from 1."""
    passages = count(1)

    def mark(words: str, line: Line) -> Line:
        number_run = Text(words, handout.language, "ltr", mark=True)
        return (number_run, Text(" ", handout.language, handout.direction), *line)

    def marked(line: Line) -> Line:
        return mark(f"{number}.{next(passages)}", line) if line else line

    return replace(
        section,
        heading=mark(str(number), section.heading) if section.heading else (),
        blocks=tuple(_marked(block, marked) for block in section.blocks),
    )


def _marked(block: Block, marked: Callable[[Line], Line]) -> Block:
    """`block` with each of its passages marked, in the order of reading.

    The people of a picture, a table and a list that has numbers of its own are found by the passage before them.
    """
    match block:
        case Paragraph():
            return replace(block, text=marked(block.text))
        case Bullets() | Steps():
            return replace(block, lead=marked(block.lead), items=tuple(map(marked, block.items)))
        case FillIn():
            return replace(block, lead=marked(block.lead), labels=tuple(map(marked, block.labels)))
        case Questions():
            return replace(block, items=tuple(map(marked, block.items)), room=marked(block.room))
        case Chances():
            return replace(
                block,
                heading=marked(block.heading),
                lead=marked(block.lead),
                overall=tuple(map(marked, block.overall)),
                sentences=tuple(map(marked, block.sentences)),
            )
        case IconArray():
            lead, one, other = map(marked, (block.lead, *block.sides))
            return replace(block, lead=lead, sides=(one, other))
        case Terms():
            return replace(block, items=tuple(replace(item, term=marked(item.term)) for item in block.items))
        case Contacts():
            return replace(block, items=tuple(replace(item, name=marked(item.name)) for item in block.items))
        case Citations():
            return replace(block, lead=marked(block.lead))
        case WebCode():
            return replace(block, text=marked(block.text))
        case Table():
            return block


def _for_staff(section: Section) -> Section:
    """`section` without what one on the page is enough of: room to write, the list of sources, a square code."""
    return replace(section, blocks=tuple(spoken for block in section.blocks for spoken in _spoken(block)))


def _spoken(block: Block) -> Iterator[Block]:
    match block:
        case FillIn():
            yield Bullets(block.key, block.lead, block.labels)
        case Questions():
            yield Bullets(block.key, (), block.items)
            yield Paragraph(block.key, block.room)
        case Citations():
            yield Paragraph(block.key, block.lead)
        case WebCode():
            yield Paragraph(block.key, block.text)
        case Paragraph() | Bullets() | Steps() | Chances() | IconArray() | Terms() | Contacts() | Table():
            yield block
