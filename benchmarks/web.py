"""How fast `handouts serve` answers, beside the engine alone, and what many clients and killed workers do to it.

    python benchmarks/web.py [--seconds 120] [--clients 200]

Server time is what the server's own log tells: from the first look at a request to the last byte handed over. Clients
run in a process of their own on the same machine, and share its cores.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import datetime
import json
import os
import platform
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from handouts import pipeline
from handouts.batch.work import CachedProject
from handouts.model.edition import Audience, Edition, Paper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent
CONDITION = "x-linked-hyper-igm"
DAY = datetime.date(2026, 11, 21)
CACHED = [f"/handouts/{CONDITION}/{tag}/family.pdf" for tag in ("en", "es", "ar", "hi")]
PLACES = ("US", "GB", "CA", "AU", "IE", "NZ", "DE", "FR", "ES", "IT", "MX", "BR", "IN", "JP", "ZA", "KE")


@dataclass
class Server:
    """A running server and its log."""

    process: subprocess.Popen[str]
    port: int
    lines: list[str] = field(default_factory=list)

    def answers(self, start: int) -> list[dict[str, object]]:
        """What the log tells of answers, from line `start` on."""
        return [json.loads(line) for line in self.lines[start:] if line.startswith("{")]


@contextlib.contextmanager
def served(folder: Path) -> Iterator[Server]:
    """A server with two workers and an empty cache."""
    command = [sys.executable, "-m", "handouts", "serve", "--port", "0", "--draft", "--jobs", "2"]
    command += ["--cache", str(folder), "--date", DAY.isoformat(), "--queue", "400"]
    process = subprocess.Popen(  # noqa: S603  our own command
        command, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert process.stderr is not None
    port = int(process.stderr.readline().rpartition(":")[2].partition("/")[0])
    server = Server(process, port)
    threading.Thread(target=lambda: server.lines.extend(process.stderr or ()), daemon=True).start()
    try:
        asyncio.run(until_ready(port))
        yield server
    finally:
        process.terminate()
        process.wait()


async def until_ready(port: int) -> None:
    """Wait until the workers are warm."""
    while True:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            async with asyncio.timeout(5):
                if (await one(port, "/ready"))[0] == 200:  # noqa: PLR2004  OK
                    return
        await asyncio.sleep(0.05)


async def one(port: int, path: str) -> tuple[int, int]:
    """One request on a connection of its own: the status, and how many bytes came."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        return await over(reader, writer, path)
    finally:
        writer.close()


