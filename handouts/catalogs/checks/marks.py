"""Marks and spaces: quotes, ends of sentences, brackets, and the spaces that a voice and a line break go by."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from handouts.catalogs.checks.said import HOLE
from handouts.catalogs.checks.writing import NO_BREAK_SPACES, script_of

if TYPE_CHECKING:
    from handouts.catalogs.checks.said import Faults, Said
    from handouts.catalogs.checks.writing import Writing

_QUOTES = frozenset('"“”„‟«»‹›「」『』《》〈〉״‘‚‛')
_APOSTROPHES = frozenset("'’׳")
_BRACKETS = {"(": ")", "[": "]", "（": "）", "【": "】"}
_CLOSERS = ")]）】\"“”»›」』》〉״’' \u00a0\u202f"
_KIND_OF_END = {"…": "."}
_ABBREVIATIONS = frozenset({"डॉ", "डा", "ডা", "ড"})
_MARKS_BEFORE_WHICH_A_SPACE_STANDS = "?!;:»"
_MARK = re.compile(r"[^\w\s]")
_DATE = re.compile(r"[A-Z][a-z]+ \d{1,2}, \d{4}")  # as examples for translators are written
_DOUBLED_SPACE = re.compile(r"[ \u00a0\u202f\u3000]{2,}")
_SPACE_BEFORE_MARK = re.compile(r"[ \u00a0\u202f][.,،؛。，、；？！：।۔]")
_LETTER_AFTER_MARK = re.compile(r"(?<=[^\W\d_]{2})(?:[,;!?،؟؛।۔](?=[^\W\d_])|\.(?=[^\W\d_a-z]))")


def quotes(said: Said) -> Faults:
    """Quotation marks of another language, straight ones, or one without its partner."""
    pairs = said.writing.quotes
    known = {mark for pair in pairs for mark in pair}
    shown = " ".join(f"{opening}…{closing}" for opening, closing in pairs[:2])
    waiting: list[str] = []
    for mark in _quotes_in(said.plain):
        if mark not in known:
            yield f" has the quotation mark {mark}", f"{said.language.english_name} writes {shown}"
            return
        if waiting and (waiting[-1], mark) in pairs:
            waiting.pop()
        elif any(mark == opening for opening, _ in pairs):
            waiting.append(mark)
        else:
            yield f" has a {mark} that nothing opens", f"write the pair: {shown}"
            return
    if waiting:
        yield f" has a {waiting[-1]} that nothing closes", f"write the pair: {shown}"


def end_punctuation(said: Said) -> Faults:
    """The end of the text is not the language's counterpart of the English end. A heading may become a question."""
    english, end = _end_of(said.english_plain), _end_of(said.plain)
    if not said.plain.strip():
        return
    ends = said.writing.ends
    if said.writing.stop_in_dates and _ends_with_a_date(said):
        if end:
            yield f" has '{end}' behind a date that ends with a stop of its own", "leave the mark out"
    elif english in ends:
        inside = said.plain.rstrip("".join(ends["."]))
        speech = end in ends["."] and inside[-1:] in _CLOSERS and _end_of(inside) in ends[english]
        if end in ends[english] or speech:  # Spanish ends a sentence that ends with somebody's question: ?».
            return
        wanted = " or ".join(mark or "nothing" for mark in ends[english])
        yield f" ends with '{end}', where the English ends with '{english}'", f"end it with {wanted}"
    elif not english and end and end not in ends["?"]:
        yield f" ends with '{end}', where the English ends without a mark", "leave the mark out"


def wrong_punctuation(said: Said) -> Faults:
    """A mark of another language inside the text: a Latin comma in Arabic, a Spanish question that nothing opens."""
    end = len(said.plain.rstrip(_CLOSERS)) - 1  # the last mark is looked at by itself
    for match in _MARK.finditer(said.plain):
        char, at = match.group(), match.start()
        right = said.writing.wrong_marks.get(char)
        if at == end or not (_is_own(said.plain, at, said.writing) if right else _is_foreign(char, said.writing)):
            continue
        better = right or unicodedata.normalize("NFKC", char)
        yield f" has the mark {char}", f"write {better}" if better != char else "use the marks of the language"
        break
    if said.writing.opens_questions:
        for opening, closing in (("¿", "?"), ("¡", "!")):
            if said.plain.count(opening) != said.plain.count(closing):
                yield (
                    f" has {opening} and {closing} that are no pair",
                    f"begin each question with {opening}, end it with {closing}",
                )


def brackets(said: Said) -> Faults:
    """A bracket without its partner."""
    waiting: list[str] = []
    for char in _MARK.findall(said.plain):
        if char in _BRACKETS:
            waiting.append(_BRACKETS[char])
        elif char in _BRACKETS.values() and (not waiting or waiting.pop() != char):
            yield f" has a {char} that nothing opens", "write both brackets, or none"
            return
    if waiting:
        yield f" lacks a {waiting[-1]}", "write both brackets, or none"


