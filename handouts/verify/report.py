"""Runs every check on the bytes of a PDF. A check that could not run says NOT_RUN, which is not a pass."""

from __future__ import annotations

import page

from handouts.model.artifacts import Finding, Outcome, Pdf, Report
from handouts.problems import HandoutsError, Problem

MAX_DETAILS = 20


def verify(pdf: Pdf) -> Report:
    """What is found in `pdf`. Raises `HandoutsError` when the bytes are not a PDF that can be read."""
    try:
        result = page.validate_pdf_bytes(pdf.data, profile=page.ValidationProfile.PDF_UA_1)
    except page.ParseError as error:
        raise HandoutsError(
            Problem("not-a-pdf", f"this can't be read as a PDF: {error}", hint="make the file again")
        ) from None
    except page.PageError as error:
        return Report(0, (Finding("pdf-ua-1", Outcome.NOT_RUN, (str(error),)),))
    return Report(result.document.page_count, (_pdf_ua_1(result),))


def _pdf_ua_1(result: page.ValidationReport) -> Finding:
    """pdf-ua-1: the machine-checkable rules of ISO 14289-1, by page-validation."""
    if result.rules.total == 0:
        return Finding("pdf-ua-1", Outcome.NOT_RUN, ("no rule was run",))
    if result.is_compliant:
        return Finding("pdf-ua-1", Outcome.PASSED, (f"{result.rules.total} rules",))
    details = tuple(f"{failure.rule_id}: {failure.message}" for failure in result.failures)
    return Finding("pdf-ua-1", Outcome.FAILED, details[:MAX_DETAILS])
