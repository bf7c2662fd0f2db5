"""Pages for the eye: quicker than print, and the same to look at."""

from __future__ import annotations

import pypdfium2  # type: ignore[import-untyped]  # it has no types
import pytest
from PIL import Image, ImageChops

from handouts.model.artifacts import Html
from handouts.model.edition import Paper
from handouts.pipeline import make
from handouts.problems import HandoutsError
from handouts.project import Project
from handouts.proofs.desk import desk_of
from handouts.proofs.pages import numbers_of, states_of, unnoticed
from handouts.render import render_marked
from handouts.typeset import Look, look
from tests.commands import SHIPPED
from tests.conftest import edition

HARDLY = 0.005
"""A share of a page that is less than one of its lines."""


def looked(tag: str, paper: Paper = Paper.A4) -> Look:
    project = Project()
    desk = desk_of(project, SHIPPED, tag)
    handout = unnoticed(desk, edition())
    numbers = numbers_of(handout, desk)
    html = render_marked(handout, project.templates(), paper, states_of(desk, numbers))
    return look(html, project.fonts(), tag)


def picture(pdf: bytes, page: int) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as document:
        drawn: Image.Image = document[page].render(scale=1).to_pil().convert("L")
        return drawn


@pytest.mark.parametrize("tag", ["es", "ar"])
def test_the_pages_look_as_they_print(tag: str) -> None:
    """A translator shortens a line that would have fitted, or leaves one that does not."""
    project = Project()
    printed = make(project, SHIPPED, tag, edition(), draft=True).data
    seen = looked(tag)
    with pypdfium2.PdfDocument(printed) as document:
        pages = len(document)

    assert len(seen.sheets) == pages
    for number in range(1, pages + 1):
        apart = ImageChops.difference(picture(seen.page(number), 0), picture(printed, number - 1))
        changed = sum(apart.histogram()[32:])
        assert changed < HARDLY * apart.width * apart.height, f"page {number}"


@pytest.mark.parametrize("tag", ["en", "es", "ar", "ur", "ko"])
def test_when_to_get_help_is_on_the_first_page_of_letter(tag: str) -> None:
    """A mother at night turns a page to find whether to call."""
    sheets = looked(tag, Paper.LETTER).sheets
    found = [sheet.number for sheet in sheets for place in sheet.places if place.key == f"{SHIPPED}:help.heading"]

    assert found == [1]


PAGE = '<!DOCTYPE html><html lang="en" dir="ltr"><title>One</title><style>{}</style><body>{}</body></html>'


def sheets(words: str, style: str = "p { break-after: page; }") -> Look:
    return look(Html(PAGE.format(style, words)), Project().fonts(), "a page")


def test_pages_are_known_by_how_they_look() -> None:
    """A changed page keeps its old picture, or all are drawn again for one letter."""
    one = sheets('<p>First</p><p><span data-key="k" class="said empty">Second</span></p>')
    other = sheets('<p>Fist</p><p><span data-key="k" class="said ready">Second</span></p>')
    coloured = sheets("<p>First</p><p>Second</p>", "p { break-after: page; color: red; }")

    assert one.sheets[0].digest != other.sheets[0].digest
    assert one.sheets[1].digest == other.sheets[1].digest
    assert coloured.sheets[1].digest != one.sheets[1].digest


def test_each_line_of_a_string_has_its_area() -> None:
    """The second line of a string answers no click."""
    (sheet,) = sheets('<p style="width: 4em"><span data-key="k">one two three four</span></p>', "").sheets
    (place,) = sheet.places

    assert (place.key, place.words) == ("k", "one two three four")
    assert len(place.areas) > 1
    assert all(left >= 0 and top >= 0 and width > 0 and height > 0 for left, top, width, height in place.areas)


def test_a_sign_without_a_glyph_is_found() -> None:
    """An empty box on the page, and nobody says why."""
    assert [problem.code for problem in sheets("<p>𓀀</p>").missing_glyphs()] == ["missing-glyph"]


def test_nothing_is_fetched() -> None:
    """A template of somebody's tells another machine who translates what."""
    with pytest.raises(HandoutsError) as caught:
        sheets('<p><img src="https://a.example/x.png" alt="x"></p>')

    assert {problem.code for problem in caught.value.problems} == {"fetch-refused"}
