"""`handouts batch`: parse, call, show, exit. What makes handouts is imported only when something is to be made."""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from handouts.batch.addresses import beside, is_address, local
from handouts.batch.values import Checked
from handouts.files import read_bytes, root_above
from handouts.model.edition import Audience
from handouts.problems import HandoutsError
from handouts.progress import BatchProgress
from handouts.terminal import JsonOption, opened_project, out, print_json, today

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.batch.plan import Known, Plan
    from handouts.batch.store import Store
    from handouts.batch.values import BatchReport, Job
    from handouts.project import Project

MAX_PLAN_BYTES = 1_000_000
MAX_ROWS_BYTES = 50_000_000

app = typer.Typer(no_args_is_help=True, rich_markup_mode="rich", help="Make many handouts from one plan.")

PlanArgument = Annotated[
    str, typer.Argument(metavar="PLAN.toml", help="What to make; see docs/batch.md. A file, or an address.")
]
DateOption = Annotated[
    datetime.datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="The date to print; the plan's, else today."),
]
JobsOption = Annotated[
    int | None, typer.Option("--jobs", min=1, help="Processes at work at once; one for each core when left out.")
]
OutOption = Annotated[
    str,
    typer.Option("--out", "-o", metavar="DIR", help="Where the files go: a folder, or an address such as s3://b/x."),
]
SchedulerOption = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Make them on the workers of this Dask scheduler, such as tcp://host:8786."),
]
ProjectOption = Annotated[
    str | None,
    typer.Option(
        "--project",
        metavar="DIR",
        help="Your project: a folder, or an address. Without it, the nearest one upwards, else what we ship.",
    ),
]


def _cores() -> int:
    return os.cpu_count() or 1


