"""The reading order of a handout: what a listener should hear, block by block. The oracle of verification."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handouts.model.document import (
    Block,
    Bullets,
    Chances,
    Citations,
    Contacts,
    FillIn,
    Front,
    Giver,
    IconArray,
    Line,
    LocalizedHandout,
    Paragraph,
    Questions,
    Section,
    Steps,
    Table,
    Terms,
    WebCode,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

FRONT_ROLES = frozenset({"main-message", "get-help"})


def reading_order(handout: LocalizedHandout) -> tuple[tuple[str, Line], ...]:
    """(key, line) of every block of words, in the order in which a listener should hear them."""
    front = [section for section in handout.sections if section.role in FRONT_ROLES]
    rest = [section for section in handout.sections if section.role not in FRONT_ROLES]
    staff = handout.staff
    lines: list[tuple[str, Line]] = [
        *_giver(handout.giver),
        ("audience", handout.audience_line),
        ("size", handout.size_line),
        ("place", handout.place_line),
        ("language", handout.language_line),
        ("title", handout.title),
        ("name", handout.name),
        ("pair", handout.pair_line),
        *(("notice", notice) for notice in handout.notices),
        ("summary", handout.summary),
        *(_front(staff) if staff is not None else ()),
        *(line for section in front for line in _both(section)),
        ("covers", handout.contents_heading),
        *((("covers", staff.contents_heading),) if staff is not None else ()),
        *(line for section in (rest if handout.contents_heading else ()) for line in _covered(section)),
        *(line for section in rest for line in _both(section)),
    ]
    return tuple((key, line) for key, line in lines if line)


def _front(front: Front) -> Iterator[tuple[str, Line]]:
    yield "audience", front.audience_line
    yield "size", front.size_line
    yield "place", front.place_line
    yield "title", front.title
    yield "name", front.name
    yield "pair", front.pair_line
    yield "summary", front.summary


def _covered(section: Section) -> Iterator[tuple[str, Line]]:
    yield "covers", section.heading
    if section.staff is not None:
        yield "covers", unmarked(section.staff.heading)


def _both(section: Section) -> Iterator[tuple[str, Line]]:
    yield from _section(section)
    if section.staff is not None:
        yield from _section(section.staff)


def in_words_alone(handout: LocalizedHandout) -> LocalizedHandout:
    """`handout` without its logo and its square code, of which plain text has nothing to show."""
    giver = replace(handout.giver, logo=None) if handout.giver is not None else None
    sections = tuple(
        replace(
            section, blocks=tuple(Paragraph(b.key, b.text) if isinstance(b, WebCode) else b for b in section.blocks)
        )
        for section in handout.sections
    )
    return replace(handout, giver=giver, sections=sections)


def _giver(giver: Giver | None) -> Iterator[tuple[str, Line]]:
    if giver is not None:
        yield "brand.logo", giver.logo.alternative if giver.logo is not None else ()
        yield "brand.from", giver.line


def _section(section: Section) -> Iterator[tuple[str, Line]]:
    yield f"{section.key}.heading", section.heading
    for block in section.blocks:
        for line in _block(block):
            yield block.key, line
    yield f"{section.key}.sources", section.sources


def _block(block: Block) -> Iterator[Line]:
    match block:
        case Paragraph():
            yield block.text
        case Bullets() | Steps():
            yield block.lead
            yield from block.items
        case FillIn():
            yield block.lead
            yield from block.labels
        case Questions():
            yield from block.items
            yield block.room
        case Chances():
            yield block.heading
            yield from (person.label for person in block.couple)
            yield block.lead
            yield from (person.label for person in block.children)
            yield from block.overall
            yield from block.sentences
            yield from block.columns
            for row in block.rows:
                yield from row
        case IconArray():
            yield block.lead
            yield block.alternative
            yield from block.sides
        case Terms():
            for item in block.items:
                yield item.term
                yield item.meaning
        case Contacts():
            for contact in block.items:
                yield contact.name
                yield contact.place
                yield from contact.lines
        case WebCode():
            yield block.alternative
            yield block.text
        case Citations():
            yield block.lead
            yield from (one_line(lines) for lines in block.items)
        case Table():
            yield from block.columns
            yield from (one_line(cell) for row in block.rows for cell in row)


def one_line(lines: tuple[Line, ...]) -> Line:
    """Lines of one item, which are heard one after the other."""
    return tuple(text for line in lines for text in (*line, *_space(line)))


def unmarked(line: Line) -> Line:
    """`line` without the passage's number, and the space after it, with which it may begin."""
    return line[2:] if line and line[0].mark else line


def _space(line: Line) -> Line:
    return (replace(line[-1], value=" ", link=None),) if line else ()
