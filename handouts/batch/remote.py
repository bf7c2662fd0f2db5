"""An object store as the place of a batch, such as S3, through fsspec.

    .handouts/lock            who is at work here; made only if it is not there
    .handouts/journal/N.jsonl what was finished since the manifest was last written, in pieces
    .handouts/etags.json      the ETag of each file, as the store told it when the manifest was written
    manifest.json             the record of every finished file, written after all else

An object is there whole or not at all, so nothing is renamed. A file goes first and its record follows in a piece of
the journal, of many records or of a few seconds: after a crash the files of those seconds are made again, and no record
is ever without its file. Several files may be on their way at once, for a store is slow to answer and can be asked for
much at a time. Who may write is a matter of the environment and of the store's own configuration files: nothing here
reads, takes or tells a password.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import socket
import tempfile
import time
import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Self

from handouts.batch.store import OWN
from handouts.problems import HandoutsError, Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future
    from types import TracebackType

    from handouts.batch.values import Record

LOCK = f"{OWN}/lock"
JOURNAL = f"{OWN}/journal"
ETAGS = f"{OWN}/etags.json"
PIECE_RECORDS = 100
PIECE_SECONDS = 10.0
AT_ONCE = 8
MAX_OWN_BYTES = 100_000_000
_EXPECTED: dict[str, type[OSError]] = {
    "info": FileNotFoundError,
    "cat_file": FileNotFoundError,
    "get_file": FileNotFoundError,
    "find": FileNotFoundError,
    "pipe_file": FileExistsError,
}
"""What a store may answer that is no trouble."""
SIGNATURE = ("ETag", "etag", "md5", "created", "mtime")
"""What stores call that which changes with a file, in the order of our trust."""


class RemoteStore:
    """The objects below `root` of the file system `system`, which is one of fsspec's; `where` is told to people.

    It keeps threads: in a program that holds one, workers are launched and not forked.
    """

    def __init__(self, system: Any, root: str, where: str) -> None:  # noqa: ANN401  fsspec has no types
        self.where = where
        self._system = system
        self._root = root.rstrip("/")
        self._here: Path | None = None
        self._listed: dict[str, dict[str, Any]] | None = None
        self._signatures: dict[str, str] | None = None
        self._digests: dict[str, str] = {}
        self._put: set[str] = set()
        self._piece: list[bytes] = []
        self._pieces = 0
        self._since = time.monotonic()
        self._held = b""
        self._threads: ThreadPoolExecutor | None = None

    def __reduce__(self) -> tuple[type[Self], tuple[Any, str, str]]:
        """What a worker gets: the place, and nothing of what is known or held here."""
        return type(self), (self._system, self._root, self.where)

    @property
    def new(self) -> Path:
        """A folder on this machine for files that are not whole yet."""
        if self._here is None:
            self._here = Path(tempfile.mkdtemp(prefix="handouts-"))
            weakref.finalize(self, shutil.rmtree, self._here, ignore_errors=True)
        return self._here

    def __enter__(self) -> Self:
        me = f"process {os.getpid()} on {socket.gethostname()}"
        about = {"who": me, "machine": _machine(), "process": os.getpid(), "once": secrets.token_hex(8)}
        self._held = json.dumps(about).encode()
        holder = self.read(LOCK, MAX_OWN_BYTES)
        if holder is not None and _is_gone(holder):
            self._do("rm_file", LOCK)
            holder = None
        if holder is None:  # not every store knows how to make only what is not there, so it is looked for first
            with contextlib.suppress(FileExistsError):  # another was quicker
                self._do("pipe_file", LOCK, self._held, mode="create")
            holder = self.read(LOCK, MAX_OWN_BYTES)
        if holder != self._held:
            self._held = b""
            hint = f"wait until it is done; if it has died, delete {OWN}/lock there and run this again"
            message = f"another batch is at work here ({_told(holder or b'')})"
            raise HandoutsError(Problem("batch-running", message, Location(self.where), hint=hint))
        self._listed = self._signatures = None
        self._digests, self._put = {}, set()
        self._pieces = max(
            (int(name.rpartition("/")[2].partition(".")[0]) for name in self._journal_names()), default=0
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._threads is not None:
            self._threads.shutdown(cancel_futures=True)
            self._threads = None
        with contextlib.suppress(HandoutsError):
            self._write_piece()
        with contextlib.suppress(HandoutsError):
            if self._held and self.read(LOCK, MAX_OWN_BYTES) == self._held:
                self._do("rm_file", LOCK)
        self._held = b""

    # ------------------------------------------------------------------------------------------ reading

    def read(self, name: str, most: int) -> bytes | None:
        """The file `name` of at most `most` bytes, or None when it is not there. Raises `HandoutsError`."""
        try:
            size = self._do("info", name)["size"]
            if size > most:
                message = f"the file is longer than {most:,} bytes, and no more are read"
                raise HandoutsError(Problem("file-too-large", message, self._at(name)))
            return bytes(self._do("cat_file", name))
        except FileNotFoundError:
            return None

    def fetch(self, name: str) -> Path | None:
        """The file `name`, brought to this machine, or None when it is not there."""
        target = self.new / "fetched"
        try:
            self._do("get_file", name, str(target))
        except FileNotFoundError:
            return None
        return target

    def digest(self, name: str) -> str | None:
        """The SHA-256 of the file `name`, or None when it is not there."""
        path = self.fetch(name)
        if path is None:
            return None
        with path.open("rb") as file:
            self._digests[name] = hashlib.file_digest(file, "sha256").hexdigest()
        return self._digests[name]

    def is_whole(self, record: Record) -> bool:
        """Whether the file of `record` is there, as long as it was, and the same by what the store says of it.

        One that was read and is the same is known by what the store says of it from then on.
        """
        found = self._all().get(record.name)
        if found is None or found.get("size") != record.bytes:
            return False
        signatures = self._known_signatures()
        if self._digests.get(record.name) == record.sha256:
            signatures[record.name] = _signature(found)
        return signatures.get(record.name, _signature(found)) == _signature(found)

    def _known_signatures(self) -> dict[str, str]:
        """What the store said of each file when the manifest was written, as far as that is on record; read once."""
        if self._signatures is None:
            self._signatures = {}
            with contextlib.suppress(ValueError, TypeError):
                self._signatures = dict(json.loads(self.read(ETAGS, MAX_OWN_BYTES) or b"{}"))
        return self._signatures

    def names(self) -> Iterator[str]:
        """The names of all files, but for those of the program, sorted."""
        self._listed = None
        yield from sorted(name for name in self._all() if not name.startswith(f"{OWN}/"))

    def journal(self) -> Iterator[bytes]:
        """The lines of what was finished since the manifest was last written."""
        for name in self._journal_names():
            yield from (self.read(name, MAX_OWN_BYTES) or b"").split(b"\n")

    def _journal_names(self) -> list[str]:
        names = (name for name in self._all() if name.startswith(f"{JOURNAL}/"))
        return sorted(name for name in names if name.rpartition("/")[2].removesuffix(".jsonl").isdigit())

    def _all(self) -> dict[str, dict[str, Any]]:
        """What the store tells of every file, by name; asked once."""
        if self._listed is None:
            self._system.invalidate_cache()
            try:
                found = self._do("find", "", detail=True)
            except FileNotFoundError:
                found = {}
            root = self._root.lstrip("/")
            paths = ((path.lstrip("/"), about) for path, about in found.items())
            self._listed = {p.removeprefix(f"{root}/"): about for p, about in paths if p.startswith(f"{root}/")}
        return self._listed

    # ------------------------------------------------------------------------------------------ writing

    def write(self, name: str, data: bytes) -> None:
        """Write a file that is no handout. Raises `HandoutsError`."""
        part = self.new / "written"
        try:
            part.write_bytes(data)
        except OSError as error:
            raise self._failed(name, error) from None
        self.keep(part, name)

    @property
    def at_once(self) -> int:
        """How many files may be on their way at once: several where fsspec can ask for several things at once."""
        return AT_ONCE if getattr(self._system, "async_impl", False) else 1

    def begin(self, part: Path, record: Record) -> Future[None]:
        """Begin to put the finished file `part` in its place; its record follows when it is `noted`."""
        if self._threads is None:
            self._threads = ThreadPoolExecutor(self.at_once, "put")
        return self._threads.submit(self.keep, part, record.name)

    def noted(self, record: Record) -> None:
        """The file of `record` is in its place: its record goes into the journal. Raises `HandoutsError`."""
        self._put.add(record.name)
        self._digests.pop(record.name, None)
        self._piece.append(json.dumps(record.as_json(), ensure_ascii=False).encode())
        if len(self._piece) >= PIECE_RECORDS or time.monotonic() - self._since > PIECE_SECONDS:
            self._write_piece()

    def keep(self, part: Path, name: str) -> None:
        """Put the finished file `part` in its place, without a record. Raises `HandoutsError`."""
        named = part.with_suffix(PurePosixPath(name).suffix)  # by it the store tells browsers what the file is
        try:
            part.rename(named)
            self._do("put_file", str(named), name)
        except OSError as error:
            raise self._failed(name, error) from None
        finally:
            named.unlink(missing_ok=True)

    def _write_piece(self) -> None:
        if self._piece:
            self._pieces += 1
            self._do("pipe_file", f"{JOURNAL}/{self._pieces:08}.jsonl", b"\n".join(self._piece))
            self._piece = []
        self._since = time.monotonic()

    def settle(self) -> None:
        """The manifest was written: what the journal holds is in it."""
        self._piece = []
        self._listed = None
        for name in self._journal_names():
            self._do("rm_file", name)
        told = {name: _signature(about) for name, about in self._all().items() if not name.startswith(f"{OWN}/")}
        before = self._known_signatures()
        kept = {name: sign for name, sign in before.items() if name not in self._put and name in told}
        self._signatures = kept | {name: told[name] for name in self._put & told.keys()}
        self._do("pipe_file", ETAGS, json.dumps(self._signatures, ensure_ascii=False).encode())

    # ------------------------------------------------------------------------------------------- asking

    def _at(self, name: str) -> Location:
        return Location(f"{self.where.rstrip('/')}/{name}".rstrip("/"))

    def _do(self, what: str, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401  see above
        """Ask the file system. What it does not find, or finds in the way, is raised as Python has it."""
        name = arguments[1] if what == "put_file" else arguments[0]
        path = f"{self._root}/{name}".rstrip("/")
        rest = arguments[1:]
        try:
            if what == "put_file":
                return self._system.put_file(arguments[0], path, **options)
            return getattr(self._system, what)(path, *rest, **options)
        except Exception as error:
            if isinstance(error, _EXPECTED.get(what, ())):
                raise
            raise self._failed(name, error) from None

    def _failed(self, name: str, error: Exception) -> HandoutsError:
        message = f"the store says: {type(error).__name__}: {' '.join(str(error).split())[:300]}"
        hint = "look at the address, at the rights of whoever runs this, and at the environment that names them"
        return HandoutsError(Problem("store", message, self._at(name), hint=hint))


def _signature(about: dict[str, Any]) -> str:
    """What the store says of a file that changes when the file does; empty when it says nothing of the kind."""
    return next((str(about[key]).strip('"') for key in SIGNATURE if about.get(key)), "")


def _machine() -> str:
    """A name for the run of this machine in which process numbers have a meaning, or nothing."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return ""


def _is_gone(lock: bytes) -> bool:
    """Whether the process that made this lock ran here, and has ended."""
    try:
        held = json.loads(lock)
        if not _machine() or held["machine"] != _machine():
            return False
        os.kill(int(held["process"]), 0)
    except ProcessLookupError:
        return True
    except (ValueError, TypeError, KeyError, OSError):
        return False
    return False


def _told(lock: bytes) -> str:
    try:
        return str(json.loads(lock)["who"])[:100]
    except (ValueError, TypeError, KeyError):
        return "unknown"
