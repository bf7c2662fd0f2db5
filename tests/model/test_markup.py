from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.model.markup import MarkupError, Piece, parse_markup, placeholders_in


def test_bold_and_placeholders_are_told_from_words() -> None:
    """A fact that is taken for words is printed as {braces}."""
    assert parse_markup("In **each** of {total} sons.") == (
        Piece("In "),
        Piece("each", strong=True),
        Piece(" of "),
        Piece(placeholder="total"),
        Piece(" sons."),
    )


def test_a_placeholder_can_stand_in_bold() -> None:
    """The number that matters most would lose its weight."""
    assert parse_markup("**{count} boys**") == (
        Piece(placeholder="count", strong=True),
        Piece(" boys", strong=True),
    )


@pytest.mark.parametrize("text", ["a * b", "<b>x</b> & y", "1 < 2", "*", "a\nb", "", "٪ ½ €"])
def test_everything_else_is_just_characters(text: str) -> None:
    """A second kind of markup would be a way to bring a page's own tags in."""
    assert "".join(piece.words for piece in parse_markup(text)) == text
    assert not any(piece.strong or piece.placeholder for piece in parse_markup(text))


@pytest.mark.parametrize(
    "text",
    [
        "**never closed",
        "a { b",
        "a } b",
        "{}",
        "{Count}",
        "{two words}",
        "{a.b}",
        "{count",
        "count}",
        "{{count}}",
        "{1}",
    ],
)
def test_a_brace_or_bold_without_a_partner_is_refused(text: str) -> None:
    """Half a placeholder is a number that is missing from the page."""
    with pytest.raises(MarkupError):
        parse_markup(text)


def test_placeholders_are_listed_in_order_with_repeats() -> None:
    """A fact told twice would pass for told once."""
    assert placeholders_in(parse_markup("{b} {a} **{b}**")) == ("b", "a", "b")


@given(st.text())
def test_no_text_is_lost_or_added(text: str) -> None:
    """A dropped word can turn a sentence into its opposite."""
    try:
        pieces = parse_markup(text)
    except MarkupError:
        return

    written = "".join(f"{{{piece.placeholder}}}" if piece.placeholder else piece.words for piece in pieces)
    assert written == text.replace("**", "")


@given(st.text(alphabet=st.characters(exclude_characters="*{}")))
def test_text_without_markup_is_one_piece_of_words(text: str) -> None:
    """Ordinary words that the parser refuses or cuts up can't be printed as they were written."""
    assert parse_markup(text) == ((Piece(text),) if text else ())
