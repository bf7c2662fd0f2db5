"""The live preview: a handout beside its strings, made anew as files are saved.

It writes nothing. The strings are there first, then the pages as they print; both stay as they were, and are marked as
old, while a file can't be used.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from handouts.languages import accepted, language
from handouts.localize.edition_id import renamed
from handouts.localize.inline import plain
from handouts.localize.numbers import number
from handouts.model.characters import made_visible
from handouts.model.message import SHARED_DOMAIN
from handouts.problems import HandoutsError, Location, Problem
from handouts.project import APPROVALS, LIBRARY_FILES
from handouts.proofs.desk import Desk, State, desk_for
from handouts.proofs.pages import numbered, numbers_of, states_of, unnoticed, worded
from handouts.proofs.typesetter import EXTRA, Typesetter, can_draw
from handouts.render import render_marked, render_preview, render_web_proof

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from handouts.model.artifacts import Html, Sheet
    from handouts.model.condition import Condition
    from handouts.model.edition import Edition
    from handouts.model.spoken import Spoken
    from handouts.project import Project

FILTERS = {
    "all": frozenset(State),
    "untranslated": frozenset({State.EMPTY}),
    "stale": frozenset({State.FUZZY, State.STALE}),
    "failing": frozenset({State.WRONG}),
}
VIEWS = ("pages", "web")

NO_EDITION = "0000-0000"
"""What stands for the name of an edition: it would be another, on every page, for each letter that is changed."""

Stamps = tuple[tuple[str, int, int], ...]
"""Files that were found: the name, when it was changed, and how long it is."""


@dataclass(frozen=True, slots=True)
class View:
    """What is shown now: the last desk, web page and sheets that could be made, and what is wrong with today's files.

    `strings` counts what was made of the list and the web page, `pages` what was made of the sheets. `changed` are the
    names of the strings that differ from those before.
    """

    strings: int = 0
    pages: int = 0
    desk: Desk | None = None
    handout: str = ""
    numbers: Mapping[str, int] | None = None
    changed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    broken: bool = False
    sheets: tuple[Sheet, ...] = ()
    doubts: tuple[Problem, ...] = ()
    old: bool = False

    @property
    def version(self) -> tuple[int, int]:
        """Another for each that was made."""
        return self.strings, self.pages


class Preview:
    """Holds the view of one edition of a condition in one language, and renews it when its files change."""

    def __init__(self, project: Project, condition_id: str, tag: str, edition: Edition) -> None:
        """Raises `UsageError` for names that are not there, and `HandoutsError` for the page's own words."""
        self.project = project
        self.condition_id = condition_id
        self.language = language(tag)
        self.edition = edition
        self.view = View()
        self.stopped = threading.Event()
        self._changed = threading.Condition()
        self._own = self._templates = project.templates()
        english = project.page_spoken("en")
        assert english is not None, "it is read, or raises"
        self._uis: dict[str, Spoken | None] = {english.tag: english}
        self._condition: Condition = project.condition(condition_id)[0]
        worded(desk_for(project, self._condition, tag), edition)
        self._typesetter = Typesetter(project.fonts()) if can_draw() else None
        self._seen = self._stamps()
        self._html: Html | None = None
        self._shown: Html | None = None
        self._doubted = True
        self.view, self._wanted = self._made(self.view)

    # ------------------------------------------------------------------------------------------- renewing

    def folders(self) -> tuple[Path, ...]:
        """The folders below which a file counts."""
        names = ("locales", "conditions", "templates")
        library = self.project.candidates(f"{LIBRARY_FILES[0]}.yaml")[-1].parent
        return (*(path for name in names for path in self.project.candidates(name)), library)

    def look(self) -> bool:
        """Renew the view if a file has changed, and set the pages if they are due; returns whether one of them was."""
        stamps = self._stamps()
        changed = [kind for kind, found in stamps.items() if found != self._seen[kind]]
        if changed:
            self._seen = stamps
            view, self._wanted = self._made(self.view, changed)
            self._show(view)
        if self._typesetter is not None and self._wanted is not None and self._wanted != self._html:
            self._html = self._wanted
            self._set(self._typesetter, self._html)
            return True
        if not changed and not self._doubted and self._typesetter is not None:
            self._doubted = True
            missing = self._typesetter.missing_glyphs()
            if missing:
                view = self.view
                self._show(replace(view, strings=view.strings + 1, changed=(), doubts=(*view.doubts, *missing)))
        return bool(changed)

    def wait(self, version: tuple[int, int], seconds: float) -> View:
        """The view, at once when it is not of `version`, else when it changes or time is up."""
        with self._changed:
            self._changed.wait_for(lambda: self.stopped.is_set() or self.view.version != version, seconds)
            return self.view

    def stop(self) -> None:
        """Let nobody wait any longer."""
        self.stopped.set()
        if self._typesetter is not None:
            self._typesetter.stop()
        with self._changed:
            self._changed.notify_all()

    def _show(self, view: View) -> None:
        with self._changed:
            self.view = view
            self._changed.notify_all()

    def _made(self, before: View, changed: list[str] | None = None) -> tuple[View, Html | None]:
        """The view of today's files, and the page to set; with the parts of `before` when a file can't be used."""
        try:
            if changed and "templates" in changed:
                self._templates = self.project.templates()
            if changed and "content" in changed:
                self._condition = self.project.condition(self.condition_id)[0]
            desk = desk_for(self.project, self._condition, self.language.tag)
            handout = renamed(unnoticed(desk, self.edition), NO_EDITION)
            numbers = numbers_of(handout, desk)
            states = states_of(desk, numbers)
            html = render_marked(handout, self._templates, self.edition.paper, states)
            marked = numbered(worded(desk, self.edition), desk, numbers)
            assert plain(marked.title), "a handout has a title"
            page = render_web_proof(marked, self._templates, self.edition.paper, states)
        except HandoutsError as error:
            return self._broken(before, error.problems), None
        except OSError as error:
            problem = Problem("cannot-read", f"a file can't be read: {error.strerror}", Location(str(error.filename)))
            return self._broken(before, (problem,)), None
        view = replace(
            before,
            strings=before.strings + 1,
            desk=desk,
            handout=page.markup,
            numbers=numbers,
            changed=_differing(before.desk, desk),
            problems=desk.problems,
            broken=False,
        )
        if before.old and html == self._shown:  # the pages of before are those of today again
            view = replace(view, pages=before.pages + 1, old=False, doubts=())
        return view, html

    def _broken(self, before: View, problems: tuple[Problem, ...]) -> View:
        pages = before.pages + (not before.old)
        return replace(
            before, strings=before.strings + 1, pages=pages, changed=(), problems=problems, broken=True, old=True
        )

    def _set(self, typesetter: Typesetter, html: Html) -> None:
        made = typesetter.pages(html, f"{self.condition_id} ({self.language.tag}, preview)")
        view = self.view
        strings = view.strings + (made.problems != view.doubts)
        if made.sheets:
            self._shown = html
            self._doubted = False
            self._show(
                replace(
                    view, strings=strings, pages=view.pages + 1, sheets=made.sheets, doubts=made.problems, old=False
                )
            )
        else:
            self._show(replace(view, strings=strings, pages=view.pages + 1, doubts=made.problems, old=True))

    def _stamps(self) -> Mapping[str, Stamps]:
        """The files that count, by what must be read anew when one of them changes."""
        folder = f"locales/{self.language.gettext_name}"
        catalogs = (f"{folder}/LC_MESSAGES/{domain}.po" for domain in (SHARED_DOMAIN, self.condition_id))
        content = (f"conditions/{self.condition_id}.yaml", *(f"{name}.yaml" for name in LIBRARY_FILES))
        names = {
            "catalogs": (*catalogs, f"{folder}/{APPROVALS}", "locales/glossary.yaml"),
            "content": content,
            "templates": tuple(f"templates/{name}" for name in self.project.names("templates", "")),
        }
        return {kind: tuple(map(self._stamp, these)) for kind, these in names.items()}

    def _stamp(self, name: str) -> tuple[str, int, int]:
        try:
            path = self.project.find(name)
            found = path.stat() if path is not None else None
        except (OSError, HandoutsError):  # it is being saved at this moment, or leads out of the project
            found = None
        return (name, found.st_mtime_ns, found.st_size) if found is not None else (name, 0, 0)

    # ------------------------------------------------------------------------------------------- showing

    def ui(self, accept_language: str) -> Spoken:
        """The words of the preview itself: in the language that a browser likes best, of those that have them all."""
        tags = self.project.page_tags()
        while True:
            tag = accepted(accept_language, tags)
            if tag not in self._uis:
                self._uis[tag] = self.project.page_spoken(tag)
            spoken = self._uis[tag]
            if spoken is not None:
                return spoken
            tags = tuple(each for each in tags if each != tag)

    def page(self, shown: str, seen: str, ui: Spoken) -> str:
        """The whole page: the handout as `seen` (one of `VIEWS`), and the strings that the filter `shown` leaves."""
        view = self.view
        values = {"version": view.version, **self._strings(view, shown, seen, ui), **self._pages(view, ui)}
        return render_preview(self._own, "page", values, ui)

    def strings(self, shown: str, seen: str, ui: Spoken) -> str:
        """The list of strings that a filter leaves."""
        return render_preview(self._own, "strings", self._strings(self.view, shown, seen, ui), ui)

    def pages(self, ui: Spoken) -> str:
        """The pages as they print."""
        return render_preview(self._own, "pages", self._pages(self.view, ui), ui)

    def picture(self, number: int, digest: str, density: int) -> bytes | None:
        """The picture of a page, as a PNG; None when it is not among those that are shown now."""
        return self._typesetter.picture(number, digest, density) if self._typesetter is not None else None

    def view_of(self, asked: str | None) -> str:
        """The view that was asked for, or the one that there is."""
        return asked if asked in VIEWS else "pages" if self._typesetter is not None else "web"

    def _pages(self, view: View, ui: Spoken) -> dict[str, object]:
        known = {name: one.state for name, one in view.desk.strings.items()} if view.desk is not None else {}
        return {
            "spoken": self.language,
            "sheets": [(number(sheet.number, ui.language), sheet) for sheet in view.sheets],
            "count": number(len(view.sheets), ui.language),
            "known": known,
            "old": view.old,
            "drawn": self._typesetter is not None,
            "extra": EXTRA,
        }

    def _strings(self, view: View, shown: str, seen: str, ui: Spoken) -> dict[str, object]:
        numbers = view.numbers or {}
        filters = []
        rows = []
        ordered = sorted(
            view.desk.strings.values() if view.desk is not None else (),
            key=lambda one: numbers.get(one.name, len(numbers) + 1),
        )
        for name, states in FILTERS.items():
            wanted = [one for one in ordered if one.state in states]
            filters.append({"name": name, "count": number(len(wanted), ui.language)})
            if name == shown:
                rows = [
                    {
                        "name": one.name,
                        "number": number(numbers[one.name], ui.language) if one.name in numbers else None,
                        "state": one.state,
                        "file": one.file,
                        "line": one.line,
                        "english": one.message.english,
                        "strings": tuple(map(made_visible, one.strings)),
                        "problems": one.problems,
                        "comments": one.message.comments,
                    }
                    for one in wanted
                ]
        return {
            "condition": self.condition_id,
            "condition_name": self._condition.content.name,
            "audience": self.edition.audience.value,
            "spoken": self.language,
            "named": ui.named(self.language.tag),
            "states": tuple(State),
            "problems": (*view.problems, *view.doubts),
            "broken": view.broken,
            "filters": filters,
            "shown": shown,
            "views": VIEWS,
            "seen": seen,
            "rows": rows,
        }


def _differing(before: Desk | None, after: Desk) -> tuple[str, ...]:
    """The strings whose words or state are other than before."""
    if before is None:
        return ()

    def told(desk: Desk, name: str) -> object:
        one = desk.strings.get(name)
        return (one.strings, one.state, one.message.english) if one is not None else None

    return tuple(name for name in after.strings if told(before, name) != told(after, name))
