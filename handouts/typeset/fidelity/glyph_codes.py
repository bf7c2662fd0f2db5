"""One code for each (glyph, text), so that one shape can be said in as many ways as the text has.

Fault: WeasyPrint uses the glyph's number as its code and keeps the first text seen for it. Where a script reuses
shapes, or sets marks apart, what is heard is wrong: Hindi "सिर सही" becomes "सिर सिही"; and a mark with no text of its
own makes the font's map to Unicode malformed for PDF/UA.
Shown by: <p lang="hi">सिर सही</p>, <p lang="ar">لا تُلام</p>.
Mended by: codes of our own with a CIDToGIDMap; a cluster of several glyphs is drawn as one composite glyph, which
also puts its marks on the line's baseline for readers that guess from positions.
May go when: WeasyPrint keeps one text for each cluster.
"""

from __future__ import annotations

import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pydyf
from weasyprint.draw import text as draw_text
from weasyprint.logger import LOGGER
from weasyprint.pdf import fonts as pdf_fonts
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from handouts.typeset.fidelity.clusters import SOFT_HYPHEN, Cluster, Glyph, clusters_of
from handouts.typeset.fidelity.composites import Composite, with_composites
from handouts.typeset.fidelity.line_ends import HYPHEN, LINE_END, SPACE

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_CODE = 0xFFFF
NO_TEXT = "\u200b"
# A further character of a right-to-left cluster stands this far left of the one before, in thousandths.
STEP = 20
FARTHEST = 0x3FFF

BLANK: Composite = ()

# A PangoGlyphInfo: the glyph, its width, its two offsets, and marks of its cluster.
NUMBERS = 5
EMPTY, UNKNOWN = pango.PANGO_GLYPH_EMPTY, pango.PANGO_GLYPH_UNKNOWN_FLAG
assert ffi.sizeof("PangoGlyphInfo") == NUMBERS * ffi.sizeof("int32_t"), "the engine's own declaration says so"


@dataclass(slots=True)
class FontCodes:
    """The codes of one font in one document."""

    glyph_count: int
    units_per_em: int
    code_of: dict[tuple[int | Composite, str], int] = field(default_factory=dict)
    shape_of: dict[int, int | Composite] = field(default_factory=dict)
    widths: dict[int, int] = field(default_factory=dict)
    to_unicode: dict[int, str] = field(default_factory=dict)
    glyph_of_composite: dict[Composite, int] = field(default_factory=dict)
    advances: dict[int, int] = field(default_factory=dict)

    def code(self, shape: int | Composite, text: str, width: int) -> int:
        """The code that draws `shape` and says `text`; `width` is its advance in thousandths."""
        text = text or NO_TEXT
        code = self.code_of.get((shape, text))
        if code is None:
            code = self._new_code(shape, text)
            self.code_of[shape, text] = code
            self.shape_of[code] = shape
            self.widths[code] = width
            self.to_unicode[code] = text
        return code

    def _new_code(self, shape: int | Composite, text: str) -> int:
        if isinstance(shape, int) and len(text) == 1 and shape not in self.shape_of:
            return shape
        code = max(self.glyph_count, max(self.shape_of, default=0) + 1)
        assert code <= MAX_CODE, "a document has fewer than 65,536 pairs of glyph and text in one font"
        return code

    def glyphs(self) -> set[int]:
        """Every glyph of the font that is drawn, alone or as a part."""
        used = {shape for shape in self.shape_of.values() if isinstance(shape, int)}
        for shape in self.shape_of.values():
            if not isinstance(shape, int):
                used.update(gid for gid, _, _ in shape)
        return used

    def cid_to_gid(self) -> bytes:
        """Two bytes for each code up to the last: the glyph that it draws, and nothing for codes that are not used."""
        table = bytearray()
        for code in range(max(self.to_unicode, default=0) + 1):
            shape = self.shape_of.get(code, code if code in self.to_unicode else 0)
            gid = shape if isinstance(shape, int) else self.glyph_of_composite[shape]
            table += gid.to_bytes(2, "big")
        return bytes(table)


