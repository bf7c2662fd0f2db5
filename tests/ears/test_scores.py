"""The measure itself: it must see the faults that it is there to find."""

from __future__ import annotations

from tests.ears.scores import Score, mended_at_pages, score


def test_a_wrong_vowel_is_seen() -> None:
    """Plain WeasyPrint says Hindi "right" like this, and a measure that misses it is worth nothing."""
    told = score("सही है", "सिही है")

    assert told == Score(words=False, letters=False, error=1 / 5)


def test_words_run_together_are_seen() -> None:
    """A listener hears a word that does not exist; the letters are all there."""
    assert score("with reason", "withreason") == Score(words=False, letters=True, error=0.0)


def test_what_is_not_heard_does_not_count() -> None:
    """Bullets, soft hyphens, controls of direction and other spaces would hide the faults that matter."""
    heard = "\u2022 10\u00a0km\n\u200fhand\u00adout Cafe\u0301-\u200b"

    assert score("10 km handout Café-", heard) == Score(words=True, letters=True, error=0.0)


def test_only_the_break_of_a_page_is_mended() -> None:
    """A mended gap inside a page would hide a word that is heard in two."""
    assert mended_at_pages("one Congo-Kinshasa two", "one\nCongo-\n\f\nKinshasa\n\ftwo").split() == [
        "one",
        "Congo-Kinshasa",
        "two",
    ]
    assert mended_at_pages("one", "o ne\f").split() == ["o", "ne"]
