"""Where on the pages the elements of a document stand, and by what a page can be known again.

WeasyPrint has no public door to its boxes but `Document.pages`; nothing is patched here, boxes are only looked at.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

if TYPE_CHECKING:
    from collections.abc import Iterator

Area = tuple[float, float, float, float]
"""Left, top, width and height, in CSS pixels from the top left of the page."""

_MARKS = frozenset({"class", "data-key"})
"""Attributes of an outlined string, which change nothing of what is drawn."""


def size_of(page: Any) -> tuple[float, float]:  # noqa: ANN401  WeasyPrint's boxes have no types
    """The width and height of a laid out page, in CSS pixels."""
    return float(page.width), float(page.height)


def room_below(page: Any) -> float:  # noqa: ANN401  see above
    """What is left under the words of a laid out page, in CSS pixels."""
    sheet = page._page_box  # noqa: SLF001  the only way to the boxes
    words = sheet.children[0]
    return float(sheet.content_box_y() + sheet.height - words.position_y - words.margin_height())


def places_of(page: Any, attribute: str) -> Iterator[tuple[str, str, tuple[Area, ...]]]:  # noqa: ANN401  see above
    """Each inline element of a page that has `attribute`: its value, its words, and its area on each line."""
    found: dict[int, tuple[Any, list[Area]]] = {}
    for box in _all(page._page_box):  # noqa: SLF001  the only way to the boxes
        if isinstance(box, boxes.InlineBox) and box.element is not None and box.element.get(attribute):
            area = tuple(float(length) for length in box.hit_area())
            if area[2] and area[3]:
                found.setdefault(id(box.element), (box.element, []))[1].append((area[0], area[1], area[2], area[3]))
    for element, areas in found.values():
        yield element.get(attribute), " ".join("".join(element.itertext()).split()), tuple(areas)


def digest_of_page(page: Any, style: str) -> str:  # noqa: ANN401  see above
    """A digest of every box, its place, words and element: pages of one digest and style sheet look the same."""
    seen = hashlib.sha256(style.encode())
    for box in _all(page._page_box):  # noqa: SLF001  see above
        element = getattr(box, "element", None)
        told: tuple[object, ...] = ()
        if element is not None:
            outlined = "data-key" in element.keys()  # noqa: SIM118  an element is no mapping
            told = (element.tag, *(pair for pair in element.items() if not outlined or pair[0] not in _MARKS))
        words = box.text if isinstance(box, boxes.TextBox) else ""
        place = (box.position_x, box.position_y, getattr(box, "width", 0), getattr(box, "height", 0))
        seen.update(repr((type(box).__name__, getattr(box, "pseudo_type", None), told, place, words)).encode())
    return seen.hexdigest()[:16]


def _all(box: Any) -> Iterator[Any]:  # noqa: ANN401  see above
    if isinstance(box, AbsolutePlaceholder):
        box = box._box  # noqa: SLF001  WeasyPrint's own way to it
    yield box
    for child in getattr(box, "children", ()):
        yield from _all(child)
