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

# Source: the locale ht_HT of the GNU C Library
HAITIAN_MONTHS = [
    *("janvye", "fevriye", "mas", "avril", "me", "jen"),
    *("jiyè", "out", "septanm", "oktòb", "novanm", "desanm"),
]


# Each row: 1,000,000; 0.5; 70 %; 21 November 2026; a list of 1, 2 and 5. English, then the sixteen that we ship.
CHART = {
    "en": ("1,000,000", "0.5", "70%", "November 21, 2026", "1, 2, and 5"),
    "es": ("1.000.000", "0,5", "70\u00a0%", "21 de noviembre de 2026", "1, 2 y 5"),
    "fr": ("1\u202f000\u202f000", "0,5", "70\u00a0%", "21 novembre 2026", "1, 2 et 5"),
    "pt-BR": ("1.000.000", "0,5", "70%", "21 de novembro de 2026", "1, 2 e 5"),
    "ht": ("1\u00a0000\u00a0000", "0,5", "70\u00a0%", "21 novanm 2026", "1, 2 ak 5"),
    "vi": ("1.000.000", "0,5", "70%", "21 tháng 11, 2026", "1, 2 và 5"),
    "ru": ("1\u00a0000\u00a0000", "0,5", "70\u00a0%", "21 ноября 2026\u202fг.", "1, 2 и 5"),
    "ar": ("1,000,000", "0.5", "70%", "21 نوفمبر 2026", "1 و2 و5"),
    "fa": ("۱٬۰۰۰٬۰۰۰", "۰٫۵", "۷۰٪", "۲۱ نوامبر ۲۰۲۶", "۱، ۲، و ۵"),
    "ur": ("1,000,000", "0.5", "70%", "21 نومبر، 2026", "1، 2، اور 5"),
    "he": ("1,000,000", "0.5", "70%", "21 בנובמבר 2026", "1, 2 ו-5"),
    "hi": ("10,00,000", "0.5", "70%", "21 नवंबर 2026", "1, 2, और 5"),
    "bn": ("১০,০০,০০০", "০.৫", "৭০%", "২১ নভেম্বর, ২০২৬", "১, ২ এবং ৫"),
    "th": ("1,000,000", "0.5", "70%", "21 พฤศจิกายน ค.ศ. 2026", "1, 2 และ 5"),
    "zh-Hans": ("1,000,000", "0.5", "70%", "2026年11月21日", "1、2和5"),
    "zh-Hant": ("1,000,000", "0.5", "70%", "2026年11月21日", "1、2和5"),
    "ko": ("1,000,000", "0.5", "70%", "2026년 11월 21일", "1, 2 및 5"),
    # readers of other tags, whose digits, groups or signs differ
    "ar-EG": ("١٬٠٠٠٬٠٠٠", "٠٫٥", "٧٠٪", "٢١ نوفمبر ٢٠٢٦", "١ و٢ و٥"),
    "mr": ("१०,००,०००", "०.५", "७०%", "२१ नोव्हेंबर, २०२६", "१, २ आणि ५"),
    "tr": ("1.000.000", "0,5", "%70", "21 Kasım 2026", "1, 2 ve 5"),
}


@pytest.mark.parametrize("tag", CHART)
def test_numbers_and_dates_are_written_as_the_readers_of_the_language_write_them(tag: str) -> None:
    """1.000 read as one, a month in French on a Creole page, or digits that a reader never learnt."""
    spoken = language(tag)
    million, half, share, day, listed = CHART[tag]

    assert numbers.number(1_000_000, spoken) == million
    assert numbers.number(0.5, spoken) == half
    assert numbers.percent(0.7, spoken) == share
    assert numbers.date(DAY, spoken) == day
    assert numbers.numbers_list([1, 2, 5], spoken) == listed


@pytest.mark.parametrize(
    ("tag", "value", "written"),
    [
        ("es", 1000, "1000"),
        ("es", 10_000, "10.000"),
        ("en", 1000, "1,000"),
        ("my", 1_000_000, "၁,၀၀၀,၀၀၀"),
        ("fa", 2, "۲"),
    ],
)
def test_a_number_has_groups_where_its_readers_want_them(tag: str, value: float, written: str) -> None:
    """To many who read Spanish in the Americas, "1.000" is one: with four digits there is no point to misread."""
    assert numbers.number(value, language(tag)) == written


@pytest.mark.parametrize(("share", "written"), [(0.005, "0.5%"), (0.125, "12.5%"), (0.07, "7%"), (1, "100%")])
def test_a_percentage_keeps_every_digit(share: float, written: str) -> None:
    """One in two hundred printed as 0% is never."""
    assert numbers.percent(share, language("en")) == written


@pytest.mark.parametrize(("value", "written"), [(0.00012, "0.00012"), (1234.5678, "1,234.5678")])
def test_a_number_keeps_every_digit(value: float, written: str) -> None:
    """A dose rounded to nothing, by a program that nobody asked to round."""
    assert numbers.number(value, language("en")) == written


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("fr", "1er janvier 2026"),
        ("ht", "1ye janvye 2026"),
        ("pt-BR", "1º de janeiro de 2026"),
        ("es", "1 de enero de 2026"),
        ("en", "January 1, 2026"),
        ("ar-EG", "١ يناير ٢٠٢٦"),
    ],
)
def test_the_first_of_a_month_is_the_first_where_the_language_says_so(tag: str, written: str) -> None:
    """A voice says "one January" in French, which nobody does."""
    assert numbers.date(datetime.date(2026, 1, 1), language(tag)) == written


