from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from handouts.standards import print_look
from handouts.standards.verdict import Verdict
from tests.standards.made import evidence, line, paper, paragraph

if TYPE_CHECKING:
    from collections.abc import Callable

    from handouts.model.artifacts import PrintedLine
    from handouts.standards import Answer, Evidence

SAID = "It is so and it stays so."


def printed(*lines: PrintedLine, style: str = "p {}", pages: int = 1) -> Evidence:
    return replace(evidence(paragraph(SAID)), papers=(paper(*lines, pages=pages),), page=f"<style>{style}</style>")


@pytest.mark.parametrize(
    ("size_pt", "verdict"), [(14.0, Verdict.PASSED), (13.98, Verdict.PASSED), (13.0, Verdict.FAILED)]
)
def test_running_text_under_fourteen_points_fails(size_pt: float, verdict: Verdict) -> None:
    """Two points decide whether a grandmother can read it."""
    note = line("A note in small print.", block=2, size_pt=11.0)
    answer = print_look.body_size(printed(line(SAID, size_pt=size_pt), note))

    assert answer.verdict is verdict
    assert "more.text" in answer.look_at
    assert "11.0 pt" in answer.figure


@pytest.mark.parametrize(("baseline_pt", "verdict"), [(121.0, Verdict.PASSED), (119.0, Verdict.FAILED)])
def test_lines_closer_than_one_and_a_half_fail(baseline_pt: float, verdict: Verdict) -> None:
    """In tight lines the eye falls into the wrong one."""
    e = printed(line("It is so and"), line("it stays so.", baseline_pt=baseline_pt))

    assert print_look.line_spacing(e).verdict is verdict


def test_the_space_over_a_page_break_is_no_line_spacing() -> None:
    """The next page begins at its top."""
    e = printed(line("It is so and"), line("it stays", baseline_pt=121.0), line("so.", page=2, baseline_pt=50.0))

    assert print_look.line_spacing(e).verdict is Verdict.PASSED


@pytest.mark.parametrize(
    ("characters", "verdict"), [(59, Verdict.FAILED), (60, Verdict.PASSED), (70, Verdict.PASSED), (71, Verdict.FAILED)]
)
def test_full_lines_hold_sixty_to_seventy_characters(characters: int, verdict: Verdict) -> None:
    """In long lines the way back is lost; short ones stumble."""
    words = "x" * characters
    e = evidence(paragraph(f"{words} end."))
    e = replace(e, papers=(paper(line(words), line("end.", baseline_pt=121.0)),))

    assert print_look.measure(e).verdict is verdict


@pytest.mark.parametrize(
    ("check", "style"),
    [
        (print_look.ragged_edge, "p { text-align: justify }"),
        (print_look.hyphenation, "p { hyphens: auto }"),
        (print_look.capitals, "h2 { text-transform: uppercase }"),
        (print_look.underline, "a { text-decoration: underline } h2 { text-decoration: underline }"),
    ],
)
def test_what_clear_print_forbids_fails_where_the_stylesheet_asks_for_it(
    check: Callable[[Evidence], Answer], style: str
) -> None:
    """One line of CSS, and every page is harder to read."""
    assert check(printed(line(SAID), style=style)).verdict is Verdict.FAILED
    assert check(printed(line(SAID), style="a { text-decoration: underline }")).verdict is Verdict.PASSED
    assert check(replace(printed(line(SAID)), page="")).verdict is Verdict.NOT_RUN


def test_slanted_letters_fail() -> None:
    """Italics swim before tired eyes."""
    assert print_look.italics(printed(line(SAID))).verdict is Verdict.PASSED
    assert print_look.italics(printed(line(SAID, slanted=True))).verdict is Verdict.FAILED


