"""Tone, dates, and who stands behind the words."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from handouts.model.artifacts import Outcome
from handouts.model.tone import ToneWord
from handouts.standards import Clearance, clearance, dates, voice
from handouts.standards.verdict import Verdict
from tests.standards.made import DAY, evidence, finding, line, paper, paragraph

if TYPE_CHECKING:
    from collections.abc import Callable

    from handouts.standards import Answer, Evidence

TONE = (ToneWord(word="mutat*", why="It hurts.", say="gene change"),)
NOTICE = "Not yet checked by a clinician."
STEP = (DAY, "Dr. Example")


def test_a_word_of_the_list_fails_with_what_to_say_instead() -> None:
    """One mother reads that her child is a mutant."""
    e = replace(evidence(paragraph("A mutation is there.")), tone=TONE)
    answer = voice.tone_words(e)

    assert answer.verdict is Verdict.FAILED
    assert answer.figure == "“mutation”; say: gene change"
    assert answer.look_at == "more.text: “A mutation is there.”"


def test_a_language_without_a_list_is_not_run() -> None:
    """No list is no clean bill."""
    assert voice.tone_words(evidence(paragraph("A mutation is there."))).verdict is Verdict.NOT_RUN


def test_titles_of_sources_keep_their_words() -> None:
    """A title is quoted letter by letter, whatever it says."""
    e = replace(evidence(paragraph("It is so.")), tone=(ToneWord(word="First page", why="-", say="-"),))

    assert voice.tone_words(e).verdict is Verdict.PASSED


def test_a_handout_that_blames_nobody_in_words_passes() -> None:
    """Guilt is the first thing that many parents feel."""
    e = evidence(paragraph("It is so."))
    silent = replace(e, handout=replace(e.handout, sections=e.handout.sections[1:]))

    assert voice.nobody_to_blame(e).verdict is Verdict.PASSED
    assert voice.nobody_to_blame(silent).verdict is Verdict.FAILED


def test_promises_are_for_a_person() -> None:
    """A program finds the word cure; whether it promises one, it can't tell."""
    answer = voice.no_promise(evidence(paragraph("There is no cure today.")))

    assert (answer.verdict, answer.look_at) == (Verdict.PERSON, "more.text: “There is no cure today.”")


def test_a_review_that_is_past_fails() -> None:
    """A treatment of three years ago is handed out as today's."""
    assert dates.not_expired(evidence(paragraph("It is so."), day=datetime.date(2027, 1, 2))).verdict is Verdict.PASSED
    assert dates.not_expired(evidence(paragraph("It is so."), day=datetime.date(2027, 1, 3))).verdict is Verdict.FAILED


def test_blocks_with_and_without_sources_are_counted() -> None:
    """A line that rests on nothing looks like any other."""
    e = evidence(paragraph("It is so."), "{kind: paragraph, id: plain, basis: practical, text: Take your time.}")

    assert dates.statements_cite(e).figure == "2 blocks cited, 1 practical"
    assert dates.statements_cite(e).verdict is Verdict.PASSED


def test_the_edition_must_stand_on_every_page() -> None:
    """Two handouts on a table, and nobody can tell which one was cleared."""
    e = evidence(paragraph("It is so."))
    foot = line(f"Edition {e.handout.edition}", block=-1)
    once = replace(e, papers=(paper(foot, pages=2),))
    twice = replace(e, papers=(paper(foot, replace(foot, page=2), pages=2),))

    assert dates.edition_shown(once).look_at == "A4 page 2"
    assert dates.edition_shown(twice).verdict is Verdict.PASSED
    assert dates.edition_shown(e).verdict is Verdict.NOT_RUN


def test_the_notice_must_stand_on_every_page() -> None:
    """A page that is copied alone looks reviewed."""
    e = evidence(paragraph("It is so."))
    once = replace(e, papers=(paper(line(NOTICE), pages=2),))
    twice = replace(e, papers=(paper(line(NOTICE), line(NOTICE, page=2, block=-1), pages=2),))

    assert clearance.notice_on_every_page(once).look_at == "A4 page 2"
    assert clearance.notice_on_every_page(twice).verdict is Verdict.PASSED


def test_without_a_notice_only_a_recorded_clearance_passes() -> None:
    """Nothing unreviewed may look reviewed."""
    e = evidence(paragraph("It is so."))
    bare = replace(e, handout=replace(e.handout, notices=()))

    assert clearance.notice_on_every_page(bare).verdict is Verdict.FAILED
    assert clearance.notice_on_every_page(replace(bare, clearance=Clearance(cleared=STEP))).verdict is Verdict.PASSED


@pytest.mark.parametrize(
    ("check", "name"),
    [(clearance.translated, "translated"), (clearance.revised, "revised"), (clearance.cleared, "cleared")],
)
def test_a_step_that_nobody_recorded_is_for_a_person(check: Callable[[Evidence], Answer], name: str) -> None:
    """The program must never sign for someone."""
    e = evidence(paragraph("It is so."))
    spanish = replace(e, handout=replace(e.handout, language="es"))

    assert check(spanish).verdict is Verdict.PERSON
    done = check(replace(spanish, clearance=Clearance(**{name: STEP})))
    assert (done.verdict, done.figure) == (Verdict.PASSED, "Dr. Example, 2026-11-21")


def test_blocks_for_one_country_are_listed_for_a_person() -> None:
    """Rights of one country, read in another, send people to closed doors."""
    placed = '{kind: paragraph, id: law, place: US, sources: [ONE], text: "A law protects you."}'
    answer = clearance.rights_by_country(evidence(paragraph("It is so."), placed))

    assert answer.verdict is Verdict.PERSON
    assert answer.look_at == "more.law (US)"


def test_a_copy_in_two_languages_passes_with_its_verification() -> None:
    """A nurse points at the place beside the reader's own, and it says something else."""
    e = evidence(paragraph("It is so."))
    spanish = replace(e, handout=replace(e.handout, language="es"))
    good = paper(findings=(finding("words-heard", Outcome.PASSED),))
    bad = paper(findings=(finding("words-heard", Outcome.FAILED, "at main: heard “x”"),))

    assert clearance.bilingual_copy(e).verdict is Verdict.NOT_RUN
    assert clearance.bilingual_copy(spanish).verdict is Verdict.NOT_RUN
    assert clearance.bilingual_copy(replace(spanish, bilingual=good)).verdict is Verdict.PASSED
    assert clearance.bilingual_copy(replace(spanish, bilingual=bad)).look_at == "words-heard: at main: heard “x”"