async def over(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> tuple[int, int]:
    """One request over a connection that stays open."""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
    await reader.readexactly(length)
    return int(head[9:12]), length


async def load(port: int, clients: int, seconds: float, path_of: Callable[[int], str]) -> tuple[Counter[str], float]:
    """What `clients` got who asked without a pause for `seconds`, by status, and how long it took."""
    told: Counter[str] = Counter()
    numbers = iter(range(10**9))
    end = time.monotonic() + seconds

    async def client() -> None:
        while time.monotonic() < end:
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                try:
                    while time.monotonic() < end:
                        status, _ = await over(reader, writer, path_of(next(numbers)))
                        told[str(status)] += 1
                finally:
                    writer.close()
            except (OSError, asyncio.IncompleteReadError) as error:
                told[type(error).__name__] += 1

    started = time.monotonic()
    await asyncio.gather(*(client() for _ in range(clients)))
    return told, time.monotonic() - started


def workers_of(pid: int) -> list[int]:
    """The processes that workers are: the grandchildren of the server."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    children = {child for child, parent in parents.items() if parent == pid}
    return [child for child, parent in parents.items() if parent in children]


def megabytes(pid: int) -> float:
    """What a process holds, shared pages counted in part."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) / 1000


def cpu_seconds(pid: int) -> float:
    """How long a process has worked."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def quantiles(values: list[float]) -> str:
    """The median and the value that one of a hundred is above."""
    ordered = sorted(values)
    return f"p50 {statistics.median(ordered):.1f} ms, p99 {ordered[int(len(ordered) * 0.99)]:.1f} ms"


def machine() -> str:
    """What was measured on."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return f"{line.partition(':')[2].strip()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    return f"{platform.processor()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def engine(places: tuple[str, ...]) -> list[float]:
    """Milliseconds that the engine takes, with the check, in a warm process for the same handouts."""
    project = CachedProject(None)
    pipeline.warm_up(project)
    times = []
    for place in ("SE", "NO", *places):
        edition = Edition(Audience.FAMILY, Paper.A4, DAY, place=place)
        started = time.perf_counter()
        pipeline.make(project, CONDITION, "en", edition, draft=True)
        times.append((time.perf_counter() - started) * 1000)
    return times[2:]


Row = tuple[str, str]


def cached(server: Server) -> Iterator[Row]:
    """The same few handouts again and again, as fast as they come."""
    for path in CACHED:
        asyncio.run(one(server.port, path))
    for clients in (1, 20):
        start, worked = len(server.lines), cpu_seconds(server.process.pid)
        told, seconds = asyncio.run(load(server.port, clients, 5, lambda n: CACHED[n % len(CACHED)]))
        core_ms = (cpu_seconds(server.process.pid) - worked) * 1000 / max(1, told["200"])
        time.sleep(0.3)
        took = quantiles([float(str(line["ms"])) for line in server.answers(start)])
        rate = f"{told['200'] / seconds:.0f} a second, server time {took}, {core_ms:.2f} ms of a core each"
        yield f"cached, {clients} at a time", rate


def fresh(server: Server) -> Iterator[Row]:
    """Handouts that nobody has asked for before, one after the other, and the same from the engine alone."""
    took = []
    for place in ("SE", "NO", "DK", "FI", *PLACES):
        started = time.perf_counter()
        asyncio.run(one(server.port, f"{CACHED[0]}?place={place}"))
        took.append((time.perf_counter() - started) * 1000)
    yield "not cached", f"median {statistics.median(took[4:]):.0f} ms"
    yield "the engine alone, checked", f"median {statistics.median(engine(PLACES)):.0f} ms"


def memory(server: Server) -> Row:
    """What the server and its workers hold."""
    workers = ", ".join(f"{megabytes(pid):.0f}" for pid in workers_of(server.process.pid))
    return "memory, server and workers", f"{megabytes(server.process.pid):.0f} MB, {workers} MB"


def crowd(server: Server, clients: int, seconds: float) -> Row:
    """Many clients without a pause; one of a hundred requests is for a handout that was never made before."""

    def mixed(number: int) -> str:
        path = CACHED[number % len(CACHED)]
        return f"{path}?bilingual=fr&place={PLACES[number // 100 % 16]}" if number % 100 == 0 else path

    told, took = asyncio.run(load(server.port, clients, seconds, mixed))
    return f"{clients} clients, {seconds:.0f} s", f"{dict(told)}, {sum(told.values()) / took:.0f} a second"


def killing(server: Server) -> Row:
    """What becomes of fresh handouts while a worker is killed every other second."""
    stop = threading.Event()
    killed = []

    def kill() -> None:
        while not stop.wait(2):
            for pid in workers_of(server.process.pid)[:1]:
                with contextlib.suppress(OSError):
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)

    thread = threading.Thread(target=kill)
    thread.start()
    paths = [f"/handouts/{CONDITION}/{tag}/carrier.pdf?place={place}" for tag in ("en", "es") for place in PLACES]
    told, _ = asyncio.run(load(server.port, 4, 15, lambda n: paths[n % len(paths)]))
    stop.set()
    thread.join()
    return f"kill -9, {len(killed)} times in 15 s", f"{dict(told)}"


def main() -> None:
    """Measure, and print each row as it comes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--clients", type=int, default=200)
    asked = parser.parse_args()

    def show(row: Row) -> None:
        print(f"{row[0]:<28}  {row[1]}", flush=True)

    show(("machine", f"{machine()}; load {os.getloadavg()[0]:.1f} at the start"))
    with tempfile.TemporaryDirectory() as name, served(Path(name)) as server:
        for row in (*cached(server), *fresh(server)):
            show(row)
        show(memory(server))
        show(crowd(server, asked.clients, asked.seconds))
        show(memory(server))
        show(killing(server))


if __name__ == "__main__":
    main()
