from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from handouts.verify import text_reader
from handouts.verify.text_reader import PageText, TextReader, TooLargeError
from tests.verify.pdfs import LATIN, Made, marked, shown


def text_of(made: Made) -> PageText:
    return TextReader().page(made.pdf.pages[0])


def said(cmap: str | None, codes: str) -> str:
    """What codes, in hexadecimal, say through a map to Unicode."""
    made = Made(f"/Span << /MCID 0 >> BDC BT /F 9 Tf <{codes}> Tj ET EMC".encode())
    made.font(cmap)
    return text_of(made).by_mcid.get(0, "")


@pytest.mark.parametrize(
    ("cmap", "codes", "text"),
    [
        ("2 beginbfchar <0001> <0061> <0002> <0062> endbfchar", "00010002", "ab"),
        ("1 beginbfchar <0001> <006600660069> endbfchar", "0001", "ffi"),
        ("1 beginbfchar <0001> <D835DC9C> endbfchar", "0001", "\U0001d49c"),
        ("1 beginbfchar\n<0001>\n<0061>\nendbfchar", "0001", "a"),
        ("1 beginbfchar < 00 01 > < 00 61 > endbfchar", "0001", "a"),
        ("1 beginbfchar<0001><0061>endbfchar 1 beginbfchar<0002><0062>endbfchar", "00010002", "ab"),
        ("1 beginbfrange <0010> <0012> <0061> endbfrange", "001000110012", "abc"),
        ("1 beginbfrange <0010> <0011> <00660061> endbfrange", "00100011", "fafb"),
        ("1 beginbfrange <0010> <0011> <D835DC9C> endbfrange", "00100011", "\U0001d49c\U0001d49d"),
        ("1 beginbfrange <0010> <0012> [<0061> <00660069> <0063>] endbfrange", "001000110012", "afic"),
        ("2 beginbfrange <0010> <0010> <0061> <0020> <0021> [<0078> <0079>] endbfrange", "001000200021", "axy"),
        ("1 beginbfchar <0001> <> endbfchar", "0001", ""),
        ("1 beginbfchar <0001> <006> endbfchar", "0001", "`"),  # as in any PDF string, the last digit is 0
    ],
)
def test_codes_say_what_the_fonts_map_says(cmap: str, codes: str, text: str) -> None:
    """The check that all words are heard would look for them in the wrong place."""
    assert said(cmap, codes) == text


def test_a_code_that_the_map_lacks_is_told() -> None:
    """A letter that nobody hears would go unnoticed."""
    made = Made(b"/Span << /MCID 0 >> BDC BT /F 9 Tf <000100020003> Tj ET EMC")
    made.font("1 beginbfchar <0002> <0061> endbfchar")
    reader = TextReader()

    found = reader.page(made.pdf.pages[0])

    assert found.by_mcid == {0: "\ufffda\ufffd"}
    (font,) = reader.fonts.values()
    assert (font.name, font.unknown, font.embedded) == ("F", {1, 3}, True)


@pytest.mark.parametrize(
    "cmap",
    [
        None,
        "garbage",
        "beginbfchar",
        "1 beginbfchar <zz> <0061> endbfchar",
        "1 beginbfchar <0001> [<0061>] endbfchar",
        "1 beginbfrange <0001> endbfrange",
        "1 beginbfrange <0001> <0002> [<0078 endbfrange",
        "\ufffd\x00\x01",
    ],
)
def test_a_map_that_makes_no_sense_says_nothing(cmap: str | None) -> None:
    """A damaged font would stop the check, or say what is not there."""
    assert set(said(cmap, "00010002")) == {"\ufffd"}


def test_a_map_may_not_say_halves_of_characters() -> None:
    """They can't be printed, and the command would end in a traceback."""
    text = said(
        "1 beginbfrange <0001> <0010> <D7FE> endbfrange 1 beginbfchar <0020> <D800> endbfchar", "0001000300040020"
    )

    assert text == "\ud7fe\ufffd\ufffd\ufffd"
    assert text.encode()


def test_a_map_may_not_go_beyond_the_last_character() -> None:
    """A range that runs over is no reason to stop."""
    assert said("1 beginbfrange <0000> <ffff> <DBFFDFFF> endbfrange", "00000001") == "\U0010ffff\ufffd"


