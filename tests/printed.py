"""A finished page as the eye has it: each stretch of print with its place and the size of its letters."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import pypdfium2  # type: ignore[import-untyped]  # it has no types
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]  # see above

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Stretch:
    """Print on one line; its corners are in points from the left and from the foot of the page."""

    words: str
    left: float
    foot: float
    right: float
    head: float


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page; `sizes_pt` are those of all its letters."""

    width_pt: float
    height_pt: float
    stretches: tuple[Stretch, ...]
    sizes_pt: frozenset[float]

    def covered(self) -> list[tuple[str, str]]:
        """Stretches that lie on each other: the words of both."""
        return [
            (a.words, b.words)
            for a, b in combinations(self.stretches, 2)
            if min(a.right, b.right) - max(a.left, b.left) > 8 and min(a.head, b.head) - max(a.foot, b.foot) > 2
        ]


def printed(pdf: bytes) -> tuple[PrintedPage, ...]:
    """The pages of `pdf`."""
    with pypdfium2.PdfDocument(pdf) as document:
        return tuple(_page(page) for page in document)


def _page(page: pypdfium2.PdfPage) -> PrintedPage:
    text = page.get_textpage()
    width, height = page.get_size()
    boxes = (text.get_rect(index) for index in range(text.count_rects()))
    stretches = tuple(Stretch(text.get_text_bounded(*box), *box) for box in boxes)
    return PrintedPage(width, height, stretches, frozenset(_sizes(text)))


def _sizes(text: pypdfium2.PdfTextPage) -> Iterator[float]:
    matrix = pdfium.FS_MATRIX()
    for index in range(text.count_chars()):
        if chr(pdfium.FPDFText_GetUnicode(text.raw, index)).strip():
            assert pdfium.FPDFText_GetMatrix(text.raw, index, ctypes.byref(matrix))
            yield round(pdfium.FPDFText_GetFontSize(text.raw, index) * math.hypot(matrix.c, matrix.d), 1)
