"""The typesetter of the preview: a process of its own that keeps the engine warm and draws pages as pictures.

It is spawned, not forked, for the preview has threads; and it is not trusted to come back: one that dies or hangs is
replaced, and what it was asked for is told as a problem.
"""

from __future__ import annotations

import gc
import io
import multiprocessing
import signal
import threading
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from handouts.problems import HandoutsError, Location, Problem

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess
    from pathlib import Path

    from handouts.model.artifacts import Html, Sheet
    from handouts.typeset import Look

EXTRA = "preview"
"""The extra that brings what draws pictures of pages, and what tells of a saved file at once."""

WAIT_SECONDS = 60.0
IDLE_SECONDS = 0.4
DOTS_PER_PIXEL = 1.2
"""How many dots a picture has for each CSS pixel of the page, on a screen of density 1."""


def can_draw() -> bool:
    """Whether what draws pictures is installed."""
    return find_spec("pypdfium2") is not None


@dataclass(frozen=True, slots=True)
class Pages:
    """Laid out pages, or none and why; `problems` may be warnings beside good pages."""

    sheets: tuple[Sheet, ...]
    problems: tuple[Problem, ...]


class Typesetter:
    """One warm process; it does one thing at a time, whichever thread asks."""

    def __init__(self, fonts: Path) -> None:
        """Start the process; it is ready when the first pages are."""
        self._fonts = fonts
        self._lock = threading.Lock()
        self._stopped = False
        self._last: tuple[object, ...] = ()
        self._start()

    def pages(self, html: Html, name: str) -> Pages:
        """The pages of `html`. Trouble of any kind is among the problems, beside no pages."""
        self._last = ("pages", html, self._fonts, name)
        told = self._ask(*self._last) or self._ask(*self._last)  # the second time in a new process
        return told if isinstance(told, Pages) else Pages((), (_lost(name, "it ended, or took too long"),))

    def picture(self, number: int, digest: str, density: int) -> bytes | None:
        """Page `number` as a PNG for a screen of `density`; None when the page is no longer that of `digest`."""
        question = ("picture", number, digest, density)
        told = self._ask(*question)
        if told is None and self._last:  # a new process knows no pages yet
            self._ask(*self._last)
            told = self._ask(*question)
        return told if isinstance(told, bytes) and told else None

    def missing_glyphs(self) -> tuple[Problem, ...]:
        """The characters of the last pages that no font has."""
        told = self._ask("missing_glyphs")
        return told if isinstance(told, tuple) else ()

    def stop(self) -> None:
        """End the process at once; whoever still waits for it gets nothing."""
        self._stopped = True
        self._process.kill()
        self._process.join()
        with self._lock:
            self._pipe.close()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process: SpawnProcess = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def _ask(self, *question: object) -> object:
        """What the process answers; None when it is gone, and then there is another."""
        with self._lock:
            if self._stopped:
                return None
            try:
                self._pipe.send(question)
                if self._pipe.poll(WAIT_SECONDS):
                    answer: object = self._pipe.recv()
                    return answer
            except (OSError, EOFError):
                pass  # it died
            if not self._stopped:
                self._process.kill()
                self._process.join()
                self._pipe.close()
                self._start()
            return None


def _lost(name: str, why: str) -> Problem:
    hint = "save a file again; if it stays, look at the last change of the catalog, the templates or the CSS"
    return Problem("typesetter-lost", f"the typesetter made no pages: {why}", Location(name), hint=hint)


def _serve(pipe: Connection) -> None:
    """The life of the process. It ends when its pipe does: a preview that was killed leaves nobody behind."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the preview's to act upon
    from handouts.typeset import look  # noqa: PLC0415  while the preview reads its first files

    desk = _Work(look)
    gc.disable()  # laying out makes a million objects, of which few go before the end
    try:
        while True:
            while not pipe.poll(IDLE_SECONDS):
                if desk.untidy:
                    desk.untidy = False
                    gc.collect()
            name, *arguments = pipe.recv()
            pipe.send(getattr(desk, name)(*arguments))
            if name == "pages":
                desk.draw_ahead()
    except (EOFError, OSError):
        return


class _Work:
    """What the process can be asked for. It keeps the last pages, to draw them when somebody looks."""

    def __init__(self, look: Any) -> None:  # noqa: ANN401  the function, which is imported late
        self._look = look
        self._last: Look | None = None
        self._density = 1
        self._drawn: dict[tuple[str, int], bytes] = {}
        self._before: frozenset[str] = frozenset()
        self.untidy = True

    def pages(self, html: Html, fonts: Path, name: str) -> Pages:
        self.untidy = True
        self._before = frozenset(sheet.digest for sheet in self._last.sheets) if self._last is not None else frozenset()
        try:
            self._last = last = self._look(html, fonts, name)
        except HandoutsError as error:
            return Pages((), error.problems)
        except Exception as error:  # noqa: BLE001  the edge of a job: a style sheet can upset the engine in any way
            return Pages((), (_lost(name, f"{type(error).__name__}: {error}"),))
        return Pages(last.sheets, last.problems)

    def picture(self, number: int, digest: str, density: int) -> bytes:
        """Nothing when the page is no longer that of `digest`."""
        last = self._last
        if last is None or not 0 < number <= len(last.sheets) or last.sheets[number - 1].digest != digest:
            return b""
        self._density = density
        return self._drawn.pop((digest, density), b"") or _png(last.page(number), density)

    def draw_ahead(self) -> None:
        """Draw the first page that is new, which somebody waits for, while they are told of it."""
        sheets = self._last.sheets if self._last is not None else ()
        self._drawn.clear()
        for sheet in sheets:
            if sheet.digest not in self._before:
                picture = self.picture(sheet.number, sheet.digest, self._density)
                self._drawn[sheet.digest, self._density] = picture
                return

    def missing_glyphs(self) -> tuple[Problem, ...]:
        self.untidy = True
        return self._last.missing_glyphs() if self._last is not None else ()


def _png(pdf: bytes, density: int) -> bytes:
    """The first page of `pdf` as a picture."""
    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415  of an extra; it has no types

    scale = DOTS_PER_PIXEL * density * 96 / 72
    buffer = io.BytesIO()
    with pypdfium2.PdfDocument(pdf) as document:
        document[0].render(scale=scale).to_pil().save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()
