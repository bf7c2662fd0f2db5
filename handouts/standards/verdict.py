"""What is said of one line of the table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a line came out. Neither SCORED nor PERSON nor NOT_RUN is a pass."""

    PASSED = "PASSED"
    FAILED = "FAILED"
    SCORED = "SCORED"
    PERSON = "PERSON"
    NOT_RUN = "NOT_RUN"


@dataclass(frozen=True, slots=True)
class Answer:
    """One line's verdict, its figure in words, and what to look at: a key and its sentence, for a person."""

    verdict: Verdict
    figure: str
    look_at: str = ""


def judged(*, good: bool, figure: str, look_at: str = "") -> Answer:
    """PASSED or FAILED."""
    return Answer(Verdict.PASSED if good else Verdict.FAILED, figure, look_at)


def scored(figure: str, look_at: str = "") -> Answer:
    """A figure that no limit judges."""
    return Answer(Verdict.SCORED, figure, look_at)


def person(figure: str, look_at: str = "") -> Answer:
    """Something that only a person can judge; `figure` says what to look for."""
    return Answer(Verdict.PERSON, figure, look_at)


def not_run(why: str) -> Answer:
    """A check that did not run, and why."""
    return Answer(Verdict.NOT_RUN, why)


def counted(number: int, thing: str) -> str:
    """`number` and the thing counted, in the plural unless it is one."""
    ending = "" if number == 1 else "es" if thing.endswith("x") else "s"
    return f"{number} {thing}{ending}"
