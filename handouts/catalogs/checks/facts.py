"""What a translation must keep, or the reader is told something else: placeholders, numbers, names, weight."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from handouts.catalogs.checks.words import pattern_of
from handouts.model.markup import MarkupError, parse_markup, placeholders_in

if TYPE_CHECKING:
    from handouts.catalogs.checks.said import Faults, Said

MOST_CHARACTERS = 5_000
"""English strings have at most 600; no language needs eight times as many."""

_ADDRESS = re.compile(
    r"https?://|www\.|[\w.+-]{1,64}@[\w-]{1,63}\.\w|\b[\w-]{1,63}\.(?:com|org|net|gov|edu|info|int|io)\b|\w\.\w\w/",
    re.IGNORECASE,
)
_ENGLISH_NUMBERS = pattern_of(
    (
        *("three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "dozen*", "*teen"),
        *(
            "twenty*",
            "thirty*",
            "forty*",
            "fifty*",
            "sixty*",
            "seventy*",
            "eighty*",
            "ninety*",
            "hundred*",
            "thousand*",
        ),
        *("million*", "billion*", "third*", "fourth*", "quarter*", "fifth*", "percent", "per cent", "half", "halves"),
    ),
    spaced=True,
)
_SIGNS = "%‰٪٫٬"
_HINT_ENGLISH = "the English is: {}"


def oversized_text(said: Said) -> Faults:
    """The text is longer than any page of ours needs, and is not looked at further."""
    if len(said.text) > MOST_CHARACTERS:
        yield f" has {len(said.text):,} characters", f"no text of a handout needs more than {MOST_CHARACTERS:,}"


def translation_markup(said: Said) -> Faults:
    """A brace or a pair of asterisks has no partner, so the page can't be made."""
    try:
        parse_markup(said.text)
    except MarkupError as error:
        yield f": {error}", "bold is **so**, a fact is {so}"


def html(said: Said) -> Faults:
    """Tags and entities, which a reader would see."""
    if "<" in said.text or "&lt;" in said.text or "&#" in said.text:
        yield " holds HTML", "write words; bold is **so**, and the page looks after the rest"


def plural_missing(said: Said) -> Faults:
    """Some plural forms are written and some are empty: a count would be told in no words at all."""
    written = [number for number, form in enumerate(said.forms) if form.strip()]
    if said.form == written[0] and len(written) < len(said.forms):
        yield f" has {len(written)} of its {len(said.forms)} plural forms", "fill in each msgstr"


def placeholder_missing(said: Said) -> Faults:
    """A fact of the English is lost. A plural form for one count alone may say that count in words."""
    wanted, got = _wanted(said), _placeholders(said)
    for name in wanted:
        spoken = name == "count" and len(said.counts) == 1
        if not got[name] and not spoken:
            counts = ", ".join(map(str, said.counts[:3]))
            more = f" (this form also counts {counts} …)" if said.counts and name == "count" else ""
            yield f" has lost {{{name}}}{more}", _HINT_ENGLISH.format(said.english[-1])


def placeholder_unknown(said: Said) -> Faults:
    """A fact is invented, or its name translated."""
    for name in _placeholders(said):
        if name not in _wanted(said):
            yield f" holds {{{name}}}, which the English does not", _HINT_ENGLISH.format(said.english[-1])


def placeholder_repeated(said: Said) -> Faults:
    """A fact is said more often than the English says it."""
    wanted, got = _wanted(said), _placeholders(said)
    for name in wanted:
        if got[name] > wanted[name]:
            yield f" says {{{name}}} twice", _HINT_ENGLISH.format(said.english[-1])


def number_in_translation(said: Said) -> Faults:
    """A digit of any script, or a sign such as ½ or %, is typed into the words."""
    # in Unicode, 一 and 三 are numbers; they are letters all the same
    digits = "".join(c for c in said.plain if not c.isalpha() and (unicodedata.category(c)[0] == "N" or c in _SIGNS))
    if digits:
        yield (
            f" has the number {digits} typed into it",
            "numbers come from facts, by {name}; write small counts as words",
        )


def number_word(said: Said) -> Faults:
    """A word for a half, a number from three up, or percent stands in a translation whose English has none."""
    found = said.finds(said.words_of_language.number_words)
    if found and not any(_ENGLISH_NUMBERS.search(text.casefold()) for text in said.english):
        yield f" says '{found}', a number that the English does not", _HINT_ENGLISH.format(said.english[-1])


def bold_lost(said: Said) -> Faults:
    """What the English says with weight is said without, or in more or fewer stretches."""
    if any(_stretches(said.pieces or ()) == _stretches(pieces) for pieces in said.english_pieces):
        return
    yield ": bold text differs from the English", "mark the same words with **"


def link_in_translation(said: Said) -> Faults:
    """An address is typed into the words, where nobody confirms it."""
    match = _ADDRESS.search(said.plain)
    if match and match.group() not in said.english_plain:
        yield f" holds an address, {match.group()}", "delete it; addresses stand in the content, with their source"


def token_changed(said: Said) -> Faults:
    """A fixed name such as IgM or X stands in other letters, or is lost."""
    for token in said.terms.tokens:
        if not _stands(token.token, said.english_plain) or _stands(token.token, said.plain):
            continue
        if said.finds(token.languages.get(said.language.tag, ())) is None:
            hint = "write it with these very letters; another alphabet's twin is heard and searched as another letter"
            yield f" has lost '{token.token}', which is the same in every language", hint


def _stands(token: str, text: str) -> bool:
    """Whether `token` stands in `text` in these very letters, and not inside a longer name."""
    return token in text and re.search(rf"(?<![A-Za-z]){re.escape(token)}(?![A-Za-z])", text) is not None


def _wanted(said: Said) -> Counter[str]:
    """How often each placeholder may stand; both English forms count, as a translator may see either."""
    wanted: Counter[str] = Counter()
    for pieces in said.english_pieces:
        wanted |= Counter(placeholders_in(pieces))
    return wanted


def _placeholders(said: Said) -> Counter[str]:
    return Counter(placeholders_in(said.pieces or ()))


def _stretches(pieces: tuple[object, ...]) -> int:
    """How many stretches of bold text there are."""
    strong = [getattr(piece, "strong", False) for piece in pieces]
    return sum(now and not before for before, now in zip([False, *strong], strong, strict=False))
