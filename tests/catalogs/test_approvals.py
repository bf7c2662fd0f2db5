"""An approval is of exactly these words: what it holds for, what voids it, and who may give it."""

from __future__ import annotations

import datetime
import random
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.catalogs import (
    ApprovedString,
    Record,
    approved_words,
    changes,
    check_dates,
    digest_of,
    holding,
    standing_of,
    voided,
    with_approval,
    with_same_meaning,
)
from handouts.model.approval import Approval, SameMeaning, Stage
from handouts.model.message import Message
from handouts.problems import HandoutsError, Location

HERE = Location("small.yaml", 1)
DAY = datetime.date(2026, 11, 20)
TODAY = datetime.date(2026, 11, 21)
WORDS = {
    "rare.heading": ApprovedString(("How rare it is",), (), ("Qué tan rara es",)),
    "rare.often": ApprovedString(("{count} child", "{count} children"), (), ("un niño", "{count} niños")),
    "rare.odds": ApprovedString(("About {odds}",), (("odds", "1 in 2"),), ("Cerca de {odds}",)),
}
ENGLISH = {key: replace(one, translation=()) for key, one in WORDS.items()}
EMPTY = Record("small", "es", "approvals.toml")
CLEARED_ENGLISH = (Approval(Stage.CLEARED, "Dr Lee", DAY, digest_of(ENGLISH)),)

Words = dict[str, ApprovedString]


def approval(stage: Stage, by: str, words: Words = WORDS, day: datetime.date = DAY) -> Approval:
    return Approval(stage, by, day, digest_of(words))


def approved(
    record: Record, stage: Stage, by: str, words: Words = WORDS, day: datetime.date = DAY, *, cleared: bool = True
) -> Record:
    english = CLEARED_ENGLISH if cleared else ()
    return with_approval(record, words, approval(stage, by, words, day), english, TODAY)


def refused(record: Record, stage: Stage, by: str, *, day: datetime.date = DAY, cleared: bool = True) -> list[str]:
    with pytest.raises(HandoutsError) as error:
        approved(record, stage, by, day=day, cleared=cleared)
    return [problem.code for problem in error.value.problems]


TRANSLATED = approved(EMPTY, Stage.TRANSLATED, "Ana Pérez")
REVISED = approved(TRANSLATED, Stage.REVISED, "Luis Gómez")
CLEARED = approved(REVISED, Stage.CLEARED, "Dr Ruiz")


def stages(record: Record, words: Words) -> list[Stage]:
    return [one.stage for one in holding(record, words)]


# ------------------------------------------------------------------------------------------------ digests


def test_the_digest_does_not_change_with_the_order_of_the_content() -> None:
    """A section that was moved would take every translation of it out of print."""
    assert digest_of(dict(reversed(WORDS.items()))) == digest_of(WORDS)


def test_the_digest_is_a_sha_256_that_anybody_can_compute() -> None:
    """A hospital that wants to check an approval with its own tools must get the same number."""
    # printf '[["a",["b"],[["n","1 in 2"]],["ç {n}"]]]' | sha256sum
    words = {"a": ApprovedString(("b",), (("n", "1 in 2"),), ("ç {n}",))}

    assert digest_of(words) == "sha256:f1f84af8b0f6a3f6b6a2aeab606bbc6f43b63458022bac912185f6b89d5908c4"


PARTS = st.sampled_from(["english", "facts", "translation"])


def one_character_off(words: str, seed: int, letter: str) -> str:
    """`words` with one character put in, taken out, or made another."""
    chance = random.Random(seed)  # noqa: S311  nothing secret
    at = chance.randrange(len(words) + 1)
    cut = chance.choice([0, 1]) if at < len(words) else 0
    changed = words[:at] + letter + words[at + cut :]
    return changed if changed != words else words + letter