class Registry:
    """The codes of every font of one document, by the font's hash."""

    def __init__(self) -> None:
        self.by_hash: dict[str, FontCodes] = {}

    def codes_for(self, font: Any) -> FontCodes:  # noqa: ANN401  WeasyPrint's Font
        """The codes of `font`; its own dictionaries are made to be theirs, for equal hashes share one PDF font."""
        codes = self.by_hash.get(font.hash)
        if codes is None:
            codes = self.by_hash[font.hash] = FontCodes(font.glyph_count, font.upem)
        font.widths, font.to_unicode = codes.widths, codes.to_unicode
        return codes


@contextmanager
def codes_of_our_own() -> Iterator[None]:
    """While a PDF is written, draw text with our codes and embed the fonts that they need."""
    registry = Registry()
    draw_line = draw_text.draw_first_line
    clean = pdf_fonts.Font.clean
    build = pdf_fonts._build_vector_font_dictionary  # noqa: SLF001  no public door

    def draw_first_line(stream: Any, box: Any, overflow: str, ellipsis: Any, matrix: Any) -> list[Any]:  # noqa: ANN401
        if overflow == "ellipsis" or ellipsis != "none":
            emojis = list(draw_line(stream, box, overflow, ellipsis, matrix))
            for font in stream._fonts.values():  # noqa: SLF001  no public door
                # the engine's own way leaves glyphs without text, and PDF/UA wants one for each
                font.to_unicode.update({code: NO_TEXT for code, text in font.to_unicode.items() if not text})
            return emojis
        _draw(registry, stream, box, matrix)
        return []

    def clean_font(font: Any, to_unicode: Any, hinting: Any) -> None:  # noqa: ANN401
        codes = registry.by_hash.get(font.hash)
        if codes is None:
            clean(font, to_unicode, hinting)
            return
        drawn_plainly = {code for code in to_unicode if code not in codes.shape_of}
        clean(font, dict.fromkeys(codes.glyphs() | drawn_plainly, ""), hinting)
        _add_composites(font, codes)

    def build_dictionary(dictionary: Any, pdf: Any, font: Any, *arguments: Any) -> None:  # noqa: ANN401
        build(dictionary, pdf, font, *arguments)
        codes = registry.by_hash.get(font.hash)
        if codes is None:
            return
        table = pydyf.Stream([codes.cid_to_gid()], compress=True)
        pdf.add_object(table)
        (reference,) = dictionary["DescendantFonts"]
        number = int(reference.split()[0])
        pdf.objects[number]["CIDToGIDMap"] = table.reference

    draw_text.draw_first_line = draw_first_line
    pdf_fonts.Font.clean = clean_font
    pdf_fonts._build_vector_font_dictionary = build_dictionary  # noqa: SLF001
    try:
        yield
    finally:
        draw_text.draw_first_line = draw_line
        pdf_fonts.Font.clean = clean
        pdf_fonts._build_vector_font_dictionary = build  # noqa: SLF001


# ------------------------------------------------------------------------------------------------- drawing


def _draw(registry: Registry, stream: Any, box: Any, matrix: Any) -> None:  # noqa: ANN401
    """Draw one text box, with the space that follows it, in visual order."""
    layout = box.pango_layout
    if getattr(box, SPACE, False) and not layout.text.endswith(" "):
        layout.set_text(layout.text + " ", justify=True)
    if not layout.text:
        return
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)  # noqa: FBT003  Pango's own signature
    line, _ = layout.get_first_line()
    stream.set_text_matrix(*matrix.values)
    shown = _Shown(stream, start=_overhang(line, layout, box))
    run = line.runs[0]
    text = layout.text.encode()
    pen = 0.0
    while run != ffi.NULL:
        item = run.data
        run = run.next
        font, size = stream.add_font(item.item.analysis.font)
        codes = registry.codes_for(font)
        shown.use(font.hash, size)
        advances = _Advances(stream, item.item.analysis.font, size, codes)
        glyphs, starts, pen = _glyphs(item, advances, pen)
        begin = item.item.offset
        said = text[begin : begin + item.item.length]
        rtl = bool(item.item.analysis.level % 2)
        clusters = clusters_of(glyphs, starts, said, rtl=rtl)
        if run == ffi.NULL:
            clusters = _line_end(clusters, box)
        for cluster in reversed(clusters) if rtl else clusters:
            _show(shown, codes, cluster, rtl=rtl)
    shown.end()


