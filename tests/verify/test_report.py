"""Finished PDFs, ours and other people's, held against every check."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
import pytest

from handouts.model.artifacts import Outcome, Pdf, Report
from handouts.problems import HandoutsError
from handouts.verify import heard, verify
from tests.commands import made

if TYPE_CHECKING:
    from tests.conftest import Localized

PLAIN = b"""\
%PDF-1.7
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R
   /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>
endobj
4 0 obj
<< /Length 36 >>
stream
BT /F1 12 Tf 20 100 Td (Hello) Tj ET
endstream
endobj
"""
"""A page that says Hello and has no tags, as many programs print it."""


def plain() -> Pdf:
    """The plain page, with the table of places that a PDF ends with."""
    offsets = [PLAIN.index(b"%d 0 obj" % number) for number in range(1, 5)]
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    tail = b"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(PLAIN)
    return Pdf(PLAIN + table + tail)


def outcomes(report: Report) -> dict[str, Outcome]:
    return {finding.check: finding.outcome for finding in report.findings}


def rewritten(pdf: pikepdf.Pdf) -> Pdf:
    buffer = io.BytesIO()
    pdf.save(buffer)
    return Pdf(buffer.getvalue())


@pytest.mark.parametrize(
    "data", [b"", b"not a PDF at all", b"%PDF-1.7\n", b"<html></html>", bytes(range(256)) * 40], ids=range(5)
)
def test_bytes_that_are_no_pdf_are_told_as_that(data: bytes) -> None:
    """A broken download must not be reported as a handout that was checked."""
    with pytest.raises(HandoutsError) as error:
        verify(Pdf(data))

    assert [problem.code for problem in error.value.problems] == ["not-a-pdf"]


def test_what_is_told_of_a_broken_file_is_the_same_each_time() -> None:
    """A message with an address of memory in it can't be searched for, and frightens."""
    with pytest.raises(HandoutsError) as error:
        verify(Pdf(b""))

    assert "0x" not in str(error.value)


def test_a_page_without_tags_fails() -> None:
    """A page without tags is silence, or words in any order, to someone who listens."""
    report = verify(plain())

    assert report.pages == 1
    assert report.outcome is Outcome.FAILED
    found = outcomes(report)
    assert {found[check] for check in ("pdf-ua-1", "document", "artifacts", "fonts")} == {Outcome.FAILED}


@pytest.mark.parametrize(("tag", "audience"), [("en", "family"), ("ar", "carrier")])
def test_our_handouts_pass_every_check_against_their_own_words(tag: str, audience: str, handout: Localized) -> None:
    """What a screen reader says must be what was written, or the reader is told something else."""
    report = verify(Pdf(made(tag, audience).pdf), handout(tag, audience))

    found = outcomes(report)
    required = {finding.check for finding in report.findings if finding.required}
    assert {"pdf-ua-1", "words-heard", "languages-heard", "document", "fonts"} <= required
    assert {check: found[check] for check in required if found[check] is not Outcome.PASSED} == {}
    assert report.outcome is Outcome.PASSED


def test_the_words_of_another_edition_fail(handout: Localized) -> None:
    """A file under the wrong name gives a carrier the family's pages."""
    report = verify(Pdf(made("en", "carrier").pdf), handout("en", "family"))

    assert outcomes(report)["words-heard"] is Outcome.FAILED
    assert report.outcome is Outcome.FAILED


def test_without_the_words_their_checks_do_not_count_as_run() -> None:
    """A check that had nothing to compare with must not look like one that passed."""
    report = verify(Pdf(made("en", "family").pdf))

    found = outcomes(report)
    assert (found["words-heard"], found["languages-heard"]) == (Outcome.NOT_RUN, Outcome.NOT_RUN)
    assert found["pdf-ua-1"] is Outcome.PASSED
    assert report.outcome is Outcome.PASSED


@pytest.mark.parametrize("entry", ["/StructTreeRoot", "/MarkInfo", "/Lang", "/ViewerPreferences"])
def test_a_handout_that_lost_a_part_of_what_a_listener_needs_fails(entry: str) -> None:
    """A file that another program has passed through can look the same and say nothing."""
    with pikepdf.open(io.BytesIO(made("en", "family").pdf)) as pdf:
        del pdf.Root[entry]
        lamed = rewritten(pdf)

    assert verify(lamed).outcome is Outcome.FAILED


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_handout_that_was_cut_off_does_not_pass(share: float) -> None:
    """Half a download must not be filed as a checked handout."""
    whole = made("en", "family").pdf

    cut = Pdf(whole[: int(len(whole) * share)])
    try:
        found = str(verify(cut).outcome)
    except HandoutsError as error:
        found = error.problems[0].code

    assert found in {"FAILED", "not-a-pdf"}


def test_what_is_heard_begins_with_the_title() -> None:
    """A listener who is not told first what the page is about can't choose to stop or go on."""
    blocks = heard(Pdf(made("en", "family").pdf))

    (title,) = (block.text for block in blocks if block.role == "H1")
    assert title == "When the body has trouble fighting infections"
    assert all(block.text.strip() for block in blocks)
