"""The page for staff in a real browser: the whole way to the printer, by keyboard, without scripts, on any screen."""

from __future__ import annotations

import datetime
import threading
from typing import TYPE_CHECKING

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import ViewportSize, expect

from handouts.web import application
from handouts.web.values import Settings
from tests.browser.test_web_edition import RULES
from tests.commands import DATE, SHIPPED, handouts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Route

DAY = datetime.date.fromisoformat(DATE)
READY = f"condition={SHIPPED}&language=ar&audience=carrier"
STATES = {
    "start": "/?",
    "found": "/?q=igm",
    "near": "/?q=hemofilla",
    "none": "/?q=Duchenne",
    "languages": f"/?condition={SHIPPED}",
    "absent": "/?condition=cystic-fibrosis&lq=polski",
    "no such language": f"/?condition={SHIPPED}&lq=Klingon",
    "ready": f"/?{READY}",
    "options": f"/?{READY}&size=large&bilingual=en",
    "edition refused": "/?condition=huntington-disease&language=en&audience=carrier",
    "wrong": "/?nonsense=1",
}
NARROW = ViewportSize(width=320, height=640)
PHONE = ViewportSize(width=390, height=844)
DESKTOP = ViewportSize(width=1280, height=900)
LEAST_PX = 44
PRINTER = """Object.defineProperty(HTMLIFrameElement.prototype, "contentWindow", {
  get() { return { focus() {}, print: () => { document.documentElement.dataset.printed = this.src; } }; }
})"""
"""In the place of the print dialog: Chromium without a screen has none, and ends where a PDF asks for it."""


class Served(uvicorn.Server):
    """A server in a thread of the test's."""

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://127.0.0.1:{self.servers[0].sockets[0].getsockname()[1]}"


