"""The handout as plain text: for a message, a braille display, or a screen reader's own editor.

Each line of the tree is a line of text, in the same order. There is no drawing with signs, for a listener would hear
each of them. In a text that runs from right to left, left-to-right runs stand between the isolates of Unicode, so
that no number or name turns round.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.model.artifacts import PlainText
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
    WebCode,
)
from handouts.model.reading import FRONT_ROLES, one_line, unmarked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LTR, _RTL, _END = "\u2066", "\u2067", "\u2069"
BULLET = "- "


def plain_text(handout: LocalizedHandout, digits: str) -> PlainText:
    """The words of `handout`; steps are counted in `digits`, ten signs from zero."""
    return PlainText("\n".join(_Writer(handout, digits).lines()) + "\n")


def apart(words: str, direction: str, around: str) -> str:
    """`words` of a direction, set apart when what stands around them has another."""
    return words if direction == around else f"{_LTR if direction == 'ltr' else _RTL}{words}{_END}"


class _Writer:
    """Writes lines in the direction of one handout."""

    def __init__(self, handout: LocalizedHandout, digits: str, direction: str | None = None) -> None:
        self.handout = handout
        self.digits = digits
        self.direction = direction or handout.direction

    def lines(self) -> Iterator[str]:
        handout, staff, giver = self.handout, self.handout.staff, self.handout.giver
        if giver is not None:
            alternative = giver.logo.alternative if giver.logo is not None else ()
            yield from (self.said(line) for line in (alternative, giver.line) if line)
        front = (handout.audience_line, handout.size_line, handout.place_line, handout.language_line)
        yield from (self.said(line) for line in front if line)
        yield ""
        yield from (self.said(line) for line in (handout.title, handout.name, handout.pair_line) if line)
        yield ""
        yield from (self.said(notice) for notice in handout.notices)
        yield ""
        yield self.said(handout.summary)
        if staff is not None:
            yield from self.for_staff().front(staff)
        rest = [section for section in handout.sections if section.role not in FRONT_ROLES]
        for section in handout.sections:
            if section.role in FRONT_ROLES:
                yield from self.both(section)
        if handout.contents_heading:
            yield from ("", "", self.said(handout.contents_heading))
            if staff is not None:
                yield self.for_staff().said(staff.contents_heading)
            yield ""
            for section in rest:
                yield from self.covered(section)
        for section in rest:
            yield from self.both(section)
        yield from ("", "", self.said(handout.foot.edition))

    def for_staff(self) -> _Writer:
        """A writer in the direction of the staff's language."""
        assert self.handout.staff is not None, "the caller looked"
        return _Writer(self.handout, self.digits, self.handout.staff.direction)

    def front(self, front: Front) -> Iterator[str]:
        yield ""
        lines = (front.audience_line, front.size_line, front.place_line, front.title, front.name, front.pair_line)
        yield from (self.said(line) for line in (*lines, front.summary) if line)

    def covered(self, section: Section) -> Iterator[str]:
        if section.heading:
            yield from self.items((section.heading,))
        if section.staff is not None:
            yield from self.for_staff().items((unmarked(section.staff.heading),))

    def both(self, section: Section) -> Iterator[str]:
        yield from self.section(section)
        if section.staff is not None:
            yield from self.for_staff().section(section.staff)

    def said(self, line: Line) -> str:
        """The words of `line`, with runs of the other direction set apart."""
        return "".join(apart(text.value, text.direction, self.direction) for text in line)

    def items(self, lines: Iterable[Line]) -> Iterator[str]:
        yield from (BULLET + self.said(line) for line in lines)

    def numbered(self, lines: Iterable[Line]) -> Iterator[str]:
        """`lines` with their numbers, unless they have one as passages of a bilingual copy."""
        digits = str.maketrans("0123456789", self.digits)
        for n, line in enumerate(lines, 1):
            yield self.said(line) if line[0].mark else f"{str(n).translate(digits)}. {self.said(line)}"

    def section(self, section: Section) -> Iterator[str]:
        yield from ("", "", self.said(section.heading)) if section.heading else ()
        for block in section.blocks:
            yield ""
            yield from self.block(block)
        if section.sources:
            yield from ("", self.said(section.sources))

    def block(self, block: Block) -> Iterator[str]:
        match block:
            case Paragraph():
                yield self.said(block.text)
            case Bullets():
                yield self.said(block.lead)
                yield from self.items(block.items)
            case Steps():
                yield self.said(block.lead)
                yield from self.numbered(block.items)
            case FillIn():
                yield self.said(block.lead)
                yield from self.items(block.labels)
            case Questions():
                yield from self.items(block.items)
                yield from ("", self.said(block.room))
            case Chances():
                yield self.said(block.heading)
                yield from self.items(person.label for person in block.couple)
                yield self.said(block.lead)
                yield from self.items(person.label for person in block.children)
                yield from (self.said(sentence) for sentence in (*block.overall, *block.sentences))
                yield "\t".join(self.said(head) for head in block.columns)
                yield from (f"{self.said(child)}\t{self.said(odds)}" for child, odds in block.rows)
            case IconArray():
                yield self.said(block.lead)
                yield self.said(block.alternative)
                yield from self.items(block.sides)
            case Terms():
                for term in block.items:
                    yield self.said(term.term)
                    yield BULLET + self.said(term.meaning)
            case Contacts():
                for contact in block.items:
                    yield ""
                    yield from (self.said(line) for line in (contact.name, contact.place, *contact.lines) if line)
            case WebCode():
                yield self.said(block.alternative)
                yield self.said(block.text)
            case Citations():
                yield self.said(block.lead)
                yield from self.numbered(one_line(item)[:-1] for item in block.items)  # without the last space
            case Table():
                yield "\t".join(self.said(head) for head in block.columns)
                yield from ("\t".join(self.said(one_line(cell)).strip() for cell in row) for row in block.rows)