def test_a_map_that_unfolds_without_end_is_refused() -> None:
    """A few kilobytes keep the machine busy for an hour."""
    with pytest.raises(TooLargeError):
        said("999 beginbfrange " + "<0000> <ffff> <0041> " * 999 + "endbfrange", "0001")


def test_text_goes_to_its_marked_content() -> None:
    """Words under the wrong tag are heard in another place."""
    made = Made(marked(0, "one") + marked(7, "two") + marked(0, "again"))
    made.font(LATIN)

    assert text_of(made).by_mcid == {0: "oneagain", 7: "two"}


def test_inner_marks_belong_to_the_content_around_them() -> None:
    """Half of a sentence would be lost where a program marked a word in it."""
    made = Made(b"/P << /MCID 3 >> BDC BT " + shown("a") + b"/Span BMC " + shown("b") + b"EMC ET EMC BT " + shown("c"))
    made.font(LATIN)

    found = text_of(made)

    assert found.by_mcid == {3: "ab"}
    assert found.stray == ["c"]


@pytest.mark.parametrize("operator", [b"Tj", b"'", b"0 0 3 -1 roll", b"TJ"])
def test_every_operator_that_shows_text_counts(operator: bytes) -> None:
    """Programs use whichever they like; a listener hears them all."""
    show = {
        b"Tj": b"<00610062> Tj",
        b"'": b"<00610062> '",
        b"0 0 3 -1 roll": b'1 2 <00610062> "',
        b"TJ": b"[<0061> -250 <0062> 3.5] TJ",
    }[operator]
    made = Made(b"/Span << /MCID 0 >> BDC BT /F 12 Tf " + show + b" ET EMC")
    made.font(LATIN)

    assert text_of(made).by_mcid == {0: "ab"}


def test_furniture_and_stray_text_are_told_apart() -> None:
    """Page numbers are meant to be silent; a paragraph that is silent is a fault."""
    made = Made(b"/Artifact BMC BT " + shown("head") + b"ET EMC BT " + shown("lost") + shown(" ") + b"ET")
    made.font(LATIN)

    found = text_of(made)

    assert (found.artifacts, found.stray, found.by_mcid) == (["head"], ["lost"], {})


def test_the_text_of_the_mark_goes_before_that_of_the_codes() -> None:
    """A reader that finds ActualText says that, and so must we."""
    made = Made(
        b"/Span << /MCID 0 /ActualText (outer) >> BDC BT "
        + shown("a")
        + b"/Span << /ActualText (inner) >> BDC "
        + shown("b")
        + b"EMC ET EMC "
        + marked(1, "c")
    )
    made.font(LATIN)

    assert text_of(made).by_mcid == {0: "outer", 1: "c"}


def test_a_mark_may_name_its_properties() -> None:
    """Some programs keep them in the page's resources, and all their words would be stray."""
    made = Made(b"/Span /M BDC BT " + shown("a") + b"ET EMC /Span /None BDC BT " + shown("b") + b"ET EMC")
    made.font(LATIN)
    made.page.Resources.Properties.M = Dictionary(MCID=5)

    found = text_of(made)

    assert (found.by_mcid, found.stray) == ({5: "a"}, ["b"])


def test_text_in_forms_is_read_with_the_forms_own_fonts() -> None:
    """A program that draws each page as a form would be told to have no words."""
    made = Made(b"/Span << /MCID 0 >> BDC q /X Do Q BT " + shown("b") + b"ET EMC")
    made.font(LATIN)
    inner = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Inner)
    inner.ToUnicode = made.pdf.make_stream(b"1 beginbfchar <0061> <007a> endbfchar")
    made.form(b"BT /F 9 Tf <0061> Tj ET", Font=Dictionary(F=inner))

    assert text_of(made).by_mcid == {0: "zb"}


def test_a_form_without_resources_uses_those_of_the_page() -> None:
    """Old programs write them so."""
    made = Made(b"/Span << /MCID 0 >> BDC /X Do EMC")
    made.font(LATIN)
    made.form(b"BT " + shown("a") + b"ET")

    assert text_of(made).by_mcid == {0: "a"}


