"""What stands before everything else: which requests are looked at at all, and what every answer says.

No body is read, no cookie is set, nothing of a query is kept. A log line tells what kind of answer went out, how long
it took, and the edition id that is printed on the handout: never who asked, and never with which words.
"""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import re
import time
import traceback
from email.utils import formatdate
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from handouts.problems import Problem
from handouts.web.trouble import problem_body

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_QUERY_BYTES = 2048
MOST_PATH_BYTES = 512
MOST_HEADER_BYTES = 16_384
MOST_HEADERS = 100
MOST_PARAMETERS = 40
METHODS = ("GET", "HEAD")

log = logging.getLogger("handouts.web")

_NAME = r"\[[0-9a-f:.]+\]|[a-z0-9._-]+"
_HOST = re.compile(rf"({_NAME})(?::\d{{1,5}})?")
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_STYLE_ATTRIBUTE = re.compile(r'\sstyle="([^"]*)"')

NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""The policy of what is no page."""
PAPER = "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
"""The policy of a PDF: some viewers are held to it as well, so that it leaves them their own style."""
PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""The policy of our own pages: nothing inline, nothing from elsewhere."""

ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)


def is_name(name: str) -> bool:
    """Whether a Host header can name a server so: `handouts.clinic.example`, `10.0.0.7` or `[fd00::7]`, no port."""
    return re.fullmatch(_NAME, name.lower()) is not None


def handout_policy(page: bytes) -> str:
    """The policy of a handout as a web page: its own style by its digest, pictures in it, and nothing else."""
    text = page.decode()
    sheets = [_digest(sheet) for sheet in _STYLE.findall(text)]
    attributes = sorted({_digest(_unescaped(value)) for value in _STYLE_ATTRIBUTE.findall(text)})
    hashes = " ".join([*sheets, *(["'unsafe-hashes'"] if attributes else []), *attributes])
    return f"default-src 'none'; {PAPER}; img-src data:; style-src {hashes}"


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _unescaped(value: str) -> str:
    return value.replace("&#39;", "'").replace("&quot;", '"').replace("&#34;", '"').replace("&amp;", "&")


class Guard:
    """Refuses what is no request for a handout, and sees to the headers of every answer.

    `hosts` are the names that are answered. Before those in `encrypted`, a proxy speaks TLS, and so our links do.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str], encrypted: Iterable[str] = ()) -> None:
        self.app = app
        self.hosts = frozenset(host.lower() for host in hosts)
        self.encrypted = frozenset(host.lower() for host in encrypted)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        state = scope.setdefault("state", {})
        told = {"status": 0, "bytes": 0}
        head = state["head"] = scope["method"] == "HEAD"

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                told["status"] = message["status"]
                message = {**message, "headers": _with_rules(message["headers"])}
            elif message["type"] == "http.response.body":
                if head:
                    message = {**message, "body": b""}
                told["bytes"] += len(message.get("body", b""))
            await send(message)

        refusal = self._refusal(scope)
        if refusal is not None:
            await _refuse(refusal, guarded)
        else:
            scheme = "https" if _host(scope) in self.encrypted else scope["scheme"]
            inner = {**scope, "method": "GET", "scheme": scheme, "state": state}
            try:
                await self.app(inner, _empty, guarded)
            except Exception as error:  # noqa: BLE001  the edge of a request: the others go on
                await _fail(error, told["status"], guarded)
        _tell(state, told, time.perf_counter() - started)

    def _refusal(self, scope: Scope) -> tuple[HTTPStatus, Problem] | None:
        """bad-host, bad-method, request-too-large: why a request is not looked at any further."""
        if _host(scope) not in self.hosts:
            hint = "add --allow-host NAME for each name that it is reached by"
            problem = Problem("bad-host", "this server does not go by that name", hint=hint)
            return HTTPStatus.MISDIRECTED_REQUEST, problem
        if scope["method"] not in METHODS:
            return HTTPStatus.METHOD_NOT_ALLOWED, Problem("bad-method", "only GET and HEAD are answered here")
        if len(scope["query_string"]) > MOST_QUERY_BYTES or len(scope.get("raw_path") or b"") > MOST_PATH_BYTES:
            return HTTPStatus.REQUEST_URI_TOO_LONG, Problem("request-too-large", "the address is too long")
        headers = scope["headers"]
        if len(headers) > MOST_HEADERS or sum(len(n) + len(v) for n, v in headers) > MOST_HEADER_BYTES:
            status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
            return status, Problem("request-too-large", "the headers are too long")
        return None


def _host(scope: Scope) -> str | None:
    """The one name that a request has for the server, without a port."""
    hosts = [value for name, value in scope["headers"] if name == b"host"]
    found = _HOST.fullmatch(hosts[0].decode("latin-1").lower()) if len(hosts) == 1 else None
    return found[1] if found is not None else None


def is_plain(query: bytes) -> bool:
    """Whether no name stands twice in `query`, and not too many stand there."""
    if not query:
        return True
    try:
        pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
    except ValueError:
        return False
    return len({name for name, _ in pairs}) == len(pairs)


async def _empty() -> Message:
    """A body that is never read."""
    return {"type": "http.request", "body": b"", "more_body": False}


async def _fail(error: Exception, status: int, send: Send) -> None:
    """Tell of our own mistake: in the log where it was made, to the asker that it was one."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    log.error("unexpected %s in %s:%s", type(error).__name__, Path(frame.filename).name, frame.lineno)
    if not status:
        problem = Problem("internal", "the server made a mistake", hint="please report it")
        await _refuse((HTTPStatus.INTERNAL_SERVER_ERROR, problem), send)


async def _refuse(refusal: tuple[HTTPStatus, Problem], send: Send) -> None:
    status, problem = refusal
    body = problem_body(status, (problem,))
    headers = [(b"content-type", b"application/problem+json"), (b"content-length", str(len(body)).encode())]
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        headers.append((b"allow", ", ".join(METHODS).encode()))
    await send({"type": "http.response.start", "status": int(status), "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _with_rules(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """`headers` with what every answer says; a policy of its own stays."""
    kept = list(headers)
    names = {name.lower() for name, _ in kept}
    now = formatdate(usegmt=True).encode()  # the server's own, renewed once a second, may be before Last-Modified
    rules = (*ALWAYS, (b"content-security-policy", NOTHING.encode()), (b"cache-control", b"no-store"), (b"date", now))
    return kept + [(name, value) for name, value in rules if name not in names]


def _tell(state: dict[str, object], told: dict[str, int], seconds: float) -> None:
    """One line of JSON about one answer."""
    line = {
        "answer": state.get("answer", "other"),
        "edition": state.get("edition"),
        "status": told["status"],
        "bytes": told["bytes"],
        "ms": round(seconds * 1000, 1),
    }
    log.info(json.dumps({name: value for name, value in line.items() if value is not None}))
