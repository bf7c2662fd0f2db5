"""The manifest for people: a table for spreadsheets, and what failed in words."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handouts.batch.values import Record

COLUMNS = (
    "name",
    "condition",
    "language",
    "audience",
    "paper",
    "format",
    "size",
    "kind",
    "bilingual",
    "place",
    "brand",
    "edition",
    "stage",
    "pages",
    "bytes",
    "sha256",
    "inputs",
    "printed_on",
    "review_by",
    "verification",
)
ASKED = frozenset({*COLUMNS, "for"})
"""What a line of a plan's CSV may ask for: the columns here tell what it became."""


def manifest_csv(records: Iterable[Record]) -> str:
    """The manifest as a table, with a CSV plan's own columns at the end. UTF-8 with a byte order mark."""
    listed = list(records)
    extra = sorted({name for record in listed for name in record.row} - ASKED)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*COLUMNS, *extra])
    for record in listed:
        value = record.as_json() | record.options
        row = [value.get(name, "") for name in COLUMNS] + [record.row.get(name, "") for name in extra]
        writer.writerow([_as_text(cell) for cell in row])
    return "\ufeff" + text.getvalue()


def _as_text(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula: OWASP, CSV injection."""
    if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@", "\t", "\r", "\n"}:
        return f"'{cell}"
    return cell
