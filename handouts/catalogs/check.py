"""What a translation must keep. Each check is a function; its problem code is its name in the docs."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from handouts.model.characters import unreadable
from handouts.model.markup import MarkupError, Piece, parse_markup, placeholders_in
from handouts.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.model.message import Message
    from handouts.problems import Location


def check_translation(message: Message, translation: str, where: Location) -> tuple[Problem, ...]:
    """Every problem of one translated string."""
    problems = list(check_characters(message, translation, where))
    try:
        pieces = parse_markup(translation)
    except MarkupError as error:
        hint = "bold is **so**, a fact is {so}"
        return (*problems, Problem("translation-markup", f"'{message.key}': {error}", where, hint=hint))
    source = parse_markup(message.source)
    return (
        *problems,
        *check_placeholders(message, pieces, where),
        *check_numbers(message, pieces, where),
        *check_bold(message, source, pieces, where),
    )


def check_characters(message: Message, translation: str, where: Location) -> Iterator[Problem]:
    """html, hidden-character: text that is not words."""
    if "<" in translation or "&lt;" in translation or "&#" in translation:
        yield Problem(
            "html",
            f"'{message.key}' holds HTML",
            where,
            hint="write words; bold is **so**, and the page looks after the rest",
        )
    for fault in unreadable(translation):
        yield Problem(
            "hidden-character",
            f"'{message.key}' holds {fault}",
            where,
            hint="delete it; direction is set from the language",
        )


def check_placeholders(message: Message, pieces: tuple[Piece, ...], where: Location) -> Iterator[Problem]:
    """placeholder-missing, placeholder-unknown, placeholder-repeated: a fact lost, invented or told twice."""
    wanted = Counter(placeholders_in(parse_markup(message.source)))
    if message.plural is not None:
        wanted |= Counter(placeholders_in(parse_markup(message.plural)))
    got = Counter(placeholders_in(pieces))
    hint = f"the English is: {message.source}"
    for name in wanted:
        # "one boy" may leave out the 1 that the plural form itself says
        optional = message.plural is not None and name == "count"
        if not got[name] and not optional:
            yield Problem("placeholder-missing", f"'{message.key}' has lost {{{name}}}", where, hint=hint)
        elif got[name] > wanted[name]:
            yield Problem("placeholder-repeated", f"'{message.key}' says {{{name}}} twice", where, hint=hint)
    for name in got:
        if name not in wanted:
            text = f"'{message.key}' holds {{{name}}}, which the English does not"
            yield Problem("placeholder-unknown", text, where, hint=hint)


def check_numbers(message: Message, pieces: tuple[Piece, ...], where: Location) -> Iterator[Problem]:
    """number-in-translation: digits of any script typed into the words."""
    digits = "".join(c for piece in pieces for c in piece.words if unicodedata.category(c).startswith("N"))
    if digits:
        yield Problem(
            "number-in-translation",
            f"'{message.key}' has the number {digits} typed into it",
            where,
            hint="numbers come from facts, by {name}; write small counts as words",
        )


def check_bold(
    message: Message, source: tuple[Piece, ...], pieces: tuple[Piece, ...], where: Location
) -> Iterator[Problem]:
    """bold-lost: what the English says with weight, the translation says so too."""
    if any(p.strong for p in source) != any(p.strong for p in pieces):
        yield Problem("bold-lost", f"'{message.key}': bold text differs from the English", where)
