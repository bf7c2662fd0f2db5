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


@dataclass(frozen=True, slots=True)
class Place:
    """Where a string stands on a page: its key, its words there, and its area on each line.

    An area is (left, top, width, height) in CSS pixels, 96 to the inch, from the top left of the page.
    """

    key: str
    words: str
    areas: tuple[tuple[float, float, float, float], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A laid out page: its number from 1, its size in CSS pixels, and its strings.

    Sheets of one `digest` look the same.
    """

    number: int
    width: float
    height: float
    digest: str
    places: tuple[Place, ...]


Colour = tuple[float, float, float]
"""Red, green and blue, each from 0 to 1, as sRGB has them."""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line of print, measured in the finished PDF. Lengths are in points; y is the baseline, from the top.

    Lines of one `block` number belong to one tag, whose role is `role`; furniture has the number -1 and no role.
    `colour` and `behind` are those of the letters and of the paper or box under them, or None when the file gives
    them in a way that is not read. `slanted` is an italic or an oblique, drawn or made.
    """

    page: int
    block: int
    role: str
    left_pt: float
    baseline_pt: float
    size_pt: float
    text: str
    font: str
    slanted: bool
    colour: Colour | None
    behind: Colour | None


@dataclass(frozen=True, slots=True)
class PrintedPages:
    """All that is printed: the sheets, each (width, height) in points, and the lines on them."""

    sheets: tuple[tuple[float, float], ...]
    lines: tuple[PrintedLine, ...]
