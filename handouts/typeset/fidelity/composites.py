"""Adds composite glyphs to a TrueType font, by its tables alone: nothing of the font is taken apart or set anew.

A composite draws other glyphs, each moved by an offset, as one glyph with one advance. Formats: the OpenType
specification, tables glyf, loca, hmtx, hhea, maxp and head.
"""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING

from fontTools.ttLib.sfnt import SFNTReader, SFNTWriter

if TYPE_CHECKING:
    from collections.abc import Sequence

Composite = tuple[tuple[int, int, int], ...]
"""Components as (glyph, dx, dy) in font units; none is a blank."""

WORDS, OFFSETS, MORE = 0x0001, 0x0002, 0x0020
_DROPPED = ("fpgm", "prep", "cvt ", "hdmx", "VDMX", "LTSH", "gvar", "HVAR", "vmtx", "vhea", "DSIG")


def with_composites(font: bytes, composites: Sequence[tuple[Composite, int]]) -> tuple[bytes, int]:
    """The font with the (composite, advance) glyphs at its end, and the number of the first of them."""
    reader = SFNTReader(io.BytesIO(font))
    tables = {str(tag): reader[tag] for tag in reader.keys() if str(tag) not in _DROPPED}  # noqa: SIM118  no dict
    (count,) = struct.unpack_from(">H", tables["maxp"], 4)
    offsets = _offsets(tables, count)
    bounds = [_bounds(tables["glyf"], offsets, glyph) for glyph in range(count)] if composites else []
    outlines = bytearray(tables["glyf"])
    metrics = _metrics(tables, count)
    for composite, advance in composites:
        outline, left = _outline(composite, bounds)
        outlines += outline + b"\0" * (-len(outline) % 4)
        offsets.append(len(outlines))
        metrics += struct.pack(">Hh", advance, left)
    total = count + len(composites)
    tables["glyf"] = bytes(outlines)
    tables["loca"] = struct.pack(f">{total + 1}I", *offsets)
    tables["hmtx"] = bytes(metrics)
    tables["head"] = _patched(tables["head"], 50, ">h", 1)  # indexToLocFormat: long
    tables["hhea"] = _patched(tables["hhea"], 34, ">H", total)  # numberOfHMetrics
    tables["maxp"] = _maxima(_patched(tables["maxp"], 4, ">H", total), composites)
    return _saved(reader.sfntVersion, tables), count


def _offsets(tables: dict[str, bytes], count: int) -> list[int]:
    (long_form,) = struct.unpack_from(">h", tables["head"], 50)
    if long_form:
        return list(struct.unpack_from(f">{count + 1}I", tables["loca"]))
    return [2 * offset for offset in struct.unpack_from(f">{count + 1}H", tables["loca"])]


def _bounds(outlines: bytes, offsets: list[int], glyph: int) -> tuple[int, int, int, int] | None:
    """xMin, yMin, xMax, yMax of a glyph; None when it is blank."""
    if offsets[glyph] == offsets[glyph + 1]:
        return None
    x_min, y_min, x_max, y_max = struct.unpack_from(">4h", outlines, offsets[glyph] + 2)
    return x_min, y_min, x_max, y_max


def _metrics(tables: dict[str, bytes], count: int) -> bytearray:
    """A full advance and bearing for every glyph."""
    (full,) = struct.unpack_from(">H", tables["hhea"], 34)
    table = tables["hmtx"]
    metrics = bytearray(table[: 4 * full])
    if full < count:
        advance = table[4 * full - 4 : 4 * full - 2]
        bearings = table[4 * full : 4 * full + 2 * (count - full)]
        for i in range(0, len(bearings), 2):
            metrics += advance + bearings[i : i + 2]
    return metrics


def _outline(composite: Composite, bounds: list[tuple[int, int, int, int] | None]) -> tuple[bytes, int]:
    """The glyf entry of a composite, and its left side bearing."""
    boxes = [
        (box[0] + dx, box[1] + dy, box[2] + dx, box[3] + dy)
        for glyph, dx, dy in composite
        if (box := bounds[glyph]) is not None
    ]
    if not boxes:
        return b"", 0
    x_min, y_min = min(b[0] for b in boxes), min(b[1] for b in boxes)
    x_max, y_max = max(b[2] for b in boxes), max(b[3] for b in boxes)
    drawn = [component for component in composite if bounds[component[0]] is not None]
    entry = bytearray(struct.pack(">5h", -1, x_min, y_min, x_max, y_max))
    for number, (glyph, dx, dy) in enumerate(drawn, 1):
        flags = WORDS | OFFSETS | (MORE if number < len(drawn) else 0)
        entry += struct.pack(">2H2h", flags, glyph, dx, dy)
    return bytes(entry), x_min


def _maxima(maxp: bytes, composites: Sequence[tuple[Composite, int]]) -> bytes:
    """The table's bounds on composites, raised to hold ours: parts, depth, and the points and contours of all."""
    most = max((len(composite) for composite, _ in composites), default=0)
    points, contours = struct.unpack_from(">2H", maxp, 6)
    whole_points, whole_contours = struct.unpack_from(">2H", maxp, 10)
    parts, depth = struct.unpack_from(">2H", maxp, 28)
    for offset, value in (
        (10, max(whole_points, points) * max(most, 1)),
        (12, max(whole_contours, contours) * max(most, 1)),
        (28, max(parts, most)),
        (30, depth + 1),
    ):
        maxp = _patched(maxp, offset, ">H", min(value, 0xFFFF))
    return maxp


def _patched(table: bytes, offset: int, form: str, value: int) -> bytes:
    changed = bytearray(table)
    struct.pack_into(form, changed, offset, value)
    return bytes(changed)


def _saved(version: str, tables: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    writer = SFNTWriter(target, len(tables), version)
    for tag in sorted(tables):
        writer[tag] = tables[tag]
    writer.close()
    return target.getvalue()
