from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from handouts.model.document import Chances, IconArray, Text
from handouts.standards import chances
from handouts.standards.verdict import Verdict
from tests.standards.made import evidence, paragraph

if TYPE_CHECKING:
    from collections.abc import Callable

    from handouts.standards import Answer, Evidence

EACH_TIME = "{kind: shared, id: each-time, text: chances.each-time}"
PICTURE = "{kind: chances, id: pair, parents: carrier-mother}"
SHAPES = (
    '{kind: icon-array, id: row, fact: share, lead: "Of {all}:", with: "{these} have it.", without: "{others} do not."}'
)


def changed(e: Evidence, **parts: object) -> Evidence:
    """The same handout with other words in its family picture or row of shapes."""
    sections = []
    for section in e.handout.sections:
        blocks = [
            replace(b, **{name: value for name, value in parts.items() if hasattr(b, name)})  # type: ignore[arg-type]
            if isinstance(b, (Chances, IconArray))
            else b
            for b in section.blocks
        ]
        sections.append(replace(section, blocks=tuple(blocks)))
    return replace(e, handout=replace(e.handout, sections=tuple(sections)))


def said(*texts: str) -> tuple[tuple[Text, ...], ...]:
    return tuple((Text(text, "en", "ltr"),) for text in texts)


CHECKS = (chances.one_denominator, chances.both_frames, chances.one_model, chances.each_pregnancy, chances.no_memory)


@pytest.mark.parametrize("check", CHECKS)
def test_what_the_model_makes_passes(check: Callable[[Evidence], Answer]) -> None:
    """A check that fails what is right is soon ignored."""
    assert check(evidence(EACH_TIME, PICTURE, SHAPES)).verdict is Verdict.PASSED


@pytest.mark.parametrize("check", CHECKS)
def test_an_edition_without_chances_is_not_a_pass(check: Callable[[Evidence], Answer]) -> None:
    """Nothing was there to be right."""
    assert check(evidence(paragraph("It is so."))).verdict is Verdict.NOT_RUN


def test_two_wholes_beside_each_other_fail() -> None:
    """One in four beside fifty in a hundred: few can compare them."""
    e = changed(evidence(EACH_TIME, PICTURE), overall=said("25 in 100 have it.", "3 children in 4 do not."))

    assert chances.one_denominator(e).verdict is Verdict.FAILED


def test_a_picture_that_tells_one_side_alone_fails() -> None:
    """Told of those who have it only, people think that most do."""
    one_side = changed(evidence(EACH_TIME, PICTURE), overall=said("1 child in 4 has it."))
    no_sum = changed(evidence(SHAPES), sides=said("3 in 10 have it.", "8 in 10 do not."))

    assert chances.both_frames(one_side).verdict is Verdict.FAILED
    assert chances.both_frames(no_sum).verdict is Verdict.FAILED


def test_a_count_that_is_said_in_a_word_is_no_fault() -> None:
    """Plurals of many languages say one without its figure."""
    e = changed(evidence(EACH_TIME, PICTURE), overall=said("One child in 4 has it.", "3 children in 4 do not."))

    assert chances.both_frames(e).verdict is Verdict.PASSED
    assert chances.one_model(e).verdict is Verdict.PASSED


def test_a_sentence_or_a_table_that_differs_from_the_picture_fails() -> None:
    """A family is told one thing and shown another."""
    e = evidence(EACH_TIME, PICTURE)
    rows = next(b.rows for s in e.handout.sections for b in s.blocks if isinstance(b, Chances))
    other_table = changed(e, rows=((rows[0][0], said("2 in 4")[0]), *rows[1:]))

    assert chances.one_model(changed(e, overall=said("2 children in 4.", "2 children in 4."))).verdict is Verdict.FAILED
    assert chances.one_model(other_table).verdict is Verdict.FAILED


def test_pictures_without_the_text_on_each_pregnancy_fail() -> None:
    """After one child who has it, many believe that the next three are safe."""
    assert chances.each_pregnancy(evidence(PICTURE)).verdict is Verdict.FAILED
    assert chances.no_memory(evidence(PICTURE)).verdict is Verdict.FAILED


@pytest.mark.parametrize(
    "text", ["It is twice as likely.", "Boys are five times more likely to have it.", "It doubles your risk."]
)
def test_relative_risks_fail(text: str) -> None:
    """Twice as likely as what? It frightens and tells nothing."""
    assert chances.natural_frequencies(evidence(paragraph(text))).verdict is Verdict.FAILED


def test_a_measure_in_percent_is_told_and_is_no_fault() -> None:
    """The activity of a clotting factor is measured in percent; nobody's chances are."""
    answer = chances.natural_frequencies(evidence(paragraph("The level is {level}.")))

    assert answer.verdict is Verdict.PASSED
    assert "more.text" in answer.look_at


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1 in 4", [1, 4]),
        ("2 in 1,000,000", [2, 1_000_000]),
        ("۱ از هر ۲", [1, 2]),
        ("১/৪", [1, 4]),
        ("1 sur 2\u202f500", [1, 2500]),
        ("4分之1", [4, 1]),
    ],
)
def test_numbers_are_read_in_every_script_and_grouping(text: str, numbers: list[int]) -> None:
    """A check that reads English digits alone passes every other language unseen."""
    assert chances.numbers_in(said(text)[0]) == numbers
