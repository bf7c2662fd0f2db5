"""Clear print: sizes, spacing and measure as they stand in the finished PDF, and what the stylesheet never asks for."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from statistics import fmean
from typing import TYPE_CHECKING

from handouts.model.reading import reading_order
from handouts.standards.colour import NO_STYLE
from handouts.standards.passages import plain
from handouts.standards.tags import NO_PDF
from handouts.standards.verdict import Answer, counted, judged, not_run, scored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handouts.model.artifacts import PrintedLine
    from handouts.standards.evidence import Evidence, PaperEvidence

LEAST_BODY_PT = 14.0
LEAST_LEADING = 1.5
MEASURE = (60, 70)
CAPITALS_IN_A_ROW = 2
NAMES = ("sources.", "organisations.")
LARGE_BODY_PT, LARGE_HEADING_PT, LARGE_TITLE_PT = 18.0, 20.0, 22.0
INCH_PT = 72
TOLERANCE_PT = 0.05

_SPACES = re.compile(r"\s+")


def body_size(evidence: Evidence) -> Answer:
    """body-size: running text stands at 14 points or more, and at the language's own size where that is larger."""
    if not evidence.papers:
        return not_run(NO_PDF)
    limit = max(LEAST_BODY_PT, evidence.spoken.body_size_pt)
    smallest = min(_running(evidence), key=lambda found: found[2].size_pt, default=None)
    if smallest is None:
        return not_run("the running text was not found in the PDF")
    paper, key, line = smallest
    least = min(line.size_pt for p in evidence.papers for line in p.printed.lines)
    figure = f"running text {line.size_pt:.1f} pt (limit {limit:g}); smallest print, in notes, {least:.1f} pt"
    good = line.size_pt >= limit - TOLERANCE_PT
    return judged(good=good, figure=figure, look_at=_shown(evidence, paper, line, key))


def line_spacing(evidence: Evidence) -> Answer:
    """line-spacing: from one baseline of running text to the next is 1.5 times the size of the type."""
    if not evidence.papers:
        return not_run(NO_PDF)
    tightest: tuple[float, str] | None = None
    for paper, key, lines in _blocks(evidence):
        for above, below in pairwise(lines):
            if above.page != below.page:
                continue
            leading = (below.baseline_pt - above.baseline_pt) / below.size_pt
            if tightest is None or leading < tightest[0]:
                tightest = (leading, _shown(evidence, paper, below, key))
    if tightest is None:
        return not_run("no running text of two lines was found in the PDF")
    good = tightest[0] >= LEAST_LEADING - 0.005
    return judged(good=good, figure=f"tightest {tightest[0]:.2f} (limit {LEAST_LEADING})", look_at=tightest[1])


def measure(evidence: Evidence) -> Answer:
    """measure: full lines of paragraphs at body size hold 60 to 70 characters on average, judged for Latin."""
    if not evidence.papers:
        return not_run(NO_PDF)
    means, longest = [], ("", "")
    body_pt = evidence.spoken.body_size_pt
    for paper in evidence.papers:
        full = [
            (line.text, _shown(evidence, paper, line, key))
            for found, key, lines in _blocks(evidence)
            if found is paper and lines[0].role == "P" and abs(lines[0].size_pt - body_pt) < TOLERANCE_PT
            for line in lines[:-1]
        ]
        if not full:
            return not_run(f"no full line of running text was found on {paper.paper}")
        means.append((paper.paper, fmean(len(text) for text, _ in full)))
        longest = max(longest, max(full, key=lambda line: len(line[0])), key=lambda line: len(line[0]))
    told = ", ".join(f"{paper} {mean:.0f}" for paper, mean in means)
    figure = f"{told} characters (limits {MEASURE[0]} to {MEASURE[1]}), longest {len(longest[0])}"
    look_at = longest[1]
    if evidence.spoken.script != "Latn":
        return scored(f"{told} characters; the limits are for Latin letters", look_at)
    return judged(good=all(MEASURE[0] <= round(m) <= MEASURE[1] for _, m in means), figure=figure, look_at=look_at)


