"""What the last stages hand on: a page as HTML, a finished PDF, and what was found out about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Html:
    """A whole, self-contained page."""

    markup: str


@dataclass(frozen=True, slots=True)
class Pdf:
    """The bytes of a finished PDF."""

    data: bytes


@dataclass(frozen=True, slots=True)
class PlainText:
    """A whole handout as text without any markup."""

    text: str


class Outcome(StrEnum):
    """What a check found. NOT_RUN is not a pass."""

    PASSED = "PASSED"
    FAILED = "FAILED"
    NOT_RUN = "NOT_RUN"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check's result; `details` are sentences for a person. A check that is not required may stay unrun."""

    check: str
    outcome: Outcome
    details: tuple[str, ...] = ()
    required: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """All that was found about one PDF."""

    pages: int
    findings: tuple[Finding, ...]

    @property
    def outcome(self) -> Outcome:
        """FAILED if any check failed, else NOT_RUN if a required one did not run or none ran, else PASSED."""
        if any(finding.outcome is Outcome.FAILED for finding in self.findings):
            return Outcome.FAILED
        unrun = any(f.required and f.outcome is Outcome.NOT_RUN for f in self.findings)
        ran = any(finding.outcome is Outcome.PASSED for finding in self.findings)
        return Outcome.PASSED if ran and not unrun else Outcome.NOT_RUN
