"""What stands for a picture: its words, or nothing when it is only decoration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_SVG = "{http://www.w3.org/2000/svg}svg"
_SVG_TITLE = "{http://www.w3.org/2000/svg}title"


def alternative(element: Any) -> str | None:  # noqa: ANN401
    """The words that stand for a picture: alt, aria-label or an SVG's title; None when it has none."""
    for name in ("alt", "aria-label"):
        if element.get(name):
            return str(element.get(name))
    title = element.find(_SVG_TITLE)
    if title is not None and title.text:
        return str(title.text)
    picture = only_picture(element) if element.tag == "figure" else None
    return alternative(picture) if picture is not None else None


def only_picture(figure: Any) -> Any | None:  # noqa: ANN401
    """The picture of which a figure consists, its caption aside; None when it holds words or says nothing."""
    inside = list(_inside(figure))
    picture = inside[0] if len(inside) == 1 else None
    return None if picture is None or says_nothing(picture) else picture


def _inside(element: Any) -> Iterator[Any]:  # noqa: ANN401
    """The pictures in `element`, and None for each piece of text or link, which are more than a picture."""
    if (element.text or "").strip() or element.tag == "a":
        yield None
    for child in element:
        if child.tag in {"img", _SVG}:
            yield child
        elif isinstance(child.tag, str) and child.tag != "figcaption":  # the tag of a comment is none
            yield from _inside(child)
        if (child.tail or "").strip():
            yield None


def is_decorative(box: Any) -> bool:  # noqa: ANN401
    """Whether a picture says nothing: style put it there, it is hidden from readers, or its alt is empty."""
    return "::" in box.element_tag or says_nothing(box.element)


def says_nothing(element: Any) -> bool:  # noqa: ANN401
    """Whether the page hides a picture from readers: by aria-hidden, by its role or by an empty alt."""
    hidden = element.get("aria-hidden") == "true" or element.get("role") in {"none", "presentation"}
    return hidden or (element.tag == "img" and element.get("alt") == "")
