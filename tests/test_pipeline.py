"""The order of the stages: what is made, what is refused, and what `check` goes through."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from handouts import pipeline, scoring
from handouts.model.artifacts import Outcome
from handouts.model.edition import Audience, Edition, Paper
from handouts.problems import HandoutsError, Problem, Severity, UsageError
from handouts.project import Project, opened
from tests.commands import CATALOG, CONDITION, SHIPPED, SPANISH, lay
from tests.conftest import DAY, changed, edition

if TYPE_CHECKING:
    from pathlib import Path

SMALL = "conditions/small-condition.yaml"


def test_what_is_made_holds_the_words_the_bytes_and_what_was_found(tmp_path: Path) -> None:
    """A caller that gets the file without the verdict prints what failed."""
    project = opened(lay(tmp_path, {SMALL: CONDITION}))

    made = pipeline.make(project, "small-condition", "en", edition(), draft=False)

    assert [text.value for text in made.handout.title] == ["A small thing"]
    assert made.data.startswith(b"%PDF-")
    assert made.report.outcome == "PASSED"
    assert made.problems == ()


def test_paper_changes_the_sheet_and_not_the_words(tmp_path: Path) -> None:
    """Two papers are one edition: a reader in one country must not be told less than in another."""
    project = opened(lay(tmp_path, {SMALL: CONDITION}))

    a4, letter = (
        pipeline.make(project, "small-condition", "en", Edition(Audience.FAMILY, paper, DAY), draft=False)
        for paper in Paper
    )

    assert a4.handout == letter.handout
    assert a4.data != letter.data


def test_a_draft_is_refused_unless_it_is_asked_for(tmp_path: Path) -> None:
    """An unreviewed translation would reach a family as if it were reviewed."""
    project = opened(lay(tmp_path, {SMALL: CONDITION, CATALOG: SPANISH}))

    with pytest.raises(HandoutsError) as error:
        pipeline.worded(project, "small-condition", "es", edition(), draft=False)
    handout, _ = pipeline.worded(project, "small-condition", "es", edition(), draft=True)

    assert [(p.code, error.value.exit_code) for p in error.value.problems] == [("draft-refused", 1)]
    assert [text.value for text in handout.title] == ["Una cosa pequeña"]


def test_an_expired_text_is_refused_unless_it_is_asked_for(tmp_path: Path) -> None:
    """Advice that nobody has looked at for years is handed out as today's."""
    project = opened(lay(tmp_path, {SMALL: CONDITION}))
    late = Edition(Audience.FAMILY, Paper.A4, datetime.date(2099, 1, 1))

    with pytest.raises(HandoutsError) as error:
        pipeline.worded(project, "small-condition", "en", late, draft=False)
    _, warnings = pipeline.worded(project, "small-condition", "en", late, draft=False, expired=True)

    assert [p.code for p in error.value.problems] == ["review-expired"]
    assert [(p.code, p.severity.value) for p in warnings] == [("review-expired", "warning")]


def test_a_draft_of_broken_words_is_refused_even_when_it_is_asked_for(tmp_path: Path) -> None:
    """Asking for a draft is asking for unreviewed words, not for lost numbers."""
    catalog = changed(SPANISH, "aproximadamente {frequency} niños", "algunos niños")
    project = opened(lay(tmp_path, {SMALL: CONDITION, CATALOG: catalog}))

    with pytest.raises(HandoutsError) as error:
        pipeline.make(project, "small-condition", "es", edition(), draft=True)

    assert [problem.code for problem in error.value.problems] == ["placeholder-missing"]


@pytest.mark.parametrize(
    ("condition_id", "tag", "audience", "code"),
    [
        ("small-condition", "en", "carrier", "unknown-edition"),
        ("small-condition", "ar", "family", "unknown-language"),
        ("small-condition", "not a tag", "family", "unknown-language"),
        ("small-conditions", "en", "family", "unknown-condition"),
    ],
)
def test_a_name_that_is_not_there_is_a_wrong_command(
    tmp_path: Path, condition_id: str, tag: str, audience: str, code: str
) -> None:
    """Something near to what was asked for is not what was asked for."""
    project = opened(lay(tmp_path, {SMALL: CONDITION}))

    with pytest.raises(UsageError) as error:
        pipeline.make(project, condition_id, tag, edition(audience), draft=True)

    assert [(p.code, bool(p.hint)) for p in error.value.problems] == [(code, True)]


def test_check_goes_through_everything_and_finds_what_we_ship_clean() -> None:
    """What is not gone through is not checked, and a release that fails its check is no release."""
    told = list(pipeline.check(Project(), DAY))

    names = [name.split(" (")[0] for name, _ in told]
    for wanted in ("fonts", "library", SHIPPED, f"{SHIPPED}, ar", f"{SHIPPED}, en", f"{SHIPPED}, es"):
        assert wanted in names
    assert [(name, problem) for name, problems in told for problem in problems] == []


