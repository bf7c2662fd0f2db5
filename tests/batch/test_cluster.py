from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from distributed import Client, LocalCluster

from handouts.batch import cluster
from handouts.batch.folder import OutputFolder, prove, read_manifest
from handouts.batch.run import run_jobs
from handouts.batch.values import State
from handouts.batch.workers import Limits
from handouts.model.edition import Format
from handouts.problems import HandoutsError
from tests.batch.test_faults import heeds_ctrl_c
from tests.batch.test_run import ALL, OPTIONS, jobs_for, states, world
from tests.commands import environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handouts.batch.values import BatchReport, Job
    from handouts.project import Project

Machines = tuple[str, list[subprocess.Popen[bytes]], subprocess.Popen[bytes]]

__all__ = ["world"]


@pytest.fixture(scope="module")
def workers() -> Iterator[LocalCluster]:
    """Two workers in processes of their own, and their scheduler."""
    with LocalCluster(
        processes=True, n_workers=2, threads_per_worker=1, dashboard_address=None, worker_dashboard_address=None
    ) as made:
        yield made


def run(world: Project, out: Path, jobs: list[Job], address: str, limits: Limits | None = None) -> BatchReport:
    options = replace(OPTIONS, scheduler=address, limits=limits or Limits())
    left: list[int] = []
    report = run_jobs(jobs, world, OutputFolder(out), options, lambda _, more: left.append(more))
    assert left == list(reversed(range(len(jobs))))
    return report


def test_a_cluster_makes_the_same_files_as_one_machine(world: Project, workers: LocalCluster, tmp_path: Path) -> None:
    """Two clinics compare their handouts, and the lines break elsewhere."""
    jobs = [*ALL, *jobs_for("ant", form=Format.PDF)]
    there, here = tmp_path / "there", tmp_path / "here"

    assert set(states(run(world, there, jobs, workers.scheduler_address)).values()) == {"made"}
    run_jobs(jobs, world, OutputFolder(here), OPTIONS, lambda _, __: None)

    assert prove(there) == []
    assert {job.name: (there / job.name).read_bytes() for job in jobs} == {
        job.name: (here / job.name).read_bytes() for job in jobs
    }
    assert set(states(run(world, there, jobs, workers.scheduler_address)).values()) == {"unchanged"}


def test_what_fails_or_hangs_on_a_cluster_fails_alone_and_is_told_as_it_is_here(
    world: Project, workers: LocalCluster, tmp_path: Path
) -> None:
    """One bad file stops a hundred machines, or its author reads a traceback of one of them."""
    path = tmp_path / "ours/conditions/bee.yaml"
    path.write_text(path.read_text().replace("{frequency} people", "{frequency} \u2066people"))
    hung = jobs_for("cow", form=Format.PDF)  # its engine alone takes longer to load
    report = run(world, tmp_path / "out", hung, workers.scheduler_address, Limits(task_seconds=0.01))

    assert set(states(report).values()) == {"failed"}
    assert all(result.tries == 2 and "longer than" in result.problems[0] for result in report.results)
    report = run(world, tmp_path / "out", ALL, workers.scheduler_address)
    assert [result.name for result in report.results if result.state is State.FAILED] == [
        "bee-family.txt",
        "bee-carrier.txt",
    ]
    assert report.count(State.MADE) == 4
    told = next(r for r in report.results if r.state is State.FAILED).problems[0]
    assert re.match(r"conditions/bee\.yaml:\d+: error", told)


