"""Reading and writing files: limited, whole or not at all, and told with their place. Imports nothing heavy."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.problems import HandoutsError, Location, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent


def shipped(folder: str) -> Path:
    """A folder that we ship: inside the installed package, or at the top of a checkout."""
    installed = PACKAGE / "_shipped" / folder
    return installed if installed.is_dir() else CHECKOUT / folder


SHIPPED_FOLDERS = ("locales", "templates", "fonts")
SHIPPED = (PACKAGE / "library", *map(shipped, SHIPPED_FOLDERS))
"""All folders that we ship."""

MARKER = "handouts.toml"
"""The file that makes a folder a project."""


def root_above(start: Path) -> Path | None:
    """The nearest folder upwards from `start` that is a project."""
    return next((folder for folder in (start, *start.parents) if (folder / MARKER).is_file()), None)


def shown(path: Path) -> str:
    """`path` as a person wants to see it: relative to where they stand, if it is below."""
    with contextlib.suppress(ValueError, OSError):
        return str(path.relative_to(Path.cwd()))
    return str(path)


def read_bytes(path: Path, most: int) -> bytes:
    """The bytes of a file of at most `most` bytes; no more are read, even of a device that never ends.

    Raises `HandoutsError`.
    """
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        message = f"the file can't be read: {error.strerror}"
        raise HandoutsError(Problem("cannot-read", message, Location(shown(path)))) from None
    if len(data) > most:
        message = f"the file is longer than {most:,} bytes, and no more are read"
        raise HandoutsError(Problem("file-too-large", message, Location(shown(path))))
    return data


def read_text(path: Path, most: int) -> str:
    """The UTF-8 text of a file of at most `most` bytes. Raises `HandoutsError`."""
    return as_text(read_bytes(path, most), shown(path))


def as_text(data: bytes, name: str) -> str:
    """The UTF-8 text of the file that is told as `name`. Raises `HandoutsError`."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = Location(name, data[: error.start].count(b"\n") + 1)
        raise HandoutsError(
            Problem("not-utf-8", "this line is not UTF-8", where, hint="save the file as UTF-8")
        ) from None


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` to `path` whole or not at all: beside it first, then renamed. Raises `HandoutsError`.

    What stands there and is not a plain file, such as a device or a folder, is never replaced.
    """
    write_all({path: data})


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write all of `files` or none of them: every one beside its place first, then each renamed.

    Raises `HandoutsError`; a file that was replaced by then has its old bytes again. What stands in a file's place
    and is not a plain file, such as a device or a folder, is never replaced.
    """
    pieces: dict[Path, Path] = {}
    replaced: dict[Path, bytes | None] = {}
    path = Path()
    try:
        for path, data in files.items():
            pieces[path] = _piece_beside(path, data)
        for path, piece in pieces.items():
            old = path.read_bytes() if len(files) > 1 and path.is_file() else None
            piece.replace(path)
            replaced[path] = old
        replaced.clear()
    except FileExistsError:
        raise _cannot_write(path, "a file stands where its folder should be") from None
    except OSError as error:
        raise _cannot_write(path, error.strerror or str(error)) from None
    finally:
        for piece in pieces.values():
            piece.unlink(missing_ok=True)
        for done, old in replaced.items():
            _put_back(done, old)


def _piece_beside(path: Path, data: bytes) -> Path:
    """A new file with `data` in the folder of `path`, with the rights of any new file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and not path.is_file():
        raise _cannot_write(path, "what is there is not a plain file")
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".handouts.", suffix=".part")
    piece = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        piece.chmod(0o666 & ~_umask())
    except BaseException:
        piece.unlink(missing_ok=True)
        raise
    return piece


def _put_back(path: Path, old: bytes | None) -> None:
    """Undo what was done to `path` as far as that is possible."""
    with contextlib.suppress(OSError, HandoutsError):
        if old is None:
            path.unlink()
        else:
            _piece_beside(path, old).replace(path)


def _cannot_write(path: Path, why: str) -> HandoutsError:
    hint = "choose another place with -o, or free the folder"
    return HandoutsError(Problem("cannot-write", f"the file can't be written: {why}", Location(shown(path)), hint=hint))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
