"""What a translation must keep, and how it must be written. Each check is a named function; docs/checks.md lists them.

A translator who knows better writes `# handouts-ignore: CODE, CODE (why)` above the entry. It is a translator's comment
because gettext's own tools drop a flag that they do not know. docs/decisions/0023-checks-of-our-own.md
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from handouts.catalogs.checks import facts, letters, marks, wording
from handouts.catalogs.checks.said import Check, Said
from handouts.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handouts.languages import Language
    from handouts.model.message import Message
    from handouts.model.terms import TermsFile
    from handouts.problems import Location

__all__ = ["CHECKS", "Check", "check_translation"]

_WARNING = Severity.WARNING

CHECKS = (
    Check("oversized-text", facts.oversized_text, ignorable=False),
    Check("translation-markup", facts.translation_markup, ignorable=False),
    Check("html", facts.html, ignorable=False),
    Check("hidden-character", letters.hidden_character, ignorable=False),
    Check("plural-missing", facts.plural_missing, ignorable=False),
    Check("placeholder-missing", facts.placeholder_missing, ignorable=False),
    Check("placeholder-unknown", facts.placeholder_unknown, ignorable=False),
    Check("placeholder-repeated", facts.placeholder_repeated, ignorable=False),
    Check("number-in-translation", facts.number_in_translation, ignorable=False),
    Check("number-word", facts.number_word, _WARNING),
    Check("link-in-translation", facts.link_in_translation, ignorable=False),
    Check("bold-lost", facts.bold_lost),
    Check("token-changed", facts.token_changed),
    Check("invisible-character", letters.invisible_character),
    Check("wrong-script", letters.wrong_script),
    Check("mixed-script", letters.mixed_script),
    Check("wrong-letter", letters.wrong_letter),
    Check("wrong-characters", letters.wrong_characters),
    Check("compatibility-letter", letters.compatibility_letter),
    Check("not-nfc", letters.not_nfc, _WARNING),
    Check("quotes", marks.quotes, _WARNING),
    Check("end-punctuation", marks.end_punctuation, _WARNING),
    Check("wrong-punctuation", marks.wrong_punctuation, _WARNING),
    Check("brackets", marks.brackets, _WARNING),
    Check("spaces", marks.spaces, _WARNING),
    Check("line-break", marks.line_break, _WARNING),
    Check("term-forbidden", wording.term_forbidden),
    Check("term-missing", wording.term_missing, _WARNING),
    Check("forbidden-word", wording.forbidden_word),
    Check("untranslated", wording.untranslated),
    Check("english-left", wording.english_left, _WARNING),
    Check("doubled-word", wording.doubled_word, _WARNING),
    Check("first-letter", wording.first_letter, _WARNING),
    Check("too-long", wording.too_long, _WARNING),
    Check("text-lost", wording.text_lost, _WARNING),
)
"""All checks, in the order in which they are told. The first four need no markup that can be read, and the first of all
is the only one that looks at a text too long for any page."""

_OF_ANY_TEXT = 4
_BY_CODE = {check.code: check for check in CHECKS}
_IGNORE = re.compile(r"\s*handouts-ignore:\s*(?P<codes>[\w-]+(?:\s*,\s*[\w-]+)*)\s*(?:\(.*\))?\s*")


def check_translation(
    message: Message,
    forms: tuple[str, ...],
    language: Language,
    terms: TermsFile,
    where: Location,
    comments: Iterable[str] = (),
    counts: tuple[tuple[int, ...], ...] = ((),),
) -> tuple[Problem, ...]:
    """Every problem of one entry: of each of its plural `forms`, less what its translators' `comments` ignore.

    `counts` are the counts that each form is used for; ((),) for a text that counts nothing.
    """
    ignored, problems = _ignored(message, comments, where)
    used: set[str] = set()
    said = Said(message, language, terms, forms)
    for form, of_form in enumerate(counts):
        one = replace(said, form=form, counts=of_form)
        if not one.text.strip():
            continue
        for check in _fitting(one):
            faults = [
                Problem(check.code, f"'{message.key}'{fault}", where, hint, check.severity)
                for fault, hint in check.look(one)
            ]
            if check.code in ignored and faults:
                used.add(check.code)
            else:
                problems += faults
    for code in sorted(ignored - used):
        text = f"'{message.key}' ignores {code}, which has nothing to tell"
        hint = "delete it from the comment, so that the check works again"
        problems.append(Problem("ignore-unneeded", text, where, hint, Severity.WARNING))
    return tuple(dict.fromkeys(problems))


def _fitting(said: Said) -> tuple[Check, ...]:
    """The checks that can look at this text."""
    if len(said.text) > facts.MOST_CHARACTERS:
        return CHECKS[:1]
    return CHECKS if said.pieces is not None else CHECKS[:_OF_ANY_TEXT]


def _ignored(message: Message, comments: Iterable[str], where: Location) -> tuple[set[str], list[Problem]]:
    """The codes that an entry's comments ignore, and what is wrong with them."""
    ignored: set[str] = set()
    problems = []
    for comment in comments:
        match = _IGNORE.fullmatch(comment)
        if match is None and "handouts-ignore" in comment:
            hint = "write `# handouts-ignore: CODE, CODE (why)` on a line of its own"
            problems.append(
                Problem("ignore-refused", f"'{message.key}': this comment names no check", where, hint=hint)
            )
        for code in re.split(r"\s*,\s*", match["codes"]) if match else ():
            check = _BY_CODE.get(code)
            if check is None or not check.ignorable:
                why = "there is no such check" if check is None else "it guards what readers are told"
                text = f"'{message.key}' can't ignore {code}: {why}"
                problems.append(
                    Problem("ignore-refused", text, where, hint="docs/checks.md lists those that may be ignored")
                )
            else:
                ignored.add(code)
    return ignored, problems
