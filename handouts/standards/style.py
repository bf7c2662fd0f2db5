"""What a stylesheet declares, with its custom properties put in, and the contrast of two colours."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.model.artifacts import Colour

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_DATA = re.compile(r"url\([^)]*\)")
_SHEET = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
_DRAWING = re.compile(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)")
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_VAR = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,\s*([^()]*))?\)")
_HEX = re.compile(r"#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")

LINEAR_BELOW = 0.04045


def sheet_of(page: str) -> str:
    """The stylesheets that stand in a page, one after the other."""
    return "\n".join(_SHEET.findall(page))


def drawings_of(page: str) -> dict[str, str]:
    """The SVG drawings that a page carries, each under the selector that shows it, or a number where none does."""
    found = {}
    page = re.sub(r"</?style[^>]*>", "}", page)
    for number, match in enumerate(_DRAWING.finditer(page), 1):
        before = page[: match.start()]
        selector = before.rpartition("}")[2].partition("{")[0].strip() if before.rfind("{") > before.rfind("}") else ""
        found[selector or f"picture {number}"] = base64.b64decode(match[1]).decode()
    return found


@dataclass(frozen=True, slots=True)
class Declared:
    """One declaration: for which selector, which property, which value."""

    selector: str
    name: str
    value: str


def declarations(style: str) -> tuple[Declared, ...]:
    """Every declaration of `style` that stands in a rule, inner rules too; `var()` is replaced by what it names."""
    text = _DATA.sub("", _COMMENT.sub("", style))
    found = list(_declared(text))
    custom = {d.name: d.value for d in found if d.name.startswith("--")}
    return tuple(Declared(d.selector, d.name, _resolved(d.value, custom)) for d in found)


def _declared(text: str) -> Iterator[Declared]:
    while match := _RULE.search(text):
        selector, body = match.groups()
        for part in body.split(";"):
            name, colon, value = part.partition(":")
            if colon:
                yield Declared(_last(selector), name.strip().lower(), value.strip())
        text = text[: match.start()] + _before(selector) + text[match.end() :]


def _last(selector: str) -> str:
    """The selector itself: what stands before the last semicolon or brace belongs to the rule around it."""
    return selector.rpartition(";")[2].strip()


def _before(selector: str) -> str:
    head, mark, _ = selector.rpartition(";")
    return head + mark


def _resolved(value: str, custom: dict[str, str]) -> str:
    for _ in range(len(custom) + 1):
        changed = _VAR.sub(lambda match: custom.get(match[1], match[2] or ""), value)
        if changed == value:
            break
        value = changed
    return value


def colours_in(value: str) -> tuple[Colour, ...]:
    """The colours written in `value` as #rrggbb or #rgb."""
    return tuple(_colour(match[1]) for match in _HEX.finditer(value))


def _colour(digits: str) -> Colour:
    pairs = [c * 2 for c in digits] if len(digits) == 3 else [digits[i : i + 2] for i in (0, 2, 4)]  # noqa: PLR2004  #rgb
    red, green, blue = (int(pair, 16) / 255 for pair in pairs)
    return red, green, blue


def written(colour: Colour) -> str:
    """A colour as #rrggbb."""
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)


def luminance(colour: Colour) -> float:
    """Relative luminance of an sRGB colour. Source: WCAG 2.2, relative luminance."""
    red, green, blue = (c / 12.92 if c <= LINEAR_BELOW else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, from 1 to 21. Source: WCAG 2.2, contrast ratio."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
