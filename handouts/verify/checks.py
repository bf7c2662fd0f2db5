"""The checks of a finished PDF, each a function. Its id is the name under which docs/verify.md explains it."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.model.artifacts import Finding, Outcome
from handouts.verify.finding import finding
from handouts.verify.outline import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import page

    from handouts.model.document import Line
    from handouts.verify.outline import HeardBlock
    from handouts.verify.tag_reader import TaggedPdf

VERAPDF_SECONDS = 120
_ADDRESS_ONLY = re.compile(r"(https?://|www\.)\S+")


def pdf_ua_1(result: page.ValidationReport) -> Finding:
    """pdf-ua-1: the machine-checkable rules of ISO 14289-1, by page-validation."""
    if result.rules.total == 0:
        return Finding("pdf-ua-1", Outcome.NOT_RUN, ("no rule was run",))
    if result.is_compliant:
        return Finding("pdf-ua-1", Outcome.PASSED, (f"{result.rules.total} rules",))
    faults = [f"{failure.rule_id}: {failure.message}" for failure in result.failures]
    return finding("pdf-ua-1", faults or [f"{result.rules.failed} rules fail"], "")


def words_heard(heard: Sequence[HeardBlock], intended: Sequence[tuple[str, Line]] | None) -> Finding:
    """words-heard: walking the tags in order gives the intended words, character for character (NFC)."""
    if intended is None:
        return Finding("words-heard", Outcome.NOT_RUN, ("there is no text to compare with",), required=False)
    wanted = [(key, normal("".join(text.value for text in line))) for key, line in intended]
    for index, (key, words) in enumerate(wanted):
        got = heard[index].text if index < len(heard) else "(nothing)"
        if got != words:
            return Finding("words-heard", Outcome.FAILED, (f"at {key}: heard “{got}” instead of “{words}”",))
    extra = heard[len(wanted) :]
    if extra:
        return Finding("words-heard", Outcome.FAILED, (f"heard after the end: “{extra[0].text}”",))
    return Finding("words-heard", Outcome.PASSED, (f"{len(wanted)} blocks",))


def languages_heard(heard: Sequence[HeardBlock], intended: Sequence[tuple[str, Line]] | None) -> Finding:
    """languages-heard: each passage is in the language in which it was written."""
    if intended is None:
        return Finding("languages-heard", Outcome.NOT_RUN, ("there is no text to compare with",), required=False)
    faults = []
    for (key, line), block in zip_longest(intended, heard[: len(intended)]):
        wanted = _by_language((text.value, text.language) for text in line)
        got = _by_language(block.stretches) if block is not None else []
        if wanted != got:
            faults.append(f"at {key}: languages heard {got} instead of {wanted}")
    return finding("languages-heard", faults, f"{len({lang for b in heard for _, lang in b.stretches})} languages")


def _by_language(stretches: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Stretches as (letters, language), white space and its language left out, for a space has no language."""
    joined: list[tuple[str, str]] = []
    for words, language in stretches:
        letters = re.sub(r"\s+", "", normal(words))
        if joined and joined[-1][1] == language:
            joined[-1] = (joined[-1][0] + letters, language)
        elif letters:
            joined.append((letters, language))
    return joined


def document(pdf: TaggedPdf, direction: str | None) -> Finding:
    """document: tagged, titled, title shown, language and tab order set, direction as the language's."""
    faults = []
    if not pdf.tagged:
        faults.append("the document is not tagged")
    if not pdf.title.strip():
        faults.append("the document has no title")
    if not pdf.shows_title:
        faults.append("viewers show the file's name instead of the title (DisplayDocTitle)")
    if not pdf.language:
        faults.append("the document names no language")
    if any(order != "/S" for order in pdf.tab_order):
        faults.append("a page's tab order is not that of its structure")
    if direction == "rtl" and pdf.direction != "R2L":
        faults.append("a right-to-left document does not say so (Direction)")
    return finding("document", faults, f"{pdf.language}, {pdf.pages} pages")


