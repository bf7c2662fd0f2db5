from __future__ import annotations

import threading
from itertools import islice
from typing import TYPE_CHECKING

import pytest

from handouts.proofs import watching
from handouts.proofs.watching import looks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def stopped() -> Iterator[threading.Event]:
    event = threading.Event()
    yield event
    event.set()


def test_a_saved_file_is_told(tmp_path: Path, stopped: threading.Event, monkeypatch: pytest.MonkeyPatch) -> None:
    """A translator saves, and waits for a page that has been looked at a moment before."""
    monkeypatch.setattr(watching, "QUIET_MS", 600_000)  # so that nothing but the file can be the reason
    told = threading.Event()
    watched = looks((tmp_path,), stopped)

    def wait() -> None:
        next(watched)
        told.set()

    threading.Thread(target=wait, daemon=True).start()
    for number in range(1200):  # from some moment on it watches
        (tmp_path / "a.po").write_text(str(number), encoding="utf-8")
        if told.wait(0.05):
            break

    assert told.is_set()


@pytest.mark.parametrize("missing", [True, False])
def test_it_looks_even_if_nothing_is_told(
    tmp_path: Path, stopped: threading.Event, monkeypatch: pytest.MonkeyPatch, *, missing: bool
) -> None:
    """On a network drive, or without watchfiles, nothing is ever renewed."""
    if missing:
        monkeypatch.setattr(watching, "find_spec", lambda _: None)

    assert len(list(islice(looks((tmp_path,), stopped), 2))) == 2


def test_folders_that_are_not_there_stop_nobody(tmp_path: Path, stopped: threading.Event) -> None:
    """A project without templates of its own has no preview."""
    assert len(list(islice(looks((tmp_path / "none",), stopped), 2))) == 2


def test_it_ends_when_it_is_stopped(tmp_path: Path, stopped: threading.Event) -> None:
    """A preview that was ended goes on looking at files."""
    watched = looks((tmp_path,), stopped)
    next(watched)
    stopped.set()

    assert list(watched) == []
