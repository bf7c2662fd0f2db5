from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest

from handouts.batch import folder, quick, run
from handouts.batch.folder import prove
from handouts.batch.work import carry_out
from handouts.batch.workers import Limits
from handouts.problems import HandoutsError, Location, Problem
from tests.batch.test_run import ALL, OPTIONS, jobs_for, states, world
from tests.batch.test_run import run as run_batch
from tests.commands import contents, environment, handouts

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.batch.values import JobResult
    from handouts.batch.work import Task
    from handouts.project import Project

__all__ = ["world"]

PLAN = 'conditions = ["ant", "bee"]\nlanguages = ["en"]\nfor = ["family"]\nformats = ["txt", "html"]\n'


@pytest.fixture
def here(world: Project) -> Path:
    """The folder of the project, with a plan for four files."""
    assert world.root is not None
    (world.root / "batch.toml").write_text(PLAN)
    return world.root


def results(text: str) -> dict[str, str]:
    """What the JSON lines of a run say of each file."""
    lines = [json.loads(line) for line in text.splitlines()]
    assert lines[-1]["done"] is True
    return {line["name"]: line["state"] for line in lines[:-1]}


def test_a_full_disk_costs_what_does_not_fit_and_nothing_else(here: Path) -> None:
    """Half a handout in the place of a whole one, or a night's work lost to the last file."""
    command = [sys.executable, "-m", "handouts", "batch", "run", "batch.toml", "--out", "out", "--keep-going", "--json"]

    def full() -> None:  # a file can't grow beyond this, as on a disk that is full
        resource.setrlimit(resource.RLIMIT_FSIZE, (12_000, resource.RLIM_INFINITY))

    # what measures the tests can't write its own file on this disk either, and would say so
    env = {name: value for name, value in environment().items() if not name.startswith("COVERAGE_")}
    ran = subprocess.run(command, cwd=here, env=env, capture_output=True, text=True, check=False, preexec_fn=full)

    assert ran.returncode == 1
    assert {name.rsplit(".")[-1]: state for name, state in results(ran.stdout).items()} == {
        "txt": "made",
        "html": "failed",
    }
    assert "can't be written: File too large" in ran.stdout
    assert "Traceback" not in ran.stderr
    assert prove(here / "out") == []
    again = handouts("batch", "run", "batch.toml", "--out", "out", "--json", cwd=here)
    assert again.code == 0
    assert sorted(results(again.out).values()) == ["made", "made", "unchanged", "unchanged"]
    assert prove(here / "out") == []


