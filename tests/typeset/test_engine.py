"""The engine's door: what it refuses, what it tells, and that it depends on nothing but the page."""

from __future__ import annotations

import base64
import contextlib
import io
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest

from handouts.model.artifacts import Html
from handouts.problems import HandoutsError, Location, Problem, Severity
from handouts.typeset import MissingGlyphsError, typeset
from tests.commands import CHECKOUT
from tests.typeset.pages import FONTS, made, page, read

if TYPE_CHECKING:
    from collections.abc import Iterator

STRANGER = "wordsofastranger"
STRANGER_DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="20">'
    f'<text y="15" font-family="Noto Sans">{STRANGER}</text></svg>'
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'


def drawn(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


# What asks for something from outside, by name: (body, style).
ASKING = {
    "img": ('<img alt="x" src="{url}">', ""),
    "stylesheet": ('<link rel="stylesheet" href="{url}">', ""),
    "import": ("", '@import "{url}";'),
    "background": ("<p>a</p>", "p {{ background: url({url}) }}"),
    "content": ("<p>a</p>", "p::before {{ content: url({url}) }}"),
    "list-style-image": ("<ul><li>a</ul>", "ul {{ list-style-image: url({url}) }}"),
    "svg-image": (f'{SVG}<title>t</title><image href="{{url}}" width="9" height="9"/></svg>', ""),
    "object": ('<object data="{url}"></object>', ""),
    "embed": ('<embed src="{url}">', ""),
    "attachment": ('<link rel="attachment" href="{url}"><p>a</p>', ""),
    "base": ('<base href="{url}"><img alt="x" src="secret.svg">', ""),
    "data-svg-image": (drawn(f'{SVG}<image href="URL" width="9" height="9"/></svg>'), ""),
    "data-svg-import": (drawn(f'{SVG}<style>@import "URL";</style><rect width="3" height="3"/></svg>'), ""),
}
QUIETLY_NOT_FETCHED = {
    "font-face": ("<p>a</p>", "@font-face {{ font-family: X; src: url({url}) }} p {{ font-family: X }}"),
    "svg-use": (f'{SVG}<title>t</title><use href="{{url}}#a"/></svg>', ""),
    "iframe": ('<iframe src="{url}"></iframe>', ""),
    "data-svg-entity": (
        drawn(f'<!DOCTYPE svg [<!ENTITY e SYSTEM "URL">]>{SVG}<title>t</title><text>&e;</text></svg>'),
        "",
    ),
}


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[str, list[str]]]:
    """The address of the secret drawing on this machine's network, and the requests that came for it."""
    asked: list[str] = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(STRANGER_DRAWING.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/secret.svg", asked
    server.shutdown()
    server.server_close()
    thread.join()


def asking_for(url: str, body: str, style: str) -> str:
    if body.startswith("data:"):
        svg = base64.b64decode(body.partition(",")[2]).decode().replace("URL", url)
        return page(f'<img alt="x" src="{drawn(svg)}">')
    return page(body.format(url=url), style=style.format(url=url))


def told(markup: str) -> tuple[Problem, ...]:
    """What is told of a page that must not show the secret, refused or not."""
    try:
        done = typeset(Html(markup), FONTS, "page.html")
    except HandoutsError as error:
        return error.problems
    assert STRANGER.encode() not in unfolded(done.pdf.data)
    assert all(STRANGER not in text for text in drawn_texts(done.pdf.data))
    return done.problems


def unfolded(data: bytes) -> bytes:
    """All the streams of a PDF, unpacked."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return b"\n".join(thing.read_bytes() for thing in pdf.objects if isinstance(thing, pikepdf.Stream))


def drawn_texts(data: bytes) -> list[str]:
    """All that is drawn on the pages, heard or not."""
    texts = read(data).page_texts
    return [text for found in texts for text in (*found.by_mcid.values(), *found.artifacts, *found.stray)]


def test_the_secret_would_be_seen_if_it_were_on_the_page() -> None:
    """The tests below look for it, and would find nothing wherever it stood."""
    data = typeset(Html(page(f'<img alt="x" src="{drawn(STRANGER_DRAWING)}">')), FONTS, "page.html").pdf.data

    assert any(STRANGER in text for text in drawn_texts(data))


ONE_PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5"
    "ErkJggg=="
)


def test_a_picture_of_points_that_stands_in_the_page_is_printed() -> None:
    """An organization's logo is an empty box on every page that it pays for."""
    done = typeset(Html(page(f'<img alt="A dot" src="{ONE_PIXEL}">')), FONTS, "page.html")

    with pikepdf.open(io.BytesIO(done.pdf.data)) as pdf:
        assert [str(picture.Subtype) for picture in pdf.pages[0].get_images(recursive=True).values()] == ["/Image"]
    assert done.problems == ()


@pytest.mark.parametrize("kind", ["image/gif", "text/html", "text/css", "image/svg+xml;utf8"])
def test_only_two_kinds_of_picture_may_stand_in_a_page(kind: str) -> None:
    """A reader of some rare kind of picture is a door that nobody watches."""
    problems = told(page(f'<img alt="x" src="data:{kind},R0lGODlhAQABAIAAAAUEBA==">'))

    assert {p.code for p in problems} == {"fetch-refused"}


@pytest.mark.parametrize("name", ASKING)
def test_a_page_that_asks_for_a_file_is_refused(name: str, tmp_path: Path) -> None:
    """A page from a stranger prints what only the clinic's own machine may read."""
    (tmp_path / "secret.svg").write_text(STRANGER_DRAWING)

    problems = told(asking_for((tmp_path / "secret.svg").as_uri(), *ASKING[name]))

    assert {(p.code, str(p.where)) for p in problems if p.severity is Severity.ERROR} == {
        ("fetch-refused", "page.html")
    }


@pytest.mark.parametrize("name", ASKING)
def test_a_page_that_asks_the_network_is_refused(name: str, served: tuple[str, list[str]]) -> None:
    """Who reads about which illness is told to a server that nobody chose."""
    url, asked = served

    problems = told(asking_for(url, *ASKING[name]))

    assert "fetch-refused" in {p.code for p in problems if p.severity is Severity.ERROR}
    assert asked == []


@pytest.mark.parametrize("name", QUIETLY_NOT_FETCHED)
def test_what_the_engine_passes_over_is_not_fetched_either(
    name: str, tmp_path: Path, served: tuple[str, list[str]]
) -> None:
    """A way in that nobody refuses is the one that is used."""
    (tmp_path / "secret.svg").write_text(STRANGER_DRAWING)
    url, asked = served

    told(asking_for((tmp_path / "secret.svg").as_uri(), *QUIETLY_NOT_FETCHED[name]))
    told(asking_for(url, *QUIETLY_NOT_FETCHED[name]))

    assert asked == []


def test_a_file_beside_the_page_is_not_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page would look right where it was written and lack its pictures at the clinic."""
    (tmp_path / "secret.svg").write_text(STRANGER_DRAWING)
    monkeypatch.chdir(tmp_path)

    problems = told(page('<p>a</p><img alt="x" src="secret.svg">'))

    assert any("secret.svg" in problem.message for problem in problems)


def test_a_drawing_in_the_page_itself_is_drawn() -> None:
    """The handouts' own shapes are such drawings: a refusal too many and they are gone."""
    done = typeset(Html(page(f'<img alt="x" src="{drawn(SVG + "</svg>")}">')), FONTS, "page.html")

    assert done.problems == ()


# ----------------------------------------------------------------------------------------------- missing


def test_a_character_that_no_font_has_is_named() -> None:
    """An empty box stands where a word was, and nobody is told which."""
    with pytest.raises(MissingGlyphsError) as caught:
        typeset(Html(page("<p>a \U00013000 b \U00013000 and \u2e80</p>")), FONTS, "page.html")

    assert caught.value.characters == ("\U00013000", "\u2e80")
    assert [(p.code, p.where) for p in caught.value.problems] == [("missing-glyph", Location("page.html"))] * 2
    first, second = (p.message for p in caught.value.problems)
    assert "'\U00013000'" in first
    assert "U+13000" in first
    assert "U+2E80" in second


def test_a_missing_character_is_told_beside_what_else_is_wrong(tmp_path: Path) -> None:
    """One mistake is mended, the page made again, and only then is the next one told."""
    url = (tmp_path / "secret.svg").as_uri()

    with pytest.raises(HandoutsError) as caught:
        typeset(Html(page(f'<p>\U00013000</p><img alt="x" src="{url}">')), FONTS, "page.html")

    assert {p.code for p in caught.value.problems} == {"missing-glyph", "fetch-refused"}


@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\ue000", "\x07", "\u0378"])
def test_a_character_that_nobody_can_see_is_refused(character: str) -> None:
    """A hidden control turns a dose around on the page, and the file looks right in an editor."""
    with pytest.raises(HandoutsError) as caught:
        typeset(Html(page(f"<p>a{character}b</p>")), FONTS, "page.html")

    assert {p.code for p in caught.value.problems} == {"hidden-character"}


def test_what_the_engine_complains_of_is_a_warning() -> None:
    """A slip in a template is never seen, and the page is a little wrong for years."""
    done = typeset(Html(page("<p>a</p>", style="p { colour: red }")), FONTS, "page.html")

    (problem,) = done.problems
    assert (problem.code, problem.severity) == ("engine", Severity.WARNING)
    assert "colour" in problem.message


# ------------------------------------------------------------------------------------------ the same bytes


def test_the_same_page_gives_the_same_bytes_whatever_was_made_before() -> None:
    """A file that changes for no reason can't be approved, compared or kept by its sum."""
    markup = page('<h1>सिर सही</h1><p>office <b>bold</b> <a href="https://example.org/">link</a></p>', "hi")

    first = typeset(Html(markup), FONTS, "page").pdf.data
    typeset(Html(page("<p>لا تُلام</p>", "ar")), FONTS, "page")
    with contextlib.suppress(HandoutsError):
        typeset(Html(page("<p>\U00013000</p>")), FONTS, "page")
    second = typeset(Html(markup), FONTS, "page").pdf.data

    assert first == second


# ------------------------------------------------------------------------------------------------- fonts


def fonts_in(data: bytes) -> set[str]:
    """The names of the fonts embedded in a PDF, without the letters that mark a subset."""
    fonts = read(data).reader.fonts.values()
    assert all(font.embedded for font in fonts)
    return {font.name.partition("+")[2] for font in fonts}


@pytest.mark.parametrize(
    ("tag", "text", "family"),
    [
        ("en", "words", "Noto-Sans"),
        ("ru", "слова", "Noto-Sans"),
        ("hi", "शब्द", "Noto-Sans-Devanagari"),
        ("ar", "كلمات", "Noto-Naskh-Arabic"),
        ("fa", "واژه‌ها", "Noto-Naskh-Arabic"),
        ("ur", "الفاظ", "Noto-Nastaliq-Urdu"),
        ("th", "คำ", "Noto-Sans-Thai"),
        ("ko", "낱말", "Noto-Sans-KR"),
        ("ja", "言葉", "Noto-Sans-JP"),
        ("zh-Hans", "词语", "Noto-Sans-SC"),
        ("zh-Hant", "詞語", "Noto-Sans-TC"),
    ],
)
def test_a_page_that_names_no_font_is_set_in_that_of_its_language(tag: str, text: str, family: str) -> None:
    """A Japanese reader gets the Chinese shape of a letter, an Urdu reader the Arabic hand."""
    assert fonts_in(made(page(f"<p>{text}</p>", tag))) == {family}


def test_a_passage_in_another_language_is_set_in_the_font_of_that() -> None:
    """The Latin name on an Arabic page comes out in boxes, or in another hand."""
    body = '<p>كلمات <span lang="hi">शब्द</span> <span lang="ur">الفاظ</span></p>'

    assert fonts_in(made(page(body, "ar"))) >= {"Noto-Naskh-Arabic", "Noto-Sans-Devanagari", "Noto-Nastaliq-Urdu"}


def test_a_page_may_name_a_font_of_ours() -> None:
    """A designer's choice is overruled without a word."""
    markup = page("<p>2026</p>", style="p { font-family: 'Noto Sans Thai' }")

    assert fonts_in(made(markup)) == {"Noto-Sans-Thai"}


@pytest.mark.parametrize("family", ["DejaVu Sans", "serif", "monospace", "Liberation Sans", "system-ui", "Arial"])
def test_fonts_of_the_machine_never_get_into_a_page(family: str) -> None:
    """The same page looks another way on each machine, in a font whose licence nobody read."""
    markup = page("<p>words слова शब्द</p>", style=f"p {{ font-family: '{family}', {family.replace(' ', '-')} }}")

    names = fonts_in(made(markup))

    assert names
    assert {name for name in names if not name.startswith("Noto-Sans")} == set()


# --------------------------------------------------------------------------------- language and direction


def catalog(data: bytes) -> tuple[str, str]:
    """The document's language and direction, as a viewer finds them."""
    found = read(data)
    return found.language, found.direction


def html(attributes: str, body: str = "<body>") -> str:
    return f"<!DOCTYPE html><html {attributes}><head><title>T</title></head>{body}<p>a</p></body></html>"


@pytest.mark.parametrize(
    ("markup", "language", "direction"),
    [
        (html('lang="en"'), "en", "L2R"),
        (html('lang="es" dir="ltr"'), "es", "L2R"),
        (html('lang="ar" dir="rtl"'), "ar", "R2L"),
        (html('lang="he" dir="RTL"'), "he", "R2L"),
        (html('lang="ar"', '<body dir="rtl">'), "ar", "R2L"),
        (html('lang="ar" dir="rtl"', '<body dir="ltr">'), "ar", "R2L"),
        (html('lang="zh-Hant-TW" dir="ltr"'), "zh-Hant-TW", "L2R"),
    ],
)
def test_the_language_and_direction_of_the_page_are_those_of_the_document(
    markup: str, language: str, direction: str
) -> None:
    """A screen reader takes the wrong voice; a viewer shows an Arabic spread with its pages swapped."""
    assert catalog(made(markup)) == (language, direction)


def test_without_the_library_that_subsets_fonts_a_page_is_still_made() -> None:
    """On a machine that lacks one library, no handout is printed; the slow way is loaded only there."""
    program = """
import sys
from pathlib import Path
from handouts.model.artifacts import Html
from handouts.typeset import typeset

page = Html('<!DOCTYPE html><html lang="en" dir="ltr"><title>One</title><body><h1>Heard</h1></body></html>')
heavy = ("fontTools.subset", "fontTools.varLib.instancer")
typeset(page, Path("fonts"), "page.html")
print(*(name in sys.modules for name in heavy))
from weasyprint.pdf import fonts
fonts.harfbuzz_subset = None
done = typeset(page, Path("fonts"), "page.html")
print(heavy[0] in sys.modules, done.problems[0].message)
Path(sys.argv[1]).write_bytes(done.pdf.data)
"""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.pdf"
        run = subprocess.run([sys.executable, "-c", program, str(file)], cwd=CHECKOUT, capture_output=True, check=False)
        first, second = run.stdout.decode().splitlines()

        assert first == "False False", run.stderr.decode()
        assert second.startswith("True WeasyPrint: Using fontTools instead of HarfBuzz-Subset")
        assert [text for text in drawn_texts(file.read_bytes()) if text.strip()] == ["Heard"]


def test_what_is_wrong_with_a_style_is_told_of_every_page_that_has_it() -> None:
    """A style is read once for many pages, and from the second on nobody is told that a rule of it is not followed."""
    markup = page("<p>One</p>", style="p { colour: red }")

    told = [typeset(Html(markup), FONTS, name).problems for name in ("first.html", "second.html")]

    assert [[(problem.code, str(problem.where)) for problem in problems] for problems in told] == [
        [("engine", "first.html")],
        [("engine", "second.html")],
    ]
    assert "colour" in told[1][0].message


@pytest.mark.parametrize(
    "second", ["", "<style>h1 { color: green }</style>", '<style media="print">i { top: 0 }</style>']
)
def test_a_pages_own_style_goes_before_that_of_its_language(second: str) -> None:
    """A designer sets a heading in bold Thai, and every word of it comes in another typeface."""
    style = "html { font-family: 'Noto Sans'; line-height: 3 } p { color: #010203 }"
    markup = page("<p>One<br>two</p>", "th", style=style).replace("</head>", f"{second}</head>")

    done = typeset(Html(markup), FONTS, "page.html")

    with pikepdf.open(io.BytesIO(done.pdf.data)) as pdf:
        fonts = {str(thing.BaseFont).partition("+")[2] for thing in pdf.objects if "/BaseFont" in _entries(thing)}
    assert fonts == {"Noto-Sans"}
    assert b"0.003922 0.007843 0.011765 rg" in unfolded(done.pdf.data)


def _entries(thing: pikepdf.Object) -> set[str]:
    return set(thing.keys()) if isinstance(thing, pikepdf.Dictionary) else set()
