"""The letters of a translation: those of its language, seen by every reader, and none that only look like them."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from handouts.catalogs.checks.words import words_in
from handouts.catalogs.checks.writing import ZWJ, ZWNJ, script_of
from handouts.model.characters import BIDI_CONTROLS, unreadable

if TYPE_CHECKING:
    from handouts.catalogs.checks.said import Faults, Said

_TWINS = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN"})
"""Alphabets with letters that look alike: A, А and Α."""

_NO_WIDTH = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
"""Letters and marks that nobody sees."""

_WHOLE = frozenset("ªºำຳŀĿ")
"""Letters that Unicode can take apart and that are written whole all the same."""

_MOST_TOLD = 5


def hidden_character(said: Said) -> Faults:
    """A bidi control, a control character, an undefined character, or a heap of marks."""
    for fault in unreadable(said.text):
        yield f" holds {fault}", "delete it; direction is set from the language"


def invisible_character(said: Said) -> Faults:
    """A joiner, soft hyphen or other invisible character where the language writes none."""
    text, joiners = said.text, said.writing.joiners
    unseen = {c for c in set(text) - BIDI_CONTROLS if unicodedata.category(c) == "Cf" or _varies(c)}
    places = [i for i, char in enumerate(text) if char in unseen] if unseen else []
    found = [text[i] for i in places if text[i] not in joiners or not _between_letters(text, i)]
    for char in dict.fromkeys(found):
        name = unicodedata.name(char, f"U+{ord(char):04X}").lower()
        yield f" holds an invisible character, the {name} (U+{ord(char):04X})", "delete it, or write a plain space"


def wrong_script(said: Said) -> Faults:
    """Letters of a script that is neither the language's nor Latin; those inside a mixed word are told there."""
    own = {*said.writing.scripts, "LATIN", *(["IDEOGRAPHIC"] if "CJK" in said.writing.scripts else ())}
    if {script_of(char) for char in set(said.plain)} <= own | {""}:
        return
    whole = [word for word in said.words if len(_alphabets(word)) <= 1]
    found = dict.fromkeys(c for word in whole for c in word if script_of(c) and script_of(c) not in own)
    if found:
        shown = ", ".join(_named(c) for c in list(found)[:_MOST_TOLD])
        yield f" holds letters of another script: {shown}", "write them again with the keyboard of the language"


def mixed_script(said: Said) -> Faults:
    """A word of two alphabets that look alike, such as Latin X and Cyrillic Х: a voice stumbles, a search fails."""
    if len(_alphabets(said.plain)) <= 1:
        return
    for word in dict.fromkeys(said.words):
        scripts = _alphabets(word)
        if len(scripts) > 1:
            rare = min(scripts, key=lambda script: sum(script_of(c) == script for c in word))
            odd = ", ".join(_named(c) for c in dict.fromkeys(word) if script_of(c) == rare)
            yield f" mixes alphabets in '{word}': {odd}", "write the whole word with one alphabet"


def wrong_letter(said: Said) -> Faults:
    """A letter of a sister language that looks alike, such as the Arabic yeh in Persian."""
    for char in dict.fromkeys(said.plain):
        right = said.writing.wrong_letters.get(char)
        if right is not None:
            yield f" holds {_named(char)}", f"{said.language.english_name} writes {_named(right)}"


def wrong_characters(said: Said) -> Faults:
    """Traditional characters in Simplified Chinese, or Simplified ones in Traditional."""
    standard = said.writing.characters_of
    if standard is None:
        return
    found = [c for c in dict.fromkeys(said.plain) if script_of(c) == "CJK" and _only_in(c) not in {None, standard}]
    if found:
        other = "traditional" if standard == "Hans" else "simplified"
        yield f" holds {other} characters: {' '.join(found[:_MOST_TOLD])}", "write them as this language does"


def compatibility_letter(said: Said) -> Faults:
    """A ligature, full-width or presentation form: it looks like a letter, and is not found as that letter."""
    found = [c for c in dict.fromkeys(said.text) if _is_form(c)]
    if found:
        shown = ", ".join(f"{c} for {unicodedata.normalize('NFKC', c)}" for c in found[:_MOST_TOLD])
        yield f" holds forms that stand for other letters: {shown}", "type the letters themselves"


def not_nfc(said: Said) -> Faults:
    """Letters and accents stand apart where Unicode has one character for both. What is printed is put right."""
    if not unicodedata.is_normalized("NFC", said.text):
        yield " is not in Unicode's form NFC", "type the accented letters anew, or let your editor normalize the file"


def _alphabets(word: str) -> set[str]:
    return {script_of(char) for char in set(word)} & _TWINS


@cache
def _only_in(char: str) -> str | None:
    """Hans or Hant for a character that only one of the two national standards has, else None.

    Sources: GB 2312 (China, 1980) and Big5 (Taiwan, 1984), as Python's codecs have them.
    docs/decisions/0023-checks-of-our-own.md
    """
    simplified, traditional = (_encodes(char, name) for name in ("gb2312", "big5"))
    return None if simplified == traditional else "Hans" if simplified else "Hant"


def _encodes(char: str, charset: str) -> bool:
    try:
        char.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


@cache
def _is_form(char: str) -> bool:
    apart = unicodedata.decomposition(char).startswith("<")
    return apart and char not in _WHOLE | _NO_WIDTH and unicodedata.category(char)[0] == "L"


def _varies(char: str) -> bool:
    """Whether a mark only chooses among the shapes of a character, or is a letter without a shape."""
    return char in _NO_WIDTH or 0xFE00 <= ord(char) <= 0xFE0F or 0xE0100 <= ord(char) <= 0xE01EF  # noqa: PLR2004  the selectors


def _between_letters(text: str, at: int) -> bool:
    """Whether a joiner has a letter or mark before it, and one after it (or, if it is a virama's, a word's end)."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    joins = bool(before) and unicodedata.category(before)[0] in "LM"
    if text[at] == ZWJ:
        return joins
    return joins and bool(after) and after not in {ZWNJ, ZWJ} and bool(words_in(after) or after == "{")


def _named(char: str) -> str:
    return f"{char} ({script_of(char).capitalize() or 'U'} U+{ord(char):04X})"
