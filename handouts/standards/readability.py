"""Plain language: how long and how hard the sentences are, by the formula made for the language, or by none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.standards.formulas import NO_FORMULA, SCALES, Counts, smog_count, smog_grade
from handouts.standards.names import NAME, explained_in, is_explained, is_short_name, names_of, text_outside_names
from handouts.standards.sentences import UNPARTED, UNSPACED, is_figure, letters_in, sentences_of, words_of
from handouts.standards.syllables import SYLLABLES
from handouts.standards.verdict import Answer, judged, not_run, scored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handouts.standards.evidence import Evidence

MOST_WORDS_A_SENTENCE = 20
GRADE = 6
LONG_WORD_SYLLABLES = 3
WIDE_WORD_LETTERS = 6
FEW_WORDS = 5


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and its words outside names."""

    key: str
    said: str
    words: tuple[str, ...]


def sentences(evidence: Evidence) -> tuple[Sentence, ...]:
    """Every sentence of the running text, names left out of its words."""
    names = names_of(evidence.condition, evidence.handout)
    months = frozenset(evidence.spoken.locale.months["format"]["wide"].values())
    tag, primary = evidence.handout.language, evidence.primary
    found = []
    for passage in evidence.passages:
        outside = text_outside_names(passage.line, tag, names)
        for said in sentences_of(outside, primary):
            words = [word for word in words_of(said.replace(NAME, " ")) if not is_short_name(word)]
            found.append(Sentence(passage.key, said, tuple(_dated(words, months))))
    return tuple(sentence for sentence in found if sentence.words)


def _dated(words: list[str], months: frozenset[str]) -> Iterator[str]:
    """`words` with a month beside a figure as a figure too: a date is placed by a fact, as a number is."""
    for i, word in enumerate(words):
        beside = words[max(0, i - 1) : i] + words[i + 1 : i + 2]
        yield "0" if word in months and any(is_figure(other) for other in beside) else word


def counts_of(found: Iterable[Sentence], primary: str, without: Iterable[str] = ()) -> Counts:
    """What the formulas count. A number in figures is a word of one syllable; `without` are words left out."""
    left_out = frozenset(without)
    listed = [[word for word in s.words if not (left_out and is_explained(word, left_out))] for s in found]
    words = [word for sentence in listed for word in sentence]
    said = SYLLABLES.get(primary)
    syllables = [1 if said is None or is_figure(word) else said(word) for word in words]
    letters = [sum(c.isalnum() for c in word) for word in words]
    return Counts(
        sentences=len(listed),
        words=len(words),
        syllables=sum(syllables),
        letters=sum(letters),
        long_words=sum(count >= LONG_WORD_SYLLABLES for count in syllables),
        wide_words=sum(count > WIDE_WORD_LETTERS for count in letters),
        one_syllable_words=sum(count == 1 for count in syllables),
    )


def reading_formula(evidence: Evidence) -> Answer:
    """reading-formula: the formula made for the language, on all running text outside names."""
    primary = evidence.primary
    scale = SCALES.get(primary)
    if scale is None:
        why = NO_FORMULA.get(primary)
        return not_run("no validated formula" + (f": {why}" if why else ""))
    found = sentences(evidence)
    counts = counts_of(found, primary)
    value = scale.formula(counts)
    mark = f"{'at least' if scale.higher_is_easier else 'at most'} {scale.mark:g} is {scale.meaning}"
    figure = f"{scale.name} {value:.1f} ({mark})"
    enough = [s for s in found if len(s.words) >= FEW_WORDS] or list(found)
    order = 1 if scale.higher_is_easier else -1
    hardest = min(enough, key=lambda s: order * scale.formula(counts_of([s], primary)))
    look_at = _quoted(hardest)
    if scale.judged:
        return judged(good=scale.reaches(value), figure=figure, look_at=look_at)
    return scored(figure, look_at)


def smog(evidence: Evidence) -> Answer:
    """smog: McLaughlin's grade for English, outside names and the words that the handout explains at its end.

    The grade of all words stands beside it, so that what was left out is seen.
    """
    if evidence.primary != "en":
        return not_run("made for English alone")
    found = sentences(evidence)
    explained = explained_in(evidence.handout)
    counts, every = counts_of(found, "en", explained), counts_of(_every_word(evidence), "en")
    grade = smog_grade(counts)
    figure = (
        f"grade {grade} (limit {GRADE}): {smog_count(counts):.1f} long words in 30 sentences; "
        f"of all words, names too, {smog_count(every):.1f}, grade {smog_grade(every)}"
    )

    def long_words(sentence: Sentence) -> list[str]:
        return [
            word
            for word in sentence.words
            if not is_figure(word)
            and SYLLABLES["en"](word) >= LONG_WORD_SYLLABLES
            and not is_explained(word, explained)
        ]

    hardest = max(found, key=lambda s: len(long_words(s)))
    return judged(good=grade <= GRADE, figure=figure, look_at=f"{_quoted(hardest)}: {', '.join(long_words(hardest))}")


def _every_word(evidence: Evidence) -> Iterator[Sentence]:
    """Every sentence with all its words."""
    for passage in evidence.passages:
        for said in sentences_of(passage.text, evidence.primary):
            yield Sentence(passage.key, said, words_of(said))


def sentence_length(evidence: Evidence) -> Answer:
    """sentence-length: no sentence over twenty words outside names, judged in English; in characters for Han."""
    script = evidence.spoken.script
    if script in UNPARTED:
        return not_run("a program can't part the words of this script without a dictionary")
    found = sentences(evidence)
    if script in UNSPACED:
        longest = max(found, key=lambda s: letters_in(s.said))
        return scored(f"longest {letters_in(longest.said)} characters", _quoted(longest))
    longest = max(found, key=lambda s: len(s.words))
    over = sum(len(s.words) > MOST_WORDS_A_SENTENCE for s in found)
    mean = sum(len(s.words) for s in found) / len(found)
    figure = f"longest {len(longest.words)} words (limit {MOST_WORDS_A_SENTENCE}), mean {mean:.1f}"
    if over:
        figure += f"; {over} over the limit"
    if evidence.primary == "en":
        return judged(good=not over, figure=figure, look_at=_quoted(longest))
    return scored(figure, _quoted(longest))


def _quoted(sentence: Sentence) -> str:
    return f"{sentence.key}: “{sentence.said.replace(NAME, '…')}”"
