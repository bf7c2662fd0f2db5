"""Words to runs: every stretch gets its language and direction, so that nobody has to mark mixed text by hand.

In a right-to-left text, names in Latin letters, ranges and phone numbers would be set in the wrong order. They
are found by what they are and set apart as left-to-right runs; the spaces and brackets around them stay outside.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from handouts.languages import Language, language
from handouts.model.document import Line, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

# Letters of scripts written from left to right that occur in names: Latin, Greek, Cyrillic.
_LETTER = r"A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff\u1e00-\u1eff"
_WORD = rf"(?:[{_LETTER}0-9][\u0300-\u036f]*)+"  # an accent that stands by itself stays with its letter
_JOINED = r"(?:[ \-‑–/.,:;'’&+@_?=%#]+|, )"
_LTR_PHRASE = re.compile(rf"\+?{_WORD}(?:{_JOINED}{_WORD})*")
_HAS_LETTER = re.compile(rf"[{_LETTER}]")
_HAS_TWO_NUMBERS = re.compile(r"[0-9][ \-‑–/.:+]+[0-9]")


def runs(words: str, spoken: Language, *, strong: bool = False, link: str | None = None) -> Line:
    """`words` of `spoken` as runs, with left-to-right phrases set apart when the language runs right to left."""
    if spoken.direction == "ltr" or not words:
        return (Text(words, spoken.tag, spoken.direction, strong, link),) if words else ()
    if spoken.is_pseudo:
        return tuple(_mirrored(words, spoken, strong=strong, link=link))
    found: list[Text] = []
    end = 0
    for match in _LTR_PHRASE.finditer(words):
        phrase = match.group()
        latin = _HAS_LETTER.search(phrase) is not None
        if not latin and not phrase.startswith("+") and not _HAS_TWO_NUMBERS.search(phrase):
            continue
        if match.start() > end:
            found.append(Text(words[end : match.start()], spoken.tag, "rtl", strong, link))
        found.append(Text(phrase, "en" if latin else spoken.tag, "ltr", strong, link))
        end = match.end()
    if end < len(words):
        found.append(Text(words[end:], spoken.tag, "rtl", strong, link))
    return tuple(found)


def _mirrored(words: str, spoken: Language, *, strong: bool, link: str | None) -> Iterator[Text]:
    """Each word a run of its own, so that the words of a line follow each other from right to left."""
    for part in re.findall(rf"{_WORD}(?:['’-]{_WORD})*|.", words, re.DOTALL):
        yield Text(part, spoken.tag, "ltr" if re.match(_WORD, part) else "rtl", strong, link)


def foreign(words: str, tag: str, *, link: str | None = None) -> Line:
    """`words` that are in the language `tag` whatever the page's language: a name, a title, an address."""
    spoken = language(tag)
    return (Text(words, spoken.tag, spoken.direction, link=link),)


def name(words: str, spoken: Language) -> Line:
    """A person's name or role: of the page's language, unless it is in Latin letters on a page of another script."""
    latin = all(unicodedata.name(char, "").startswith("LATIN") for char in words if char.isalpha())
    return foreign(words, "en") if latin and spoken.script != "Latn" else runs(words, spoken)


def isolated(words: str, spoken: Language, *, link: str | None = None) -> Line:
    """A phone number or address: one left-to-right run that no direction can reorder."""
    return (Text(words, spoken.tag, "ltr", link=link),)


def plain(line: Line) -> str:
    """The words of `line`, without anything else."""
    return "".join(text.value for text in line)