def served(settings: Settings) -> Iterator[str]:
    server = Served(uvicorn.Config(application(None, settings), port=0, log_config=None, ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        thread.join(0.05)
    yield server.address
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of what we ship, that gives out drafts."""
    yield from served(Settings(allow_drafts=True, cache_dir=tmp_path_factory.mktemp("cache"), date=DAY, workers=1))


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same, as it is started without any option."""
    yield from served(Settings(cache_dir=tmp_path_factory.mktemp("cache"), date=DAY, workers=1))


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A picture of an empty page, where a test is not about what is on it."""
    file = tmp_path_factory.mktemp("sheet") / "page.png"
    Image.new("RGB", (595, 842), "white").save(file)
    return file.read_bytes()


@pytest.fixture
def staff(browser: Browser) -> Iterator[BrowserContext]:
    """A browser at a counter, in which nothing may go wrong unseen."""
    context = browser.new_context(locale="en-US", viewport=DESKTOP)
    context.add_init_script(PRINTER)
    faults: list[str] = []
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    yield context
    context.close()
    assert faults == []


def without_printing(context: BrowserContext, sheet: bytes) -> None:
    """Answer for the press: a picture of nothing, and a file that has nine pages."""

    def answer(route: Route) -> None:
        if "first-page.png" in route.request.url:
            route.fulfill(body=sheet, content_type="image/png")
        else:
            route.fulfill(body=b"", headers={"X-Handout-Pages": "9"}, content_type="application/pdf")

    context.route("**/handouts/**", answer)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What the command line prints: Arabic, for carriers, in large print."""
    folder = tmp_path_factory.mktemp("printed")
    options = ("--lang", "ar", "--for", "carrier", "--large-print", "--date", DATE, "--draft", "-o", "one.pdf")
    ran = handouts("make", SHIPPED, *options, cwd=folder)
    assert ran.code == 0, ran.told
    return (folder / "one.pdf").read_bytes()


# ------------------------------------------------------------------------------------------- the whole way


def test_from_a_word_in_spanish_to_the_pages_of_the_command_line(
    staff: BrowserContext, clinic: str, printed: bytes, tmp_path: Path
) -> None:
    """The family at the counter goes home with another page than the one that was checked."""
    page = staff.new_page()
    page.goto(f"{clinic}/?ui=es")
    page.keyboard.type("hiper igm")
    expect(page.locator("#condition-found .list a")).to_have_count(1)
    expect(page.locator("#live")).to_have_text("Enfermedades encontradas: 1")
    page.get_by_role("link", name="Síndrome de hiper-IgM").click()

    page.get_by_role("searchbox", name="Buscar un idioma").fill("arabe")
    expect(page.locator("#language-found .list a")).to_have_count(1)
    page.locator("main").get_by_role("link", name="العربية").click()
    page.get_by_role("radio", name="Persona portadora").check()
    page.get_by_text("Papel, letra grande y más").click()
    page.get_by_label("Tamaño de la letra").select_option("Letra grande")

    expect(page.locator(".standing")).to_contain_text("Borrador de traducción")
    expect(page.locator("#pages")).to_contain_text("Páginas:", timeout=60_000)
    picture = page.get_by_role("img", name="Imagen de la primera página")
    assert picture.evaluate("image => image.naturalWidth") > 300
    with page.expect_download() as download:
        page.get_by_role("link", name="Descargar").click()
    download.value.save_as(tmp_path / "downloaded.pdf")
    assert (tmp_path / "downloaded.pdf").read_bytes() == printed

    page.get_by_role("button", name="Imprimir").click()
    expect(page.locator("html[data-printed]")).to_have_count(1)
    assert page.request.get(page.evaluate("document.documentElement.dataset.printed")).body() == printed
    expect(page.locator("#print-said")).to_be_hidden()


def test_the_whole_way_with_scripts_off(browser: Browser, clinic: str, printed: bytes) -> None:
    """In a locked-down browser of a hospital, nothing would come out at all."""
    context = browser.new_context(java_script_enabled=False, locale="en-US")
    page = context.new_page()
    page.goto(f"{clinic}/")
    page.get_by_role("searchbox", name="Search for a condition").fill("HIPER IGM")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="X-linked hyper IgM syndrome").click()
    page.get_by_role("searchbox", name="Search for a language").fill("Arabic")
    page.get_by_role("button", name="Search").click()
    page.locator("main").get_by_role("link", name="العربية").click()
    page.get_by_role("radio", name="Carrier").check()
    page.get_by_text("Paper, large print and more").click()
    page.get_by_label("Size of the letters").select_option("Large print")
    page.get_by_role("button", name="Show this handout").click()

    link = page.get_by_role("link", name="Print", exact=True)
    expect(link).to_have_accessible_description("Opens the handout as a PDF. Print it from there.")
    assert page.request.get(f"{clinic}{link.get_attribute('href')}").body() == printed
    context.close()


def test_the_whole_way_with_the_keyboard(staff: BrowserContext, clinic: str, sheet: bytes) -> None:
    """Who can't use a mouse is sent to a colleague."""
    without_printing(staff, sheet)
    page = staff.new_page()
    page.goto(f"{clinic}/")

    def tab_to(name: str) -> None:
        for _ in range(40):
            told = page.evaluate("document.activeElement.matches('body, main') ? '' : document.activeElement.innerText")
            told = told or page.evaluate("document.activeElement.id")
            if name in told:
                ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert ring == "solid", f"{name} does not show that it has the focus"
                return
            page.keyboard.press("Tab")
        pytest.fail(f"no key leads to {name}")

    page.keyboard.type("igm")
    expect(page.locator("#condition-found .list a")).to_have_count(1)
    tab_to("X-linked hyper IgM syndrome")
    page.keyboard.press("Enter")
    expect(page.locator("#language-heading")).to_be_focused()
    tab_to("العربية")
    page.keyboard.press("Enter")
    expect(page.locator("#choices-heading")).to_be_focused()
    tab_to("audience-family")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")  # at once, before the other handout is there
    expect(page.locator("#audience-carrier")).to_be_checked()
    page.wait_for_url("**audience=carrier**")
    expect(page.locator("#more")).to_be_focused()
    tab_to("Print")
    page.keyboard.press("Enter")
    expect(page.locator("html[data-printed]")).to_have_count(1)


def test_going_back_shows_the_step_before(staff: BrowserContext, clinic: str, sheet: bytes) -> None:
    """A wrong tap, and everything is to be typed again."""
    without_printing(staff, sheet)
    page = staff.new_page()
    page.goto(f"{clinic}/?condition={SHIPPED}")
    page.locator("#language-found a", has_text="français").click()
    expect(page.locator("#ready")).to_be_visible()
    page.go_back()

    expect(page.locator("#language-found a", has_text="français")).to_be_visible()
    expect(page.locator("#ready")).to_have_count(0)
    assert page.url == f"{clinic}/?condition={SHIPPED}"


# ------------------------------------------------------------------------------------------------- for everybody


@pytest.mark.parametrize(("ui", "scheme"), [("en", "light"), ("es", "dark"), ("ar", "light")])
def test_axe_finds_nothing_in_any_state(
    browser: Browser, clinic: str, strict: str, sheet: bytes, ui: str, scheme: str
) -> None:
    """Staff with a screen reader are staff too. Rules: WCAG 2.2 A and AA, by axe-core."""
    context = browser.new_context(viewport=DESKTOP, color_scheme="dark" if scheme == "dark" else "light")
    without_printing(context, sheet)
    page = context.new_page()
    some = STATES if ui == "en" else ("near", "languages", "absent", "options", "wrong")
    states = [*((clinic, name) for name in some), (strict, "ready"), (strict, "languages")]
    for server, name in states:
        page.goto(f"{server}{STATES[name]}&ui={ui}")
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        found = Axe().run(page, options=RULES).response

        assert [(name, fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]] == []
        assert len(found["passes"]) > 15
    context.close()


@pytest.mark.parametrize("ui", ["en", "ar"])
def test_on_the_narrowest_screen_nobody_scrolls_sideways_and_every_button_can_be_hit(
    browser: Browser, clinic: str, sheet: bytes, ui: str
) -> None:
    """At 400 % zoom a screen of 1280 pixels is 320 wide (WCAG 1.4.10); a finger needs 44 (WCAG 2.5.5)."""
    context = browser.new_context(viewport=NARROW)
    without_printing(context, sheet)
    page = context.new_page()
    small = """least => [...document.querySelectorAll("a[href], button, summary, select, input, .radio")]
      .filter(each => each.checkVisibility() && !each.matches(".skip, input[type=radio], input[type=hidden]"))
      .map(each => [each.outerHTML.slice(0, 80), each.getBoundingClientRect()])
      .filter(([, box]) => box.height < least || box.width < least)
      .map(([told, box]) => [told, box.width, box.height])"""
    for name, state in STATES.items():
        page.goto(f"{clinic}{state}&ui={ui}")

        assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"], name
        assert page.evaluate(small, LEAST_PX) == [], name
    context.close()


@pytest.mark.parametrize(("ui", "direction"), [("en", "ltr"), ("es", "ltr"), ("ar", "rtl")])
def test_the_answer_to_a_health_record_can_be_read_and_pressed_on_a_phone(
    staff: BrowserContext, clinic: str, ui: str, direction: str
) -> None:
    """The link in the record opens a page that a parent can't read, or whose links no thumb can tell apart."""
    page = staff.new_page()
    page.set_viewport_size(NARROW)
    asked = "mainSearchCriteria.v.dn=X-linked+hyper+IgM+syndrome&mainSearchCriteria.v.dn1=Hemophilia+A"
    language = f"informationRecipient.languageCode.c={ui}&knowledgeResponseType=text/html"
    page.goto(f"{clinic}/infobutton?{asked}&{language}")

    expect(page.locator("html")).to_have_css("direction", direction)
    assert page.locator("main a").count() == (6 if ui == "ar" else 12)
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    heights = page.locator("main a").evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    assert [height for height in heights if height < LEAST_PX] == []
    found = Axe().run(page, options=RULES).response
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]] == []


