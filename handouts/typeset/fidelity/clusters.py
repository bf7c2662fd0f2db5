"""Pango's glyphs to clusters: what is drawn together, and the characters that it stands for.

Pango gives marks a cluster of their own; a listener needs them with their letter. Rules measured on 39 languages
(docs/fidelity.md): a cluster joins the one before it when it begins with a mark, or after a virama.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SOFT_HYPHEN = "\u00ad"
_JOINS = frozenset("\u0e33\u0eb3\u200d")  # Thai and Lao SARA AM, zero-width joiner
MAX_TOGETHER = 12
"""More glyphs than any syllable has. A composite has room for a few dozen: parts stand at 16-bit offsets."""

_VIRAMA_CLASS = 9
_NOT_VIRAMA = frozenset("\u103a\u0e3a")  # Myanmar asat, Thai phinthu
_MOVES_ON = ("\u200c", "\u200b")  # zero-width non-joiner and space: said with what follows


class Glyph(NamedTuple):
    """A glyph where Pango put it, in thousandths of the size; `end` is where the pen stands after it."""

    gid: int
    x: float
    y: float
    advance: int
    end: float


class Cluster(NamedTuple):
    """Glyphs that are drawn together, and the text that they stand for; none when the text has no shape."""

    glyphs: tuple[Glyph, ...]
    text: str


def clusters_of(glyphs: Sequence[Glyph | None], starts: list[int], text: bytes, *, rtl: bool) -> tuple[Cluster, ...]:
    """The clusters of one run in logical order.

    `starts` holds each glyph's first byte in `text` (UTF-8); a glyph that is None has no shape.
    """
    plain = _plain(glyphs, starts, text, rtl=rtl)
    if plain is not None:
        return plain
    bounds = [*sorted(set(starts)), len(text)]
    end_of = dict(pairwise(bounds))
    by_start: dict[int, list[Glyph]] = {start: [] for start in starts}
    for glyph, start in zip(glyphs, starts, strict=True):
        if glyph is not None:
            by_start[start].append(glyph)
    pieces = [
        Cluster(tuple(by_start[start]), text[start : end_of[start]].decode(errors="replace"))
        for start in sorted(by_start)
    ]
    clusters = _moved(_joined(pieces, rtl=rtl))
    if all(len(cluster.glyphs) <= MAX_TOGETHER for cluster in clusters):
        return tuple(clusters)
    return tuple(part for cluster in clusters for part in _cut(cluster, rtl=rtl))


def _plain(glyphs: Sequence[Glyph | None], starts: list[int], text: bytes, *, rtl: bool) -> tuple[Cluster, ...] | None:
    """The clusters of a run in which each glyph stands for one character that joins no other, as in most of Latin.

    None for any other run. What comes out is what the rules below would make of it, in a fifth of their time.
    """
    letters = text.decode(errors="replace")
    one_each = len(letters) == len(starts) and sorted(set(starts), reverse=rtl) == starts
    if not one_each or not all(map(_stands_alone, letters)):
        return None
    in_order = reversed(glyphs) if rtl else glyphs
    clusters = tuple(Cluster((glyph,), letter) for glyph, letter in zip(in_order, letters, strict=True) if glyph)
    return clusters if len(clusters) == len(letters) else None  # what has no shape is said with the next


@lru_cache(maxsize=4096)
def _stands_alone(character: str) -> bool:
    """Whether no rule below joins, moves or drops `character`: it is no mark and no control."""
    return unicodedata.category(character)[0] not in "MC" and character not in _JOINS


def _joined(pieces: Iterable[Cluster], *, rtl: bool) -> list[Cluster]:
    """`pieces` with marks and the second halves of conjuncts joined to what they belong to."""
    joined: list[Cluster] = []
    for piece in pieces:
        room = bool(joined) and len(joined[-1].glyphs) + len(piece.glyphs) <= MAX_TOGETHER
        if room and _belongs(joined[-1].text, piece.text):
            before = joined.pop()
            glyphs = piece.glyphs + before.glyphs if rtl else before.glyphs + piece.glyphs
            joined.append(Cluster(glyphs, before.text + piece.text))
        else:
            joined.append(piece)
    return joined


def _cut(cluster: Cluster, *, rtl: bool) -> Iterator[Cluster]:
    """`cluster`, or parts of it that are small enough to be composites; the first says the text of all."""
    parts = [cluster.glyphs[i : i + MAX_TOGETHER] for i in range(0, len(cluster.glyphs), MAX_TOGETHER)]
    for number, glyphs in enumerate(reversed(parts) if rtl else parts):
        yield Cluster(glyphs, "" if number else cluster.text)


def _belongs(before: str, text: str) -> bool:
    if not before or not text or before[-1].isspace():
        return False
    first = text[0]
    if unicodedata.category(first) in {"Mn", "Mc", "Me"} or first in _JOINS:
        return True
    last = before[-1]
    virama = unicodedata.combining(last) == _VIRAMA_CLASS and last not in _NOT_VIRAMA
    return virama and unicodedata.category(first) == "Lo"


def _moved(clusters: list[Cluster]) -> list[Cluster]:
    """`clusters` without soft hyphens, and with what has no shape of its own said with the next cluster."""
    moved: list[Cluster] = []
    carried = ""
    for cluster in clusters:
        text = carried + cluster.text.replace(SOFT_HYPHEN, "")
        carried = ""
        if not cluster.glyphs:
            carried = text
            continue
        if len(text) > 1 and text.endswith(_MOVES_ON):
            text, carried = text[:-1], text[-1]
        moved.append(Cluster(cluster.glyphs, text))
    if carried and moved:
        moved[-1] = Cluster(moved[-1].glyphs, moved[-1].text + carried)
    return moved
