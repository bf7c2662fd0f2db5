"""A law for every script: whatever its letters and marks spell is heard as it was spelt."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.languages import language
from handouts.model.artifacts import Html
from handouts.typeset import typeset
from handouts.verify.outline import heard_blocks
from handouts.verify.tag_reader import read_pdf
from tests.typeset.pages import FONTS, page, words_of_codes

# The name of each script in Unicode's names of characters, by a language that is written in it.
SCRIPTS = {
    "en": "LATIN",
    "vi": "LATIN",
    "ru": "CYRILLIC",
    "el": "GREEK",
    "ar": "ARABIC",
    "ur": "ARABIC",
    "he": "HEBREW",
    "hi": "DEVANAGARI",
    "bn": "BENGALI",
    "pa": "GURMUKHI",
    "gu": "GUJARATI",
    "ta": "TAMIL",
    "te": "TELUGU",
    "kn": "KANNADA",
    "ml": "MALAYALAM",
    "si": "SINHALA",
    "th": "THAI",
    "lo": "LAO",
    "km": "KHMER",
    "my": "MYANMAR",
    "am": "ETHIOPIC",
    "ka": "GEORGIAN",
    "hy": "ARMENIAN",
    "ko": "HANGUL",
    "ja": "(HIRAGANA|KATAKANA|CJK UNIFIED)",
    "zh-Hans": "CJK UNIFIED",
    "zh-Hant": "CJK UNIFIED",
}
LETTERS = {"Lu", "Ll", "Lo", "Lm", "Nd"}
MARKS = {"Mn", "Mc"}


@cache
def characters(tag: str) -> tuple[str, str]:
    """The (letters, marks) of the script of a language that the font for it has."""
    family = language(tag).font_families[0].replace(" ", "")
    known = map(chr, TTFont(FONTS / f"{family}-Regular.ttf").getBestCmap())
    script = re.compile(SCRIPTS[tag])
    named = [c for c in known if script.match(unicodedata.name(c, ""))]
    letters = "".join(c for c in named if unicodedata.category(c) in LETTERS)
    return letters, "".join(c for c in named if unicodedata.category(c) in MARKS)


def texts(tag: str) -> st.SearchStrategy[str]:
    """Words of one to eight characters, begun with a letter, a space between each two."""
    letters, marks = characters(tag)
    letter = st.sampled_from(letters)
    character = letter | st.sampled_from(marks) if marks else letter
    word = st.builds(lambda first, rest: first + "".join(rest), letter, st.lists(character, max_size=7))
    return st.lists(word, min_size=1, max_size=9).map(" ".join)


def normal(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


def letters_of(text: str) -> list[str]:
    """The characters of a text, white space and what has no shape left out, in an order that tells nothing."""
    return sorted(c for c in unicodedata.normalize("NFD", text) if not c.isspace() and c not in "\u200b\u00ad")


@pytest.mark.parametrize("tag", SCRIPTS)
def test_every_font_has_its_script(tag: str) -> None:
    """The tests below would draw words from nothing, and pass."""
    letters, _ = characters(tag)

    assert len(letters) > 40


@pytest.mark.parametrize("tag", SCRIPTS)
def test_any_words_of_a_script_are_heard_as_written(tag: str) -> None:
    """The words that nobody tried are those that a parent hears."""

    @settings(max_examples=15, deadline=None, derandomize=True, database=None)
    @given(text=texts(tag))
    def heard_as_written(text: str) -> None:
        data = typeset(Html(page(f"<p>{text}</p>", tag, "p { width: 5em }")), FONTS, "page").pdf.data

        blocks = heard_blocks(read_pdf(data).root)
        assert [block.text for block in blocks] == [normal(text)]
        (said,) = words_of_codes(data)
        if language(tag).direction == "ltr":
            assert normal(said.replace("\u200b", "").replace("\u00ad", "")) == normal(text)
        else:  # the codes stand from left to right
            assert letters_of(said) == letters_of(text)

    heard_as_written()
