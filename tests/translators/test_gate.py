"""Nothing unreviewed looks reviewed: what is printed, and what the page says of itself, at each stage."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pikepdf
import pytest

from handouts import pipeline, scoring
from handouts.localize.inline import plain
from handouts.model.approval import Stage
from handouts.model.edition import Audience
from handouts.model.reading import reading_order
from handouts.problems import HandoutsError
from handouts.project import Project
from handouts.translators import status
from tests.commands import CATALOG, CHECKOUT
from tests.conftest import edition
from tests.translators.conftest import SMALL, edit, sign

if TYPE_CHECKING:
    from handouts.model.document import LocalizedHandout

PAGE = "locales/es/LC_MESSAGES/web.po"
ABOUT_ES = "Texto revisado por un profesional de la salud: Dra. Ruiz, el 21 de noviembre de 2026."
ENGLISH_NOTICE = "Not yet checked by a clinician."
REVISED_NOTICE = "A second person has checked this translation. No clinician has checked it yet."
DRAFT_NOTICE = "Draft translation. No second person and no clinician has checked it yet."


def worded(project: Project, tag: str = "es", *, draft: bool = False) -> LocalizedHandout:
    return pipeline.worded(project, "small-condition", tag, edition(), draft=draft)[0]


def refusal(project: Project) -> list[str]:
    with pytest.raises(HandoutsError) as error:
        worded(project)
    return [problem.code for problem in error.value.problems]


def about(handout: LocalizedHandout) -> list[str]:
    return [plain(line) for key, line in reading_order(handout) if key.startswith("about.")]


def notices(handout: LocalizedHandout) -> list[str]:
    return [plain(notice) for notice in handout.notices]


def test_what_ships_claims_no_review_that_no_person_made() -> None:
    """Machine drafts that say "cleared" are handed out as advice. Change this when a person has approved something."""
    rows = status(Project())

    assert {row.language.tag for row in rows} >= {"en", "es", "ar"}
    assert {row.stage_name for row in rows if row.language.tag != "en"} == {"draft"}
    assert {row.stage_name for row in rows if row.language.tag == "en"} == {"not-clinically-reviewed"}


def test_a_draft_prints_only_when_asked_for_and_says_what_it_is(draft: Project) -> None:
    """An unreviewed translation would reach a family as if it were reviewed."""
    assert refusal(draft) == ["draft-refused"]

    handout = worded(draft, draft=True)

    assert (handout.stage, notices(handout)[1]) == ("draft", DRAFT_NOTICE)
    assert any("todavía" in line.casefold() for line in about(handout))


def test_a_translated_text_is_still_a_draft(draft: Project) -> None:
    """A translator's own signature is no second pair of eyes."""
    for domain in ("shared", "small-condition"):
        sign(draft, domain, "es", Stage.TRANSLATED)

    assert refusal(draft) == ["draft-refused"]
    handout = worded(draft, draft=True)
    assert (handout.stage, notices(handout)[1]) == ("translated", DRAFT_NOTICE)


def test_a_revised_text_says_that_a_second_person_has_read_it_and_no_clinician(draft: Project) -> None:
    """Revised looks like cleared to a nurse in a hurry."""
    for domain in ("shared", "small-condition"):
        sign(draft, domain, "es", Stage.TRANSLATED)
        sign(draft, domain, "es", Stage.REVISED)

    assert refusal(draft) == ["draft-refused"]
    handout = worded(draft, draft=True)
    assert handout.stage == "revised"
    assert notices(handout)[1] == REVISED_NOTICE
    assert notices(handout)[0] == plain(handout.notices[0]) != REVISED_NOTICE
    assert {text.language for text in handout.notices[0]} == {"es"}


def test_a_cleared_text_prints_without_a_notice_and_names_who_cleared_it(cleared: Project) -> None:
    """A notice that stays when the work is done teaches people not to read notices."""
    handout = worded(cleared)

    assert (handout.stage, notices(handout)) == ("cleared", [])
    assert ABOUT_ES in about(handout)
    assert not any(ENGLISH_NOTICE in plain(line) for _, line in reading_order(handout))


