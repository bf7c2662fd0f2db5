"""The values of an SVG's attributes: each is understood, checked and written anew, or it is wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PIL import ImageColor

if TYPE_CHECKING:
    from collections.abc import Callable, Container

MAX_NUMBER = 1_000_000

NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")
LENGTH = re.compile(rf"({NUMBER.pattern})(px|pt|mm|cm|in|%)?")
_UNITS = frozenset({None, "px", "pt", "mm", "cm", "in"})
_TRANSFORM = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^()]*)\)[\s,]*")
_ARGUMENTS = {"matrix": {6}, "translate": {1, 2}, "scale": {1, 2}, "rotate": {1, 3}, "skewX": {1}, "skewY": {1}}
_COMMAND = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_FLAG = re.compile(r"[01]")
_BETWEEN = re.compile(r"[\s,]*")
_RGB = re.compile(r"rgba?\(([^()]*)\)")


class WrongValueError(ValueError):
    """A value that can't be understood as what it should be."""


# ----------------------------------------------------------------------------------------------- values


def written(value: float) -> str:
    """A number as it stands in the clean drawing. Raises `WrongValueError` when it is beyond any drawing."""
    if abs(value) > MAX_NUMBER:
        raise WrongValueError("the number is too large")
    short = f"{value:.8g}"
    return f"{value:.10f}" if "e" in short else short


def numbers(text: str) -> list[float]:
    """The numbers in `text`, between spaces and commas, and nothing else."""
    found, end = [], _past(text, 0)
    while end < len(text):
        match = NUMBER.match(text, end)
        if match is None:
            raise WrongValueError("a number is expected")
        found.append(float(match.group()))
        end = _past(text, match.end())
    return found


def _past(text: str, start: int) -> int:
    match = _BETWEEN.match(text, start)
    assert match is not None, "it matches nothing too"
    return match.end()


def _list(text: str) -> str:
    return " ".join(map(written, numbers(text)))


def _length(text: str, units: Container[str | None] = _UNITS) -> str:
    match = LENGTH.fullmatch(text)
    if match is None or match[2] not in units:
        raise WrongValueError("a number is expected")
    return written(float(match[1])) + (match[2] or "")


def _length_or_share(text: str) -> str:
    return _length(text, {*_UNITS, "%"})


def _share(text: str) -> str:
    return _length(text, {None, "%"})


def _number(text: str) -> str:
    return _length(text, {None})


def _dashes(text: str) -> str:
    return "none" if text == "none" else " ".join(_length(part) for part in re.split(r"[\s,]+", text))


def _points(text: str) -> str:
    found = numbers(text)
    if len(found) % 2:
        raise WrongValueError("its points are not pairs of numbers")
    return " ".join(map(written, found))


def _transform(text: str) -> str:
    said, end = [], _past(text, 0)
    while end < len(text):
        match = _TRANSFORM.match(text, end)
        if match is None or len(numbers(match[2])) not in _ARGUMENTS[match[1]]:
            raise WrongValueError("a transformation is expected, such as translate(1 2)")
        said.append(f"{match[1]}({_list(match[2])})")
        end = match.end()
    return " ".join(said)


def _path(text: str) -> str:
    """A path, one command after the other, each with its own letter and numbers."""
    said: list[str] = []
    letter, end = "", _past(text, 0)
    while end < len(text):
        if text[end].upper() in _COMMAND:
            letter, end = text[end], _past(text, end + 1)
        elif letter in "zZ" or not letter:
            raise WrongValueError("a path is expected: M, then numbers")
        if not said and letter not in "mM":
            raise WrongValueError("a path begins with M")
        values = []
        for i in range(_COMMAND[letter.upper()]):
            pattern = _FLAG if letter in "aA" and i in {3, 4} else NUMBER
            match = pattern.match(text, end)
            if match is None:
                raise WrongValueError(f"the path's {letter} has too few numbers")
            values.append(written(float(match.group())))
            end = _past(text, match.end())
        said.append(" ".join((letter, *values)))
        letter = {"m": "l", "M": "L"}.get(letter, letter)
    return " ".join(said)


