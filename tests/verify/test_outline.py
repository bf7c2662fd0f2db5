from __future__ import annotations

import pytest

from handouts.verify.outline import HeardBlock, heard_blocks, normal
from handouts.verify.tag_reader import Tag


def tag(role: str, *kids: Tag | str, language: str = "en", alt: str | None = None) -> Tag:
    return Tag(role, language, alt=alt, kids=list(kids))


def texts(*kids: Tag | str) -> list[tuple[str, str]]:
    return [(block.role, block.text) for block in heard_blocks(tag("Root", *kids))]


def test_each_block_is_heard_with_its_role() -> None:
    """A heading that is not told as one is a sentence without a verb."""
    assert texts(tag("H1", "one"), tag("P", tag("Span", "two "), "three")) == [("H1", "one"), ("P", "two three")]


@pytest.mark.parametrize("role", ["Div", "Sect", "P", "LI", "TD", "Caption", "BlockQuote", "Note2", "H"])
def test_words_in_two_blocks_are_heard_apart(role: str) -> None:
    """Two boxes side by side are heard as one word."""
    assert texts(tag("Document", tag(role, "one"), tag(role, "two"))) == [(role, "one"), (role, "two")]


@pytest.mark.parametrize("role", ["Span", "Link", "Quote", "Code", "NonStruct", "Em", "Strong", "Reference"])
def test_words_in_one_line_are_heard_together(role: str) -> None:
    """A bold syllable would be a word of its own."""
    assert texts(tag("P", "un", tag(role, "believ"), "able")) == [("P", "unbelievable")]


def test_words_around_an_inner_block_are_heard_in_their_order() -> None:
    """What comes after a list would be heard before it."""
    assert texts(tag("LBody", "one", tag("L", tag("LI", tag("LBody", "two"))), "three")) == [
        ("LBody", "one"),
        ("LBody", "two"),
        ("LBody", "three"),
    ]


def test_a_block_inside_a_link_is_a_block() -> None:
    """A card that is all link would be one long line."""
    assert texts(tag("Link", tag("H2", "one"), tag("P", "two"))) == [("H2", "one"), ("P", "two")]


def test_list_markers_are_left_out_unless_they_are_words() -> None:
    """'Bullet' before each line is no word of ours; a term that is defined is."""
    items = (tag("LI", tag("Lbl", marker), tag("LBody", "x")) for marker in ("•", "1.", "–", "٢)", "", "a term"))

    assert [text for role, text in texts(*items) if role == "Lbl"] == ["a term"]


def test_a_picture_is_heard_as_its_alternative() -> None:
    """The letters inside a chart are heard after what describes it."""
    figure = tag("Figure", "letters", tag("Caption", "caption"), alt="A chart")

    assert texts(tag("P", "one"), figure) == [("P", "one"), ("Figure", "A chart"), ("Caption", "caption")]
    assert texts(tag("Figure", "letters")) == [("Figure", "letters")]


def test_depth_tells_what_stands_in_what() -> None:
    """An outline without steps is only a list."""
    blocks = heard_blocks(tag("Root", tag("Document", tag("H1", "a"), tag("L", tag("LI", tag("LBody", "b"))))))

    first, second = (block.depth for block in blocks)
    assert first < second


def test_stretches_of_one_language_are_told_together() -> None:
    """The check of languages would find a change where there is none."""
    block = tag(
        "P", "Haus ", tag("Span", "in ", language="la"), tag("Span", "vitro", language="la"), " und", language="de"
    )

    assert heard_blocks(tag("Root", block)) == (
        HeardBlock("P", 1, "Haus in vitro und", (("Haus", "de"), ("in vitro", "la"), ("und", "de"))),
    )


def test_a_space_between_two_languages_belongs_to_neither() -> None:
    """Who wrote the space is nothing that can be heard."""
    block = tag("P", "a", tag("Span", " ", language="la"), "b")

    (heard,) = heard_blocks(tag("Root", block))
    assert [stretch for stretch in heard.stretches if stretch[1] == "la"] == []


def test_white_space_is_one_space_and_marks_are_composed() -> None:
    """Two texts that sound alike would be told as different."""
    assert normal("  a \n\t b  ") == "a b"
    assert normal("cafe\u0301") == "caf\u00e9"
    assert normal("5\u00a0mg") == "5\u00a0mg"


def test_blocks_without_words_are_left_out() -> None:
    """An empty cell is no line."""
    assert texts(tag("TD"), tag("TD", "  "), tag("TD", "x")) == [("TD", "x")]
