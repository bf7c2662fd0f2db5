"""Every PDF of a finished folder verified anew, in workers: what needs no tree of words is held against PDF/UA-1."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from handouts.batch.store import recorded_in
from handouts.batch.values import JobResult, State
from handouts.batch.workers import Limits, Pool
from handouts.model.artifacts import Outcome, Pdf
from handouts.problems import HandoutsError
from handouts.project import MAX_PDF_BYTES
from handouts.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handouts.batch.store import Store


def to_inspect(store: Store) -> tuple[str, ...]:
    """The PDFs that the manifest of `store` knows and that are there; files for the printer have no tags to judge."""
    there = set(store.names())
    records = recorded_in(store)
    return tuple(name for name, record in records.items() if record.options["format"] == "pdf" and name in there)


def inspected(store: Store, names: Sequence[str], jobs: int, *, launched: bool) -> Iterator[JobResult]:
    """What is found in each of the files `names`, as it is found: FAILED with what is wrong, or MADE.

    Each worker reads its files itself. Nothing is verified before a fork, see `handouts.pipeline.warm_up`.
    """
    pool: Pool[str, JobResult] = Pool(partial(_inspect, store), jobs, Limits(), launched)
    for done in pool.run(names):
        yield done.result or JobResult(done.task, State.FAILED, (done.why,), tries=done.tries)


def _inspect(store: Store, name: str) -> JobResult:
    try:
        data = store.read(name, MAX_PDF_BYTES)
        if data is None:
            return JobResult(name, State.FAILED, ("it is gone",))
        report = verify(Pdf(data))
    except HandoutsError as error:
        return JobResult(name, State.FAILED, tuple(map(str, error.problems)))
    told = tuple(
        f"{found.check}: {detail}"
        for found in report.findings
        for detail in found.details
        if found.outcome is Outcome.FAILED or (found.required and found.outcome is Outcome.NOT_RUN)
    )
    return JobResult(name, State.MADE if report.outcome is Outcome.PASSED else State.FAILED, told)
