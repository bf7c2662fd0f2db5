"""How near what was heard is to what was said."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from tests.ears.readers import PAGE_BREAK

# What is not heard: soft hyphens, the zero-width space, the byte order mark, controls of direction.
_UNHEARD = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_BULLET = "\u2022"


@dataclass(frozen=True, slots=True)
class Score:
    """Whether each word, and each letter, was heard; `error` is the share of letters that must be changed."""

    words: bool
    letters: bool
    error: float


def score(said: str, heard: str) -> Score:
    """How well `heard` gives back `said`."""
    wanted, got = letters(said), letters(heard)
    error = Levenshtein.distance(wanted, got) / len(wanted)
    return Score(words(said) == words(heard), wanted == got, error)


def words(text: str) -> list[str]:
    """The words of `text`, between white space of any kind; a list's bullets are none."""
    return _UNHEARD.sub("", unicodedata.normalize("NFC", text)).replace(_BULLET, " ").split()


def letters(text: str) -> str:
    """The words of `text` without the white space between them."""
    return "".join(words(text))


def mended_at_pages(said: str, heard: str) -> str:
    """`heard` with the pages put together where no space is said: a reader of single pages can't know that."""
    spaced = {0}
    for word in words(said):
        spaced.add(max(spaced) + len(word))
    mended = ""
    for page in heard.split(PAGE_BREAK):
        mended += f" {page.strip()}" if len(letters(mended)) in spaced else page.strip()
    return mended
