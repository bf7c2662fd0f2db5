"""Connections that give nothing, or too much."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from typing import TYPE_CHECKING

import pytest
import uvicorn

from handouts import web
from handouts.cli_web import own_cache
from handouts.problems import UsageError
from handouts.web import run
from handouts.web.values import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import Receive, Scope, Send


async def hello(scope: Scope, _: Receive, send: Send) -> None:
    """Answers everything alike."""
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")]})
        await send({"type": "http.response.body", "body": b"hello"})


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The port of a server that waits for half a second for the rest of a request."""
    monkeypatch.setattr(run, "REQUEST_SECONDS", 0.5)
    with run.listen("127.0.0.1", 0) as listening:
        config = uvicorn.Config(hello, http=run.PromptProtocol, lifespan="off", log_config=None, timeout_keep_alive=60)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield listening.getsockname()[1]
        server.should_exit = True
        thread.join()


def is_closed(connection: socket.socket) -> bool:
    """Whether the other side closes it within ten seconds; what it still says is read."""
    connection.settimeout(10)
    with contextlib.suppress(TimeoutError):
        while connection.recv(1000):
            pass
        return True
    return False


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\nHost: x\r\n", b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET /"])
def test_a_request_that_never_ends_is_not_waited_for(port: int, begun: bytes) -> None:
    """A thousand connections that say nothing, and no nurse gets in any more."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(begun)

        assert is_closed(connection)


def test_a_drop_now_and_then_does_not_keep_a_request_open(port: int) -> None:
    """One byte in ten seconds is enough to stay."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n")
        started = time.monotonic()
        with contextlib.suppress(OSError):
            for _ in range(200):
                connection.sendall(b"X")
                time.sleep(0.05)

        assert time.monotonic() - started < 9


def test_a_port_or_an_address_that_can_not_be_had_is_a_problem() -> None:
    """The second start ends in a page of Python."""
    with run.listen("127.0.0.1", 0) as taken:
        for host, wanted in (("127.0.0.1", taken.getsockname()[1]), ("203.0.113.1", 0), ("no such host", 0)):
            with pytest.raises(UsageError) as error:
                run.listen(host, wanted)
            assert [problem.code for problem in error.value.problems] == ["cannot-listen"]


def test_a_plain_installation_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """`handouts serve` ends in "No module named fastapi"."""
    monkeypatch.setattr(web, "EXTRA", ("a_package_that_nobody_has",))

    with pytest.raises(UsageError) as error:
        web.application(None, Settings())

    (problem,) = error.value.problems
    assert (problem.code, problem.hint) == ("extra-missing", "pip install 'handouts[web]'")


@pytest.mark.parametrize(
    ("given", "folder"),
    [
        ({"XDG_CACHE_HOME": "/somewhere"}, "/somewhere/handouts/web"),
        ({"XDG_CACHE_HOME": "not/absolute", "HOME": "/me"}, "/me/.cache/handouts/web"),
        ({"CACHE_DIRECTORY": "/var/cache/one:/var/cache/two", "HOME": "/me"}, "/var/cache/one/handouts/web"),
        ({"HOME": "/me"}, "/me/.cache/handouts/web"),
    ],
)
def test_finished_files_are_kept_where_caches_belong(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], folder: str
) -> None:
    """Half a gigabyte of handouts is backed up each night as somebody's settings."""
    for name in ("XDG_CACHE_HOME", "CACHE_DIRECTORY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)

    assert str(own_cache()) == folder
