"""The same tasks on the workers of a Dask cluster. The files come back to us, and we alone write them.

So workers need no rights to any storage, and there is one journal. A Dask worker carries tasks out in threads, which
the engine's libraries can't bear: each of those threads has a process of ours, which is kept warm, and which may hang
or die without harm to the worker.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import logging
import os
import platform
import re
import socket
import tempfile
import threading
import zipfile
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handouts import __version__
from handouts.batch.inputs import ENGINES
from handouts.batch.values import JobResult, State
from handouts.batch.work import CachedProject, Task, carry_out
from handouts.batch.workers import Done, Limits, Pool
from handouts.files import PACKAGE, SHIPPED, shipped
from handouts.problems import HandoutsError, Location, Problem, UsageError
from handouts.project import own_files, own_folders

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping, Sequence

    from handouts.project import Project

SECONDS_TO_REACH = 10
SECONDS_FOR_WORKERS = 60
AHEAD = 3
"""Tasks at the scheduler for each thread of the cluster: enough that none waits, and results do not pile up."""
STAMP = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Returned:
    """What a worker sends back: what became of the task, and the bytes of its file, if it made one."""

    done: Done[Task, JobResult]
    data: bytes | None


def carried_out(
    tasks: Sequence[Task], project: Project, address: str, limits: Limits
) -> Generator[Done[Task, JobResult], None, None]:
    """Each of `tasks` as it ends somewhere on the cluster; its file lies in its `part`.

    Raises `HandoutsError` when the cluster can't be used. Closing the generator cancels what is left.
    """
    try:
        import distributed  # noqa: PLC0415  an optional extra
    except ImportError:
        hint = "pip install 'handouts[cluster]'"
        message = "a cluster needs the extra 'cluster', which is not installed"
        raise UsageError(Problem("extra-missing", message, hint=hint)) from None
    _refuse_silence(address)
    for name in (
        "distributed",
        "distributed.client",
        "tornado.application",
    ):  # what goes wrong is told by us, once and without a traceback
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        client: Any = distributed.Client(address, timeout=SECONDS_TO_REACH, set_as_default=False, name="handouts")
    except (OSError, ValueError, TimeoutError) as error:
        raise _silence(address, error) from None
    futures: dict[Any, Task] = {}
    try:
        threads = _threads(client, address)
        _refuse_strangers(client, address)
        bundle = packed(project)
        # a task and no scattered value: when the worker that holds it dies, it is made again
        bundled = client.submit(bytes, bundle, key=f"handouts-project-{hashlib.sha256(bundle).hexdigest()}", priority=1)
        waiting = iter(tasks)
        coming: Any = distributed.as_completed(loop=client.loop)

        def submit(task: Task) -> None:
            future = client.submit(perform, bundled, task, ours(), limits, pure=False, retries=1)
            futures[future] = task
            coming.add(future)

        for _ in range(AHEAD * threads):
            if (task := next(waiting, None)) is not None:
                submit(task)
        for future in coming:
            task = futures.pop(future)
            yield _arrived(task, future, address, limits)
            if (following := next(waiting, None)) is not None:
                submit(following)
    finally:
        with contextlib.suppress(Exception):  # it is over; what the cluster thinks of that is no matter
            if client.status == "running":
                client.cancel(list(futures), force=True)
        with contextlib.suppress(Exception):
            client.close(timeout=5)


def _refuse_silence(address: str) -> None:
    """Ask first whether anybody is there: Dask would ask for a minute."""
    found = re.fullmatch(r"(?:tcp|tls)://([^/:]+|\[[0-9a-fA-F:]+\]):(\d{1,5})", address)
    if found is None:
        hint = "an address looks like tcp://host:8786"
        raise UsageError(Problem("cluster", "this is no address of a scheduler", Location(address), hint=hint))
    try:
        socket.create_connection((found[1].strip("[]"), int(found[2])), SECONDS_TO_REACH).close()
    except (OSError, OverflowError) as error:
        raise _silence(address, error) from None


def _silence(address: str, error: Exception) -> HandoutsError:
    message = f"no scheduler answers: {str(error) or type(error).__name__}"
    hint = "start one with `dask scheduler`, and give the address that it tells"
    return HandoutsError(Problem("cluster", message, Location(address), hint=hint))


def ours() -> Mapping[str, str]:
    """The fingerprint of this machine."""
    return fingerprint()


def _threads(client: Any, address: str) -> int:  # noqa: ANN401  distributed is optional
    """How many tasks the cluster carries out at once. Raises `HandoutsError` when nobody is there to do it."""
    try:
        client.wait_for_workers(1, timeout=SECONDS_FOR_WORKERS)
    except TimeoutError:
        hint = f"start some: dask worker {address} --nthreads 1"
        message = f"the scheduler has had no worker for {SECONDS_FOR_WORKERS} seconds"
        raise HandoutsError(Problem("cluster", message, Location(address), hint=hint)) from None
    return sum(client.nthreads().values()) or 1


def _refuse_strangers(client: Any, address: str) -> None:  # noqa: ANN401  see above
    """cluster-versions: a worker with another program would make other files, or none."""
    here = ours()
    problems = []
    for worker, theirs in sorted(client.run(fingerprint, on_error="return").items()):
        if isinstance(theirs, dict):
            differing = [name for name in here if theirs.get(name) != here[name]]
            told = ", ".join(f"{name} {theirs.get(name)} there and {here[name]} here" for name in differing)
        else:
            told = f"it can't load handouts: {theirs}"
        if told:
            problems.append(Problem("cluster-versions", f"the worker {worker} differs: {told}", Location(address)))
    if problems:
        hint = "install the same versions on all machines; one container image is the simplest way"
        raise HandoutsError(*(replace(problem, hint=hint) for problem in problems))


def _arrived(task: Task, future: Any, address: str, limits: Limits) -> Done[Task, JobResult]:  # noqa: ANN401  see above
    """What came back for `task`; its file is written to its `part`. Raises `HandoutsError` when nothing can come."""
    try:
        # one whose worker died with the result in its hands is made again first
        returned = future.result(timeout=SECONDS_FOR_WORKERS + limits.tries * limits.task_seconds)
    except Exception as error:  # noqa: BLE001  what the cluster met with is told of this task
        if future.status != "error":
            hint = "look at the scheduler, and run this again: what is finished stays"
            raise HandoutsError(Problem("cluster", "the scheduler was lost", Location(address), hint=hint)) from None
        return Done(task, None, f"the cluster says: {type(error).__name__}: {error}", 1)
    finally:
        future.release()
    done: Done[Task, JobResult] = replace(returned.done, task=task)
    if returned.data is not None and done.result is not None and done.result.record is not None:
        if hashlib.sha256(returned.data).hexdigest() != done.result.record.sha256:
            return Done(task, None, "the file was damaged on its way here", done.tries)
        try:
            task.part.write_bytes(returned.data)
            descriptor = os.open(task.part, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            hint = "make room on the disk and run it again: what is finished stays"
            problem = Problem("cannot-write", f"the file can't be written: {error.strerror or error}", hint=hint)
            return Done(task, JobResult(task.job.name, State.FAILED, (str(problem),)), "", done.tries)
    return done


# ---------------------------------------------------------------------------------------- on a worker


def perform(bundle: bytes, task: Task, wanted: Mapping[str, str], limits: Limits) -> Returned:
    """Carry out `task` in a process of this thread's own, with the project that is packed in `bundle`."""
    if fingerprint() != wanted:
        return Returned(Done(task, None, "a worker that came later has other versions of the programs", 1), None)
    root = _unpacked(hashlib.sha256(bundle).hexdigest(), bundle)
    pool = _pool(root, limits)
    part = Path(tempfile.mkdtemp(dir=_own_folder())) / "part"
    try:
        done = _as_at_home(pool.ask(replace(task, part=part)), root)
        return Returned(done, part.read_bytes() if part.is_file() else None)
    finally:
        part.unlink(missing_ok=True)
        part.parent.rmdir()


