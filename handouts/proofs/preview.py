"""The live preview: a page on this machine alone, that shows a handout beside its strings as catalogs are saved.

It writes nothing, and opens no file by an address: what is shown is made from the project alone. It answers this
machine only (127.0.0.1, and a Host header that says so), reads no body, and lets the page load nothing from elsewhere.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from handouts.languages import language
from handouts.localize.inline import plain
from handouts.model.message import SHARED_DOMAIN
from handouts.problems import HandoutsError, Location, Problem
from handouts.proofs.desk import Desk, State, desk_for
from handouts.proofs.pages import numbered, numbers_of, states_of, worded
from handouts.render import render_preview, render_web_proof

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handouts.model.condition import Condition
    from handouts.model.edition import Edition
    from handouts.project import Project
    from handouts.render import Templates

HERE = "127.0.0.1"
LOOK_SECONDS = 0.1
"""How often the catalogs are looked at."""
HEARTBEAT_SECONDS = 10.0
FILTERS = {
    "all": ("All", frozenset(State)),
    "untranslated": ("Not translated", frozenset({State.EMPTY})),
    "stale": ("Fuzzy or stale", frozenset({State.FUZZY, State.STALE})),
    "failing": ("Failing", frozenset({State.WRONG})),
}
_FOLDER = Path(__file__).resolve().parent
_POLICY = "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; default-src 'none'; "
_PAGE_POLICY = _POLICY + "script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'"
_HANDOUT_POLICY = _POLICY + "style-src 'unsafe-inline'; img-src data:"


@dataclass(frozen=True, slots=True)
class View:
    """What is shown now: the last desk and handout that could be made, and what is wrong with today's files."""

    version: int
    desk: Desk | None
    handout: str
    numbers: Mapping[str, int]
    problems: tuple[Problem, ...]
    broken: bool


class Preview:
    """Holds the view of one edition of a condition in one language, and renews it when its files change."""

    def __init__(self, project: Project, condition_id: str, tag: str, edition: Edition) -> None:
        """Raises `UsageError` for names that are not there."""
        self.project = project
        self.condition_id = condition_id
        self.language = language(tag)
        self.edition = edition
        self.templates: Templates = project.templates()
        self.changed = threading.Condition()
        self.stopped = False
        self._condition: Condition = project.condition(condition_id)[0]
        worded(desk_for(project, self._condition, tag), edition)
        self._seen = self._stamps()
        self.view = self._made(View(0, None, "", {}, (), broken=False))

    def look(self) -> bool:
        """Renew the view if a file has changed; returns whether one has."""
        stamps = self._stamps()
        if stamps == self._seen:
            return False
        content = stamps[-1] != self._seen[-1]
        self._seen = stamps
        view = self._made(self.view, content=content)
        with self.changed:
            self.view = view
            self.changed.notify_all()
        return True

    def wait(self, version: int, seconds: float) -> int:
        """The version of the view, at once when it is not `version`, else when it changes or time is up."""
        with self.changed:
            self.changed.wait_for(lambda: self.stopped or self.view.version != version, seconds)
            return self.view.version

    def stop(self) -> None:
        """Let nobody wait any longer."""
        with self.changed:
            self.stopped = True
            self.changed.notify_all()

    def strings(self, shown: str, part: str = "strings") -> str:
        """The list of strings that a filter shows, or the whole page around it."""
        view = self.view
        filters = []
        rows = []
        ordered = sorted(
            view.desk.strings.values() if view.desk is not None else (),
            key=lambda one: view.numbers.get(one.name, len(view.numbers) + 1),
        )
        for name, (told, states) in FILTERS.items():
            wanted = [one for one in ordered if one.state in states]
            filters.append({"name": name, "told": told, "count": len(wanted)})
            if name == shown:
                rows = [
                    {
                        "name": one.name,
                        "number": view.numbers.get(one.name),
                        "state": one.state,
                        "file": one.file,
                        "line": one.line,
                        "english": one.message.english,
                        "strings": one.strings,
                        "problems": one.problems,
                        "comments": one.message.comments,
                    }
                    for one in wanted
                ]
        values = {
            "condition": self.condition_id,
            "name": self._condition.content.name,
            "audience": {"family": "families", "carrier": "carriers"}[self.edition.audience.value],
            "spoken": self.language,
            "problems": view.problems,
            "broken": view.broken,
            "filters": filters,
            "shown": shown,
            "rows": rows,
        }
        return render_preview(self.templates, part, values)

    def _made(self, before: View, *, content: bool = False) -> View:
        try:
            if content:
                self._condition = self.project.condition(self.condition_id)[0]
            desk = desk_for(self.project, self._condition, self.language.tag)
            handout = worded(desk, self.edition)
            numbers = numbers_of(handout, desk)
            marked = numbered(handout, desk, numbers)
            assert plain(marked.title), "a handout has a title"
            page = render_web_proof(marked, self.templates, self.edition.paper, states_of(desk, numbers))
        except HandoutsError as error:
            return View(before.version + 1, before.desk, before.handout, before.numbers, error.problems, broken=True)
        except OSError as error:
            problem = Problem("cannot-read", f"a file can't be read: {error.strerror}", Location(str(error.filename)))
            return View(before.version + 1, before.desk, before.handout, before.numbers, (problem,), broken=True)
        return View(before.version + 1, desk, page.markup, numbers, desk.problems, broken=False)

    def _stamps(self) -> tuple[tuple[int, int], ...]:
        """When each file that counts was changed, and how long it is; the content last."""
        folder = f"locales/{self.language.gettext_name}/LC_MESSAGES"
        names = (
            f"{folder}/{SHARED_DOMAIN}.po",
            f"{folder}/{self.condition_id}.po",
            f"conditions/{self.condition_id}.yaml",
        )
        return tuple(_stamp(self.project.find(name)) for name in names)


