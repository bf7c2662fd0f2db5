from __future__ import annotations

import base64
from dataclasses import replace
from typing import TYPE_CHECKING

from handouts.standards.colour import graphics_contrast, not_colour_alone, text_contrast
from handouts.standards.verdict import Verdict
from tests.standards.made import evidence, line, paper, paragraph

if TYPE_CHECKING:
    from handouts.standards import Evidence

GREY_6, GREY_9 = (0.4, 0.4, 0.4), (0.58, 0.58, 0.58)
LINKS = "a { text-decoration: underline }"


def with_page(style: str, **drawings: str) -> Evidence:
    coded = {status: base64.b64encode(svg.encode()).decode() for status, svg in drawings.items()}
    shown = "".join(
        f".person.mother.{status} {{ background: url(data:image/svg+xml;base64,{code}) }}"
        for status, code in coded.items()
    )
    return replace(evidence(paragraph("It is so.")), page=f"<style>{style}{shown}</style>")


def test_print_in_grey_fails_and_is_shown_with_its_place() -> None:
    """Grey on white is what designers love and old eyes lose."""
    e = replace(evidence(paragraph("It is so.")), papers=(paper(line("Dark."), line("Pale.", colour=GREY_6)),))
    answer = text_contrast(e)

    assert answer.verdict is Verdict.FAILED
    assert answer.look_at == "A4 page 1, #666666 on #ffffff: “Pale.”"


def test_print_on_a_tint_is_held_against_the_tint() -> None:
    """A box behind the words takes away contrast."""
    dark, tint = (0.3, 0.3, 0.3), (0.75, 0.75, 0.75)
    good = replace(evidence(paragraph("It is so.")), papers=(paper(line("On paper.", colour=dark)),))
    bad = replace(good, papers=(paper(line("On a tint.", colour=dark, behind=tint)),))

    assert text_contrast(good).verdict is Verdict.PASSED
    assert text_contrast(bad).verdict is Verdict.FAILED


def test_a_colour_that_is_not_read_is_no_pass() -> None:
    """What was not measured may be anything."""
    e = replace(evidence(paragraph("It is so.")), papers=(paper(line("Who knows?", colour=None)),))

    assert text_contrast(e).verdict is Verdict.NOT_RUN
    assert text_contrast(replace(e, papers=())).verdict is Verdict.NOT_RUN


def test_a_pale_border_or_drawing_fails() -> None:
    """A line to write on that nobody sees is no line."""
    assert graphics_contrast(with_page(".a { border: 1pt solid #777777 }")).verdict is Verdict.PASSED
    assert graphics_contrast(with_page(".a { border: 1pt solid #aaaaaa }")).verdict is Verdict.FAILED
    assert graphics_contrast(with_page(".a {}", carrier='<circle fill="#aaaaaa"/>')).verdict is Verdict.FAILED
    assert graphics_contrast(evidence(paragraph("It is so."))).verdict is Verdict.NOT_RUN


def test_a_border_is_held_against_the_tints_too() -> None:
    """On a tint, a line of middle grey fades."""
    assert graphics_contrast(with_page(".a { border: 1pt solid #888888 }")).verdict is Verdict.PASSED
    assert (
        graphics_contrast(with_page(".a { border: 1pt solid #888888; background: #dddddd }")).verdict is Verdict.FAILED
    )


def test_shapes_that_differ_in_hue_alone_fail() -> None:
    """On a grey printer, and to many men, red and green are one colour."""
    hue = with_page(LINKS, carrier='<circle fill="#aa0000"/>', unchanged='<circle fill="#006600"/>')
    form = with_page(LINKS, carrier='<circle fill="#aa0000"/>', unchanged='<circle fill="none" stroke="#006600"/>')

    assert not_colour_alone(form).verdict is Verdict.PASSED
    assert not_colour_alone(hue).verdict is Verdict.FAILED


def test_links_that_are_only_coloured_fail() -> None:
    """Who does not see the colour does not know that it is a link."""
    assert not_colour_alone(with_page("a { color: #00f }")).look_at == "links differ from text by colour alone"