def _shown(evidence: Evidence, paper: PaperEvidence, line: PrintedLine, key: str) -> str:
    """Where a line stands; what it says too, unless it was drawn from its end."""
    words = "" if evidence.handout.direction == "rtl" else f": “{line.text}”"
    return f"{paper.paper} page {line.page}, {key}{words}"


def _blocks(evidence: Evidence) -> Iterator[tuple[PaperEvidence, str, list[PrintedLine]]]:
    """The printed lines of each passage of running text on each paper, found by its letters."""
    keys = {_squeezed(p.text): p.key for p in evidence.passages if not p.aside}
    for paper in evidence.papers:
        gathered: dict[int, list[PrintedLine]] = {}
        for line in paper.printed.lines:
            if line.block >= 0 and line.role != "Lbl":
                gathered.setdefault(line.block, []).append(line)
        for lines in gathered.values():
            key = keys.get(_squeezed("".join(line.text for line in lines)))
            if key is not None:
                yield paper, key, lines


def _running(evidence: Evidence) -> Iterator[tuple[PaperEvidence, str, PrintedLine]]:
    return ((paper, key, line) for paper, key, lines in _blocks(evidence) for line in lines)


def _squeezed(text: str) -> str:
    """The letters of `text` in an order that does not depend on the direction in which lines are drawn."""
    return "".join(sorted(_SPACES.sub("", text)))


def help_on_first_page(evidence: Evidence) -> Answer:
    """help-on-first-page: the box that says when to get help stands on the first page, on each paper."""
    heads = [plain(s.heading) for s in evidence.handout.sections if s.role == "get-help"]
    if not heads:
        return not_run("this edition has no box that says when to get help")
    if not evidence.papers:
        return not_run(NO_PDF)
    for paper in evidence.papers:
        for head in heads:
            lines = (line for line in paper.printed.lines if line.role == "H2")
            pages = [line.page for line in lines if _squeezed(line.text) == _squeezed(head)]
            if pages[:1] != [1]:
                where = f"page {pages[0]}" if pages else "no page"
                return judged(good=False, figure=f"on {where} of {paper.paper}", look_at=f"“{head}”")
    return judged(good=True, figure=f"on page 1 of {' and '.join(p.paper for p in evidence.papers)}")


# ------------------------------------------------------------------------------------------ never asked for


def ragged_edge(evidence: Evidence) -> Answer:
    """ragged-edge: text is not justified, so that the spaces between words stay even."""
    return _never(evidence, "text-align", ("justify",), "no text is justified")


def italics(evidence: Evidence) -> Answer:
    """italics: no letter leans, neither by its font nor by the engine."""
    if not evidence.papers:
        return not_run(NO_PDF)
    leaning = [(p.paper, line) for p in evidence.papers for line in p.printed.lines if line.slanted]
    look_at = f"{leaning[0][0]} page {leaning[0][1].page}: “{leaning[0][1].text}”" if leaning else ""
    return judged(good=not leaning, figure=counted(len(leaning), "slanted line"), look_at=look_at)


def underline(evidence: Evidence) -> Answer:
    """underline: only links are underlined."""
    if not evidence.style:
        return not_run(NO_STYLE)
    lined = [d for d in evidence.style if d.name.startswith("text-decoration") and "underline" in d.value]
    others = [
        d.selector for d in lined if not all(re.fullmatch(r"a(:[\w-]+)?", s.strip()) for s in d.selector.split(","))
    ]
    return judged(good=not others, figure="only links are underlined", look_at=", ".join(others))


def capitals(evidence: Evidence) -> Answer:
    """capitals: no words in a row stand in capitals. One alone, such as HIV, is a name; sources keep their titles."""
    for key, line in reading_order(evidence.handout):
        if key.startswith(NAMES):
            continue
        run = 0
        for word in plain(line).split():
            letters = [c for c in word if c.isalnum()]
            begins = 0 if word.startswith("(") else run  # a short name in brackets after the long one
            run = begins + 1 if len(letters) > 1 and all(c.isalpha() and c.isupper() for c in letters) else 0
            if run >= CAPITALS_IN_A_ROW:
                return judged(good=False, figure="words in capitals", look_at=f"{key}: “{plain(line)}”")
            run = 0 if word.endswith((".", "?", "!", "؟", "।")) else run
    return _never(evidence, "text-transform", ("uppercase", "capitalize"), "no words in capitals")


