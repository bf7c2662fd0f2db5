from __future__ import annotations

from dataclasses import replace

import pytest

from handouts.model.artifacts import Outcome
from handouts.model.document import Text
from handouts.standards import tags
from handouts.standards.verdict import Verdict
from tests.standards.made import evidence, finding, paper, paragraph


def test_a_finding_that_failed_on_one_paper_fails_and_says_where() -> None:
    """Good on A4 and broken on Letter is broken in half of the clinics."""
    good = paper(findings=(finding("pdf-ua-1", Outcome.PASSED, "104 rules"),))
    bad = paper(findings=(finding("pdf-ua-1", Outcome.FAILED, "no title"),), name="Letter")
    e = evidence(paragraph("It is so."))

    assert tags.pdf_ua_1(replace(e, papers=(good,))).verdict is Verdict.PASSED
    answer = tags.pdf_ua_1(replace(e, papers=(good, bad)))
    assert (answer.verdict, answer.look_at) == (Verdict.FAILED, "Letter, pdf-ua-1: no title")


@pytest.mark.parametrize("findings", [(), (finding("words-heard", Outcome.NOT_RUN, "nothing to compare with"),)])
def test_a_finding_that_is_absent_or_did_not_run_is_not_run(findings: tuple[()]) -> None:
    """The quiet way to pass is not to look."""
    e = evidence(paragraph("It is so."))

    assert tags.heard_as_written(replace(e, papers=(paper(findings=findings),))).verdict is Verdict.NOT_RUN
    assert tags.heard_as_written(e).verdict is Verdict.NOT_RUN


def test_latin_letters_in_right_to_left_text_must_be_runs_of_their_own() -> None:
    """The letters of a gene's name change places in the middle of an Arabic line."""
    e = evidence(paragraph("It is so."))
    mixed = (Text("الجين CD40LG هنا", "ar", "rtl"),)
    apart = (Text("الجين ", "ar", "rtl"), Text("CD40LG", "en", "ltr"), Text(" هنا", "ar", "rtl"))
    arabic = replace(e.handout, language="ar", direction="rtl", sections=(), notices=())

    assert tags.left_to_right_runs(replace(e, handout=replace(arabic, title=mixed))).verdict is Verdict.FAILED
    assert tags.left_to_right_runs(replace(e, handout=replace(arabic, title=apart))).verdict is Verdict.PASSED


def test_digits_that_are_not_the_readers_fail() -> None:
    """A reader of Persian meets numbers that she reads as a foreign word."""
    e = evidence(paragraph("It is so."))
    persian = replace(e.handout, language="fa", direction="rtl", sections=())
    own, other = (Text("۲ نفر", "fa", "rtl"),), (Text("2 نفر", "fa", "rtl"),)

    assert tags.digits(replace(e, handout=replace(persian, title=own))).verdict is Verdict.PASSED
    assert tags.digits(replace(e, handout=replace(persian, title=other))).verdict is Verdict.FAILED


def test_the_month_is_written_as_cldr_writes_it() -> None:
    """A month in another language stands in the middle of the line."""
    e = evidence(paragraph("It is so."))

    assert tags.dates(e).verdict is Verdict.PASSED
    assert tags.dates(replace(e, handout=replace(e.handout, language="es"))).verdict is Verdict.FAILED
    assert tags.dates(replace(e, handout=replace(e.handout, language="ht"))).verdict is Verdict.PERSON


def test_straight_quotation_marks_fail_and_marks_of_other_languages_are_for_a_person() -> None:
    """A program knows that a mark is wrong in every language, not which one is right in each."""
    curly, straight = evidence(paragraph("Say “yes”.")), evidence(paragraph("Say 'yes'.").replace("'yes'", '\\"yes\\"'))

    assert tags.quotes(curly).verdict is Verdict.PASSED
    assert tags.quotes(straight).verdict is Verdict.FAILED
    assert tags.quotes(replace(curly, handout=replace(curly.handout, language="fr"))).verdict is Verdict.PERSON
