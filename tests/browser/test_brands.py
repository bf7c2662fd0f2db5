"""Handouts with a brand as web pages, in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from handouts import pipeline
from handouts.model.edition import Audience, Edition, Format, Paper, Size
from handouts.project import opened
from tests.brands.organisations import ASSOCIATION, CLINIC, with_brands
from tests.browser.test_web_edition import RULES
from tests.commands import SHIPPED
from tests.conftest import DAY

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

EDITIONS = {
    "en, clinic": ("en", Edition(Audience.FAMILY, Paper.A4, DAY, brand=CLINIC)),
    "ar, association": ("ar", Edition(Audience.FAMILY, Paper.A4, DAY, brand=ASSOCIATION)),
    "ar and en, clinic": ("ar", Edition(Audience.FAMILY, Paper.A4, DAY, second="en", brand=CLINIC)),
    "large, en, association": ("en", Edition(Audience.FAMILY, Paper.A4, DAY, Size.LARGE, brand=ASSOCIATION)),
}


def opened_page(browser: Browser, folder: Path, name: str, width: int = 1280) -> Page:
    tag, edition = EDITIONS[name]
    path = folder / "page.html"
    project = opened(with_brands(folder))
    path.write_bytes(pipeline.make(project, SHIPPED, tag, edition, Format.HTML, draft=True).data)
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("name", EDITIONS)
def test_axe_finds_nothing_in_pages_with_a_brand(browser: Browser, tmp_path: Path, name: str) -> None:
    """An organization's colours hide what a reader needs, or its logo says nothing."""
    page = opened_page(browser, tmp_path, name)
    found = Axe().run(page, options=RULES).response
    page.close()

    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]] == []
    assert len(found["passes"]) > 20


@pytest.mark.parametrize("name", EDITIONS)
def test_nobody_has_to_scroll_sideways_for_a_brand(browser: Browser, tmp_path: Path, name: str) -> None:
    """A long address or a wide logo pushes the words off the screen (WCAG 1.4.10)."""
    page = opened_page(browser, tmp_path, name, width=320)
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.close()

    assert wide == 320


def test_logo_and_code_are_drawn_by_a_browser(browser: Browser, tmp_path: Path) -> None:
    """The rule that keeps strangers' files off the page keeps the logo off it too."""
    for name in ("en, clinic", "ar, association"):
        page = opened_page(browser, tmp_path / name, name)
        shown = page.evaluate(
            "[...document.querySelectorAll('.giver img, .web-code img')].map(i => i.naturalWidth > 0)"
        )
        page.close()

        assert shown == [True, True]
