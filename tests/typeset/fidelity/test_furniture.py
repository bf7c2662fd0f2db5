from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
import pytest

from tests.typeset.pages import DOT, SHORT_PAGES, made, page, plain, read, tree, words

if TYPE_CHECKING:
    from handouts.verify.tag_reader import TaggedPdf

LONG = " ".join(f"word{n}" for n in range(60))
MARGINS = (
    "@page { size: 6cm 5cm; margin: 8mm; @top-left { content: 'Running head' } "
    "@bottom-right { content: 'Page ' counter(page) } }"
)
LONG_TABLE = "<table><thead><tr><th>Head</th></tr></thead>{}</table>".format(
    "".join(f"<tr><td>row {n}</td></tr>" for n in range(12))
)


def artifacts(data: bytes) -> list[dict[str, str]]:
    """What each piece of furniture on the pages is marked as, in the order in which they are drawn."""
    found = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for sheet in pdf.pages:
            for instruction in pikepdf.parse_content_stream(sheet):
                operands = list(instruction.operands)
                if str(instruction.operator) == "BDC" and operands[0] == "/Artifact":
                    found.append({str(k): str(v) for k, v in operands[1].items()})
    return found


def drawn(pdf: TaggedPdf) -> list[str]:
    """The furniture of each page, in the words that are drawn."""
    return [" ".join(text.artifacts) for text in pdf.page_texts]


@pytest.mark.parametrize(
    "made_by",
    [
        made,
        pytest.param(
            plain,
            marks=pytest.mark.xfail(
                strict=True, raises=AssertionError, reason="WeasyPrint marks the words of the margins like any others"
            ),
        ),
    ],
)
def test_running_heads_and_page_numbers_are_drawn_and_not_heard(made_by: object) -> None:
    """'Page two' is read out in the middle of a sentence."""
    assert callable(made_by)
    data = made_by(page(f"<p>{LONG}</p>", style=MARGINS))

    assert words(data) == [LONG]
    assert drawn(read(data)) == [f"Running head Page {n}" for n in range(1, read(data).pages + 1)]


def test_the_furniture_of_the_margins_says_what_it_is() -> None:
    """Software that lays pages out anew for big type leaves out what is marked as head or foot, and only that."""
    marks = artifacts(made(page("<p>a</p>", style=MARGINS)))

    assert {(mark["/Type"], mark["/Subtype"]) for mark in marks} == {
        ("/Pagination", "/Header"),
        ("/Pagination", "/Footer"),
    }


@pytest.mark.parametrize(
    "made_by",
    [
        made,
        pytest.param(
            plain,
            marks=pytest.mark.xfail(
                strict=True,
                raises=AssertionError,
                reason="WeasyPrint marks the repeated head of a table like any other row",
            ),
        ),
    ],
)
def test_the_repeated_head_of_a_table_is_drawn_on_each_page_and_heard_once(made_by: object) -> None:
    """A head in the middle of the rows is taken for a row."""
    assert callable(made_by)
    data = made_by(page(LONG_TABLE, style=SHORT_PAGES))

    assert words(data) == ["Head", *(f"row {n}" for n in range(12))]
    assert drawn(read(data)) == ["", *["Head"] * (read(data).pages - 1)]


def test_the_foot_of_a_table_is_heard_where_it_ends() -> None:
    """A sum that is told before its numbers, or on each page."""
    foot = "<tfoot><tr><td>Sum</td></tr></tfoot>"
    data = made(page(LONG_TABLE.replace("</table>", f"{foot}</table>"), style=SHORT_PAGES))

    assert words(data)[-1] == "Sum"
    assert words(data).count("Sum") == 1
    assert [texts.count("Sum") for texts in drawn(read(data))] == [1] * (read(data).pages - 1) + [0]


def test_what_is_fixed_on_every_page_is_heard_once() -> None:
    """A stamp on each page is read out on each page."""
    body = '<div class="x">stamp <a href="https://example.org/">here</a></div><p>one</p><p class="y">two</p>'
    data = made(page(body, style=".x { position: fixed; bottom: 0 } .y { break-before: page }"))

    assert words(data) == ["stamp here", "one", "two"]
    assert [texts.split() for texts in drawn(read(data))] == [[], ["stamp", "here"]]
    assert [link["contents"] for link in read(data).links] == ["here", "here"]


@pytest.mark.parametrize(
    "picture",
    [
        f'<img src="{DOT}" alt="">',
        f'<img src="{DOT}" aria-hidden="true" alt="A dot">',
        f'<img src="{DOT}" role="presentation">',
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" aria-hidden="true"><circle r="3"/></svg>',
    ],
)
def test_a_picture_that_says_nothing_is_drawn_and_not_heard(picture: str) -> None:
    """'Graphic. Graphic. Graphic.' between the sentences."""
    markup = page(f"<p>one</p>{picture}<p>two</p>")

    assert tree(f"<p>one</p>{picture}<p>two</p>") == ["P", '  Span "one"', "P", '  Span "two"']
    assert len(artifacts(made(markup))) == 1


@pytest.mark.xfail(strict=True, raises=AssertionError, reason="WeasyPrint makes a Figure of every picture")
def test_the_engine_alone_leaves_out_a_picture_that_says_nothing() -> None:
    """When this passes, upstream has mended it, and this part of the patch goes."""
    pdf = read(plain(page(f'<p>one</p><img src="{DOT}" alt="">')))

    assert [tag.role for tag in pdf.root.walk() if tag.role == "Figure"] == []


@pytest.mark.parametrize(
    ("body", "style", "lines"),
    [
        ("<p>one</p>", "p::before { content: url(DOT) }", ["P", '  Span "one"']),
        (
            '<table><tr><th scope="row">one</th></tr></table>',
            "th::after { content: url(DOT) }",
            ["Table", "  TBody", "    TR", "      TH Scope=Row", '        Span "one"'],
        ),
        (
            "<ul><li>one</li></ul>",
            "ul { list-style-image: url(DOT) }",
            ["L ListNumbering=None", "  LI", "    LBody", "      Span", '        Span "one"'],
        ),
    ],
)
def test_a_picture_that_style_puts_there_is_not_heard(body: str, style: str, lines: list[str]) -> None:
    """A drawn bullet says nothing, and took the place of what a header cell says of itself."""
    assert tree(body, style=style.replace("DOT", DOT)) == lines


@pytest.mark.parametrize(
    ("body", "heard"),
    [
        ('<p>one <span style="visibility: hidden">gone</span> two</p>', ["one two"]),
        ('<p style="visibility: hidden">gone <b style="visibility: visible">one</b></p>', ["one"]),
        ('<p>one <span aria-hidden="true">★</span></p>', ["one"]),
        ('<div aria-hidden="true"><p>gone</p><ul><li>gone</li></ul></div><p>one</p>', ["one"]),
        ('<p>one <span hidden>gone</span><b style="display: none">gone</b></p>', ["one"]),
    ],
)
def test_what_the_page_hides_from_readers_is_not_heard(body: str, heard: list[str]) -> None:
    """Words that nobody sees, or stars for the eye, are read out as if they were meant."""
    assert words(made(page(body.replace("★", "*")))) == heard
