"""The page for staff as the server sends it: every state, in words that are true, with scripts or without."""

from __future__ import annotations

import datetime
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from handouts.batch.inputs import Inputs
from handouts.batch.values import Job
from handouts.model.edition import Audience, Format, Kind, Paper, Size
from handouts.project import Project
from handouts.web import application
from handouts.web.crew import BusyError
from handouts.web.press import Press
from handouts.web.values import Settings
from tests.commands import CATALOG, CHECKOUT, CONDITION, DATE, SHIPPED, SPANISH, lay
from tests.conftest import changed

if TYPE_CHECKING:
    from pathlib import Path

DAY = datetime.date.fromisoformat(DATE)
READY = {"condition": SHIPPED, "language": "ar", "audience": "carrier", "size": "large", "paper": "letter"}


PEOPLE = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
"""What a browser says of itself."""


class Read(HTMLParser):
    """What a page links to, and its words in their order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.words = ""
        self.feed(text)
        self.words = " ".join(self.words.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what a tag says."""
        self.attributes += [(tag, name, value) for name, value in attrs]
        self.links += [value or "" for name, value in attrs if tag == "a" and name == "href"]

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self.words += data


def page(client: TestClient, **asked: str) -> Read:
    answer = client.get("/", params=asked)
    assert answer.status_code == 200
    return Read(answer.text)


# -------------------------------------------------------------------------------------------- step by step


def test_each_step_is_a_link_so_that_it_works_with_scripts_off(drafts: TestClient) -> None:
    """In a locked-down browser, the page would stand still in front of the family."""
    first = page(drafts, q="fibrosis quística")
    (condition,) = [link for link in first.links if "condition=cystic-fibrosis" in link]

    second = Read(drafts.get(condition).text)
    (language,) = [link for link in second.links if "language=es" in link]

    third = Read(drafts.get(language).text)
    files = [link for link in third.links if link.startswith("/handouts/cystic-fibrosis/es/family.")]
    assert {urlsplit(link).path.rpartition(".")[2] for link in files} == {"pdf", "html", "txt"}


def test_what_was_chosen_is_in_the_address_of_each_file(drafts: TestClient) -> None:
    """Large print is chosen, and small print comes out of the printer."""
    links = [urlsplit(link) for link in page(drafts, **READY).links if link.startswith("/handouts/")]

    assert {link.path for link in links} == {f"/handouts/{SHIPPED}/ar/carrier.{kind}" for kind in ("pdf", "html")}
    for link in links:
        query = parse_qs(link.query)
        assert (query["size"], query["paper"]) == (["large"], ["letter"])


def test_draft_and_review_date_are_said_before_the_buttons(drafts: TestClient) -> None:
    """Who reads them after printing has handed the page over already."""
    words = page(drafts, **READY).words

    standing = words.index("Draft translation. No second person and no clinician has checked it yet.")
    review = words.index("To be reviewed by November 21, 2027.")
    assert standing < review < words.index("Print", review) < words.index("Download")


def test_a_language_that_is_not_there_is_said_so_and_not_replaced(drafts: TestClient) -> None:
    """A family that reads Arabic is handed Spanish, because the page chose for them."""
    for asked in ({"language": "ar"}, {"lq": "Arabic"}, {"lq": "العربية"}):
        told = page(drafts, condition="cystic-fibrosis", **asked)

        assert "There is no handout in Arabic yet." in told.words
        assert [link for link in told.links if link.startswith("/handouts/")] == []
    assert "There is no handout in Polish yet." in page(drafts, condition="cystic-fibrosis", lq="polski").words


def test_a_draft_that_the_server_does_not_give_out_has_its_reason_and_no_button(strict: TestClient) -> None:
    """Staff press a button that leads to a refusal, twice, and give up."""
    told = page(strict, condition=SHIPPED, language="es")

    assert "This handout is not available" in told.words
    assert "This server does not give out drafts." in told.words
    assert "Choose another language that the family reads well" in told.words
    assert [link for link in told.links if link.startswith("/handouts/")] == []
    assert ("img" in {tag for tag, _, _ in told.attributes}) is False
    assert "español Spanish ✕" not in told.words
    listed = page(strict, condition=SHIPPED)
    assert "not available" in listed.words
    first = next(link for link in listed.links if "&language=" in link)
    assert first.endswith("language=en"), "what can be had comes first"


