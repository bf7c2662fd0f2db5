from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from handouts.batch.pages import index_page, report_page
from handouts.batch.values import JobResult, State
from tests.batch.test_pages import ARABIC, ENGLISH
from tests.browser.test_web_edition import RULES

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from handouts.render import Templates

SPANISH = replace(
    ENGLISH, name="es/y.pdf", language="es", title="Una afección pequeña", heading="Hormiga", told="Para familias"
)


@pytest.fixture
def saved(templates: Templates, tmp_path: Path) -> Path:
    """A folder with an index of three languages and a report of two failures."""
    (tmp_path / "index.html").write_bytes(index_page([ENGLISH, ARABIC, SPANISH], templates))
    results = [JobResult(f"{n}.pdf", State.FAILED, ("it broke\n  hint: mend it",)) for n in range(2)]
    (tmp_path / "report.html").write_bytes(report_page(results, 1, templates))
    return tmp_path


def test_axe_finds_nothing_in_the_pages_of_a_batch(browser: Browser, saved: Path) -> None:
    """The list of everything, and a screen reader is lost in it. Rules: WCAG 2.2 A and AA, by axe-core."""
    for name in ("index.html", "report.html"):
        page = browser.new_page()
        page.goto((saved / name).as_uri())
        found = Axe().run(page, options=RULES).response
        page.close()

        assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]] == []
        assert len(found["passes"]) > 15


@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_of_a_batch_need_no_scrolling_sideways(browser: Browser, saved: Path, width: int) -> None:
    """WCAG 1.4.10: at 400 % zoom a line that is wider than the screen is read word by word."""
    for name in ("index.html", "report.html"):
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto((saved / name).as_uri())
        wide = page.evaluate("document.documentElement.scrollWidth")
        page.close()

        assert wide == width


def test_the_search_box_finds_by_any_words_and_says_how_many(browser: Browser, saved: Path) -> None:
    """Eight hundred files, and one mother who waits. Accents are left out by whoever has no key for them."""
    page = browser.new_page()
    page.goto((saved / "index.html").as_uri())
    for asked, found in [("PEQUENA", ["Una afección pequeña"]), ("arabic ant", ["عنوان"]), ("zebra", [])]:
        page.get_by_role("searchbox").fill(asked)
        seen = [link.inner_text().split("\n")[0] for link in page.locator("main a:visible").all()]
        assert seen == found
        assert page.get_by_role("status").inner_text() == f"{len(found)} of 3 handouts"
        assert page.locator("h2:visible").count() == len(found)
    page.get_by_role("searchbox").fill("")
    assert page.locator("main a:visible").count() == 3
    page.close()


def test_the_index_works_without_scripts_and_asks_for_nothing(browser: Browser, saved: Path) -> None:
    """A hospital switches scripts off, and the page is an empty one."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((saved / "index.html").as_uri())

    assert page.locator("main a:visible").count() == 3
    assert not page.get_by_role("searchbox").is_visible()
    assert page.get_by_text("press Ctrl+F").is_visible()
    assert [url for url in asked if not url.startswith("file:")] == []
    context.close()


def test_the_policy_of_the_index_stops_what_is_not_ours(browser: Browser, templates: Templates, tmp_path: Path) -> None:
    """A title with a script in it runs on the computer of each who opens the list."""
    path = tmp_path / "index.html"
    markup = index_page([ENGLISH], templates).decode()
    path.write_text(markup.replace("</main>", "<script>document.title = 'bad'</script></main>"), encoding="utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())

    assert page.title() == "Handouts"
    page.close()
