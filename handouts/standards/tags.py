"""Tags and languages: what verification found on each paper, and what the tree tells of directions and digits."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from handouts.model.artifacts import Outcome
from handouts.model.document import Contacts
from handouts.model.reading import reading_order
from handouts.standards.passages import plain
from handouts.standards.verdict import Answer, Verdict, counted, judged, not_run, person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.model.document import Line
    from handouts.standards.evidence import Evidence

NO_PDF = "no PDF was made"
BEYOND_CLDR = frozenset({"ht"})
"""Languages whose dates CLDR writes in another language."""
TAG_CHECKS = ("document", "headings", "tables", "figures", "links", "artifacts", "fonts")

_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_TWO_NUMBERS = re.compile(r"[0-9][ \-‑–/.:+]+[0-9]")


def pdf_ua_1(evidence: Evidence) -> Answer:
    """pdf-ua-1: the machine-checkable rules of ISO 14289-1, on each paper."""
    return from_report(evidence, "pdf-ua-1")


def tags(evidence: Evidence) -> Answer:
    """tags: document, headings, tables, figures, links, furniture and fonts, on each paper."""
    return from_report(evidence, *TAG_CHECKS)


def verapdf(evidence: Evidence) -> Answer:
    """verapdf: the PDF Association's own validator, where it is installed."""
    return from_report(evidence, "verapdf")


def heard_as_written(evidence: Evidence) -> Answer:
    """heard-as-written: walking the tags gives the words of the tree, character for character."""
    return from_report(evidence, "words-heard")


def passage_languages(evidence: Evidence) -> Answer:
    """passage-languages: each passage carries the language in which it is written, and the document its own."""
    return from_report(evidence, "languages-heard", "document")


def from_report(evidence: Evidence, *checks: str) -> Answer:
    """FAILED if any of `checks` failed on any paper, NOT_RUN if any did not run, else PASSED."""
    if not evidence.papers:
        return not_run(NO_PDF)
    found = [(paper, finding) for check in checks for paper, finding in evidence.findings(check)]
    papers = " and ".join(p.paper for p in evidence.papers)
    failed = [(paper, finding) for paper, finding in found if finding.outcome is Outcome.FAILED]
    if failed:
        paper, first = failed[0]
        names = ", ".join(dict.fromkeys(f"{finding.check} on {paper}" for paper, finding in failed))
        return Answer(Verdict.FAILED, names, f"{paper}, {first.check}: {first.details[0] if first.details else ''}")
    unrun = [finding for _, finding in found if finding.outcome is Outcome.NOT_RUN]
    if unrun or len(found) < len(checks) * len(evidence.papers):
        return not_run(
            "; ".join(dict.fromkeys(d for f in unrun for d in f.details)) or "the check is not in the report"
        )
    told = ", ".join(checks) if len(checks) > 1 else ", ".join(dict.fromkeys(f.details[0] for _, f in found))
    return Answer(Verdict.PASSED, f"{papers}: {told}")


def left_to_right_runs(evidence: Evidence) -> Answer:
    """left-to-right-runs: in right-to-left text, Latin names and phone numbers are runs of their own."""
    lines = list(reading_order(evidence.handout))
    if evidence.handout.direction == "ltr":
        other = sum(run.direction == "rtl" for _, line in lines for run in line)
        return judged(good=True, figure=f"left to right; {counted(other, 'run')} the other way, set apart")
    apart = sum(run.direction == "ltr" for _, line in lines for run in line)
    faults = [
        f"{key}: “{run.value}”"
        for key, line in lines
        for run in line
        if run.direction == "rtl" and (_LATIN.search(run.value) or _TWO_NUMBERS.search(run.value))
    ]
    figure = f"{counted(apart, 'run')} set apart" + (f", {len(faults)} not" if faults else "")
    return judged(good=not faults, figure=figure, look_at=faults[0] if faults else "")


def digits(evidence: Evidence) -> Answer:
    """digits: numbers in the text are in the reader's digits. Phone numbers stay as they are dialled."""
    spoken = evidence.spoken
    faults, good = [], 0
    for key, line in _lines_with_numbers(evidence):
        for run in line:
            if run.language != evidence.handout.language or run.direction != evidence.handout.direction:
                continue
            written = [c for c in run.value if unicodedata.category(c) == "Nd"]
            good += sum(c in spoken.digits for c in written)
            if any(c not in spoken.digits for c in written):
                faults.append(f"{key}: “{run.value}”")
    figure = f"{good} digits of {spoken.digits}"
    return judged(good=not faults, figure=figure, look_at=faults[0] if faults else "")


def _lines_with_numbers(evidence: Evidence) -> Iterator[tuple[str, Line]]:
    dialled = {
        block.key for section in evidence.handout.sections for block in section.blocks if isinstance(block, Contacts)
    }
    return ((key, line) for key, line in reading_order(evidence.handout) if key not in dialled)


def dates(evidence: Evidence) -> Answer:
    """dates: the day of printing is written with CLDR's name of the month."""
    day = evidence.handout.printed_on
    month: str = evidence.spoken.locale.months["format"]["wide"][day.month]
    said = next((plain(line) for key, line in reading_order(evidence.handout) if key == "about.printed"), "")
    number = str(day.month).translate(str.maketrans("0123456789", evidence.spoken.digits))
    if evidence.primary in BEYOND_CLDR:
        return person(f"CLDR has no months of {evidence.spoken.english_name}: is this one right?", said)
    return judged(good=month in said or f"{number}月" in said, figure=f"month written “{month}”", look_at=said)


def quotes(evidence: Evidence) -> Answer:
    """quotes: no straight quotation marks in running text; whether the marks are the language's own, a person sees."""
    straight = next((p for p in evidence.passages if '"' in p.text), None)
    if straight is not None:
        return Answer(Verdict.FAILED, "a straight quotation mark", f"{straight.key}: “{straight.text}”")
    used = sorted(
        {c for p in evidence.passages for c in p.text if unicodedata.category(c) in {"Pi", "Pf"} or c in "「」『』"}
    )
    if evidence.primary == "en" or not used:
        return judged(good=True, figure=f"marks used: {' '.join(used) or 'none'}")
    first = next(p for p in evidence.passages if any(c in p.text for c in used))
    return person(f"are these the language's own marks? {' '.join(used)}", f"{first.key}: “{first.text}”")
