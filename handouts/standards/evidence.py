"""All that the lines are judged from, handed in: the tree, its content, and what was found in the finished pages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from handouts.languages import language
from handouts.standards.passages import passages
from handouts.standards.style import declarations, drawings_of, sheet_of

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from handouts.languages import Language
    from handouts.model.artifacts import Finding, PrintedPages, Report
    from handouts.model.condition import Condition
    from handouts.model.document import LocalizedHandout
    from handouts.model.tone import ToneWord
    from handouts.standards.passages import Passage
    from handouts.standards.style import Declared


@dataclass(frozen=True, slots=True)
class Clearance:
    """Who stands behind these very words: the day and the person of each step, or None where it has not been taken.

    `translated` and `revised` are of a translation; `cleared` is by a clinician.
    """

    translated: tuple[datetime.date, str] | None = None
    revised: tuple[datetime.date, str] | None = None
    cleared: tuple[datetime.date, str] | None = None


@dataclass(frozen=True, slots=True)
class PaperEvidence:
    """What was found on one size of paper: the verification, and the lines of print."""

    paper: str
    report: Report
    printed: PrintedPages


@dataclass(frozen=True)
class Evidence:
    """One handout in one language for one audience.

    `papers` is empty when no PDF was made. `large` and `bilingual` are those editions as they were printed. `page` is
    the page as HTML with its style and its drawings. `tone` holds the words to avoid in this language, or is None when
    nobody has listed them.
    """

    handout: LocalizedHandout
    condition: Condition
    papers: tuple[PaperEvidence, ...] = ()
    large: PaperEvidence | None = None
    bilingual: PaperEvidence | None = None
    page: str = ""
    tone: tuple[ToneWord, ...] | None = None
    clearance: Clearance | None = None

    @cached_property
    def spoken(self) -> Language:
        """The handout's language."""
        return language(self.handout.language)

    @property
    def primary(self) -> str:
        """Its primary subtag: pt for pt-BR."""
        return self.handout.language.split("-")[0]

    @cached_property
    def style(self) -> tuple[Declared, ...]:
        """What the page's stylesheets declare."""
        return declarations(sheet_of(self.page))

    @cached_property
    def drawings(self) -> Mapping[str, str]:
        """The page's drawings as SVG, by the selector that shows each."""
        return drawings_of(self.page)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The running text."""
        return passages(self.handout, self.condition)

    def findings(self, check: str) -> tuple[tuple[str, Finding], ...]:
        """What one check of the verification found, on each paper."""
        return tuple((p.paper, finding) for p in self.papers for finding in p.report.findings if finding.check == check)