def hyphenation(evidence: Evidence) -> Answer:
    """hyphenation: no word is parted at the end of a line."""
    soft = [key for key, line in reading_order(evidence.handout) if "\u00ad" in plain(line)]
    if soft:
        return judged(good=False, figure="a soft hyphen stands in the text", look_at=soft[0])
    return _never(evidence, "hyphens", ("auto",), "no word is parted")


def _never(evidence: Evidence, name: str, values: Iterable[str], good: str) -> Answer:
    if not evidence.style:
        return not_run(NO_STYLE)
    asked = [d for d in evidence.style if d.name == name and any(v in d.value for v in values)]
    look_at = f"{asked[0].selector} {{ {asked[0].name}: {asked[0].value} }}" if asked else ""
    return judged(good=not asked, figure=good if not asked else f"{name}: {asked[0].value}", look_at=look_at)


def page_number(evidence: Evidence) -> Answer:
    """page-number: each page says its number once, at the same height."""
    if not evidence.papers:
        return not_run(NO_PDF)
    for paper in evidence.papers:
        heights = set()
        for number in range(1, len(paper.printed.sheets) + 1):
            wanted = Counter(_numbered(evidence, number, len(paper.printed.sheets)))
            lines = [
                line
                for line in paper.printed.lines
                if line.page == number and line.block < 0 and not wanted - Counter(_SPACES.sub("", line.text))
            ]
            if len(lines) != 1:
                figure = f"{len(lines)} page numbers"
                return judged(good=False, figure=figure, look_at=f"{paper.paper} page {number}")
            heights.add(round(lines[0].baseline_pt))
        if len(heights) != 1:
            return judged(good=False, figure=f"at {len(heights)} heights", look_at=paper.paper)
    pages = ", ".join(f"{p.paper} {len(p.printed.sheets)} pages" for p in evidence.papers)
    return judged(good=True, figure=f"once on each page, at one height ({pages})")


def _numbered(evidence: Evidence, page: int, pages: int) -> str:
    """The letters of the page number's sentence, as the foot of `page` should hold them."""
    figures = str.maketrans("0123456789", evidence.spoken.digits)
    counters = {"page": str(page).translate(figures), "pages": str(pages).translate(figures)}
    said = "".join(counters[piece] if isinstance(piece, str) else plain(piece) for piece in evidence.handout.foot.of)
    return _SPACES.sub("", said)


def large_print(evidence: Evidence) -> Answer:
    """large-print: the large-print edition has nothing under 18 points, title 22, headings 20, and margins of an inch.

    Its columns are looked at where it is made: tests/test_large_print.py.
    """
    if evidence.large is None:
        return not_run("no large-print edition was made")
    lines, faults = evidence.large.printed.lines, []
    for role, least in (("H1", LARGE_TITLE_PT), ("H2", LARGE_HEADING_PT), ("", LARGE_BODY_PT)):
        smallest = min((line for line in lines if role in {line.role, ""}), key=lambda line: line.size_pt, default=None)
        if smallest is not None and smallest.size_pt < least - TOLERANCE_PT:
            faults.append(f"page {smallest.page}, {smallest.size_pt:.1f} pt, not {least:g}: “{smallest.text}”")
    left = min(line.left_pt for line in lines)
    if left < INCH_PT - 1 and evidence.handout.direction == "ltr":  # from right to left, a line may begin with a space
        faults.append(f"print begins {left:.0f} pt from the left edge, not {INCH_PT}")
    least_pt = min(line.size_pt for line in lines)
    pages = len(evidence.large.printed.sheets)
    return judged(
        good=not faults, figure=f"smallest print {least_pt:.1f} pt (limit 18), {pages} pages", look_at="; ".join(faults)
    )
