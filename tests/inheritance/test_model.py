"""The model against the tables of the sources, written out by hand."""

from __future__ import annotations

import pytest

from handouts.inheritance import CHANGED, PAIRS, REFUSED, Outcome, Relative, children_of, couple_of, odds, pairs_of

HAS, CHANGE, CARRIER, NO = "has-condition", "has-change", "carrier", "unchanged"
EVERY_PAIR = list(PAIRS)


@pytest.mark.parametrize(
    ("pattern", "parents", "children"),
    [
        # ADAM-XLR, NHLBI-H, MER-X: four outcomes, 1 in 4 each
        (
            "x-linked-recessive",
            "carrier-mother",
            [("son", HAS), ("son", NO), ("daughter", CARRIER), ("daughter", NO)],
        ),
        # ADAM-XLR, NHLBI-H, HEE, MER-X: no son has it, every daughter is a carrier
        (
            "x-linked-recessive",
            "father-has",
            [("son", NO), ("son", NO), ("daughter", CARRIER), ("daughter", CARRIER)],
        ),
        # ADAM-XLR: half the sons; half the daughters have it, half are carriers
        (
            "x-linked-recessive",
            "carrier-mother-father-has",
            [("son", HAS), ("son", NO), ("daughter", HAS), ("daughter", CARRIER)],
        ),
        # GHR-RISK: half the sons, half the daughters
        ("x-linked-dominant", "mother-has", [("son", HAS), ("son", NO), ("daughter", HAS), ("daughter", NO)]),
        # GHR-RISK: no son, every daughter
        ("x-linked-dominant", "father-has", [("son", NO), ("son", NO), ("daughter", HAS), ("daughter", HAS)]),
        # NHLBI-S, UNR, GARV: 1 in 4 have it, 1 in 2 are carriers, 1 in 4 neither
        (
            "autosomal-recessive",
            "both-carriers",
            [("child", HAS), ("child", CARRIER), ("child", CARRIER), ("child", NO)],
        ),
        # SCDAI, STAC, MER-T: none has it, 1 in 2 are carriers
        (
            "autosomal-recessive",
            "one-carrier",
            [("child", CARRIER), ("child", CARRIER), ("child", NO), ("child", NO)],
        ),
        # STAC: 1 in 2 have it, 1 in 2 are carriers
        (
            "autosomal-recessive",
            "one-has-one-carrier",
            [("child", HAS), ("child", HAS), ("child", CARRIER), ("child", CARRIER)],
        ),
        # STAC: none has it, all are carriers
        ("autosomal-recessive", "one-has", [("child", CARRIER)] * 4),
        # GHR-RISK, GARD-HD, NINDS-HD: 1 in 2, sons and daughters alike
        (
            "autosomal-dominant",
            "one-has",
            [("child", CHANGE), ("child", CHANGE), ("child", NO), ("child", NO)],
        ),
        # GARD-M, CHOA, GHR-L: all inherit it from a mother, none from a father
        (
            "mitochondrial",
            "mother-has",
            [("son", CHANGE), ("son", CHANGE), ("daughter", CHANGE), ("daughter", CHANGE)],
        ),
        ("mitochondrial", "father-has", [("son", NO), ("son", NO), ("daughter", NO), ("daughter", NO)]),
    ],
)
def test_the_children_are_those_of_the_table(pattern: str, parents: str, children: list[tuple[str, str]]) -> None:
    """A picture that shows other children than the sources do is a family told the wrong odds."""
    assert children_of(pattern, parents) == tuple(Relative(sex, status) for sex, status in children)


def test_every_pair_is_in_the_table_above() -> None:
    """A pair that nobody wrote down by hand would be printed untested."""
    marks = test_the_children_are_those_of_the_table.pytestmark  # type: ignore[attr-defined]
    written = {(pattern, parents) for pattern, parents, _ in marks[0].args[1]}

    assert written == set(PAIRS)