def test_cleared_english_has_no_notice_and_names_who_cleared_it(cleared: Project, draft: Project) -> None:
    """The English is what everything else is held against: who has read it is the first thing to ask."""
    assert notices(worded(draft, "en")) == [ENGLISH_NOTICE]
    assert "The English text has not yet been checked by a clinician." in about(worded(draft, "en"))

    handout = worded(cleared, "en")

    assert (handout.stage, notices(handout)) == ("cleared", [])
    assert "Checked by a clinician: Dr Lee, on November 21, 2026." in about(handout)


def test_the_pdf_of_each_stage_is_verified_and_says_its_stage_in_its_metadata(cleared: Project, draft: Project) -> None:
    """A file that was renamed and mailed on must still say what it is, to a program too."""
    cases = ((draft, "es", "draft"), (draft, "en", "not-clinically-reviewed"), (cleared, "es", "cleared"))
    for project, tag, stage in cases:
        made = pipeline.make(project, "small-condition", tag, edition(), draft=True)
        with pikepdf.open(io.BytesIO(made.data)) as pdf:
            told = {str(key): str(value) for key, value in pdf.docinfo.items()}

        assert made.report.outcome == "PASSED"
        assert told["/stage"] == stage
        assert bool(told["/notice"]) == (stage != "cleared")


@pytest.mark.parametrize(
    ("name", "old", "new", "key"),
    [
        (CATALOG, 'msgstr "Lo más importante"', 'msgstr "Lo mas importante"', "main.heading"),
        (CATALOG, "niños recién nacidos", "niñas recién nacidas", "main.rare"),
        (SMALL, "newborn boys have it", "newborn boys had it", "main.rare"),
        (SMALL, "total: 5000", "total: 500", "main.rare"),
        (SMALL, "name: Small condition", "name: Smaller condition", "name"),
        (CATALOG, 'msgctxt "name"', '#, fuzzy\nmsgctxt "name"', "name"),
    ],
)
def test_one_changed_word_or_number_takes_a_cleared_text_out_of_print_and_is_named(
    cleared: Project, name: str, old: str, new: str, key: str
) -> None:
    """What the clinician has read is not what the family gets."""
    edit(cleared, name, old, new)

    with pytest.raises(HandoutsError) as error:
        worded(cleared)

    first, *void = error.value.problems
    assert first.code == "draft-refused"
    assert "approved in other words" in first.message
    assert [problem.code for problem in void] == ["approval-void"] * 3
    assert all(f"'{key}'" in problem.message for problem in void)


def test_changed_english_voids_its_own_approval_too(cleared: Project) -> None:
    """The clinician's name would stand under a sentence that she has never seen."""
    edit(cleared, SMALL, "This guide is for families.", "This guide is for all.")

    handout = worded(cleared, "en")

    assert (handout.stage, notices(handout)) == ("not-clinically-reviewed", [ENGLISH_NOTICE])
    assert not any("Dr Lee" in line for line in about(handout))


def test_a_translation_is_no_longer_cleared_when_its_english_is_not(cleared: Project) -> None:
    """The two clinicians have then read two different texts."""
    assert cleared.root is not None
    (cleared.root / "locales/en/approvals.toml").unlink()

    handout = worded(cleared, draft=True)

    assert refusal(cleared) == ["draft-refused"]
    assert (handout.stage, notices(handout)[1]) == ("revised", REVISED_NOTICE)


def test_the_words_that_all_handouts_share_count_as_much_as_the_conditions_own(draft: Project) -> None:
    """Half of a page is shared words: the advice cleared, and the odds under it a draft."""
    sign(draft, "small-condition", "en", Stage.CLEARED, "Dr Lee")
    for stage in (Stage.TRANSLATED, Stage.REVISED, Stage.CLEARED):
        sign(draft, "small-condition", "es", stage)

    assert refusal(draft) == ["draft-refused"]
    assert worded(draft, draft=True).stage == "draft"
    assert worded(draft, "en").stage == "not-clinically-reviewed"