@pytest.mark.parametrize("ui", ["en", "es", "ar"])
def test_on_a_phone_the_button_to_print_is_on_the_first_screen(
    browser: Browser, clinic: str, sheet: bytes, ui: str
) -> None:
    """Staff choose the language, see a form, and do not know that the handout is ready below it."""
    context = browser.new_context(viewport=PHONE)
    without_printing(context, sheet)
    page = context.new_page()
    page.goto(f"{clinic}/?{READY}&ui={ui}")

    button = page.locator("#print").bounding_box()
    context.close()

    assert button is not None
    assert button["y"] + button["height"] <= PHONE["height"]


def test_an_arabic_page_is_the_mirror_image(browser: Browser, clinic: str, sheet: bytes) -> None:
    """A page that begins on the left is read from its end."""
    context = browser.new_context(viewport=DESKTOP)
    without_printing(context, sheet)
    page = context.new_page()
    left = {}
    for ui in ("en", "ar"):
        page.goto(f"{clinic}/?{READY}&ui={ui}")
        boxes = [page.locator(part).bounding_box() for part in ("#choices", "#ready", "h1", "nav")]
        left[ui] = [box["x"] for box in boxes if box is not None]
    context.close()

    (choices, ready, title, languages), (c, r, t, n) = left["en"], left["ar"]
    assert choices < ready
    assert r < c
    assert title < languages
    assert n < t


