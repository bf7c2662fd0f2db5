"""All the files of a batch in a few: a PDF for each language and paper for the printer, and an archive."""

from __future__ import annotations

import hashlib
import zipfile
from typing import TYPE_CHECKING, Any

from handouts.languages import language
from handouts.problems import HandoutsError, Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from handouts.batch.store import Store
    from handouts.batch.values import Record

FOR_PRINT = "for-print"
"""The folder of the joined files; the name pattern of a plan may not lead there."""
ARCHIVE = "handouts.zip"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""What an archive can say at the earliest: the same files give the same archive on any day."""
MAX_FILE_BYTES = 500_000_000
PLAIN_FILE = 0o100644 << 16


def join(store: Store, records: Iterable[Record]) -> list[dict[str, Any]]:
    """Write for-print/LANGUAGE-PAPER.pdf for every language and paper; what was written, as the manifest keeps it."""
    books: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        if record.options["format"] == "pdf":
            books.setdefault((record.language, record.options["paper"]), []).append(record)
    from handouts.typeset import joined_for_print  # noqa: PLC0415  the engine is heavy; `batch verify` needs none

    written = []
    for (tag, paper), some in books.items():
        parts = ((f"{one.heading}: {one.title}", _bytes_of(store, one.name)) for one in some)
        data = joined_for_print(parts, language(tag).own_name, tag).data
        name = f"{FOR_PRINT}/{tag}-{paper}.pdf"
        store.write(name, data)
        written.append({"name": name, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)})
    return written


def pack(store: Store, names: Iterable[str]) -> None:
    """Write handouts.zip with the files `names`."""
    part = store.new / ARCHIVE
    with zipfile.ZipFile(part, "w", compresslevel=6) as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, FIRST_DAY)
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".pdf") else zipfile.ZIP_DEFLATED
            entry.external_attr = PLAIN_FILE
            archive.writestr(entry, _bytes_of(store, name))
    store.keep(part, ARCHIVE)


def _bytes_of(store: Store, name: str) -> bytes:
    """A file that was there a moment ago. Raises `HandoutsError`."""
    data = store.read(name, MAX_FILE_BYTES)
    if data is None:
        hint = "run it again"
        raise HandoutsError(Problem("cannot-read", "the file is gone", Location(f"{store.where}/{name}"), hint=hint))
    return data


def is_stale(archive_path: Path, records: Mapping[str, Record]) -> bool:
    """Whether the archive holds other files than `records` tell."""
    try:
        with zipfile.ZipFile(archive_path) as archive:
            return any(
                hashlib.sha256(archive.read(name)).hexdigest() != record.sha256 for name, record in records.items()
            )
    except (OSError, KeyError, zipfile.BadZipFile):
        return True
