"""What is on offer, what is not and why, and what a search finds among it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from handouts.model.edition import Audience
from handouts.project import Project, opened
from handouts.web.shelf import Shelf, Shelves, language_meant, languages_named, search, shelve
from handouts.web.values import Settings
from handouts.web.watch import Watch
from tests.commands import CATALOG, CONDITION, DATE, SHIPPED, SPANISH, lay
from tests.conftest import changed
from tests.web.loops import run

if TYPE_CHECKING:
    from pathlib import Path

DAY = datetime.date.fromisoformat(DATE)
SMALL = "conditions/small-condition.yaml"
FAMILY = Audience.FAMILY
CARRIER = Audience.CARRIER


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    """What we ship."""
    return shelve(Project(), DAY)


def found(shelf: Shelf, words: str, staff: str = "en") -> list[tuple[str, str]]:
    return [(match.condition.id, match.by.text) for match in search(shelf, words, staff).matches]


@pytest.mark.parametrize(
    ("typed", "by"),
    [
        ("fibrosis", "Cystic fibrosis"),
        ("FIBROSIS QUISTICA", "Fibrosis quística"),
        ("mucovis", "mucoviscidosis"),
        ("cftr", "CFTR"),
    ],
)
def test_a_condition_is_found_by_its_names_in_any_language_and_by_its_gene(shelf: Shelf, typed: str, by: str) -> None:
    """Each family and each clinic has its own word for it, and one of them is typed."""
    assert found(shelf, typed) == [("cystic-fibrosis", by)]


def test_the_name_in_the_language_of_staff_is_told_before_the_same_in_another(shelf: Shelf) -> None:
    """A clerk who reads Spanish is shown an English name for what was typed in Spanish."""
    assert found(shelf, "fibrosis", "es") == [("cystic-fibrosis", "Fibrosis quística")]


def test_a_condition_is_found_in_arabic(shelf: Shelf) -> None:
    """A mother shows the word on her phone."""
    name = next(each.text for each in shelf.conditions[SHIPPED].names if each.language == "ar")

    assert found(shelf, name) == [(SHIPPED, name)]
    assert found(shelf, name.split()[0]) == [(SHIPPED, name)]


def test_a_condition_is_found_by_its_codes(tmp_path: Path) -> None:
    """The health record knows the code and nothing else."""
    text = changed(CONDITION, "also_called:", "codes: [{system: OMIM, code: '612345', sources: [ONE]}]\nalso_called:")
    shelf = shelve(opened(lay(tmp_path, {SMALL: text})), DAY)

    for typed in ("612345", "OMIM 612345", "omim:612345", "٦١٢٣٤٥"):
        assert [condition for condition, _ in found(shelf, typed)] == ["small-condition"]


def test_nothing_typed_is_everything_in_the_order_of_staff(shelf: Shelf) -> None:
    """A list that jumps about is read from the top each time."""
    names = [by for _, by in found(shelf, "", "es")]

    assert [condition for condition, _ in found(shelf, "")] == sorted(shelf.conditions)
    assert names == sorted(names)
    assert "Enfermedad de Huntington" in names


def test_what_is_not_found_is_not_made_up(shelf: Shelf) -> None:
    """The wrong handout is worse than none."""
    told = search(shelf, "Duchenne", "en")

    assert (told.matches, told.total, told.near) == ((), 0, ())


def test_what_is_misspelt_is_asked_about(shelf: Shelf) -> None:
    """Nothing found, and the family goes home with nothing."""
    assert search(shelf, "hemofilla", "en").near[0].text in {"Hemofilia A", "Hemophilia A"}
    assert "mucoviscidosis" in [name.text for name in search(shelf, "mukovis", "en").near]


# ------------------------------------------------------------------------------------------------ languages


@pytest.mark.parametrize("typed", ["Arabic", "arabe", "العربية", "عربي", "ar", "ARAB"])
def test_a_language_is_found_by_its_own_name_and_by_those_of_staff(shelf: Shelf, typed: str) -> None:
    """Staff can't type the language's own letters, and the family knows no other name."""
    assert "ar" in languages_named(typed, shelf.tags, "es")


@pytest.mark.parametrize(("typed", "tag"), [("Polish", "pl"), ("polski", "pl"), ("polaco", "pl"), ("ქართული", "ka")])
def test_a_language_without_a_handout_is_understood_all_the_same(typed: str, tag: str, shelf: Shelf) -> None:
    """A misspelling is looked for where the truth is that nobody has translated it."""
    assert languages_named(typed, shelf.tags, "es") == ()
    assert language_meant(typed, "es") == tag


@pytest.mark.parametrize(
    ("typed", "tags"),
    [("farsi", ("fa",)), ("Castellano", ("es",)), ("mandarin", ("zh-Hans", "zh-Hant")), ("tagalog", ())],
)
def test_a_language_is_found_by_what_people_call_it(typed: str, tags: tuple[str, ...], shelf: Shelf) -> None:
    """Staff type "Farsi", are told that there is no such language, and the Persian handout stays in the drawer."""
    there = languages_named(typed, shelf.tags, "en")

    assert there == tags
    assert there or language_meant(typed, "en") == "fil"


def test_a_word_that_names_no_language_means_none() -> None:
    """A language that nobody asked for is reported missing."""
    assert language_meant("Klingon", "en") is None
    assert language_meant("", "en") is None


# ------------------------------------------------------------------------------------------- given out or not


def test_a_draft_is_given_out_only_where_drafts_are(shelf: Shelf) -> None:
    """Words that nobody has checked reach a family whose clinic decided against it."""
    condition = shelf.conditions[SHIPPED]

    assert condition.refusal("ar", FAMILY, Settings(), DAY) == "draft"
    assert condition.refusal("ar", FAMILY, Settings(allow_drafts=True), DAY) is None
    assert condition.refusal("en", FAMILY, Settings(), DAY) is None


def test_a_text_whose_date_has_passed_is_given_out_only_where_that_is_allowed(shelf: Shelf) -> None:
    """A treatment that has changed is handed on as today's."""
    condition = shelf.conditions[SHIPPED]
    late = condition.review_by + datetime.timedelta(days=1)

    assert condition.refusal("en", FAMILY, Settings(), condition.review_by) is None
    assert condition.refusal("en", FAMILY, Settings(), late) == "expired"
    assert condition.refusal("en", FAMILY, Settings(allow_expired=True), late) is None


