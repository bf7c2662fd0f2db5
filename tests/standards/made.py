"""A handout to hold against one line of the table: a small condition, with a section of one's own in it."""

from __future__ import annotations

import datetime
from functools import cache
from typing import TYPE_CHECKING

from handouts.content import build_condition
from handouts.localize import localize
from handouts.model.artifacts import Finding, Outcome, PrintedLine, PrintedPages, Report
from handouts.model.edition import Audience, Edition, Paper
from handouts.project import Project
from handouts.standards import Evidence, PaperEvidence

if TYPE_CHECKING:
    from handouts.model.condition import Library

DAY = datetime.date(2026, 11, 21)
INK, WHITE = (0.1, 0.1, 0.1), (1.0, 1.0, 1.0)

CONDITION = """\
id: small
name: Wobbly ear syndrome
pattern: x-linked-recessive
gene: {symbol: ABC1, sources: [ONE]}
also_called: {sources: [ONE], names: [WES]}
review: {written: 2026-01-02, review_by: 2027-01-02}
sources:
  ONE: {title: First page, publisher: First house, read: 2026-01-02}
facts:
  share: {kind: ratio, count: 3, total: 10, sources: [ONE]}
  level: {kind: percent, share: 0.5, sources: [ONE]}
  protein: {kind: token, value: CD40, sources: [ONE]}
editions:
  family: {title: When ears wobble, summary: A guide for families.}
sections:
  - id: main
    role: main-message
    heading: The main message
    blocks:
      - {kind: paragraph, id: message, sources: [ONE], text: "Ears wobble. **Help is there.** Nobody is to blame."}
@@MORE@@
words: {family: [@@WORDS@@]}
"""


def section(*blocks: str, heading: str = "More") -> str:
    """A section of YAML with these blocks, each on one line."""
    lines = "\n".join(f"      - {block}" for block in blocks)
    return f"  - id: more\n    heading: {heading}\n    blocks:\n{lines}"


def paragraph(text: str, name: str = "text") -> str:
    return f'{{kind: paragraph, id: {name}, sources: [ONE], text: "{text}"}}'


@cache
def library() -> Library:
    return Project().library()


def evidence(*blocks: str, words: str = "", day: datetime.date = DAY, more: str | None = None) -> Evidence:
    """A handout whose second section holds `blocks`, or that goes on as `more` says."""
    text = CONDITION.replace("@@MORE@@", more if more is not None else section(*blocks)).replace("@@WORDS@@", words)
    condition, _ = build_condition("small.yaml", text, library(), "small")
    translations, _ = Project().translations(condition, "en")
    return Evidence(localize(condition, translations, Edition(Audience.FAMILY, Paper.A4, day)), condition)


def line(text: str, **changed: object) -> PrintedLine:
    """A line of running text at 14 points on page 1, but for what is `changed`."""
    values: dict[str, object] = {
        "page": 1, "block": 1, "role": "P", "left_pt": 72.0, "baseline_pt": 100.0, "size_pt": 14.0, "text": text,
        "font": "Noto Sans", "slanted": False, "colour": INK, "behind": WHITE,
    }  # fmt: skip
    return PrintedLine(**{**values, **changed})  # type: ignore[arg-type]


def paper(*lines: PrintedLine, pages: int = 1, findings: tuple[Finding, ...] = (), name: str = "A4") -> PaperEvidence:
    return PaperEvidence(name, Report(pages, findings), PrintedPages(((595.0, 842.0),) * pages, lines))


def finding(check: str, outcome: Outcome, detail: str = "told") -> Finding:
    return Finding(check, outcome, (detail,))