@pytest.mark.parametrize("times", [1, 40])
def test_a_form_that_draws_itself_ends(times: int) -> None:
    """A few bytes keep the checker busy for ever, and the batch with it."""
    made = Made(b"/Span << /MCID 0 >> BDC /X Do EMC")
    made.font(LATIN)
    form = made.form(b"BT " + shown("a") + b"ET " + b"/X Do " * times)
    form.Resources = Dictionary(XObject=Dictionary(X=form), Font=made.page.Resources.Font)

    assert text_of(made).by_mcid == {0: "a"}


def test_forms_that_draw_one_another_many_times_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six forms that each draw the next a hundred times are a million million drawings."""
    monkeypatch.setattr(text_reader, "MAX_INSTRUCTIONS", 10_000)
    made = Made(b"/X0 Do")
    names = [f"X{n}" for n in range(6)]
    forms = [
        made.form(f"/{after} Do ".encode() * 100, name) for name, after in zip(names, [*names[1:], "X"], strict=True)
    ]
    for form in forms:
        form.Resources = Dictionary(XObject=made.page.Resources.XObject)

    with pytest.raises(TooLargeError):
        text_of(made)


def test_the_font_is_the_one_that_the_page_has_come_back_to() -> None:
    """Words after a saved state would be read with the map of another font."""
    made = Made(b"/Span << /MCID 0 >> BDC BT /F 9 Tf q /G 9 Tf <0061> Tj Q <0061> Tj ET EMC")
    made.font("1 beginbfchar <0061> <0078> endbfchar", "F")
    made.font("1 beginbfchar <0061> <0079> endbfchar", "G")

    assert text_of(made).by_mcid == {0: "yx"}


def test_fonts_written_into_the_page_are_kept_apart() -> None:
    """Two fonts that have no number of their own would be taken for one."""
    content = b"".join(b"/Span << /MCID %d >> BDC BT /F%d 9 Tf <0001> Tj ET EMC " % (n, n) for n in range(40))
    made = Made(content)
    for n in range(40):
        font = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name(f"/F{n}"))
        font.ToUnicode = made.pdf.make_stream(f"1 beginbfchar <0001> <{0x61 + n:04x}> endbfchar".encode())
        made.page.Resources.Font[f"/F{n}"] = font

    assert text_of(made).by_mcid == {n: chr(0x61 + n) for n in range(40)}


def test_a_page_may_inherit_its_fonts() -> None:
    """Whole families of programs write them once for all pages: every such file would be told to say nothing."""
    made = Made(marked(0, "a"))
    made.font(LATIN)
    made.pdf.Root.Pages.Resources = made.page.Resources
    del made.page.Resources

    assert text_of(made).by_mcid == {0: "a"}


def test_a_simple_font_without_a_map_says_its_bytes() -> None:
    """The fourteen fonts that every reader has need no map."""
    made = Made(b"/Span << /MCID 0 >> BDC BT /F 9 Tf (caf\xe9) Tj ET EMC")
    made.page.Resources.Font.F = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    reader = TextReader()

    assert reader.page(made.pdf.pages[0]).by_mcid == {0: "café"}
    assert [font.embedded for font in reader.fonts.values()] == [False]


@pytest.mark.parametrize("operand", ["99999999999", "-1", "/Name", "null", "true", "<< >>", "[1 2 /N null]", "1.5"])
def test_an_operand_that_is_no_text_says_nothing(operand: str) -> None:
    """A number where text should be asked for a hundred gigabytes of memory."""
    made = Made(f"/Span << /MCID 0 >> BDC BT /F 9 Tf {operand} Tj <0061> Tj ET EMC".encode())
    made.font(LATIN)

    assert text_of(made).by_mcid.get(0, "") == "a"


@pytest.mark.parametrize(
    "content", [b"EMC Q ET EMC", b"BT", b"/F 1 Tf", b"/Nothing Do", b"/Span << /MCID 0 >> BDC", b""]
)
def test_content_that_is_out_of_order_is_read_as_far_as_it_goes(content: bytes) -> None:
    """A careless program's file is told as broken though every reader shows it."""
    made = Made(content + b"\n" + marked(4, "a"))
    made.font(LATIN)

    assert text_of(made).by_mcid[4] == "a"


def test_a_page_without_content_says_nothing() -> None:
    """A blank page is no error."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    del pdf.pages[0].obj["/Contents"]

    assert TextReader().page(pdf.pages[0]) == PageText()
