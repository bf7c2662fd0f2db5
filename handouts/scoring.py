"""Holds finished handouts against the table of standards: made on each paper, looked at, and answered line by line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from handouts.languages import language
from handouts.model.approval import RECORDED
from handouts.model.artifacts import Pdf
from handouts.model.edition import Edition, Paper, Size
from handouts.model.tone import tone_of
from handouts.pipeline import make, worded
from handouts.problems import HandoutsError
from handouts.render import render
from handouts.standards import Clearance, Evidence, PaperEvidence, judge

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from handouts.model.approval import Standing
    from handouts.model.document import LocalizedHandout
    from handouts.model.edition import Audience
    from handouts.problems import Problem
    from handouts.project import Project
    from handouts.standards import Answered


@dataclass(frozen=True, slots=True)
class Held:
    """One handout held against the table of what a handout must meet; `problems` tell why there is no PDF, if so."""

    handout: LocalizedHandout
    lines: tuple[Answered, ...]
    problems: tuple[Problem, ...]


def handouts_of(
    project: Project, condition_id: str | None, tag: str, audience: Audience | None
) -> Iterator[tuple[str, Audience]]:
    """The (condition, audience) pairs that there are in a language: of one condition or of all, of one edition or all.

    What was asked for by name is handed on even if it is not there, so that its absence is told.
    """
    for each in project.condition_ids() if condition_id is None else (condition_id,):
        if condition_id is None and language(tag).tag not in project.language_tags(each):
            continue
        condition, _ = project.condition(each)
        for who in condition.content.editions:
            if audience in {None, who}:
                yield each, who
        if condition_id is not None and audience is not None and audience not in condition.content.editions:
            yield each, audience


def held(
    project: Project,
    condition_id: str,
    tag: str,
    audience: Audience,
    printed_on: datetime.date,
    brand: str | None = None,
) -> Held:
    """Make a handout on both papers and in large print, and answer each line of the table from what was found.

    Without the typesetter, the lines that need a PDF are not run. Raises `UsageError` for a name that is not there,
    and `HandoutsError` for words that can't be printed at all.
    """
    condition, _ = project.condition(condition_id)
    edition = Edition(audience, Paper.A4, printed_on, brand=brand)
    handout, _ = worded(project, condition_id, tag, edition, draft=True, expired=True)
    papers, problems = _on_paper(project, condition_id, tag, edition)
    evidence = Evidence(
        handout,
        condition,
        tuple(papers[name] for name in (A4, LETTER) if name in papers),
        papers.get(LARGE),
        papers.get(BILINGUAL),
        page=render(handout, project.templates(), edition.paper).markup,
        tone=tone_of(project.tone(), tag),
        clearance=_clearance(project.standing(condition, tag)),
    )
    return Held(handout, judge(evidence), problems)


def _clearance(standing: Standing) -> Clearance:
    """Who took each step for all the words of a handout, and the day of the last of them."""
    steps = (standing.signatures(stage) for stage in RECORDED)
    return Clearance(*((max(on for _, on in by), ", ".join(name for name, _ in by)) if by else None for by in steps))


A4, LETTER, LARGE, BILINGUAL = "A4", "Letter", "large print", "two languages"


def _on_paper(
    project: Project, condition_id: str, tag: str, edition: Edition
) -> tuple[dict[str, PaperEvidence], tuple[Problem, ...]]:
    """What was found on each paper, in large print and beside English; nothing, and why, without the typesetter."""
    from handouts.verify import printed  # noqa: PLC0415  the verifier is heavy

    wanted = {
        A4: edition,
        LETTER: replace(edition, paper=Paper.LETTER),
        LARGE: replace(edition, size=Size.LARGE),
    }
    if language(tag).tag != "en":
        wanted[BILINGUAL] = replace(edition, second="en")
    found = {}
    for name, each in wanted.items():
        try:
            made = make(project, condition_id, tag, each, draft=True, expired=True)
        except HandoutsError as error:
            if any(problem.code.startswith("engine-") for problem in error.problems):
                return {}, error.problems
            raise
        found[name] = PaperEvidence(name, made.report, printed(Pdf(made.data)))
    return found, ()