def _stamp(path: Path | None) -> tuple[int, int]:
    try:
        found = path.stat() if path is not None else None
    except OSError:  # it is being saved at this moment
        found = None
    return (found.st_mtime_ns, found.st_size) if found is not None else (0, 0)


class Server(ThreadingHTTPServer):
    """Serves one preview on this machine alone; `port` 0 takes any that is free."""

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

    def _watch(self) -> None:
        pause = threading.Event()
        while not self.preview.stopped:
            self.preview.look()
            pause.wait(LOOK_SECONDS)


class _Handler(BaseHTTPRequestHandler):
    """Answers GET for a handful of fixed addresses."""

    server: Server
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        """Answer with a part of the preview."""
        preview = self.server.preview
        port = self.server.server_port
        if self.headers.get("Host") not in {f"{HERE}:{port}", f"localhost:{port}"}:
            self._answer(b"this preview answers this machine alone", "text/plain", HTTPStatus.MISDIRECTED_REQUEST)
            return
        address = urlsplit(self.path)
        asked = parse_qs(address.query).get("show", ["all"])[0]
        shown = asked if asked in FILTERS else "all"
        match address.path:
            case "/":
                self._answer(preview.strings(shown, "page").encode(), "text/html", policy=_PAGE_POLICY)
            case "/strings":
                self._answer(preview.strings(shown).encode(), "text/html", policy=_PAGE_POLICY)
            case "/handout":
                self._answer(preview.view.handout.encode(), "text/html", policy=_HANDOUT_POLICY)
            case "/preview.css":
                self._answer((_FOLDER / "preview.css").read_bytes(), "text/css")
            case "/preview.js":
                self._answer((_FOLDER / "preview.js").read_bytes(), "text/javascript")
            case "/events":
                self._events(preview)
            case _:
                self._answer(b"there is nothing here", "text/plain", HTTPStatus.NOT_FOUND)

    def _answer(self, data: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK, policy: str = _POLICY) -> None:
        self.send_response(status)
        self._headers(kind, policy)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _headers(self, kind: str, policy: str) -> None:
        for name, value in (
            ("Content-Type", f"{kind}; charset=utf-8"),
            ("Content-Security-Policy", policy),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Cache-Control", "no-store"),
        ):
            self.send_header(name, value)

    def _events(self, preview: Preview) -> None:
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self._headers("text/event-stream", _POLICY)
        self.end_headers()
        try:
            for version in _versions(preview):
                self.wfile.write(f"data: {version}\n\n".encode())
                self.wfile.flush()
        except OSError:
            return  # the page was closed

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name is the library's
        """Say nothing: the terminal is the translator's."""


def _versions(preview: Preview) -> Iterator[int]:
    """The version now, then each new one, and the same again as a sign of life."""
    version = preview.view.version
    while not preview.stopped:
        yield version
        version = preview.wait(version, HEARTBEAT_SECONDS)
