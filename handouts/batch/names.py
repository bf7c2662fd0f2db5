"""Names of output files: the same on every file system, unique, and never outside the folder."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from handouts.problems import HandoutsError, Location, Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MAX_PART_BYTES = 120
MAX_NAME_BYTES = 200
MOST_TOLD = 100
DEFAULT = "{language}/{condition}-{for}{options}.{format}"

_FIELD = re.compile(r"\{([^{}]*)\}")
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]+')
# names that Windows keeps for devices, with any ending
_DEVICES = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?")


def check_pattern(pattern: str, fields: Iterable[str], where: Location | None) -> list[Problem]:
    """name-pattern: what is wrong with a pattern before anything is put into it."""
    known = set(fields)
    problems = []
    for name in _FIELD.findall(pattern):
        if name not in known:
            message = f"the name pattern holds {{{name}}}, which is no field"
            problems.append(Problem("name-pattern", message, where, hint=did_you_mean(name, known)))
    rest = _FIELD.sub("x", pattern)
    if "{" in rest or "}" in rest:
        message = "a brace of the name pattern has no partner"
        problems.append(Problem("name-pattern", message, where, hint="write {condition}"))
    if rest.startswith(("/", "\\", "~")) or "\\" in rest or re.match(r"[A-Za-z]:", rest):
        message = "the name pattern leads out of the output folder"
        problems.append(Problem("name-pattern", message, where, hint="begin with a name; / makes a folder inside"))
    elif any(part in {"", ".", ".."} or part.startswith(".") for part in rest.split("/")):
        message = "a part of the name pattern is empty or begins with a dot"
        problems.append(Problem("name-pattern", message, where, hint="write names between the slashes"))
    return problems


def name_of(pattern: str, values: Mapping[str, str]) -> str:
    """The path of a file below the output folder: `pattern` with `values` in it, made safe part by part.

    A slash in a value makes no folder.
    """
    parts = pattern.split("/")
    filled = [_FIELD.sub(lambda match: _FORBIDDEN.sub("-", values[match[1]]), part) for part in parts]
    return "/".join(_safe(part) for part in filled)


def _safe(part: str) -> str:
    """One name that every file system takes."""
    name = _FORBIDDEN.sub("-", unicodedata.normalize("NFC", part)).strip(" .")
    if not name:
        name = "_"
    if _DEVICES.fullmatch(name):
        name = f"_{name}"
    while len(name.encode()) > MAX_PART_BYTES:
        stem, dot, ending = name.rpartition(".")
        name = f"{stem[:-1].rstrip(' .')}{dot}{ending}" if dot and len(ending) <= 5 and stem else name[:-1]  # noqa: PLR2004  .jinja
    return name


def check_unique(names: Iterable[tuple[str, Location | None]]) -> list[Problem]:
    """name-collision: two jobs that would write one file, on a file system that takes A for a as well."""
    seen: dict[str, str] = {}
    problems = []
    for name, where in names:
        folded = unicodedata.normalize("NFC", name).casefold()
        if folded in seen:
            problems.append(
                Problem(
                    "name-collision",
                    f"two handouts would be called '{name}'",
                    where,
                    hint="put what tells them apart into the name pattern: {paper}, {options}, {brand} or a column",
                )
            )
        seen[folded] = name
    folders = {parent for name in seen for parent in _parents(name)}
    problems += [
        Problem("name-collision", f"'{seen[name]}' would be a file and a folder", None, hint="change the name pattern")
        for name in seen
        if name in folders
    ]
    return problems


def _parents(name: str) -> Iterable[str]:
    parts = name.split("/")
    return ("/".join(parts[:i]) for i in range(1, len(parts)))


def refuse(problems: list[Problem]) -> None:
    """Raise `HandoutsError` with `problems`, if there are any: all of them, or the first ones and how many more."""
    if len(problems) > MOST_TOLD:
        more = Problem("more-problems", f"and {len(problems) - MOST_TOLD:,} more", hint="mend these first")
        raise HandoutsError(*problems[:MOST_TOLD], more)
    if problems:
        raise HandoutsError(*problems)