def test_a_manifest_that_does_not_fit_loses_no_finished_file(
    world: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full at the very end: everything is there, and nothing is known of it."""
    out = tmp_path / "out"

    def full(path: Path, _: bytes) -> None:
        raise HandoutsError(Problem("cannot-write", "No space left on device", Location(str(path))))

    with monkeypatch.context() as patched:
        patched.setattr(folder, "write_whole", full)
        with pytest.raises(HandoutsError):
            run_batch(world, out)

    assert set(states(run_batch(world, out)).values()) == {"unchanged"}
    assert prove(out) == []


def test_a_record_that_can_not_be_kept_keeps_its_file_back(
    world: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file without a record is one that nobody can prove, or that a later run takes for a stranger's."""
    out = tmp_path / "out"

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        patched.setattr(folder, "write_whole", lambda path, data: path.write_bytes(data))
        patched.setattr(run, "carry_out", without_disk)
        report = run_batch(world, out, jobs_for("ant"))

    assert {result.state for result in report.results} == {"failed"}
    assert "No space left on device" in report.results[0].problems[0]
    assert not list(out.glob("*.txt"))
    assert set(states(run_batch(world, out, jobs_for("ant"))).values()) == {"made"}


def without_disk(project: Project, task: Task) -> JobResult:
    """`carry_out` on a disk of its own, whose writes are never refused."""
    with patch.object(os, "fsync", lambda _: None):
        return carry_out(project, task)


def hang(project: Project, task: Task) -> JobResult:
    """As a worker should, but for the bee."""
    if task.job.condition == "bee":
        time.sleep(60)
    return carry_out(project, task)


def test_a_job_that_hangs_fails_alone_and_says_what_to_do(
    world: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One page that never ends holds up eight hundred."""
    monkeypatch.setattr(run, "carry_out", hang)
    jobs = [job for job in ALL if job.audience == "family"]

    report = run_batch(world, tmp_path / "out", jobs, replace(OPTIONS, limits=Limits(task_seconds=4.0)))

    assert states(report) == {"ant-family.txt": "made", "bee-family.txt": "failed", "cow-family.txt": "made"}
    lost = report.results[1]
    assert lost.tries == 2
    assert "longer than 4 seconds" in lost.problems[0]
    assert "--timeout" in lost.problems[0]
    assert "longer than 4 seconds" in (tmp_path / "out/report.html").read_text()


def heeds_ctrl_c() -> None:
    """Undo what a shell does to a program in the background, and with it to this test: it does not get Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_ends_a_batch_with_nothing_half_written_and_the_next_run_goes_on(here: Path) -> None:
    """Somebody stops it to go home, and in the morning half a file lies among the good ones."""
    (here / "batch.toml").write_text(
        'conditions = ["ant"]\nfor = ["family"]\nformats = ["html"]\nrows = "rows.csv"\nname = "{clinic}.html"\n'
    )
    clinics = [f"{number:04}" for number in range(2000)]  # more than it can make until it is stopped
    (here / "rows.csv").write_text("\n".join(["clinic", *clinics]))
    command = [sys.executable, "-m", "handouts", "batch", "run", "batch.toml", "--out", "out", "--json", "--jobs", "1"]
    running = subprocess.Popen(
        command,
        cwd=here,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        process_group=0,
        preexec_fn=heeds_ctrl_c,  # noqa: PLW1509  nothing else runs here
    )
    assert running.stdout is not None
    first = json.loads(running.stdout.readline())
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does: the workers get it too
    rest, told = running.communicate(timeout=60)

    assert running.returncode == 130
    assert "stopped; nothing was left half-written" in told
    assert "Traceback" not in told
    made = [first["name"], *(json.loads(line)["name"] for line in rest.splitlines())]
    assert prove(here / "out") == []
    assert set(made) <= set(contents(here / "out"))
    assert not list((here / "out").rglob("*.part"))
    assert "not tried" in (here / "out/report.html").read_text()
    (here / "rows.csv").write_text("\n".join(["clinic", *clinics[: len(made) + 2]]))
    again = handouts("batch", "run", "batch.toml", "--out", "out", "--json", cwd=here)
    assert again.code == 0
    assert list(results(again.out).values()) == ["unchanged"] * len(made) + ["made"] * 2


def test_a_folder_that_takes_no_files_is_told_by_the_command(here: Path) -> None:
    """A traceback for a share that is read-only."""
    ran = handouts("batch", "run", "batch.toml", "--out", "/proc/leaflets", cwd=here)

    assert ran.code == 1
    assert "/proc/leaflets: error[cannot-write]: the output folder can't be used" in ran.err
    assert "--out" in ran.err


@pytest.mark.parametrize("place", [".", "conditions", "brands/ours"])
def test_a_batch_is_not_written_among_the_contents_of_a_project(world: Project, place: str) -> None:
    """A handout is taken for a condition, and next month nothing works."""
    assert world.root is not None
    before = contents(world.root)

    with pytest.raises(HandoutsError) as caught:
        run_batch(world, world.root / place)

    assert [problem.code for problem in caught.value.problems] == ["output-in-project"]
    assert caught.value.exit_code == 2
    assert contents(world.root) == before


def test_a_clock_that_was_set_back_makes_a_batch_look_again_and_no_more(here: Path) -> None:
    """A laptop that woke up in 1970: what was changed since looks older than what was made, and is never made again."""
    arguments = ("batch", "run", "batch.toml", "--out", "out", "--json")
    assert handouts(*arguments, cwd=here).code == 0
    text = (here / "conditions/ant.yaml").read_text()
    ahead = time.time() + 1_000_000
    for path in (here / "out").rglob("*"):
        os.utime(path, (ahead, ahead))  # made before the clock was set back

    seen = handouts(*arguments, cwd=here)
    assert set(results(seen.out).values()) == {"unchanged"}
    asked = {"any": "plan"}
    quick.remember(here / "out", asked, [here / "batch.toml"], ["en/ant-family.txt"], "")
    assert quick.is_unchanged(here / "out", asked, "2026-11-21") is None
    (here / "conditions/ant.yaml").write_text(text.replace("How rare it is", "How rare is it"))
    os.utime(here / "conditions/ant.yaml", (0, 0))

    again = results(handouts(*arguments, cwd=here).out)
    assert sorted(name for name, state in again.items() if state == "made") == [
        "en/ant-family.html",
        "en/ant-family.txt",
    ]


def test_the_exit_code_of_a_batch_says_whether_all_is_good(here: Path) -> None:
    """A timer that sees a zero hands out last month's files."""
    assert handouts("batch", "run", "batch.toml", "--out", "out", cwd=here).code == 0
    path = here / "conditions/bee.yaml"
    path.write_text(path.read_text().replace("review_by: 2027-01-02", "review_by: 2026-02-02"))
    refused = handouts("batch", "run", "batch.toml", "--out", "out", "--keep-going", cwd=here)
    assert refused.code == 1
    assert "review-expired" in refused.err
    assert handouts("batch", "plan", "batch.toml", cwd=here).code == 1
    assert handouts("batch", "run", "nowhere.toml", "--out", "out", cwd=here).code == 1
    assert handouts("batch", "run", "batch.toml", cwd=here).code == 2
    (here / "out/en/ant-family.txt").write_text("something else")
    proved = handouts("batch", "verify", "out", cwd=here)
    assert (proved.code, proved.out.split()) == (1, ["changed", "en/ant-family.txt"])
