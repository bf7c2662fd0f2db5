"""A copy in two languages: the same passages under the same numbers, each in its own language, none left out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from handouts.localize import localize
from handouts.localize.inline import plain
from handouts.model.document import Citations, FillIn, Questions
from handouts.model.reading import reading_order, unmarked
from handouts.problems import HandoutsError
from tests.conftest import Localized, edition
from tests.localize.test_build import ENGLISH, NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handouts.model.condition import Condition
    from handouts.model.document import LocalizedHandout
    from handouts.model.message import Translations

PAIRS = [("es", "en"), ("en", "es"), ("ar", "en"), ("en", "ar"), ("es", "ar")]

Both = Callable[[str, str], "LocalizedHandout"]


@pytest.fixture(scope="session")
def both(condition: Condition, translations: Callable[[str], Translations]) -> Both:
    """The shipped handout in two languages, the reader's first."""
    return lambda first, second: localize(
        condition, translations(first), replace(edition(), second=second), translations(second)
    )


def passages(tree: LocalizedHandout, tag: str) -> list[str]:
    """The numbers that stand beside the passages of one language, in the order of reading."""
    lines = [line for key, line in reading_order(tree) if key != "covers" and line[0].mark]
    return [line[0].value for line in lines if line[0].language == tag]


def in_order(wanted: Iterable[str], words: Iterable[str]) -> list[str]:
    """Those of `wanted` that do not come, in their order, among `words`."""
    left = iter(words)
    return [line for line in wanted if line not in left]


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_the_same_number_stands_beside_the_same_passage(both: Both, first: str, second: str) -> None:
    """The nurse points at a line about treatment, and the mother reads one about death."""
    tree = both(first, second)
    by_language: dict[str, dict[str, str]] = {first: {}, second: {}}
    for key, line in reading_order(tree):
        if key != "covers" and line[0].mark:
            by_language[line[0].language][line[0].value] = key

    assert len(by_language[first]) > 100
    assert by_language[first] == by_language[second]


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_numbers_are_counted_on_in_one_kind_of_digits(both: Both, first: str, second: str) -> None:
    """A number that stands twice points at two places, and one in other digits at none."""
    for tag in (first, second):
        numbers = passages(both(first, second), tag)
        counted = [tuple(int(part) for part in number.split(".")) for number in numbers]

        assert all(re.fullmatch(r"[1-9][0-9]*(\.[1-9][0-9]*)?", number, re.ASCII) for number in numbers)
        for (one, *passage), (other, *following) in pairwise(counted):
            goes_on = following == [passage[0] + 1 if passage else 1]
            assert (other == one and goes_on) or (other == one + 1 and not following)


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_each_section_is_followed_by_the_same_one_for_staff(both: Both, first: str, second: str) -> None:
    """Somebody leafs from the front to the back for each sentence."""
    lines = [(key, line[0].language) for key, line in reading_order(both(first, second)) if key.endswith(".heading")]

    assert len(lines) > 30
    assert [language for _, language in lines] == [first, second] * (len(lines) // 2)
    assert all(one == other for (one, _), (other, _) in zip(lines[::2], lines[1::2], strict=True))


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_both_languages_say_all_that_they_say_alone(both: Both, handout: Localized, first: str, second: str) -> None:
    """What is told to the nurse alone, or to the mother alone, is what they then differ about."""
    said = [plain(unmarked(line)) for _, line in reading_order(both(first, second))]
    readers = [plain(line) for key, line in reading_order(handout(first, "family")) if key != "covers"]
    once = {"covers", "notice", "language", "sources.list"}  # the list of sources is in its own languages
    staffs = [plain(line) for key, line in reading_order(handout(second, "family")) if key not in once]

    assert in_order(readers, said) == []
    assert in_order(staffs, said) == []


def test_the_first_page_names_both_languages_in_both(both: Both) -> None:
    """Staff who can't read the first line don't know what the second is."""
    tree = both("es", "en")

    assert plain(tree.pair_line).startswith("En dos idiomas: español")
    assert "English" in plain(tree.pair_line)
    assert tree.staff is not None
    assert plain(tree.staff.pair_line).startswith("In two languages: español and English.")
    assert {(text.value, text.language) for text in tree.staff.pair_line} >= {("español", "es"), ("English", "en")}
    assert plain(tree.staff.title) == "When the body has trouble fighting infections"


def test_the_notices_of_both_stand_on_it_and_none_twice(both: Both, handout: Localized) -> None:
    """A draft looks checked because the other language was."""
    notices = [plain(notice) for notice in both("es", "ar").notices]
    alone = [[plain(notice) for notice in handout(tag, "family").notices] for tag in ("es", "ar")]

    assert sorted(notices) == sorted({*alone[0], *alone[1]})
    assert "Not yet checked by a clinician." in [plain(notice) for notice in both("es", "en").notices]


def test_room_to_write_is_printed_once(both: Both) -> None:
    """Two places for one telephone number: one of them stays empty, and is the one that is looked at."""
    tree = both("es", "en")
    kinds = [type(b) for s in tree.sections if s.staff for b in s.staff.blocks]
    own = [type(b) for s in tree.sections for b in s.blocks]

    assert {FillIn, Questions, Citations} <= set(own)
    assert not {FillIn, Questions, Citations} & set(kinds)


def test_the_list_of_sources_is_said_to_follow_before_it_does(both: Both) -> None:
    """“These are the sources:”, and nothing comes after it."""
    keys = [key for key, _ in reading_order(both("es", "en"))]
    last = keys[keys.index("sources.heading") :]

    assert last[:5] == ["sources.heading", "sources.list", "sources.heading", "sources.list", "sources.list"]
    assert set(last[5:]) == {"sources.list"}


def test_the_edition_is_another_than_that_of_each_language_alone(both: Both, handout: Localized) -> None:
    """The approval of one language covers a copy in two."""
    trees = [handout("es", "family"), handout("en", "family"), both("es", "en"), both("en", "es"), both("es", "ar")]

    assert len({tree.edition for tree in trees}) == len(trees)
    for tree in trees:
        assert tree.edition in plain(tree.foot.edition)
        assert len(re.findall(r"[0-9a-f]{4}-[0-9a-f]{4}", plain(tree.foot.edition))) == 1


def test_the_day_of_printing_makes_no_other_edition(
    condition: Condition, translations: Callable[[str], Translations]
) -> None:
    """Every day's copies look like a new text that somebody has to approve."""
    asked = [replace(edition(), second="es"), replace(edition(day=edition().printed_on.replace(day=22)), second="es")]
    trees = [localize(condition, ENGLISH, each, translations("es")) for each in asked]

    assert len({tree.edition for tree in trees}) == 1
    assert trees[0] != trees[1]


def test_what_either_language_lacks_is_told(small: Condition) -> None:
    """The staff's copy has a hole where the mother points."""
    with pytest.raises(HandoutsError) as caught:
        localize(small, ENGLISH, replace(edition(), second="es"), NOTHING)

    assert {p.code for p in caught.value.problems} == {"absent-translation"}
    assert all("no Spanish translation" in p.message for p in caught.value.problems)
    assert any("label.edition.bilingual" in p.message for p in caught.value.problems)


def test_a_handout_in_one_language_has_no_numbers(handout: Localized) -> None:
    """Numbers that point at nothing are noise in a listener's ear."""
    assert [line for _, line in reading_order(handout("es", "family")) if any(text.mark for text in line)] == []
