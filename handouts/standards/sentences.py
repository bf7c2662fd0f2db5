"""Where a sentence ends, and what a word is, in the scripts that we print.

A heading, a list's lead-in and each item of a list are sentences of their own, whatever mark they end with: callers
hand them over one by one. Here a paragraph is cut at its full stops.
"""

from __future__ import annotations

import re
import unicodedata

# Full stop, question and exclamation mark; then those of Arabic and Urdu, Devanagari and Bengali, Chinese and
# Japanese, Ethiopic, Armenian, Khmer and Burmese. Greek's question mark, a semicolon, is Greek's alone.
_ENDS = ".?!…" + "؟۔" + "।॥" + "。！？｡" + "።፧" + "։" + "។៕" + "။"
_CLOSING = "”’\"'»›)]}」』）】"
_NO_SPACE_AFTER = frozenset("。！？｡")

_SENTENCE_END = re.compile(rf"[{re.escape(_ENDS)}]+[{re.escape(_CLOSING)}]*")
_GREEK_END = re.compile(rf"[{re.escape(_ENDS)};\u037e]+[{re.escape(_CLOSING)}]*")

UNSPACED = frozenset({"Hans", "Hant", "Jpan"})
"""Scripts that part sentences but not words: length is counted in characters."""

UNPARTED = frozenset({"Thai", "Laoo", "Khmr", "Mymr", "Tibt"})
"""Scripts whose words, or sentences, only a dictionary can part."""

_ABBREVIATIONS = {
    "de": "bzw. ca. d.h. dr. evtl. nr. prof. s. str. u.a. usw. vgl. z.b.",
    "en": "dr. e.g. etc. i.e. inc. jr. mr. mrs. ms. no. prof. sr. st. vs.",
    "es": "av. dr. dra. ej. etc. n.º núm. p.ej. pág. sr. sra. tel. ud. uds.",
    "fr": "av. dr. etc. ex. m. mme. p.ex. pr. tél.",
    "it": "dott. ecc. es. prof. sig. tel.",
    "nl": "bijv. bv. dhr. dr. d.w.z. enz. evt. mevr. nr. o.a. prof. tel.",
    "pt": "dr. dra. etc. ex. n.º p.ex. pág. sr. sra. tel.",
    "ru": "г. гг. др. и.о. см. стр. т.д. т.е. т.п. тел. ул.",
    "tr": "bkz. dr. prof. tel. vb. vs.",
}


def sentences_of(text: str, language: str) -> tuple[str, ...]:
    """The sentences of a paragraph in `language` (a primary subtag), in order, without spaces around them.

    A full stop inside a number or a word, or after a listed abbreviation, ends none, and neither does one before a
    small letter. One after a single letter does: "has one X. If it is changed".
    """
    pattern = _GREEK_END if language == "el" else _SENTENCE_END
    known = _ABBREVIATIONS.get(language, "").split()
    found: list[str] = []
    start = 0
    for match in pattern.finditer(text):
        end = match.end()
        if _ends_here(text, start, match, known):
            found.append(text[start:end].strip())
            start = end
    found.append(text[start:].strip())
    return tuple(sentence for sentence in found if sentence)


def _ends_here(text: str, start: int, match: re.Match[str], known: list[str]) -> bool:
    after = text[match.end() :]
    mark = match.group()[0]
    if mark in _NO_SPACE_AFTER or not after:
        return True
    if not after[0].isspace():
        return False
    if mark != ".":
        return True
    before = text[start : match.start() + 1]
    last = before.split()[-1].lower().lstrip("([“\"'‘«")
    if last in known:
        return False
    following = after.lstrip().lstrip("“\"'‘«([")
    return not following[:1].islower()


def words_of(sentence: str) -> tuple[str, ...]:
    """The words of `sentence`: what stands between spaces and holds a letter or a digit, less the marks around it."""
    return tuple(word for word in map(_bare, sentence.split()) if word)


def _bare(word: str) -> str:
    """`word` from its first letter or digit to its last, with the vowel signs that belong to them."""
    held = [i for i, c in enumerate(word) if c.isalnum()]
    if not held:
        return ""
    end = held[-1] + 1
    while end < len(word) and unicodedata.category(word[end]).startswith("M"):
        end += 1
    return word[held[0] : end]


def letters_in(text: str) -> int:
    """How many letters and digits `text` holds, which is how scripts without spaces are measured."""
    return sum(c.isalnum() for c in text)


def is_figure(word: str) -> bool:
    """Whether `word` is a number in figures, of any script."""
    return any(c.isdigit() for c in word) and not any(c.isalpha() for c in word)
