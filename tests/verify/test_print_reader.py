from __future__ import annotations

import pytest

from handouts.model.artifacts import Pdf, PrintedLine
from handouts.verify import printed
from tests.typeset.pages import made, page
from tests.verify.pdfs import LATIN, Made

BLUE, WHITE = (0.0, 0.0, 1.0), (1.0, 1.0, 1.0)


def lines(markup: str) -> list[PrintedLine]:
    """What our typesetter prints of a page."""
    return list(printed(Pdf(made(markup))).lines)


def by_hand(content: bytes) -> list[PrintedLine]:
    """What is read of a page of 200 by 200 points that holds these instructions."""
    file = Made(content)
    file.font(LATIN)
    return list(printed(Pdf(file.tree(file.tag("P", 0)).data())).lines)


def test_sizes_and_places_are_those_that_the_page_asked_for() -> None:
    """A size that is read wrong passes print that is too small, or stops good print."""
    style = "@page { size: 300pt 400pt; margin: 50pt } body { margin: 0; font-size: 14pt; line-height: 21pt }"
    first, second = lines(page("<p style='margin: 0'>First<br>second</p>", style=style))

    ((width, height),) = printed(Pdf(made(page("<p>x</p>", style=style)))).sheets
    assert [width, height] == pytest.approx([300, 400])
    assert [first.size_pt, first.left_pt] == pytest.approx([14, 50], abs=0.01)
    assert second.baseline_pt - first.baseline_pt == pytest.approx(21, abs=0.01)
    assert 50 < first.baseline_pt < 71  # the first line lies within 21 points from the top margin


def test_a_line_of_several_runs_is_one_line_and_each_block_has_its_own() -> None:
    """Cut at each bold word, no line would be long enough."""
    found = lines(page("<p>One <b>two</b> three</p><ul><li>item</li></ul>"))

    words = [line for line in found if line.role != "Lbl"]

    assert [(line.role, line.text) for line in words] == [("P", "One two three"), ("LBody", "item")]
    assert len({line.block for line in words}) == 2


def test_letters_are_read_with_their_colour_and_the_box_behind_them() -> None:
    """Contrast is of two colours; either one read wrong makes the ratio worthless."""
    style = "p { color: #0000ff } .box { background: #ffff00; border: 3pt solid #000000 }"
    plain, boxed = lines(page("<p>plain</p><div class='box'><p>boxed</p></div>", style=style))

    assert (plain.colour, plain.behind) == (BLUE, WHITE)
    assert (boxed.colour, boxed.behind) == (BLUE, (1.0, 1.0, 0.0))


def test_letters_that_are_shaped_keep_their_words() -> None:
    """In most of our scripts the codes are not the letters."""
    (line,) = lines(page("<p>हिन्दी</p>", "hi"))

    assert line.text == "हिन्दी"


def test_page_furniture_has_no_block() -> None:
    """A page number must not be measured as running text."""
    found = lines(page("<p>Text</p>", style="@page { @bottom-center { content: 'Foot' } }"))

    assert [(line.text, line.role, line.block < 0) for line in found if line.text == "Foot"] == [("Foot", "", True)]


def test_slanted_letters_are_seen_by_their_matrix() -> None:
    """A font without an italic is slanted by the engine, and its name tells nothing."""
    upright = by_hand(b"/P << /MCID 0 >> BDC BT /F 10 Tf 1 0 0 1 20 50 Tm <00410042> Tj ET EMC")
    slanted = by_hand(b"/P << /MCID 0 >> BDC BT /F 10 Tf 1 0 0.3 1 20 50 Tm <00410042> Tj ET EMC")

    assert [line.slanted for line in (*upright, *slanted)] == [False, True]
    assert [(line.left_pt, line.baseline_pt, line.size_pt) for line in upright] == [(20, 150, 10)]


def test_a_colour_that_is_set_in_an_unread_way_is_none() -> None:
    """A guess would be a pass or a fault that nobody can follow."""
    (line,) = by_hand(b"0 0 0 1 k /P << /MCID 0 >> BDC BT /F 10 Tf 20 50 Td <0041> Tj ET EMC")

    assert line.colour is None


def test_states_that_are_saved_come_back_and_frames_are_no_boxes() -> None:
    """A border drawn before the words would count as what is behind them."""
    frame = b"q 1 0 0 rg 0 0 200 200 re 5 5 190 190 re f* Q q 2 0 0 2 0 0 cm 0 1 0 rg 0 0 20 30 re f Q "
    text = b"0 g /P << /MCID 0 >> BDC BT /F 10 Tf 20 50 Td <0041> Tj ET EMC"
    outside = b"/P << /MCID 0 >> BDC BT /F 10 Tf 1 0 0 1 90 90 Tm <0042> Tj ET EMC"

    assert [(line.text, line.behind) for line in by_hand(frame + text + outside)] == [
        ("A", (0.0, 1.0, 0.0)),
        ("B", WHITE),
    ]
