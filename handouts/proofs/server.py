"""What a browser is answered: the preview, on this machine alone.

It opens no file by an address: what is shown is made from the project. It answers this machine only (127.0.0.1, and a
Host header that says so), reads no body, and lets the page load nothing from elsewhere.
"""

from __future__ import annotations

import json
import re
import sys
import threading
from functools import cached_property
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from handouts.proofs.preview import FILTERS
from handouts.proofs.watching import looks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.proofs.preview import Preview, View

HERE = "127.0.0.1"
HEARTBEAT_SECONDS = 10.0
_FOLDER = Path(__file__).resolve().parent
_POLICY = "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; default-src 'none'; "
_PAGE_POLICY = _POLICY + "script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src 'self'"
_HANDOUT_POLICY = _POLICY + "style-src 'unsafe-inline'; img-src data:"
_PICTURE = re.compile(r"/picture/([1-9][0-9]{0,3})/([0-9a-f]{16})/([12])")


class Server(ThreadingHTTPServer):
    """Serves one preview; `port` 0 takes any that is free."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, preview: Preview, port: int) -> None:
        """Raises `OSError` when the port is taken."""
        self.preview = preview
        super().__init__((HERE, port), _Handler)
        threading.Thread(target=self._watch, daemon=True).start()

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://{HERE}:{self.server_port}/"

    def server_close(self) -> None:
        """Stop watching and serving."""
        self.preview.stop()
        super().server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401  the base's
        """Say nothing of a browser that hung up; all else is a mistake of ours."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)

    def _watch(self) -> None:
        self.preview.look()
        for _ in looks(self.preview.folders(), self.preview.stopped):
            self.preview.look()


class _Handler(BaseHTTPRequestHandler):
    """Answers GET for a handful of fixed addresses."""

    server: Server
    protocol_version = "HTTP/1.1"
    timeout = 60

    @cached_property
    def _hosts(self) -> frozenset[str]:
        port = self.server.server_port
        return frozenset({f"{HERE}:{port}", f"localhost:{port}"})

    def do_GET(self) -> None:
        """Answer with a part of the preview."""
        if self.headers.get("Host") not in self._hosts:
            self._answer(b"this preview answers this machine alone", "text/plain", HTTPStatus.MISDIRECTED_REQUEST)
            return
        preview = self.server.preview
        address = urlsplit(self.path)
        query = parse_qs(address.query)
        asked = query.get("show", ["all"])[0]
        shown = asked if asked in FILTERS else "all"
        seen = preview.view_of(query.get("view", [None])[0])
        ui = preview.ui(self.headers.get("Accept-Language", ""))
        match address.path:
            case "/":
                self._answer(preview.page(shown, seen, ui).encode(), "text/html", policy=_PAGE_POLICY)
            case "/strings":
                self._answer(preview.strings(shown, seen, ui).encode(), "text/html", policy=_PAGE_POLICY)
            case "/pages":
                self._answer(preview.pages(ui).encode(), "text/html", policy=_PAGE_POLICY)
            case "/handout":
                self._answer(preview.view.handout.encode(), "text/html", policy=_HANDOUT_POLICY)
            case "/preview.css":
                self._answer((_FOLDER / "preview.css").read_bytes(), "text/css")
            case "/preview.js":
                self._answer((_FOLDER / "preview.js").read_bytes(), "text/javascript")
            case "/events":
                self._events(preview)
            case path:
                self._picture(preview, path)

    def _picture(self, preview: Preview, path: str) -> None:
        named = _PICTURE.fullmatch(path)
        data = preview.picture(int(named[1]), named[2], int(named[3])) if named else None
        if data is None:
            self._answer(b"there is nothing here", "text/plain", HTTPStatus.NOT_FOUND)
        else:
            self._answer(data, "image/png")

    def _answer(self, data: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK, policy: str = _POLICY) -> None:
        self.send_response(status)
        self._headers(kind, policy)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        try:
            self.wfile.write(data)
        except OSError:
            self.close_connection = True  # the page was closed, or wants another picture by now

    def _headers(self, kind: str, policy: str) -> None:
        told = kind if kind.startswith("image/") else f"{kind}; charset=utf-8"
        for name, value in (
            ("Content-Type", told),
            ("Content-Security-Policy", policy),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Cache-Control", "no-store"),
            ("Vary", "Accept-Language"),
        ):
            self.send_header(name, value)

    def _events(self, preview: Preview) -> None:
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self._headers("text/event-stream", _POLICY)
        self.end_headers()
        try:
            for view in _views(preview):
                told = {"strings": view.strings, "pages": view.pages, "changed": view.changed}
                self.wfile.write(f"data: {json.dumps(told)}\n\n".encode())
                self.wfile.flush()
        except OSError:
            return  # the page was closed

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name is the library's
        """Say nothing: the terminal is the translator's."""


def _views(preview: Preview) -> Iterator[View]:
    """The view now, then each new one, and the same again as a sign of life."""
    view = preview.view
    while not preview.stopped.is_set():
        yield view
        view = preview.wait(view.version, HEARTBEAT_SECONDS)
