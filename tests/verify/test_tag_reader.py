from __future__ import annotations

from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, String

from handouts.problems import HandoutsError
from handouts.verify.tag_reader import Tag, TaggedPdf, read_pdf
from tests.verify.pdfs import LATIN, Made, marked


def page(*texts: str) -> Made:
    """A page with each text in marked content of its own, from number 0."""
    made = Made(b"".join(marked(mcid, text) for mcid, text in enumerate(texts)))
    made.font(LATIN)
    return made


def read(made: Made) -> TaggedPdf:
    return read_pdf(made.data())


def walked(tag: Tag) -> list[Any]:
    """A tag and what is in it as (role, …)."""
    return [tag.role, *(kid if isinstance(kid, str) else walked(kid) for kid in tag.kids)]


def document(made: Made) -> Tag:
    (found,) = (kid for kid in read(made).root.kids if isinstance(kid, Tag))
    return found


def test_tags_are_walked_in_their_order_and_not_that_of_the_page() -> None:
    """The order of the tags is the order in which everything is heard."""
    made = page("one", "two", "three")
    made.tree(made.tag("P", 2), made.tag("P", 0, made.tag("Span", 1)))

    assert walked(document(made)) == ["Document", ["P", "three"], ["P", "one", ["Span", "two"]]]


def test_content_may_be_named_in_every_way_that_the_standard_has() -> None:
    """Programs differ: a file from another would be told to be silent."""
    made = page("one", "two", "three")
    whole = made.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, Pg=made.page, K=0))
    reference = Dictionary(Type=Name.MCR, Pg=made.page, MCID=1)
    inner = made.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, K=Array([reference, 2]), Pg=made.page))
    made.root.K = made.tag("Document", Array([whole, inner]))

    assert walked(document(made)) == ["Document", ["P", "one"], ["P", "two", "three"]]


def test_content_of_another_page_is_found_there() -> None:
    """Both pages number their content from nought."""
    made = page("one")
    made.pdf.add_blank_page()
    other = made.pdf.pages[1].obj
    other.Contents, other.Resources = made.pdf.make_stream(marked(0, "two")), made.page.Resources
    made.tree(made.tag("P", 0, Dictionary(Type=Name.MCR, Pg=other, MCID=0)))

    assert walked(document(made)) == ["Document", ["P", "one", "two"]]


def test_the_words_of_a_tag_stand_for_all_that_is_in_it() -> None:
    """They are what a reader says; the content would be heard a second time."""
    made = page("glyphs", "two")
    made.tree(made.tag("P", made.tag("Span", 0, ActualText=String("words")), 1))

    assert walked(document(made)) == ["Document", ["P", ["Span", "words"], "two"]]
    assert [text.stray for text in read(made).page_texts] == [[]]


def test_marked_text_that_no_tag_holds_is_stray() -> None:
    """A paragraph that is on the page and in no tag is silence, and every other check passes."""
    made = page("one", "two", " ")
    made.tree(made.tag("P", 0))

    assert [text.stray for text in read(made).page_texts] == [["two"]]


@pytest.mark.parametrize(("own", "inherited", "language"), [("la", "de", "la"), (None, "de", "de"), (None, None, "en")])
def test_a_language_is_inherited_until_another_is_told(own: str | None, inherited: str | None, language: str) -> None:
    """The voice would change back in the middle of a quotation."""
    made = page("one")
    span = made.tag("Span", 0, **({"Lang": String(own)} if own else {}))
    made.tree(made.tag("P", span, **({"Lang": String(inherited)} if inherited else {})))

    assert [tag.language for tag in document(made).walk() if tag.role == "Span"] == [language]


def test_a_role_of_the_programs_own_is_the_one_that_it_maps_to() -> None:
    """A heading called 'Titre' is a heading; by way of two names too."""
    made = page("one", "two", "three")
    made.root.RoleMap = Dictionary(Titre=Name.Heading, Heading=Name.H1, P=Name.P, Loop=Name.Pool, Pool=Name.Loop)
    made.tree(made.tag("Titre", 0), made.tag("P", 1), made.tag("Loop", 2))

    assert [walked(kid) for kid in document(made).kids if isinstance(kid, Tag)][:2] == [["H1", "one"], ["P", "two"]]


def test_what_a_tag_tells_besides_its_words() -> None:
    """Pictures, abbreviations and header cells say what they are in this way alone."""
    made = page("one", "two")
    scope = Dictionary(O=Name.Table, Scope=Name.Row, Headers=Array([String("x")]))
    made.tree(
        made.tag("Figure", Alt=String("A dot")),
        made.tag("Span", 0, E=String("deoxyribonucleic acid")),
        made.tag("TH", 1, A=scope),
        made.tag("TH", A=Array([Dictionary(O=Name.Layout), scope, 0])),
    )

    figure, span, head, other = (kid for kid in document(made).kids if isinstance(kid, Tag))
    assert (figure.alt, figure.text()) == ("A dot", "A dot")
    assert (span.expansion, span.text()) == ("deoxyribonucleic acid", "one")
    assert head.attributes == ({"/O": "/Table", "/Scope": "/Row"},)
    assert other.attributes == ({"/O": "/Layout"}, {"/O": "/Table", "/Scope": "/Row"})


def test_a_picture_is_its_alternative_and_its_caption() -> None:
    """The letters inside a chart are heard between the words that describe it."""
    made = page("letters", "caption", "in a span")
    figure = made.tag("Figure", 0, made.tag("Caption", 1), made.tag("Span", 2), Alt=String("A chart. "))
    made.tree(figure)

    assert document(made).text() == "A chart. caption"


