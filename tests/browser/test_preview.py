"""The translators' preview in a browser, as somebody works with it: its list, and the handout as a web page."""

from __future__ import annotations

import http.client
import threading
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from handouts.languages import language
from handouts.project import opened
from handouts.proofs.preview import Preview
from handouts.proofs.server import HERE, Server
from tests.browser.test_web_edition import RULES
from tests.commands import CATALOG, SHIPPED, contents, lay
from tests.conftest import changed, edition
from tests.proofs.desks import ID, desk_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

HEADING = f"{ID}:main.heading"


def served(preview: Preview) -> Iterator[Server]:
    with Server(preview, 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A preview of the small condition in Spanish, in `tmp_path`."""
    yield from served(Preview(desk_project(tmp_path), ID, "es", edition()))


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{server.address}?view=web")
    expect(page.frame_locator("iframe").locator(".said").first).to_be_visible()
    yield page
    page.close()


def save(folder: Path, old: str, new: str, name: str = CATALOG) -> None:
    path = folder / name
    path.write_text(changed(path.read_text(encoding="utf-8"), old, new), encoding="utf-8")


TITLE_EMPTY = 'msgid "The main message"\nmsgstr ""'
TITLE_DONE = 'msgid "The main message"\nmsgstr "Lo más importante"'


def test_what_is_saved_is_on_the_page(page: Page, tmp_path: Path) -> None:
    """A translator saves, looks, and sees yesterday's words."""
    handout = page.frame_locator("iframe")
    expect(handout.locator(f'[data-key="{HEADING}"]').first).to_contain_text("not translated The main message")
    save(tmp_path, TITLE_EMPTY, TITLE_DONE)

    expect(handout.locator(f'[data-key="{HEADING}"]').first).to_contain_text("Lo más importante")
    expect(page.locator(f'li[data-key="{HEADING}"] .state')).to_contain_text("Translated")
    expect(page.get_by_role("status")).to_have_text("Renewed in the handout.")


def test_choosing_one_marks_the_other(page: Page) -> None:
    """A translator looks for a string on eight pages."""
    handout = page.frame_locator("iframe")
    page.get_by_role("button", name=HEADING).click()
    expect(handout.locator(f'[data-key="{HEADING}"]').first).to_have_class("said empty chosen")

    handout.locator(f'[data-key="{ID}:main.rare"]').first.click()
    expect(page.get_by_role("button", name=f"{ID}:main.rare")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name=HEADING)).to_have_attribute("aria-pressed", "false")


def test_all_of_it_works_from_the_keyboard(page: Page) -> None:
    """Somebody who uses no mouse is shut out."""
    handout = page.frame_locator("iframe")
    page.get_by_role("link", name="Not translated (1)").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/?view=web&show=untranslated")
    page.keyboard.press("Tab")
    for _ in range(300):
        if page.locator(":focus").and_(page.get_by_role("button", name=HEADING)).count():
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(handout.locator(f'[data-key="{HEADING}"]').first).to_have_class("said empty chosen")

    handout.locator(f'[data-key="{HEADING}"]').first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=HEADING)).to_be_focused()


@pytest.mark.parametrize(
    ("filter_", "keys"),
    [
        ("untranslated", ["main.heading"]),
        ("stale", ["edition.family.summary", "edition.family.title"]),
        ("failing", ["main.rare"]),
    ],
)
def test_a_filter_leaves_only_its_strings(page: Page, server: Server, filter_: str, keys: list[str]) -> None:
    """What is to be done drowns in what is done."""
    page.goto(f"{server.address}?show={filter_}")
    shown = page.locator("li[data-key]").evaluate_all("all => all.map(one => one.dataset.key)")

    assert sorted(shown) == [f"{ID}:{key}" for key in keys]


