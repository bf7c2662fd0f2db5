from __future__ import annotations

import pytest

from handouts.model.condition import has_check_digit
from tests.conftest import SMALL, Told, line_of

CODES = "codes:\n  - {system: %s, code: %s, sources: [ONE]}\nreview:"


@pytest.mark.parametrize(
    ("system", "code"),
    [
        ("ICD-10", "'D66'"),
        ("ICD-10-CM", "H47.22"),
        ("OMIM", "'308230'"),
        ("ORPHA", "'399'"),
        ("SNOMED CT", "'404684003'"),
    ],
)
def test_a_code_of_its_system_is_accepted(told: Told, system: str, code: str) -> None:
    """A condition can't be found by the only name that a health record has for it."""
    assert told(SMALL.replace("review:", CODES % (system, code))) == ()


@pytest.mark.parametrize(
    ("system", "code"),
    [
        ("ICD-10", "D6"),
        ("ICD-10", "d66"),
        ("OMIM", "'30823'"),
        ("ORPHA", "ORPHA399"),
        ("SNOMED CT", "'404684004'"),
        ("SNOMED CT", "'404648003'"),
    ],
)
def test_a_code_with_a_slip_is_refused_with_its_line(told: Told, system: str, code: str) -> None:
    """A digit too few and a family gets the handout of another condition, or none."""
    text = SMALL.replace("review:", CODES % (system, code))

    (problem,) = told(text)

    assert problem.code == "wrong-value"
    assert problem.where is not None
    assert problem.where.line == line_of(text, "- {system")


def test_the_check_digit_finds_each_slip_of_one_digit_and_each_swap_of_neighbours() -> None:
    """These are the two slips that people make when they copy numbers."""
    known = "138875005"  # the root of SNOMED CT

    slips = {known[:i] + digit + known[i + 1 :] for i in range(len(known)) for digit in "0123456789"} - {known}
    swaps = {known[:i] + known[i + 1] + known[i] + known[i + 2 :] for i in range(len(known) - 1)} - {known}
    assert has_check_digit(known)
    assert [number for number in slips | swaps if has_check_digit(number)] == []
