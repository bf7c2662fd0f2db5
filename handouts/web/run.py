"""The application on a port: uvicorn with narrow limits, and an end that lets finish what runs."""

from __future__ import annotations

import logging
import socket
from typing import TYPE_CHECKING, Any, cast

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from handouts.problems import Problem, UsageError
from handouts.web.safety import MOST_HEADER_BYTES, MOST_QUERY_BYTES, log

if TYPE_CHECKING:
    import asyncio

    from starlette.types import ASGIApp

MOST_CONNECTIONS = 1000
REQUEST_SECONDS = 10.0
LAST_SECONDS = 30


class PromptProtocol(H11Protocol):
    """HTTP that does not wait for ever: `REQUEST_SECONDS` after the last answer, the next request must be there, whole.

    uvicorn itself only limits the time until the next one begins, and not that of the first.
    """

    _patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._attend()

    def data_received(self, data: bytes) -> None:
        """Read on, and wait no more for a request that has come."""
        super().data_received(data)
        self._attend()

    def on_response_complete(self) -> None:
        """Begin to wait for the next one, of which a part may be there."""
        super().on_response_complete()
        self._attend()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._relax()
        super().connection_lost(exc)

    def _attend(self) -> None:
        cycle: RequestResponseCycle | None = cast("Any", self).cycle
        if cycle is not None and not cycle.response_complete:
            self._relax()
        elif self._patience is None:
            self._patience = self.loop.call_later(REQUEST_SECONDS, self.transport.close)

    def _relax(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None


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
        date_header=False,
        proxy_headers=False,
        limit_concurrency=MOST_CONNECTIONS,
        h11_max_incomplete_event_size=MOST_HEADER_BYTES + MOST_QUERY_BYTES,
        timeout_keep_alive=round(REQUEST_SECONDS),
        timeout_graceful_shutdown=LAST_SECONDS,
    )
    uvicorn.Server(config).run(sockets=[listening])
