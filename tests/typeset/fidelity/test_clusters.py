"""Pure: what Pango hands over, and the clusters that should come of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.typeset.fidelity.clusters import Cluster, Glyph, clusters_of

ADVANCE = 500


def glyph(gid: int) -> Glyph:
    return Glyph(gid, 0, 0, ADVANCE, ADVANCE)


def grouped(glyphs: list[tuple[int | None, int]], text: str, *, rtl: bool = False) -> list[tuple[list[int], str]]:
    """The clusters of (glyph, first character) pairs in visual order, as (glyph numbers, text)."""
    starts = [len(text[:start].encode()) for _, start in glyphs]
    made = [None if gid is None else glyph(gid) for gid, _ in glyphs]
    return [([g.gid for g in c.glyphs], c.text) for c in clusters_of(made, starts, text.encode(), rtl=rtl)]


def test_one_glyph_for_each_letter_says_that_letter() -> None:
    """A reader hears letters in another order, or none."""
    assert grouped([(1, 0), (2, 1), (3, 2)], "abc") == [([1], "a"), ([2], "b"), ([3], "c")]


def test_a_ligature_says_all_its_letters() -> None:
    """'office' is heard as 'oce'."""
    assert grouped([(1, 0), (9, 1), (2, 4)], "office"[:5]) == [([1], "o"), ([9], "ffi"), ([2], "c")]


def test_several_glyphs_of_one_letter_are_drawn_and_said_together() -> None:
    """A letter in two pieces is heard as the letter and as something else."""
    assert grouped([(1, 0), (2, 0), (3, 1)], "ൊക") == [([1, 2], "ൊ"), ([3], "ക")]


@pytest.mark.parametrize(
    ("letter", "mark"),
    [
        ("e", "\u0301"),
        ("ส", "\u0e34"),
        ("ก", "\u0e33"),
        ("ກ", "\u0eb3"),
        ("क", "\u093f"),
        ("ب", "\u064e"),
        ("a", "\u20dd"),
    ],
)
def test_a_mark_belongs_to_the_letter_before_it(letter: str, mark: str) -> None:
    """A mark that is said alone is heard as a word of its own."""
    assert grouped([(1, 0), (2, 1)], letter + mark) == [([1, 2], letter + mark)]


def test_a_mark_in_a_right_to_left_line_stands_before_its_letter_in_what_is_drawn() -> None:
    """The mark would be drawn beside the wrong letter."""
    assert grouped([(2, 1), (1, 0)], "بَ", rtl=True) == [([2, 1], "بَ")]


@pytest.mark.parametrize("virama", ["\u094d", "\u17d2", "\u1039"])
def test_a_letter_after_a_virama_belongs_to_the_conjunct(virama: str) -> None:
    """Khmer and Hindi conjuncts fall apart, and half a syllable is heard."""
    assert grouped([(1, 0), (2, 2)], f"ក{virama}ខ") == [([1, 2], f"ក{virama}ខ")]


@pytest.mark.parametrize("killer", ["\u103a", "\u0e3a"])
def test_a_letter_after_a_vowel_killer_is_another_letter(killer: str) -> None:
    """In Burmese most syllables end so: a whole line would become one glyph."""
    text = f"က{killer}န"

    assert grouped([(1, 0), (2, 2)], text) == [([1], text[:2]), ([2], text[2:])]


def test_a_mark_after_a_space_stands_alone() -> None:
    """The space would be drawn with it, and two words be one."""
    assert grouped([(1, 0), (2, 1), (3, 2)], "a \u0301") == [([1], "a"), ([2], " "), ([3], "\u0301")]


def test_a_joiner_that_begins_a_cluster_is_said_with_the_letter_before() -> None:
    """In Sinhala the joiner makes the conjunct: without it another word is written."""
    text = "ක්\u200dෂ"

    assert grouped([(1, 0), (2, 2), (3, 3)], text) == [([1, 2], "ක්\u200d"), ([3], "ෂ")]


def test_a_non_joiner_is_said_with_what_follows() -> None:
    """pdf.js drops a glyph whose text ends with one, and the letter with it."""
    assert grouped([(1, 0), (None, 1), (2, 2)], "ی\u200cش") == [([1], "ی"), ([2], "\u200cش")]
    assert grouped([(1, 0), (2, 2)], "ی\u200cش") == [([1], "ی"), ([2], "\u200cش")]


def test_a_non_joiner_at_the_end_is_kept() -> None:
    """The word would be another without it."""
    assert grouped([(1, 0), (None, 1)], "ی\u200c") == [([1], "ی\u200c")]
    assert grouped([(1, 0), (2, 1)], "ی\u200c") == [([1], "ی"), ([2], "\u200c")]


@pytest.mark.parametrize("shape", [None, 7])
def test_a_soft_hyphen_is_never_said(shape: int | None) -> None:
    """'immuno globulin', or 'immuno hyphen globulin'."""
    said = [text for _, text in grouped([(1, 0), (shape, 1), (2, 2)], "o\u00adg")]

    assert "".join(said) == "og"


def test_a_run_of_shapeless_text_alone_says_nothing() -> None:
    """There is nothing to hang the text on; it must not be an error."""
    assert grouped([(None, 0)], "\u00ad") == []
    assert grouped([], "") == []


def test_right_to_left_clusters_come_in_the_order_of_the_text() -> None:
    """An Arabic word is heard backwards."""
    assert grouped([(3, 2), (2, 1), (1, 0)], "سلم", rtl=True) == [([1], "س"), ([2], "ل"), ([3], "م")]


def test_no_glyph_and_no_letter_is_lost() -> None:
    """What is drawn and what is said must both be whole."""
    text = "क\u094dषि\u00adका ए\u200cब"
    pairs: list[tuple[int | None, int]] = [(i + 1, i) for i in range(len(text))]

    clusters = grouped(pairs, text)

    assert [gid for gids, _ in clusters for gid in gids] == list(range(1, len(text) + 1))
    assert "".join(said for _, said in clusters) == text.replace("\u00ad", "")


def test_a_cluster_never_grows_without_end() -> None:
    """A string of broken syllables would need a glyph wider than a font can hold, and the page would not be made."""
    text = "क\u094d" * 300

    clusters = grouped([(1, 2 * i) for i in range(300)], text)

    assert max(len(gids) for gids, _ in clusters) <= 12
    assert sum(len(gids) for gids, _ in clusters) == 300
    assert "".join(said for _, said in clusters) == text


@pytest.mark.parametrize("rtl", [False, True])
def test_what_the_shaper_puts_together_without_end_is_cut(rtl: bool) -> None:  # noqa: FBT001  pytest passes it by name
    """Khmer's shaper makes one cluster of any number of broken syllables, and the page would not be made."""
    clusters = grouped([(i, 0) for i in range(30)], "abc", rtl=rtl)

    assert [said for _, said in clusters] == ["abc", "", ""]
    drawn = [gids for gids, _ in (reversed(clusters) if rtl else clusters)]
    assert [gid for gids in drawn for gid in gids] == list(range(30))