def test_what_changes_is_said_and_the_focus_stays(staff: BrowserContext, clinic: str, sheet: bytes) -> None:
    """Who can't see the picture change does not know what will be printed."""
    without_printing(staff, sheet)
    page = staff.new_page()
    page.goto(f"{clinic}/?{READY}")
    expect(page.locator("#pages")).to_have_text("Pages: 9")
    page.get_by_role("radio", name="Family").check()

    expect(page.locator("#live")).to_have_text("Shown now: عندما تصعب على الجسم مقاومة العدوى. العربية.")
    assert page.locator("#live").get_attribute("role") == "status"
    expect(page.locator("#audience-family")).to_be_focused()
    assert "audience=carrier" not in page.url


def test_a_busy_server_is_told_and_asked_again(staff: BrowserContext, clinic: str, sheet: bytes) -> None:
    """An empty frame in place of the page, and nobody knows whether to wait."""
    left = [503, 503, 503]

    def answer(route: Route) -> None:
        status = left.pop() if left else 200
        route.fulfill(status=status, body=sheet if status == 200 else b"", content_type="image/png")

    staff.route("**/handouts/**", answer)
    page = staff.new_page()
    page.goto(f"{clinic}/?{READY}")
    expect(page.locator("#busy")).to_be_visible()
    expect(page.locator("#busy")).to_contain_text("The server is busy")
    left.clear()
    page.get_by_role("button", name="Try again").click()

    expect(page.locator("#busy")).to_be_hidden()
    expect(page.get_by_role("img", name="Picture of the first page")).to_be_visible()


def test_the_page_is_right_at_twice_the_size_of_letters(browser: Browser, clinic: str, sheet: bytes) -> None:
    """Who sets large letters in the browser finds them cut off (WCAG 1.4.4)."""
    context = browser.new_context(viewport=DESKTOP)
    without_printing(context, sheet)
    page = context.new_page()
    for name, state in STATES.items():
        page.goto(f"{clinic}{state}&ui=en")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        cut = page.evaluate(
            """() => [...document.querySelectorAll("a, button, p, h1, h2, label, li")]
            .filter(each => each.checkVisibility() && !each.closest(".heard, .skip"))
            .filter(each => each.clientWidth && getComputedStyle(each).display !== "inline")
            .filter(each => each.scrollWidth > each.clientWidth + 1)
            .map(each => each.outerHTML.slice(0, 80))"""
        )

        assert cut == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= DESKTOP["width"], name
    context.close()


# ----------------------------------------------------------------------------------------------- what is kept


def test_the_counters_own_choices_are_kept_and_nothing_else(staff: BrowserContext, clinic: str, sheet: bytes) -> None:
    """The next family sees on the screen what the family before them has."""
    without_printing(staff, sheet)
    page = staff.new_page()
    page.goto(f"{clinic}/?{READY}&size=large&paper=letter")
    expect(page.locator("#remember")).to_be_visible()
    page.goto(f"{clinic}/")
    page.get_by_role("link", name="X-linked hyper IgM syndrome").click()
    expect(page.locator("#last")).to_contain_text("العربية")
    page.locator("#last a").click()

    expect(page.locator("#paper")).to_have_value("letter")
    expect(page.locator("#size")).to_have_value("standard")
    stored = page.evaluate("JSON.parse(localStorage.handouts)")
    assert stored == {"paper": "letter", "language": "ar"}
    assert page.evaluate("Object.keys(localStorage)") == ["handouts"]
    assert staff.cookies() == []


def test_the_computer_forgets_when_it_is_asked_to(staff: BrowserContext, clinic: str, sheet: bytes) -> None:
    """What can't be taken back is better not used."""
    without_printing(staff, sheet)
    page = staff.new_page()
    page.goto(f"{clinic}/?{READY}&paper=letter")
    page.get_by_role("button", name="Forget these").click()

    expect(page.locator("#live")).to_have_text("Forgotten.")
    expect(page.locator("#remember")).to_be_hidden()
    assert page.evaluate("localStorage.length") == 0


def test_a_kept_choice_that_is_gone_does_not_stop_the_page(staff: BrowserContext, clinic: str) -> None:
    """A brand is renamed, and one computer shows an error for ever."""
    page = staff.new_page()
    page.goto(f"{clinic}/")
    page.evaluate("""localStorage.handouts = '{"brand": "gone", "paper": "letter"}'""")
    page.goto(f"{clinic}/")

    expect(page.get_by_role("link", name="Cystic fibrosis")).to_be_visible()
    page.wait_for_function("() => localStorage.length === 0")
    expect(page.get_by_role("link", name="Cystic fibrosis")).to_be_visible()
