"""The table: every line in its order, and what is said of each for one handout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.standards import chances, clearance, colour, dates, message, print_look, readability, tags, voice
from handouts.standards.verdict import Answer, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from handouts.standards.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line: its id, which is its name in docs/standards.md, its group, and the check that answers it."""

    id: str
    group: str
    check: Callable[[Evidence], Answer]


@dataclass(frozen=True, slots=True)
class Answered:
    """A line with its answer."""

    criterion: Criterion
    answer: Answer


def _group(name: str, *checks: Callable[[Evidence], Answer]) -> tuple[Criterion, ...]:
    """Lines of one group, each named after its check."""
    return tuple(Criterion(check.__name__.replace("_", "-"), name, check) for check in checks)


CRITERIA: tuple[Criterion, ...] = (
    *_group(
        "Tags and languages",
        tags.pdf_ua_1,
        tags.tags,
        tags.verapdf,
        tags.heard_as_written,
        tags.passage_languages,
        tags.left_to_right_runs,
        tags.digits,
        tags.dates,
        tags.quotes,
    ),
    *_group("Colour", colour.text_contrast, colour.graphics_contrast, colour.not_colour_alone),
    *_group(
        "Print",
        print_look.body_size,
        print_look.line_spacing,
        print_look.measure,
        print_look.ragged_edge,
        print_look.italics,
        print_look.underline,
        print_look.capitals,
        print_look.hyphenation,
        print_look.page_number,
        print_look.help_on_first_page,
        print_look.large_print,
    ),
    *_group("Plain language", readability.reading_formula, readability.smog, readability.sentence_length),
    *_group(
        "One message, and what to do",
        message.main_message,
        message.purpose,
        message.summary_first,
        message.call_to_action,
        message.active_voice,
        message.lists,
        message.chunks,
        message.known_and_unknown,
        message.numbers_with_words,
        message.no_sums,
        message.terms_explained,
        message.pictures,
        message.tables,
        message.speaks_to_you,
        message.steps,
        message.checklist,
        message.own_words,
        message.reasons,
        message.risks_and_benefits,
        message.nothing_distracts,
    ),
    *_group(
        "Chances",
        chances.natural_frequencies,
        chances.one_denominator,
        chances.both_frames,
        chances.one_model,
        chances.each_pregnancy,
        chances.no_memory,
    ),
    *_group("Tone", voice.tone_words, voice.chance_beside_risk, voice.nobody_to_blame, voice.no_promise),
    *_group(
        "Dates and sources",
        dates.statements_cite,
        dates.sources_shown,
        dates.edition_shown,
        dates.dates_shown,
        dates.not_expired,
    ),
    *_group(
        "Who stands behind it",
        clearance.notice_on_every_page,
        clearance.translated,
        clearance.revised,
        clearance.cleared,
        clearance.bilingual_copy,
        clearance.rights_by_country,
    ),
)


def judge(evidence: Evidence) -> tuple[Answered, ...]:
    """Every line of the table, answered for one handout."""
    return tuple(Answered(criterion, criterion.check(evidence)) for criterion in CRITERIA)


def passed(answered: Iterable[Answered]) -> bool:
    """Whether no line FAILED. Lines for a person, or not run, remain to be looked at."""
    return all(line.answer.verdict is not Verdict.FAILED for line in answered)
