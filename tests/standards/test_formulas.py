"""Each formula on an example whose result somebody else printed, or whose sum is written out here."""

from __future__ import annotations

import pytest

from handouts.standards import formulas
from handouts.standards.formulas import NO_FORMULA, SCALES, Counts
from handouts.standards.syllables import SYLLABLES


@pytest.mark.parametrize(
    ("long_words", "grade"),
    [
        # McLaughlin's own two examples: 95 is nearest to 100, and 110 lies between 100 and 121: the lower one.
        (95, 13),
        (110, 13),
        # The worked example of a textbook on SMOG: 64 long words, grade 11.
        (64, 11),
        # McGraw's table of conversion: 7 to 12 are grade six, 13 to 20 grade seven, 21 to 30 grade eight.
        (7, 6),
        (12, 6),
        (13, 7),
        (20, 7),
        (21, 8),
        (30, 8),
        (2, 4),
        (3, 5),
        (6, 5),
    ],
)
def test_smog_gives_the_grades_that_its_author_and_its_table_print(long_words: int, grade: int) -> None:
    """A grade that is off by one lets a hard text through, or stops an easy one."""
    assert formulas.smog_grade(Counts(sentences=30, words=600, long_words=long_words)) == grade


def test_smog_takes_the_long_words_of_thirty_sentences_whatever_the_length() -> None:
    """A short text would look easy if its few long words were counted as they stand."""
    assert formulas.smog_count(Counts(sentences=10, words=100, long_words=5)) == 15


def test_flesch_kincaid_on_a_sum_by_hand() -> None:
    """0.39 x 100/10 + 11.8 x 130/100 - 15.59 = 3.90 + 15.34 - 15.59 = 3.65."""
    counts = Counts(sentences=10, words=100, syllables=130)

    assert formulas.flesch_kincaid_grade(counts) == pytest.approx(3.65)


def test_szigriszt_pazos_on_a_sum_by_hand() -> None:
    """206.835 - 62.3 x 190/100 - 100/8 = 206.835 - 118.37 - 12.5 = 75.965: fairly easy on the INFLESZ scale."""
    counts = Counts(sentences=8, words=100, syllables=190)

    assert formulas.szigriszt_pazos(counts) == pytest.approx(75.965)
    assert SCALES["es"].reaches(75.965)
    assert not SCALES["es"].reaches(64.9)


def test_kandel_moles_on_a_sum_by_hand() -> None:
    """207 - 1.015 x 100/8 - 73.6 x 140/100 = 207 - 12.6875 - 103.04 = 91.2725."""
    assert formulas.kandel_moles(Counts(sentences=8, words=100, syllables=140)) == pytest.approx(91.2725)


def test_gulpease_on_a_sum_by_hand() -> None:
    """89 + (300 x 8 - 10 x 450)/100 = 89 - 21 = 68."""
    assert formulas.gulpease(Counts(sentences=8, words=100, letters=450)) == pytest.approx(68)


def test_the_viennese_formula_on_a_sum_by_hand() -> None:
    """0.1935 x 20 + 0.1672 x 12.5 + 0.1297 x 25 - 0.0327 x 50 - 0.875.

    That is 3.87 + 2.09 + 3.2425 - 1.635 - 0.875 = 6.6925.
    """
    counts = Counts(sentences=8, words=100, long_words=20, wide_words=25, one_syllable_words=50)

    assert formulas.wiener_sachtextformel(counts) == pytest.approx(6.6925)


def test_flesch_douma_on_a_sum_by_hand() -> None:
    """206.84 - 0.93 x 100/8 - 77 x 150/100 = 206.84 - 11.625 - 115.5 = 79.715."""
    assert formulas.flesch_douma(Counts(sentences=8, words=100, syllables=150)) == pytest.approx(79.715)


def test_martins_lies_forty_two_points_over_flesch() -> None:
    """Martins and others moved Flesch's scale by 42: 206.835 + 42 - 1.015 x 12.5 - 84.6 x 1.9 = 75.4075."""
    assert formulas.martins(Counts(sentences=8, words=100, syllables=190)) == pytest.approx(75.4075)


def test_oborneva_on_a_sum_by_hand() -> None:
    """206.835 - 1.3 x 100/10 - 60.1 x 200/100 = 206.835 - 13 - 120.2 = 73.635."""
    assert formulas.oborneva(Counts(sentences=10, words=100, syllables=200)) == pytest.approx(73.635)


def test_atesman_gives_what_a_published_count_prints() -> None:
    """A public article prints its counts and its score: 332 words, 24 sentences, 860 syllables, 58.65."""
    assert formulas.atesman(Counts(sentences=24, words=332, syllables=860)) == pytest.approx(58.65, abs=0.01)


def test_lix_on_the_example_of_its_encyclopedia_entry() -> None:
    """437 words in 21 sentences, 112 of them long: 437/21 + 11200/437 = 20.81 + 25.63 = 46.44."""
    assert formulas.lix(Counts(sentences=21, words=437, wide_words=112)) == pytest.approx(46.44, abs=0.01)


def test_every_formula_that_counts_syllables_has_rules_for_its_language() -> None:
    """Without them each word would count as one syllable, and every text would look easy."""
    by_letters = {"it", "sv"}

    assert set(SCALES) - by_letters == set(SYLLABLES)


def test_no_language_has_both_a_formula_and_a_reason_for_none() -> None:
    """One of the two would be a lie."""
    assert set(SCALES) & set(NO_FORMULA) == set()


@pytest.mark.parametrize("tag", ["ar", "bn", "fa", "he", "hi", "ht", "ko", "th", "ur", "vi", "zh"])
def test_languages_without_a_validated_formula_get_none(tag: str) -> None:
    """A grade from another language's weights looks like knowledge."""
    assert tag not in SCALES
