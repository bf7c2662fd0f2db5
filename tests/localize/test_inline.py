from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.languages import language
from handouts.localize.inline import foreign, isolated, plain, runs
from handouts.model.document import Text

ARABIC = language("ar")
RIGHT_TO_LEFT = ["ar", "fa", "he", "ur"]
LEFT_TO_RIGHT = ["en", "es", "vi", "ru", "hi"]


def cut(words: str, tag: str = "ar") -> list[tuple[str, str, str]]:
    """Each run as its words, language and direction."""
    return [(run.value, run.language, run.direction) for run in runs(words, language(tag))]


@pytest.mark.parametrize(
    "name",
    [
        "CD40LG",
        "H2O",
        "IgG",
        "IVIG",
        "G-CSF",
        "HIGM1",
        "X",
        "GeneReviews",
        "T-cell",
        "Pneumocystis jirovecii",
        "Sjo\u0308gren",
    ],
)
def test_a_latin_name_in_arabic_is_a_left_to_right_run_of_its_own(name: str) -> None:
    """CD40LG would be set as LG40CD, and a screen reader would spell it with an Arabic voice."""
    assert cut(f"تغيّر في الجين {name} يسبّب الحالة") == [
        ("تغيّر في الجين ", "ar", "rtl"),
        (name, "en", "ltr"),
        (" يسبّب الحالة", "ar", "rtl"),
    ]


@pytest.mark.parametrize(
    "number", ["10-20", "1/2", "3.5", "+1 800-555-0199", "1-800-296-4433", "0800 987 8986", "+44", "2026-11-21"]
)
def test_a_range_fraction_or_phone_number_keeps_its_order(number: str) -> None:
    """'10-20' would be read as '20-10', and a phone number from its end."""
    assert cut(f"اتصل على {number} الآن") == [
        ("اتصل على ", "ar", "rtl"),
        (number, "ar", "ltr"),
        (" الآن", "ar", "rtl"),
    ]


@pytest.mark.parametrize("words", ["لدى 4 أطفال", "4", "في 21 نوفمبر 2026", "لدى ٤ أطفال", "بعد عمر 1 سنة.", "1 و2 و5"])
def test_a_plain_number_stays_in_its_sentence(words: str) -> None:
    """A number set apart for nothing loses its place between the words around it."""
    assert cut(words) == [(words, "ar", "rtl")]


@pytest.mark.parametrize(("opening", "closing"), [("(", ")"), ("[", "]"), ("«", "»"), ("“", "”")])
def test_brackets_stay_outside_the_name(opening: str, closing: str) -> None:
    """A bracket inside the name's run opens where it should close."""
    assert cut(f"الخلايا البائية {opening}B{closing}.") == [
        (f"الخلايا البائية {opening}", "ar", "rtl"),
        ("B", "en", "ltr"),
        (f"{closing}.", "ar", "rtl"),
    ]


def test_the_full_stop_of_the_sentence_stays_outside_the_name() -> None:
    """A full stop inside the name's run jumps to the other end of the line."""
    assert cut("هذا هو IgM.") == [("هذا هو ", "ar", "rtl"), ("IgM", "en", "ltr"), (".", "ar", "rtl")]


def test_several_latin_words_are_one_run() -> None:
    """Words of one name set apart one by one come out in reverse order."""
    assert cut("من MedlinePlus Genetics, NLM مباشرة") == [
        ("من ", "ar", "rtl"),
        ("MedlinePlus Genetics, NLM", "en", "ltr"),
        (" مباشرة", "ar", "rtl"),
    ]


@pytest.mark.parametrize("tag", ["he", "fa", "ur"])
def test_every_right_to_left_language_is_treated_alike(tag: str) -> None:
    """What is right in Arabic alone is wrong for four families of five."""
    assert cut("א CD40LG א", tag) == [("א ", tag, "rtl"), ("CD40LG", "en", "ltr"), (" א", tag, "rtl")]


def test_a_left_to_right_language_is_one_run() -> None:
    """A gene's name in Spanish needs no direction; runs for nothing break words up for a screen reader."""
    assert cut("el gen CD40LG (+1 800-555-0199)", "es") == [("el gen CD40LG (+1 800-555-0199)", "es", "ltr")]


def test_no_words_are_no_runs() -> None:
    """An empty run is an empty tag, and a pause where nothing stands."""
    assert runs("", ARABIC) == ()
    assert runs("", language("en")) == ()


def test_weight_and_link_hold_for_every_run() -> None:
    """A warning is bold up to the first Latin word."""
    found = runs("تغيّر في CD40LG الآن", ARABIC, strong=True, link="https://example.org")

    assert len(found) == 3
    assert all(run.strong and run.link == "https://example.org" for run in found)


def test_a_foreign_text_has_its_own_language_and_direction() -> None:
    """An English title read out by an Arabic voice is noise, and the reverse."""
    assert foreign("First page", "en") == (Text("First page", "en", "ltr"),)
    assert foreign("مصدر", "ar") == (Text("مصدر", "ar", "rtl"),)


def test_a_phone_number_is_left_to_right_in_the_language_of_the_page() -> None:
    """A phone number in the wrong order rings at a stranger's; its digits are spoken in the listener's language."""
    assert isolated("1-800-296-4433", ARABIC) == (Text("1-800-296-4433", "ar", "ltr"),)


LATIN = st.text(alphabet="abcXYZ019 -–/.,:;+()[]«»\n")
MIXED = st.text(alphabet="ابتسنאבגdefCDL40129 -–/.,:;+()%*٤۴\u0301\u200c\n")


@given(words=st.one_of(st.text(), LATIN, MIXED), tag=st.sampled_from(RIGHT_TO_LEFT + LEFT_TO_RIGHT))
def test_the_runs_of_any_text_are_exactly_its_words(words: str, tag: str) -> None:
    """A character lost at the seam of two runs is a letter gone from a word, or a nought from a number."""
    assert plain(runs(words, language(tag))) == words
    assert all(run.value for run in runs(words, language(tag)))


@given(words=st.one_of(st.text(), MIXED), tag=st.sampled_from(RIGHT_TO_LEFT))
def test_each_run_of_any_right_to_left_text_has_one_direction_and_its_language(words: str, tag: str) -> None:
    """A run of two scripts is spoken by one voice, and set in one direction, that is wrong for half of it."""
    for run in runs(words, language(tag)):
        if run.direction == "ltr":
            assert not re.search(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]", run.value)
            assert run.language == ("en" if re.search(r"[A-Za-zÀ-ɏͰ-ϿЀ-ӿḀ-ỿ]", run.value) else tag)
            assert run.value.strip() == run.value
        else:
            assert run.language == tag
            assert not re.search(r"[A-Za-z]", run.value)


@given(words=st.one_of(st.text(), MIXED), tag=st.sampled_from(RIGHT_TO_LEFT))
def test_no_two_runs_that_meet_are_alike(words: str, tag: str) -> None:
    """A word cut into runs of one kind is read out in pieces."""
    found = runs(words, language(tag))

    assert all(a.direction != b.direction or a.direction == "ltr" for a, b in pairwise(found))
