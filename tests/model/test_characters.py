from __future__ import annotations

import pytest

from handouts.model.characters import made_visible, unreadable


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain words,\nin two lines",
        "می\u200cخواهم",  # Persian joins and parts words with U+200C
        "क्\u200dष",  # Hindi asks for a half letter with U+200D
        "Việt Nam, Nguye\u0302\u0303n",
        "כָּתוּב",
        "ཧཱུྃ",  # a stack of four
        "“A–B” · 50\u00a0% ½ 👩\u200d⚕️",
    ],
)
def test_the_writing_of_any_language_is_readable(text: str) -> None:
    """A rule made for English forbids another language its spelling."""
    assert unreadable(text) == ()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a\u202eb", "the bidi control U+202E"),
        ("\u200fa", "the bidi control U+200F"),
        ("a\x00b", "the control character U+0000"),
        ("a\x1b[m", "the control character U+001B"),
        ("a\ue000", "the private-use character U+E000"),
        ("a\ud800", "the lone surrogate U+D800"),
        ("a\u0378", "the unassigned character U+0378"),
        ("a" + "\u0301" * 41, "41 marks on one letter"),
    ],
)
def test_what_can_not_be_seen_or_heard_is_named(text: str, fault: str) -> None:
    """Words are turned around, hidden or covered, and whoever reviews the text sees nothing."""
    assert unreadable(text) == (fault,)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202eb\x00", "a[U+202E]b[U+0000]"),
        ("a" + "\u0301" * 11 + "b", "a" + "\u0301" * 8 + "[+3]b"),
        ("می\u200cخواهم Việt", "می\u200cخواهم Việt"),
        ("x\U00012000y", "x[U+12000]y"),
    ],
)
def test_what_can_not_be_seen_is_shown_by_its_number(text: str, shown: str) -> None:
    """A translator is told of a character that she looks for in vain."""
    assert made_visible(text, "\U00012000") == shown
