"""Expected values are those of CLDR's charts and of each language's own writing, typed in by hand."""

from __future__ import annotations

import datetime
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.languages import language
from handouts.localize import numbers

DAY = datetime.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("tag", "value", "written"),
    [
        ("en", 1_000_000, "1,000,000"),
        ("es", 1_000_000, "1.000.000"),
        ("fr", 1_000_000, "1\u202f000\u202f000"),
        ("ar", 1_000_000, "1,000,000"),
        ("ar-EG", 1_000_000, "١٬٠٠٠٬٠٠٠"),
        ("fa", 1_000_000, "۱٬۰۰۰٬۰۰۰"),
        ("hi", 1_000_000, "10,00,000"),
        ("bn", 1_000_000, "১০,০০,০০০"),
        ("mr", 1_000_000, "१०,००,०००"),
        ("my", 1_000_000, "၁,၀၀၀,၀၀၀"),
        ("en", 2, "2"),
        ("fa", 2, "۲"),
        ("en", 0.5, "0.5"),
        ("es", 0.5, "0,5"),
    ],
)
def test_a_number_is_written_in_the_digits_and_groups_of_the_language(tag: str, value: float, written: str) -> None:
    """1.000 read as one, or digits that a reader never learnt: the frequency is a thousand times off."""
    assert numbers.number(value, language(tag)) == written


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("en", "November 21, 2026"),
        ("es", "21 de noviembre de 2026"),
        ("ar", "21 نوفمبر 2026"),
        ("ar-EG", "٢١ نوفمبر ٢٠٢٦"),
        ("fa", "۲۱ نوامبر ۲۰۲۶"),
        ("hi", "21 नवंबर 2026"),
        ("bn", "২১ নভেম্বর, ২০২৬"),
        ("fr", "21 novembre 2026"),
    ],
)
def test_a_date_has_its_month_as_a_word(tag: str, written: str) -> None:
    """11/12 is November here and December there; a review date a month off is a review too late."""
    assert numbers.date(DAY, language(tag)) == written


@pytest.mark.parametrize(
    ("tag", "one", "four"),
    [
        ("en", "1 year", "4 years"),
        ("es", "1 año", "4 años"),
        ("ar", "سنة", "4 سنوات"),
        ("fa", "۱ سال", "۴ سال"),
        ("hi", "1 वर्ष", "4 वर्ष"),
        ("he", "1 שנה", "4 שנים"),
        ("tr", "1 yıl", "4 yıl"),
        ("pt-BR", "1 ano", "4 anos"),
        ("ru", "1 год", "4 года"),
        ("pl", "1 rok", "4 lata"),
    ],
)
def test_an_age_has_its_unit_in_the_form_of_its_number(tag: str, one: str, four: str) -> None:
    """'4 duration-year' is what a reader got in half of the languages."""
    assert numbers.age(1, None, language(tag)) == one
    assert numbers.age(4, None, language(tag)) == four


@pytest.mark.parametrize(
    ("tag", "written"), [("en", "6 months"), ("es", "6 meses"), ("ar", "6 أشهر"), ("vi", "6 tháng")]
)
def test_an_age_in_months_says_so(tag: str, written: str) -> None:
    """Six years for six months: signs would be looked for when it is late."""
    assert numbers.age(None, 6, language(tag)) == written


@pytest.mark.parametrize(
    ("tag", "written"), [("en", "70%"), ("es", "70\u00a0%"), ("de", "70\u00a0%"), ("bn", "৭০%"), ("tr", "%70")]
)
def test_a_share_is_written_as_a_percentage(tag: str, written: str) -> None:
    """0.7 printed as it stands is less than one in a hundred to most readers."""
    assert numbers.percent(0.7, language(tag)) == written


@pytest.mark.parametrize(
    ("tag", "written"),
    [("en", "1, 2, and 5"), ("es", "1, 2 y 5"), ("ar", "1 و2 و5"), ("bn", "১, ২ এবং ৫"), ("hi", "1, 2, और 5")],
)
def test_a_list_is_joined_as_it_is_said(tag: str, written: str) -> None:
    """A list joined with the commas of another language is read as one number."""
    assert numbers.numbers_list([1, 2, 5], language(tag)) == written


@given(
    value=st.integers(0, 10**12),
    tag=st.sampled_from(["en", "es", "ar", "ar-EG", "fa", "hi", "bn", "mr", "my", "de-CH"]),
)
def test_no_digit_is_lost_or_added_in_any_language(value: int, tag: str) -> None:
    """A frequency with a nought too few is ten times as frightening."""
    written = numbers.number(value, language(tag))
    digits = [unicodedata.digit(char) for char in written if unicodedata.category(char) == "Nd"]

    assert "".join(map(str, digits)) == str(value)
    assert {char for char in written if unicodedata.category(char) == "Nd"} <= set(language(tag).digits)


LANGUAGES = [
    "en",
    "es",
    "fr",
    "de",
    "ar",
    "ar-EG",
    "fa",
    "ur",
    "he",
    "hi",
    "bn",
    "ru",
    "vi",
    "zh",
    "ja",
    "ko",
    "th",
    "sw",
]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_no_fact_is_written_with_hidden_characters_or_words_of_the_machine(tag: str) -> None:
    """An invisible mark turns words around; a key such as 'duration-year' reaches a reader."""
    spoken = language(tag)
    written = [
        numbers.number(1_000_000, spoken),
        numbers.percent(0.7, spoken),
        numbers.age(1, None, spoken),
        numbers.age(None, 3, spoken),
        numbers.date(DAY, spoken),
        numbers.numbers_list([1, 2, 3], spoken),
    ]

    controls = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
    assert [text for text in written if {ord(char) for char in text} & controls or "duration" in text] == []