def test_english_says_that_no_clinician_has_checked_it(strict: TestClient) -> None:
    """Nothing that was not reviewed may look reviewed."""
    told = page(strict, condition=SHIPPED, language="en")

    assert "No clinician has checked this text yet." in told.words
    assert f"/handouts/{SHIPPED}/en/family.pdf" in told.links


def test_a_condition_without_an_edition_for_carriers_offers_none(drafts: TestClient) -> None:
    """A choice that leads nowhere costs the ten seconds that there are."""
    told = page(drafts, condition="huntington-disease", language="en")
    refused = page(drafts, condition="huntington-disease", language="en", audience="carrier")

    assert ("input", "value", "carrier") not in told.attributes
    assert "There is no handout for carriers of this condition." in refused.words
    assert "another language" not in refused.words, "that would not help"


def test_two_languages_that_are_one_are_told(drafts: TestClient) -> None:
    """A copy that says everything twice in Arabic helps nobody."""
    told = page(drafts, condition=SHIPPED, language="ar", bilingual="ar")

    assert "Its second language is the same as the first." in told.words
    assert "that the family reads well" not in told.words


def test_a_bilingual_copy_says_the_lower_stage_of_its_two_languages(drafts: TestClient) -> None:
    """English that is not a draft hides that the other half is."""
    told = page(drafts, condition=SHIPPED, language="en", bilingual="es")

    assert "Draft translation." in told.words


def test_nothing_found_offers_what_looks_like_it(drafts: TestClient) -> None:
    """A dead end at the first slip of a finger."""
    told = page(drafts, q="hemofilla")

    assert "No condition was found for “hemofilla”." in told.words
    assert any("q=Hemofilia+A" in link or "q=Hemophilia+A" in link for link in told.links)


# ------------------------------------------------------------------------------------------- its own language


@pytest.mark.parametrize(
    ("header", "tag"),
    [
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("fr;q=0.9, ar;q=0.5", "ar"),
        ("pl", "en"),
        ("en;q=0.1, es;q=0", "en"),
        ("", "en"),
        (";;;q=, *, es;q=x", "en"),
    ],
)
def test_the_page_speaks_the_language_that_the_browser_likes_best(drafts: TestClient, header: str, tag: str) -> None:
    """Staff look for a button in a language that they can't read."""
    answer = drafts.get("/", headers={"accept-language": header})

    assert answer.headers["content-language"] == tag
    assert answer.headers["vary"] == "Accept-Language"
    assert f'<html lang="{tag}" dir="{"rtl" if tag == "ar" else "ltr"}">' in answer.text


@pytest.mark.parametrize("ui", ["fr", "qps-ploc", "zh-Hant"])
def test_a_language_that_the_page_lacks_is_english_as_a_whole_and_says_so(drafts: TestClient, ui: str) -> None:
    """A screen reader reads English words with the sounds of another language."""
    answer = drafts.get("/", params={"ui": ui})

    assert '<html lang="en" dir="ltr">' in answer.text


@pytest.mark.parametrize("ui", ["es", "ar"])
def test_every_state_speaks_one_language_and_says_that_its_words_are_a_draft(
    drafts: TestClient, strict: TestClient, ui: str
) -> None:
    """One English sentence in the middle is the one that was needed."""
    english, _ = Project().page_words("en")
    words, _ = Project().page_words(ui)
    long = [text for text in english.values() if len(text) > 12 and "{" not in text]
    states = [
        page(drafts, ui=ui, q="zzzz"),
        page(drafts, ui=ui, condition="cystic-fibrosis", lq="polski"),
        page(drafts, ui=ui, **READY),
        page(strict, ui=ui, **READY),
        Read(drafts.get("/", params={"ui": ui, "nonsense": "1"}).text),
    ]

    for told in states:
        said = told.words + " ".join(value or "" for _, name, value in told.attributes if not name.startswith("src"))
        assert [text for text in long if text in said] == []
        assert words["foot.draft"] in told.words


