"""The text of marked content, exactly as a reader decodes it: ActualText of the content, else the font's ToUnicode.

No geometry and no guessing: what is not in the codes is not heard.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from typing import Any

import pikepdf

MAX_FORM_DEPTH = 6
MAX_PAGE_DEPTH = 50
MAX_INSTRUCTIONS = 5_000_000
MAX_CODE = 0xFFFF
MAX_CODES = 1_000_000
UNKNOWN = "\ufffd"

_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]*)>")
_TRIPLE = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>\s*(<[0-9A-Fa-f\s]*>|\[[^\]]*\])")
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_SURROGATES = re.compile("[\ud800-\udfff]")


class TooLargeError(Exception):
    """The file unfolds to more than any honest one."""


@dataclass(slots=True)
class FontText:
    """How one font turns codes into text."""

    wide: bool
    text_of: dict[int, str]
    embedded: bool
    name: str
    unknown: set[int] = field(default_factory=set)

    def decode(self, codes: bytes) -> str:
        """The text of a string of codes; a code without text gives U+FFFD, and is remembered."""
        width = 2 if self.wide else 1
        said = []
        for i in range(0, len(codes) - width + 1, width):
            code = int.from_bytes(codes[i : i + width], "big")
            text = self.text_of.get(code)
            if text is None:
                if self.wide or self.text_of:
                    self.unknown.add(code)
                    text = UNKNOWN
                else:
                    text = bytes([code]).decode("cp1252", errors="replace")
            said.append(text)
        return "".join(said)


@dataclass(slots=True)
class PageText:
    """What one page shows: the text of each marked content id, and text that is in none."""

    by_mcid: dict[int, str] = field(default_factory=dict)
    artifacts: list[str] = field(default_factory=list)
    stray: list[str] = field(default_factory=list)


class TextReader:
    """Reads pages; keeps the fonts that it has met. What a hostile file unfolds to is bounded."""

    def __init__(self) -> None:
        self.fonts: dict[Any, FontText] = {}
        self.instructions_left = MAX_INSTRUCTIONS

    def page(self, page: pikepdf.Page) -> PageText:
        """The text of `page`."""
        found = PageText()
        self._stream(page.obj, resources_of(page.obj), found, [], ())
        return found

    def _stream(
        self,
        source: Any,  # noqa: ANN401
        resources: Any,  # noqa: ANN401
        found: PageText,
        marks: list[_Mark],
        inside: tuple[Any, ...],
    ) -> None:
        font: FontText | None = None
        saved: list[FontText | None] = []
        for instruction in pikepdf.parse_content_stream(source):
            self.instructions_left -= 1
            if self.instructions_left < 0:
                raise TooLargeError("the pages hold more instructions than any that are read")
            operands: Any = instruction.operands
            match str(instruction.operator):
                case "q":
                    saved.append(font)
                case "Q" if saved:
                    font = saved.pop()
                case "Tf":
                    font = self.font_of(resources, operands[0])
                case "Tj" | "'" | '"' | "TJ" if font is not None:
                    _say(font.decode(codes_in(operands[-1])), marks, found)
                case "BMC" | "BDC":
                    marks.append(_mark(operands, resources, marks, found))
                case "EMC" if marks:
                    marks.pop()
                case "Do" if len(inside) < MAX_FORM_DEPTH:
                    form = resources.get("/XObject", {}).get(str(operands[0]))
                    if form is not None and form.get("/Subtype") == "/Form" and form.objgen not in inside:
                        within = (*inside, form.objgen)
                        self._stream(form, form.get("/Resources", resources), found, marks, within)

    def font_of(self, resources: Any, name: Any) -> FontText | None:  # noqa: ANN401
        """The font called `name` among `resources`, read once."""
        font = resources.get("/Font", {}).get(str(name))
        if font is None:
            return None
        key = font.objgen if font.is_indirect else bytes(font.unparse())
        if key not in self.fonts:
            self.fonts[key] = _font_text(font)
        return self.fonts[key]


def resources_of(page: Any) -> Any:  # noqa: ANN401
    """The resources of a page, which it may inherit from the pages around it."""
    for _ in range(MAX_PAGE_DEPTH):
        if "/Resources" in page:
            return page.Resources
        if "/Parent" not in page:
            break
        page = page.Parent
    return pikepdf.Dictionary()


@dataclass(slots=True)
class _Mark:
    tag: str
    mcid: int | None = None
    replaced: bool = False


def _mark(operands: Any, resources: Any, marks: list[_Mark], found: PageText) -> _Mark:  # noqa: ANN401
    if len(operands) == 1:
        return _Mark(str(operands[0]))
    details = operands[1]
    if isinstance(details, pikepdf.Name):
        details = resources.get("/Properties", {}).get(str(details), pikepdf.Dictionary())
    mark = _Mark(str(operands[0]), int(details.MCID) if "/MCID" in details else None)
    if "/ActualText" in details:
        if not any(outer.replaced for outer in marks):
            _say(str(details.ActualText), [*marks, mark], found)
        mark.replaced = True
    return mark


def _say(text: str, marks: list[_Mark], found: PageText) -> None:
    if any(mark.replaced for mark in marks):
        return
    mcid = next((mark.mcid for mark in reversed(marks) if mark.mcid is not None), None)
    if mcid is not None:
        found.by_mcid[mcid] = found.by_mcid.get(mcid, "") + text
    elif any(mark.tag == "/Artifact" for mark in marks):
        found.artifacts.append(text)
    elif text.strip():
        found.stray.append(text)


def codes_in(operand: Any) -> bytes:  # noqa: ANN401
    """The codes that an instruction shows, without the gaps between them."""
    parts = operand if isinstance(operand, pikepdf.Array) else [operand]
    return b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))


def _font_text(font: Any) -> FontText:  # noqa: ANN401
    wide = font.get("/Subtype") == "/Type0"
    holder = font.DescendantFonts[0] if wide and "/DescendantFonts" in font else font
    descriptor = holder.get("/FontDescriptor", pikepdf.Dictionary())
    embedded = font.get("/Subtype") == "/Type3" or any(f"/FontFile{n}" in descriptor for n in ("", "2", "3"))
    text_of = _to_unicode(font.ToUnicode.read_bytes()) if "/ToUnicode" in font else {}
    return FontText(wide, text_of, embedded, str(font.get("/BaseFont", "/?"))[1:])


def _to_unicode(cmap: bytes) -> dict[int, str]:
    """The text of each code. What can't be understood is left out: its codes are then told as having no text."""
    found: dict[int, str] = {}
    for block in _CHARS.findall(cmap):
        found.update({_number(code): _utf16(text) for code, text in _PAIR.findall(block)})
    left = MAX_CODES
    for block in _RANGES.findall(cmap):
        for low, high, text in _TRIPLE.findall(block):
            first, last = _number(low), min(_number(high), MAX_CODE)
            left -= max(0, last - first)
            if left < 0:
                raise TooLargeError("a font's map to Unicode unfolds to more than any that is read")
            texts = _HEX.findall(text)
            if text.startswith(b"["):
                found.update({first + i: _utf16(t) for i, t in enumerate(texts)})
            elif texts and (start := _utf16(texts[0])):
                codes = range(first, min(last, first + sys.maxunicode - ord(start[-1])) + 1)
                said = ((c, start[:-1] + chr(ord(start[-1]) + c - first)) for c in codes)
                found.update({c: _SURROGATES.sub(UNKNOWN, text) for c, text in said})
    return found


def _number(digits: bytes) -> int:
    return int(b"".join(digits.split()) or b"0", 16)


def _utf16(digits: bytes) -> str:
    """The text of hexadecimal digits; as in any PDF string, a last digit that is missing is 0."""
    joined = b"".join(digits.split()).decode()
    return bytes.fromhex(joined + "0" * (len(joined) % 2)).decode("utf-16-be", errors="replace")
