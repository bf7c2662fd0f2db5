"""Worker processes, forked or launched, given one task at a time, and never trusted to come back.

A worker that dies, hangs or runs out of memory fails its task alone; the task is tried once more in a fresh worker.
Workers are replaced after a number of tasks or beyond a size. Not threads: the engine's libraries can't bear them.

A fork takes over all that is loaded; a program that has threads must not fork, so there workers are launched anew.
"""

from __future__ import annotations

import contextlib
import math
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import time
from collections import deque
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from handouts.files import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a worker may use: seconds for a task, tasks in its life, bytes after which it is replaced or stopped."""

    task_seconds: float = 120.0
    tasks: int = 200
    recycle_bytes: int = 400_000_000
    most_bytes: int = 4_000_000_000
    tries: int = 2


@dataclass(frozen=True, slots=True)
class Done(Generic[T, R]):
    """A task that ended: with a `result`, or with none and the reason why its worker is gone."""

    task: T
    result: R | None
    why: str
    tries: int


class Process(Protocol):
    """What a pool asks of a process that it started."""

    @property
    def exitcode(self) -> int | None:
        """How it ended; a signal is negative; None while it lives."""

    def kill(self) -> None:
        """End it at once."""

    def join(self, timeout: float | None = None) -> None:
        """Wait for its end, at most `timeout` seconds."""

    def is_alive(self) -> bool:
        """Whether it has not ended."""


class Launched:
    """A process of a program of its own, which knows nothing but what its pipe tells."""

    def __init__(self, program: subprocess.Popen[bytes]) -> None:
        self._program = program

    @property
    def exitcode(self) -> int | None:
        """How it ended; a signal is negative; None while it lives."""
        return self._program.poll()

    def kill(self) -> None:
        """End it at once."""
        self._program.kill()

    def join(self, timeout: float | None = None) -> None:
        """Wait for its end, at most `timeout` seconds."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._program.wait(timeout)

    def is_alive(self) -> bool:
        """Whether it has not ended."""
        return self._program.poll() is None


@dataclass(slots=True)
class _Worker(Generic[T]):
    process: Process
    pipe: Connection
    task: T | None = None
    tries: int = 0
    deadline: float = 0.0
    served: int = 0
    started: bool = True


