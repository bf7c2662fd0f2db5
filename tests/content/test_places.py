from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handouts.content import build_condition
from tests.conftest import SMALL, Told, changed, line_of

if TYPE_CHECKING:
    from handouts.model.condition import Library

SECTION = "  - id: cause\n    heading: What causes it\n"
BLOCK = '        id: both\n        sources: [THREE, TWO]\n        text: "It is there from birth."\n'


@pytest.mark.parametrize("place", ["US", "GB", "NO", "XK"])
def test_a_section_and_a_block_may_be_for_one_country(told: Told, place: str) -> None:
    """A right that holds in one country is promised to all, or told to none."""
    text = changed(SMALL, SECTION, f"{SECTION}    place: {place}\n")
    text = changed(text, BLOCK, f"{BLOCK}        place: {place}\n")

    assert told(text) == ()


@pytest.mark.parametrize(
    ("place", "code", "hint"),
    [
        ("UK", "unknown-place", "GB (United Kingdom)"),
        ("EU", "unknown-place", "ISO 3166"),
        ("XX", "unknown-place", "ISO 3166"),
        ("USA", "wrong-type", ""),
        ("us", "wrong-type", ""),
        ('"001"', "wrong-type", ""),
        ("[US, GB]", "wrong-type", ""),
    ],
)
@pytest.mark.parametrize("part", [SECTION, BLOCK])
def test_a_place_that_is_no_country_is_told_with_its_line(
    told: Told, part: str, place: str, code: str, hint: str
) -> None:
    """A block for nowhere is never printed, and nobody notices."""
    indent = part[: len(part) - len(part.lstrip())].ljust(4)
    text = changed(SMALL, part, f"{part}{indent}place: {place}\n")

    (problem,) = told(text)
    assert problem.where is not None
    assert (problem.code, problem.where.line) == (code, line_of(text, f"place: {place}"))
    assert hint in (problem.hint or "")


def test_translators_are_told_that_a_string_is_for_one_country(library: Library) -> None:
    """Somebody makes a right of another country's out of it, for that is where their readers live."""
    text = changed(SMALL, BLOCK, f"{BLOCK}        place: US\n")
    messages = build_condition("small.yaml", text, library, "small")[0].messages

    told = [key for key, message in messages.items() if any("United States" in words for words in message.comments)]
    assert told == ["cause.both"]


def test_a_block_for_another_country_than_its_section_is_told(told: Told) -> None:
    """It stands in the file, and in no handout."""
    text = changed(SMALL, SECTION, f"{SECTION}    place: US\n")
    text = changed(text, BLOCK, f"{BLOCK}        place: GB\n")

    (problem,) = told(text)
    assert problem.where is not None
    assert (problem.code, problem.where.line) == ("never-printed-here", line_of(text, "place: GB"))