@pytest.mark.parametrize(
    ("pattern", "parents", "sex", "status", "count", "total"),
    [
        ("x-linked-recessive", "carrier-mother", "son", HAS, 1, 2),
        ("x-linked-recessive", "carrier-mother", "daughter", HAS, 0, 2),
        ("x-linked-recessive", "carrier-mother", "daughter", CARRIER, 1, 2),
        ("x-linked-recessive", "carrier-mother", None, HAS, 1, 4),
        ("x-linked-recessive", "father-has", "son", HAS, 0, 2),
        ("x-linked-recessive", "father-has", "daughter", CARRIER, 2, 2),
        ("autosomal-recessive", "both-carriers", "child", HAS, 1, 4),
        ("autosomal-recessive", "both-carriers", "child", CARRIER, 2, 4),
        ("autosomal-recessive", "both-carriers", "child", NO, 1, 4),
        ("autosomal-recessive", "one-carrier", "child", CARRIER, 1, 2),
        ("autosomal-dominant", "one-has", "child", CHANGE, 1, 2),
        ("mitochondrial", "mother-has", None, CHANGE, 4, 4),
    ],
)
def test_the_odds_are_those_of_the_table(
    pattern: str, parents: str, sex: str | None, status: str, count: int, total: int
) -> None:
    """A wrong number here is read to a family as their own chance."""
    assert odds(pattern, parents, status, sex) == Outcome(count, total)


@pytest.mark.parametrize(("pattern", "parents"), EVERY_PAIR)
def test_odds_of_one_group_share_a_denominator_and_add_up(pattern: str, parents: str) -> None:
    """Chances that do not add up to all children leave a listener to guess the rest."""
    for sex in {child.sex for child in children_of(pattern, parents)}:
        outcomes = [odds(pattern, parents, status, sex) for status in (HAS, CHANGE, CARRIER, NO)]

        assert len({outcome.total for outcome in outcomes}) == 1
        assert sum(outcome.count for outcome in outcomes) == outcomes[0].total


@pytest.mark.parametrize(("pattern", "parents"), [pair for pair in EVERY_PAIR if pair[0].startswith("x-linked")])
def test_a_father_passes_no_x_to_his_son(pattern: str, parents: str) -> None:
    """GHR-PAT: fathers can't pass X-linked traits to their sons; whatever a son has comes from his mother."""
    mother, _ = couple_of(pattern, parents)
    sons = [child for child in children_of(pattern, parents) if child.sex == "son"]

    assert any(son.status != NO for son in sons) == (mother.status != NO)


@pytest.mark.parametrize(("pattern", "parents"), EVERY_PAIR)
def test_two_parents_without_the_change_are_no_pair(pattern: str, parents: str) -> None:
    """NHLBI-H: a new change has no number, so such a pair can't be drawn."""
    assert any(parent.status != NO for parent in couple_of(pattern, parents))


@pytest.mark.parametrize("pattern", ["autosomal-dominant", "mitochondrial", "x-linked-dominant"])
def test_where_one_copy_is_enough_nobody_is_a_carrier(pattern: str) -> None:
    """MER-T: a dominant condition has no carriers; the word would be false comfort."""
    people = [p for pair in pairs_of(pattern) for p in (*couple_of(pattern, pair), *children_of(pattern, pair))]

    assert CARRIER not in {person.status for person in people}


def test_pairs_that_no_source_covers_cannot_be_asked_for() -> None:
    """The sources mark these rows "derived" or "do not print"."""
    assert not set(REFUSED) & set(PAIRS)
    assert ("autosomal-dominant", "both-have") in REFUSED
    with pytest.raises(KeyError):
        children_of("autosomal-dominant", "both-have")


def test_every_pattern_says_what_the_change_leads_to() -> None:
    """With an unknown pattern the picture's sentence would count nothing."""
    assert {pattern for pattern, _ in PAIRS} == set(CHANGED)
