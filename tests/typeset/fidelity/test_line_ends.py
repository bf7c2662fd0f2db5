from __future__ import annotations

import pytest

from tests.typeset.pages import NARROW, made, page, plain, words, words_of_codes

HYPHENS = "p { width: 4em; hyphens: auto }"

# What stands on the page, how it is set, and what should be heard; the engine alone gets each of them wrong.
FAULTS = {
    "space": ("<p>with reason and more</p>", NARROW, "with reason and more"),
    "space before bold": ("<p>with <b>reason</b> and more</p>", NARROW, "with reason and more"),
    "space in bold": ("<p><b>with </b>reason and more</p>", NARROW, "with reason and more"),
    "space after bold": ("<p>with <b><i>reason</i></b> and <b>more</b></p>", NARROW, "with reason and more"),
    "space after a link": ('<p>a <a href="#x" id="x">reason</a> and more</p>', NARROW, "a reason and more"),
    "break": ("<p>one<br>two</p>", "", "one two"),
    "break in bold": ("<p><b>one<br></b>two</p>", "", "one two"),
    "two breaks": ("<p>one<br><br>two</p>", "", "one two"),
    "line of a poem": ("<p>one\ntwo</p>", "p { white-space: pre-line }", "one two"),
    "automatic hyphens": ("<p>incomprehensibilities</p>", HYPHENS, "incomprehensibilities"),
    "automatic hyphens in bold": ("<p>an <b>incomprehensibility</b></p>", HYPHENS, "an incomprehensibility"),
    "soft hyphens": ("<p>incom&shy;prehen&shy;sibi&shy;lities</p>", NARROW, "incomprehensibilities"),
    "space after a hyphen": ("<p>well-known hand-me-down</p>", "p { width: 3em }", "well-known hand-me-down"),
}
OTHERS = {
    "break between spaces": ("<p>one <br> two</p>", "", "one two"),
    "hyphen": ("<p>mother-in-law</p>", "p { width: 3em }", "mother-in-law"),
    "hyphen where the hyphenation is automatic": ("<p>mother-in-law</p>", HYPHENS, "mother-in-law"),
    "slash": ("<p>mother/father</p>", "p { width: 3em }", "mother/father"),
    "dash": ("<p>mother — father</p>", "", "mother — father"),
    "no space": ("<p>日本語のテキスト</p>", "p { width: 2em }", "日本語のテキスト"),
    "zero-width space": ("<p>incom&#8203;prehen&#8203;sible</p>", NARROW, "incom\u200bprehen\u200bsible"),
    "word longer than its line": ("<p>pneumonia</p>", "p { width: 2em; overflow-wrap: anywhere }", "pneumonia"),
    "no-break space": ("<p>5&nbsp;mg a day</p>", NARROW, "5\u00a0mg a day"),
    "kept spaces": ("<p>a  b</p>", "p { white-space: pre-wrap }", "a b"),
    "hyphen of another shape": (
        "<p>incom&shy;prehensible</p>",
        NARROW + "p { hyphenate-character: '=' }",
        "incomprehensible",
    ),
}


@pytest.mark.parametrize("name", [*FAULTS, *OTHERS])
def test_words_are_heard_apart_and_whole_where_a_line_ends(name: str) -> None:
    """'withreason' is no word, and 'incom prehensible' two."""
    body, style, heard = (FAULTS | OTHERS)[name]

    assert words(made(page(body, style=style))) == [heard]


@pytest.mark.xfail(
    strict=True, raises=AssertionError, reason="WeasyPrint draws no space at a line's end, and hyphens are said"
)
@pytest.mark.parametrize("name", FAULTS)
def test_the_engine_alone_hears_them_so(name: str) -> None:
    """When this passes, upstream has mended it, and the patch goes."""
    body, style, heard = FAULTS[name]

    assert words(plain(page(body, style=style))) == [heard]


@pytest.mark.parametrize("name", FAULTS)
def test_the_codes_say_the_same_to_a_reader_without_tags(name: str) -> None:
    """Someone who searches or copies finds 'withreason'."""
    body, style, heard = FAULTS[name]
    unheard = {ord("\u00ad"): None, ord("\u200b"): None}

    assert [block.translate(unheard) for block in words_of_codes(made(page(body, style=style)))] == [heard]


@pytest.mark.parametrize(
    ("tag", "text"), [("ar", "كلمة في آخر السطر هنا"), ("he", "מילה בסוף השורה כאן"), ("ur", "سطر کے آخر میں لفظ")]
)
def test_a_right_to_left_line_keeps_the_space_at_its_end(tag: str, text: str) -> None:
    """In Arabic too, two words run together are no word."""
    assert words(made(page(f"<p>{text}</p>", tag, NARROW))) == [text]
