"""What a listener gets, as blocks in order: the outline that a person can read, and that the oracle is held against."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.verify.tag_reader import INLINE, Tag

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKER = re.compile(r"[\W\d_]*")
_SPACES = re.compile(r"[ \t\n\r]+")


@dataclass(frozen=True, slots=True)
class HeardBlock:
    """A block: its role, how deep it stands, its words, and the stretches of one language each."""

    role: str
    depth: int
    text: str
    stretches: tuple[tuple[str, str], ...]


def heard_blocks(root: Tag) -> tuple[HeardBlock, ...]:
    """The blocks below `root`; list markers that hold no letters are left out."""
    return tuple(b for b in _blocks(root, 0) if b.text and not (b.role == "Lbl" and _MARKER.fullmatch(b.text)))


def normal(text: str) -> str:
    """NFC, with runs of white space as one space: what two texts that sound alike have in common."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def _blocks(tag: Tag, depth: int) -> Iterator[HeardBlock]:
    """The blocks of `tag`: one for each run of words between tags that are blocks or hold some."""
    gathered: list[tuple[str, str]] = []

    def flush() -> Iterator[HeardBlock]:
        if gathered:
            text = normal("".join(words for words, _ in gathered))
            yield HeardBlock(tag.role, depth, text, _joined(gathered))
            gathered.clear()

    for kid in tag.heard_kids():
        if isinstance(kid, str):
            gathered.append((kid, tag.language))
        elif _holds_blocks(kid):
            yield from flush()
            yield from _blocks(kid, depth + 1)
        else:
            gathered += _stretches(kid)
    yield from flush()


def _holds_blocks(tag: Tag) -> bool:
    return any(inner.role not in INLINE for inner in tag.walk())


def _stretches(tag: Tag) -> Iterator[tuple[str, str]]:
    for kid in tag.heard_kids():
        if isinstance(kid, str):
            yield kid, tag.language
        else:
            yield from _stretches(kid)


def _joined(stretches: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Neighbours of one language as one stretch, in (words, language) pairs."""
    joined: list[tuple[str, str]] = []
    for words, language in stretches:
        if joined and joined[-1][1] == language:
            joined[-1] = (joined[-1][0] + words, language)
        elif words:
            joined.append((words, language))
    return tuple((normal(words), language) for words, language in joined if normal(words))
