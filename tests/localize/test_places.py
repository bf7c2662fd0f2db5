"""What is told of one country alone: chosen by place, never by language."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from handouts.content import build_condition
from handouts.localize import localize
from handouts.localize.inline import plain
from handouts.model.reading import reading_order
from handouts.project import Project
from tests.conftest import SMALL, changed, edition
from tests.localize.test_build import ENGLISH, built, words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from handouts.model.condition import Condition, Library
    from handouts.model.document import LocalizedHandout
    from handouts.model.message import Translations

RIGHT = """\
  - id: rights
    heading: Your rights
    place: US
    blocks:
      - {kind: paragraph, id: one, basis: practical, text: "A right in the United States."}
"""
SERVICE = """\
      - {kind: paragraph, id: service, place: GB, sources: [THREE], text: "A service in the United Kingdom."}
"""
TEXT = changed(
    changed(SMALL, "  - id: for-carriers\n", f"{RIGHT}  - id: for-carriers\n"),
    '        text: "About {frequency} people have it."\n',
    f'        text: "About {{frequency}} people have it."\n{SERVICE}',
)


def at(library: Library, place: str | None, audience: str = "family") -> LocalizedHandout:
    condition = build_condition("small.yaml", TEXT, library, "small")[0]
    return localize(condition, ENGLISH, replace(edition(audience), place=place))


def test_a_block_for_a_country_is_printed_there_alone(library: Library) -> None:
    """A family asks for a service that exists in another country, and is sent away."""
    words = {place: words_of(at(library, place)) for place in (None, "US", "GB", "DE")}

    assert [p for p, said in words.items() if "A service in the United Kingdom." in said] == ["GB"]
    assert [p for p, said in words.items() if "A right in the United States." in said] == ["US"]
    assert [p for p, said in words.items() if "Your rights" in said] == ["US"]


def test_only_what_is_printed_is_cited(library: Library) -> None:
    """A list of sources with one that nothing on the page comes from."""
    assert "Third page" in words_of(at(library, "GB", "carrier"))
    assert "Third page" not in words_of(at(library, "US", "carrier"))


def test_without_a_country_a_handout_is_what_it_was_without_such_blocks(library: Library) -> None:
    """Adding one country's right must not change every other country's page."""
    assert at(library, None) == built(library, SMALL)


def test_the_country_is_named_on_the_first_page_and_the_id_differs(library: Library) -> None:
    """Staff can't tell one country's copies from another's."""
    us, gb, anywhere = (at(library, place) for place in ("US", "GB", None))

    assert [plain(tree.place_line) for tree in (us, gb, anywhere)] == ["United States", "United Kingdom", ""]
    assert ("place", us.place_line) in reading_order(us)
    assert len({tree.edition for tree in (us, gb, anywhere)}) == 3


@pytest.mark.parametrize(
    ("place", "names"),
    [
        (None, ["US", "GB", "001", "001", "US"]),
        ("US", ["US", "US", "001", "001"]),
        ("GB", ["GB", "001", "001"]),
        ("DE", ["001", "001"]),
    ],
)
def test_organisations_of_the_country_come_first_and_those_of_others_are_left_out(
    condition: Condition, place: str | None, names: list[str]
) -> None:
    """A number that can't be called from here stands before the one that can."""
    tree = localize(condition, ENGLISH, replace(edition(), place=place))

    places = {"US": "United States", "GB": "United Kingdom", "001": "Worldwide"}
    (section,) = (s for s in tree.sections if s.key == "organisations")
    assert [plain(c.place) for b in section.blocks for c in getattr(b, "items", ())] == [places[n] for n in names]


def test_no_organisation_is_left_when_none_helps_there(library: Library) -> None:
    """A heading with nothing under it is a promise that is not kept."""
    text = TEXT.replace("words: {}", "words: {}\norganisations: [idf]")
    condition = build_condition("small.yaml", text, library, "small")[0]

    keys = {
        place: [s.key for s in localize(condition, ENGLISH, replace(edition(), place=place)).sections]
        for place in ("US", "GB")
    }

    assert "organisations" in keys["US"]
    assert "organisations" not in keys["GB"]


@pytest.mark.parametrize("tag", ["en", "es", "ar"])
def test_the_language_decides_nothing_of_the_place(
    condition: Condition, translations: Callable[[str], Translations], tag: str
) -> None:
    """Spanish is read in twenty countries, and Arabic in as many: none of them follows from it."""
    trees = [localize(condition, translations(tag), replace(edition(), place=place)) for place in ("US", None)]

    assert [bool(tree.place_line) for tree in trees] == [True, False]
    assert len([c for s in trees[0].sections if s.key == "organisations" for b in s.blocks for c in b.items]) == 4  # type: ignore[union-attr]  # contacts


def test_what_american_states_do_is_told_in_america_alone() -> None:
    """A baby elsewhere is thought to have been tested when it was not."""
    condition, _ = Project().condition("cystic-fibrosis")
    words = {place: words_of(localize(condition, ENGLISH, replace(edition(), place=place))) for place in ("US", None)}

    assert words["US"].count("all states check newborns") == 1
    assert "all states" not in words[None]
