"""How far a language is, and what has changed since somebody approved it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handouts.model.approval import Stage
from handouts.problems import HandoutsError, UsageError
from handouts.translators import approve, differences, status
from tests.commands import CATALOG, SPANISH
from tests.translators.conftest import SMALL, TODAY, edit, sign

if TYPE_CHECKING:
    from handouts.project import Project


def codes(error: pytest.ExceptionInfo[HandoutsError]) -> list[str]:
    return [problem.code for problem in error.value.problems]


# ------------------------------------------------------------------------------------------------- status


def test_the_status_counts_what_is_translated_fuzzy_stale_and_wrong(draft: Project) -> None:
    """A clinic that is told "all is done" prints, and is refused at the desk."""
    edit(draft, CATALOG, 'msgctxt "name"', '#, fuzzy\nmsgctxt "name"')
    edit(draft, CATALOG, '"Una cosa pequeña"', '""')
    edit(draft, CATALOG, "Lo más importante", "Lo <b>más</b> importante")
    edit(draft, SMALL, "have it.", "had it.")

    (row,) = status(draft, "es", "small-condition")

    assert (row.strings, row.ready, row.fuzzy, row.stale, row.errors) == (5, 2, 1, 1, 1)
    assert [problem.code for problem in row.problems] == ["html"]
    assert (row.stage_name, row.held, row.void) == ("draft", None, ())


def test_the_status_shows_every_domain_of_every_language_and_english_first(draft: Project) -> None:
    """What has no row is forgotten."""
    rows = status(draft)

    assert {(row.language.tag, row.domain) for row in rows} == {
        (tag, domain)
        for tag in {row.language.tag for row in rows}
        for domain in ("shared", "web", *draft.condition_ids())
    }  # fmt: skip
    assert [row.language.tag for row in rows][: len(draft.condition_ids()) + 2] == ["en"] * (
        len(draft.condition_ids()) + 2
    )
    assert [row.file for row in rows if row.language.tag == "ar" and row.domain == "small-condition"] == [None]


def test_the_status_of_a_language_that_is_not_begun_is_that_there_is_nothing(draft: Project) -> None:
    """A new language must be told apart from one that is translated and broken."""
    (row,) = status(draft, "pl", "shared")

    assert (row.file, row.ready, row.stage_name, row.problems) == (None, 0, "draft", ())
    with pytest.raises(UsageError):
        status(draft, "pl", "nope")


def test_the_status_says_who_approved_what_holds_and_what_no_longer_does(cleared: Project) -> None:
    """A nurse asks who has read it; an editor asks what to have read again."""
    (before,) = status(cleared, "es", "small-condition")
    edit(cleared, CATALOG, "Lo más importante", "Lo principal")
    (after,) = status(cleared, "es", "small-condition")

    assert before.held is not None
    assert (before.stage_name, before.held.by, before.held.date, before.void) == ("cleared", "Dra. Ruiz", TODAY, ())
    assert (after.stage_name, after.held) == ("draft", None)
    assert [(one.approval.by, one.changed) for one in after.void] == [
        ("Ana Pérez", ("main.heading",)),
        ("Luis Gómez", ("main.heading",)),
        ("Dra. Ruiz", ("main.heading",)),
    ]


def test_a_cleared_translation_of_uncleared_english_is_shown_as_revised_by_its_reviser(cleared: Project) -> None:
    """The table must not promise more than the page."""
    edit(cleared, SMALL, "This guide is for families.", "This guide is for all.")
    edit(cleared, CATALOG, 'msgid "This guide is for families."', 'msgid "This guide is for all."')
    for stage in (Stage.TRANSLATED, Stage.REVISED):
        sign(cleared, "small-condition", "es", stage)

    (row,) = status(cleared, "es", "small-condition")

    assert row.held is not None
    assert (row.stage_name, row.held.by) == ("revised", "Luis Gómez")


def test_a_broken_catalog_or_record_does_not_hide_the_others(cleared: Project) -> None:
    """One cut-off file, and nobody sees how far the other languages are."""
    assert cleared.root is not None
    (cleared.root / CATALOG).write_bytes(SPANISH.encode()[:-9])
    edit(cleared, "locales/en/approvals.toml", "[shared.cleared]", "[shared.cleared")

    rows = {(row.language.tag, row.domain): row for row in status(cleared)}

    assert [p.code for p in rows["es", "small-condition"].problems if p.severity == "error"] == [
        "catalog-syntax",
        "approvals-syntax",
    ]
    assert [p.code for p in rows["en", "shared"].problems] == ["approvals-syntax"]
    assert rows["ar", "x-linked-hyper-igm"].ready > 100


# ---------------------------------------------------------------------------------------------- approving


def refused(project: Project, domain: str = "small-condition", tag: str = "es") -> list[str]:
    with pytest.raises(HandoutsError) as error:
        approve(project, domain, tag, Stage.TRANSLATED, by="Ana", day=TODAY, today=TODAY)
    return codes(error)


def test_a_catalog_with_a_gap_is_not_approved_and_each_gap_is_named(draft: Project) -> None:
    """An approval of nine sentences would be taken for one of ten."""
    edit(draft, CATALOG, 'msgctxt "name"', '#, fuzzy\nmsgctxt "name"')
    edit(draft, CATALOG, '"Una cosa pequeña"', '""')
    edit(draft, SMALL, "have it.", "had it.")

    with pytest.raises(HandoutsError) as error:
        approve(draft, "small-condition", "es", Stage.TRANSLATED, by="Ana", day=TODAY, today=TODAY)

    assert [problem.message for problem in error.value.problems] == [
        "'small-condition:name' can't be approved: it is marked fuzzy",
        "'small-condition:edition.family.title' can't be approved: it is not translated",
        "'small-condition:main.rare' can't be approved: its English has changed since",
    ]
    assert all(problem.where and problem.where.file.endswith(CATALOG) for problem in error.value.problems)


def test_a_catalog_that_fails_a_check_is_not_approved(draft: Project) -> None:
    """A signature under a lost number is worse than no signature."""
    edit(draft, CATALOG, "aproximadamente {frequency} niños", "algunos niños")

    assert refused(draft) == ["placeholder-missing"]


def test_what_is_not_there_is_not_approved(draft: Project) -> None:
    """A misspelt name must not make a record of nothing."""
    assert refused(draft, tag="pl") == ["no-catalog"]
    assert refused(draft, "nope") == ["unknown-domain"]
    assert refused(draft, tag="not a tag") == ["unknown-language"]


# ---------------------------------------------------------------------------------------------- differing


def test_the_difference_is_told_in_the_old_words_and_the_new(cleared: Project) -> None:
    """A clinician who must read the whole text again for one word puts it off."""
    edit(cleared, CATALOG, "Lo más importante", "Lo principal")
    edit(cleared, SMALL, "total: 5000", "total: 500")
    edit(cleared, SMALL, "This guide is for families.", "This guide is for all.")

    approval, found = differences(cleared, "small-condition", "es", None)

    assert (approval.stage, approval.by) == ("cleared", "Dra. Ruiz")
    told = {one.key: one for one in found}
    assert list(told) == ["edition.family.summary", "main.heading", "main.rare"]
    heading, summary, rare = told["main.heading"], told["edition.family.summary"], told["main.rare"]
    assert (heading.was, heading.now) != (None, None)
    assert heading.was is not None
    assert heading.now is not None
    assert (heading.was.translation, heading.now.translation) == (("Lo más importante",), ("Lo principal",))
    assert summary.was is not None
    assert summary.now is not None
    assert (summary.was.english, summary.now.english, summary.state) == (
        ("This guide is for families.",),
        ("This guide is for all.",),
        "stale",
    )
    assert rare.was is not None
    assert rare.now is not None
    assert (rare.was.facts, rare.now.facts) == ((("frequency", "1 in 5,000"),), (("frequency", "1 in 500"),))


def test_the_difference_to_an_earlier_stage_can_be_asked_for(cleared: Project) -> None:
    """The reviser wants to see what has changed since she read it, not since the clinician did."""
    edit(cleared, CATALOG, "Lo más importante", "Lo principal")
    sign(cleared, "small-condition", "es", Stage.TRANSLATED)

    assert differences(cleared, "small-condition", "es", Stage.TRANSLATED)[1] == ()
    assert [one.key for one in differences(cleared, "small-condition", "es", Stage.REVISED)[1]] == ["main.heading"]


def test_strings_that_came_and_went_are_told(cleared: Project) -> None:
    """A warning that was taken out leaves no old word beside a new one."""
    edit(cleared, SMALL, "id: rare, sources", "id: seldom, sources")

    for tag in ("en", "es"):
        found = differences(cleared, "small-condition", tag, None)[1]
        told = {one.key: (one.was is None, one.now is None) for one in found}
        assert told["main.rare"] == (False, True)
        assert told["main.seldom"] == (True, False)


def test_a_new_string_that_nobody_has_translated_voids_the_approval(cleared: Project) -> None:
    """A new warning in English, and the translation without it goes on being called cleared."""
    item = '      - {kind: paragraph, id: new, basis: practical, text: "Ask your team."}\n'
    edit(cleared, SMALL, 'have it."}\n', f'have it."}}\n{item}')

    (row,) = status(cleared, "es", "small-condition")

    assert (row.stage_name, [void.changed for void in row.void]) == ("draft", [("main.new",)] * 3)


def test_a_translation_that_was_only_doubted_is_told_as_that(cleared: Project) -> None:
    """The same words twice, and no reason why the approval is void."""
    edit(cleared, CATALOG, 'msgctxt "name"', '#, fuzzy\nmsgctxt "name"')

    ((one,),) = (differences(cleared, "small-condition", "es", None)[1],)

    assert (one.key, one.was == one.now, one.state) == ("name", True, "fuzzy")


def test_nothing_can_differ_from_what_was_never_approved(draft: Project) -> None:
    """A bare "no changes" would read as if all were well."""
    with pytest.raises(HandoutsError) as error:
        differences(draft, "small-condition", "es", None)

    assert codes(error) == ["no-approval"]
