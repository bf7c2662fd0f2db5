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
