from __future__ import annotations

import pytest

from handouts.model.tone import ToneWord, tone_faults, tone_of


def word(text: str, *but: str) -> ToneWord:
    return ToneWord(word=text, why="It hurts.", say="Something else.", but=but)


@pytest.mark.parametrize(
    ("entry", "text", "found"),
    [
        (word("affected"), "An affected son.", ["affected"]),
        (word("affected"), "It can affect boys; he is unaffected.", []),
        (word("mutat*"), "Mutations and a MUTATED gene.", ["Mutations", "MUTATED"]),
        (word("bad gene"), "A bad\ngene.", ["bad\ngene"]),
        (word("don't worry"), "Don’t worry.", ["Don’t worry"]),
        (word("normal", "not normal"), "It is not normal, and that is normal.", ["normal"]),
        (word("突变"), "基因突变了", ["突变"]),
        (word("طفرة"), "هذه طفرة.", ["طفرة"]),
    ],
)
def test_words_to_avoid_are_found_whole_in_any_case_and_script(entry: ToneWord, text: str, found: list[str]) -> None:
    """A list that misses the plural, or finds it in another word, is soon switched off."""
    assert [fault.found for fault in tone_faults(text, [entry])] == found


def test_a_region_takes_the_words_of_its_language() -> None:
    """Brazil's Portuguese is Portuguese."""
    words = (word("x"),)

    assert tone_of({"pt": words}, "pt-BR") == words
    assert tone_of({"pt": words, "pt-BR": ()}, "pt-BR") == ()
    assert tone_of({"pt": words}, "fr") is None
