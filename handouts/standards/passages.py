"""The running text of a handout, passage by passage, each under the key of its message.

A passage is what a person reads as words: paragraphs, lead-ins, items, questions, the sentences under a picture,
meanings of words. Headings, labels of pictures and tables, names, contacts, sources and room to write are not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.model.document import (
    Block,
    Bullets,
    Chances,
    Citations,
    Contacts,
    FillIn,
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
    from collections.abc import Iterator, Mapping

    from handouts.model.condition import BlockContent, Condition


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that are read as one: a paragraph, or one item.

    An `aside` is a caption, or one of the parts that every handout ends with, which may be set smaller.
    """

    key: str
    line: Line
    aside: bool = False

    @property
    def text(self) -> str:
        """The words."""
        return plain(self.line)


def plain(line: Line) -> str:
    """The words of `line`, without anything else."""
    return "".join(text.value for text in line)


def passages(handout: LocalizedHandout, condition: Condition) -> tuple[Passage, ...]:
    """All the running text of `handout`, in the order of its sections."""
    written = contents(condition)
    return tuple(
        passage
        for section in handout.sections
        for block in section.blocks
        for passage in _passages(block, section, written.get(block.key), handout, condition)
        if passage.line
    )


def contents(condition: Condition) -> Mapping[str, BlockContent]:
    """Every block of the condition's file by its key in the tree."""
    return {f"{section.id}.{block.id}": block for section in condition.content.sections for block in section.blocks}


def _passages(
    block: Block, section: Section, written: BlockContent | None, handout: LocalizedHandout, condition: Condition
) -> Iterator[Passage]:
    match block:
        case Paragraph():
            yield Passage(_paragraph_key(block, written), block.text, aside=section.role == "back")
        case Bullets() | Steps():
            yield Passage(f"{block.key}.lead", block.lead)
            if written is None or written.kind != "names":
                yield from _items(block.key, block.items, written)
        case FillIn():
            yield Passage(f"{block.key}.lead", block.lead)
        case Questions():
            yield from _items(block.key, block.items, written)
        case Chances():
            yield from _chances(block, written, condition)
        case IconArray():
            yield Passage(f"{block.key}.lead", block.lead)
            yield Passage(f"{block.key}.with", block.sides[0])
            yield Passage(f"{block.key}.without", block.sides[1])
        case Terms():
            ids = next((ids for who, ids in condition.content.words.items() if who.value == handout.audience), ())
            for term_id, term in zip(ids, block.items, strict=True):
                yield Passage(f"glossary.{term_id}.meaning", term.meaning)
        case Citations():
            yield Passage(f"label.{section.key}.lead", block.lead, aside=True)
        case Contacts() | WebCode() | Table():
            return


def _paragraph_key(block: Paragraph, written: BlockContent | None) -> str:
    if written is not None and written.kind == "shared":
        return f"inheritance.{written.text}"
    return block.key if written is not None else f"label.{block.key}"


def _items(key: str, items: tuple[Line, ...], written: BlockContent | None) -> Iterator[Passage]:
    ids = [item.id for item in getattr(written, "items", ())]
    for number, line in enumerate(items):
        name = ids[number] if number < len(ids) else str(number + 1)
        yield Passage(f"{key}.{name}", line)


def _chances(block: Chances, written: BlockContent | None, condition: Condition) -> Iterator[Passage]:
    pattern = condition.content.pattern
    parents = written.parents if written is not None and written.kind == "chances" else ""
    base = f"inheritance.{pattern}.{parents}"
    around = condition.library.inheritance.parents.get(pattern, {}).get(parents)
    yield Passage(f"{base}.lead", block.lead, aside=True)
    for line in block.overall:
        yield Passage("inheritance.overall", line)
    ids = [sentence.id for sentence in around.sentences] if around is not None else []
    for number, line in enumerate(block.sentences):
        yield Passage(f"{base}.{ids[number] if number < len(ids) else number + 1}", line)
