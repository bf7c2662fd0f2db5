"""Finished files on disk, found again by the digest of all that they were made from.

The folder is bounded: what was asked for longest ago goes first. A file is written whole or not at all, holds the
digest of its own bytes, and is thrown away when they are others: a damaged file is a file that is not there.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import os
import re
import tempfile
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from handouts.web.values import Printed

MAGIC = b"handouts web cache 1\n"
_KEY = re.compile(r"[0-9a-f]{64}(?:-[a-z0-9]+)?")
_TOUCH_SECONDS = 600
_LEFTOVER_SECONDS = 3600
_MOST_HEAD_BYTES = 10_000
_UNSEEN_SHARE = 1 / 16
"""Of the room that there is; what was kept since the folder was last looked at."""


@dataclass(slots=True)
class _Kept:
    """What is known of one file: its size, and the stamp with which it was sound.

    `used` is when it was asked for last, `touched` when that was last marked on disk.
    """

    size: int
    used: float
    touched: float
    sound: tuple[int, int] | None = None


class Cache:
    """The finished files in one folder, at most `most_bytes` of them. Without a folder, nothing is kept.

    Other servers may share the folder: what they keep there is counted too, before each of them has filled much of it.
    """

    def __init__(self, folder: Path | None, most_bytes: int) -> None:
        """Look at what is there. A folder that can't be used holds nothing."""
        self.most_bytes = most_bytes
        self.folder = folder / "files" if folder is not None else None
        self.bytes = 0
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._unseen = 0
        self._lock = threading.Lock()
        if self.folder is not None:
            with contextlib.suppress(OSError):
                self._open()
                self._look()
                self._shrink()

    @property
    def usable(self) -> bool:
        """Whether files can be kept in the folder, as far as can be seen; that there is none is as it should be."""
        return self.folder is None or (self.folder.is_dir() and os.access(self.folder, os.W_OK | os.X_OK))

    def get(self, key: str) -> Printed | None:
        """The file that is kept under `key`."""
        if self.folder is None or not _KEY.fullmatch(key):
            return None
        path = self.folder / key
        try:
            with path.open("rb") as file:
                found = os.fstat(file.fileno())
                data = file.read(self.most_bytes)
            kept = self._used(key, found.st_size, path)
            stamp = (found.st_size, found.st_ctime_ns)
            printed = _parsed(data, key, check=kept.sound != stamp)
        except FileNotFoundError:
            self._forget(key)
            return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            self._forget(key)
            with contextlib.suppress(OSError):
                path.unlink()
            return None
        kept.sound = stamp
        return printed

    def put(self, key: str, printed: Printed) -> bool:
        """Keep a file under `key`, and let go of others for it; whether that could be done."""
        if self.folder is None or not _KEY.fullmatch(key):
            return False
        data = _written(printed, key)
        if len(data) > self.most_bytes:
            return False
        piece: Path | None = None
        try:
            self._open()  # it may have been deleted meanwhile
            handle, name = tempfile.mkstemp(dir=self.folder, suffix=".part")
            piece = Path(name)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            piece.replace(self.folder / key)
        except OSError:
            if piece is not None:
                with contextlib.suppress(OSError):
                    piece.unlink()
            return False
        with self._lock:
            before = self._kept.pop(key, None)
            self.bytes += len(data) - (before.size if before is not None else 0)
            self._kept[key] = _Kept(len(data), time.time(), time.time())
            self._unseen += len(data)
            look = self._unseen > self.most_bytes * _UNSEEN_SHARE
        if look:
            with contextlib.suppress(OSError):
                self._look()
        self._shrink()
        return True

    def _open(self) -> None:
        assert self.folder is not None
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _look(self) -> None:
        """Count what is there, in the order of its last use; pieces that were left half-written go."""
        assert self.folder is not None
        started = time.time()
        found: dict[str, tuple[float, int]] = {}
        for entry in os.scandir(self.folder):
            try:
                stat = entry.stat(follow_symlinks=False)
            except FileNotFoundError:  # another server has let go of it
                continue
            if _KEY.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                found[entry.name] = stat.st_mtime, stat.st_size
            elif entry.name.endswith(".part") and started - stat.st_mtime > _LEFTOVER_SECONDS:
                Path(entry.path).unlink(missing_ok=True)
        with self._lock:
            there = {key: kept for key, kept in self._kept.items() if key in found or kept.touched > started}
            for key, (touched, size) in found.items():
                kept = there.setdefault(key, _Kept(size, touched, touched))
                kept.size, kept.used = size, max(kept.used, touched)
            self._kept = OrderedDict(sorted(there.items(), key=lambda each: each[1].used))
            self.bytes = sum(kept.size for kept in there.values())
            self._unseen = 0

    def _used(self, key: str, size: int, path: Path) -> _Kept:
        """Note that a file was asked for, on disk too now and then so that the next run knows."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is None:  # another server's, that shares the folder
                kept = self._kept[key] = _Kept(size, time.time(), time.time())
                self.bytes += size
            kept.used = time.time()
            self._kept.move_to_end(key)
        if time.time() - kept.touched > _TOUCH_SECONDS:
            kept.touched = time.time()
            with contextlib.suppress(OSError):
                os.utime(path)
        return kept

    def _forget(self, key: str) -> None:
        with self._lock:
            kept = self._kept.pop(key, None)
            self.bytes -= kept.size if kept is not None else 0

    def _shrink(self) -> None:
        assert self.folder is not None
        while True:
            with self._lock:
                if self.bytes <= self.most_bytes or not self._kept:
                    return
                key, kept = self._kept.popitem(last=False)
                self.bytes -= kept.size
            with contextlib.suppress(OSError):
                (self.folder / key).unlink()


_TOLD = tuple(field.name for field in fields(Printed) if field.name != "data")


def _written(printed: Printed, key: str) -> bytes:
    """A file as it is kept: what it is, one line of JSON about it, and its bytes."""
    told: dict[str, Any] = {name: getattr(printed, name) for name in _TOLD}
    told |= {"made": printed.made.isoformat(), "review_by": printed.review_by.isoformat(), "key": key}
    told["sha256"] = hashlib.sha256(printed.data).hexdigest()
    return MAGIC + json.dumps(told).encode() + b"\n" + printed.data


def _parsed(data: bytes, key: str, *, check: bool) -> Printed:
    """The file that is kept in `data`. Raises `ValueError`, `KeyError` or `TypeError` when it is damaged."""
    end = data.index(b"\n", len(MAGIC), len(MAGIC) + _MOST_HEAD_BYTES)
    told = json.loads(data[len(MAGIC) : end])
    body = data[end + 1 :]
    if not data.startswith(MAGIC) or told["key"] != key:
        raise ValueError(key)
    if check and hashlib.sha256(body).hexdigest() != told["sha256"]:
        raise ValueError(key)
    made = datetime.datetime.fromisoformat(told["made"])
    review_by = datetime.date.fromisoformat(told["review_by"])
    known = {name: told[name] for name in _TOLD}
    return Printed(data=body, **(known | {"made": made, "review_by": review_by}))
