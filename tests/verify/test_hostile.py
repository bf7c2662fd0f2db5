"""PDFs that are damaged, locked, untagged or made to do harm: a finding or a clear error, never anything else."""

from __future__ import annotations

import io
import random
from functools import cache

import pikepdf
import pytest

from handouts.model.artifacts import Html, Outcome, Pdf
from handouts.problems import HandoutsError
from handouts.project import Project
from handouts.typeset import typeset
from handouts.verify import heard, verify

BODY = (
    '<h1>Head</h1><p>Some <b>words</b> and <a href="https://example.org">a link</a>.</p>'
    "<ul><li>one</li><li>two</li></ul>"
    '<table><tr><th scope="col">A</th></tr><tr><td>1</td></tr></table>'
)


@cache
def good() -> bytes:
    page = f'<!DOCTYPE html><html lang="en"><head><title>T</title></head><body>{BODY}</body></html>'
    return typeset(Html(page), Project().fonts(), "page").pdf.data


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    target = io.BytesIO()
    pdf.save(target, **options)  # type: ignore[arg-type]
    return target.getvalue()


def look(data: bytes) -> None:
    """Do all that the command does with a file."""
    verify(Pdf(data))
    heard(Pdf(data))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"not a pdf", b"\0" * 5000, b"%PDF-1.7\n%%EOF"])
def test_what_is_no_pdf_is_said_so(data: bytes) -> None:
    """A traceback tells a clinic nothing."""
    with pytest.raises(HandoutsError, match="not-a-pdf"):
        look(data)


def test_a_pdf_cut_off_anywhere_is_a_finding_or_a_clear_error() -> None:
    """A download that broke off must not be taken for a handout, nor crash the one who looks."""
    data = good()
    for end in range(1, len(data), max(1, len(data) // 60)):
        try:
            outcome = verify(Pdf(data[:end])).outcome
        except HandoutsError:
            continue
        assert outcome is not Outcome.PASSED or data[:end].rstrip().endswith(b"%%EOF")


def test_a_pdf_with_changed_bytes_never_gets_past_as_a_traceback() -> None:
    """One bit of bad memory is not worth a stack of Python."""
    source, data = random.Random(7), good()  # noqa: S311  the same bytes each time, not a secret
    for _ in range(150):
        changed = bytearray(data)
        for _ in range(source.randrange(1, 12)):
            changed[source.randrange(len(changed))] = source.randrange(256)
        try:
            look(bytes(changed))
        except HandoutsError as error:
            assert error.problems[0].message  # noqa: PT017  only this kind of error may come


def test_a_locked_pdf_is_said_to_be_locked() -> None:
    """Somebody would look for damage that is not there."""
    with pikepdf.open(io.BytesIO(good())) as pdf:
        data = saved(pdf, encryption=pikepdf.Encryption(owner="a", user="b"))

    with pytest.raises(HandoutsError) as error:
        look(data)

    assert {problem.code for problem in error.value.problems} <= {"pdf-encrypted", "not-a-pdf"}


def test_an_untagged_pdf_fails() -> None:
    """It looks right and says nothing."""
    with pikepdf.open(io.BytesIO(good())) as pdf:
        del pdf.Root.StructTreeRoot, pdf.Root.MarkInfo
        data = saved(pdf)
    report = verify(Pdf(data))

    assert report.outcome is Outcome.FAILED
    assert "document" in {f.check for f in report.findings if f.outcome is Outcome.FAILED}


def test_a_tag_tree_that_goes_in_circles_ends() -> None:
    """A file that keeps the checker busy for ever stops a whole batch."""
    with pikepdf.open(io.BytesIO(good())) as pdf:
        top = pdf.Root.StructTreeRoot.K[0]
        top.K.append(top)
        data = saved(pdf)
    try:
        look(data)
    except HandoutsError as error:
        assert error.problems[0].message  # noqa: PT017  only this kind of error may come


def test_a_stream_that_unfolds_to_gigabytes_is_refused() -> None:
    """Half a megabyte that takes all the memory takes the machine."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.pages[0].Contents = pikepdf.Stream(pdf, b"q Q " * 20_000_000)
        data = saved(pdf, compress_streams=True)

    with pytest.raises(HandoutsError, match="pdf-too-large"):
        look(data)


@pytest.mark.parametrize(
    ("check", "spoil"),
    [
        ("document", lambda pdf: pdf.Root.ViewerPreferences.__delitem__("/DisplayDocTitle")),
        ("document", lambda pdf: pdf.Root.__delitem__("/Lang")),
        ("links", lambda pdf: pdf.pages[0].Annots[0].__setitem__("/Contents", pikepdf.String(""))),
        ("links", lambda pdf: pdf.pages[0].Annots[0].__delitem__("/F")),
    ],
)
def test_a_fault_is_found(check: str, spoil: object) -> None:
    """A check that can't fail says nothing."""
    assert callable(spoil)
    with pikepdf.open(io.BytesIO(good())) as pdf:
        spoil(pdf)
        data = saved(pdf)

    assert verify(Pdf(good())).outcome is Outcome.PASSED
    assert check in {f.check for f in verify(Pdf(data)).findings if f.outcome is Outcome.FAILED}


@pytest.mark.parametrize(
    ("check", "role", "spoilt"),
    [("headings", "H1", "H3"), ("tables", "TH", "TD"), ("figures", "P", "Figure")],
)
def test_a_wrong_tag_is_found(check: str, role: str, spoilt: str) -> None:
    """A heading, table or figure that is not one leads a listener astray."""
    with pikepdf.open(io.BytesIO(good())) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == f"/{role}":
                thing.S = pikepdf.Name(f"/{spoilt}")
        data = saved(pdf)

    assert check in {f.check for f in verify(Pdf(data)).findings if f.outcome is Outcome.FAILED}