def link(made: Made, **more: Any) -> Any:  # noqa: ANN401  pikepdf's own
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), **more)
    indirect = made.pdf.make_indirect(note)
    made.page.Annots = Array([*made.page.get("/Annots", []), indirect])
    return Dictionary(Type=Name.OBJR, Obj=indirect, Pg=made.page)


def test_a_link_is_found_in_its_tag_and_on_its_page() -> None:
    """A link that is on the page and in no tag can't be reached by a listener."""
    made = page("one")
    action = Dictionary(S=Name.URI, URI=String("https://example.org/"))
    tagged = link(made, A=action, Contents=String("one"), F=4, StructParent=1)
    link(made, Dest=String("there"), F=2)
    made.tree(made.tag("Link", tagged, 0))

    found = read(made)

    first = {"contents": "one", "address": "https://example.org/", "printed": True, "tagged": True}
    assert found.links == (first, {"contents": "", "address": "there", "printed": False, "tagged": False})
    assert document(made).kids[0].annotations == (first,)  # type: ignore[union-attr]


def test_a_link_whose_words_stand_on_its_tag_keeps_its_annotation() -> None:
    """It would count as a link to nowhere, and its faults be passed over."""
    made = page("one")
    made.tree(made.tag("Link", link(made, Contents=String("one")), 0, ActualText=String("one")))

    assert [a["contents"] for a in document(made).kids[0].annotations] == ["one"]  # type: ignore[union-attr]


def test_the_document_is_read_with_what_a_viewer_needs_to_know() -> None:
    """Each of these is a check, and a check of the wrong thing always passes."""
    made = page("one").tree()
    made.pdf.Root.ViewerPreferences.Direction = Name.R2L
    made.page.Tabs = Name.S
    link(made)

    found = read(made)

    assert (found.pages, found.tagged, found.title, found.shows_title) == (1, True, "A page", True)
    assert (found.language, found.direction, found.tab_order) == ("en", "R2L", ("/S",))


def test_the_tab_order_counts_on_pages_that_have_something_to_go_to() -> None:
    """A page of words alone would fail for the want of an order of nothing."""
    made = page("one").tree()
    assert read(made).tab_order == ()

    link(made)
    assert read(made).tab_order == ("",)


def test_a_page_without_any_of_it_is_read_all_the_same() -> None:
    """An untagged file must be told as that, and not as broken."""
    made = page("one")
    for entry in ("/StructTreeRoot", "/MarkInfo", "/Lang", "/ViewerPreferences"):
        del made.pdf.Root[entry]
    del made.pdf.docinfo["/Title"]

    found = read(made)

    assert (found.tagged, found.title, found.shows_title, found.language, found.direction) == (
        False,
        "",
        False,
        "",
        "L2R",
    )
    assert found.root.kids == []
    assert [text.stray for text in found.page_texts] == [["one"]]


# ---------------------------------------------------------------------------------------------- bad input


def refused(made: Made) -> str:
    with pytest.raises(HandoutsError) as caught:
        read(made)
    (problem,) = caught.value.problems
    return problem.code


def test_tags_that_go_in_circles_are_refused() -> None:
    """A file that keeps the checker busy for ever stops the whole batch."""
    made = page("one")
    tag = made.tag("P", 0)
    tag.K = Array([tag] * 20)
    made.tree(tag)

    assert refused(made) == "pdf-too-large"


def test_tags_that_are_ten_thousand_deep_are_refused() -> None:
    """The stack of the program overflows, and what is told is Python's own trouble."""
    made = page("one")
    tag = made.tag("P", 0)
    for _ in range(10_000):
        tag = made.tag("Div", tag)
    made.tree(tag)

    assert refused(made) == "pdf-too-large"


def test_lists_of_kids_that_hold_themselves_are_refused() -> None:
    """The same, without a single tag."""
    made = page("one")
    ring = made.pdf.make_indirect(Array([]))
    ring.append(ring)
    ring.append(ring)
    made.root.K = ring

    assert refused(made) in {"not-a-pdf", "pdf-too-large"}


@pytest.mark.parametrize("number", [-1, 10**9, 2**31 - 1])
def test_content_with_a_number_that_is_not_there_says_nothing(number: int) -> None:
    """A slip in one number is no reason to read nothing of the file."""
    made = page("one")
    made.tree(made.tag("P", number, 0))

    assert walked(document(made)) == ["Document", ["P", "", "one"]]


@pytest.mark.parametrize(
    "kid", [String("x"), Name.X, True, Dictionary(), Dictionary(Type=Name.MCR), Dictionary(Type=Name.OBJR), 1.5]
)
def test_a_kid_that_is_no_tag_is_passed_over_or_told(kid: Any) -> None:  # noqa: ANN401  pikepdf's own
    """Whatever another program wrote, the answer is words or a clear error."""
    made = page("one")
    made.tree(made.tag("P", kid, 0))

    try:
        assert document(made).text() == "one"
    except HandoutsError as error:
        assert [problem.code for problem in error.problems] == ["not-a-pdf"]  # noqa: PT017  the only error allowed


def test_a_file_that_is_too_large_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """The wrong file, of a gigabyte, fills the memory."""
    monkeypatch.setattr("handouts.verify.tag_reader.MAX_BYTES", 10)

    assert refused(page("one")) == "pdf-too-large"