def test_each_word_of_the_page_is_said_somewhere() -> None:
    """Translators work on sentences that nobody ever sees."""
    files = [*(CHECKOUT / "templates" / "web").glob("*.jinja"), *(CHECKOUT / "handouts/web").glob("*.py")]
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    begun = {a or b for a, b in re.findall(r'"([a-z.-]+\.)" ~|f"([a-z.-]+\.)\{', text)}

    words = {key for key in Project().page_words("en")[0] if not key.startswith(("preview.", "proof."))}

    assert [key for key in words if f'"{key}"' not in text and not key.startswith(tuple(begun))] == []
    assert len(words) > 80


def test_names_in_other_languages_say_which(drafts: TestClient) -> None:
    """A screen reader spells Arabic out letter by letter, or skips it."""
    text = drafts.get("/", params={"condition": SHIPPED}).text

    for tag, own in (("ar", "العربية"), ("fa", "فارسی"), ("he", "עברית")):
        assert f'<bdi lang="{tag}" dir="rtl">{own}</bdi>' in text
    assert '<bdi lang="fr" dir="ltr">français</bdi>' in text


# --------------------------------------------------------------------------------------------------- trouble


@pytest.mark.parametrize(
    "address",
    [
        "/?nonsense=1",
        "/?condition=no-such",
        "/?brand=no-such",
        "/?place=ZZ",
        "/?paper=a3",
        "/?q=" + "x" * 101,
        "/?language=!!",
    ],
)
def test_an_address_that_means_nothing_is_told_in_plain_words(drafts: TestClient, address: str) -> None:
    """Staff are shown braces and quotation marks meant for programs."""
    answer = drafts.get(address)

    assert answer.status_code == 400
    assert "This address can't be understood" in Read(answer.text).words
    assert "Back to the handouts" in answer.text


def test_what_people_meet_outside_the_page_is_told_to_them_as_a_page(strict: TestClient) -> None:
    """An old bookmark ends in a line of JSON."""
    refused = strict.get(f"/handouts/{SHIPPED}/es/family.pdf", headers=PEOPLE)
    missing = strict.get("/nothing", headers=PEOPLE)
    program = strict.get("/nothing")

    assert refused.status_code == 403
    assert "This server does not give out this handout" in refused.text
    assert missing.status_code == 404
    assert "There is nothing at this address" in missing.text
    assert program.headers["content-type"] == "application/problem+json"


