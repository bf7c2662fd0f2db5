from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.brands.contrast import GRAPHICS, INKS, PAPER, TEXT, URGENT, faults, luminance, nearest, ratio, told
from handouts.model.brand import Colours
from handouts.project import Project

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", "21.00:1"),
        ("#ffffff", "#ffffff", "1.00:1"),
        ("#777777", "#ffffff", "4.47:1"),
        ("#767676", "#ffffff", "4.54:1"),
        ("#ff0000", "#ffffff", "3.99:1"),
        ("#0000ff", "#ffffff", "8.59:1"),
    ],
)
def test_the_ratios_are_those_of_wcag(one: str, other: str, expected: str) -> None:
    """A colour that we call readable is not. Ratios by the W3C's understanding document of 1.4.3, and WebAIM."""
    assert told(ratio(one, other)) == expected


@given(colours, colours)
def test_a_ratio_lies_between_1_and_21_whichever_colour_comes_first(one: str, other: str) -> None:
    """Text on a colour and that colour on white would be held against two rules."""
    assert ratio(one, other) == ratio(other, one)
    assert 1 <= ratio(one, other) <= 21


@given(colours)
def test_what_is_lighter_in_each_channel_is_lighter(colour: str) -> None:
    """The proposal for a pale accent would be a paler one."""
    lighter = "#" + bytes(min(255, int(colour[i : i + 2], 16) + 1) for i in (1, 3, 5)).hex()

    assert luminance(lighter) >= luminance(colour)


@given(st.floats(1, 21))
def test_a_ratio_is_never_told_as_more_than_it_is(value: float) -> None:
    """6.999 told as 7.00 fails for no reason that anybody can see."""
    read = float(told(value).removesuffix(":1"))

    assert read <= value < read + 0.0101


@given(colours, colours, st.sampled_from([TEXT, GRAPHICS]))
def test_the_proposal_can_be_read_and_is_the_colour_itself_when_that_can(one: str, other: str, least: float) -> None:
    """Somebody types the proposed colour, and is told that it can't be read."""
    beside = [("the other", other, least)]

    better = nearest(one, beside)

    if better is None:  # neither black nor white is far enough from some middle greys
        assert max(ratio("#000000", other), ratio("#ffffff", other)) < least
    else:
        assert ratio(better, other) >= least
    assert (better == one) is not any(faults(one, beside))


def test_the_house_itself_keeps_the_rules_of_brands() -> None:
    """Brands would be refused for what the plain page does."""
    plain = Colours()
    texts = [(ink, ground) for ink in INKS.values() for ground in (PAPER, plain.cool, plain.warm)]
    texts += [(ink, ground) for ink in (plain.title, plain.accent) for ground in (PAPER, plain.cool)]
    texts += [(URGENT, plain.warm), (URGENT, PAPER)]

    assert [(ink, ground) for ink, ground in texts if ratio(ink, ground) < 7] == []
    assert ratio(plain.accent, plain.warm) >= 3


def test_the_inks_are_those_of_the_style_sheet() -> None:
    """The sheet is darkened or paled, and brands are still held against the old inks."""
    sheet = dict(Project().templates().files)["css/handout.css"]

    assert [ink for ink in (*INKS.values(), URGENT) if f"color: {ink};" not in sheet] == []
