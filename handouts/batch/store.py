"""Where the files of a batch are kept: what any such place can do, and what is proved of one by its manifest."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Protocol, Self

from handouts.batch.bundles import ARCHIVE, is_stale
from handouts.batch.values import Record
from handouts.problems import HandoutsError, Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from concurrent.futures import Future
    from pathlib import Path
    from types import TracebackType

FORMAT = 1
MAX_MANIFEST_BYTES = 400_000_000
MANIFEST = "manifest.json"
LISTS = ("manifest.csv", "index.html", "report.html")
OWN = ".handouts"
"""The folder in it that belongs to the program."""


class Store(Protocol):
    """A place with named files. Entered, it is held for one batch: nobody else may write into it.

    A file in it is there whole or not at all. What goes wrong is raised as `HandoutsError`.
    """

    @property
    def where(self) -> str:
        """The place as it is told to people; never with a password."""

    @property
    def new(self) -> Path:
        """A folder on this machine for files that are not whole yet."""

    def __enter__(self) -> Self:
        """Hold the place."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        """Let it go."""

    def read(self, name: str, most: int) -> bytes | None:
        """The file `name` of at most `most` bytes, or None when it is not there."""

    def fetch(self, name: str) -> Path | None:
        """The file `name` as one on this machine, or None when it is not there."""

    def digest(self, name: str) -> str | None:
        """The SHA-256 of the file `name`, or None when it is not there."""

    def is_whole(self, record: Record) -> bool:
        """Whether the file of `record` is there and looks as it did, without reading it."""

    def names(self) -> Iterator[str]:
        """The names of all files, but for those of the program, sorted."""

    def journal(self) -> Iterator[bytes]:
        """The lines of what was finished since the manifest was last written."""

    def write(self, name: str, data: bytes) -> None:
        """Write a file that is no handout."""

    @property
    def at_once(self) -> int:
        """How many files may be on their way to their places at once."""

    def begin(self, part: Path, record: Record) -> Future[None]:
        """Begin to put the finished file `part`, which lies in `new`, in its place, with its record."""

    def noted(self, record: Record) -> None:
        """The file of `record` is in its place."""

    def keep(self, part: Path, name: str) -> None:
        """Put the finished file `part`, which lies in `new`, in its place, without a record."""

    def settle(self) -> None:
        """The manifest was written: what the journal holds is in it."""


def write_manifest(store: Store, records: Mapping[str, Record], about: Mapping[str, Any]) -> None:
    """Write the manifest anew, and empty the journal that it now holds."""
    from handouts.batch.listing import manifest_csv  # noqa: PLC0415  a reader of manifests needs none

    head = json.dumps({"format": FORMAT, **about}, ensure_ascii=False).removesuffix("}")
    # a line for each file: quick to write, and a difference of two manifests can be read
    lines = ",\n".join(json.dumps(record.as_json(), ensure_ascii=False) for record in records.values())
    text = f'{head}, "files": [\n{lines}\n]}}'
    store.write("manifest.csv", manifest_csv(records.values()).encode())
    store.write(MANIFEST, text.encode() + b"\n")
    store.settle()


def finished_in(store: Store) -> dict[str, Record]:
    """What is finished: the manifest, and what the journal knows beyond it, as far as the files are there."""
    found = recorded_in(store)
    for line in store.journal():
        try:
            record = Record(**json.loads(line))
        except (ValueError, TypeError):
            continue  # the last line of a batch that was killed while it wrote it
        if found.get(record.name) != record and store.digest(record.name) == record.sha256:
            found[record.name] = record
    return found


def recorded_in(store: Store) -> dict[str, Record]:
    """The records of the manifest, by name; none when there is no manifest.

    Raises `HandoutsError` when there is one and it can't be read.
    """
    data = store.read(MANIFEST, MAX_MANIFEST_BYTES)
    if data is None:
        return {}
    where = Location(f"{store.where.rstrip('/')}/{MANIFEST}")
    try:
        value = json.loads(data)
        if value["format"] != FORMAT:
            message = f"the manifest is of format {value['format']}, and this program knows {FORMAT}"
            hint = "use the program that wrote it, or choose an empty folder"
            raise HandoutsError(Problem("manifest", message, where, hint=hint))
        return {file["name"]: Record(**file) for file in value["files"]}
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        hint = "delete it to have everything made anew, or take it from a backup"
        raise HandoutsError(Problem("manifest", f"the manifest can't be read: {error}", where, hint=hint)) from None


def printed_in(store: Store) -> list[dict[str, Any]]:
    """The files for the printer that the manifest knows, each with its name, digest and size."""
    try:
        books = json.loads(store.read(MANIFEST, MAX_MANIFEST_BYTES) or b"{}").get("print", [])
        return [book for book in books if isinstance(book["name"], str) and isinstance(book["sha256"], str)]
    except (ValueError, TypeError, KeyError, AttributeError):
        return []


def faults_of(store: Store) -> Iterator[tuple[str, str]]:
    """What differs between the manifest and the files: (name, missing, changed or extra)."""
    records = recorded_in(store)
    if not records:
        message = "there is no manifest here, or it is empty"
        raise HandoutsError(Problem("manifest", message, Location(store.where), hint="make one: handouts batch run"))
    books = printed_in(store)
    known = [(name, record.sha256) for name, record in records.items()]
    known += [(book["name"], book["sha256"]) for book in books]
    yield from _differing(store, known)
    archive = store.fetch(ARCHIVE)
    if archive is not None and is_stale(archive, records):
        yield ARCHIVE, "changed"
    ours = {*(name for name, _ in known), MANIFEST, *LISTS, ARCHIVE}
    yield from ((name, "extra") for name in store.names() if name not in ours)


def _differing(store: Store, known: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for name, wanted in known:
        found = store.digest(name)
        if found != wanted:
            yield name, "missing" if found is None else "changed"


def sha256_of(data: bytes) -> str:
    """The SHA-256 of `data`, as manifests hold it."""
    return hashlib.sha256(data).hexdigest()