def _overhang(line: Any, layout: Any, box: Any) -> float:  # noqa: ANN401
    """How far left of the box a right-to-left line begins, for the space that was added at its end."""
    if not getattr(box, SPACE, False) or not line.resolved_dir % 2:
        return 0.0
    glyphs = line.runs[0].data.glyphs
    first = line.runs[0].data
    start = first.item.offset + glyphs.log_clusters[0]
    if layout.text.encode()[start : start + 1] != b" ":
        return 0.0
    size = box.style["font_size"]
    return float(glyphs.glyphs[0].geometry.width * 1000 * FROM_UNITS / size)


class _Advances:
    """The advance of each glyph as the font has it, before kerning, in thousandths."""

    def __init__(self, stream: Any, font: Any, size: float, codes: FontCodes) -> None:  # noqa: ANN401
        self.stream, self.font, self.codes = stream, font, codes
        self.scale = 1000 * FROM_UNITS / size

    def of(self, gid: int) -> int:
        """The advance of `gid`, asked of Pango once a document."""
        known = self.codes.advances.get(gid)
        if known is None:
            rectangle = self.stream.logical_rect
            pango.pango_font_get_glyph_extents(self.font, gid, self.stream.ink_rect, rectangle)
            known = self.codes.advances[gid] = round(rectangle.width * self.scale)
        return known


def _glyphs(item: Any, advances: _Advances, pen: float) -> tuple[list[Glyph | None], list[int], float]:  # noqa: ANN401
    """The glyphs of one run, the byte at which the text of each begins, and where the pen stands after it."""
    scale, advance_of = advances.scale, advances.of
    count = item.glyphs.num_glyphs
    # all at once: five 32-bit numbers for each glyph, for each look at a single one takes longer than all else here
    numbers = ffi.unpack(ffi.cast("int32_t *", item.glyphs.glyphs), count * NUMBERS)
    glyphs: list[Glyph | None] = []
    for at in range(0, count * NUMBERS, NUMBERS):
        gid, width, x_offset, y_offset = numbers[at : at + 4]
        end = pen + width * scale
        if gid == EMPTY:
            glyphs.append(None)
        else:
            if gid & UNKNOWN:
                codepoint = gid - UNKNOWN
                LOGGER.warning('.notdef glyph rendered for "%s" (U+%04X)', chr(codepoint), codepoint)
                gid = 0
            glyphs.append(Glyph(gid, pen + x_offset * scale, -y_offset * scale, advance_of(gid), end))
        pen = end
    return glyphs, ffi.unpack(item.glyphs.log_clusters, count), pen


def _line_end(clusters: tuple[Cluster, ...], box: Any) -> tuple[Cluster, ...]:  # noqa: ANN401
    """The last clusters of a text box, with a hyphen said so that it is kept or joined as it should be.

    A hyphen that only the line break put in is said as a soft hyphen. One that belongs to the words is followed by a
    zero-width space, for PDFium and poppler drop a plain hyphen at the end of a line.
    """
    last = next((i for i in reversed(range(len(clusters))) if clusters[i].text != " "), None)
    if last is None or not getattr(box, LINE_END, False):
        return clusters
    said = clusters[last].text
    if getattr(box, HYPHEN, False) and said == box.style["hyphenate_character"]:
        said = SOFT_HYPHEN
    elif said == "-":
        said = f"-{NO_TEXT}"
    return (*clusters[:last], Cluster(clusters[last].glyphs, said), *clusters[last + 1 :])