def _as_at_home(done: Done[Task, JobResult], root: Path | None) -> Done[Task, JobResult]:
    """What is told of files below `root` is told as below the user's project."""
    if done.result is None or root is None:
        return done
    problems = tuple(problem.replace(f"{root}{os.sep}", "") for problem in done.result.problems)
    return replace(done, result=replace(done.result, problems=problems))


_pools = threading.local()
_unpacking = threading.Lock()


def _pool(root: Path | None, limits: Limits) -> Pool[Task, JobResult]:
    """The warm process of this thread, for the project in `root`."""
    held: tuple[Path | None, Limits, Pool[Task, JobResult]] | None = getattr(_pools, "held", None)
    if held is not None and held[:2] == (root, limits):
        return held[2]
    if held is not None:
        held[2].stop()
    pool: Pool[Task, JobResult] = Pool(partial(carry_out, CachedProject(root)), 1, limits, launched=True)
    _pools.held = (root, limits, pool)
    return pool


@cache
def _own_folder() -> str:
    """A folder of this worker's own, which Dask clears away even when the worker was killed."""
    import distributed  # noqa: PLC0415  an optional extra

    return tempfile.mkdtemp(prefix="handouts-", dir=distributed.get_worker().local_directory)


_roots: dict[str, Path | None] = {}


def _unpacked(key: str, bundle: bytes) -> Path | None:
    """The project in `bundle` as a folder, unpacked once; None when it holds nothing of the user's."""
    with _unpacking:
        if key not in _roots:
            root = Path(_own_folder()) / key[:20]
            with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
                archive.extractall(root)
                _roots[key] = root if archive.namelist() else None
        return _roots[key]


# ------------------------------------------------------------------------------------- what travels


def packed(project: Project) -> bytes:
    """The user's own part of `project` as an archive, the same for the same files; what we ship is there already.

    Raises `HandoutsError` when a file of it leads out of it.
    """
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in _own(project):
            project.refuse_outside(path)
            assert project.root is not None
            entry = zipfile.ZipInfo(path.relative_to(project.root).as_posix(), STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())
    return data.getvalue()


def _own(project: Project) -> Iterator[Path]:
    yield from (path for path in sorted(own_files(project.root)) if path.is_file())
    for folder in own_folders(project.root):
        yield from (path for path in sorted(folder.rglob("*")) if path.is_file())


@cache
def fingerprint() -> dict[str, str]:
    """What must be the same on every machine: the versions of the programs, and all that we ship."""
    sums = hashlib.sha256()
    fonts = shipped("fonts")
    for folder in (PACKAGE, *(place for place in SHIPPED if place != fonts)):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            if "__pycache__" not in path.parts and not _is_shipped_inside(path, folder):
                sums.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes())
    sums.update((fonts / "manifest.toml").read_bytes())  # it holds the sum of each font
    told = {
        "handouts": f"{__version__} ({sums.hexdigest()[:12]})",
        "python": ".".join(platform.python_version_tuple()[:2]),
    }
    return told | {name: _version(name) for name in (*ENGINES, "pikepdf", "page-validation", "distributed")}


def _is_shipped_inside(path: Path, folder: Path) -> bool:
    """Whether a file lies in those folders that a wheel keeps within the package, and a checkout beside it."""
    return folder == PACKAGE and path.relative_to(folder).parts[0] == "_shipped"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
