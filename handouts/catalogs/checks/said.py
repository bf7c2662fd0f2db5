"""What a check looks at: one translated string beside its English, taken apart once for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from handouts.catalogs.checks.words import folded, pattern_of, words_in
from handouts.catalogs.checks.writing import writing_of
from handouts.model.markup import MarkupError, Piece, parse_markup
from handouts.model.terms import LanguageWords
from handouts.problems import Severity

if TYPE_CHECKING:
    from handouts.catalogs.checks.writing import Writing
    from handouts.languages import Language
    from handouts.model.message import Message
    from handouts.model.terms import Term, TermIn, TermsFile

HOLE = "\ufffc"
"""Stands in plain text where a placeholder stands: a thing that is no letter, no space and no mark."""

Faults = Iterator[tuple[str, str | None]]
"""What a check tells: what is wrong, and what to do."""


@dataclass(frozen=True, slots=True)
class Check:
    """A named check. `code` names its problem in the docs and in a translator's `# handouts-ignore:`.

    Its promise is the docstring of its function. One that is not `ignorable` guards the readers' safety.
    """

    code: str
    look: Callable[[Said], Faults]
    severity: Severity = Severity.ERROR
    ignorable: bool = True


@dataclass(frozen=True)
class Said:
    """One string of a translation: form number `form` of `forms`, which is 0 of 1 for a text that counts nothing.

    `counts` are the counts below two hundred that the form is used for; empty for a text that counts nothing.
    """

    message: Message
    language: Language
    terms: TermsFile
    forms: tuple[str, ...]
    form: int = 0
    counts: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """The translation as the translator wrote it."""
        return self.forms[self.form]

    @property
    def english(self) -> tuple[str, ...]:
        """The English: one string, or that for one and that for many."""
        return (self.message.source,) if self.message.plural is None else (self.message.source, self.message.plural)

    @cached_property
    def pieces(self) -> tuple[Piece, ...] | None:
        """The words and placeholders of the translation; None when its markup is broken."""
        try:
            return parse_markup(self.text)
        except MarkupError:
            return None

    @cached_property
    def english_pieces(self) -> tuple[tuple[Piece, ...], ...]:
        """The words and placeholders of each English form."""
        return tuple(parse_markup(text) for text in self.english)

    @cached_property
    def plain(self) -> str:
        """The translation without bold marks, with a `HOLE` for each placeholder."""
        return _plain(self.pieces or ())

    @cached_property
    def english_plain(self) -> str:
        """The English in the same way; the last form stands for both."""
        return _plain(self.english_pieces[-1])

    @cached_property
    def folded(self) -> str:
        """The plain translation as patterns see it."""
        return folded(self.plain)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the translation."""
        return words_in(self.plain)

    @property
    def words_of_language(self) -> LanguageWords:
        """What the term base says of every text in the language."""
        return self.terms.languages.get(self.language.tag) or LanguageWords()

    @cached_property
    def writing(self) -> Writing:
        """How the language is written."""
        return writing_of(self.language)

    def finds(self, patterns: tuple[str, ...]) -> str | None:
        """What the first of `patterns` finds in the translation, or None."""
        match = pattern_of(patterns, spaced=self.writing.spaced).search(self.folded) if patterns else None
        return match.group() if match else None

    @cached_property
    def terms_here(self) -> tuple[tuple[str, Term, TermIn], ...]:
        """The terms that the English uses and the term base knows in this language: id, term, what is known."""
        english = folded(self.english_plain)
        return tuple(
            (term_id, term, term.languages[self.language.tag])
            for term_id, term in self.terms.terms.items()
            if self.language.tag in term.languages and pattern_of(term.patterns, spaced=True).search(english)
        )


def _plain(pieces: tuple[Piece, ...]) -> str:
    return "".join(HOLE if piece.placeholder is not None else piece.words for piece in pieces)
