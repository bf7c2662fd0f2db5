"""A CSV to rows: one line a job. All its faults are told at once, each with its line."""

from __future__ import annotations

import csv
import io
import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from pydantic import ValidationError

from handouts.batch.names import refuse
from handouts.model.brand import MemberContact
from handouts.model.characters import unreadable
from handouts.problems import HandoutsError, Location, Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MAX_ROWS = 100_000
MAX_CELL = 500

CONTACTS = MappingProxyType(
    {
        "contact.name": "name",
        "contact.phone": "phones",
        "contact.email": "email",
        "contact.web": "web",
        "contact.address": "address",
        "contact.hours": "hours",
    }
)
"""The columns that say how to reach a member of the organization, and the slots of a brand that they fill."""
_LISTS = ("phones", "address")


def read_rows(text: str, where: str) -> tuple[tuple[int, Mapping[str, str]], ...]:
    """The lines of a CSV, with their numbers. Commas, semicolons or tabs; a cell is text, whatever it looks like."""
    first = text.split("\n", 1)[0]
    delimiter = max((",", ";", "\t"), key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    problems: list[Problem] = []
    rows: list[tuple[int, Mapping[str, str]]] = []
    header: list[str] = []
    start = 1
    try:
        for cells in reader:
            line, start = start, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if not header:
                header = [cell.strip().lower() for cell in cells]
                problems += _header_problems(header, Location(where, line))
                continue
            if len(cells) != len(header):
                message = f"this line has {len(cells)} cells, and the first has {len(header)}"
                problems.append(
                    Problem("csv-cells", message, Location(where, line), hint="quote cells that hold a comma")
                )
                continue
            if any(len(cell) > MAX_CELL for cell in cells):
                message = f"a cell is longer than {MAX_CELL} characters"
                problems.append(Problem("csv-cells", message, Location(where, line)))
                continue
            rows.append((line, dict(zip(header, (cell.strip() for cell in cells), strict=True))))
            if len(rows) > MAX_ROWS:
                message = f"there are more than {MAX_ROWS:,} lines"
                raise HandoutsError(Problem("csv-too-long", message, Location(where), hint="split the file"))
    except csv.Error as error:
        problems.append(Problem("csv-syntax", f"this is not CSV: {error}", Location(where, start)))
    if not rows and not problems:
        problems.append(Problem("csv-empty", "there is no line below the first", Location(where)))
    refuse(problems)
    return tuple(rows)


def _header_problems(header: Sequence[str], where: Location) -> Iterator[Problem]:
    for name in header:
        if name.startswith("contact."):
            if name not in CONTACTS:
                message = f"no column is called '{name}'"
                yield Problem("csv-header", message, where, hint=did_you_mean(name, CONTACTS))
        elif not re.fullmatch(r"[a-z][a-z0-9_ -]{0,39}", name):
            yield Problem(
                "csv-header", f"'{name}' can't be the name of a column", where, hint="use letters, digits and _"
            )
        if header.count(name) > 1:
            yield Problem("csv-header", f"the column '{name}' is there twice", where)


def contact_of(row: Mapping[str, str], where: Location) -> tuple[MemberContact | None, list[Problem]]:
    """How to reach whom this line is for, or None when it does not say, and what is wrong with it.

    The rules are those of a brand.toml. In a cell, | or the end of a line parts several numbers or lines.
    """
    cells = {column: row[column] for column in CONTACTS if row.get(column)}
    if not cells:
        return None, []
    problems = [
        Problem("hidden-character", f"{_column(column, row)}: this text holds {fault}", where, hint="delete it")
        for column, cell in cells.items()
        for fault in unreadable(cell.replace("\n", " ").replace("\r", " "))
    ]
    slots = {CONTACTS[column]: cell for column, cell in cells.items()}
    parted = {slot: _parts(slots[slot]) for slot in _LISTS if slot in slots}
    try:
        return MemberContact.model_validate(slots | parted), problems
    except ValidationError as error:
        for fault in error.errors():
            column = next(column for column, slot in CONTACTS.items() if slot == fault["loc"][0])
            message = fault["msg"].removeprefix("Value error, ")
            problems.append(Problem("wrong-value", f"{_column(column, row)}: {message}", where))
        return None, problems


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in map(str.strip, re.split(r"[|\r\n]", cell)) if part)


def _column(name: str, row: Mapping[str, str]) -> str:
    """A column as spreadsheets count it, with its name: column D, 'contact.phone'."""
    number, letters = list(row).index(name) + 1, ""
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("A") + place) + letters
    return f"column {letters}, '{name}'"
