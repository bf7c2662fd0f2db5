from __future__ import annotations

import tomllib

import pytest

from handouts.languages import language
from handouts.problems import UsageError
from handouts.project import Project


@pytest.mark.parametrize(
    ("tag", "own_name", "english_name", "direction"),
    [
        ("en", "English", "English", "ltr"),
        ("es", "español", "Spanish", "ltr"),
        ("ar", "العربية", "Arabic", "rtl"),
        ("he", "עברית", "Hebrew", "rtl"),
        ("vi", "Tiếng Việt", "Vietnamese", "ltr"),
        ("qps-ploc", "Ƥŝéûðö", "Pseudo, accented", "ltr"),
        ("QPS-PLOCM", "Ƥŝéûðö ṁîŕŕöŕéđ", "Pseudo, mirrored", "rtl"),
    ],
)
def test_a_language_has_its_own_name_its_english_name_and_a_direction(
    tag: str, own_name: str, english_name: str, direction: str
) -> None:
    """A family can't find its language, a nurse files it wrongly, or the whole page runs the wrong way."""
    spoken = language(tag)

    assert (spoken.own_name, spoken.english_name, spoken.direction) == (own_name, english_name, direction)


@pytest.mark.parametrize(
    "tag", ["xx", "klingon", "", "e", "../etc/passwd", "es\n", "en_US", "ar;rm", "und", "und-Arab"]
)
def test_an_unknown_or_malformed_tag_is_a_wrong_command(tag: str) -> None:
    """A made-up tag printed as some other language gives a family a page that they can't read."""
    with pytest.raises(UsageError) as caught:
        language(tag)

    assert [p.code for p in caught.value.problems] == ["unknown-language"]


@pytest.mark.parametrize(
    ("tag", "name"), [("es", "es"), ("pt-BR", "pt_BR"), ("zh-Hant", "zh_Hant"), ("es-419", "es_419")]
)
def test_gettext_names_a_language_with_underscores(tag: str, name: str) -> None:
    """A folder of the wrong name holds translations that nobody finds."""
    assert language(tag).gettext_name == name


@pytest.mark.parametrize(("typed", "tag"), [("ES", "es"), ("pt-br", "pt-BR"), ("ZH-hant", "zh-Hant"), ("AR", "ar")])
def test_a_tag_is_known_in_any_letter_case(typed: str, tag: str) -> None:
    """`--lang AR` is what people type; a second Arabic with Latin type would come out."""
    assert language(typed) == language(tag)


@pytest.mark.parametrize(
    ("tag", "script"),
    [
        ("es", "Latn"),
        ("ar", "Arab"),
        ("ar-EG", "Arab"),
        ("fa", "Arab"),
        ("ru", "Cyrl"),
        ("el", "Grek"),
        ("zh", "Hans"),
        ("zh-Hant", "Hant"),
        ("sr-Latn", "Latn"),
        ("pa", "Guru"),
    ],
)
def test_the_script_follows_the_language_and_its_country(tag: str, script: str) -> None:
    """The type of another script has none of the letters: the page would be empty boxes."""
    assert language(tag).script == script


@pytest.mark.parametrize(
    ("tag", "digits"),
    [
        ("en", "0123456789"),
        ("es", "0123456789"),
        ("fa", "۰۱۲۳۴۵۶۷۸۹"),
        ("ar-EG", "٠١٢٣٤٥٦٧٨٩"),
        ("mr", "०१२३४५६७८९"),
        ("bn", "০১২৩৪৫৬৭৮৯"),
        ("my", "၀၁၂၃၄၅၆၇၈၉"),
    ],
)
def test_a_language_counts_in_its_own_digits(tag: str, digits: str) -> None:
    """Odds in digits that a reader never learnt are no odds."""
    assert language(tag).digits == digits


@pytest.mark.parametrize(
    ("tag", "style"), [("es", "decimal"), ("fa", "persian"), ("bn", "bengali"), ("ar-EG", "arabic-indic")]
)
def test_page_numbers_are_counted_in_the_same_digits(tag: str, style: str) -> None:
    """Two kinds of digits on one page look like two kinds of numbers. The names are those of CSS Counter Styles 3."""
    assert language(tag).counter_style == style


@pytest.mark.parametrize("tag", ["en", "es", "ar", "ar-EG", "fa", "ur", "ru", "el", "vi", "he", "hi", "zh", "ja", "ko"])
def test_every_font_that_a_language_asks_for_is_shipped(tag: str) -> None:
    """A font that is not there is replaced by the machine's own, or by boxes."""
    shipped = tomllib.loads((Project().fonts() / "manifest.toml").read_text(encoding="utf-8"))
    families = [family.replace(" ", "") for family in language(tag).font_families]

    assert {f"{family}-{weight}.ttf" for family in families for weight in ("Regular", "Bold")} <= set(shipped)


def test_latin_words_on_any_page_have_a_font() -> None:
    """A gene's name in the middle of an Arabic page would be boxes."""
    assert language("ar").font_families == ("Noto Naskh Arabic", "Noto Sans")
    assert language("en").font_families == ("Noto Sans",)


@pytest.mark.parametrize("tag", ["en", "ar", "ur", "th", "km", "ja", "am"])
def test_no_language_is_set_smaller_or_tighter_than_clear_print(tag: str) -> None:
    """RNIB Clear Print: a body of at least 14 points, line spacing of at least 1.5."""
    spoken = language(tag)

    assert spoken.body_size_pt >= 14
    assert spoken.leading >= 1.5


@pytest.mark.parametrize(
    ("tag", "own", "english"),
    [
        ("pt-BR", "português do Brasil", "Brazilian Portuguese"),
        ("zh-Hans", "简体中文", "Simplified Chinese"),
        ("zh-Hant", "繁體中文", "Traditional Chinese"),
        ("sr-Latn", "srpski, latinica", "Serbian, Latin"),
        ("es", "español", "Spanish"),
    ],
)
def test_names_of_languages_have_no_brackets(tag: str, own: str, english: str) -> None:
    """'português (Brasil) (Portuguese (Brazil))' is read out as a riddle. Names by CLDR's list of languages."""
    assert (language(tag).own_name, language(tag).english_name) == (own, english)