def test_a_copy_in_two_languages_is_as_far_as_the_less_reviewed_of_them(cleared: Project, draft: Project) -> None:
    """The staff's half cleared and the reader's a draft: the reader is the one who can't tell."""
    two = replace(edition(), second="en")

    done, _ = pipeline.worded(cleared, "small-condition", "es", two, draft=False)
    begun, _ = pipeline.worded(draft, "small-condition", "es", two, draft=True)
    (cleared.root / "locales/es/approvals.toml").unlink() if cleared.root else None
    half, _ = pipeline.worded(cleared, "small-condition", "en", replace(two, second="es"), draft=True)

    assert (done.stage, done.notices) == ("cleared", ())
    assert (begun.stage, len(begun.notices)) == ("draft", 3)
    assert (half.stage, notices(half)[1]) == ("draft", DRAFT_NOTICE)
    (section,) = (section for section in half.sections if section.key == "about")
    assert section.staff is not None
    assert [block.key for block in section.blocks] == [block.key for block in section.staff.blocks]


def test_the_table_of_standards_names_who_took_each_step(cleared: Project) -> None:
    """An auditor asks for the translator, the reviser and the clinician; "a person must look" is no answer then."""
    held = scoring.held(cleared, "small-condition", "es", Audience.FAMILY, edition().printed_on)

    told = {line.criterion.id: (line.answer.verdict.value, line.answer.figure) for line in held.lines}
    assert told["translated"] == ("PASSED", "Ana Pérez, 2026-11-21")
    assert told["revised"] == ("PASSED", "Luis Gómez, 2026-11-21")
    assert told["cleared"] == ("PASSED", "Dra. Ruiz, 2026-11-21")
    assert told["notice-on-every-page"] == ("PASSED", "cleared: no notice is needed")


def test_a_broken_file_of_approvals_stops_the_printing(cleared: Project) -> None:
    """Half a record must not be taken for a whole one, nor for none without a word."""
    edit(cleared, "locales/es/approvals.toml", "[small-condition.revised]", "[small-condition.revised")

    with pytest.raises(HandoutsError) as error:
        worded(cleared, draft=True)

    (problem,) = error.value.problems
    assert problem.code == "approvals-syntax"
    assert problem.where is not None
    assert problem.where.line is not None


def test_check_tells_what_is_wrong_with_the_approvals(cleared: Project) -> None:
    """A record that is wrong is found when a handout is needed, and not before."""
    edit(cleared, CATALOG, 'msgstr "Lo más importante"', 'msgstr "Lo principal"')
    found = dict(pipeline.check(cleared, edition().printed_on))

    assert found["approvals"] == ()
    (void,) = (problems for name, problems in found.items() if name.startswith("small-condition, es"))
    assert [(problem.code, problem.severity) for problem in void] == [("approval-void", "warning")] * 3

    day_before = edition().printed_on.replace(day=20)
    assert {problem.code for problem in dict(pipeline.check(cleared, day_before))["approvals"]} == {"approval-date"}
    edit(cleared, "locales/es/approved/small-condition.json", "Una cosa pequeña", "Otra cosa")
    found = dict(pipeline.check(cleared, edition().printed_on))
    assert {problem.code for problem in found["approvals"]} == {"approved-words"}


def test_a_link_out_of_the_project_is_not_followed_for_approvals(cleared: Project) -> None:
    """Another folder's approvals would speak for these words."""
    assert cleared.root is not None
    path = cleared.root / "locales/es/approvals.toml"
    outside = cleared.root.parent / "outside.toml"
    path.rename(outside)
    path.symlink_to(outside)

    with pytest.raises(HandoutsError, match="outside-project"):
        worded(cleared, draft=True)


def test_the_words_of_the_clinics_page_are_a_draft_until_a_second_person_has_revised_them(draft: Project) -> None:
    """Nothing that was not reviewed may look reviewed, on the page of staff either."""
    assert draft.root is not None
    shipped = (CHECKOUT / PAGE).read_text(encoding="utf-8")
    (draft.root / PAGE).write_text(shipped, encoding="utf-8")
    assert (draft.page_is_draft("en"), draft.page_is_draft("es")) == (False, True)

    sign(draft, "web", "es", Stage.TRANSLATED)
    assert draft.page_is_draft("es")
    sign(draft, "web", "es", Stage.REVISED)
    assert not draft.page_is_draft("es")
    edit(draft, PAGE, 'msgstr "Imprimir"', 'msgstr "Imprima"')
    assert draft.page_is_draft("es")
