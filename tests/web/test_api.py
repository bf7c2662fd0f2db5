from __future__ import annotations

import datetime
import hashlib
import io
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from PIL import Image
from starlette.testclient import TestClient

from handouts.web import application
from handouts.web.values import Settings
from tests import commands
from tests.commands import CATALOG, CONDITION, SHIPPED, lay, made
from tests.conftest import changed
from tests.web.conftest import DAY

if TYPE_CHECKING:
    from pathlib import Path

SPANISH = f"/handouts/{SHIPPED}/es/carrier.pdf"


@pytest.mark.parametrize(("tag", "audience", "paper"), [("es", "carrier", "a4"), ("ar", "family", "letter")])
def test_the_server_prints_the_bytes_of_the_command_line(
    drafts: TestClient, tag: str, audience: str, paper: str
) -> None:
    """What was cleared on one way is handed out on the other, and differs."""
    answer = drafts.get(f"/handouts/{SHIPPED}/{tag}/{audience}.pdf", params={"paper": paper})

    assert answer.status_code == 200
    assert answer.content == made(tag, audience, paper).pdf


def test_a_file_says_what_it_is(drafts: TestClient) -> None:
    """A browser saves "family.pdf" a hundred times over, and a proxy serves Arabic for Spanish."""
    answer = drafts.get(SPANISH)

    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-language"] == "es"
    assert answer.headers["etag"] == f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    assert answer.headers["x-handout-stage"] == "draft"
    kind, plain, name = answer.headers["content-disposition"].split("; ")
    assert (kind, plain) == ("inline", f'filename="{SHIPPED}-es-carrier.pdf"')
    assert unquote(name) == "filename*=UTF-8''Síndrome de hiper-IgM ligado al cromosoma X (es, carrier).pdf"


def test_the_skeleton_answers(strict: TestClient) -> None:
    """Whoever watches over the server restarts it for nothing."""
    assert strict.get("/health").json()["status"] == "ok"
    assert strict.get("/ready").status_code == 200


def test_a_browser_that_has_the_file_is_not_sent_it_again(drafts: TestClient) -> None:
    """The clinic's slow line carries the same pages all day."""
    first = drafts.get(SPANISH)
    etag, made_on = first.headers["etag"], first.headers["last-modified"]

    for headers in ({"If-None-Match": etag}, {"If-None-Match": f'W/{etag}, "x"'}, {"If-Modified-Since": made_on}):
        again = drafts.get(SPANISH, headers=headers)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    for headers in ({"If-None-Match": '"x"'}, {"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"}):
        assert drafts.get(SPANISH, headers=headers).status_code == 200
    both = {"If-None-Match": '"x"', "If-Modified-Since": made_on}
    assert drafts.get(SPANISH, headers=both).status_code == 200
    in_two_lines = [("If-None-Match", '"x"'), ("If-None-Match", etag)]
    assert drafts.get(SPANISH, headers=in_two_lines).status_code == 304


@pytest.mark.parametrize(
    "date",
    [
        "Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
        "Mon, 01 Jan 2024 99999999999999999999:00:00 GMT",
        "Mon, 01 Jan 2099 00:00:00 -0000 GMT",
    ],
)
def test_a_date_that_is_none_is_overlooked(drafts: TestClient, date: str) -> None:
    """A scanner, or a proxy with a broken clock, is told that the server made a mistake, and staff that it is down."""
    whole = drafts.get(SPANISH).content

    for headers in ({"If-Modified-Since": date}, {"Range": "bytes=0-9", "If-Range": date}):
        answer = drafts.get(SPANISH, headers=headers)
        assert (answer.status_code, answer.content) == (200, whole)


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [
        ("bytes=0-99", 0, 99),
        ("Bytes=0-99", 0, 99),
        ("bytes=100-", 100, -1),
        ("bytes=-50", -50, -1),
        ("bytes=0-999999999", 0, -1),
        (f"BYTES=0-{'9' * 50}", 0, -1),
    ],
)
def test_a_part_of_a_file_is_that_part(drafts: TestClient, wanted: str, first: int, last: int) -> None:
    """A viewer that reads page by page, or goes on after a break, puts together a broken file."""
    whole = drafts.get(SPANISH)
    part = drafts.get(SPANISH, headers={"Range": wanted})

    expected = whole.content[first:] if last == -1 else whole.content[first : last + 1]
    start = len(whole.content) - len(expected) if last == -1 else first
    assert (part.status_code, part.content) == (206, expected)
    told = f"bytes {start}-{start + len(expected) - 1}/{len(whole.content)}"
    assert part.headers["content-range"] == told
    assert part.headers["content-length"] == str(len(expected))


