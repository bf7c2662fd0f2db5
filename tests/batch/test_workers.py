from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from handouts.batch.workers import Limits, Pool

QUICK = Limits(task_seconds=1.0, tasks=3)


def work(task: str) -> str:
    """Does what its task says."""
    match task.split(":"):
        case ["die"]:
            os.kill(os.getpid(), signal.SIGKILL)
        case ["hang"]:
            time.sleep(60)
        case ["eat"]:
            return str(len(bytearray(100_000_000_000)))
        case ["once", mark]:
            if not Path(mark).exists():
                Path(mark).touch()
                os.kill(os.getpid(), signal.SIGKILL)
        case ["pid"]:
            return str(os.getpid())
        case _:
            pass
    return task


@pytest.mark.parametrize("launched", [False, True])
@pytest.mark.parametrize(("task", "why"), [("die", "SIGKILL"), ("hang", "longer than 1 seconds"), ("eat", "memory")])
def test_a_worker_that_is_lost_fails_its_task_alone(task: str, why: str, launched: bool) -> None:  # noqa: FBT001
    """One bad handout costs an organization the other seven hundred and ninety-nine."""
    done = list(Pool(work, 2, QUICK, launched=launched).run(["a", task, "b", "c"]))

    assert sorted(d.result for d in done if d.result is not None) == ["a", "b", "c"]
    ((lost, tries),) = [(d.why, d.tries) for d in done if d.result is None]
    assert why in lost
    assert tries == 2


def test_a_task_is_tried_once_more(tmp_path: Path) -> None:
    """A machine that was short of memory for a second fails a good handout."""
    (done,) = Pool(work, 1, QUICK).run([f"once:{tmp_path / 'mark'}"])

    assert done.result is not None
    assert done.tries == 2


def test_a_worker_that_was_launched_stays_for_the_next_task_until_it_is_stopped() -> None:
    """On a cluster each handout waits a second for a new engine."""
    pool: Pool[str, str] = Pool(work, 1, QUICK, launched=True)
    first, second = pool.ask("pid"), pool.ask("pid")
    lost, third = pool.ask("die"), pool.ask("pid")
    (worker,) = [worker.process for worker in pool._workers]  # noqa: SLF001  what is left is the claim
    pool.stop()

    assert first.result == second.result != third.result
    assert (lost.result, lost.tries) == (None, 2)
    assert not worker.is_alive()


def test_workers_are_replaced_after_their_tasks() -> None:
    """A leak of the engine grows for ten thousand documents."""
    pids = [d.result for d in Pool(work, 1, QUICK).run(["pid"] * 9)]

    assert len(set(pids)) == 3


def test_nobody_is_left_behind_when_the_work_is_stopped() -> None:
    """After Ctrl-C, processes go on writing into a folder that somebody deletes."""
    pool = Pool(work, 2, QUICK)
    results = pool.run(["pid", "hang", "hang"])
    first = next(iter(results))
    assert first.result is not None
    workers = [worker.process for worker in pool._workers]  # noqa: SLF001  what is left is the claim
    results.close()

    assert workers
    assert not any(process.is_alive() for process in workers)
