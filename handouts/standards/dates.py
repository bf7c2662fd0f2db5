"""Dates and sources: what each statement rests on, and how long it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.model.condition import ChancesContent, IconArrayContent, NamesContent, SharedContent
from handouts.model.document import Citations
from handouts.model.reading import reading_order
from handouts.standards.passages import plain
from handouts.standards.tags import NO_PDF
from handouts.standards.verdict import Answer, counted, judged, not_run

if TYPE_CHECKING:
    from handouts.model.condition import BlockContent
    from handouts.standards.evidence import Evidence


def statements_cite(evidence: Evidence) -> Answer:
    """statements-cite: each block of this edition names sources, or says that it states nothing clinical."""
    cited, practical, faults = 0, 0, []
    for section in evidence.condition.content.sections:
        for block in section.blocks:
            for_this = {a.value for a in section.audiences} & {a.value for a in block.audiences}
            elsewhere = {section.place, block.place} - {None, evidence.handout.place}
            if evidence.handout.audience not in for_this or elsewhere:
                continue
            sources, basis = _basis(block, evidence)
            cited += bool(sources)
            practical += bool(basis) and not sources
            if not sources and not basis:
                faults.append(f"{section.id}.{block.id}")
    figure = f"{counted(cited, 'block')} cited, {practical} practical"
    return judged(good=not faults, figure=figure, look_at=", ".join(faults[:3]))


def _basis(block: BlockContent, evidence: Evidence) -> tuple[bool, bool]:
    """Whether a block has sources, its own or those of what it places; and whether it is practical."""
    if isinstance(block, SharedContent):
        text = evidence.condition.library.inheritance.texts[block.text]
        return bool(text.sources), text.basis is not None
    if isinstance(block, NamesContent):
        return bool(evidence.condition.content.also_called.sources), False
    if isinstance(block, (ChancesContent, IconArrayContent)):
        return True, False  # pictures are computed, and their sources are those of the model's rows and of the fact
    return bool(block.sources), block.basis is not None


def sources_shown(evidence: Evidence) -> Answer:
    """sources-shown: a numbered list of sources, each with the day on which it was read."""
    items = [
        item
        for section in evidence.handout.sections
        for block in section.blocks
        if isinstance(block, Citations)
        for item in block.items
    ]
    numbered = sum(bool(section.sources) for section in evidence.handout.sections)
    return judged(
        good=bool(items),
        figure=f"{counted(len(items), 'source')}; {counted(numbered, 'section')} with theirs by number",
    )


def edition_shown(evidence: Evidence) -> Answer:
    """edition-shown: the code of exactly these words stands at the foot of each page."""
    if not evidence.papers:
        return not_run(NO_PDF)
    code = evidence.handout.edition
    for paper in evidence.papers:
        for page in range(1, len(paper.printed.sheets) + 1):
            foot = [line.text for line in paper.printed.lines if line.page == page and line.block < 0]
            if not any(code in text for text in foot):
                return judged(good=False, figure=f"{code} is missing", look_at=f"{paper.paper} page {page}")
    return judged(good=True, figure=f"{code} on every page")


def dates_shown(evidence: Evidence) -> Answer:
    """dates-shown: when it was written, when it is to be reviewed, and when it was made."""
    said = dict(reading_order(evidence.handout))
    missing = [key for key in ("about.written", "about.printed") if not plain(said.get(key, ()))]
    look_at = f"about.written: “{plain(said.get('about.written', ()))}”"
    return judged(good=not missing, figure="written, to be reviewed, made", look_at=", ".join(missing) or look_at)


def not_expired(evidence: Evidence) -> Answer:
    """not-expired: the day of printing is not after the day of review."""
    by = evidence.condition.content.review.review_by
    left = (by - evidence.handout.printed_on).days
    told = f"review by {by.isoformat()}: {left} days left" if left >= 0 else f"review was due on {by.isoformat()}"
    return judged(good=left >= 0, figure=told)