def test_an_edition_that_a_condition_lacks_is_told_apart_from_one_that_is_not_finished(tmp_path: Path) -> None:
    """Staff wait for a translation of something that was never written."""
    half = changed(SPANISH, 'msgstr "Lo más importante"', 'msgstr ""')
    shelf = shelve(opened(lay(tmp_path, {SMALL: CONDITION, CATALOG: half})), DAY)
    condition = shelf.conditions["small-condition"]
    drafts = Settings(allow_drafts=True)

    assert condition.refusal("es", FAMILY, drafts, DAY) == "unfinished"
    assert condition.refusal("es", CARRIER, drafts, DAY) == "carrier"
    assert condition.refusal("en", FAMILY, drafts, DAY) is None


def test_a_broken_file_costs_its_own_condition_alone_and_is_named(tmp_path: Path) -> None:
    """One slip of an author empties the page for every family of the day."""
    shelf = shelve(opened(lay(tmp_path, {SMALL: CONDITION, "conditions/other.yaml": "id: [other\n"})), DAY)

    assert shelf.broken == ("other",)
    assert "small-condition" in shelf.conditions


def test_a_changed_file_is_on_the_shelf_without_a_new_start(tmp_path: Path) -> None:
    """A mended name is not found until somebody restarts a server that nobody dares to touch."""
    root = lay(tmp_path, {SMALL: CONDITION, CATALOG: SPANISH})

    async def seen() -> tuple[Shelf, Shelf]:
        watch = Watch(root)
        shelves = Shelves(watch, DAY)
        before = await shelves.now()
        (root / CATALOG).write_text(changed(SPANISH, "Afección pequeña", "Afección diminuta"), encoding="utf-8")
        await watch.look()
        return before, await shelves.now()

    before, after = run(seen())

    assert [by for _, by in found(before, "afeccion")] == ["Afección pequeña"]
    assert [by for _, by in found(after, "afeccion")] == ["Afección diminuta"]