def test_a_broken_catalog_is_told_with_its_line_and_mended_again(page: Page, tmp_path: Path) -> None:
    """One missing quote, and the page goes blank without a word."""
    save(tmp_path, TITLE_EMPTY, 'msgid "The main message\nmsgstr ""')
    line = (tmp_path / CATALOG).read_text(encoding="utf-8").splitlines().index('msgid "The main message') + 1

    expect(page.get_by_role("alert")).to_contain_text("Not up to date")
    expect(page.get_by_role("alert")).to_contain_text(f"{CATALOG}:{line}")
    expect(page.frame_locator("iframe").locator("h1")).to_be_visible()
    found = Axe().run(page, options=RULES).response
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]] == []
    save(tmp_path, 'msgid "The main message\nmsgstr ""', TITLE_DONE)
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize("query", ["", "&show=failing", "&show=untranslated", "&show=nonsense"])
def test_axe_finds_nothing(page: Page, server: Server, query: str) -> None:
    """A translator who is blind can't use the translators' tool."""
    page.goto(f"{server.address}?view=web{query}")
    expect(page.frame_locator("iframe").locator(".said").first).to_be_visible()
    page.get_by_role("button").first.click()
    found = Axe().run(page, options=RULES).response

    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]] == []
    assert len(found["passes"]) > 15


def test_without_scripts_it_is_a_list(browser: Browser, server: Server) -> None:
    """A browser that runs no scripts shows nothing at all."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server.address}?show=failing")

    expect(page.locator("li[data-key]")).to_have_count(1)
    expect(page.locator(".checks")).to_contain_text("placeholder-missing")
    context.close()


def test_arabic_runs_from_right_to_left(browser: Browser, tmp_path: Path) -> None:
    """The list shows Arabic with its full stops on the wrong side, and its page in no order."""
    for one in served(Preview(opened(lay(tmp_path, {})), SHIPPED, "ar", edition())):
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{one.address}?view=web")
        page.get_by_role("button", name=f"{SHIPPED}:names.heading").click()

        expect(page.frame_locator("iframe").locator("html")).to_have_attribute("dir", "rtl")
        expect(page.locator(".translation").first).to_have_css("direction", "rtl")
        expect(page.locator("h1")).to_have_css("direction", "ltr")
        found = Axe().run(page, options=RULES).response
        assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]] == []
        page.close()


def test_it_writes_nothing(page: Page, tmp_path: Path) -> None:
    """A tool for looking changes what it looks at."""
    before = contents(tmp_path)
    page.get_by_role("button", name=HEADING).click()
    page.goto(page.url + "&show=failing")

    assert contents(tmp_path) == before


# ------------------------------------------------------------------------------------------ who may ask


def asked(server: Server, method: str, path: str, host: str | None = None) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(HERE, server.server_port, timeout=10)
    connection.request(method, path, headers={"Host": host or f"{HERE}:{server.server_port}"})
    answer = connection.getresponse()
    told = (answer.status, dict(answer.getheaders()), answer.read())
    connection.close()
    return told


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1", "localhost:1"])
def test_another_sites_name_gets_no_answer(server: Server, host: str) -> None:
    """A page in the browser has its own name lead to this machine, and reads unpublished texts."""
    status, _, body = asked(server, "GET", "/", host)

    assert (status, b"Una cosa" in body) == (421, False)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_sent(server: Server, method: str) -> None:
    """A form on another site changes something here."""
    assert asked(server, method, "/")[0] == 501


@pytest.mark.parametrize(
    "path", ["/../../etc/passwd", "/locales/es/LC_MESSAGES/shared.po", "/%2e%2e/", "//a.example/x"]
)
def test_no_other_file_is_served(server: Server, path: str) -> None:
    """A file of the translator's leaves the machine."""
    assert asked(server, "GET", path)[0] == 404


def test_the_page_may_load_only_what_the_preview_serves(server: Server) -> None:
    """Words of a catalog become a script that runs."""
    for path in ("/", "/strings", "/pages", "/handout", "/preview.js"):
        status, headers, _ = asked(server, "GET", path)
        assert status == 200
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe-inline" not in headers["Content-Security-Policy"].partition("style-src")[0]
        assert headers["Cache-Control"] == "no-store"


def test_words_of_a_catalog_are_words(page: Page, server: Server, tmp_path: Path) -> None:
    """A hostile catalog runs a script in the translator's browser."""
    save(tmp_path, TITLE_EMPTY, 'msgid "The main message"\nmsgstr "<img src=x onerror=alert(1)>"')
    expect(page.locator(f'li[data-key="{HEADING}"] .translation')).to_have_text("<img src=x onerror=alert(1)>")

    assert page.locator("img").count() == 0
    assert language("es").tag == server.preview.language.tag