@pytest.mark.parametrize("wanted", ["bytes=0-1,5-6", "pages=1-2", "bytes=5-2", "bytes=-", "x"])
def test_a_range_that_is_none_is_overlooked(drafts: TestClient, wanted: str) -> None:
    """RFC 9110, 14.2: what can't be understood is answered in whole."""
    answer = drafts.get(SPANISH, headers={"Range": wanted})

    assert (answer.status_code, answer.content) == (200, drafts.get(SPANISH).content)


@pytest.mark.parametrize("wanted", ["bytes=99999999-", "bytes=-0"])
def test_a_range_behind_the_end_is_refused_with_the_length(drafts: TestClient, wanted: str) -> None:
    """A viewer asks for ever."""
    answer = drafts.get(SPANISH, headers={"Range": wanted})

    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(drafts.get(SPANISH).content)}"


def test_a_part_of_another_file_is_answered_with_the_whole(drafts: TestClient) -> None:
    """Half of yesterday's handout is joined to half of today's."""
    whole = drafts.get(SPANISH)
    for only_if in (whole.headers["etag"], whole.headers["last-modified"]):
        assert drafts.get(SPANISH, headers={"Range": "bytes=0-9", "If-Range": only_if}).status_code == 206
    for only_if in ('"x"', "Sat, 01 Jan 2000 00:00:00 GMT", f"W/{whole.headers['etag']}"):
        assert drafts.get(SPANISH, headers={"Range": "bytes=0-9", "If-Range": only_if}).status_code == 200


def test_head_says_what_get_says_without_the_file(drafts: TestClient) -> None:
    """A program that only looks whether a file is new downloads it each time."""
    got = drafts.get(SPANISH)
    for asked in ({}, {"Range": "bytes=0-9"}):  # RFC 9110, 14.2: parts are GET's alone
        head = drafts.head(SPANISH, headers=asked)

        assert (head.status_code, head.content) == (200, b"")
        assert dict(head.headers) | {"date": ""} == dict(got.headers) | {"date": ""}


def test_a_file_is_never_younger_than_its_answer(tmp_path: Path) -> None:
    """RFC 9110, 8.8.2.1: a store between takes a file from the future for a fault of the clock, and keeps none."""
    settings = Settings(allow_drafts=True, cache_dir=tmp_path, date=DAY, workers=1)
    with TestClient(application(None, settings), base_url="http://localhost") as fresh:
        answer = fresh.get(SPANISH)

    made, sent = (parsedate_to_datetime(answer.headers[name]) for name in ("last-modified", "date"))
    assert made <= sent
    assert (datetime.datetime.now(datetime.UTC) - made).total_seconds() < 60


def test_who_wants_another_state_of_the_file_is_not_given_this_one(drafts: TestClient) -> None:
    """RFC 9110, 13.1.1: a viewer that goes on with an older handout gets the pages of a newer one."""
    whole = drafts.get(SPANISH)
    etag, made_on = whole.headers["etag"], whole.headers["last-modified"]
    long_ago = "Sat, 01 Jan 2000 00:00:00 GMT"

    for headers in ({"If-Match": f'"x", {etag}'}, {"If-Match": "*"}, {"If-Unmodified-Since": made_on}):
        assert drafts.get(SPANISH, headers=headers).content == whole.content
    for headers in ({"If-Match": '"x"'}, {"If-Match": f"W/{etag}"}, {"If-Unmodified-Since": long_ago}):
        answer = drafts.get(SPANISH, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (412, "precondition-failed")
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/handouts/nothing/en/family.pdf", 404, "unknown-condition"),
        (f"/handouts/{SHIPPED}/pl/family.pdf", 404, "unknown-language"),
        (f"/handouts/{SHIPPED}/qps-ploc/family.pdf", 404, "unknown-language"),
        (f"/handouts/{SHIPPED}/en/doctors.pdf", 404, "bad-parameter"),
        (f"/handouts/{SHIPPED}/en/family.doc", 404, "bad-parameter"),
        ("/handouts/huntington-disease/en/carrier.pdf", 404, "unknown-edition"),
        (f"/handouts/{SHIPPED}/en/family.pdf?brand=nobody", 404, "unknown-brand"),
        (f"/handouts/{SHIPPED}/en/family.pdf?place=QQ", 400, "unknown-place"),
        (f"/handouts/{SHIPPED}/en/family.txt?size=large", 400, "options-conflict"),
        (f"/handouts/{SHIPPED}/en/family.pdf?bilingual=en", 400, "options-conflict"),
        (f"/handouts/{SHIPPED}/en/family.pdf?paper=a5", 400, "bad-parameter"),
        (f"/handouts/{SHIPPED}/en/family.pdf?papier=a4", 400, "bad-parameter"),
        (f"/handouts/{SHIPPED}/en/family.pdf?paper=a4&paper=letter", 400, "bad-parameter"),
        ("/nothing", 404, "not-found"),
    ],
)
def test_trouble_is_told_as_a_problem(drafts: TestClient, path: str, status: int, code: str) -> None:
    """A program shows its user "error". Source: RFC 9457."""
    answer = drafts.get(path)

    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    told = answer.json()
    assert (told["status"], told["code"], told["type"]) == (status, code, f"urn:handouts:problem:{code}")
    assert told["detail"]


