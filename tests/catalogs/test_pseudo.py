from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.catalogs.pseudo import pseudo
from handouts.languages import language
from handouts.localize.inline import runs
from handouts.model.markup import parse_markup, placeholders_in
from handouts.project import Project


@pytest.mark.parametrize(
    ("english", "said"),
    [
        ("Words", "[Ŵöŕđš]"),
        ("Call your **team** about {drug}.", "[Çåļļ ýööûûŕ **ţééååṁ** ååƀööûûţ {drug}.]"),
        ("hmm", "[ĥṁṁ]"),
    ],
)
def test_english_gets_accents_length_and_brackets(english: str, said: str) -> None:
    """A designer takes a word that is in no catalog for one that is, or a short text for the longest."""
    assert pseudo(english) == said


@given(st.text(alphabet="abcXYZ .,!-", max_size=60), st.text(alphabet="opqr ", min_size=1, max_size=20))
def test_facts_bold_and_other_signs_stay(words: str, bold: str) -> None:
    """A pseudo-page that breaks where a real one does not, or that has no facts to look at."""
    english = f"{words} {{fact}} **{bold}**"
    said = parse_markup(pseudo(english))

    assert placeholders_in(said) == ("fact",)
    assert any(piece.strong for piece in said)
    others = [c for piece in said for c in piece.words if not c.isalpha()]
    assert "".join(others) == f"[{''.join(c for c in f'{words}  {bold}' if not c.isalpha())}]"


def test_shipped_strings_are_two_fifths_longer() -> None:
    """A box that only English fits is found by the first German family."""
    texts = [text for message in Project().library().messages.values() for text in message.english]
    long = [text for text in texts if len(text) > 60 and "{" not in text]

    assert len(long) > 30
    assert [text for text in long if not 1.38 <= len(pseudo(text)) / len(text) <= 1.45] == []


def test_the_words_of_a_mirrored_line_are_runs_of_their_own() -> None:
    """A mirrored page that reads from left to right inside each line hides what will break in Arabic."""
    line = runs("[Ĥéļļö, ŵöŕļđ!]", language("qps-plocm"))

    assert [(text.value, text.direction) for text in line] == [
        ("[", "rtl"),
        ("Ĥéļļö", "ltr"),
        (",", "rtl"),
        (" ", "rtl"),
        ("ŵöŕļđ", "ltr"),
        ("!", "rtl"),
        ("]", "rtl"),
    ]
    assert {text.language for text in line} == {"qps-plocm"}
