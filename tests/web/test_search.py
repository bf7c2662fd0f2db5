"""What somebody types at a counter, in any script, and what it finds."""

from __future__ import annotations

import pytest

from handouts.web.search import Name, best, folded, nearest, rank


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("fibrosis quistica", "Fibrosis quística"),
        ("FIBROSIS  QUÍSTICA ", "Fibrosis quística"),
        ("huntingtons", "Huntington’s"),
        ("huntington's", "Huntington’s"),
        ("HIGM1", "ＨＩＧＭ１"),
        ("strasse", "Straße"),
        ("istanbul", "İstanbul"),
        ("diyarbakir", "Diyarbakır"),
        ("lodz", "Łódź"),
        ("الناعور ا", "النَّاعُور أ"),
        ("فرط", "فــرط"),
        ("کیستیک", "كيستيك"),
        ("219700", "٢١٩٧٠٠"),
        ("हीमोफ़ीलिया", "हीमोफ\u093cीलिया"),
        ("mt-nd4", "MT ND4"),
        ("hunting\u00adton", "Huntington"),
    ],
)
def test_what_is_typed_is_what_is_written(typed: str, written: str) -> None:
    """A nurse on a keyboard without accents finds nothing, and prints nothing."""
    assert folded(typed) == folded(written)


@pytest.mark.parametrize(
    ("one", "other"), [("दिल", "दाल"), ("ไข", "ไข่ๆ"), ("血友病A", "血友病B"), ("E84.0", "E85.0"), ("क्या", "कया")]
)
def test_other_words_stay_other_words(one: str, other: str) -> None:
    """Where vowels are marks, a search that drops marks finds the wrong condition."""
    assert folded(one) != folded(other)


def test_a_whole_name_is_better_than_its_beginning_and_that_than_a_word_within() -> None:
    """The condition that was meant is the last of forty."""
    ranks = [rank("higm1", folded(name)) for name in ("HIGM1", "HIGM10", "Type HIGM1", "H-IGM1 syndrome", "xxhigm1")]

    assert ranks == [0, 1, 2, 3, 4]
    assert rank("ig", "xxig") is None
    assert rank("zz", "higm1") is None


@pytest.mark.parametrize("typed", ["hyper igm", "hyper-igm", "hyperigm", "igm hyper", "HyperIgM"])
def test_spaces_hyphens_and_the_order_of_words_do_not_count(typed: str) -> None:
    """Each of two documents writes the name in its own way, and staff in a third."""
    assert best(folded(typed), [Name("Hyper-IgM syndrome 1", "en")]) is not None


def test_an_arabic_name_is_found_without_its_article() -> None:
    """Nobody types the article that Arabic writes on to its words."""
    assert best(folded("ناعور"), [Name("مرض الناعور", "ar")]) is not None


def test_names_that_look_like_what_was_typed_are_offered_the_nearest_first() -> None:
    """Nobody at a counter knows how hemophilia is spelt in two languages."""
    names = [Name("Hemophilia A", "en"), Name("Hemofilia A", "es"), Name("Cystic fibrosis", "en"), Name("F8", None)]

    assert [name.text for name in nearest("hemofillia", names)] == ["Hemofilia A", "Hemophilia A"]
    assert [name.text for name in nearest("sistic", names)] == ["Cystic fibrosis"]
    assert nearest("zzzz", names) == ()
    assert nearest(" ", names) == ()


def test_one_name_is_offered_once_however_often_it_stands_there() -> None:
    """Three times the same button, and nobody knows which to press."""
    names = [Name("Hemophilia A", "en"), Name("hemophilia-a", None)]

    assert [name.text for name in nearest("hemophillia", names)] == ["Hemophilia A"]
