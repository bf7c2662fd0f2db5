"""Characters that no text may hold, because a reader would not see them, or not hear them, as they were written."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They can hide or turn words around; direction comes from the language and the runs."""

MOST_MARKS = 8
"""More marks than this on one letter are no writing; the tallest stacks of living scripts have five."""

_WHITE = frozenset("\n\t\r")
_UNREADABLE = frozenset({"Cc", "Cs", "Co", "Cn"})
_MARKS = frozenset({"Mn", "Me"})


def unreadable(text: str) -> tuple[str, ...]:
    """What is wrong with `text`, each as a phrase: "the bidi control U+202E", "41 marks on one letter"."""
    characters = sorted(set(text))
    found = [_named(char) for char in characters if _is_unreadable(char)]
    marks = "".join(char for char in characters if unicodedata.category(char) in _MARKS)
    piles = re.finditer(f"[{re.escape(marks)}]{{{MOST_MARKS + 1},}}", text) if marks else ()
    found.extend(f"{len(pile[0]):,} marks on one letter" for pile in piles)
    return tuple(found)


def made_visible(text: str, absent: str = "") -> str:
    """`text` for somebody who is to mend it: what can't be read stands as its number, as in "[U+202E]".

    So do the characters in `absent`, which no font has; marks beyond what a letter can carry are counted.
    """
    runs = []
    for is_mark, run in groupby(text, key=lambda char: unicodedata.category(char) in _MARKS):
        chars = list(run)
        shown = chars[:MOST_MARKS] if is_mark else chars
        runs += [f"[U+{ord(char):04X}]" if char in absent or _is_unreadable(char) else char for char in shown]
        if len(chars) > len(shown):
            runs.append(f"[+{len(chars) - len(shown)}]")
    return "".join(runs)


def _is_unreadable(char: str) -> bool:
    return char in BIDI_CONTROLS or (char not in _WHITE and unicodedata.category(char) in _UNREADABLE)


def _named(char: str) -> str:
    kinds = {"Cc": "control character", "Cs": "lone surrogate", "Co": "private-use character"}
    kind = "bidi control" if char in BIDI_CONTROLS else kinds.get(unicodedata.category(char), "unassigned character")
    return f"the {kind} U+{ord(char):04X}"
