"""A plan's jobs to finished files: what is unchanged is left alone, workers make the rest, and all is recorded."""

from __future__ import annotations

import contextlib
import time
from collections import deque
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from handouts import __version__
from handouts.batch.bundles import join, pack
from handouts.batch.inputs import Inputs
from handouts.batch.pages import HINT, index_page, report_page
from handouts.batch.store import MANIFEST, finished_in, write_manifest
from handouts.batch.values import BatchReport, Checked, Fate, Foreseen, Job, JobResult, Record, State
from handouts.batch.work import CachedProject, Task, carry_out, foresee
from handouts.batch.workers import Done, Limits, Pool
from handouts.model.edition import Format
from handouts.pipeline import warm_up
from handouts.problems import HandoutsError

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Generator, Iterator, Sequence
    from concurrent.futures import Future

    from handouts.batch.store import Store
    from handouts.project import Project

SAMPLE = 20
"""Of so many files one is verified when a sample is asked for."""
MANIFEST_SECONDS = 60.0
MANIFEST_SHARE = 50.0
"""The manifest of a batch of hundreds of thousands takes seconds to write; it may cost one in so many of all."""
GOOD = frozenset({State.MADE, State.UNCHANGED})
REMEDY = "run it again with fewer --jobs and a longer --timeout; if it fails alone then, report it"


@dataclass(frozen=True, slots=True)
class Options:
    """How a batch is run. `force` makes everything; `check` hashes what is there, and makes what was damaged.

    When all is good, `join` writes a PDF for each language and paper for the printer, and `pack` an archive of all.
    Workers are `launched` where this program has threads, as it has with a store on a network. With a `scheduler`, the
    workers are those of a Dask cluster.
    """

    jobs: int
    day: datetime.date
    keep_going: bool = False
    verify: Checked = Checked.ALL
    force: bool = False
    check: bool = False
    join: bool = False
    pack: bool = False
    limits: Limits = field(default_factory=Limits)
    launched: bool = False
    scheduler: str | None = None


@dataclass(frozen=True, slots=True)
class Sorted:
    """The jobs of a plan: those whose files are good as they are, and those to look at."""

    unchanged: tuple[Job, ...]
    tasks: tuple[Task, ...]


def sort_jobs(
    jobs: Sequence[Job], project: Project, store: Store | None, records: dict[str, Record], options: Options
) -> Sorted:
    """Which of `jobs` have to be looked at, by the digests of the files they are made from."""
    inputs = Inputs(project)
    unchanged: list[Job] = []
    tasks: list[Task] = []
    for number, job in enumerate(jobs):
        record = records.get(job.name)
        there = record is not None and store is not None and not options.force
        whole = there and _is_whole(store, record, hashed=options.check)
        wanted = inputs.of(job)
        if record is not None and whole and record.inputs == wanted and _still_allowed(record, options):
            unchanged.append(job)
            continue
        tasks.append(
            Task(
                job=job,
                inputs=wanted,
                beside=inputs.beside_words(job),
                previous=record.key if record is not None and whole else None,
                part=(store.new if store is not None else Path()) / f"{number}.part",
                day=options.day,
                verified=options.verify is Checked.ALL or (options.verify is Checked.SAMPLE and number % SAMPLE == 0),
            )
        )
    # neighbours read the same files, so that a worker has them at hand
    tasks.sort(key=lambda task: (task.job.condition, task.job.language))
    return Sorted(tuple(unchanged), tuple(tasks))


def foreseen(
    jobs: Sequence[Job],
    project: Project,
    store: Store | None,
    options: Options,
    told: Callable[[int], None] = lambda _: None,
) -> tuple[Foreseen, ...]:
    """What a run into `store` would do, in the order of `jobs`; nothing is written, and nothing is typeset.

    `told` is called now and then with how many are left.
    """
    known = CachedProject(project.root)
    records = finished_in(store) if store is not None else {}
    work = sort_jobs(jobs, known, store, records, options)
    fates = {job.name: Foreseen(job, Fate.UNCHANGED) for job in work.unchanged}
    alike: dict[Job, list[Task]] = {}
    for task in work.tasks:  # thousands of lines of a CSV may differ in a name alone, and are looked at once
        alike.setdefault(_nameless(task), []).append(task)
    pool: Pool[Task, Foreseen] = Pool(partial(foresee, known), options.jobs, options.limits, options.launched)
    for done in pool.run(same[0] for same in alike.values()):
        first = done.result or Foreseen(done.task.job, Fate.FAIL, (done.why,))
        for task in alike[_nameless(done.task)]:
            fates[task.job.name] = replace(first, job=task.job)
        told(len(jobs) - len(fates))
    return tuple(fates[job.name] for job in jobs)


def _nameless(task: Task) -> Job:
    """What decides on the words of a new file: not its name. One that is there is compared with itself alone."""
    return replace(task.job, name="", row=()) if task.previous is None else task.job