@pytest.mark.parametrize(("month", "written"), list(enumerate(HAITIAN_MONTHS, 1)))
def test_each_month_of_haitian_creole_has_its_own_name(month: int, written: str) -> None:
    """Babel has no month in Creole: it writes French ones and says nothing."""
    assert numbers.date(datetime.date(2026, month, 9), language("ht")) == f"9 {written} 2026"


# 1, 2, 5 and 21 years: the plural categories that CLDR knows meet here; a noun without plural is the same in all.
AGES = {
    "en": ("1 year", "2 years", "5 years", "21 years"),
    "es": ("1 año", "2 años", "5 años", "21 años"),
    "fr": ("1\u00a0an", "2 ans", "5 ans", "21 ans"),
    "pt-BR": ("1 ano", "2 anos", "5 anos", "21 anos"),
    "ht": ("1\u00a0an", "2\u00a0an", "5\u00a0an", "21\u00a0an"),
    "vi": ("1 năm", "2 năm", "5 năm", "21 năm"),
    "ru": ("1 год", "2 года", "5 лет", "21 год"),
    "ar": ("سنة", "سنتان", "5 سنوات", "21 سنة"),
    "fa": ("۱ سال", "۲ سال", "۵ سال", "۲۱ سال"),
    "ur": ("1 سال", "2 سال", "5 سال", "21 سال"),
    "he": ("1 שנה", "2 שנים", "5 שנים", "21 שנים"),
    "hi": ("1 वर्ष", "2 वर्ष", "5 वर्ष", "21 वर्ष"),
    "bn": ("১ বছর", "২ বছর", "৫ বছর", "২১ বছর"),
    "th": ("1 ปี", "2 ปี", "5 ปี", "21 ปี"),
    "zh-Hans": ("1年", "2年", "5年", "21年"),
    "zh-Hant": ("1 年", "2 年", "5 年", "21 年"),
    "ko": ("1년", "2년", "5년", "21년"),
    "pl": ("1 rok", "2 lata", "5 lat", "21 lat"),
    "tr": ("1 yıl", "2 yıl", "5 yıl", "21 yıl"),
}


@pytest.mark.parametrize("tag", AGES)
def test_an_age_has_its_unit_in_the_form_of_its_number(tag: str) -> None:
    """'4 duration-year' is what a reader got in half of the languages; '5 года' is what a child says."""
    assert tuple(numbers.age(years, None, language(tag)) for years in (1, 2, 5, 21)) == AGES[tag]


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("en", "6 months"),
        ("es", "6 meses"),
        ("ar", "6 أشهر"),
        ("vi", "6 tháng"),
        ("ht", "6\u00a0mwa"),
        ("ru", "6 месяцев"),
        ("zh-Hans", "6个月"),
        ("ko", "6개월"),
    ],
)
def test_an_age_in_months_says_so(tag: str, written: str) -> None:
    """Six years for six months: signs would be looked for when it is late."""
    assert numbers.age(None, 6, language(tag)) == written


@pytest.mark.parametrize(
    ("tag", "values", "written"),
    [
        ("en", [1], "1"),
        ("ht", [1], "1"),
        ("ht", [1, 2], "1 ak 2"),
        ("th", [1, 2], "1 และ 2"),
        ("th", [1, 2, 10, 11], "1, 2, 10 และ 11"),
        ("he", [1, 2], "1 ו-2"),
        ("ar", [1, 2], "1 و2"),
        ("fa", [10, 11], "۱۰ و ۱۱"),
    ],
)
def test_short_and_long_lists_are_joined_as_they_are_said(tag: str, values: list[int], written: str) -> None:
    """Numbers that run together are heard as one."""
    assert numbers.numbers_list(values, language(tag)) == written


@pytest.mark.parametrize(
    ("tag", "code", "name"),
    [
        ("es", "US", "Estados Unidos"),
        ("ht", "US", "Etazini"),
        ("ht", "GB", "Wayòm Ini"),
        ("ht", "BE", None),
        ("es", "XX", None),
    ],
)
def test_a_country_has_its_name_in_the_language_or_none(tag: str, code: str, name: str | None) -> None:
    """A French name on a Creole page, with nobody told."""
    assert numbers.country(code, language(tag)) == name


@given(
    value=st.integers(0, 10**12),
    tag=st.sampled_from([*CHART, "my", "de-CH"]),
)
def test_no_digit_is_lost_or_added_in_any_language(value: int, tag: str) -> None:
    """A frequency with a nought too few is ten times as frightening."""
    written = numbers.number(value, language(tag))
    digits = [unicodedata.digit(char) for char in written if unicodedata.category(char) == "Nd"]

    assert "".join(map(str, digits)) == str(value)
    assert {char for char in written if unicodedata.category(char) == "Nd"} <= set(language(tag).digits)


@pytest.mark.parametrize("tag", [*CHART, "de", "ja", "sw"])
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
