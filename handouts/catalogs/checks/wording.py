"""The words of a translation: its terms, what must not be said, what was forgotten, and whether it fits."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from handouts.catalogs.checks.said import HOLE
from handouts.catalogs.checks.words import folded, pattern_of, words_in
from handouts.catalogs.checks.writing import script_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.catalogs.checks.said import Faults, Said
    from handouts.model.terms import TermIn, WrongRendering

# English words that no other language of ours has, so that one of them is enough to tell.
_ENGLISH = frozenset(
    (
        *("the", "and", "of", "with", "from", "your", "you", "this", "that", "which", "they", "their", "she", "have"),
        *("been", "would", "should", "could", "when", "where", "what", "who", "there", "because", "about", "into"),
        *("these", "those", "than", "then", "her", "his"),
    )
)
_LATIN_RUN = re.compile(r"(?<![A-Za-z])[A-Za-z]+(?:[ -][A-Za-z]+){2,}")
_SENTENCE = re.compile(r"[.?!。？！؟۔।]+(?=\s|$|[^\x00-\x7f])")

COGNATES = 2
"""As many words may be the same in English and another language of the Latin alphabet: Web, Gen, normal."""

LONG_ENOUGH = 60
"""Columns of English from which the length of a translation says something."""

SHORTEST, LONGEST = 0.5, 2.2
"""Parts of a translation's usual length. In seven catalogs of ours that were read back, the ends were 0.56 and 1.9."""

SHORT = 0.65
"""Below this part of the usual length, fewer sentences than in the English mean that one may be lost."""


def term_forbidden(said: Said) -> Faults:
    """A term is said in a way that the term base forbids, outside of every accepted way."""
    for _, term, known in said.terms_here:
        for wrong, found in _wrong_renderings(said, known):
            better = f"; write {known.accepted[0].text}" if known.accepted else ""
            yield f" says '{found}' for '{term.term}'", f"{wrong.why}{better}"


def term_missing(said: Said) -> Faults:
    """The English uses a term and the translation none of its accepted renderings."""
    for term_id, term, known in said.terms_here:
        explains_it = said.message.key == f"glossary.{term_id}.meaning"  # the word itself stands right above
        if explains_it or not known.accepted or said.finds(_accepted(known)) or any(_wrong_renderings(said, known)):
            continue
        renderings = ", ".join(rendering.text for rendering in known.accepted)
        yield f" has no accepted rendering of '{term.term}'", f"the term base has: {renderings}"


def _accepted(known: TermIn) -> tuple[str, ...]:
    return tuple(pattern for rendering in known.accepted for pattern in rendering.patterns)


def _wrong_renderings(said: Said, known: TermIn) -> Iterator[tuple[WrongRendering, str]]:
    """Each forbidden rendering that stands outside of the accepted ones, and the words that were found."""
    spaced = said.writing.spaced
    rest = pattern_of(_accepted(known), spaced=spaced).sub(HOLE, said.folded)
    for wrong in known.forbidden:
        match = pattern_of(wrong.patterns, spaced=spaced).search(rest)
        if match:
            yield wrong, match.group()


def forbidden_word(said: Said) -> Faults:
    """A word that blames, frightens or belongs to another country."""
    for avoid in said.words_of_language.avoid:
        found = said.finds(avoid.finds)
        if found:
            yield f" says '{found}'", f"{avoid.why}; write {avoid.instead}"


def untranslated(said: Said) -> Faults:
    """The translation is the English. One or two words may be the same in two languages of one alphabet."""
    if said.text not in said.english:
        return
    names = {word for token in said.terms.tokens for word in token.token.split()}
    words = [w for w in words_in(said.english_plain) if w not in names]
    known = {r.text.casefold() for _, _, term in said.terms_here for r in term.accepted}
    latin = "LATIN" in said.writing.scripts
    if words and said.english_plain.casefold() not in known and not (latin and len(words) <= COGNATES):
        yield " is the English text", "translate it, or leave it empty until somebody does"


