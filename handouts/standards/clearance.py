"""Who stands behind the words: the notice on every page, and the steps that people take and record."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from handouts.model.artifacts import Outcome
from handouts.standards.passages import plain
from handouts.standards.tags import NO_PDF
from handouts.standards.verdict import Answer, Verdict, counted, judged, not_run, person

if TYPE_CHECKING:
    import datetime

    from handouts.standards.evidence import Evidence


ORIGINAL = "does not apply: this is the language that the others are made from"


def notice_on_every_page(evidence: Evidence) -> Answer:
    """notice-on-every-page: words that nobody has cleared say so on each page, in the language and in English."""
    if evidence.clearance is not None and evidence.clearance.cleared is not None and not evidence.handout.notices:
        return judged(good=True, figure="cleared: no notice is needed")
    if not evidence.handout.notices:
        return judged(good=False, figure="nobody has cleared it, and it bears no notice")
    if not evidence.papers:
        return not_run(NO_PDF)
    said = [plain(notice) for notice in evidence.handout.notices]
    for paper in evidence.papers:
        for page in range(1, len(paper.printed.sheets) + 1):
            shown = Counter(_letters("".join(line.text for line in paper.printed.lines if line.page == page)))
            missing = [notice for notice in said if Counter(_letters(notice)) - shown]
            if missing:
                return judged(good=False, figure="a page without its notice", look_at=f"{paper.paper} page {page}")
    return judged(good=True, figure=f"{counted(len(said), 'notice')} on every page", look_at=said[0])


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


def translated(evidence: Evidence) -> Answer:
    """translated: who translated these words, and when (Section 1557, CLAS 7, ISO 17100)."""
    if evidence.primary == "en":
        return not_run(ORIGINAL)
    step = evidence.clearance.translated if evidence.clearance else None
    return _step(step, "no translator is recorded for these words")


def revised(evidence: Evidence) -> Answer:
    """revised: a second person has compared the translation with the English (ISO 17100, 5.3.3)."""
    if evidence.primary == "en":
        return not_run(ORIGINAL)
    step = evidence.clearance.revised if evidence.clearance else None
    return _step(step, "no second person is recorded for these words")


def cleared(evidence: Evidence) -> Answer:
    """cleared: a clinician has read these very words and stands behind them."""
    step = evidence.clearance.cleared if evidence.clearance else None
    return _step(step, "no clinician is recorded for these words, and each page says so")


def _step(step: tuple[datetime.date, str] | None, missing: str) -> Answer:
    if step is None:
        return person(missing)
    day, who = step
    return Answer(Verdict.PASSED, f"{who}, {day.isoformat()}")


def bilingual_copy(evidence: Evidence) -> Answer:
    """bilingual-copy: staff can have the same handout with their language beside the reader's."""
    if evidence.primary == "en":
        return not_run(ORIGINAL)
    if evidence.bilingual is None:
        return not_run("no copy in two languages was made")
    failed = [f for f in evidence.bilingual.report.findings if f.outcome is Outcome.FAILED]
    pages = counted(len(evidence.bilingual.printed.sheets), "page")
    look_at = f"{failed[0].check}: {failed[0].details[0] if failed[0].details else ''}" if failed else ""
    return judged(good=not failed, figure=f"{pages} with English beside it, as heard as written", look_at=look_at)


def rights_by_country(evidence: Evidence) -> Answer:
    """rights-by-country: rights and services of one country are blocks with its `place`; a person reads for others."""
    sections = evidence.condition.content.sections
    placed = [f"{s.id}.{b.id} ({b.place or s.place})" for s in sections for b in s.blocks if b.place or s.place]
    return person(
        f"{counted(len(placed), 'block')} for one country alone; does another passage tell of one?", ", ".join(placed)
    )
