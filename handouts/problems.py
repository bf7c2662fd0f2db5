"""What went wrong, where, and what to do: one value that every room can tell.

Expected trouble is a `Problem`. A room collects all that it finds and raises `HandoutsError` once;
the command line prints each problem and ends with the error's exit code.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(StrEnum):
    """How bad a problem is: an error stops the work, a warning is only told."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file; `line` counts from 1."""

    file: str
    line: int | None = None

    def __str__(self) -> str:
        """The place as editors and terminals link it: `file:line`."""
        return self.file if self.line is None else f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `code` is the id under which docs/problems.md explains it."""

    code: str
    message: str
    where: Location | None = None
    hint: str | None = None
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """The finding as one or two lines: what and where, then what to do."""
        place = f"{self.where}: " if self.where else ""
        hint = f"\n  hint: {self.hint}" if self.hint else ""
        return f"{place}{self.severity}[{self.code}]: {self.message}{hint}"


class HandoutsError(Exception):
    """Expected trouble, told to the user without a traceback."""

    exit_code = 1

    def __init__(self, *problems: Problem) -> None:
        """Keep `problems` in the order in which they should be told."""
        assert problems, "an error tells at least one problem"
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class UsageError(HandoutsError):
    """The command itself was wrong: an unknown name, an option that does not fit."""

    exit_code = 2


def errors_in(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those of `problems` that stop the work."""
    return tuple(p for p in problems if p.severity is Severity.ERROR)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A hint that offers the names nearest to `name`, or all of them when none is near."""
    choices = sorted(known)
    near = difflib.get_close_matches(name.casefold(), choices, n=3, cutoff=0.5)
    if near:
        return f"did you mean {' or '.join(near)}?"
    return f"known: {', '.join(choices)}" if choices else "none is known"
