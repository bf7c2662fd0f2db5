"""What is drawn but not heard: running heads and feet, repeats, decoration, and what the page hides from readers.

Fault: WeasyPrint marks the words of a page's margins, the repeated heads of tables and decorative pictures like any
others, so that they are read out on every page, and a picture without an alternative is a Figure that says nothing.
Shown by: <img src="data:..." alt=""> and `@page { @top-left { content: "Top" } }`.
May go when: WeasyPrint writes these as artifacts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from handouts.typeset.fidelity.pictures import is_decorative

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def furniture(page_boxes: Sequence[Any]) -> dict[int, str]:
    """The boxes that are not content, by id: Header or Footer for the margins' words, "" for others.

    A table's head counts on the page where it first stands, its foot where it last does, and what is fixed on every
    page on the first.
    """
    found: dict[int, str] = {}
    seen: set[int] = set()
    feet: dict[int, list[Any]] = {}
    for page_box in page_boxes:
        for box, ancestors in _all(page_box, ()):
            margin = next((a for a in ancestors if isinstance(a, boxes.MarginBox)), None)
            if margin is not None:
                found[id(box)] = "Header" if margin.at_keyword.startswith("@top") else "Footer"
            elif box.element is not None and (getattr(box, "is_header", False) or box.style["position"] == "fixed"):
                if id(box.element) in seen:
                    _mark_all(box, found)
                seen.add(id(box.element))
            elif getattr(box, "is_footer", False) and box.element is not None:
                feet.setdefault(id(box.element), []).append(box)
            elif isinstance(box, boxes.ReplacedBox) and is_decorative(box):
                found[id(box)] = ""
            elif box.element is not None and box.element.get("aria-hidden") == "true":
                _mark_all(box, found)
            elif box.style["visibility"] != "visible":
                found[id(box)] = ""
    for repeats in feet.values():
        for box in repeats[:-1]:
            _mark_all(box, found)
    return found


def _mark_all(box: Any, found: dict[int, str]) -> None:  # noqa: ANN401
    for inner, _ in _all(box, ()):
        found[id(inner)] = ""


def _all(box: Any, ancestors: tuple[Any, ...]) -> Iterator[tuple[Any, tuple[Any, ...]]]:  # noqa: ANN401
    if isinstance(box, AbsolutePlaceholder):
        box = box._box  # noqa: SLF001  WeasyPrint's own way to it
    yield box, ancestors
    for child in getattr(box, "children", ()):
        yield from _all(child, (*ancestors, box))