def test_a_draft_is_refused_by_a_server_that_was_not_told_to_print_drafts(strict: TestClient) -> None:
    """What nobody has reviewed looks reviewed."""
    answer = strict.get(SPANISH)

    assert (answer.status_code, answer.json()["code"]) == (403, "draft-refused")
    assert strict.get(SPANISH).json() == answer.json()
    assert strict.get(f"/handouts/{SHIPPED}/en/family.txt").status_code == 200


def test_the_first_page_is_a_picture_of_the_first_page(drafts: TestClient) -> None:
    """Staff look at one handout and print another."""
    answer = drafts.get(f"{SPANISH}/first-page.png")

    with Image.open(io.BytesIO(answer.content)) as picture:
        assert (answer.headers["content-type"], picture.format) == ("image/png", "PNG")
        assert abs(picture.height / picture.width - 297 / 210) < 0.01
    assert answer.headers["content-language"] == "es"


def test_every_kind_of_file_is_in_the_languages_that_it_says(drafts: TestClient) -> None:
    """A copy in two languages is read out in one."""
    both = drafts.get(f"/handouts/{SHIPPED}/ar/family.html", params={"bilingual": "en"})
    text = drafts.get(f"/handouts/{SHIPPED}/ar/family.txt", params={"download": "true"})

    assert both.headers["content-language"] == "ar, en"
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    assert text.headers["content-disposition"].startswith("attachment; ")


def test_what_is_broken_is_listed_and_never_taken_for_absent(tmp_path: Path) -> None:
    """A program takes a condition with a slip in its file for one that was withdrawn, and drops its links."""
    root = lay(tmp_path / "own", {"conditions/other.yaml": "id: [", "brands/north/brand.toml": "name = ["})
    client = TestClient(application(root, Settings(cache_dir=tmp_path / "cache", date=DAY, workers=1)))
    local = {"host": "localhost"}

    told = client.get("/api/broken", headers=local).json()
    one = client.get("/api/conditions/other", headers=local)

    assert told == [{"kind": "condition", "id": "other"}, {"kind": "brand", "id": "north"}]
    assert (one.status_code, one.headers["content-type"]) == (500, "application/problem+json")
    assert one.json()["code"] == "yaml-syntax"
    assert str(tmp_path) not in one.text
    assert client.get("/api/conditions/others", headers=local).status_code == 404


def test_an_edition_that_is_not_translated_to_its_end_is_listed_as_such(tmp_path: Path) -> None:
    """A program takes a language for finished, and a family is sent to nothing."""
    gap = changed(commands.SPANISH, "Lo más importante", "")
    root = lay(tmp_path / "own", {"conditions/small-condition.yaml": CONDITION, CATALOG: gap})
    client = TestClient(application(root, Settings(cache_dir=tmp_path / "cache", date=DAY, workers=1)))

    listed = client.get("/api/conditions/small-condition", headers={"host": "localhost"}).json()
    (spanish,) = (each for each in listed["languages"] if each["language"] == "es")

    assert [(each["title"], each["refused"]) for each in spanish["handouts"]] == [(None, "unfinished")]