def spaces(said: Said) -> Faults:
    """A space too many, or one too few: at an end, doubled, before a mark, or missing after one."""
    text = said.plain
    if text != text.strip():
        yield " begins or ends with a space", "delete it"
    if _DOUBLED_SPACE.search(text.strip()):
        yield " has two spaces in a row", "keep one"
    before = _SPACE_BEFORE_MARK.search(text)
    if before and not (said.writing.spaces_before_marks and before.group()[-1] in _MARKS_BEFORE_WHICH_A_SPACE_STANDS):
        yield f" has a space before {before.group()[-1]}", "delete it"
    if said.writing.spaced and (after := _LETTER_AFTER_MARK.search(text)):
        yield f" has no space after {after.group()}", "write one"
    if said.writing.spaces_before_marks:
        yield from _no_break_spaces(text)


def line_break(said: Said) -> Faults:
    """A line break or tab inside the text: the page breaks its lines itself."""
    if any(c in said.text for c in "\n\r\t\u2028\u2029") and not any("\n" in text for text in said.english):
        yield " holds a line break or a tab", "write a space"


def _no_break_spaces(text: str) -> Faults:
    """French sets ? ! ; : and » off by a space that no line ends at, and « likewise."""
    for i, char in enumerate(text):
        if char in _MARKS_BEFORE_WHICH_A_SPACE_STANDS and i and text[i - 1] not in f"{NO_BREAK_SPACES}?!":
            yield f" has no fixed space before {char}", "write a no-break space there: U+00A0, or the narrow U+202F"
            return
        if char == "«" and text[i + 1 : i + 2] not in NO_BREAK_SPACES:
            yield " has no fixed space after «", "write a no-break space there: U+00A0, or the narrow U+202F"
            return


def _quotes_in(text: str) -> list[str]:
    """The quotation marks of `text`, without the apostrophes and the marks of Hebrew abbreviations inside words."""
    found: list[str] = []
    for match in _MARK.finditer(text):
        char, at = match.group(), match.start()
        if char not in _QUOTES and char not in _APOSTROPHES:
            continue
        before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
        within = _is_letter(before) and _is_letter(after)
        elided = within and (before.upper() != before.lower() or char == "׳")  # as in l’eau; Korean goes on after a ’
        may_close = "‘" in found or not _is_letter(before)  # else it is the apostrophe of "parents'"
        if (char in _QUOTES and not (within and char == "״")) or (char in _APOSTROPHES and not elided and may_close):
            found.append(char)
    return found


@cache
def _is_letter(char: str) -> bool:
    return bool(char) and unicodedata.category(char)[0] in "LM"


def _ends_with_a_date(said: Said) -> bool:
    """Whether the last thing said, but for marks, is a date: its example tells."""
    said_last = [piece for piece in said.pieces or () if piece.placeholder is not None or piece.words.strip(" .")]
    name = said_last[-1].placeholder if said_last else None
    return name is not None and _DATE.fullmatch(said.message.placeholders.get(name, "")) is not None


def _end_of(text: str) -> str:
    """The mark that ends `text`, behind closing quotes and brackets; empty when it ends with a word or a hole."""
    rest = text.rstrip(_CLOSERS)
    last = rest[-1:]
    kind = _KIND_OF_END.get(last, last)
    return kind if kind and unicodedata.category(kind)[0] == "P" and kind not in {"-", "/", "&", "(", "["} else ""


def _is_own(text: str, at: int, writing: Writing) -> bool:
    """Whether the mark at `at` stands in the language's own words, not among Latin letters or inside a name."""
    char, after = text[at], text[at + 1 : at + 2]
    before = text[:at].rstrip()
    if char == "." and before.split(" ")[-1].strip("(") in _ABBREVIATIONS:
        return False
    if char == "(":
        return script_of(after) in writing.scripts or script_of(text[at - 1 : at] or " ") in writing.scripts
    last = before[-1:]
    if last.isascii() and last.isalnum():
        return bool(after) and script_of(after) in writing.scripts
    return script_of(last or " ") in writing.scripts or last == HOLE or _is_mark(last)


@cache
def _is_mark(char: str) -> bool:
    return bool(char) and unicodedata.category(char)[0] in "MP"


@cache
def _is_foreign(char: str, writing: Writing) -> bool:
    """Whether a mark belongs by its name to a script that the language does not use."""
    if unicodedata.category(char)[0] != "P":
        return False
    own = {mark for marks in writing.ends.values() for mark in marks}
    own |= set(writing.wrong_marks.values()) | {mark for pair in writing.quotes for mark in pair}
    name = unicodedata.name(char, "").split(" ")[0]
    if char in own or name in {*writing.scripts, *({"IDEOGRAPHIC"} if "CJK" in writing.scripts else ())}:
        return False
    return name in {
        "ARABIC",
        "HEBREW",
        "DEVANAGARI",
        "IDEOGRAPHIC",
        "FULLWIDTH",
        "ARMENIAN",
        "ETHIOPIC",
        "KHMER",
        "URDU",
    }
