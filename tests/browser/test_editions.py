"""The other editions as web pages, in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from handouts import pipeline
from handouts.model.edition import Audience, Edition, Format, Kind, Paper, Size
from handouts.project import Project
from tests.browser.test_web_edition import RULES
from tests.commands import SHIPPED
from tests.conftest import DAY

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

EDITIONS = {
    "es and en": ("es", Edition(Audience.FAMILY, Paper.A4, DAY, second="en")),
    "ar and en": ("ar", Edition(Audience.FAMILY, Paper.A4, DAY, second="en")),
    "questions, ar and en": ("ar", Edition(Audience.FAMILY, Paper.A4, DAY, kind=Kind.QUESTIONS, second="en")),
    "large": ("en", Edition(Audience.FAMILY, Paper.A4, DAY, Size.LARGE)),
    "large, en and ar": ("en", Edition(Audience.CARRIER, Paper.A4, DAY, Size.LARGE, second="ar")),
}


def saved(folder: Path, name: str) -> str:
    """The address of an edition as a web page, saved in `folder`."""
    tag, edition = EDITIONS[name]
    path = folder / "page.html"
    path.write_bytes(pipeline.make(Project(), SHIPPED, tag, edition, Format.HTML, draft=True).data)
    return path.as_uri()


@pytest.mark.parametrize("name", EDITIONS)
def test_axe_finds_nothing_in_other_editions(browser: Browser, tmp_path: Path, name: str) -> None:
    """A page that a reader stumbles over where it says everything twice, or large."""
    page = browser.new_page()
    page.goto(saved(tmp_path, name))
    found = Axe().run(page, options=RULES).response
    page.close()

    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]] == []
    assert len(found["passes"]) > 20


@pytest.mark.parametrize("name", EDITIONS)
def test_nobody_has_to_scroll_sideways_in_other_editions(browser: Browser, tmp_path: Path, name: str) -> None:
    """A line that is wider than the screen is read word by word (WCAG 1.4.10)."""
    page = browser.new_page(viewport={"width": 320, "height": 800})
    page.goto(saved(tmp_path, name))
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.close()

    assert wide == 320
