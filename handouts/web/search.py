"""Finding things by what somebody types: accents, case, marks and other scripts' digits folded away.

What was meant is found before what is like it: a whole name before the beginning of one, and that before a word within.
Only when nothing is found are names told that look like it.
"""

from __future__ import annotations

import difflib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LONGEST = 100
"""As many letters of what is typed are looked at."""
WITHIN = 4
"""The rank of a name that has what is asked for within a word: the last."""
_NEAR = 0.66
_NEAR_MOST = 3
_VIRAMA = 9  # the class of the marks that join letters: without them the word is another
_ARTICLE = "ال"
"""The Arabic article, which is written on to its word and which people leave out as they type."""
_ALIKE = str.maketrans("ةىیکıøłđ", "هييكiold", "ـ")  # noqa: RUF001  letters of several scripts are the data here
"""Letters that people type one for another; Unicode takes none of them apart."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name by which something can be found; `language` is that of the name, None for a gene or a code."""

    text: str
    language: str | None


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """`text` as it is compared: in words of small letters and digits, one space between them."""
    letters = []
    for character in unicodedata.normalize("NFKD", text.casefold()).casefold().translate(_ALIKE):
        category = unicodedata.category(character)
        if category == "Nd":
            letters.append(str(unicodedata.digit(character)))
        elif category[0] == "M" and unicodedata.combining(character) not in {0, _VIRAMA}:
            continue
        elif category[0] in "LNM":
            letters.append(character)
        elif category != "Cf" and character not in "'’`":
            letters.append(" ")
    return " ".join("".join(letters).split())


def rank(asked: str, name: str) -> int | None:
    """How well a folded name fits what is asked for, 0 the best; None when it does not.

    `asked` is folded too. Spaces do not count: "hyper igm" is found as "hyperigm".
    """
    if asked == name:
        return 0
    if name.startswith(asked):
        return 1
    words = name.split()
    words += [word.removeprefix(_ARTICLE) for word in words if word.startswith(_ARTICLE)]
    if all(any(word.startswith(part) for word in words) for part in asked.split()):
        return 2
    close = asked.replace(" ", "")
    if name.replace(" ", "").startswith(close):
        return 3
    return WITHIN if len(close) > 2 and close in name.replace(" ", "") else None  # noqa: PLR2004  two letters are anywhere


def best(asked: str, names: Iterable[Name]) -> tuple[int, Name] | None:
    """The name that fits best what was folded to `asked`, and how well it does."""
    found: tuple[int, Name] | None = None
    for name in names:
        at = rank(asked, folded(name.text))
        if at is not None and (found is None or at < found[0]):
            found = (at, name)
    return found


def nearest(words: str, names: Sequence[Name]) -> tuple[Name, ...]:
    """The names, at most three, that look like what was typed or have a word that does; the most alike first."""
    asked = folded(words[:LONGEST])
    if not asked:
        return ()
    likeness: dict[str, tuple[float, Name]] = {}
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(asked)
    for name in names:
        whole = folded(name.text)
        long = [word for word in whole.split() if len(word) > 3]  # noqa: PLR2004  shorter ones are like anything
        begun = (word[: len(asked)] for word in long if len(asked) > 3)  # noqa: PLR2004  see above
        for part in {whole, *long, *begun}:
            matcher.set_seq1(part)
            if matcher.real_quick_ratio() < _NEAR or matcher.quick_ratio() < _NEAR:
                continue
            alike = matcher.ratio()
            if alike >= _NEAR and alike > likeness.get(whole, (0.0, name))[0]:
                likeness[whole] = (alike, name)
    ordered = sorted(likeness.values(), key=lambda each: -each[0])
    return tuple(name for _, name in ordered[:_NEAR_MOST])