@dataclass
class Pool(Generic[T, R]):
    """`jobs` workers that carry out `work`; where they are `launched`, `work` must be one that can be pickled.

    In a program that has threads they are always launched: a fork would wait for locks that no thread of it frees.
    """

    work: Callable[[T], R]
    jobs: int
    limits: Limits = field(default_factory=Limits)
    launched: bool = False
    _workers: list[_Worker[T]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.launched = self.launched or has_threads()

    def run(self, tasks: Iterable[T]) -> Generator[Done[T, R], None, None]:
        """Each task as it ends. Closing the generator stops the workers at once."""
        try:
            yield from self._run(tasks)
        finally:
            self.stop()

    def ask(self, task: T) -> Done[T, R]:
        """One task to its end; its worker stays for the next."""
        (done,) = self._run([task])
        return done

    def _run(self, tasks: Iterable[T]) -> Iterator[Done[T, R]]:
        waiting = deque((task, 1) for task in tasks)
        while waiting or any(worker.task is not None for worker in self._workers):
            self._hand_out(waiting)
            yield from self._collect(waiting)

    def _hand_out(self, waiting: deque[tuple[T, int]]) -> None:
        while waiting:
            worker = next((w for w in self._workers if w.task is None), None)
            if worker is None:
                if len(self._workers) >= self.jobs:
                    return
                worker = self._start()
            task, tries = waiting.popleft()
            worker.task, worker.tries = task, tries
            allowed = self.limits.task_seconds if worker.started else START_SECONDS
            worker.deadline = time.monotonic() + allowed
            try:
                worker.pipe.send(task)
            except OSError:
                self._lose(worker)
                waiting.appendleft((task, tries))

    def _collect(self, waiting: deque[tuple[T, int]]) -> Iterator[Done[T, R]]:
        """Wait until a worker answers, dies or has taken too long."""
        busy = [worker for worker in self._workers if worker.task is not None]
        if not busy:
            return
        soonest = min(worker.deadline for worker in busy)
        ready = set(wait([w.pipe for w in busy], timeout=max(0.0, min(soonest - time.monotonic(), 1.0))))
        for worker in busy:
            if worker.pipe in ready:
                yield from self._answer(worker, waiting)
            elif time.monotonic() >= worker.deadline:
                yield from self._gone(worker, waiting, f"it took longer than {self.limits.task_seconds:.0f} seconds")

    def _answer(self, worker: _Worker[T], waiting: deque[tuple[T, int]]) -> Iterator[Done[T, R]]:
        try:
            told = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join(5)
            yield from self._gone(worker, waiting, why_gone(worker.process.exitcode))
            return
        if told is None:  # it has started, and now takes up its first task
            worker.started, worker.deadline = True, time.monotonic() + self.limits.task_seconds
            return
        result, size = told
        assert worker.task is not None
        done = Done(worker.task, result, "", worker.tries)
        worker.task = None
        worker.served += 1
        if worker.served >= self.limits.tasks or size > self.limits.recycle_bytes:
            self._lose(worker)
        yield done

    def _gone(self, worker: _Worker[T], waiting: deque[tuple[T, int]], why: str) -> Iterator[Done[T, R]]:
        task, tries = worker.task, worker.tries
        assert task is not None
        self._lose(worker)
        if tries < self.limits.tries:
            waiting.appendleft((task, tries + 1))
        else:
            yield Done(task, None, why, tries)

    def _start(self) -> _Worker[T]:
        ours, theirs = multiprocessing.Pipe()
        process = self._launch(theirs) if self.launched else self._fork(ours, theirs)
        theirs.close()
        worker: _Worker[T] = _Worker(process, ours, started=not self.launched)
        self._workers.append(worker)
        if self.launched:
            with contextlib.suppress(OSError):  # it ended before it began, as its first task will learn
                ours.send((self.work, self.limits))
        return worker

    def _fork(self, ours: Connection, theirs: Connection) -> Process:
        others = [worker.pipe for worker in self._workers] + [ours]
        context = multiprocessing.get_context("fork")
        process = context.Process(target=serve, args=(self.work, theirs, others, self.limits), daemon=True)
        process.start()
        return process

    def _launch(self, theirs: Connection) -> Process:
        here = f"import sys; sys.path.insert(0, {str(PACKAGE.parent)!r})"  # and nothing from the current folder
        serve = f"from handouts.batch import workers; workers.serve_pipe({theirs.fileno()})"
        command = [sys.executable, "-P", "-c", f"{here}; {serve}"]
        return Launched(
            subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, process_group=0)  # noqa: S603  our own program
        )

    def _lose(self, worker: _Worker[T]) -> None:
        self._workers.remove(worker)
        worker.pipe.close()
        worker.process.kill()
        worker.process.join()

    def stop(self) -> None:
        """End all workers at once."""
        for worker in list(self._workers):
            self._lose(worker)


def has_threads() -> bool:
    """Whether this process runs more than one thread, of Python's or of a library's."""
    return len(os.listdir("/proc/self/task")) > 1  # noqa: PTH208  names alone


def serve_pipe(number: int) -> None:
    """The life of a worker that was launched: its work is the first thing that the pipe with this `number` tells."""
    pipe: Connection[Any, Any] = Connection(number)
    try:
        work, limits = pipe.recv()
        pipe.send(None)  # it has started
    except (EOFError, OSError):
        os._exit(0)
    serve(work, pipe, (), limits)


def serve(work: Callable[[T], R], pipe: Connection, others: Sequence[Connection], limits: Limits) -> None:
    """The life of a worker. It ends when its pipe does: a parent that was killed leaves nobody behind.

    `others` are pipes that it has inherited and that are none of its business. A task that takes far too long ends
    the worker even if nobody is there any more to do so.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to act upon
    for other in others:
        other.close()
    resource.setrlimit(resource.RLIMIT_AS, (limits.most_bytes, limits.most_bytes))
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            os._exit(0)
        signal.alarm(math.ceil(limits.task_seconds) + GRACE_SECONDS)
        try:
            result = work(task)
            signal.alarm(0)
            pipe.send((result, resident_bytes()))
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        except BrokenPipeError:
            os._exit(0)


OUT_OF_MEMORY = 77
START_SECONDS = 60.0
"""How long a worker that is launched may take to start; it says when it has."""
GRACE_SECONDS = 5
"""After so many seconds more than a task may take, its worker ends by itself; its parent would have ended it."""


def why_gone(exit_code: int | None) -> str:
    """Why a worker is no more, by the exit code of its process."""
    if exit_code == OUT_OF_MEMORY:
        return "it ran out of memory"
    if exit_code is not None and exit_code < 0:
        return f"its process was ended by signal {-exit_code} ({signal.Signals(-exit_code).name})"
    return f"its process ended with code {exit_code}"


def resident_bytes() -> int:
    """The memory that this process holds, in bytes."""
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123  a file of the kernel's
        return int(file.read().split()[1]) * resource.getpagesize()
