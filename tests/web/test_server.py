"""The server as a process of its own: how it starts, stops, and is killed."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.commands import DATE, SHIPPED, environment

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 120.0
SLOW = f"/handouts/{SHIPPED}/en/family.pdf"


@dataclass
class Server:
    """A running server, and the lines that it has told."""

    process: subprocess.Popen[str]
    port: int
    lines: list[str]

    def get(self, path: str, **headers: str) -> tuple[int, bytes]:
        """The status and the body of an answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()


def parent_of(pid: int) -> int | None:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return None


def below(pid: int) -> set[int]:
    """All processes that stem from `pid`."""
    parents = {int(entry.name): parent_of(int(entry.name)) for entry in Path("/proc").iterdir() if entry.name.isdigit()}
    found: set[int] = set()
    wanted = {pid}
    while wanted:
        wanted = {child for child, parent in parents.items() if parent in wanted} - found
        found |= wanted
    return found


def workers_of(pid: int) -> set[int]:
    """The processes that stem from the one that workers are forked from."""
    return {child for child in below(pid) if parent_of(child) != pid}


def gone(pids: set[int]) -> bool:
    """Whether all of `pids` are no more, or soon are."""
    deadline = time.monotonic() + SECONDS
    while any(Path(f"/proc/{pid}").exists() for pid in pids):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@contextlib.contextmanager
def served(tmp_path: Path, *options: str) -> Iterator[Server]:
    command = [sys.executable, "-m", "handouts", "serve", "--port", "0", "--cache", str(tmp_path / "cache")]
    process = subprocess.Popen(
        [*command, "--date", DATE, "--jobs", "1", *options],
        cwd=tmp_path,
        env=environment(PYTHONPATH=str(Path(__file__).resolve().parents[2])),
        stderr=subprocess.PIPE,
        text=True,
    )
    lines: list[str] = []
    assert process.stderr is not None
    try:
        first = process.stderr.readline()
        found = re.search(r"http://\S+:(\d+)/", first)
        assert found is not None, first
        stream = process.stderr
        reader = threading.Thread(target=lambda: lines.extend(stream), daemon=True)
        reader.start()
        server = Server(process, int(found[1]), lines)
        deadline = time.monotonic() + SECONDS
        while True:
            with contextlib.suppress(OSError):
                if server.get("/ready")[0] == 200:
                    break
            assert time.monotonic() < deadline
            time.sleep(0.05)
        yield server
    finally:
        children = below(process.pid)
        process.kill()
        process.wait()
        assert gone(children)
        reader.join(SECONDS)
        process.stderr.close()


def asked(server: Server, path: str) -> tuple[threading.Thread, list[int]]:
    """Ask in a thread; the status is told when it ends."""
    told: list[int] = []
    thread = threading.Thread(target=lambda: told.append(server.get(path)[0]))
    thread.start()
    return thread, told


def test_killing_a_worker_costs_nobody_a_handout(tmp_path: Path) -> None:
    """The machine ends a process to save memory, and a family goes home without the page."""
    with served(tmp_path) as server:
        (worker,) = workers_of(server.process.pid)
        thread, told = asked(server, SLOW)
        os.kill(worker, signal.SIGKILL)
        thread.join()

        assert told == [200]
        assert server.get(SLOW.replace("family", "carrier"))[0] == 200
        assert worker not in workers_of(server.process.pid)


def test_killing_the_server_leaves_no_process_behind(tmp_path: Path) -> None:
    """After a crash, the port and the memory stay taken until the machine is started anew."""
    with served(tmp_path) as server:
        children = below(server.process.pid)
        assert len(children) >= 2
        with contextlib.closing(HTTPConnection("127.0.0.1", server.port, timeout=SECONDS)) as connection:
            connection.request("GET", SLOW)
            server.process.kill()
            server.process.wait()

        assert gone(children)


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_told_to_stop_finishes_what_it_prints(tmp_path: Path, sign: signal.Signals) -> None:
    """A nurse's handout is lost because somebody installs an update."""
    with served(tmp_path) as server:
        children = below(server.process.pid)
        thread, told = asked(server, SLOW)
        deadline = time.monotonic() + SECONDS
        while not any(cpu_seconds(pid) > 0.2 for pid in workers_of(server.process.pid)):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        server.process.send_signal(sign)
        thread.join()
        code = server.process.wait(SECONDS)

        assert told == [200]
        assert code in {0, -sign, 130}
        assert gone(children)
        assert not any("Traceback" in line for line in server.lines)


def cpu_seconds(pid: int) -> float:
    """The time that a process has worked since it was forked."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_the_log_tells_of_editions_and_of_nobody(tmp_path: Path) -> None:
    """The log says that somebody at the counter asked about carriers at ten past three."""
    with served(tmp_path) as server:
        server.get(f"{SLOW}?place=US", Referer="http://record.example/patient/4711", **{"User-Agent": "Secret/1"})
        server.get("/infobutton?mainSearchCriteria.v.dn=Jane+Doe")
        server.get("/handouts/jane-doe/en/family.pdf")
        deadline = time.monotonic() + SECONDS
        while len(server.lines) < 3:
            assert time.monotonic() < deadline
            time.sleep(0.05)

    told = "".join(server.lines)
    assert re.search(r'"edition": "[0-9a-f]{4}-[0-9a-f]{4}"', told)
    for secret in ("US", "4711", "Secret", "Jane", "jane", "127.0.0.1", "mainSearch", SHIPPED):
        assert secret not in told.partition("\n")[0] + told


def test_a_port_that_is_taken_is_told_with_what_to_do(tmp_path: Path) -> None:
    """A second start ends in a page of Python."""
    with served(tmp_path) as server:
        command = [sys.executable, "-m", "handouts", "serve", "--port", str(server.port)]
        ran = subprocess.run(
            command,
            cwd=tmp_path,
            env=environment(PYTHONPATH=str(Path(__file__).resolve().parents[2])),
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )

    assert ran.returncode == 2
    assert "cannot-listen" in ran.stderr
    assert "Traceback" not in ran.stderr