def english_left(said: Said) -> Faults:
    """Some English words stand in the translation."""
    if said.text in said.english:
        return
    found = [word for word in said.words if word.casefold() in _ENGLISH and word.isascii()]
    if not found and "LATIN" not in said.writing.scripts:
        found = [run for run in _LATIN_RUN.findall(said.plain) if not _is_name(run, said)]
    if found:
        yield f" has English in it: {', '.join(dict.fromkeys(found))}", "translate it; names stand in the term base"


def doubled_word(said: Said) -> Faults:
    """One word twice in a row, where the language does not double words for its meaning."""
    writing = said.writing
    if not writing.spaced:
        found = [pair for pair in writing.never_twice if pair in said.plain]
    else:
        pairs = re.findall(rf"(?=(?<![^\s])([^\s{HOLE}]+)\s+([^\s{HOLE}]+))", said.folded)
        twice = [a for a, b in pairs if a == b.rstrip(".,;:!?،؛؟。।۔)»”") and any(c.isalpha() for c in a)]
        found = [
            w
            for w in twice
            if (w in map(folded, writing.never_twice) if writing.repeats else w not in writing.may_repeat)
        ]
    if found:
        yield f" says '{found[0]}' twice in a row", "keep one"


def first_letter(said: Said) -> Faults:
    """A capital at the beginning where the English has a small letter, or the other way about."""
    if not said.writing.cased or not said.english_plain or not said.plain:
        return
    english, ours = said.english_plain.lstrip("“‘(«¿¡ "), said.plain.lstrip("“‘(«¿¡„\u00a0\u202f ")
    first = words_in(english)[:1]
    if not english[:1].isalpha() or not ours[:1].isalpha() or (first and first[0] in _token_words(said)):
        return
    if words_in(ours)[0] in _token_words(said) or english[0].isupper() == ours[0].isupper():
        return
    size = "small" if ours[0].islower() else "capital"
    yield f" begins with a {size} letter, other than the English", "begin it as the English does"


def too_long(said: Said) -> Faults:
    """The text does not fit where it stands, counted in columns: a wide character takes two."""
    room = said.message.room
    if room is None:
        return
    text = said.plain
    for piece in said.pieces or ():
        if piece.placeholder is not None:
            text = text.replace(HOLE, said.message.placeholders.get(piece.placeholder, ""), 1)
    if (wide := columns(text)) > room:
        yield f" takes {wide} columns, and there is room for about {room}", "say it more shortly"


def text_lost(said: Said) -> Faults:
    """Far shorter or longer than the English: a sentence may be lost, or somebody's note left in."""
    english, ours = columns(said.english_plain), columns(said.plain)
    if english < LONG_ENOUGH:
        return
    part = ours / (english * said.writing.usual_length)
    fewer = _sentences(said.english_plain) - _sentences(said.plain)
    if part < SHORTEST or (part < SHORT and fewer > 0 and said.writing.spaced):
        yield f" is much shorter than the English ({ours} columns for {english})", "see whether a sentence is missing"
    elif part > LONGEST:
        yield f" is much longer than the English ({ours} columns for {english})", "see what was added"


def columns(text: str) -> int:
    """The width of `text` in columns of a fixed-width screen: 2 for wide letters, 0 for marks that sit on others."""
    if text.isascii():
        return len(text)
    flat = (c for c in text if unicodedata.category(c) not in {"Mn", "Me", "Cf"})
    return sum(2 if unicodedata.east_asian_width(c) in {"W", "F"} else 1 for c in flat)


def _sentences(text: str) -> int:
    return len(_SENTENCE.findall(text))


def _token_words(said: Said) -> frozenset[str]:
    return frozenset(word for token in said.terms.tokens for word in token.token.split())


def _is_name(run: str, said: Said) -> bool:
    """Whether Latin words stand in brackets, quotes or behind a hyphen: a name, beside the language's own word."""
    at = said.plain.index(run)
    enclosed = said.plain[:at].rstrip(" ")[-1:] in set('(（「『“«‘"') or said.plain[at - 1 : at] in set("-‑")
    return enclosed or all(script_of(c) != "LATIN" for c in run)
