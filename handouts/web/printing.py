"""What a worker does for one request: the words, the page, the check; the file goes back to the server."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts import pipeline
from handouts.batch.work import CachedProject, forget_files
from handouts.localize.inline import plain
from handouts.model.artifacts import Outcome
from handouts.problems import HandoutsError, Problem

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

    from handouts.web.values import Asked

PICTURE_DPI = 96


@dataclass(frozen=True, slots=True)
class Order:
    """One file to make from the project in `root`, as its files were when they were counted as `version`."""

    root: Path | None
    version: int
    asked: Asked
    day: datetime.date
    draft: bool
    expired: bool


@dataclass(frozen=True, slots=True)
class FirstPage:
    """A picture to draw of the first page of a PDF."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a worker hands back: the bytes of a file, and what the server tells of it."""

    data: bytes
    language: str
    pages: int
    edition: str
    stage: str
    heading: str
    audience: str
    review_by: datetime.date


@dataclass(frozen=True, slots=True)
class Refused:
    """Why there is no file."""

    problems: tuple[Problem, ...]


_seen: list[int] = [0]
"""The version of the project's files that this process has read."""


def carry_out(order: Order | FirstPage | None) -> Sheet | Refused | bytes:
    """What `order` asks for, or why there is none; nothing for None. Never raises but `MemoryError`."""
    if order is None:
        return b""
    try:
        return _drawn(order.data) if isinstance(order, FirstPage) else _printed(order)
    except MemoryError:
        raise
    except HandoutsError as error:
        return Refused(error.problems)
    except Exception as error:  # noqa: BLE001  the edge of a request: the others go on
        message = f"unexpected {type(error).__name__}: {error}; this is our mistake, please report it"
        return Refused((Problem("internal", message),))


def _printed(order: Order) -> Sheet | Refused:
    if _seen[0] != order.version:
        forget_files()
        _seen[0] = order.version
    project = CachedProject(order.root)
    asked = order.asked
    edition = asked.edition(order.day)
    made = pipeline.make(
        project, asked.condition, asked.language, edition, asked.format, draft=order.draft, expired=order.expired
    )
    if made.report.outcome is Outcome.FAILED:
        faults = [fault for fault in made.report.findings if fault.outcome is Outcome.FAILED]
        told = (f"{fault.check}: {'; '.join(fault.details)}" for fault in faults)
        return Refused(tuple(Problem("verification-failed", each) for each in told))
    handout = made.handout
    return Sheet(
        data=made.data,
        language=handout.language,
        pages=made.report.pages if asked.format == "pdf" else 0,
        edition=handout.edition,
        stage=handout.stage,
        heading=plain(handout.name),
        audience=plain(handout.audience_line) if handout.audience_line else "",
        review_by=project.condition(asked.condition)[0].content.review.review_by,
    )


def _drawn(pdf: bytes) -> bytes:
    """The first page of a PDF as a PNG, `PICTURE_DPI` dots to the inch."""
    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415  a part of the extra, wanted here alone

    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        picture = page.render(scale=PICTURE_DPI / 72).to_pil()
        out = io.BytesIO()
        picture.save(out, "PNG")
        return out.getvalue()
    finally:
        document.close()
