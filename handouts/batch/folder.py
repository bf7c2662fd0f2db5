"""A folder on this machine as the place of a batch.

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
import time
from concurrent.futures import Future
from typing import IO, TYPE_CHECKING, Any, Self

from handouts.batch.store import OWN, faults_of, finished_in, printed_in, recorded_in
from handouts.files import read_bytes, shown, write_whole
from handouts.problems import HandoutsError, Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

    from handouts.batch.values import Record

LAST_SECONDS = 10.0
"""How long the workers of a batch that was killed are waited for: each finishes the handout that it has in hand."""


class OutputFolder:
    """The folder while one batch works in it. Raises `HandoutsError` when another one does, or it can't be used."""

    at_once = 1
    """A disk is not quicker for many at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.where = shown(path)
        self.own = path / OWN
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
            raise HandoutsError(Problem("cannot-write", message, Location(self.where), hint=hint)) from None
        return self

    def _take_lock(self) -> None:
        """Hold the folder. Workers of a batch that was killed hold it until they have ended, and are waited for."""
        assert self._lock is not None
        until = time.monotonic() + LAST_SECONDS
        while True:
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                self._lock.seek(0)
                holder = self._lock.read(100).strip()
            gone = _is_gone(holder)
            if gone and time.monotonic() < until:
                time.sleep(0.05)
                continue
            self._lock.close()
            message = f"another batch is at work in this folder ({holder or 'unknown'})"
            hint = "wait until it is done, or choose another folder with --out"
            if gone:
                message = f"a batch in this folder was killed ({holder}), and its workers have not ended yet"
                hint = "try again in a minute"
            raise HandoutsError(Problem("batch-running", message, Location(self.where), hint=hint)) from None
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

    # ------------------------------------------------------------------------------------------ reading

    def read(self, name: str, most: int) -> bytes | None:
        """The file `name` of at most `most` bytes, or None when it is not there. Raises `HandoutsError`."""
        path = self.path / name
        return read_bytes(path, most) if path.is_file() else None

    def fetch(self, name: str) -> Path | None:
        """The file `name`, or None when it is not there."""
        path = self.path / name
        return path if path.is_file() else None

    def digest(self, name: str) -> str | None:
        """The SHA-256 of the file `name`, or None when it is not there."""
        try:
            with (self.path / name).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return None

    def is_whole(self, record: Record) -> bool:
        """Whether the file of `record` is there and as long as it was."""
        try:
            return (self.path / record.name).stat().st_size == record.bytes
        except OSError:
            return False

    def names(self) -> Iterator[str]:
        """The names of all files, but for those of the program, sorted."""
        for path in sorted(self.path.rglob("*")):
            name = path.relative_to(self.path).as_posix()
            if path.is_file() and not name.startswith(f"{OWN}/"):
                yield name

    def journal(self) -> Iterator[bytes]:
        """The lines of what was finished since the manifest was last written."""
        with contextlib.suppress(FileNotFoundError):
            yield from self.journal_path.read_bytes().split(b"\n")

    # ------------------------------------------------------------------------------------------ writing

    def write(self, name: str, data: bytes) -> None:
        """Write a file that is no handout. Raises `HandoutsError`."""
        write_whole(self.path / name, data)

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

    def begin(self, part: Path, record: Record) -> Future[None]:
        """The same, done by the time that it returns; how it went is for the asker to see."""
        done: Future[None] = Future()
        try:
            self.put(part, record)
        except HandoutsError as error:
            done.set_exception(error)
        else:
            done.set_result(None)
        return done

    def noted(self, record: Record) -> None:
        """The file of `record` is in its place; the journal has it already."""

    def keep(self, part: Path, name: str) -> None:
        """Put the finished file `part` in its place, without a record."""
        part.replace(self.path / name)

    def settle(self) -> None:
        """The manifest was written: what the journal holds is in it."""
        if self._journal is not None:
            self._journal.close()
            self._journal = None
        self.journal_path.unlink(missing_ok=True)

    def records(self) -> dict[str, Record]:
        """What is finished in it."""
        return finished_in(self)


def _is_gone(holder: str) -> bool:
    """Whether the process that a lock names has ended."""
    number = holder.removeprefix("process ")
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except (ValueError, OSError):
        return False
    return False


def prove(folder: Path) -> list[tuple[str, str]]:
    """What differs between the manifest of `folder` and its files: (name, missing, changed or extra)."""
    return list(faults_of(OutputFolder(folder)))


def printed(folder: Path) -> list[dict[str, Any]]:
    """The files for the printer that the manifest of `folder` knows, each with its name, digest and size."""
    return printed_in(OutputFolder(folder))


def read_manifest(folder: Path) -> dict[str, Record]:
    """The records of `folder`, by name; none when there is no manifest.

    Raises `HandoutsError` when there is one and it can't be read.
    """
    return recorded_in(OutputFolder(folder))