def _colour(text: str) -> str:
    if text in {"none", "currentColor", "inherit"}:
        return text
    if text == "transparent":
        return "none"
    try:
        match = _RGB.fullmatch(text)
        channels = _channels(match[1]) if match else ImageColor.getrgb(text.partition(" icc-color")[0].strip())
        return "#" + bytes(channels).hex()  # which has room for values from 0 to 255 alone
    except ValueError:
        raise WrongValueError("a colour is expected, such as #1a2b3c") from None


def _channels(text: str) -> list[int]:
    """Red, green, blue and perhaps alpha, from 0 to 255, of the inside of rgb() or rgba()."""
    parts = [part.strip() for part in text.replace("/", ",").split(",")]
    if len(parts) not in {3, 4}:
        raise WrongValueError("three or four numbers are expected")
    shares = []
    for part, whole in zip(parts, (255, 255, 255, 1), strict=False):
        number = float(_share(part).rstrip("%"))
        shares.append(min(max(number / (100 if part.endswith("%") else whole), 0), 1))
    return [round(share * 255) for share in shares]


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise WrongValueError(f"it is one of: {', '.join(words)}")
        return text

    return read


_PLACES = ("x", "y", "width", "height", "cx", "cy", "r", "rx", "ry", "fx", "fy", "fr", "x1", "y1", "x2", "y2")

READ: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(_PLACES, _length_or_share),
    **dict.fromkeys(("stroke-width", "stroke-dashoffset"), _length),
    **dict.fromkeys(("opacity", "fill-opacity", "stroke-opacity", "stop-opacity", "offset"), _share),
    **dict.fromkeys(("fill", "stroke", "stop-color", "color"), _colour),
    **dict.fromkeys(("transform", "gradientTransform"), _transform),
    **dict.fromkeys(("fill-rule", "clip-rule"), _one_of("nonzero", "evenodd", "inherit")),
    **dict.fromkeys(("gradientUnits", "clipPathUnits"), _one_of("userSpaceOnUse", "objectBoundingBox")),
    "stroke-miterlimit": _number,
    "stroke-dasharray": _dashes,
    "stroke-linecap": _one_of("butt", "round", "square", "inherit"),
    "stroke-linejoin": _one_of("miter", "round", "bevel", "inherit"),
    "spreadMethod": _one_of("pad", "reflect", "repeat"),
    "display": _one_of("none", "inline", "block", "inherit"),
    "visibility": _one_of("visible", "hidden", "collapse", "inherit"),
    "d": _path,
    "points": _points,
    "clip-path": _one_of("none"),
}
"""Each attribute that is kept, and how its value is written anew. Names of other elements are read elsewhere."""

PROPERTIES = frozenset(READ) - {
    *(*_PLACES, "offset", "gradientTransform", "gradientUnits", "clipPathUnits", "spreadMethod", "d", "points"),
}
"""Those that a style may set too."""

CHANGES = {"mask": "none", "filter": "none", "mix-blend-mode": "normal", "marker-start": "none", "marker-mid": "none"}
CHANGES |= {"marker-end": "none", "marker": "none", "paint-order": "normal", "vector-effect": "none"}
"""What would change the drawing and can't be kept, with the value that changes nothing."""

QUIET = re.compile(
    r"(?:font|text|letter|word|line|writing|baseline|dominant|alignment|glyph|color-|shape-|image-|solid-|-inkscape|-webkit"
    r"|data-|aria-)[\w-]*|class|style|version|baseProfile|role|overflow|isolation|direction|kerning|white-space|lang"
    r"|enable-background|preserveAspectRatio|viewBox|zoomAndPan|contentStyleType|contentScriptType|pointer-events"
    r"|mask-type|inline-size|unicode-bidi|cursor|tabindex|focusable|src"
)
"""What no shape, or no print, has a use for: left out without a word."""
