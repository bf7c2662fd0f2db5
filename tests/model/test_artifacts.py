from __future__ import annotations

import pytest

from handouts.model.artifacts import Finding, Outcome, Report

PASSED, FAILED, NOT_RUN = Outcome.PASSED, Outcome.FAILED, Outcome.NOT_RUN


@pytest.mark.parametrize(
    ("outcomes", "whole"),
    [
        ([], NOT_RUN),
        ([PASSED], PASSED),
        ([PASSED, PASSED], PASSED),
        ([PASSED, NOT_RUN], NOT_RUN),
        ([NOT_RUN, FAILED, PASSED], FAILED),
        ([PASSED, FAILED], FAILED),
    ],
)
def test_a_report_is_as_good_as_its_worst_finding(outcomes: list[Outcome], whole: Outcome) -> None:
    """A check that did not run, or no check at all, would be shown to a clinic as a pass."""
    report = Report(1, tuple(Finding(f"check {n}", outcome) for n, outcome in enumerate(outcomes)))

    assert report.outcome is whole


def test_a_check_that_is_not_required_may_stay_unrun() -> None:
    """A tool that few people have would keep every page from passing; but by itself it is no pass either."""
    optional = Finding("extra", NOT_RUN, required=False)

    assert Report(1, (Finding("words", PASSED), optional)).outcome is PASSED
    assert Report(1, (optional,)).outcome is NOT_RUN
    assert Report(1, (Finding("words", PASSED), Finding("extra", FAILED, required=False))).outcome is FAILED
