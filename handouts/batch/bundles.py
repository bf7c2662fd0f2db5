"""All the files of a batch in a few: a PDF for each language and paper for the printer, and an archive."""

from __future__ import annotations

import hashlib
import zipfile
from typing import TYPE_CHECKING, Any

from handouts.files import read_bytes, write_whole
from handouts.languages import language
from handouts.project import MAX_PDF_BYTES
from handouts.typeset import joined_for_print

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from handouts.batch.values import Record

FOR_PRINT = "for-print"
"""The folder of the joined files; the name pattern of a plan may not lead there."""
ARCHIVE = "handouts.zip"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""What an archive can say at the earliest: the same files give the same archive on any day."""
PLAIN_FILE = 0o100644 << 16


def join(folder: Path, records: Iterable[Record]) -> list[dict[str, Any]]:
    """Write for-print/LANGUAGE-PAPER.pdf for every language and paper; what was written, as the manifest keeps it."""
    books: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        if record.options["format"] == "pdf":
            books.setdefault((record.language, record.options["paper"]), []).append(record)
    written = []
    for (tag, paper), some in books.items():
        parts = ((f"{one.heading}: {one.title}", read_bytes(folder / one.name, MAX_PDF_BYTES)) for one in some)
        data = joined_for_print(parts, language(tag).own_name, tag).data
        name = f"{FOR_PRINT}/{tag}-{paper}.pdf"
        write_whole(folder / name, data)
        written.append({"name": name, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)})
    return written


def pack(folder: Path, names: Iterable[str], part: Path) -> None:
    """Write handouts.zip with the files `names`; `part` is where it is written before it is whole."""
    with zipfile.ZipFile(part, "w", compresslevel=6) as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, FIRST_DAY)
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".pdf") else zipfile.ZIP_DEFLATED
            entry.external_attr = PLAIN_FILE
            archive.writestr(entry, (folder / name).read_bytes())
    part.replace(folder / ARCHIVE)


def stale(folder: Path, records: Mapping[str, Record]) -> bool:
    """Whether the archive holds other files than `records` tell."""
    try:
        with zipfile.ZipFile(folder / ARCHIVE) as archive:
            return any(
                hashlib.sha256(archive.read(name)).hexdigest() != record.sha256 for name, record in records.items()
            )
    except (OSError, KeyError, zipfile.BadZipFile):
        return True
