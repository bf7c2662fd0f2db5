"""Small pages that show each fault of the plain engine: right with our patches, and still wrong without them.

The tests of the plain engine are expected to fail. When one passes, upstream has mended the fault: its patch can go.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from weasyprint import CSS, HTML

from handouts.model.artifacts import Html, Pdf
from handouts.problems import HandoutsError
from handouts.project import Project
from handouts.typeset import MissingGlyphsError, engine, typeset
from handouts.typeset.fidelity import guard
from handouts.verify import heard
from handouts.verify.tag_reader import Tag, read_pdf

if TYPE_CHECKING:
    from pathlib import Path

FONTS = Project().fonts()

NARROW = "<style>p { width: 4em }</style>"
LONG = " ".join(["one two three four five six seven eight nine ten."] * 90)

# name -> (language, direction, body, blocks heard)
FAULTS: dict[str, tuple[str, str, str, list[str]]] = {
    "space at a line end": ("en", "ltr", f"{NARROW}<p>with good reason</p>", ["with good reason"]),
    "forced break": ("en", "ltr", "<p>one<br>two</p>", ["one two"]),
    "automatic hyphen": (
        "en",
        "ltr",
        "<style>p { width: 5em; hyphens: auto }</style><p>extraordinarily uncomplicated</p>",
        ["extraordinarily uncomplicated"],
    ),
    "soft hyphen": ("en", "ltr", f"{NARROW}<p>immuno&shy;globulin</p>", ["immunoglobulin"]),
    "same glyphs, other text": ("hi", "ltr", "<p>सिर सही</p>", ["सिर सही"]),
    "lam-alef and marks": ("ar", "rtl", "<p>لا تُلام على ذلك</p>", ["لا تُلام على ذلك"]),
    "Nastaliq": ("ur", "rtl", "<p>آپ کا بچہ بیمار نہیں ہے</p>", ["آپ کا بچہ بیمار نہیں ہے"]),
    "paragraph across pages": ("en", "ltr", f"<p>{LONG}</p>", [LONG]),
    "table head repeated": (
        "en",
        "ltr",
        "<table><thead><tr><th>Head</th></tr></thead><tbody>"
        + "".join(f"<tr><td>row {n}</td></tr>" for n in range(90))
        + "</tbody></table>",
        ["Head", *(f"row {n}" for n in range(90))],
    ),
}

# Right in the plain engine too, today.
OTHERS = {
    "conjuncts": ("bn", "ltr", "<p>স্বাস্থ্য কেন্দ্র ক্ষতি</p>", ["স্বাস্থ্য কেন্দ্র ক্ষতি"]),
    "coeng": ("km", "ltr", "<p>ក្រុមគ្រួសារ ស្ត្រី</p>", ["ក្រុមគ្រួសារ ស្ត្រី"]),
}


def page(language: str, direction: str, body: str) -> Html:
    head = '<meta charset="utf-8"><title>Page</title>'
    return Html(
        f'<!DOCTYPE html><html lang="{language}" dir="{direction}"><head>{head}</head><body>{body}</body></html>'
    )


@cache
def ours(html: Html) -> Pdf:
    return typeset(html, FONTS, "page").pdf


def plain(html: Html) -> Pdf:
    configuration = engine._fonts_of(FONTS)  # noqa: SLF001  the same fonts, without the patches
    root = HTML(string=html.markup)
    sheet = CSS(string=engine._default_type(root.etree_element))  # noqa: SLF001  and the same type
    return Pdf(root.write_pdf(font_config=configuration, stylesheets=[sheet], pdf_variant="pdf/ua-1"))


def words(pdf: Pdf) -> list[str]:
    return [block.text for block in heard(pdf)]


def tags(pdf: Pdf, role: str) -> list[Tag]:
    return [tag for tag in read_pdf(pdf.data).root.walk() if tag.role == role]


@pytest.mark.parametrize("fault", [*FAULTS, *OTHERS])
def test_the_words_are_heard_as_they_are_written(fault: str) -> None:
    """A listener hears another word, or two words as one."""
    language, direction, body, wanted = (FAULTS | OTHERS)[fault]

    assert words(ours(page(language, direction, body))) == wanted


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.xfail(strict=True, reason="WeasyPrint 70.0 without our patches; when this passes, delete the patch")
def test_the_plain_engine_has_mended_it(fault: str) -> None:
    """A patch that nobody needs is only a risk."""
    language, direction, body, wanted = FAULTS[fault]

    assert words(plain(page(language, direction, body))) == wanted


def test_an_element_that_crosses_a_page_is_one_tag() -> None:
    """A paragraph, a list or a table that is heard as two sounds like two."""
    items = "".join(f"<li>item {n}</li>" for n in range(80))
    pdf = ours(page("en", "ltr", f"<p>{LONG}</p><ul>{items}</ul>{FAULTS['table head repeated'][2]}"))

    assert read_pdf(pdf.data).pages > 3
    assert [len(tags(pdf, role)) for role in ("P", "L", "LI", "Table", "THead", "TH")] == [1, 1, 80, 1, 1, 1]


def test_passages_in_other_languages_say_so() -> None:
    """An English name read by an Arabic voice is noise."""
    pdf = ours(page("ar", "rtl", '<p>مرض <span lang="en" dir="ltr">hyper IgM</span> نادر</p>'))

    (block,) = heard(pdf)
    assert block.stretches == (("مرض", "ar"), ("hyper IgM", "en"), ("نادر", "ar"))
    assert read_pdf(pdf.data).direction == "R2L"


def test_links_say_their_words_once_and_are_printed() -> None:
    """A link that tells its address spells out forty letters."""
    pdf = ours(page("en", "ltr", '<p>See <a href="https://example.org/x">the <b>whole</b> page</a>.</p>'))

    (link,) = read_pdf(pdf.data).links
    assert (link["contents"], link["printed"], link["tagged"]) == ("the whole page", True, True)
    assert words(pdf) == ["See the whole page."]


def test_lists_tables_and_abbreviations_keep_their_structure() -> None:
    """Without it a listener can't tell an item from a sentence, or which column a cell is in."""
    body = (
        "<ul><li><p>one</p></li><li>two<ul><li>three</li></ul></li></ul><dl><dt>gene</dt><dd>an instruction</dd></dl>"
        '<table><tr><th scope="col">A</th></tr><tr><th scope="row">B</th></tr></table>'
        '<p><abbr title="intravenous immunoglobulin">IVIG</abbr></p>'
    )
    pdf = ours(page("en", "ltr", body))

    assert words(pdf) == ["one", "two", "three", "gene", "an instruction", "A", "B", "IVIG"]
    assert all({kid.role for kid in li.kids if isinstance(kid, Tag)} <= {"Lbl", "LBody"} for li in tags(pdf, "LI"))
    assert [a["/Scope"] for th in tags(pdf, "TH") for a in th.attributes] == ["/Column", "/Row"]
    assert [tag.expansion for tag in tags(pdf, "Span") if tag.expansion] == ["intravenous immunoglobulin"]


