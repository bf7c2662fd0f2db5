"""Warm worker processes for a server: forked from one that runs nothing else, and never trusted to come back.

The server has threads and a running loop and is itself never forked. A worker that dies takes its task along; the task
is tried once more in a fresh one. A worker that takes too long is ended, and its task with it.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from handouts.batch.workers import Limits, serve, why_gone

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

T = TypeVar("T")
R = TypeVar("R")
S = TypeVar("S")

WARM = "handouts.web.warm"


class BusyError(Exception):
    """As many wait as may; come again after `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"come again in {seconds} seconds")
        self.seconds = seconds


class LostError(Exception):
    """A task that no worker brought to its end, and why."""


@dataclass(slots=True, eq=False)
class _Worker:
    process: BaseProcess
    pipe: Connection
    served: int = 0
    bytes: int = 0

    def ask(self, task: object) -> tuple[object, int]:
        """The result of `task` and the size of the worker, in bytes. Raises `EOFError` or `OSError` when it is gone."""
        self.pipe.send(task)
        answer: tuple[object, int] = self.pipe.recv()
        return answer


@dataclass(slots=True, eq=False)
class _Place:
    """Where a worker is, or will be."""

    worker: _Worker | None = None


@dataclass
class Crew(Generic[T, R]):
    """`count` workers that carry out `work`, and at most `queue` tasks that wait for one."""

    work: Callable[[T], R]
    count: int
    queue: int
    limits: Limits = field(default_factory=Limits)
    preload: tuple[str, ...] = (WARM,)
    running: int = 0
    waiting: int = 0
    _stopping: bool = False
    _usual_seconds: float = 1.0

    def __post_init__(self) -> None:
        self._context = multiprocessing.get_context("forkserver")
        self._all = [_Place() for _ in range(self.count)]
        self._places: asyncio.Queue[_Place] = asyncio.Queue()
        self._threads = ThreadPoolExecutor(self.count + 1, "crew")

    async def start(self) -> None:
        """Load what workers share, and start them."""
        self._context.set_forkserver_preload(list(self.preload))
        for place in self._all:
            place.worker = await self._in_thread(self._started)
            self._places.put_nowait(place)

    async def do(self, task: T) -> R:
        """The result of `task`. Raises `BusyError` when too many wait, `LostError` when no worker could finish it."""
        if self._stopping or (self.waiting >= self.queue and self._places.empty()):
            raise BusyError(self._seconds_of_wait())
        self.waiting += 1
        try:
            place = await self._places.get()
        finally:
            self.waiting -= 1
        self.running += 1
        started = time.monotonic()
        try:
            answer = await self._tried(place, task)
        finally:
            self.running -= 1
            if place.worker is not None and self._is_spent(place.worker):
                self._end(place)
            self._places.put_nowait(place)
        self._usual_seconds += (time.monotonic() - started - self._usual_seconds) / 8
        return answer

    async def stop(self) -> None:
        """Take no more tasks and end the workers, whatever they do."""
        self._stopping = True
        for place in self._all:
            if place.worker is not None:
                self._end(place)
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _tried(self, place: _Place, task: T) -> R:
        """The result of `task`, from a second worker when the first one died. Raises `LostError`."""
        why = ""
        for _ in range(self.limits.tries):
            worker = place.worker
            if worker is None:
                worker = place.worker = await self._in_thread(self._started)
            asked = self._in_thread(partial(worker.ask, task))
            try:
                result, worker.bytes = await asyncio.wait_for(asked, self.limits.task_seconds)
            except TimeoutError:
                if not self._stopping:
                    self._end(place)
                raise LostError(f"it took longer than {self.limits.task_seconds:.0f} seconds") from None
            except (EOFError, OSError):
                if self._stopping:
                    raise LostError("the server stops") from None
                why = why_gone(self._end(place))
                continue
            worker.served += 1
            return cast("R", result)
        raise LostError(why)

    def _is_spent(self, worker: _Worker) -> bool:
        return worker.served >= self.limits.tasks or worker.bytes > self.limits.recycle_bytes

    def _started(self) -> _Worker:
        """A new worker; the first one waits until all that workers share is loaded."""
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=serve, args=(self.work, theirs, (), self.limits), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _end(self, place: _Place) -> int | None:
        """End the worker of a place at once; returns its exit code.

        Its pipe stays open until the thread that reads it lets go.
        """
        assert place.worker is not None, "it was there to be ended"
        process, place.worker = place.worker.process, None
        process.kill()
        process.join()
        return process.exitcode

    def _seconds_of_wait(self) -> int:
        """After how long there should be room in the queue again: at least a second, at most a minute."""
        return min(60, max(1, round(self._usual_seconds * self.waiting / self.count)))

    def _in_thread(self, call: Callable[[], S]) -> asyncio.Future[S]:
        return asyncio.get_running_loop().run_in_executor(self._threads, call)