def test_a_cluster_is_a_plain_value() -> None:
    """A cluster that could be changed after it was given a code would be drawn as another."""
    assert clusters_of([glyph(4)], [0], b"x", rtl=False) == (Cluster((glyph(4),), "x"),)


ALONE = "aZ5 .-éñßþ字あ한אبд\u2003\u20ac"
JOINING = "\u0301\u0e33\u0eb3\u093f\u00ad\u200b\u200c\u200d"


@given(text=st.text(ALONE, min_size=1, max_size=12), joining=st.sampled_from(JOINING), rtl=st.booleans())
def test_letters_alone_are_said_as_they_are_beside_letters_that_join(*, text: str, joining: str, rtl: bool) -> None:
    """A line without marks goes a shorter way, and is heard otherwise than the same words in a line with one."""
    pairs: list[tuple[int | None, int]] = [(i + 1, i) for i in range(len(text))]
    after: list[tuple[int | None, int]] = [(98, len(text)), (99, len(text) + 1)]
    alone = grouped(pairs[::-1] if rtl else pairs, text, rtl=rtl)
    beside = grouped([*pairs, *after][:: -1 if rtl else 1], f"{text}x{joining}", rtl=rtl)

    assert alone == beside[: len(text)]
    assert alone == [([i + 1], letter) for i, letter in enumerate(text)]