@settings(max_examples=200)
@given(
    key=st.sampled_from(sorted(WORDS)),
    part=PARTS,
    seed=st.integers(0, 10_000),
    letter=st.characters(exclude_categories=["Cs"]),
)
def test_one_changed_character_anywhere_voids_the_approval_and_names_the_string(
    key: str, part: str, seed: int, letter: str
) -> None:
    """A number or a "not" that changes after the clinician has read it goes out under her name."""
    before = WORDS[key]
    match part:
        case "english":
            after = replace(before, english=(one_character_off(before.english[0], seed, letter), *before.english[1:]))
        case "facts":
            after = replace(before, facts=(("odds", one_character_off("1 in 2", seed, letter)),))
        case _:
            said = (*before.translation[:-1], one_character_off(before.translation[-1], seed, letter))
            after = replace(before, translation=said)
    words = {**WORDS, key: after}

    assert holding(CLEARED, WORDS) == CLEARED.approvals
    assert holding(CLEARED, words) == ()
    assert [change.key for change in changes(WORDS, words)] == [key]
    for problem, stage in zip(voided(CLEARED, words), ("translated", "revised", "cleared"), strict=True):
        assert problem.message == f"small (es) is no longer {stage}: changed since: '{key}'"


@pytest.mark.parametrize("gone", sorted(WORDS))
def test_a_string_that_is_gone_or_new_voids_the_approval(gone: str) -> None:
    """A sentence that nobody has read would be printed as cleared; so would a text that lost its warning."""
    fewer = {key: one for key, one in WORDS.items() if key != gone}

    assert stages(CLEARED, fewer) == []
    assert stages(CLEARED, WORDS | {"new.one": WORDS["rare.heading"]}) == []
    assert [(one.was is None, one.now is None) for one in changes(WORDS, fewer)] == [(False, True)]


def test_a_void_approval_holds_again_when_the_words_are_put_back() -> None:
    """An approval is of words, not of a moment: undoing a slip must not need the clinician again."""
    slip = {**WORDS, "rare.heading": replace(WORDS["rare.heading"], translation=("Que tan rara es",))}

    assert stages(CLEARED, slip) == []
    assert stages(CLEARED, dict(WORDS)) == ["translated", "revised", "cleared"]


def test_a_long_list_of_changed_strings_is_cut_and_counted() -> None:
    """A hundred keys in one line hide the command that shows the words."""
    many = {f"key-{n}": ApprovedString(("a",), (), ("b",)) for n in range(9)}
    record = approved(EMPTY, Stage.TRANSLATED, "Ana", many)

    (problem,) = voided(record, {key: replace(one, translation=("c",)) for key, one in many.items()})

    assert problem.message.endswith("'key-0', 'key-1', 'key-2', 'key-3', 'key-4' and 4 more")
    assert problem.hint == "`handouts catalog diff small es` shows the old words and the new"


def test_what_is_approved_of_a_message_is_its_english_its_facts_and_all_its_forms() -> None:
    """A fact that changes under cleared words is a wrong number under a clinician's name."""
    facts = MappingProxyType({"odds": "1 in 2", "unused": "7"})
    own = Message("small", "odds", "About {odds}", HERE, placeholders=facts)
    counted = Message("shared", "overall", "{count} child", HERE, "{count} children", None, facts)
    said = {"odds": ("Cerca de {odds}",), "overall": ("a", "b")}

    assert approved_words([own, counted], said) == {
        "odds": ApprovedString(("About {odds}",), (("odds", "1 in 2"),), ("Cerca de {odds}",)),
        "overall": ApprovedString(("{count} child", "{count} children"), (), ("a", "b")),
    }
    assert approved_words([own], None) == {"odds": ApprovedString(("About {odds}",), (("odds", "1 in 2"),))}
    assert approved_words([own, counted], {"odds": ("x",)})["overall"].translation == ()


# ------------------------------------------------------------------------------------------------- stages


def test_the_stages_follow_one_another() -> None:
    """A clinician clears what no second person has read against the English."""
    assert refused(EMPTY, Stage.REVISED, "Luis") == ["approval-order"]
    assert refused(EMPTY, Stage.CLEARED, "Dr Ruiz") == ["approval-order"]
    assert refused(TRANSLATED, Stage.CLEARED, "Dr Ruiz") == ["approval-order"]
    assert [one.stage for one in CLEARED.approvals] == ["translated", "revised", "cleared"]


