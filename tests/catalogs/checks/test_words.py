from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.catalogs.checks.words import folded, pattern_of, words_in


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Pregunte a su equipo.", ("Pregunte", "a", "su", "equipo")),
        ("l’enfant d'abord", ("l", "enfant", "d", "abord")),
        ("हिन्दी में पूछें।", ("हिन्दी", "में", "पूछें")),
        ("আপনার টিমকে।", ("আপনার", "টিমকে")),
        ("می\u200cخواهم، بپرسم", ("می\u200cخواهم", "بپرسم")),
        ("اسأل؟ مُمرِّضة", ("اسأل", "مُمرِّضة")),
        ("X-хромосома", ("X", "хромосома")),
        ("שאלו את ד״ר", ("שאלו", "את", "ד", "ר")),
    ],
)
def test_a_word_keeps_its_marks(text: str, words: tuple[str, ...]) -> None:
    """Python's own idea of a word breaks Hindi at each vowel: no term would ever be found."""
    assert words_in(text) == words


@pytest.mark.parametrize(
    ("patterns", "text", "found"),
    [
        (("portador*",), "Una Portadora.", "portadora"),
        (("portador*",), "transportadora", None),
        (("*portador*",), "transportadora", "transportadora"),
        (("glóbulo* blanco*",), "los glóbulos  blancos", "glóbulos  blancos"),
        (("gen", "genes"), "un gen.", "gen"),
        (("gen",), "genio", None),
        (("*حامل* ل*جين*",), "الحاملة للجين", "الحاملة للجين"),
        (("مضاد",), "مُضادّ", "مضاد"),
        (("سلول* بنیادی*",), "سلول\u200cهای بنیادی", "سلولهای بنیادی"),
        (("जीन*",), "जीनों में", "जीनों"),
        (("células-tronco",), "as células-tronco.", "células-tronco"),
        (("me'di",), "me’di", "me'di"),
        ((), "gen", None),
    ],
)
def test_a_pattern_finds_whole_words(patterns: tuple[str, ...], text: str, found: str | None) -> None:
    """A pattern that finds too much tells lies; one that finds too little lets "حامل" through."""
    match = pattern_of(patterns, spaced=True).search(folded(text))

    assert (match.group() if match else None) == found


def test_a_pattern_is_found_anywhere_in_a_language_without_spaces() -> None:
    """Chinese and Thai write no spaces: a whole word is nowhere."""
    assert pattern_of(("携带者",), spaced=False).search(folded("她是携带者。"))
    assert pattern_of(("ยีน*",), spaced=False).search(folded("การเปลี่ยนแปลงของยีนนี้"))
    assert pattern_of((), spaced=False).search(folded("她")) is None


@given(text=st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_text_is_seen_in_one_way_however_it_is_composed(text: str) -> None:
    """A term typed on a Mac is not found on Windows."""
    assert folded(unicodedata.normalize("NFD", text)) == folded(unicodedata.normalize("NFC", text))