def test_words_in_capitals_fail_and_short_names_do_not() -> None:
    """A LINE LIKE THIS has no word shapes; IgM and HIV are only names."""
    loud = replace(evidence(paragraph("NEVER STOP the medicine.")), page="<style>p { margin: 0 }</style>")
    names = replace(evidence(paragraph("HIV {protein} DNA {protein} here.")), page="<style>p { margin: 0 }</style>")

    beside = replace(evidence(paragraph("It is IVIG. IVIG helps (IVIG).")), page="<style>p { margin: 0 }</style>")

    assert print_look.capitals(loud).verdict is Verdict.FAILED
    assert print_look.capitals(beside).verdict is Verdict.PASSED
    assert print_look.capitals(names).verdict is Verdict.PASSED


def foot(page: int, pages: int, baseline_pt: float = 800.0) -> PrintedLine:
    return line(f"Wobbly ear syndromePage {page} of {pages}", block=-1, role="", page=page, baseline_pt=baseline_pt)


def test_page_numbers_stand_once_and_at_one_height() -> None:
    """A page number that moves has to be looked for on every page."""
    assert print_look.page_number(printed(foot(1, 2), foot(2, 2), pages=2)).verdict is Verdict.PASSED
    assert print_look.page_number(printed(foot(1, 2), pages=2)).look_at == "A4 page 2"
    assert print_look.page_number(printed(foot(1, 2), foot(2, 2), foot(2, 2, 40.0), pages=2)).verdict is Verdict.FAILED
    assert print_look.page_number(printed(foot(1, 2), foot(2, 2, 790.0), pages=2)).verdict is Verdict.FAILED


def test_large_print_has_nothing_under_eighteen_points() -> None:
    """Who needs large letters needs them in a notice and a page number, too."""
    e = evidence(paragraph(SAID))
    good = paper(line("T", role="H1", size_pt=22.0), line("H", role="H2", size_pt=20.0), line(SAID, size_pt=18.0))
    small_foot = paper(line(SAID, size_pt=18.0), line("Page 1", block=-1, role="", size_pt=11.0))
    small_heading = paper(line("H", role="H2", size_pt=18.0))
    narrow = paper(line(SAID, size_pt=18.0, left_pt=60.0))

    assert print_look.large_print(replace(e, large=good)).verdict is Verdict.PASSED
    assert print_look.large_print(replace(e, large=small_foot)).verdict is Verdict.FAILED
    assert print_look.large_print(replace(e, large=small_heading)).verdict is Verdict.FAILED
    assert print_look.large_print(replace(e, large=narrow)).verdict is Verdict.FAILED
    assert print_look.large_print(e).verdict is Verdict.NOT_RUN


@pytest.mark.parametrize(
    "check",
    [print_look.body_size, print_look.line_spacing, print_look.measure, print_look.italics, print_look.page_number],
)
def test_without_a_pdf_nothing_of_print_is_a_pass(check: Callable[[Evidence], Answer]) -> None:
    """What was not printed was not measured."""
    assert check(evidence(paragraph(SAID))).verdict is Verdict.NOT_RUN


def test_the_box_for_getting_help_must_stand_on_the_first_page() -> None:
    """Somebody whose child is ill turns no pages."""
    box = """  - id: help
    role: get-help
    heading: When to get help
    blocks:
      - {kind: paragraph, id: call, basis: practical, text: "Call us."}"""
    e = evidence(more=box)
    first = paper(line("When to get help", role="H2"))
    second = paper(line("When to get help", role="H2", page=2), pages=2, name="Letter")

    assert print_look.help_on_first_page(replace(e, papers=(first,))).verdict is Verdict.PASSED
    assert print_look.help_on_first_page(replace(e, papers=(first, second))).figure == "on page 2 of Letter"
    assert print_look.help_on_first_page(replace(e, papers=(paper(line("Else")),))).verdict is Verdict.FAILED
    assert print_look.help_on_first_page(e).verdict is Verdict.NOT_RUN
    assert print_look.help_on_first_page(evidence(paragraph(SAID))).verdict is Verdict.NOT_RUN
