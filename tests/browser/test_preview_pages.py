"""The translators' preview in a browser: the pages as they print, beside the strings."""

from __future__ import annotations

import io
import os
import re
import signal
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import expect

from handouts.files import shipped
from handouts.project import opened
from handouts.proofs import preview as preview_room
from handouts.proofs.preview import Preview
from tests.browser.test_preview import HEADING, TITLE_DONE, TITLE_EMPTY, asked, save, served
from tests.browser.test_web_edition import RULES
from tests.commands import CATALOG, CHECKOUT, SHIPPED, lay
from tests.conftest import edition
from tests.proofs.desks import ID, desk_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.context import SpawnProcess
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from handouts.proofs.server import Server

RARE = f"{ID}:main.rare"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A preview of the small condition in Spanish, in `tmp_path`."""
    yield from served(Preview(desk_project(tmp_path), ID, "es", edition()))


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(server.address)
    expect(page.locator("#page-1 img")).to_have_js_property("complete", value=True)
    yield page
    page.close()


def process_of(server: Server) -> SpawnProcess:
    typesetter = server.preview._typesetter  # noqa: SLF001  what nobody else needs to see
    assert typesetter is not None
    return typesetter._process  # noqa: SLF001  see above


def digests(page: Page) -> list[str]:
    found: list[str] = page.locator("li[data-digest]").evaluate_all("all => all.map(one => one.dataset.digest)")
    return found


def area(key: str) -> str:
    return f'#pages .said[data-key="{key}"]'


def test_what_is_saved_is_on_the_printed_page(page: Page, tmp_path: Path) -> None:
    """A translator judges a line break by a page that is not the one that prints."""
    before = digests(page)
    expect(page.locator(area(HEADING))).to_have_attribute("aria-label", "The main message")
    expect(page.locator(area(HEADING))).to_have_accessible_description("Not translated")
    save(tmp_path, TITLE_EMPTY, TITLE_DONE)

    expect(page.locator(area(HEADING))).to_have_attribute("aria-label", "Lo más importante")
    expect(page.get_by_role("status")).to_have_text(re.compile(r"Renewed: Page 1 of \d+\."))
    expect(page.locator(area(HEADING))).to_have_attribute("aria-current", "true")
    after = digests(page)
    assert after[0] != before[0]
    expect(page.locator("#page-1 img")).to_have_attribute("src", f"/picture/1/{after[0]}/1")


def test_a_page_that_looks_as_before_is_not_sent_again(browser: Browser, tmp_path: Path) -> None:
    """A long handout flickers from end to end at each save."""
    name = f"locales/es/LC_MESSAGES/{SHIPPED}.po"
    project = opened(lay(tmp_path, {name: (CHECKOUT / name).read_text(encoding="utf-8")}))
    for one in served(Preview(project, SHIPPED, "es", edition())):
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(one.address)
        expect(page.locator("#page-2 img")).to_be_attached(timeout=20_000)
        before = digests(page)
        save(tmp_path, "Al cuerpo de su hijo", "Al propio cuerpo de su hijo", name)
        expect(page.locator("#page-1")).not_to_have_attribute("data-digest", before[0])
        after = digests(page)
        page.close()

        assert [number for number, (old, new) in enumerate(zip(before, after, strict=True), 1) if old != new] == [1]


def test_choosing_one_marks_the_other(page: Page) -> None:
    """A translator looks for a string on fifteen pages."""
    page.get_by_role("button", name=HEADING).click()
    expect(page.locator(area(HEADING))).to_have_class("said empty chosen")
    expect(page.get_by_role("status")).to_have_text(re.compile(r"Marked: Page 1 of \d+\."))

    page.locator(area(RARE)).locator("rect").first.click()
    expect(page.get_by_role("button", name=RARE)).to_be_focused()
    expect(page.get_by_role("button", name=RARE)).to_have_attribute("aria-pressed", "true")
    expect(page.locator(area(HEADING))).to_have_class("said empty")


def test_areas_lie_on_their_words(page: Page) -> None:
    """Somebody clicks on a heading and another string is marked."""
    box = page.locator(area(HEADING)).bounding_box()
    assert box is not None
    page.mouse.move(0, 0)
    left, right = round(box["x"]), round(box["x"] + box["width"])
    top, foot = round(box["y"] + 4), round(box["y"] + box["height"] - 4)
    with Image.open(io.BytesIO(page.screenshot())).convert("L") as seen:
        inside = seen.crop((left + 4, top, right - 4, foot)).histogram()
        beside = seen.crop((right + 8, top, right + 40, foot)).histogram()

    assert sum(inside[:110]) > 0  # letters
    assert sum(beside[:150]) == 0  # and none beyond their end


def test_all_of_it_works_from_the_keyboard(page: Page) -> None:
    """Somebody who uses no mouse is shut out."""
    page.get_by_role("link", name="Pages", exact=True).focus()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.locator(":focus").and_(page.locator(area(HEADING))).count():
            break
    page.keyboard.press("Enter")

    expect(page.get_by_role("button", name=HEADING)).to_be_focused()


def test_a_broken_catalog_leaves_the_old_pages_and_says_so(page: Page, tmp_path: Path) -> None:
    """One missing quote, and old pages pass for new ones, or go blank."""
    before = digests(page)
    save(tmp_path, TITLE_EMPTY, 'msgid "The main message\nmsgstr ""')
    expect(page.locator("#pages .note")).to_have_text("These pages are old. See beside them what is wrong.")
    expect(page.get_by_role("alert")).to_contain_text(CATALOG)
    assert digests(page) == before
    assert [fault["id"] for fault in Axe().run(page, options=RULES).response["violations"]] == []

    save(tmp_path, 'msgid "The main message\nmsgstr ""', TITLE_EMPTY)
    expect(page.locator("#pages .note")).to_have_count(0)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_changed_style_sheet_is_seen_without_a_restart(page: Page, tmp_path: Path) -> None:
    """A designer changes the look, sees nothing, and changes it again."""
    before = digests(page)
    sheet = tmp_path / "templates" / "css" / "handout.css"
    sheet.parent.mkdir(parents=True)
    text = (shipped("templates") / "css" / "handout.css").read_text(encoding="utf-8")
    sheet.write_text(text + "\nh1 { margin-top: 40pt; }\n", encoding="utf-8")

    expect(page.locator("#page-1")).not_to_have_attribute("data-digest", before[0])


def test_a_broken_template_is_told_with_its_line(page: Page, tmp_path: Path) -> None:
    """The preview itself falls over, with a traceback in a terminal that nobody looks at."""
    template = tmp_path / "templates" / "handout.html.jinja"
    template.parent.mkdir(parents=True)
    template.write_text("\n{% if %}\n", encoding="utf-8")

    expect(page.get_by_role("alert")).to_contain_text("templates/handout.html.jinja:2")
    expect(page.locator("#page-1 img")).to_be_visible()


def test_a_sign_that_no_font_has_is_told(page: Page, tmp_path: Path) -> None:
    """A translator takes an empty box for a fault of the screen."""
    save(tmp_path, TITLE_EMPTY, 'msgid "The main message"\nmsgstr "Lo más 𓀀 importante"')

    expect(page.get_by_role("alert")).to_contain_text("missing-glyph")


def test_a_typesetter_that_died_is_replaced(page: Page, server: Server, tmp_path: Path) -> None:
    """From one crash on, all pages stay as they were, and nothing says so."""
    os.kill(process_of(server).pid or 0, signal.SIGKILL)
    save(tmp_path, TITLE_EMPTY, TITLE_DONE)

    expect(page.locator(area(HEADING))).to_have_attribute("aria-label", "Lo más importante")
    expect(page.get_by_role("alert")).to_have_count(0)
    assert asked(server, "GET", f"/picture/1/{digests(page)[0]}/1")[0] == 200


@pytest.mark.parametrize("query", ["", "?show=failing", "?view=nonsense&show=untranslated"])
def test_axe_finds_nothing(page: Page, server: Server, query: str) -> None:
    """A translator who is blind can't use the translators' tool."""
    page.goto(server.address + query)
    expect(page.locator("#page-1 img")).to_be_visible()
    page.get_by_role("button").first.click()
    found = Axe().run(page, options=RULES).response

    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]] == []
    assert len(found["passes"]) > 15


def test_without_scripts_the_pages_lead_to_the_list(browser: Browser, page: Page, server: Server) -> None:
    """A browser that runs no scripts shows pictures that nobody can ask anything."""
    assert page.url == server.address
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(server.address)

    expect(plain.locator(area(RARE))).to_have_attribute("href", f"#string-{RARE}")
    expect(plain.locator(f"[id='string-{RARE}']")).to_have_count(1)
    context.close()


def test_arabic_pages_have_their_words_and_their_language(browser: Browser, tmp_path: Path) -> None:
    """A reader says Arabic with an English voice."""
    for one in served(Preview(opened(lay(tmp_path, {})), SHIPPED, "ar", edition())):
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(one.address)
        title = page.locator(area(f"{SHIPPED}:names.heading")).first
        expect(title).to_have_attribute("lang", "ar")
        box = page.locator(area(f"{SHIPPED}:edition.family.title")).first.bounding_box()
        sheet = page.locator("#page-1 img").bounding_box()
        assert box is not None
        assert sheet is not None
        assert box["x"] + box["width"] > sheet["x"] + sheet["width"] * 0.85  # it begins at the right
        found = Axe().run(page, options=RULES).response
        assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]] == []
        page.close()


@pytest.mark.parametrize(
    ("locale", "direction", "marked", "renewed"),
    [
        ("es-ES", "ltr", r"Texto marcado: Página 1 de \d+\.", r"Actualizado: Página 1 de \d+\."),
        ("ar", "rtl", r"تم تمييز النص: الصفحة 1 من \d+\.", r"تم التحديث: الصفحة 1 من \d+\."),
    ],
)
def test_the_preview_in_the_translators_own_language(
    browser: Browser, server: Server, tmp_path: Path, locale: str, direction: str, marked: str, renewed: str
) -> None:
    """A translator who is blind hears English words with an Arabic voice, or a mirrored page that no key reaches."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, locale=locale)
    page.goto(server.address)
    expect(page.locator("#page-1 img")).to_have_js_property("complete", value=True)
    expect(page.locator("html")).to_have_css("direction", direction)
    for query in ("", "?show=failing", "?view=web"):
        page.goto(server.address + query)
        page.locator("#strings button").first.wait_for()
        found = Axe().run(page, options=RULES).response
        assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]] == []
    page.goto(server.address)
    expect(page.locator("#page-1 img")).to_have_js_property("complete", value=True)

    page.locator(area(HEADING)).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=HEADING)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text(re.compile(marked))
    save(tmp_path, TITLE_EMPTY, TITLE_DONE)
    expect(page.get_by_role("status")).to_have_text(re.compile(renewed))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()


