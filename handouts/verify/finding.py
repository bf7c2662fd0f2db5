"""A check's faults as a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.model.artifacts import Finding, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_DETAILS = 20


def finding(check: str, faults: Iterable[str], passed: str) -> Finding:
    """FAILED with the `faults` if there are any, else PASSED with the words `passed`."""
    told = tuple(faults)
    if told:
        more = (f"… and {len(told) - MAX_DETAILS} more",) if len(told) > MAX_DETAILS else ()
        return Finding(check, Outcome.FAILED, (*told[:MAX_DETAILS], *more))
    return Finding(check, Outcome.PASSED, (passed,))