def test_a_busy_server_says_so_to_people_and_offers_the_same_again(
    drafts: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Staff take it for broken, and the family leaves without the page."""

    async def busy(*_: object) -> None:
        raise BusyError(7)

    monkeypatch.setattr(Press, "handout", busy)
    address = f"/handouts/{SHIPPED}/es/family.html?paper=letter"
    answer = drafts.get(address, headers=PEOPLE)
    told = Read(answer.text)

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "7")
    assert "The server is busy Many handouts are being made. Wait a moment, then try again." in told.words
    assert told.links.count(address) == 1
    assert drafts.get(address).headers["content-type"] == "application/problem+json"


def test_a_mistake_of_ours_is_told_to_people_in_plain_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A blank page with three words of English for programmers."""
    settings = Settings(cache_dir=tmp_path, date=DAY, workers=1)
    client = TestClient(application(None, settings), base_url="http://localhost", raise_server_exceptions=False)
    monkeypatch.setattr("handouts.web.page.view", lambda *_: 1 / 0)
    answer = client.get("/?ui=es", headers=PEOPLE)
    told = Read(answer.text)

    assert answer.status_code == 500
    assert "Algo falló en el servidor" in told.words
    assert "/?ui=es" in told.links
    assert "ZeroDivisionError" in caplog.text
    assert "Zero" not in answer.text


def test_what_is_typed_stays_words(drafts: TestClient) -> None:
    """A link with markup in it writes on the clinic's page."""
    text = drafts.get("/", params={"q": '"><script>alert(1)</script>'}).text

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_the_page_runs_and_styles_nothing_inline(drafts: TestClient) -> None:
    """The policy would stop it, and the page would stand there half dressed."""
    for asked in ({}, {"condition": SHIPPED}, READY, {"nonsense": "1"}):
        answer = drafts.get("/", params=asked)

        assert "script-src 'self'; style-src 'self'" in answer.headers["content-security-policy"]
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script>|javascript:", answer.text)


def test_its_own_files_are_kept_by_their_digest_and_nothing_else_is_served(drafts: TestClient) -> None:
    """A style of last year on a page of today, or a file of the server's read by a stranger."""
    text = drafts.get("/").text
    names = re.findall(r'(?:href|src)="(/static/[^"]+)"', text)

    assert {name.partition("?")[0] for name in names} == {"/static/page.css", "/static/fonts.css", "/static/page.js"}
    for name in names:
        answer = drafts.get(name)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert drafts.get(name.partition("?")[0]).headers["cache-control"] == "no-cache"
    for name in (
        "page.html.jinja",
        "..%2Fpage.css",
        "fonts/manifest.toml",
        "fonts/..%2Fmanifest.toml",
        "fonts/licences",
    ):
        assert drafts.get(f"/static/{name}").status_code == 404


def test_the_names_of_languages_have_a_font_on_every_computer(drafts: TestClient) -> None:
    """On a plain computer, the family's own language is a row of empty boxes."""
    style = drafts.get("/static/fonts.css").text

    addresses = re.findall(r'url\("(/static/fonts/[^"]+)"\)', style)
    assert len(addresses) >= 20
    for address in addresses:
        name = address.rpartition("/")[2]
        assert drafts.get(address).content == (CHECKOUT / "fonts" / name).read_bytes()
    for tag in Project().language_tags(SHIPPED):
        assert f":lang({tag}) {{ font-family:" in style


# ------------------------------------------------------------------------------------ of its own project's


def test_a_code_for_phones_is_shown_only_where_a_phone_could_open_it(drafts: TestClient, tmp_path: Path) -> None:
    """A code that leads nowhere is tried five times in the waiting room."""
    settings = Settings(allow_drafts=True, cache_dir=tmp_path, date=DAY, workers=1, hosts=("clinic.example",))
    client = TestClient(application(None, settings), base_url="http://clinic.example:8080")

    reached = client.get("/", params=READY).text
    local = drafts.get("/", params=READY).text

    assert "<svg" in reached
    assert (
        f'href="http://clinic.example:8080/handouts/{SHIPPED}/ar/carrier.html?paper=letter&amp;size=large"' in reached
    )
    assert "<svg" not in local
    assert "This server answers this computer alone" in local


def test_a_broken_file_is_named_and_the_rest_is_there(tmp_path: Path) -> None:
    """A page that is empty without a word is taken for one that has nothing."""
    root = lay(tmp_path / "own", {"conditions/small-condition.yaml": CONDITION, "conditions/other.yaml": "id: ["})
    client = TestClient(application(root, Settings(cache_dir=tmp_path / "cache", date=DAY, workers=1)))

    words = Read(client.get("/", headers={"host": "localhost"}).text).words

    assert "Not shown, because there is a mistake in their files: other" in words
    assert "Small condition" in words


def test_a_link_to_a_condition_whose_file_is_broken_is_not_called_wrong(tmp_path: Path) -> None:
    """A slip in a file, and the health record's own links are taken for the fault and thrown away."""
    root = lay(tmp_path / "own", {"conditions/other.yaml": "id: ["})
    client = TestClient(application(root, Settings(cache_dir=tmp_path / "cache", date=DAY, workers=1)))

    answer = client.get("/", params={"condition": "other"}, headers={"host": "localhost"})
    words = Read(answer.text).words

    assert answer.status_code == 500
    assert "tell the person who looks after this server" in words
    assert "can't be understood" not in words


@pytest.mark.parametrize(
    "path", ["/?q=a&q=b", f"/?ui=es&{'&'.join(f'a{n}=1' for n in range(50))}", "/static/x?v=1&v=2"]
)
def test_a_link_with_a_part_twice_is_told_to_people_as_a_page(strict: TestClient, path: str) -> None:
    """Staff who put two links together are shown a line of code."""
    answer = strict.get(path, headers={"Accept": "text/html,*/*"})

    assert (answer.status_code, answer.headers["content-type"]) == (400, "text/html; charset=utf-8")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert len(Read(answer.text).words) > 0
    assert strict.get(path).json()["code"] == "bad-parameter"


@pytest.mark.parametrize(
    ("name", "text"), [("web.yaml", "x: ["), ("templates/web/page.html.jinja", "{% if %}"), ("labels.yaml", "x: [")]
)
def test_trouble_with_the_page_itself_is_told_as_a_page(name: str, text: str, tmp_path: Path) -> None:
    """Staff see a line of code, are asked to report a mistake of ours, and nobody looks into the file."""
    root = lay(tmp_path / "own", {name: text})
    client = TestClient(application(root, Settings(cache_dir=tmp_path / "cache", date=DAY, workers=1)))

    for path in (f"/handouts/{SHIPPED}/en/family.pdf?paper=a9", f"/handouts/{SHIPPED}/en/nobody.pdf", "/nowhere"):
        answer = client.get(path, headers={"host": "localhost", "accept": "text/html"})

        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.status_code in {400, 404}
        assert "Back to the handouts" in Read(answer.text).words
    if name != "labels.yaml":  # without it there is nothing to list, and the page says so
        start = client.get("/", headers={"host": "localhost", "accept": "text/html"})

        assert (start.status_code, start.headers["content-type"]) == (500, "text/html; charset=utf-8")
        assert "tell the person who looks after this server" in Read(start.text).words


def test_the_log_names_the_file_that_has_the_mistake(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Whoever looks after the server reads that something is wrong, and not where."""
    root = lay(tmp_path / "own", {"conditions/other.yaml": "id: ["})
    client = TestClient(application(root, Settings(cache_dir=tmp_path / "cache", date=DAY, workers=1)))

    client.get("/api/conditions/other", headers={"host": "localhost"})

    assert any("yaml-syntax in " in line and "conditions/other.yaml:" in line for line in caplog.messages)


def test_a_page_in_a_language_with_a_gap_is_english_as_a_whole(tmp_path: Path) -> None:
    """Half a page in Spanish is a page that nobody at the counter can read."""
    shipped = (CHECKOUT / "locales/es/LC_MESSAGES/web.po").read_text(encoding="utf-8")
    gap = changed(shipped, 'msgstr "Imprimir"', 'msgstr ""')
    root = lay(tmp_path / "own", {"locales/es/LC_MESSAGES/web.po": gap, CATALOG: SPANISH})
    client = TestClient(application(root, Settings(cache_dir=tmp_path / "cache", date=DAY, workers=1)))

    text = client.get("/", params={"ui": "es"}, headers={"host": "localhost"}).text

    assert '<html lang="en" dir="ltr">' in text
    assert 'hreflang="es"' not in text


def test_no_handout_is_made_anew_because_the_page_of_staff_has_changed() -> None:
    """A new colour of a button would void every file that was made."""
    job = Job("", SHIPPED, "ar", Audience.FAMILY, Paper.A4, Format.PDF, Size.STANDARD, Kind.HANDOUT, None, None, None)

    names = Inputs(Project()).names_of(job)

    assert "templates/handout.html.jinja" in names
    assert [name for name in names if name.startswith("templates/web/")] == []
