"""What commands share: the two streams, how problems look, JSON for programs, and the options that many take."""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from handouts.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handouts.project import Project

out = Console(soft_wrap=True)
err = Console(stderr=True, soft_wrap=True)
wrapped = Console()  # breaks lines at the width of the terminal

ProjectOption = Annotated[
    Path | None,
    typer.Option(
        "--project",
        metavar="DIR",
        help="Your project folder. Without it, the nearest one upwards with a handouts.toml, else what we ship.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]


def show(problems: Iterable[Problem]) -> None:
    """Tell problems on standard error, in colour when it is a terminal."""
    for problem in problems:
        style = "bold red" if problem.severity is Severity.ERROR else "yellow"
        line = Text()
        if problem.where:
            line.append(f"{problem.where}: ", style="bold")
        line.append(f"{problem.severity}[{problem.code}]: ", style=style)
        line.append(problem.message)
        if problem.hint:
            line.append(f"\n  hint: {problem.hint}", style="cyan")
        err.print(line)


def opened_project(folder: Path | None) -> Project:
    """The project in `folder`, or the one around the current folder."""
    from handouts.project import discover, opened

    return opened(folder) if folder is not None else discover(Path.cwd())


def print_json(value: object) -> None:
    """Print `value` for a program, in ASCII where standard output does not take every script."""
    sys.stdout.write(json.dumps(value, ensure_ascii=not _speaks_unicode(), indent=2) + "\n")


def problem_json(problem: Problem) -> dict[str, Any]:
    """A problem as JSON has it."""
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.message,
        "file": problem.where.file if problem.where else None,
        "line": problem.where.line if problem.where else None,
        "hint": problem.hint,
    }


def today() -> datetime.date:
    """The day it is here. Only the command line reads the clock."""
    return datetime.datetime.now().astimezone().date()


def _speaks_unicode() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