def test_bold_inside_a_word_keeps_it_whole() -> None:
    """Emphasis that puts a gap into a word turns it into two."""
    assert words(ours(page("en", "ltr", "<p>un<b>believ</b>able <b>and</b> true</p>"))) == ["unbelievable and true"]


def test_page_furniture_is_not_content() -> None:
    """A page number read out in the middle of a sentence."""
    foot = "<style>@page { @bottom-center { content: 'foot ' counter(page) } }</style>"
    read = read_pdf(ours(page("en", "ltr", f"{foot}<p>{LONG}</p>")).data)

    assert [block.text for block in heard(ours(page("en", "ltr", f"{foot}<p>{LONG}</p>")))] == [LONG]
    assert all("foot" in "".join(text.artifacts) and not text.stray for text in read.page_texts)


def test_a_character_that_no_font_has_is_an_error_that_names_it() -> None:
    """An empty box where a word should be."""
    with pytest.raises(MissingGlyphsError) as error:
        typeset(page("en", "ltr", "<p>\U00013000</p>"), FONTS, "page")

    assert "U+13000" in error.value.problems[0].message


@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://127.0.0.1:9/x.png", "relative.png"])
def test_nothing_is_fetched(url: str) -> None:
    """A page from a stranger reads a file of the clinic's."""
    with pytest.raises(HandoutsError) as error:
        typeset(page("en", "ltr", f'<p>x<img alt="x" src="{url}"></p>'), FONTS, "page")

    assert {problem.code for problem in error.value.problems} == {"fetch-refused"}


def test_a_font_folder_without_its_list_is_refused(tmp_path: Path) -> None:
    """Without it the machine's own fonts would come in, and the page differs from machine to machine."""
    with pytest.raises(HandoutsError, match="font-missing"):
        typeset(page("en", "ltr", "<p>x</p>"), tmp_path, "page")


def test_an_engine_that_has_changed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A patch on an unknown engine garbles words and says nothing."""
    monkeypatch.setattr(guard, "RELIED_ON", ((guard.digest_of, "0" * 16),))

    with pytest.raises(HandoutsError, match="engine-unknown"):
        guard.refuse_unknown_engine.__wrapped__()


SCRIPTS = {
    "en": "abcdefgimnorstuvwyzfl",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "vi": "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạếềểễệ",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأةى",
    "he": "אבגדהוזחטיכלמנסעפצקרשתםןףךץ",
    "hi": "अआइईउएकखगघचजटडणतदधनपबभमयरलवशसहािीुूेैोौंँ्",
    "ta": "அஆஇஈஉஎகஙசஞடணதநபமயரலவழளறனாிீுூெேைொோௌ்",
    "th": "กขคงจฉชซญดตถทธนบปพฟภมยรลวศสหอะาิีึืุูเแโใไ่้",
    "ko": "가나다라마바사아자차카타파하강년동물산",
    "zh-Hans": "的一是在不了有和人这中大为上个国我以要他",
}


@pytest.mark.parametrize("tag", SCRIPTS)
@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_words_of_a_script_survive(tag: str, data: st.DataObject) -> None:
    """The words that nobody thought of are the ones that a parent reads."""
    word = st.text(alphabet=SCRIPTS[tag], min_size=1, max_size=8)
    text = " ".join(data.draw(st.lists(word, min_size=1, max_size=12)))
    direction = "rtl" if tag in {"ar", "he"} else "ltr"
    html = page(tag, direction, f"<style>p {{ width: 12em }}</style><p>{text}</p>")

    assert words(typeset(html, FONTS, "page").pdf) == [" ".join(text.split())]
