"""The model against the table "X-linked recessive" of the sources: ADAM-XLR, NHLBI-H, HEE and MER-X, by hand."""

from __future__ import annotations

from typing import get_args

import pytest

from handouts.inheritance import Genotype, Outcome, Relative, children_of, couple_of, odds
from handouts.inheritance.model import Allele
from handouts.model.condition import Parents

PAIRS = get_args(Parents)


def test_a_carrier_mother_has_four_kinds_of_children() -> None:
    """The picture shows other children than the sources do. ADAM-XLR, MER-X: four outcomes, 1 in 4 each."""
    assert children_of("carrier-mother") == (
        Relative("son", "has-condition"),
        Relative("son", "unchanged"),
        Relative("daughter", "carrier"),
        Relative("daughter", "unchanged"),
    )


def test_a_father_with_the_condition_has_unchanged_sons_and_carrier_daughters() -> None:
    """A son who can't have the condition would be tested, or a carrier daughter not told. ADAM-XLR, NHLBI-H, HEE."""
    assert children_of("father-has") == (
        Relative("son", "unchanged"),
        Relative("son", "unchanged"),
        Relative("daughter", "carrier"),
        Relative("daughter", "carrier"),
    )


@pytest.mark.parametrize(
    ("parents", "couple"),
    [
        ("carrier-mother", (Relative("mother", "carrier"), Relative("father", "unchanged"))),
        ("father-has", (Relative("mother", "unchanged"), Relative("father", "has-condition"))),
    ],
)
def test_the_parents_are_those_of_the_table(parents: str, couple: tuple[Relative, Relative]) -> None:
    """A picture of the wrong parents above the right children is wrong all the same."""
    assert couple_of(parents) == couple


@pytest.mark.parametrize(
    ("parents", "sex", "status", "count", "total"),
    [
        ("carrier-mother", "son", "has-condition", 1, 2),
        ("carrier-mother", "son", "unchanged", 1, 2),
        ("carrier-mother", "son", "carrier", 0, 2),
        ("carrier-mother", "daughter", "has-condition", 0, 2),
        ("carrier-mother", "daughter", "carrier", 1, 2),
        ("carrier-mother", "daughter", "unchanged", 1, 2),
        ("father-has", "son", "has-condition", 0, 2),
        ("father-has", "son", "unchanged", 2, 2),
        ("father-has", "daughter", "has-condition", 0, 2),
        ("father-has", "daughter", "carrier", 2, 2),
        ("father-has", "daughter", "unchanged", 0, 2),
        ("carrier-mother", None, "has-condition", 1, 4),
        ("carrier-mother", None, "carrier", 1, 4),
        ("carrier-mother", None, "unchanged", 2, 4),
        ("father-has", None, "has-condition", 0, 4),
        ("father-has", None, "carrier", 2, 4),
        ("father-has", None, "unchanged", 2, 4),
    ],
)
def test_odds_are_those_of_the_table(parents: str, sex: str | None, status: str, count: int, total: int) -> None:
    """A family decides about a pregnancy on these numbers."""
    assert odds(parents, status, sex) == Outcome(count, total)


@pytest.mark.parametrize("parents", PAIRS)
def test_every_pair_that_content_can_name_has_four_children_and_odds_that_add_up(parents: str) -> None:
    """Odds that add up to more or less than everybody leave a child out, or count one twice."""
    assert len(children_of(parents)) == 4
    assert sum(odds(parents, status).count for status in ("has-condition", "carrier", "unchanged")) == 4


@pytest.mark.parametrize("parents", PAIRS)
def test_half_of_the_children_are_sons(parents: str) -> None:
    """A picture of three daughters says something about boys that is not so."""
    assert [child.sex for child in children_of(parents)] == ["son", "son", "daughter", "daughter"]


@pytest.mark.parametrize("parents", PAIRS)
def test_no_son_is_a_carrier(parents: str) -> None:
    """A man has one X: he has the condition or does not carry the change. Source: NHGRI-X, HEE."""
    assert odds(parents, "carrier", "son") == Outcome(0, 2)


@pytest.mark.parametrize("parents", PAIRS)
def test_what_a_son_gets_depends_on_his_mother_alone(parents: str) -> None:
    """Father-to-son passing does not happen (GHR-PAT, HEE); told otherwise, a father would blame himself.

    Of two sons, as many have the condition as the mother has changed copies.
    """
    mother, _ = couple_of(parents)
    changed_copies = {"unchanged": 0, "carrier": 1, "has-condition": 2}[mother.status]

    assert odds(parents, "has-condition", "son") == Outcome(changed_copies, 2)


@pytest.mark.parametrize(
    ("first", "second", "sex", "status"),
    [
        (Allele.X, Allele.X, "daughter", "unchanged"),
        (Allele.X, Allele.X_CHANGED, "daughter", "carrier"),
        (Allele.X_CHANGED, Allele.X, "daughter", "carrier"),
        (Allele.X_CHANGED, Allele.X_CHANGED, "daughter", "has-condition"),
        (Allele.X, Allele.Y, "son", "unchanged"),
        (Allele.X_CHANGED, Allele.Y, "son", "has-condition"),
        (Allele.Y, Allele.X_CHANGED, "son", "has-condition"),
    ],
)
def test_two_chromosomes_make_a_sex_and_a_status(first: Allele, second: Allele, sex: str, status: str) -> None:
    """One working copy is what makes a carrier: NHGRI-X, HEE."""
    person = Genotype(first, second)

    assert (person.sex, person.status) == (sex, status)


@pytest.mark.parametrize("parents", ["both-have", "mother-has", "", "carrier-carrier"])
def test_parents_that_no_source_covers_are_refused(parents: str) -> None:
    """Odds that no source states would be printed as if one did."""
    with pytest.raises(KeyError):
        children_of(parents)
    with pytest.raises(KeyError):
        couple_of(parents)
    with pytest.raises(KeyError):
        odds(parents, "carrier")