def test_workers_with_another_version_are_refused_before_anything_is_made(
    world: Project, workers: LocalCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of the handouts are set by last year's engine, and nobody knows which half."""
    ours = cluster.fingerprint() | {"weasyprint": "99.1"}
    monkeypatch.setattr(cluster, "ours", lambda: ours)

    with pytest.raises(HandoutsError) as caught:
        run(world, tmp_path / "out", ALL, workers.scheduler_address)

    assert [problem.code for problem in caught.value.problems] == ["cluster-versions"] * 2
    assert re.search(
        r"worker tcp://\S+ differs: weasyprint [\d.]+ there and 99.1 here", caught.value.problems[0].message
    )
    assert prove_nothing(tmp_path / "out")


def prove_nothing(out: Path) -> bool:
    """Whether no handout lies in `out`."""
    return not list(out.rglob("*.txt"))


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Machines]:
    """A scheduler and two workers, each started as on a machine of its own: the address, the workers, the scheduler."""
    log = (tmp_path / "scheduler.log").open("wb")
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    quiet = {"env": environment(), "stdout": subprocess.DEVNULL, "cwd": tmp_path, "process_group": 0}
    scheduler = subprocess.Popen(
        [*dask, "--host", "127.0.0.1", "--port", "0", "--no-dashboard"],
        stderr=log,
        **quiet,  # type: ignore[call-overload]
    )
    address = ""
    for _ in range(300):
        found = re.search(r"tcp://127\.0\.0\.1:\d+", (tmp_path / "scheduler.log").read_text())
        if found:
            address = found.group()
            break
        time.sleep(0.1)
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard"]
    workers = [
        subprocess.Popen([*worker, "--no-nanny"], stderr=subprocess.DEVNULL, **quiet)  # type: ignore[call-overload]
        for _ in range(2)
    ]
    try:
        with Client(address) as client:
            client.wait_for_workers(2, timeout=60)
        yield address, workers, scheduler
    finally:
        for process in (*workers, scheduler):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        log.close()


def started(world: Project, folder: Path, address: str, clinics: int) -> subprocess.Popen[str]:
    """A batch of so many clinics on the cluster, in a process of its own, as soon as ten of them are made."""
    (folder / "clinics.csv").write_text("clinic\n" + "".join(f"{number:05}\n" for number in range(clinics)))
    (folder / "batch.toml").write_text(
        'conditions = ["ant"]\nfor = ["family"]\nformats = ["html"]\nrows = "clinics.csv"\nname = "{clinic}.html"\n'
    )
    arguments = ["batch", "run", "batch.toml", "--out", "out", "--json", "--scheduler", address]
    running = subprocess.Popen(
        [sys.executable, "-m", "handouts", *arguments, "--project", str(world.root)],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heeds_ctrl_c,  # noqa: PLW1509  nothing else runs here
    )
    assert running.stdout is not None
    first = [json.loads(running.stdout.readline()) for _ in range(10)]
    assert {line["state"] for line in first} == {"made"}
    return running


def test_a_machine_that_dies_costs_no_handout(world: Project, machines: Machines, tmp_path: Path) -> None:
    """A cloud takes a machine back in the night, and forty clinics get nothing."""
    address, workers, _ = machines
    running = started(world, tmp_path, address, 60)

    workers[0].kill()
    rest, told = running.communicate(timeout=120)

    lines = [json.loads(line) for line in rest.splitlines()]
    assert (running.returncode, told) == (0, "")
    assert lines[-1]["made"] == 60
    assert len({line["name"] for line in lines[:-1]}) == 50
    assert prove(tmp_path / "out") == []
    assert len(read_manifest(tmp_path / "out")) == 60


def test_ctrl_c_or_a_lost_scheduler_ends_a_batch_and_the_next_goes_on(
    world: Project, machines: Machines, tmp_path: Path
) -> None:
    """A hundred machines work on for nobody, or a command waits until morning for a scheduler that is gone."""
    address, workers, scheduler = machines
    running = started(world, tmp_path, address, 5000)
    running.send_signal(signal.SIGINT)
    rest, told = running.communicate(timeout=60)
    assert (running.returncode, told) == (130, "stopped; nothing was left half-written\n")
    assert prove(tmp_path / "out") == []
    finished = len(read_manifest(tmp_path / "out"))
    assert finished >= 10 + len(rest.splitlines())
    with Client(address) as client:  # nobody works on for it
        assert sum(map(len, client.processing().values())) <= len(workers)
    again = tmp_path / "again"
    again.mkdir()
    running = started(world, again, address, 5000)

    scheduler.kill()
    _, told = running.communicate(timeout=60)

    assert running.returncode == 1
    assert told.splitlines()[0] == f"{address}: error[cluster]: the scheduler was lost"
    assert "Traceback" not in told
    assert prove(again / "out") == []
    assert len(read_manifest(again / "out")) >= 10


def test_a_scheduler_that_does_not_answer_is_told(world: Project, tmp_path: Path) -> None:
    """A typing error in an address, and a traceback of a hundred lines after a minute."""
    for address, code, told in (("tcp://127.0.0.1:9", 1, "no scheduler answers"), ("here", 2, "no address")):
        with pytest.raises(HandoutsError) as caught:
            run(world, tmp_path / "out", ALL, address)

        (problem,) = caught.value.problems
        assert (problem.code, str(problem.where), caught.value.exit_code) == ("cluster", address, code)
        assert told in problem.message
