"""Runs every check on the bytes of a PDF. A check that could not run says NOT_RUN, which is not a pass."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import page
import pikepdf

from handouts.model.artifacts import Finding, Outcome, Pdf, Report
from handouts.model.reading import reading_order
from handouts.problems import HandoutsError, Problem
from handouts.verify import checks
from handouts.verify.outline import HeardBlock, heard_blocks
from handouts.verify.tag_reader import read_pdf

if TYPE_CHECKING:
    from handouts.model.document import LocalizedHandout


def verify(pdf: Pdf, intended: LocalizedHandout | None = None) -> Report:
    """What is found in `pdf`, held against the `intended` words when they are known.

    Raises `HandoutsError` when the bytes are not a PDF that can be read.
    """
    conformance = _pdf_ua_1(pdf)  # first: it has limits on what a hostile file may unfold to
    read = read_pdf(pdf.data)
    heard = heard_blocks(read.root)
    wanted = reading_order(intended) if intended is not None else None
    direction = intended.direction if intended is not None else None
    findings = (
        conformance,
        checks.words_heard(heard, wanted),
        checks.languages_heard(heard, wanted),
        checks.document(read, direction),
        checks.headings(read),
        checks.tables(read),
        checks.figures(read),
        checks.links(read),
        checks.artifacts(read),
        checks.fonts(read),
        checks.verapdf(pdf.data),
    )
    return Report(read.pages, findings)


def unverified(pdf: Pdf) -> Report:
    """The report of a PDF that nobody asked to verify: it says so, which is not a pass."""
    with pikepdf.open(io.BytesIO(pdf.data)) as opened:
        pages = len(opened.pages)
    return Report(pages, (Finding("verification", Outcome.NOT_RUN, ("it was not asked for",)),))


def heard(pdf: Pdf) -> tuple[HeardBlock, ...]:
    """What a listener gets from `pdf`, block by block.

    Raises `HandoutsError` when the bytes are not a PDF that can be read.
    """
    _pdf_ua_1(pdf)  # for its limits, see above
    return heard_blocks(read_pdf(pdf.data).root)


def _pdf_ua_1(pdf: Pdf) -> Finding:
    try:
        result = page.validate_pdf_bytes(pdf.data, profile=page.ValidationProfile.PDF_UA_1)
    except page.ParseError as error:
        message = f"this can't be read as a PDF: {error}"
        raise HandoutsError(Problem("not-a-pdf", message, hint="make the file again")) from None
    except page.SafetyLimitError as error:
        message = f"the PDF is larger inside than any that is read: {error}"
        raise HandoutsError(Problem("pdf-too-large", message)) from None
    except page.PageError as error:
        return Finding("pdf-ua-1", Outcome.NOT_RUN, (str(error),))
    return checks.pdf_ua_1(result)
