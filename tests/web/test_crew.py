from __future__ import annotations

import asyncio
import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from handouts.batch.workers import Limits
from handouts.web.crew import BusyError, Crew, LostError
from tests.web.loops import run

if TYPE_CHECKING:
    from collections.abc import Callable

QUICK = Limits(task_seconds=1.5, tasks=3)
PATIENT = Limits(task_seconds=60, tasks=3)


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
        case ["wait", mark]:
            while not Path(mark).exists():
                time.sleep(0.01)
        case _:
            pass
    return task


def crew(count: int = 1, queue: int = 8, limits: Limits = QUICK) -> Crew[str, str]:
    return Crew(work, count, queue, limits)


async def seen(so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    for _ in range(1000):
        if so():
            return
        await asyncio.sleep(0.01)
    pytest.fail("it never came")


def is_there(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def test_a_task_whose_worker_was_killed_is_done_by_another(tmp_path: Path) -> None:
    """The machine was short of memory for a second, and the nurse gets an error for a good handout."""

    async def told() -> str:
        hands = crew(limits=PATIENT)
        await hands.start()
        try:
            return await hands.do(f"once:{tmp_path / 'mark'}")
        finally:
            await hands.stop()

    assert run(told()).startswith("once:")


@pytest.mark.parametrize(("task", "why"), [("die", "SIGKILL"), ("hang", "longer than 2 seconds"), ("eat", "memory")])
def test_a_task_that_loses_its_workers_fails_alone(task: str, why: str) -> None:
    """One bad handout stops the server for everybody."""

    async def told() -> tuple[str, str]:
        hands = crew()
        await hands.start()
        try:
            with pytest.raises(LostError) as lost:
                await hands.do(task)
            return str(lost.value), await hands.do("good")
        finally:
            await hands.stop()

    reason, after = run(told())
    assert why in reason
    assert after == "good"


def test_who_comes_to_a_full_queue_is_told_at_once_when_to_come_again(tmp_path: Path) -> None:
    """Everybody waits for ever, the first for the last."""
    mark = tmp_path / "go"

    async def told() -> tuple[int, list[str]]:
        hands = crew(queue=2, limits=Limits(task_seconds=60))
        await hands.start()
        try:
            tasks = [asyncio.create_task(hands.do(f"wait:{mark}")) for _ in range(3)]
            await seen(lambda: hands.waiting == 2)
            with pytest.raises(BusyError) as busy:
                await hands.do("one too many")
            mark.touch()
            return busy.value.seconds, list(await asyncio.gather(*tasks))
        finally:
            await hands.stop()

    seconds, done = run(told())
    assert 1 <= seconds <= 60
    assert len(done) == 3


def test_workers_of_a_server_are_replaced_after_their_tasks() -> None:
    """A leak of the engine grows for as long as the server runs."""

    async def told() -> list[str]:
        hands = crew(limits=PATIENT)
        await hands.start()
        try:
            return [await hands.do("pid") for _ in range(7)]
        finally:
            await hands.stop()

    assert len(set(run(told()))) == 3


def test_a_server_that_stops_leaves_no_worker_behind() -> None:
    """After each restart of the service there are two processes more."""

    async def told() -> list[int]:
        hands = crew(count=2)
        await hands.start()
        pids = [int(pid) for pid in await asyncio.gather(hands.do("pid"), hands.do("pid"))]
        tasks = [asyncio.create_task(hands.do("hang")) for _ in range(2)]
        await seen(lambda: hands.running == 2)
        await hands.stop()
        for task in tasks:
            with pytest.raises(LostError):
                await task
        return pids

    pids = run(told())
    assert pids
    assert [pid for pid in pids if is_there(pid)] == []