def headings(pdf: TaggedPdf) -> Finding:
    """headings: one H1 at the most, first; no level is skipped."""
    levels = [int(tag.role[1]) for tag in pdf.root.walk() if re.fullmatch(r"H[1-6]", tag.role)]
    if not levels:
        return Finding("headings", Outcome.PASSED, ("no headings",))
    faults = ["the first heading is not an H1"] if levels[0] != 1 else []
    faults += [f"there are {levels.count(1)} H1, but a page has one title"] if levels.count(1) > 1 else []
    faults += [f"H{a} is followed by H{b}" for a, b in pairwise(levels) if b > a + 1]
    return finding("headings", faults, f"{len(levels)} headings")


def tables(pdf: TaggedPdf) -> Finding:
    """tables: each has header cells, and each of them says which way it reaches (Scope)."""
    faults = []
    found = [tag for tag in pdf.root.walk() if tag.role == "Table"]
    for number, table in enumerate(found, 1):
        headers = [tag for tag in table.walk() if tag.role == "TH"]
        if not headers:
            faults.append(f"table {number} has no header cells")
        if not all(any("/Scope" in attributes for attributes in header.attributes) for header in headers):
            faults.append(f"a header cell of table {number} has no Scope")
    return finding("tables", faults, f"{len(found)} tables")


def figures(pdf: TaggedPdf) -> Finding:
    """figures: each says in words what it shows."""
    found = [tag for tag in pdf.root.walk() if tag.role == "Figure"]
    faults = [f"figure {n} has no alternative text" for n, tag in enumerate(found, 1) if not (tag.alt or "").strip()]
    return finding("figures", faults, f"{len(found)} figures")


def links(pdf: TaggedPdf) -> Finding:
    """links: each stands in a Link tag, says its words, and is printed."""
    faults = []
    for link in pdf.links:
        name = link["contents"] or link["address"]
        if not link["tagged"]:
            faults.append(f"the link {name} is outside the tags")
        if not link["contents"].strip():
            faults.append(f"the link to {link['address']} says nothing (Contents)")
        if not link["printed"]:
            faults.append(f"the link {name} has no Print flag")
    for tag in pdf.root.walk():
        if tag.role == "Link" and tag.annotations and not tag.text().strip():
            faults.append(f"a link to {tag.annotations[0]['address']} holds no words")
        for annotation in tag.annotations:
            heard, told = normal(tag.text()), normal(annotation["contents"])
            if tag.role == "Link" and not _ADDRESS_ONLY.fullmatch(heard) and told == annotation["address"] != heard:
                faults.append(f"the link “{heard}” tells its address instead of its words")
    return finding("links", faults, f"{len(pdf.links)} links")


def artifacts(pdf: TaggedPdf) -> Finding:
    """artifacts: all text is in the tags or marked as page furniture."""
    faults = [f"page {n}: “{text.stray[0]}” is neither" for n, text in enumerate(pdf.page_texts, 1) if text.stray]
    return finding("artifacts", faults, f"{sum(len(t.artifacts) for t in pdf.page_texts)} pieces of furniture")


def fonts(pdf: TaggedPdf) -> Finding:
    """fonts: embedded, and every code that is shown has a text."""
    faults = []
    for font in pdf.reader.fonts.values():
        if not font.embedded:
            faults.append(f"{font.name} is not embedded")
        if font.unknown:
            faults.append(f"{font.name}: {len(font.unknown)} codes have no text")
    return finding("fonts", faults, f"{len(pdf.reader.fonts)} fonts")


def verapdf(data: bytes) -> Finding:
    """verapdf: the PDF Association's validator, when it is installed."""
    program = shutil.which("verapdf")
    if program is None:
        return Finding("verapdf", Outcome.NOT_RUN, ("veraPDF is not installed",), required=False)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "handout.pdf"
        path.write_bytes(data)
        command = [program, "--flavour", "ua1", "--format", "text", str(path)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=VERAPDF_SECONDS, check=False)  # noqa: S603  a fixed program and our own file
        except (OSError, subprocess.TimeoutExpired) as error:
            return Finding("verapdf", Outcome.NOT_RUN, (str(error),), required=False)
    said = (done.stdout or done.stderr).strip()
    outcome = {"PASS": Outcome.PASSED, "FAIL": Outcome.FAILED}.get(said[:4], Outcome.NOT_RUN)
    return Finding("verapdf", outcome, (said[:200],), required=False)