@pytest.mark.parametrize("path", ["/picture/1/0123456789abcdef/1", "/picture/0/0/1", "/picture/../../etc/passwd"])
def test_no_other_picture_is_served(page: Page, server: Server, path: str) -> None:
    """An address that was made up brings a process down, or a file."""
    assert page.url == server.address
    assert asked(server, "GET", path)[0] == 404


def test_another_sites_name_gets_no_page(page: Page, server: Server) -> None:
    """A page in the browser has its own name lead to this machine, and looks at unpublished pages."""
    path = f"/picture/1/{digests(page)[0]}/1"

    assert asked(server, "GET", path, "evil.example")[0] == 421
    assert asked(server, "GET", "/pages", "evil.example")[0] == 421
    status, headers, data = asked(server, "GET", path)
    assert (status, headers["Content-Type"], data[:4]) == (200, "image/png", b"\x89PNG")


def test_without_the_extra_there_is_the_web_page(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody who installed less is shown nothing, and not told why."""
    monkeypatch.setattr(preview_room, "can_draw", lambda: False)
    for one in served(Preview(desk_project(tmp_path), ID, "es", edition())):
        page = browser.new_page()
        page.goto(one.address)
        expect(page.frame_locator("iframe").locator(".said").first).to_be_visible()
        page.get_by_role("link", name="Pages", exact=True).click()

        expect(page.locator("#pages .note")).to_contain_text("pip install 'handouts[preview]'")
        page.close()


def test_nothing_is_left_running(tmp_path: Path) -> None:
    """Each preview leaves a process that eats memory until the next start of the machine."""
    for one in served(Preview(desk_project(tmp_path), ID, "es", edition())):
        process = process_of(one)
        assert process.is_alive()

    assert not process.is_alive()
