"""TOML text to plain values that remember their lines: the standard library reads it, the lines are found beside it.

Refused: what is not TOML, deep nesting, and characters that a reader would not see.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handouts.model.characters import unreadable
from handouts.problems import HandoutsError, Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_DEPTH = 20

Path = tuple[str | int, ...]

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\''  # strings
    r"|#[^\n]*|\n|[\[\]{}=,.]|[^\s\[\]{}=,.#\"']+",  # comments, ends of lines, signs, words
    re.DOTALL,
)
_TOO_DEEP = "this is not TOML that we read: it is nested too deeply"
_OPENING, _CLOSING = ("[", "{"), ("]", "}")
_AT = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A file's value, and the line on which the value at each path begins."""

    name: str
    value: dict[str, Any]
    lines: Mapping[Path, int]

    def where(self, *path: str | int) -> Location:
        """The place of the value at `path`, or of the nearest value around it."""
        known: Path = ()
        for step in path:
            if (*known, step) in self.lines:
                known = (*known, step)
        return Location(self.name, self.lines.get(known, 1))


def read_toml(text: str, name: str) -> TomlFile:
    """The value in `text`; `name` is told in problems. Raises `HandoutsError`."""
    text = text.replace("\r\n", "\n")
    try:
        value = tomllib.loads(text)
    except RecursionError:
        raise HandoutsError(Problem("toml-syntax", _TOO_DEEP, Location(name))) from None
    except ValueError as error:  # TOMLDecodeError, and the one that Python has for numbers of thousands of digits
        at = _AT.search(str(error))
        line = int(at[1]) if at and at[1] else text.count("\n") + 1 if at else None
        message = f"this is not TOML: {_AT.sub('', str(error)).strip()}"
        hint = "look at this line and the one above it: quotes, brackets, and a key that stands twice"
        raise HandoutsError(Problem("toml-syntax", message, Location(name, line), hint=hint)) from None
    file = TomlFile(name, value, _lines(text))
    hidden = tuple(_hidden(value, (), file))
    if hidden:
        raise HandoutsError(*hidden)
    return file


def _hidden(value: object, path: Path, file: TomlFile) -> Iterator[Problem]:
    if len(path) > MAX_DEPTH:
        raise HandoutsError(Problem("toml-syntax", _TOO_DEEP, file.where(*path[:MAX_DEPTH])))
    match value:
        case str():
            for fault in unreadable(value):
                yield Problem("hidden-character", f"this text holds {fault}", file.where(*path), hint="delete it")
        case dict():
            for key, child in value.items():
                yield from _hidden(key, (*path, key), file)
                yield from _hidden(child, (*path, key), file)
        case list():
            for i, child in enumerate(value):
                yield from _hidden(child, (*path, i), file)
        case _:
            return


def _lines(text: str) -> dict[Path, int]:
    """The line of each table, key and member of a list, in TOML that was parsed already.

    What stands in an inline table has the line of that table's key.
    """
    lines: dict[Path, int] = {}
    table: Path = ()
    for statement in _statements(text):
        if statement[0][0] == "[":
            table = _keys(statement)
            value = statement[:0]
            path = table
        else:
            middle = [said for said, _ in statement].index("=")
            path, value = (*table, *_keys(statement[:middle])), statement[middle + 1 :]
        for length in range(1, min(len(path), MAX_DEPTH) + 1):
            lines.setdefault(path[:length], statement[0][1])
        if value and value[0][0] == "[":
            lines.update({(*path, i): line for i, line in enumerate(_members(value))})
    return lines


def _statements(text: str) -> Iterator[list[tuple[str, int]]]:
    """The signs and words of each key with its value, or of each table's head, with their lines."""
    line, depth = 1, 0
    statement: list[tuple[str, int]] = []
    for token in _TOKEN.finditer(f"{text}\n"):
        said = token.group()
        depth += (said in _OPENING) - (said in _CLOSING)
        if said != "\n" and not said.startswith("#"):
            statement.append((said, line))
        elif said == "\n" and depth == 0 and statement:
            yield statement
            statement = []
        line += said.count("\n")


def _members(value: list[tuple[str, int]]) -> Iterator[int]:
    """The line on which each member of a list begins; `value` begins with its bracket."""
    depth, waits = 0, False
    for said, line in value:
        if depth == 1 and waits and said != "]":
            yield line
            waits = False
        depth += (said in _OPENING) - (said in _CLOSING)
        waits = waits or (depth == 1 and said in {"[", ","})


def _keys(signs: list[tuple[str, int]]) -> Path:
    return tuple(said.strip("'\"") for said, _ in signs if said not in {*_OPENING, *_CLOSING, "."})
