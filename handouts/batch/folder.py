"""The output folder of a batch: who is at work in it, what is finished in it, and putting finished files into it.

    .handouts/lock          held while a batch runs
    .handouts/journal.jsonl what was finished since the manifest was last written, one line a file
    .handouts/new/          files that are not whole yet
    manifest.json           the record of every finished file

A file is written beside its place and brought to disk; then its record goes into the journal; then it is renamed. So
after a crash a record without its file means that the file was never put there, and it is made again.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
from typing import IO, TYPE_CHECKING, Any, Self

from handouts.batch.bundles import ARCHIVE, stale
from handouts.batch.listing import manifest_csv
from handouts.batch.values import Record
from handouts.files import read_bytes, shown, write_whole
from handouts.problems import HandoutsError, Location, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import TracebackType

FORMAT = 1
MAX_MANIFEST_BYTES = 400_000_000
MANIFEST = "manifest.json"
LISTS = ("manifest.csv", "index.html", "report.html")


class OutputFolder:
    """The folder while one batch works in it. Raises `HandoutsError` when another one does, or it can't be used."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.own = path / ".handouts"
        self.new = self.own / "new"
        self.journal_path = self.own / "journal.jsonl"
        self._lock: IO[str] | None = None
        self._journal: IO[bytes] | None = None

    def __enter__(self) -> Self:
        try:
            self.new.mkdir(parents=True, exist_ok=True)
            self._lock = (self.own / "lock").open("a+", encoding="utf-8")
            self._take_lock()
            shutil.rmtree(self.new)  # what a batch that was killed left behind
            self.new.mkdir()
        except OSError as error:
            hint = "choose another folder with --out, or free this one"
            message = f"the output folder can't be used: {error.strerror or error}"
            raise HandoutsError(Problem("cannot-write", message, Location(shown(self.path)), hint=hint)) from None
        return self

    def _take_lock(self) -> None:
        assert self._lock is not None
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.seek(0)
            holder = self._lock.read(100).strip()
            self._lock.close()
            hint = "wait until it is done, or choose another folder with --out"
            message = f"another batch is at work in this folder ({holder or 'unknown'})"
            raise HandoutsError(Problem("batch-running", message, Location(shown(self.path)), hint=hint)) from None
        self._lock.truncate(0)
        self._lock.write(f"process {os.getpid()}")
        self._lock.flush()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._journal is not None:
            self._journal.close()
        with contextlib.suppress(OSError):
            shutil.rmtree(self.new)
        if self._lock is not None:
            self._lock.close()

    # ------------------------------------------------------------------------------------------ records

    def records(self) -> dict[str, Record]:
        """What is finished: the manifest, and what the journal knows beyond it, as far as the files are there."""
        found = read_manifest(self.path)
        for record in self._journal_records():
            known = found.get(record.name)
            if known != record and self.digest(record.name) == record.sha256:
                found[record.name] = record
        return found

    def _journal_records(self) -> list[Record]:
        records = []
        with contextlib.suppress(FileNotFoundError):
            for line in self.journal_path.read_bytes().split(b"\n"):
                try:
                    records.append(Record(**json.loads(line)))
                except (ValueError, TypeError):
                    continue  # the last line of a batch that was killed while it wrote it
        return records

    def digest(self, name: str) -> str | None:
        """The SHA-256 of the file `name`, or None when it is not there."""
        try:
            with (self.path / name).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return None

    def put(self, part: Path, record: Record) -> None:
        """Put the finished file `part` in its place, with its record. Raises `HandoutsError` when that fails."""
        target = self.path / record.name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.is_dir():
                raise IsADirectoryError(21, "a folder stands where the file should be")
            if self._journal is None:
                self._journal = self.journal_path.open("ab")
            # a line that a killed batch left unfinished must not swallow this one
            self._journal.write(b"\n" + json.dumps(record.as_json(), ensure_ascii=False).encode() + b"\n")
            self._journal.flush()
            os.fsync(self._journal.fileno())
            part.replace(target)
        except OSError as error:
            message = f"the file can't be written: {error.strerror or error}"
            raise HandoutsError(Problem("cannot-write", message, Location(shown(target)))) from None

    def write_manifest(self, records: Mapping[str, Record], about: Mapping[str, Any]) -> None:
        """Write the manifest anew, and empty the journal that it now holds."""
        files = [record.as_json() for record in records.values()]
        text = json.dumps({"format": FORMAT, **about, "files": files}, indent=1, ensure_ascii=False)
        write_whole(self.path / MANIFEST, text.encode() + b"\n")
        write_whole(self.path / "manifest.csv", manifest_csv(records.values()).encode())
        if self._journal is not None:
            self._journal.close()
            self._journal = None
        self.journal_path.unlink(missing_ok=True)


def prove(folder: Path) -> list[tuple[str, str]]:
    """What differs between the manifest of `folder` and its files: (name, missing, changed or extra)."""
    records = read_manifest(folder)
    if not records:
        message = "there is no manifest here, or it is empty"
        raise HandoutsError(Problem("manifest", message, Location(shown(folder)), hint="make one: handouts batch run"))
    faults = []
    for name, record in records.items():
        path = folder / name
        if not path.is_file():
            faults.append((name, "missing"))
        elif hashlib.sha256(path.read_bytes()).hexdigest() != record.sha256:
            faults.append((name, "changed"))
    for book in printed(folder):
        path = folder / book["name"]
        if not path.is_file():
            faults.append((book["name"], "missing"))
        elif hashlib.sha256(path.read_bytes()).hexdigest() != book["sha256"]:
            faults.append((book["name"], "changed"))
    if (folder / ARCHIVE).is_file() and stale(folder, records):
        faults.append((ARCHIVE, "changed"))
    ours = {*records, MANIFEST, *LISTS, ARCHIVE, *(book["name"] for book in printed(folder))}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in ours and not name.startswith(".handouts/"):
            faults.append((name, "extra"))
    return faults


def printed(folder: Path) -> list[dict[str, Any]]:
    """The files for the printer that the manifest of `folder` knows, each with its name, digest and size."""
    try:
        books = json.loads(read_bytes(folder / MANIFEST, MAX_MANIFEST_BYTES)).get("print", [])
        return [book for book in books if isinstance(book["name"], str) and isinstance(book["sha256"], str)]
    except (ValueError, TypeError, KeyError, AttributeError):
        return []


def read_manifest(folder: Path) -> dict[str, Record]:
    """The records of `folder`, by name; none when there is no manifest.

    Raises `HandoutsError` when there is one and it can't be read.
    """
    path = folder / MANIFEST
    if not path.is_file():
        return {}
    try:
        value = json.loads(read_bytes(path, MAX_MANIFEST_BYTES))
        if value["format"] != FORMAT:
            message = f"the manifest is of format {value['format']}, and this program knows {FORMAT}"
            hint = "use the program that wrote it, or choose an empty folder"
            raise HandoutsError(Problem("manifest", message, Location(shown(path)), hint=hint))
        return {file["name"]: Record(**file) for file in value["files"]}
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        hint = "delete it to have everything made anew, or take it from a backup"
        message = f"the manifest can't be read: {error}"
        raise HandoutsError(Problem("manifest", message, Location(shown(path)), hint=hint)) from None
