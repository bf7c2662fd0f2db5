from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
import pytest
from axe_playwright_python.sync_playwright import Axe

from handouts.localize.inline import plain
from handouts.model.edition import Paper
from handouts.render import render_web

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from handouts.render import Templates
    from tests.conftest import Localized

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PAGES = [("en", "family"), ("en", "carrier"), ("es", "family"), ("ar", "family"), ("ar", "carrier")]


@pytest.fixture
def saved(handout: Localized, templates: Templates, tmp_path: Path) -> Path:
    """A folder with the web edition of each of `PAGES`, as somebody would save it."""
    for tag, audience in PAGES:
        markup = render_web(handout(tag, audience), templates, Paper.A4).markup
        (tmp_path / f"{tag}-{audience}.html").write_text(markup, encoding="utf-8")
    return tmp_path


def test_axe_finds_nothing_at_all(browser: Browser, saved: Path) -> None:
    """A page for a blind father that his reader stumbles over. Rules: WCAG 2.2 A and AA, by axe-core."""
    for tag, audience in PAGES:
        page = browser.new_page()
        page.goto((saved / f"{tag}-{audience}.html").as_uri())
        found = Axe().run(page, options=RULES).response
        page.close()

        assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]] == []
        assert len(found["passes"]) > 20


@pytest.mark.parametrize("width", [320, 1280])
def test_nobody_has_to_scroll_sideways(browser: Browser, saved: Path, width: int) -> None:
    """At 400 % zoom a screen of 1280 pixels is 320 wide; a line that is wider is read word by word (WCAG 1.4.10)."""
    for tag, audience in PAGES:
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto((saved / f"{tag}-{audience}.html").as_uri())
        wide = page.evaluate("document.documentElement.scrollWidth")
        page.close()

        assert wide == width


def test_the_first_key_press_offers_a_way_past_the_top(browser: Browser, saved: Path) -> None:
    """A link that can't be seen when it has the focus is a trap."""
    page = browser.new_page()
    page.goto((saved / "en-family.html").as_uri())
    page.keyboard.press("Tab")
    focused = page.locator(":focus")

    assert focused.inner_text() == "Skip to the text"
    box = focused.bounding_box()
    assert box is not None
    assert box["y"] >= 0
    page.close()


def test_the_page_asks_for_nothing(browser: Browser, saved: Path) -> None:
    """Somebody's server learns which family read about which condition."""
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((saved / "ar-family.html").as_uri())
    page.wait_for_load_state("networkidle")
    page.close()

    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def test_a_draft_printed_from_the_browser_says_so_on_every_page(
    browser: Browser, saved: Path, handout: Localized
) -> None:
    """A machine's draft leaves the printer as a clinic's word."""
    page = browser.new_page()
    page.goto((saved / "es-family.html").as_uri())
    printed = page.pdf(prefer_css_page_size=True)
    page.close()

    english = plain(handout("es", "family").notices[1])
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        pages = len(pdf.pages)
    assert pages > 5
    assert _said(printed).count(english) == pages


def _said(data: bytes) -> str:
    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415  it has no types, and this test alone needs it

    with pypdfium2.PdfDocument(data) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
