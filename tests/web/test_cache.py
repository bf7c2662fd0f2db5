from __future__ import annotations

import datetime
import os
import shutil
from typing import TYPE_CHECKING

import pytest

from handouts.web.cache import MAGIC, Cache
from handouts.web.values import Printed

if TYPE_CHECKING:
    from pathlib import Path

ONE, TWO, THREE = ("1" * 64, "2" * 64, "3" * 64)


def printed(size: int = 1000) -> Printed:
    made = datetime.datetime(2026, 11, 21, 12, 0, 0, tzinfo=datetime.UTC)
    day = datetime.date(2027, 11, 21)
    return Printed(b"x" * size, "e" * 32, "application/pdf", "Größe.pdf", "de", 3, made, "ab12-cd34", "draft", day)


def test_a_file_comes_back_as_it_was_kept_and_outlives_the_server(tmp_path: Path) -> None:
    """After each restart, everything is made again."""
    Cache(tmp_path, 10_000).put(ONE, printed())

    assert Cache(tmp_path, 10_000).get(ONE) == printed()
    assert Cache(tmp_path, 10_000).get(TWO) is None


@pytest.mark.parametrize("at", [0, 30, 200, -1])
def test_a_file_with_one_byte_changed_is_made_again(tmp_path: Path, at: int) -> None:
    """A disk fault prints another dose, or a page that no program opens."""
    Cache(tmp_path, 10_000).put(ONE, printed())
    path = tmp_path / "files" / ONE
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)

    cache = Cache(tmp_path, 10_000)

    assert cache.get(ONE) is None
    assert not path.exists()
    cache.put(ONE, printed())
    assert cache.get(ONE) == printed()


@pytest.mark.parametrize("data", [b"", b"handouts web cache 1\n", b"\n" * 50, MAGIC + b"[]\nx", b"\xff" * 99])
def test_a_file_that_is_something_else_is_not_there(tmp_path: Path, data: bytes) -> None:
    """Half a file of a full disk is handed out, or takes the server down."""
    cache = Cache(tmp_path, 10_000)
    (tmp_path / "files" / ONE).write_bytes(data)

    assert cache.get(ONE) is None


def test_a_file_that_is_changed_while_the_server_runs_is_noticed(tmp_path: Path) -> None:
    """Only the first look at a file is thorough, and the fault comes later."""
    cache = Cache(tmp_path, 10_000)
    cache.put(ONE, printed())
    assert cache.get(ONE) is not None
    path = tmp_path / "files" / ONE
    path.write_bytes(path.read_bytes()[:-1] + b"y")

    assert cache.get(ONE) is None


def test_what_was_used_longest_ago_makes_room(tmp_path: Path) -> None:
    """The disk of the clinic's computer fills up; or the handout of every day is the one that goes."""
    cache = Cache(tmp_path, 3000)
    cache.put(ONE, printed())
    cache.put(TWO, printed())
    assert cache.get(ONE) is not None
    cache.put(THREE, printed())

    assert [key for key in (ONE, TWO, THREE) if cache.get(key) is not None] == [ONE, THREE]
    assert sum(file.stat().st_size for file in (tmp_path / "files").iterdir()) <= 3000
    assert not cache.put(TWO, printed(5000))


def test_the_order_of_use_outlives_the_server(tmp_path: Path) -> None:
    """After a restart the cache forgets what is asked for every day."""
    cache = Cache(tmp_path, 10_000)
    for at, key in enumerate((TWO, ONE)):
        cache.put(key, printed())
        os.utime(tmp_path / "files" / key, (at, at))

    Cache(tmp_path, 1700)

    assert [file.name for file in (tmp_path / "files").iterdir()] == [ONE]


def test_a_folder_that_is_deleted_while_the_server_runs_is_made_again(tmp_path: Path) -> None:
    """Somebody clears the caches, and until the next restart every handout takes seconds again."""
    cache = Cache(tmp_path / "web", 10_000)
    cache.put(ONE, printed())
    shutil.rmtree(tmp_path / "web")

    assert cache.get(ONE) is None
    assert cache.put(ONE, printed())
    assert cache.get(ONE) == printed()


def test_a_key_can_never_lead_out_of_the_folder(tmp_path: Path) -> None:
    """A request reads, or overwrites, a file of the machine."""
    cache = Cache(tmp_path / "cache", 10_000)
    (tmp_path / "secret").write_text("secret")

    for key in ("../../secret", "/etc/passwd", "", ONE + "/..", ONE.upper().replace("1", "A")):
        assert cache.get(key) is None
        assert not cache.put(key, printed())
    assert (tmp_path / "secret").read_text() == "secret"


def test_a_folder_that_can_not_be_used_only_makes_the_server_slower(tmp_path: Path) -> None:
    """A full disk, or rights that somebody changed, and nobody gets a handout any more."""
    (tmp_path / "file").write_text("")

    cache = Cache(tmp_path / "file", 10_000)

    assert not cache.put(ONE, printed())
    assert cache.get(ONE) is None


def test_servers_that_share_a_folder_keep_within_its_bound(tmp_path: Path) -> None:
    """Two servers of one clinic fill its disk, for each counts what is its own alone."""
    room = 40_000
    servers = [Cache(tmp_path, room) for _ in range(3)]
    for number in range(90):
        assert servers[number % 3].put(f"{number:064}", printed())
        held = sum(file.stat().st_size for file in (tmp_path / "files").iterdir())
        assert held <= room * (1 + 3 / 16), number

    newest = Cache(tmp_path, room)
    assert newest.get(f"{89:064}") is not None
    assert servers[0].get(f"{0:064}") is None


def test_what_another_server_uses_is_not_what_goes_first(tmp_path: Path) -> None:
    """The handout of every day is thrown away by the server that nobody asks for it."""
    one, other = Cache(tmp_path, 4500), Cache(tmp_path, 4500)
    one.put(ONE, printed())
    one.put(TWO, printed())
    os.utime(tmp_path / "files" / TWO, (1, 1))
    for number in range(2):
        other.put(f"{number:064}", printed())

    assert [one.get(key) is not None for key in (ONE, TWO)] == [True, False]
