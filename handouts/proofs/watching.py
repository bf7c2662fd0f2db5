"""When to look again whether a file was saved: at once where the system tells of it, else ten times a second."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator
    from pathlib import Path

LOOK_SECONDS = 0.1
"""How often to look without watchfiles."""

QUIET_MS = 1000
"""How often to look with it even if nothing is told, as on a network drive."""


def looks(folders: tuple[Path, ...], stopped: threading.Event) -> Iterator[None]:
    """Each moment to look, until `stopped`: what lies in `folders` or below may have changed, or some time is past."""
    there = [folder for folder in folders if folder.is_dir()]
    if there and find_spec("watchfiles") is not None:
        from watchfiles import watch  # noqa: PLC0415  of an extra

        try:
            for _ in watch(
                *there,
                watch_filter=None,
                debounce=100,
                step=20,
                stop_event=stopped,
                rust_timeout=QUIET_MS,
                yield_on_timeout=True,
                raise_interrupt=False,
                ignore_permission_denied=True,
            ):
                yield
        except OSError:
            pass  # the system has no watches left, or a folder is gone
    while not stopped.wait(LOOK_SECONDS):
        yield
