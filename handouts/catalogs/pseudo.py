"""Pseudo-translations: English as a designer should see it before a language is there, made on the fly.

Each string stands between brackets, so that one that is cut off, glued together or not in a catalog is seen at once;
its letters wear accents, and its vowels are doubled until it is two fifths longer. Placeholders and bold stay as they
are, so every check of a page holds. As Windows and Android do it: docs/decisions/0019-pseudo-locales.md
"""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import TYPE_CHECKING

from handouts.model.markup import Piece, parse_markup
from handouts.model.message import Translations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handouts.languages import Language
    from handouts.model.message import Message

LONGER = 1.4
"""How much longer than English a string is, in letters: what German, Finnish or Tamil may need."""

_ACCENTED = str.maketrans(
    "AaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPpQqRrSsTtUuVvWwXxYyZz",
    "ÅåƁƀÇçÐđÉéƑƒĜĝĤĥÎîĴĵĶķĻļṀṁÑñÖöÞþɊɋŔŕŠšŢţÛûṼṽŴŵẊẋÝýŽž",
)
_VOWELS = frozenset("aeiouAEIOU")


def pseudo_translations(messages: Iterable[Message], language: Language) -> Translations:
    """All of `messages` in the pseudo-language `language`; two plural forms, as in English."""
    said: dict[tuple[str, str], tuple[str, ...]] = {}
    rules: dict[str, str] = {}
    for message in messages:
        said[message.domain, message.key] = tuple(pseudo(english) for english in message.english)
        rules[message.domain] = "n != 1"
    return Translations(language.tag, MappingProxyType(said), MappingProxyType(rules))


def pseudo(english: str) -> str:
    """`english` between brackets, accented and longer, with its placeholders and bold as they are."""
    pieces = parse_markup(english)
    letters = sum(len(piece.words) for piece in pieces)
    owed = math.ceil((LONGER - 1) * letters) - 2  # the two brackets
    vowels = sum(letter in _VOWELS for piece in pieces for letter in piece.words)
    longer = _spread(owed, vowels)
    return f"[{''.join(_marked(piece, longer) for piece in pieces)}]"


def _spread(owed: int, vowels: int) -> Iterator[int]:
    """How many more times each of `vowels` is written, so that `owed` letters are shared out evenly."""
    given = 0
    for nth in range(1, vowels + 1):
        due = max(owed, 0) * nth // vowels
        yield due - given
        given = due


def _marked(piece: Piece, longer: Iterator[int]) -> str:
    if piece.placeholder is not None:
        words = f"{{{piece.placeholder}}}"
    else:
        spelt = (letter * (1 + next(longer)) if letter in _VOWELS else letter for letter in piece.words)
        words = "".join(spelt).translate(_ACCENTED)
    return f"**{words}**" if piece.strong else words
