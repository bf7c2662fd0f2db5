"""Every PDF of a finished folder verified anew, in workers: what needs no tree of words is held against PDF/UA-1."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from handouts.batch.folder import read_manifest
from handouts.batch.values import JobResult, State
from handouts.batch.workers import Limits, Pool
from handouts.files import read_bytes
from handouts.model.artifacts import Outcome, Pdf
from handouts.problems import HandoutsError
from handouts.project import MAX_PDF_BYTES
from handouts.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


def to_inspect(folder: Path) -> tuple[str, ...]:
    """The PDFs that the manifest of `folder` knows and that are there; files for the printer have no tags to judge."""
    records = read_manifest(folder)
    return tuple(
        name for name, record in records.items() if record.options["format"] == "pdf" and (folder / name).is_file()
    )


def inspected(folder: Path, names: Sequence[str], jobs: int) -> Iterator[JobResult]:
    """What is found in each of the files `names`, as it is found: FAILED with what is wrong, or MADE."""
    # nothing is verified before the fork, see `handouts.pipeline.warm_up`
    pool: Pool[str, JobResult] = Pool(partial(_inspect, folder), jobs, Limits())
    for done in pool.run(names):
        yield done.result or JobResult(done.task, State.FAILED, (done.why,), tries=done.tries)


def _inspect(folder: Path, name: str) -> JobResult:
    try:
        report = verify(Pdf(read_bytes(folder / name, MAX_PDF_BYTES)))
    except HandoutsError as error:
        return JobResult(name, State.FAILED, tuple(map(str, error.problems)))
    told = tuple(
        f"{found.check}: {detail}"
        for found in report.findings
        for detail in found.details
        if found.outcome is Outcome.FAILED or (found.required and found.outcome is Outcome.NOT_RUN)
    )
    return JobResult(name, State.MADE if report.outcome is Outcome.PASSED else State.FAILED, told)