def test_check_goes_on_after_a_broken_condition(tmp_path: Path) -> None:
    """One author's fault must not hide another's."""
    project = opened(lay(tmp_path, {"conditions/a-broken.yaml": "id: [", SMALL: CONDITION}))

    told = dict(pipeline.check(project, DAY))

    assert [problem.code for problem in told["a-broken"]] == ["yaml-syntax"]
    assert told["small-condition"] == ()


def test_check_stops_at_a_broken_library_and_says_why(tmp_path: Path) -> None:
    """Every condition leans on the library; a hundred problems that follow from one only hide it."""
    project = opened(lay(tmp_path, {"glossary.yaml": "terms: ["}))

    told = list(pipeline.check(project, DAY))

    assert [name for name, _ in told] == ["fonts", "library"]
    assert [problem.code for problem in told[-1][1]] == ["yaml-syntax"]


def test_check_stops_at_a_broken_term_base_and_says_why(tmp_path: Path) -> None:
    """Each catalog of each language would be told wrong, and the one wrong line stands among hundreds."""
    project = opened(lay(tmp_path, {"locales/glossary.yaml": "sources: {}\nterms: {carrier: {}}\n"}))

    told = list(pipeline.check(project, DAY))

    assert [name for name, _ in told] == ["fonts", "library", "term base"]
    assert [(problem.code, problem.where and problem.where.line) for problem in told[-1][1]] == [
        ("missing-key", 2),
        ("missing-key", 2),
    ]


def test_warnings_alone_pass() -> None:
    """A check that fails on advice is a check that people leave out."""
    warning = Problem("unused", "never used", severity=Severity.WARNING)

    assert pipeline.passed((warning,))
    assert pipeline.passed(())
    assert not pipeline.passed((warning, Problem("bare-number", "a number")))


@pytest.mark.parametrize("tag", ["qps-ploc", "qps-plocm"])
def test_a_pseudo_page_passes_every_check_of_a_page(tag: str) -> None:
    """A designer looks at a page that no real language would get past the checks."""
    made = pipeline.make(Project(), SHIPPED, tag, edition(), draft=True)

    assert made.report.outcome is Outcome.PASSED
    assert made.handout.language == tag


def test_a_handout_is_held_against_each_line_of_the_table(tmp_path: Path) -> None:
    """A line that is passed over in silence looks like one that passed."""
    project = opened(lay(tmp_path, {SMALL: CONDITION}))

    held = scoring.held(project, "small-condition", "en", Audience.FAMILY, DAY)
    verdicts = {line.criterion.id: line.answer.verdict.value for line in held.lines}

    assert len(verdicts) == len(held.lines) > 60
    assert held.problems == ()
    assert [verdicts[name] for name in ("pdf-ua-1", "heard-as-written", "text-contrast", "large-print")] == [
        "PASSED"
    ] * 4
    assert verdicts["nobody-to-blame"] == "FAILED"
    assert verdicts["cleared"] == "PERSON"
    assert verdicts["one-model"] == "NOT_RUN"


def test_without_the_typesetter_the_lines_of_print_are_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without the engine must say what it did not look at."""
    missing = Problem("engine-missing", "a library is not installed")

    def refuse(*_: object, **__: object) -> None:
        raise HandoutsError(missing)

    monkeypatch.setattr(scoring, "make", refuse)
    project = opened(lay(tmp_path, {SMALL: CONDITION}))
    held = scoring.held(project, "small-condition", "en", Audience.FAMILY, DAY)
    verdicts = {line.criterion.id: line.answer.verdict.value for line in held.lines}

    assert held.problems == (missing,)
    assert [verdicts[name] for name in ("pdf-ua-1", "body-size", "large-print")] == ["NOT_RUN"] * 3
    assert verdicts["sentence-length"] == "PASSED"


def test_the_handouts_of_a_language_are_those_that_there_are(tmp_path: Path) -> None:
    """Asked for all, a condition without the language is no fault; asked for by name, it is."""
    project = opened(lay(tmp_path, {SMALL: CONDITION}))
    every = list(scoring.handouts_of(project, None, "ar", None))

    assert "small-condition" not in {condition for condition, _ in every}
    assert (SHIPPED, Audience.CARRIER) in every
    assert list(scoring.handouts_of(project, "small-condition", "en", Audience.CARRIER)) == [
        ("small-condition", Audience.CARRIER)
    ]
    with pytest.raises(UsageError):
        scoring.held(project, "small-condition", "en", Audience.CARRIER, DAY)
