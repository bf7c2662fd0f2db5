from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.model.artifacts import Html
from handouts.project import Project
from handouts.proofs import typesetter as room
from handouts.proofs.typesetter import Typesetter

if TYPE_CHECKING:
    import pytest

PAGE = '<!DOCTYPE html><html lang="en" dir="ltr"><title>One</title><body><h1>One</h1></body></html>'


def test_a_hanging_engine_is_told_and_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """The preview waits for ever, and shows the page of ten minutes ago."""
    typesetter = Typesetter(Project().fonts())
    monkeypatch.setattr(room, "WAIT_SECONDS", 0.001)
    lost = typesetter.pages(Html(PAGE), "a page")
    monkeypatch.undo()
    found = typesetter.pages(Html(PAGE), "a page")
    typesetter.stop()

    assert (lost.sheets, [problem.code for problem in lost.problems]) == ((), ["typesetter-lost"])
    assert ([sheet.number for sheet in found.sheets], found.problems) == ([1], ())


def test_an_engine_that_is_upset_says_why() -> None:
    """A traceback in a terminal that nobody looks at, and no page."""

    def upset(*_: object) -> None:
        raise RecursionError("too deep")

    made = room._Work(upset).pages(Html(PAGE), Project().fonts(), "a page")  # noqa: SLF001  the process's own side

    assert [problem.code for problem in made.problems] == ["typesetter-lost"]
    assert "RecursionError: too deep" in made.problems[0].message


def test_only_the_pages_of_today_are_drawn() -> None:
    """A picture of old words under today's areas."""
    typesetter = Typesetter(Project().fonts())
    (sheet,) = typesetter.pages(Html(PAGE), "a page").sheets
    picture = typesetter.picture(1, sheet.digest, 2)
    other = typesetter.picture(1, "0" * 16, 2), typesetter.picture(9, sheet.digest, 2)
    typesetter.stop()

    assert picture is not None
    assert picture.startswith(b"\x89PNG")
    assert other == (None, None)
