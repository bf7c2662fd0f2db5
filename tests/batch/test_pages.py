from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from handouts.batch.pages import INDEX_WORDS, STAGES, index_page, report_page
from handouts.batch.values import JobResult, Record, State
from handouts.model.approval import UNCHECKED, Stage
from tests.render.test_page import Page

if TYPE_CHECKING:
    from handouts.render import Templates

ENGLISH = Record(
    name="en/a b#c.pdf",
    condition="ant",
    language="en",
    direction="ltr",
    audience="family",
    options={"paper": "letter", "format": "pdf", "size": "large", "kind": "handout", "place": "US"},
    title="A title <for> families",
    heading="Ant & co",
    language_name="English",
    edition="1234-abcd",
    stage="not-clinically-reviewed",
    inputs="",
    key="",
    sha256="",
    bytes=1_234_567,
    pages=3,
    printed_on="2026-11-21",
    review_by="2027-01-02",
    verification="PASSED",
    told="For families",
    row={"clinic": "North"},
)
ARABIC = replace(
    ENGLISH, name="ar/x.pdf", language="ar", direction="rtl", title="عنوان", heading="نملة", told="", stage="draft"
)


def test_each_language_stands_in_the_index_under_the_name_that_its_readers_use(templates: Templates) -> None:
    """A mother looks for العربية and finds "Arabic", read with an English voice."""
    page = Page(index_page([ENGLISH, ARABIC], templates).decode())

    heard = {(words.strip(), tag, direction) for words, tag, direction, inside in page.words if "h2" in inside}
    assert {("العربية", "ar", "rtl"), ("Arabic", "en", "ltr"), ("English", "en", "ltr")} <= heard
    titles = {
        (words.strip(), tag, direction)
        for words, tag, direction, inside in page.words
        if "li" in inside and "a" in inside
    }
    assert ("عنوان", "ar", "rtl") in titles
    assert ("A title <for> families", "en", "ltr") in titles


def test_a_file_of_the_index_is_led_to_whatever_its_name(templates: Templates) -> None:
    """A number sign in a clinic's name leads nowhere."""
    page = Page(index_page([ENGLISH], templates).decode())

    assert "en/a%20b%23c.pdf" in [attrs.get("href") for tag, attrs in page.tags if tag == "a"]
    said = page.text("li")
    for fact in (
        "PDF",
        "Letter",
        "large print",
        "for US",
        "North",
        "3 pages",
        "1235 kB",
        "not reviewed by a clinician",
    ):
        assert fact in said, fact


def test_only_what_is_printed_has_paper_and_pages_in_the_index(templates: Templates) -> None:
    """A page of the web is listed as one sheet of A4, and somebody counts paper for it."""
    options = {**ENGLISH.options, "format": "html"}
    row = {"condition": "ant", "for": "family", "clinic": "North"}
    said = Page(index_page([replace(ENGLISH, options=options, pages=1, row=row)], templates).decode()).text("li")

    assert "HTML, large print, for US, North, 1235 kB" in said


def test_the_index_says_of_every_stage_how_far_it_is() -> None:
    """A draft that nobody has read looks like a clinic's word."""
    assert set(STAGES) == {UNCHECKED, *Stage}


def test_the_pages_have_no_words_of_their_own(templates: Templates) -> None:
    """A word in a template is one that nobody can change or translate."""
    for name, text in templates.files:
        if name.startswith("batch/") and name.endswith(".jinja"):
            bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", " ", text, flags=re.DOTALL)
            assert bare.split() == [], name
    shown = {words.strip() for words, *_ in Page(index_page([], templates).decode()).words}
    assert shown <= {"", *INDEX_WORDS.values(), *dict(templates.files).values()} | {
        text.strip() for _, text in templates.files
    }


def test_a_slip_that_kept_back_many_files_is_told_once_with_what_to_do(templates: Templates) -> None:
    """Eight hundred lines for one comma, and the two that differ are never seen."""
    slip = "brands/a/brand.toml:3: error[toml-syntax]: this is not <TOML>\n  hint: look at this line"
    results = [JobResult(f"{number}.pdf", State.FAILED, (slip,)) for number in range(5)]
    results += [
        JobResult("late.pdf", State.REFUSED, ("the review date has passed",)),
        JobResult("good.pdf", State.MADE),
    ]

    page = Page(report_page(results, 2, templates).decode())

    assert page.text("h2") == "FailedRefused"
    assert page.text("h3").count("this is not <TOML>") == 1
    assert page.text("main").count("look at this line") == 1
    assert all(f"{number}.pdf" in page.text("li") for number in range(5))
    assert "2 not tried" in page.text("header")
    assert "good.pdf" not in page.text("main")


def test_a_report_of_nothing_but_good_says_so(templates: Templates) -> None:
    """An empty page is taken for a broken one."""
    page = Page(report_page([JobResult("good.pdf", State.UNCHANGED)], 0, templates).decode())

    assert "Nothing failed and nothing was refused." in page.text("header")
    assert "0 made, 1 unchanged" in page.text("header")
