"""Words of any script, and the patterns of the term base: what a check looks for, without knowing the language."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# The letters and marks of words. Python's \w leaves out the marks, without which most scripts of Asia fall into pieces;
# U+0964 and U+0965, the dandas, are no letters.
WORD_CHARACTER = (
    r"\w\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0963\u0970-\u0df3"
    r"\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0eff\u1000-\u1049\u1050-\u109f\u1780-\u17d3"
)
_WORD = re.compile(rf"[{WORD_CHARACTER}\u200c\u200d]+")
_UNHEARD = re.compile(r"[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u0652\u0670\u200c\u200d]")


def words_in(text: str) -> tuple[str, ...]:
    """The words of `text`, in order: runs of letters, marks, digits and joiners."""
    return tuple(_WORD.findall(text))


def folded(text: str) -> str:
    """`text` as patterns see it: NFC, small letters, and none of the points and joiners that a writer may leave out."""
    return _UNHEARD.sub("", unicodedata.normalize("NFC", text)).casefold().replace("\u2019", "'")


@cache
def pattern_of(patterns: tuple[str, ...], *, spaced: bool) -> re.Pattern[str]:
    """Finds one of `patterns` in folded text, the longest first; anywhere unless the language is `spaced`."""
    longest_first = sorted((folded(pattern) for pattern in patterns), key=len, reverse=True)
    if not spaced:
        return re.compile("|".join(re.escape(p.replace("*", "")) for p in longest_first) or "(?!)")
    one_of = "|".join(r"\s+".join(_as_expression(word) for word in p.split()) for p in longest_first) or "(?!)"
    return re.compile(rf"(?<![{WORD_CHARACTER}])(?:{one_of})(?![{WORD_CHARACTER}])")


def _as_expression(word: str) -> str:
    return rf"[{WORD_CHARACTER}]*".join(re.escape(part) for part in word.split("*"))
