from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from handouts.standards import message
from handouts.standards.table import CRITERIA
from handouts.standards.verdict import Verdict
from tests.standards.made import evidence, paragraph

if TYPE_CHECKING:
    from collections.abc import Callable

    from handouts.standards import Answer, Evidence

STEPS = (
    '{kind: steps, id: how, basis: practical, lead: "Begin so:", items: [{id: a, text: Sit.}, {id: b, text: Wait.}]}'
)
FIELDS = (
    '{kind: fill-in, id: numbers, basis: practical, lead: "Write:", items: [{id: a, text: Day}, {id: b, text: Night}]}'
)
ASK = '{kind: questions, id: ask, basis: practical, items: [{id: a, text: "What now?"}]}'


def test_no_line_of_this_group_is_ever_a_pass() -> None:
    """A count is no judgement: these lines are for a person to weigh."""
    e = evidence(paragraph("It is so."), STEPS)
    group = [c for c in CRITERIA if c.group == "One message, and what to do"]

    assert len(group) == 20
    assert {c.check(e).verdict for c in group} == {Verdict.SCORED, Verdict.PERSON}


def test_the_main_message_is_told_with_its_place_its_box_and_its_weight() -> None:
    """If people remember one sentence, it must be this one."""
    answer = message.main_message(evidence(paragraph("It is so.")))

    assert answer.figure == "1 box, first, with words in bold, 3 sentences"
    assert answer.look_at.startswith("main: “Ears wobble.")


@pytest.mark.parametrize(
    ("text", "active"),
    [
        ("The team calls you.", True),
        ("You may be tired.", True),
        ("He is a carrier.", True),
        ("You are called by the team.", False),
        ("The gene is passed on.", False),
        ("It was often not seen.", False),
    ],
)
def test_passive_sentences_are_found_by_rule_of_thumb(text: str, active: bool) -> None:  # noqa: FBT001  pytest passes it by name
    """Who does what to whom? In the passive nobody does."""
    answer = message.active_voice(evidence(paragraph(text)))

    assert answer.look_at.startswith("more.text") is not active


def test_steps_fields_and_questions_are_counted() -> None:
    """What people can write on, they use."""
    e = evidence(STEPS, FIELDS, ASK)

    assert message.steps(e).figure == "1 list, 2 steps"
    assert message.checklist(e).figure == "1 question with room to write, 2 lines to fill in"
    assert message.lists(e).figure == "2 lists, 3 items"


def test_a_term_that_is_explained_only_at_the_end_is_named() -> None:
    """On page two a word stops the reader; its meaning stands on page twelve."""
    late = evidence(paragraph("Neutrophils run low."), words="neutrophil")
    there = evidence(paragraph("Neutrophils, a kind of white blood cell, run low."), words="neutrophil")

    assert message.terms_explained(late).look_at == "neutrophil (more.text)"
    assert message.terms_explained(there).figure == "1 of 1 explained where they first stand"


def test_what_nobody_can_tell_is_found() -> None:
    """Silence on what is unknown sounds like knowledge."""
    answer = message.known_and_unknown(evidence(paragraph("Nobody can say how it will go.")))

    assert answer.figure == "1 sentence on what nobody can tell"


def test_things_to_do_are_counted() -> None:
    """A leaflet without anything to do leaves people where they were."""
    assert (
        message.call_to_action(evidence(paragraph("Call the team. Ears may wobble."))).figure == "1 sentence to act on"
    )


@pytest.mark.parametrize(
    "check", [message.call_to_action, message.active_voice, message.known_and_unknown, message.speaks_to_you]
)
def test_what_is_looked_for_by_english_words_is_for_a_person_in_other_languages(
    check: Callable[[Evidence], Answer],
) -> None:
    """No English word on a Spanish page would look like a fault, or like its absence."""
    e = evidence(paragraph("It is so."))

    assert check(replace(e, handout=replace(e.handout, language="es"))).verdict is Verdict.PERSON