def test_a_stage_before_that_is_void_does_not_carry_the_next_one() -> None:
    """The reviser read other words; the message must say which have changed."""
    other = {**WORDS, "rare.heading": replace(WORDS["rare.heading"], translation=("Su frecuencia",))}

    with pytest.raises(HandoutsError) as error:
        approved(REVISED, Stage.CLEARED, "Dr Ruiz", other)

    void, order = error.value.problems
    assert (void.code, order.code) == ("approval-void", "approval-order")
    assert "'rare.heading'" in void.message


@pytest.mark.parametrize("name", ["Ana Pérez", "ana pérez", " ANA  PÉREZ ", "Ana Pe\u0301rez"])
def test_nobody_revises_their_own_translation(name: str) -> None:
    """A translator reads past their own slip; that is what the second person is for (ISO 17100)."""
    assert refused(TRANSLATED, Stage.REVISED, name) == ["approval-same-person"]


def test_nobody_approves_on_a_day_to_come_or_before_the_stage_before() -> None:
    """A date that can't be right makes the whole record worth nothing."""
    assert refused(EMPTY, Stage.TRANSLATED, "Ana", day=datetime.date(2026, 11, 22)) == ["approval-date"]
    assert refused(TRANSLATED, Stage.REVISED, "Luis", day=datetime.date(2026, 11, 19)) == ["approval-date"]
    assert approved(TRANSLATED, Stage.REVISED, "Luis", day=TODAY).approvals[-1].date == TODAY


def test_a_translation_is_not_cleared_while_its_english_is_not() -> None:
    """A clinician would vouch for words that were held against a text that nobody vouches for."""
    assert refused(REVISED, Stage.CLEARED, "Dr Ruiz", cleared=False) == ["approval-order"]


def test_english_has_one_stage() -> None:
    """English is nobody's translation; a "revised" English would look like a review that never was."""
    english = Record("small", "en", "approvals.toml")

    for stage in (Stage.TRANSLATED, Stage.REVISED, Stage.DRAFT):
        with pytest.raises(HandoutsError) as error:
            with_approval(english, ENGLISH, approval(stage, "Dr Lee", ENGLISH), (), TODAY)
        assert [problem.code for problem in error.value.problems] == ["approval-stage"]
    done = with_approval(english, ENGLISH, approval(Stage.CLEARED, "Dr Lee", ENGLISH), (), TODAY)
    assert stages(done, ENGLISH) == ["cleared"]


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\u202eb", "a\x00", "x" * 101, "{by}", "**Ana**", "<b>Ana</b>"])
def test_a_name_that_can_not_be_printed_is_refused(name: str) -> None:
    """The name is printed under "checked by a clinician": it must not break the page, or turn its words around."""
    assert refused(EMPTY, Stage.TRANSLATED, name) == ["approval-name"]


def test_words_approved_again_replace_those_of_the_same_stage_alone() -> None:
    """The reviser's old approval is what tells the next reader what has changed since."""
    other = {**WORDS, "rare.heading": replace(WORDS["rare.heading"], translation=("Su frecuencia",))}

    again = approved(CLEARED, Stage.TRANSLATED, "Ana Pérez", other)

    assert stages(again, other) == ["translated"]
    assert [one.stage for one in again.approvals] == ["translated", "revised", "cleared"]
    assert set(again.words) == {digest_of(WORDS), digest_of(other)}
    assert [change.key for change in changes(again.words[again.approvals[1].digest], other)] == ["rare.heading"]


def test_words_that_no_approval_names_any_more_are_not_kept() -> None:
    """The file would grow with every approval, and nobody could read what changes in it."""
    other = {**WORDS, "rare.heading": replace(WORDS["rare.heading"], translation=("Su frecuencia",))}

    assert set(approved(TRANSLATED, Stage.TRANSLATED, "Ana", other).words) == {digest_of(other)}


def test_a_date_to_come_in_the_file_is_told() -> None:
    """A record that was written by hand can say what the command refuses."""
    early = datetime.date(2026, 11, 19)

    assert [p.code for p in check_dates(TRANSLATED, early)] == ["approval-date"]
    assert check_dates(TRANSLATED, DAY) == ()


