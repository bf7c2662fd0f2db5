"""What a large batch costs: seconds and bytes of each kind of handout on this machine, and what follows from them.

Run it from the top of a checkout, when the machine does little else: python benchmarks/scale.py [--price 0.04].
It prints the tables of docs/scale.md. It writes nothing that stays, and no test looks at its figures.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import importlib.metadata
import json
import logging
import os
import platform
import resource
import statistics
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from handouts.batch.folder import OutputFolder
from handouts.batch.pages import index_page
from handouts.batch.plan import Known, Plan, PlanFile, jobs_of
from handouts.batch.run import Options, sort_jobs
from handouts.batch.store import finished_in, write_manifest
from handouts.batch.values import Job, Record
from handouts.batch.work import CachedProject
from handouts.languages import language
from handouts.model.artifacts import Pdf
from handouts.model.edition import Audience, Format, Paper, Size
from handouts.pipeline import finished, warm_up, worded
from handouts.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DAY = datetime.date(2026, 11, 21)
CONDITION = "x-linked-hyper-igm"
EDITIONS = tuple(product(Audience, Paper, Size))
GROUPS = {
    "Latin": ("en", "es", "fr", "ht", "pt-BR", "vi"),
    "Cyrillic": ("ru",),
    "Arabic and Hebrew": ("ar", "fa", "he", "ur"),
    "Indic": ("bn", "hi"),
    "Thai": ("th",),
    "Chinese and Korean": ("ko", "zh-Hans", "zh-Hant"),
}
ASSUMED = {
    "Latin": 14,
    "Cyrillic": 3,
    "Arabic and Hebrew": 4,
    "Indic": 5,
    "Thai": 1,
    "Chinese and Korean": 3,
}
"""Languages of each group among thirty: a list such as a hospital of a large city prints."""
CONDITIONS = 1300


@dataclass(frozen=True, slots=True)
class Measured:
    """One handout: seconds of a core to make it and to verify it, its bytes and pages."""

    group: str
    size: Size
    making: float
    verifying: float
    bytes: int
    pages: int


def measured(
    project: CachedProject, tags: Iterable[tuple[str, str]], editions: Sequence[tuple[Audience, Paper, Size]] = EDITIONS
) -> list[Measured]:
    """Every edition of each language, made in this process one after the other, which is warm."""
    found = []
    for group, tag in tags:
        for audience, paper, size in editions:
            edition = Job("", CONDITION, tag, audience, paper, size=size).edition(DAY)
            begun = time.process_time()
            handout, warnings = worded(project, CONDITION, tag, edition, draft=True)
            made = finished(project, handout, warnings, edition, Format.PDF, verified=False)
            between = time.process_time()
            report = verify(Pdf(made.data), handout)
            verifying = time.process_time() - between
            found.append(Measured(group, size, between - begun, verifying, len(made.data), report.pages))
    return found


def told(rows: list[Measured], group: str, size: Size) -> tuple[float, float, float, float]:
    """Means of making, verifying, megabytes and pages."""
    some = [row for row in rows if row.group == group and row.size is size]
    values = ((row.making, row.verifying, row.bytes / 1e6, float(row.pages)) for row in some)
    making, verifying, megabytes, pages = zip(*values, strict=True)
    return statistics.mean(making), statistics.mean(verifying), statistics.mean(megabytes), statistics.mean(pages)


def tell_handouts(rows: list[Measured], groups: Iterable[str]) -> tuple[float, float]:
    """The table by group and size; the CPU-hours and gigabytes of everything."""
    print("| languages | size | seconds to make | seconds to verify | MB | pages |\n|---|---|---|---|---|---|")
    hours = gigabytes = 0.0
    for group in groups:
        for size in Size:
            making, verifying, megabytes, pages = told(rows, group, size)
            print(f"| {group} | {size.value} | {making:.2f} | {verifying:.2f} | {megabytes:.2f} | {pages:.1f} |")
            files = CONDITIONS * ASSUMED[group] * len(EDITIONS) / len(Size)
            hours += files * (making + verifying) / 3600
            gigabytes += files * megabytes / 1000
    return hours, gigabytes


def tell_conditions(project: CachedProject, conditions: Iterable[str]) -> None:
    """How much the conditions that there are differ, in English."""
    print("\n| condition, in English | seconds to make and verify | MB | pages |\n|---|---|---|---|")
    for condition in conditions:
        known = project.condition(condition)[0].content.editions
        editions = [e for e in EDITIONS if e[0] in known]
        seconds, sizes, pages = [], [], []
        for audience, paper, size in editions:
            edition = Job("", condition, "en", audience, paper, size=size).edition(DAY)
            begun = time.process_time()
            handout, warnings = worded(project, condition, "en", edition, draft=True)
            made = finished(project, handout, warnings, edition, Format.PDF)
            seconds.append(time.process_time() - begun)
            sizes.append(len(made.data) / 1e6)
            pages.append(made.report.pages)
        mean = statistics.mean
        print(f"| {condition} | {mean(seconds):.2f} | {mean(sizes):.2f} | {mean(pages):.1f} |")


def tell_parent(count: int) -> None:
    """What the machine that runs the command does for so many files: the plan, the list, the journal, the manifest."""
    both = tuple(Audience)
    known = Known({f"condition-{n:04}": (both, ("en",)) for n in range(count // len(EDITIONS))})
    text = 'papers = ["a4", "letter"]\nsizes = ["standard", "large"]\n'
    plan = PlanFile.model_validate({"papers": ("a4", "letter"), "sizes": ("standard", "large")})
    print(f"\n| for {count:,} files | seconds | |\n|---|---|---|")
    begun = time.perf_counter()
    jobs = jobs_of(Plan(plan, "batch.toml"), known, text)
    print(f"| read the plan | {time.perf_counter() - begun:.1f} | |")
    begun = time.perf_counter()
    with TemporaryDirectory() as name, OutputFolder(Path(name) / "out") as store:
        options = Options(jobs=1, day=DAY)
        tasks = sort_jobs(jobs, CachedProject(), store, {}, options).tasks
        print(f"| see what has changed | {time.perf_counter() - begun:.1f} | |")
        records = {job.name: record_like(job) for job in jobs}
        begun = time.perf_counter()
        write_manifest(store, records, {"program": "x", "day": "x"})
        size = (store.path / "manifest.json").stat().st_size / 1e6
        print(f"| write the manifest | {time.perf_counter() - begun:.1f} | {size:.0f} MB |")
        begun = time.perf_counter()
        size = len(index_page(records.values(), CachedProject().templates())) / 1e6
        print(f"| write the index | {time.perf_counter() - begun:.1f} | {size:.0f} MB |")
        begun = time.perf_counter()
        finished_in(store)
        print(f"| read the manifest | {time.perf_counter() - begun:.1f} | |")
        begun = time.perf_counter()
        for task in tasks[:1000]:
            task.part.write_bytes(b"x" * 300_000)
            store.put(task.part, records[task.job.name])
        rate = 1000 / (time.perf_counter() - begun)
        print(f"| put files of 0.3 MB into a folder | {count / rate:.0f} | {rate:.0f} in a second |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"| memory at most | | {peak:.1f} GB |")


def record_like(job: Job) -> Record:
    """A record as long as those of real handouts."""
    digest = hashlib.sha256(job.name.encode()).hexdigest()
    return Record(
        name=job.name,
        condition=job.condition,
        language=job.language,
        direction="ltr",
        audience=job.audience.value,
        options=job.options,
        title="A guide for families about a condition with a long name",
        heading="A condition with a long name",
        language_name=language(job.language).own_name,
        edition=digest[:12],
        stage="draft",
        inputs=digest,
        key=digest,
        sha256=digest,
        bytes=300_000,
        pages=14,
        printed_on=DAY.isoformat(),
        review_by=DAY.isoformat(),
        verification="PASSED",
        told="For families · printed on 21 November 2026 · edition of a length that is usual",
    )


def tell_cluster(count: int) -> None:
    """How many tasks in a second pass through a scheduler and two workers of this machine, bytes and all."""
    from distributed import Client, LocalCluster, as_completed  # noqa: PLC0415  an optional extra

    with (
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            dashboard_address=None,
            worker_dashboard_address=None,
            silence_logs=logging.CRITICAL,
        ) as made,
        Client(made) as client,
    ):
        begun = time.perf_counter()
        waiting = [client.submit(os.urandom, 300_000 + n, pure=False) for n in range(count)]
        arrived = sum(len(future.result()) for future in as_completed(waiting))
        seconds = time.perf_counter() - begun
    assert arrived > count * 300_000
    print(f"\nA cluster of two workers here passes on {count / seconds:.0f} files of 0.3 MB in a second.")


def tell_cost(hours: float, gigabytes: float, arguments: argparse.Namespace) -> None:
    """The sum, with what it rests on."""
    files = CONDITIONS * sum(ASSUMED.values()) * len(EDITIONS)
    requests = files * arguments.put_price / 1000
    print(
        f"\n{CONDITIONS:,} conditions x {sum(ASSUMED.values())} languages x {len(EDITIONS)} editions = {files:,} PDFs"
    )
    print(f"{hours:.0f} CPU-hours, {gigabytes:.0f} GB")
    print(f"at {arguments.price} for a vCPU-hour: {hours * arguments.price:.2f}")
    print(f"at {arguments.storage_price} for a GB and month: {gigabytes * arguments.storage_price:.2f} a month")
    print(f"at {arguments.put_price} for a thousand PUTs: {requests:.2f}")
    for cores in (2, 16, 64, 256):
        print(f"on {cores} vCPUs: {hours / cores:.1f} hours")


def main(given: list[str] | None = None) -> None:
    """Measure, and print what docs/scale.md holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--price", type=float, default=0.04, help="of a vCPU for an hour")
    parser.add_argument("--storage-price", type=float, default=0.023, help="of a GB for a month")
    parser.add_argument("--put-price", type=float, default=0.005, help="of a thousand PUTs")
    parser.add_argument("--files", type=int, default=100_000, help="for what the command itself does")
    parser.add_argument("--quick", action="store_true", help="a little of each, to see that it works")
    parser.add_argument("--json", type=Path, help="also write every figure of the handouts to this file")
    arguments = parser.parse_args(given)
    cpu = next((line for line in Path("/proc/cpuinfo").read_text("ascii").splitlines() if "model name" in line), "")
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9
    print(f"{cpu.partition(':')[2].strip() or platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GB")
    engine = importlib.metadata.version("weasyprint")
    print(f"Python {platform.python_version()}, WeasyPrint {engine}; load at the start {os.getloadavg()[0]:.1f}\n")
    project = CachedProject()
    warm_up(project)
    groups = {"Latin": ("en",)} if arguments.quick else GROUPS
    pairs = [(group, tag) for group, tags in groups.items() for tag in tags]
    if not arguments.quick:
        measured(project, pairs[:1])  # the verifier loads what it needs
    rows = measured(project, pairs, EDITIONS[:2] if arguments.quick else EDITIONS)
    hours, gigabytes = tell_handouts(rows, groups)
    if arguments.json:
        by_group = defaultdict(list)
        for row in rows:
            by_group[f"{row.group}/{row.size.value}"].append([row.making, row.verifying, row.bytes, row.pages])
        arguments.json.write_text(json.dumps(by_group), encoding="utf-8")
    tell_conditions(project, () if arguments.quick else project.condition_ids())
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"\nA process that made all of these held {own:.0f} MB at most.")
    tell_cost(hours, gigabytes, arguments)
    sys.stdout.flush()
    tell_parent(1000 if arguments.quick else arguments.files)
    sys.stdout.flush()
    tell_cluster(20 if arguments.quick else 2000)


if __name__ == "__main__":
    main()