def _show(shown: _Shown, codes: FontCodes, cluster: Cluster, *, rtl: bool) -> None:
    """Show one cluster, its characters spread as readers that guess from positions understand them best."""
    shape, x, width = _shape(codes, cluster)
    text = cluster.text
    if len(text) <= 1:
        shown.show(codes, shape, text, x, width)
        return
    if rtl:
        for step in range(len(text) - 1, 0, -1):
            shown.show(codes, BLANK, text[step], x - STEP * step)
        shown.show(codes, shape, text[0], x, width)
        return
    mark = next((i for i, c in enumerate(text) if i and unicodedata.category(c) in {"Mn", "Cf"}), None)
    if mark is not None and not "\u0c00" <= text[0] <= "\u0c7f":
        # pdf.js takes a glyph whose text holds a mark for one without width, and puts spaces around it;
        # one whose text ends in a joiner it drops
        shown.show(codes, shape, text[:mark], x, width)
        # a little before the end, for readers sort by place and the next glyph may begin sooner
        end = min(x + width, max(glyph.end for glyph in cluster.glyphs))
        shown.show(codes, BLANK, text[mark:], max(end - STEP, x))
        return
    shown.show(codes, shape, text, x, width)


def _shape(codes: FontCodes, cluster: Cluster) -> tuple[int | Composite, float, int]:
    """What draws a cluster: (a glyph or a composite, its left edge, its advance)."""
    first = cluster.glyphs[0]
    if len(cluster.glyphs) == 1 and not first.y:
        return first.gid, first.x, first.advance
    left = min(glyph.x for glyph in cluster.glyphs)
    per_em = codes.units_per_em / 1000
    places = ((g.gid, (g.x - left) * per_em, g.y * per_em) for g in cluster.glyphs)
    composite = tuple((gid, _near(x), _near(y)) for gid, x, y in places)
    return composite, left, max(0, round(max(glyph.end for glyph in cluster.glyphs) - left))


def _near(units: float) -> int:
    """An offset that a font can hold: a pile of broken syllables goes off any page before that."""
    return max(-FARTHEST, min(FARTHEST, round(units)))


class _Shown:
    """Builds the strings of a text object, keeping the pen where each glyph should stand."""

    def __init__(self, stream: Any, start: float) -> None:  # noqa: ANN401  WeasyPrint's Stream
        self.stream = stream
        self.pen = 0.0
        self.shift = -start
        self.parts: list[str] = []

    def use(self, font_hash: str, size: float) -> None:
        """Go on in this font."""
        self.end()
        self.stream.set_font_size(font_hash, size)

    def show(self, codes: FontCodes, shape: int | Composite, text: str, x: float, width: int = 0) -> None:
        """Draw `shape` with its left edge at `x`, as the code that says `text`; the pen then stands at its end."""
        code = codes.code(shape, text, width)
        back = round(self.pen - (x + self.shift))
        self.parts.append(f"{back}<{code:04x}>" if back else f"<{code:04x}>")
        # what the font has for the code: kerning may have given the same cluster another width before
        self.pen += codes.widths[code] - back

    def end(self) -> None:
        """Write what was shown so far."""
        if self.parts:
            self.stream.show_text("".join(self.parts).replace("><", ""))
            self.parts = []


# --------------------------------------------------------------------------------------------------- fonts


def _add_composites(font: Any, codes: FontCodes) -> None:  # noqa: ANN401
    """Add a glyph to the cleaned font for each composite, with its parts where the line had them."""
    per_em = codes.units_per_em / 1000
    advances = {s: round(codes.widths[c] * per_em) for c, s in codes.shape_of.items() if not isinstance(s, int)}
    if not advances:
        return
    font.file_content, first = with_composites(font.file_content, list(advances.items()))
    codes.glyph_of_composite = {composite: first + number for number, composite in enumerate(advances)}
