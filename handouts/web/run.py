"""The application on a port: uvicorn with narrow limits, and an end that lets finish what runs."""

from __future__ import annotations

import logging
import socket
from typing import TYPE_CHECKING, Any, cast

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from handouts.problems import Problem, UsageError
from handouts.web.safety import MOST_HEADER_BYTES, MOST_QUERY_BYTES, log

if TYPE_CHECKING:
    import asyncio

    from starlette.types import ASGIApp

MOST_CONNECTIONS = 1000
FIRST_REQUEST_SECONDS = 10.0
KEEP_ALIVE_SECONDS = 15
LAST_SECONDS = 30


class PromptProtocol(H11Protocol):
    """HTTP with an end to the patience for a first request: uvicorn itself only limits the time between two."""

    _patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait."""
        super().connection_made(transport)
        self._patience = self.loop.call_later(FIRST_REQUEST_SECONDS, self._give_up)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        if self._patience is not None:
            self._patience.cancel()
        super().connection_lost(exc)

    def _give_up(self) -> None:
        """Close a connection on which no request has been made."""
        if cast("Any", self).cycle is None and not self.transport.is_closing():
            self.transport.close()


def listen(host: str, port: int) -> socket.socket:
    """A socket that is bound to `host` and `port`; port 0 takes any that is free. Raises `UsageError`."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, address = found[0]
        return socket.create_server(address[:2], family=family, backlog=MOST_CONNECTIONS)
    except OSError as error:
        message = f"{host}, port {port} can't be answered at: {error.strerror or error}"
        raise UsageError(Problem("cannot-listen", message, hint="choose another with --host and --port")) from None


def run(app: ASGIApp, listening: socket.socket) -> None:
    """Serve `app` until SIGINT or SIGTERM; then take no more, finish what runs, and end."""
    logging.basicConfig(format="%(message)s", level=logging.WARNING)
    log.setLevel(logging.INFO)
    config = uvicorn.Config(
        app,
        http=PromptProtocol,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=MOST_CONNECTIONS,
        h11_max_incomplete_event_size=MOST_HEADER_BYTES + MOST_QUERY_BYTES,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=LAST_SECONDS,
    )
    uvicorn.Server(config).run(sockets=[listening])
