from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest

from tests.typeset.pages import DOT, SHORT_PAGES, made, page, plain, read, tree, words

HREF = 'href="https://example.org/"'
LONG = " ".join(f"word{n}" for n in range(60))


def links(data: bytes) -> list[tuple[str, bool, bool]]:
    """(what it says, whether it is printed, whether it is tagged) of each link's annotation."""
    return [(link["contents"], link["printed"], link["tagged"]) for link in read(data).links]


FAULTS = {
    "words": (f"<p>see <a {HREF}>this page</a></p>", [("this page", True, True)]),
    "words with bold": (
        f"<p><a {HREF}>this <b>very <i>good</i></b> page</a></p>",
        [("this very good page", True, True)],
    ),
    "within the page": ('<p><a href="#x">below</a></p><p id="x">x</p>', [("below", True, True)]),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_link_says_its_words_and_is_printed(name: str) -> None:
    """'H T T P S colon slash slash' is read out letter by letter."""
    body, found = FAULTS[name]

    assert links(made(page(body))) == found


@pytest.mark.xfail(
    strict=True, raises=AssertionError, reason="WeasyPrint's links tell their address, and are not printed"
)
@pytest.mark.parametrize("name", FAULTS)
def test_a_link_of_the_engine_alone_says_its_words(name: str) -> None:
    """When this passes, upstream has mended it, and this part of the patch goes."""
    body, found = FAULTS[name]

    assert links(plain(page(body))) == found


@pytest.mark.parametrize(
    ("body", "contents"),
    [
        (f'<a {HREF}><img src="{DOT}" alt="A dot"></a>', "A dot"),
        (f'<p><a {HREF}>see <img src="{DOT}" alt="A dot"></a></p>', "see A dot"),
        (f"<p><a {HREF}>\n two  words </a></p>", "two words"),
        (f'<p dir="rtl" lang="ar"><a {HREF}>مؤسسة نقص المناعة</a></p>', "مؤسسة نقص المناعة"),
    ],
)
def test_a_link_says_what_is_in_it(body: str, contents: str) -> None:
    """'Link' is all that is heard of a picture that leads somewhere."""
    assert links(made(page(body))) == [(contents, True, True)]


def test_a_link_over_lines_is_one_link_with_an_annotation_for_each() -> None:
    """Five links are counted where there is one, or only its first line can be clicked."""
    body = f"<p>a <a {HREF}>link over some lines</a> b</p>"
    data = made(page(body, style="p { width: 3em }"))

    (link,) = (tag for tag in read(data).root.walk() if tag.role == "Link")
    assert link.text().strip() == "link over some lines"
    assert len(link.annotations) > 2
    assert set(links(data)) == {("link over some lines", True, True)}


def test_a_link_over_pages_is_one_link() -> None:
    """Its second half is heard as words that lead nowhere."""
    data = made(page(f"<p><a {HREF}>{LONG}</a></p>", style=SHORT_PAGES))

    assert read(data).pages > 1
    assert [tag.text() for tag in read(data).root.walk() if tag.role == "Link"] == [LONG]
    assert {contents for contents, _, _ in links(data)} == {LONG}


def test_blocks_in_a_link_are_in_the_link() -> None:
    """A card that leads somewhere is heard as a link without words, and then words without a link."""
    data = made(page(f"<a {HREF}><h1>one</h1><p>two</p></a><p>three</p>"))

    (link,) = (tag for tag in read(data).root.walk() if tag.role == "Link")
    assert [kid.role for kid in link.kids if not isinstance(kid, str)] == ["H1", "P"]
    assert {contents for contents, _, _ in links(data)} == {"one two"}
    assert words(data) == ["one", "two", "three"]


def test_what_only_names_a_place_is_no_link() -> None:
    """A link that leads nowhere is announced, and tried."""
    assert tree('<p><a id="x">one</a></p>') == ["P", "  Span", '    Span "one"']


def test_the_tree_of_a_link_in_words() -> None:
    """All that is inside a link must be in its tag, and nothing else."""
    assert tree(f"<p>see <a {HREF}>a <b>bold</b> link</a> now</p>") == [
        "P",
        '  Span "see "',
        "  Link -> https://example.org/ (a bold link)",
        '    Span "a "',
        "    Span",
        '      Span "bold"',
        '    Span " link"',
        '  Span " now"',
    ]


# ------------------------------------------------------------------------------------------- the objects


def objects(data: bytes) -> Any:  # noqa: ANN401  pikepdf's own
    return pikepdf.open(io.BytesIO(data))


def test_the_words_stand_on_the_tags_and_never_on_the_content() -> None:
    """Readers that take them from the content turn Arabic around, letter by letter."""
    with objects(made(page("<p>لا تُلام <b>نفسك</b></p>", "ar"))) as pdf:
        content = b"".join(sheet.Contents.read_bytes() for sheet in pdf.pages)
        told = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/ActualText" in thing]

    assert b"ActualText" not in content
    assert [str(thing.S) for thing in told] == ["/Span", "/Span"]


def test_every_piece_of_content_is_found_from_its_page() -> None:
    """Software that starts at the page, as most does, finds no tag for what is touched."""
    with objects(made(page(f"<p>{LONG}</p><p><a {HREF}>x</a></p>", style=SHORT_PAGES))) as pdf:
        numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        owners = {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}
        for sheet in pdf.pages:
            marked = [
                int(i.operands[1].MCID)
                for i in pikepdf.parse_content_stream(sheet)
                if str(i.operator) == "BDC" and "/MCID" in i.operands[1]
            ]
            owned = owners[int(sheet.StructParents)]
            assert len(owned) == len(marked)
            for mcid in marked:
                element = owned[mcid]
                assert mcid in [int(kid) for kid in element.K]
                assert element.Pg.objgen == sheet.obj.objgen
        (link,) = (note for sheet in pdf.pages for note in sheet.get("/Annots", []))
        assert owners[int(link.StructParent)].S == "/Link"


def test_a_language_is_told_where_it_changes_and_only_there() -> None:
    """Without it the voice is wrong; on every tag, some readers pause at each."""
    with objects(made(page('<div lang="en"><p>a <i lang="la">b <b>c</b></i></p></div>'))) as pdf:
        told = [
            (str(thing.S), str(thing.Lang))
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/StructElem" and "/Lang" in thing
        ]

    assert told == [("/Document", "en"), ("/Span", "la")]


@pytest.mark.parametrize(
    ("tag", "direction"), [("ar", "R2L"), ("he", "R2L"), ("ur", "R2L"), ("en", "L2R"), ("ja", "L2R")]
)
def test_a_right_to_left_document_says_so(tag: str, direction: str) -> None:
    """A viewer that shows two pages beside each other swaps them."""
    assert read(made(page("<p>1</p>", tag))).direction == direction


@pytest.mark.xfail(strict=True, raises=AssertionError, reason="WeasyPrint writes no Direction")
def test_the_engine_alone_marks_a_right_to_left_document() -> None:
    """When this passes, upstream has mended it, and this part of the patch goes."""
    assert read(plain(page("<p>1</p>", "ar"))).direction == "R2L"


def test_the_viewer_shows_the_title() -> None:
    """The window is called 'x-linked-hyper-igm-es-family.pdf'."""
    pdf = read(made(page("<p>1</p>")))

    assert (pdf.title, pdf.shows_title, pdf.tagged) == ("A page", True, True)