def _is_whole(store: Store | None, record: Record | None, *, hashed: bool) -> bool:
    if store is None or record is None:
        return False
    if hashed and store.digest(record.name) != record.sha256:
        return False
    return store.is_whole(record)


def _still_allowed(record: Record, options: Options) -> bool:
    """Whether the review date, which no file's digest holds, is still to come."""
    return not record.review_by or record.review_by >= options.day.isoformat()


def run_jobs(
    jobs: Sequence[Job],
    project: Project,
    out: Store,
    options: Options,
    told: Callable[[JobResult, int], None],
) -> BatchReport:
    """Make what `jobs` ask for into `out`. `told` is called with each result and how many are left.

    Raises `HandoutsError` when the folder can't be used at all. Ctrl-C ends it at once; what is finished is on record.
    """
    started = time.monotonic()
    about = {"program": f"handouts {__version__}", "day": options.day.isoformat()}
    with out as store:
        records = finished_in(store)
        known = CachedProject(project.root)
        work = sort_jobs(jobs, known, store, records, options)
        results: dict[str, JobResult] = {}

        def note(result: JobResult) -> None:
            results[result.name] = result
            told(result, len(jobs) - len(results))

        def end(more: dict[str, object]) -> None:
            """Write what is known of all files, of those of an earlier run too that this one did not come to."""
            kept = {job.name: records[job.name] for job in jobs if job.name in records}
            templates = known.templates()
            ordered = tuple(results[job.name] for job in jobs if job.name in results)
            store.write("index.html", index_page(kept.values(), templates))
            store.write("report.html", report_page(ordered, len(jobs) - len(ordered), templates))
            write_manifest(store, kept, about | more)

        for job in work.unchanged:
            note(JobResult(job.name, State.UNCHANGED))
        stopped = False
        writing = 0.0
        written = time.monotonic()
        try:
            with contextlib.closing(_made(work.tasks, known, store, records, options)) as made:
                for result in made:
                    note(result)
                    if result.state is State.FAILED and not options.keep_going:
                        stopped = len(results) < len(jobs)
                        break
                    begun = time.monotonic()
                    if begun - written > max(MANIFEST_SECONDS, MANIFEST_SHARE * writing):
                        write_manifest(store, records, about)
                        written = time.monotonic()
                        writing = written - begun
        finally:
            end({})
        good = all(result.state in GOOD for result in results.values())
        if good and not stopped and options.join:
            end({"print": join(store, (records[job.name] for job in jobs))})
        if good and not stopped and options.pack:
            pack(store, [*(job.name for job in jobs), "index.html", MANIFEST, "manifest.csv"])
    ordered = tuple(results[job.name] for job in jobs if job.name in results)
    return BatchReport(ordered, time.monotonic() - started, stopped)


def _made(
    tasks: Sequence[Task], project: Project, store: Store, records: dict[str, Record], options: Options
) -> Generator[JobResult, None, None]:
    """Each task's result as it comes; finished files are put in their places and into `records`.

    As many files as the store takes at once are on their way while others are made; a failure is told after them.
    """
    inputs = {task.job.name: task.inputs for task in tasks}
    pending: deque[tuple[JobResult, Path, Future[None]]] = deque()

    def put(result: JobResult, part: Path, going: Future[None]) -> JobResult:
        assert result.record is not None, "it was made"
        try:
            going.result()
            store.noted(result.record)
        except HandoutsError as error:
            part.unlink(missing_ok=True)
            return JobResult(result.name, State.FAILED, tuple(map(str, error.problems)), tries=result.tries)
        records[result.name] = result.record
        return result

    try:
        for done in _carried_out(tasks, project, options):
            result = done.result or JobResult(done.task.job.name, State.FAILED, (f"{done.why}{HINT}{REMEDY}",))
            result = replace(result, tries=done.tries)
            if result.record is not None:
                pending.append((result, done.task.part, store.begin(done.task.part, result.record)))
            while pending and (len(pending) >= store.at_once or result.state is State.FAILED or pending[0][-1].done()):
                yield put(*pending.popleft())
            if result.state is State.UNCHANGED:
                records[result.name] = replace(records[result.name], inputs=inputs[result.name])
            if result.record is None:
                yield result
        while pending:
            yield put(*pending.popleft())
    finally:
        for each in pending:  # what is on its way when somebody stops it is on record too
            put(*each)


def _carried_out(tasks: Sequence[Task], project: Project, options: Options) -> Iterator[Done[Task, JobResult]]:
    if not tasks:
        return
    if options.scheduler is not None:
        from handouts.batch.cluster import carried_out  # noqa: PLC0415  an optional extra

        yield from carried_out(tasks, project, options.scheduler, options.limits)
        return
    pool: Pool[Task, JobResult] = Pool(
        partial(carry_out, project), min(options.jobs, len(tasks)), options.limits, options.launched
    )
    if not pool.launched and any(task.job.format is Format.PDF for task in tasks):
        warm_up(project)
    yield from pool.run(tasks)
