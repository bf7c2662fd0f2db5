"""How languages are written. Expected values are those of CLDR and of Unicode's names for letters."""

from __future__ import annotations

import unicodedata

import pytest

from handouts.catalogs.checks.writing import Writing, script_of, writing_of
from handouts.languages import language
from handouts.localize import numbers
from handouts.project import Project
from tests.localize.test_numbers import DAY

SHIPPED = [tag for tag in Project().language_tags("x-linked-hyper-igm") if tag != "en"]


@pytest.mark.parametrize("tag", SHIPPED)
def test_every_language_that_we_ship_has_a_line_of_its_own(tag: str) -> None:
    """A language that is looked at as any of its script is hardly looked at."""
    script_alone = writing_of(language({"Latn": "sw", "Arab": "ps", "Cyrl": "uk"}.get(language(tag).script, "en")))

    assert len(SHIPPED) >= 16
    assert writing_of(language(tag)) is not script_alone


@pytest.mark.parametrize("tag", SHIPPED)
def test_a_language_is_written_in_the_script_of_its_own_name(tag: str) -> None:
    """Every letter of its page would be told as foreign."""
    name = [char for char in language(tag).own_name if script_of(char)]

    assert name
    assert {script_of(char) for char in name} <= {*writing_of(language(tag)).scripts}


@pytest.mark.parametrize(
    ("tag", "script"),
    [("ka", "GEORGIAN"), ("am", "ETHIOPIC"), ("ta", "TAMIL"), ("km", "KHMER"), ("uk", "CYRILLIC"), ("tr", "LATIN")],
)
def test_a_language_without_a_line_is_written_as_its_script_is(tag: str, script: str) -> None:
    """A new language must begin with checks, not without any."""
    assert writing_of(language(tag)).scripts == (script,)


@pytest.mark.parametrize("tag", SHIPPED)
def test_no_letter_is_both_wrong_and_right(tag: str) -> None:
    """The hint would send the translator in a circle."""
    writing = writing_of(language(tag))

    assert not set(writing.wrong_letters) & set(writing.wrong_letters.values())
    assert not set(writing.wrong_marks) & {mark for pair in writing.quotes for mark in pair}
    assert all(right in writing.ends[mark] for mark, right in writing.wrong_marks.items() if mark in writing.ends)
    assert {unicodedata.category(letter)[0] for letter in writing.wrong_letters} <= {"L"}


@pytest.mark.parametrize("tag", SHIPPED)
def test_the_languages_whose_dates_end_with_a_stop_are_known(tag: str) -> None:
    """Two stops at the end of a sentence, or none: the dates are CLDR's, and it may change its mind."""
    assert writing_of(language(tag)).stop_in_dates == numbers.date(DAY, language(tag)).endswith(".")


@pytest.mark.parametrize(
    ("char", "script"),
    [
        ("a", "LATIN"),
        ("я", "CYRILLIC"),
        ("Ω", "GREEK"),
        ("ש", "HEBREW"),
        ("ع", "ARABIC"),
        ("病", "CJK"),
        ("한", "HANGUL"),
        ("ｘ", "LATIN"),
        ("ก", "THAI"),
        ("ā", "LATIN"),
        ("º", ""),
        ("µ", ""),
        ("1", ""),
        ("।", ""),
        ("\u093e", ""),
    ],
)
def test_a_letter_tells_its_script(char: str, script: str) -> None:
    """A mark or a sign belongs to any language."""
    assert script_of(char) == script


def test_a_language_is_written_in_one_way() -> None:
    """Two values of one language would be looked at twice as different ones."""
    assert writing_of(language("es")) is writing_of(language("es-419"))
    assert isinstance(writing_of(language("es")), Writing)
