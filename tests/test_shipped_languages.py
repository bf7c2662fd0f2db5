"""Every language that we ship, in both editions: made, and heard exactly as written."""

from __future__ import annotations

import pytest

from handouts import pipeline
from handouts.project import Project
from tests.conftest import edition

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
