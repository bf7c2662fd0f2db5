"""The checks of a handout as a web page and as plain text; their ids are explained in docs/verify.md."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from handouts.model.artifacts import Finding, Html, Outcome, PlainText, Report
from handouts.model.reading import reading_order
from handouts.verify import checks
from handouts.verify.finding import finding
from handouts.verify.outline import heard_blocks, normal
from handouts.verify.page_reader import WebPage, read_page

if TYPE_CHECKING:
    from handouts.model.document import LocalizedHandout

_ISOLATES = re.compile("[\u2066-\u2069]")
_MARKER = re.compile(r"(?:-|\w+\.) ")


def verify_page(html: Html, intended: LocalizedHandout) -> Report:
    """What is found in a web page, held against the `intended` words. A page counts as one page."""
    page = read_page(html.markup)
    heard = heard_blocks(page.main)
    wanted = reading_order(intended)
    findings = (
        checks.words_heard(heard, wanted),
        checks.languages_heard(heard, wanted),
        web_document(page, intended),
        web_headings(page),
        web_self_contained(page),
        web_jumps(page),
    )
    return Report(1, findings)


def verify_text(text: PlainText, intended: LocalizedHandout) -> Report:
    """What is found in a plain text, held against the `intended` words."""
    said = [_ISOLATES.sub("", part) for line in text.text.splitlines() for part in line.split("\t") if part.strip()]
    wanted = [(key, normal("".join(run.value for run in line))) for key, line in reading_order(intended)]
    for index, (key, words) in enumerate(wanted):
        got = normal(said[index]) if index < len(said) else "(nothing)"
        if got != words and _MARKER.sub("", got, count=1) != words:
            return Report(1, (Finding("words-heard", Outcome.FAILED, (f"at {key}: “{got}” instead of “{words}”",)),))
    return Report(1, (Finding("words-heard", Outcome.PASSED, (f"{len(wanted)} blocks",)),))


def web_document(page: WebPage, intended: LocalizedHandout) -> Finding:
    """web-document: titled, and its language and direction are those of the handout."""
    faults = []
    if not page.title:
        faults.append("the page has no title")
    if page.language != intended.language:
        faults.append(f"the page says it is in '{page.language}', not '{intended.language}'")
    if page.direction != intended.direction:
        faults.append(f"the page runs '{page.direction}', not '{intended.direction}'")
    return finding("web-document", faults, f"{page.language}, {page.direction}")


def web_headings(page: WebPage) -> Finding:
    """web-headings: one h1, first; no level is skipped."""
    faults = ["the first heading is not an h1"] if page.levels[:1] != (1,) else []
    faults += ["there is more than one h1"] if page.levels.count(1) > 1 else []
    faults += [f"h{a} is followed by h{b}" for a, b in pairwise(page.levels) if b > a + 1]
    return finding("web-headings", faults, f"{len(page.levels)} headings")


def web_self_contained(page: WebPage) -> Finding:
    """web-self-contained: the page runs nothing and asks for nothing; each picture says what it shows."""
    faults = [f"it asks for {address}" for address in page.fetched]
    faults += [f"it holds {page.scripts} scripts"] if page.scripts else []
    faults += [f"{page.unlabelled} pictures have no alternative text"] if page.unlabelled else []
    return finding("web-self-contained", faults, "nothing is fetched or run")


def web_jumps(page: WebPage) -> Finding:
    """web-jumps: each link inside the page leads somewhere."""
    faults = [f"a link leads to '#{name}', which is not there" for name in page.jumps if name not in page.targets]
    return finding("web-jumps", faults, f"{len(page.jumps)} links inside the page")