@app.command("plan")
def plan_(
    plan: PlanArgument,
    folder: Annotated[
        str | None,
        typer.Option("--out", "-o", metavar="DIR", help="The folder of an earlier run, to see what has changed."),
    ] = None,
    date: DateOption = None,
    project: ProjectOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what a run would make, leave alone or refuse, and why; nothing is made.

    Words are looked at, pages are not: what only typesetting can tell, such as a missing letter, is told by the run.
    """
    from handouts.batch.places import store_in
    from handouts.batch.run import Options, foreseen
    from handouts.batch.values import Fate

    with _world(project) as world:
        read, jobs = _read(plan, world)
        day = date.date() if date else read.file.date or today()
        options = Options(jobs=_cores(), day=day, launched=_on_network(plan, folder, project))
        store = store_in(folder) if folder is not None else None
        with BatchProgress(len(jobs), as_json=as_json) as progress:
            found = foreseen(jobs, world, store, options, progress.looked)
    if as_json:
        print_json(
            [
                {"name": each.job.name, "condition": each.job.condition, **_told(each.job)}
                | {"fate": each.fate.value, "problems": list(each.problems)}
                for each in found
            ]
        )
    else:
        styles = {Fate.MAKE: "green", Fate.UNCHANGED: "dim", Fate.REFUSED: "yellow", Fate.FAIL: "bold red"}
        for each in found:
            out.print(Text.assemble((f"{each.fate.value:<10}", styles[each.fate]), each.job.name))
            for problem in each.problems:
                out.print(Text(f"  {problem}"))
        counts = [(fate, sum(each.fate is fate for each in found)) for fate in Fate]
        said = ", ".join(f"{count} {_FATES[fate.value]}" for fate, count in counts if count)
        out.print(Text(f"{len(found)} files: {said}", style="bold"))
    if any(each.fate in {Fate.REFUSED, Fate.FAIL} for each in found):
        raise typer.Exit(1)


_FATES = {"make": "to make", "unchanged": "unchanged", "refused": "refused", "fail": "would fail"}


def _told(job: Job) -> dict[str, object]:
    return {"language": job.language, "for": job.audience.value, **job.options}


@contextlib.contextmanager
def _world(place: str | None) -> Iterator[Project]:
    """The project at `place`, for as long as it is needed: one at an address is copied first."""
    from handouts.batch.places import fetched_project

    if place is None or not is_address(place):
        yield opened_project(local(place) if place is not None else None)
        return
    with tempfile.TemporaryDirectory(prefix="handouts-") as name:
        yield opened_project(fetched_project(place, Path(name)))


def _on_network(*places: str | None) -> bool:
    """Whether any of `places` is an address: what asks there keeps threads, beside which nothing may be forked."""
    return any(place is not None and is_address(place) for place in places)


def _read(place: str, project: Project) -> tuple[Plan, tuple[Job, ...]]:
    """The plan in the file, and its jobs."""
    from handouts.batch.places import read_at
    from handouts.batch.plan import Plan, PlanError, jobs_of, read_plan, wrong_names
    from handouts.batch.rows import read_rows
    from handouts.files import as_text

    data, where = read_at(place, MAX_PLAN_BYTES)
    text = as_text(data, where)
    try:
        file = read_plan(text, where)
    except PlanError as error:
        raise HandoutsError(*error.problems, *wrong_names(error.rest, where, _known(project), text)) from None
    plan = Plan(file, where)
    if file.rows is not None:
        data, rows_where = read_at(beside(place, file.rows), MAX_ROWS_BYTES)
        plan = Plan(file, where, read_rows(as_text(data, rows_where), rows_where), rows_where)
    return plan, jobs_of(plan, _known(project), text)


def _known(project: Project) -> Known:
    """What there is to make in a project."""
    from handouts.batch.plan import Known

    found = {}
    for condition_id in project.condition_ids():
        try:
            editions = tuple(project.condition(condition_id)[0].content.editions)
        except HandoutsError:
            editions = tuple(Audience)  # its jobs fail, each with the reason, and the others are made
        found[condition_id] = (editions, project.language_tags(condition_id))
    return Known(found, project.brand_ids())


@app.command()
def run(
    plan: PlanArgument,
    folder: OutOption,
    jobs: JobsOption = None,
    keep_going: Annotated[bool, typer.Option("--keep-going", help="Go on when a handout fails.")] = False,
    verify: Annotated[Checked, typer.Option(help="Which PDFs to verify.")] = Checked.ALL,
    force: Annotated[bool, typer.Option("--force", help="Make everything, changed or not.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Look into each file that is there, and make damaged ones again.")
    ] = False,
    merge: Annotated[
        bool, typer.Option("--merge", help="Also join all PDFs of a language in one, for the printer alone.")
    ] = False,
    zipped: Annotated[bool, typer.Option("--zip", help="Also put everything into handouts.zip.")] = False,
    timeout: Annotated[float, typer.Option(min=1, help="Seconds that one handout may take.")] = 120.0,
    scheduler: SchedulerOption = None,
    date: DateOption = None,
    project: ProjectOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one line of JSON for each file.")] = False,
) -> None:
    """Make what a plan asks for; files that are there and good are left alone.

    It can be stopped with Ctrl-C, or by a power cut, and started again: nothing finished is made twice.
    """
    from handouts.batch import quick

    started = time.monotonic()
    now = today()
    printed_on = date.date().isoformat() if date else None
    near = scheduler is None and not _on_network(plan, folder, project)
    asked = _asked(plan, project, verify=verify, date=printed_on, merge=merge, zip=zipped) if near else None
    if asked is not None and not force and not check:
        good = quick.is_unchanged(local(folder), asked, now.isoformat())
        if good is not None:
            _end({"made": 0, "unchanged": good, "failed": 0, "refused": 0}, time.monotonic() - started, as_json=as_json)
            return
    from handouts.batch.places import store_in
    from handouts.batch.run import Options, run_jobs
    from handouts.batch.values import State
    from handouts.batch.workers import Limits

    with _world(project) as world:
        read, wanted = _read(plan, world)
        options = Options(
            jobs=jobs or _cores(),
            day=date.date() if date else read.file.date or now,
            keep_going=keep_going,
            verify=verify,
            force=force,
            check=check,
            limits=Limits(task_seconds=timeout),
            join=merge,
            pack=zipped,
            launched=not near,
            scheduler=scheduler,
        )
        store = store_in(folder, world)
        with BatchProgress(len(wanted), as_json=as_json) as progress:
            report = run_jobs(wanted, world, store, options, progress.told)
        if asked is not None:
            _remember(report, local(folder), asked, local(plan), world, read)
        elif not _on_network(folder):
            quick.forget(local(folder))
    counts = {state.value: report.count(state) for state in State}
    _end(counts, time.monotonic() - started, as_json=as_json, left=len(wanted) - len(report.results))
    if counts["failed"] or counts["refused"] or report.stopped:
        raise typer.Exit(1)


def _asked(plan: str, project: str | None, **options: str | bool | None) -> dict[str, Any]:
    """What a run is asked for, as JSON: with the same answer, an unchanged folder is good."""
    from handouts.batch import quick

    root = project if project is not None else root_above(Path.cwd())
    text = read_bytes(local(plan), MAX_PLAN_BYTES).decode("utf-8", "replace")
    return {"plan": text, "project": str(root), "program": quick.about_program(), **options}


def _remember(
    report: BatchReport, folder: Path, asked: dict[str, Any], plan: Path, project: Project, read: Plan
) -> None:
    """Leave word for the next run that everything is good, or have it look at everything."""
    from handouts.batch import quick
    from handouts.batch.bundles import ARCHIVE
    from handouts.batch.folder import printed, read_manifest
    from handouts.batch.store import LISTS, MANIFEST
    from handouts.files import SHIPPED
    from handouts.project import own_files, own_folders

    good = {"made", "unchanged"}
    if report.stopped or any(result.state not in good for result in report.results):
        quick.forget(folder)
        return
    records = [record for name, record in read_manifest(folder).items()]
    first = min((record.review_by for record in records if record.review_by), default="")
    rows = [plan.parent / read.file.rows] if read.file.rows is not None else []
    inputs = quick.program() | quick.inputs_below([*SHIPPED, *own_folders(project.root)]) | {plan, *rows}
    inputs |= set(own_files(project.root)) | set(own_folders(project.root))
    books = [book["name"] for book in printed(folder)]
    beside = [MANIFEST, *LISTS, *books, *([ARCHIVE] if asked["zip"] else [])]
    quick.remember(folder, asked, inputs, [record.name for record in records], first, beside)


def _end(counts: dict[str, int], seconds: float, *, as_json: bool, left: int = 0) -> None:
    """The last line of a run."""
    if as_json:
        sys.stdout.write(json.dumps({"done": True, **counts, "left": left, "seconds": round(seconds, 3)}) + "\n")
        return
    told = ", ".join(f"{count} {state}" for state, count in counts.items() if count or state in {"made", "unchanged"})
    more = f", {left} not tried" if left else ""
    out.print(Text.assemble((told + more, "bold"), f" in {seconds:.1f} seconds"))


@app.command("verify")
def verify_(
    folder: Annotated[
        str, typer.Argument(metavar="DIR", help="What `handouts batch run` made: a folder, or an address.")
    ],
    deep: Annotated[
        bool, typer.Option("--deep", help="Also verify each PDF anew: PDF/UA-1, and what a screen reader gets.")
    ] = False,
    jobs: JobsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Prove a folder against its manifest: what is missing, changed, or not in it."""
    from handouts.batch.places import store_in
    from handouts.batch.store import faults_of

    store = store_in(folder)
    faults: list[tuple[str, str, tuple[str, ...]]] = [(name, fault, ()) for name, fault in faults_of(store)]
    if deep:
        launched = _on_network(folder)
        faults += [(name, "unsound", details) for name, details in _unsound(store, jobs, launched=launched)]
    if as_json:
        print_json(
            [{"name": name, "fault": fault} | ({"details": told} if told else {}) for name, fault, told in faults]
        )
    else:
        for name, fault, details in faults:
            out.print(Text.assemble((f"{fault:<8}", "bold red"), name))
            for detail in details:
                out.print(Text(f"  {detail}"))
        if not faults:
            more = ", and every PDF is sound" if deep else ""
            out.print(Text(f"every file is as the manifest says{more}", style="green"))
    if faults:
        raise typer.Exit(1)


def _unsound(store: Store, jobs: int | None, *, launched: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The PDFs of a folder in which verification finds a fault, and what it finds."""
    from handouts.batch.deep import inspected, to_inspect
    from handouts.batch.values import State

    names = to_inspect(store)
    with BatchProgress(len(names), as_json=False, what="PDFs") as progress:
        found = inspected(store, names, jobs or _cores(), launched=launched)
        for left, result in zip(reversed(range(len(names))), found, strict=True):
            progress.counted(result, left)
            if result.state is State.FAILED:
                yield result.name, result.problems
