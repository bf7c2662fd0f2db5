"""Every language that we ship, in both editions: made, and heard exactly as written."""

from __future__ import annotations

import pytest

from handouts import pipeline
from handouts.project import Project
from tests.conftest import edition
from tests.printed import printed

CONDITION = "x-linked-hyper-igm"
SIXTEEN = ("ar", "bn", "es", "fa", "fr", "he", "hi", "ht", "ko", "pt-BR", "ru", "th", "ur", "vi", "zh-Hans", "zh-Hant")


def test_the_sixteen_languages_are_there() -> None:
    """A language that fell out of the package is missed by those who read no other."""
    assert set(SIXTEEN) | {"en"} == set(Project().language_tags(CONDITION))


@pytest.mark.parametrize("audience", ["family", "carrier"])
@pytest.mark.parametrize("tag", SIXTEEN)
def test_each_language_is_heard_as_written_and_says_that_it_is_a_draft(tag: str, audience: str) -> None:
    """A family in a language that nobody at the clinic reads has only our word for it."""
    made = pipeline.make(Project(), CONDITION, tag, edition(audience), draft=True)

    assert made.report.outcome == "PASSED"
    found = {finding.check: finding.outcome.value for finding in made.report.findings}
    assert {found[check] for check in ("words-heard", "languages-heard", "pdf-ua-1")} == {"PASSED"}
    assert [line[0].language for line in made.handout.notices] == [tag, "en"]
    assert made.problems == ()


@pytest.mark.parametrize(
    ("condition", "tag", "audience"),
    [(CONDITION, "ko", "carrier"), (CONDITION, "he", "family"), ("huntington-disease", "en", "family")],
)
def test_no_page_holds_only_a_line_or_two(condition: str, tag: str, audience: str) -> None:
    """A page with one line looks like the end, or like a fault of the printer; what comes after it goes astray."""
    made = pipeline.make(Project(), condition, tag, edition(audience), draft=True)

    assert _all_but_empty(made.data) == []


def _all_but_empty(pdf: bytes) -> list[int]:
    """The numbers of the pages whose words end in the upper third; the foot of a page is not counted."""
    return [
        number
        for number, page in enumerate(printed(pdf), 1)
        if min(s.foot for s in page.stretches if s.foot > page.height_pt / 10) > page.height_pt * 2 / 3
    ]