# ------------------------------------------------------------------------------------------ what it allows


def held(*given: Stage) -> tuple[Approval, ...]:
    return tuple(approval(stage, f"{stage} person") for stage in given)


T, R, C = Stage.TRANSLATED, Stage.REVISED, Stage.CLEARED


@pytest.mark.parametrize(
    ("own", "english", "stage", "cleared_by"),
    [
        ([(), ()], [(), ()], "draft", 0),
        ([held(T), held(T, R)], [(), ()], "translated", 0),
        ([held(T, R), held(T, R)], [(), ()], "revised", 0),
        ([held(T, R, C), held(T, R)], [held(C), held(C)], "revised", 0),
        ([held(T, R, C), ()], [held(C), held(C)], "draft", 0),
        ([held(T, R, C), held(T, R, C)], [held(C), held(C)], "cleared", 1),
        ([held(T, R, C), held(T, R, C)], [held(C), ()], "revised", 0),
        ([held(T, R, C), held(T, R, C)], [(), ()], "revised", 0),
    ],
)
def test_the_lowest_stage_of_all_the_words_on_a_page_is_the_stage_of_the_page(
    own: list[tuple[Approval, ...]], english: list[tuple[Approval, ...]], stage: str, cleared_by: int
) -> None:
    """One page with cleared advice under a draft heading looks cleared as a whole."""
    standing = standing_of(own, english)

    assert standing.stage == stage
    assert len(standing.signatures(Stage.CLEARED)) == cleared_by
    assert len(standing.signatures(Stage.REVISED)) == (stage in {"revised", "cleared"})
    assert standing.english_cleared == all(english)


def test_two_clinicians_are_both_named() -> None:
    """Only the one who read the shared words would answer for the treatment."""
    one = approval(Stage.CLEARED, "Dr Ruiz")
    two = replace(one, by="Dr Lee", date=TODAY)

    assert standing_of([[one], [two]], [[one], [two]]).signatures(Stage.CLEARED) == (
        ("Dr Ruiz", DAY),
        ("Dr Lee", TODAY),
    )


# --------------------------------------------------------------------------------------------- same meaning

MENDED = {"rare.heading": ("How rare it is.",), "rare.often": WORDS["rare.often"].english}
SAID = SameMeaning(("rare.heading", "rare.often"), "Ed Tor", TODAY)


def test_a_mended_typo_leaves_the_approval_standing_and_on_record() -> None:
    """A comma would cost sixteen clinicians an evening; a silent change would cost the record its worth."""
    after = with_same_meaning(CLEARED, MENDED, {"rare.heading": ("How rare it is",)}, SAID)
    words = {**WORDS, "rare.heading": replace(WORDS["rare.heading"], english=("How rare it is.",))}

    assert stages(after, words) == ["translated", "revised", "cleared"]
    assert {one.same_meaning for one in after.approvals} == {(SameMeaning(("rare.heading",), "Ed Tor", TODAY),)}
    assert stages(after, WORDS) == []


def test_what_else_has_changed_still_voids_the_approval() -> None:
    """An editor's word for one comma must not cover a changed translation."""
    after = with_same_meaning(CLEARED, MENDED, None, SAID)
    words = {
        **WORDS,
        "rare.heading": replace(WORDS["rare.heading"], english=("How rare it is.",)),
        "rare.odds": replace(WORDS["rare.odds"], facts=(("odds", "1 in 4"),)),
    }

    assert stages(after, words) == []
    assert "changed since: 'rare.odds'" in voided(after, words)[-1].message


def test_a_claim_about_other_english_than_was_approved_changes_nothing() -> None:
    """Between the approval and the typo, the English may have changed its meaning: that was nobody's claim."""
    after = with_same_meaning(CLEARED, MENDED, {"rare.heading": ("How often it is there",)}, SAID)

    assert after == CLEARED


def test_words_without_approvals_have_nothing_to_void() -> None:
    """A new language would begin with warnings."""
    assert (holding(EMPTY, WORDS), voided(EMPTY, WORDS)) == ((), ())
