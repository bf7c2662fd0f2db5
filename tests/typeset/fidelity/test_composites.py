from __future__ import annotations

import io
from itertools import pairwise

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from handouts.typeset.fidelity.composites import Composite, with_composites
from tests.typeset.pages import FONTS

FONT = FONTS / "NotoSans-Regular.ttf"


def built(*composites: tuple[Composite, int]) -> tuple[TTFont, TTFont, int]:
    """The font before, the font with the composites, and the number of the first of them."""
    data, first = with_composites(FONT.read_bytes(), composites)
    return TTFont(FONT), TTFont(io.BytesIO(data)), first


def bounds(font: TTFont, glyph: int) -> tuple[float, ...] | None:
    """The box around what is drawn for a glyph, as another library draws it."""
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[font.getGlyphName(glyph)].draw(pen)
    found: tuple[float, ...] | None = pen.bounds
    return found


def test_a_composite_draws_its_parts_where_they_are_put() -> None:
    """A vowel over the wrong letter is another syllable to whoever looks."""
    a, b = (TTFont(FONT).getGlyphID(name) for name in "ab")

    before, after, first = built((((a, 0, 0), (b, 600, -100)), 1200))

    left, right = bounds(before, a), bounds(before, b)
    assert left
    assert right
    wanted = (
        min(left[0], right[0] + 600),
        min(left[1], right[1] - 100),
        max(left[2], right[2] + 600),
        max(left[3], right[3] - 100),
    )
    assert bounds(after, first) == wanted
    assert after["hmtx"][after.getGlyphName(first)] == (1200, wanted[0])


def test_a_blank_draws_nothing_and_takes_no_room() -> None:
    """The second letter of an Arabic ligature would be seen twice."""
    _, after, first = built(((), 0))

    assert bounds(after, first) is None
    assert after["hmtx"][after.getGlyphName(first)] == (0, 0)


def test_a_part_that_is_itself_a_composite_or_blank_is_drawn_too() -> None:
    """An é beside a space in one cluster: fonts are made of such parts."""
    source = TTFont(FONT)
    e_acute, space = source.getGlyphID("eacute"), source.getGlyphID("space")
    assert source["glyf"]["eacute"].isComposite()

    before, after, first = built((((space, 0, 0), (e_acute, 260, 0)), 900))

    drawn = bounds(before, e_acute)
    assert drawn
    assert bounds(after, first) == (drawn[0] + 260, drawn[1], drawn[2] + 260, drawn[3])


def test_the_glyphs_that_were_there_are_as_they_were() -> None:
    """One syllable more, and every other letter of the page is another."""
    a = TTFont(FONT).getGlyphID("a")

    before, after, first = built((((a, 0, 0), (a, 9, 9)), 500), ((), 0))

    assert first == before["maxp"].numGlyphs
    assert after["maxp"].numGlyphs == first + 2
    some = range(0, first, 97)
    assert [bounds(after, glyph) for glyph in some] == [bounds(before, glyph) for glyph in some]
    names = [(before.getGlyphName(glyph), after.getGlyphName(glyph)) for glyph in some]
    assert [after["hmtx"][new] for _, new in names] == [before["hmtx"][old] for old, _ in names]


def test_the_tables_agree_with_one_another() -> None:
    """Viewers and printers that check a font put another in its place."""
    a, b, c = (TTFont(FONT).getGlyphID(name) for name in "abc")

    before, after, first = built((((a, 0, 0), (b, 1, 1), (c, 2, 2)), 500))

    assert after["hhea"].numberOfHMetrics == first + 1
    assert after["head"].indexToLocFormat == 1
    assert all(start <= end for start, end in pairwise(after["loca"].locations))
    assert after["maxp"].maxComponentElements >= 3
    assert after["maxp"].maxComponentDepth == before["maxp"].maxComponentDepth + 1
    assert all(offset % 4 == 0 for offset in (entry.offset for entry in after.reader.tables.values()))


def test_what_only_hints_and_variations_need_is_gone() -> None:
    """Hints for glyphs that are now parts of others move them on a screen."""
    _, after, _ = built((((1, 0, 0),), 500))

    assert {"fpgm", "prep", "cvt ", "gvar", "HVAR"} & set(after.keys()) == set()


@pytest.mark.parametrize("name", ["NotoNastaliqUrdu-Regular.ttf", "NotoSansKhmer-Bold.ttf", "NotoSansJP-Regular.ttf"])
def test_every_kind_of_font_that_is_shipped_takes_composites(name: str) -> None:
    """A font with short offsets or few advances is put together wrong, and its language alone is garbled."""
    data = (FONTS / name).read_bytes()
    before = TTFont(io.BytesIO(data))
    drawn = [g for g in range(before["maxp"].numGlyphs) if before["glyf"][before.getGlyphName(g)].numberOfContours > 0]
    part, other = drawn[3], drawn[-1]

    made, first = with_composites(data, [(((part, 0, 0), (other, 50, 700)), 900)])

    after = TTFont(io.BytesIO(made))
    low, high = bounds(before, part), bounds(before, other)
    assert low
    assert high
    assert bounds(after, first) == pytest.approx(
        (min(low[0], high[0] + 50), min(low[1], high[1] + 700), max(low[2], high[2] + 50), max(low[3], high[3] + 700))
    )


def test_the_same_composites_give_the_same_bytes() -> None:
    """A file that changes for no reason can't be kept by its sum."""
    composites = [(((1, 0, 0), (2, 3, 4)), 500)]

    assert with_composites(FONT.read_bytes(), composites) == with_composites(FONT.read_bytes(), composites)
