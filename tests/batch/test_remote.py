from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

import fsspec
import pytest
from fsspec.implementations.local import LocalFileSystem
from fsspec.implementations.memory import MemoryFileSystem

from handouts.batch.cluster import carried_out
from handouts.batch.places import read_at, store_in
from handouts.batch.remote import RemoteStore
from handouts.batch.run import foreseen, run_jobs
from handouts.batch.store import faults_of, recorded_in
from handouts.batch.workers import Limits
from handouts.model.edition import Format
from handouts.problems import HandoutsError
from handouts.project import Project
from tests.batch.test_run import ALL, OPTIONS, jobs_for, states, world
from tests.commands import contents, environment, handouts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handouts.batch.values import BatchReport, Job, JobResult

__all__ = ["world"]

BUCKET = "s3://leaflets"
LAUNCHED = replace(OPTIONS, jobs=1, launched=True)


@pytest.fixture(scope="module")
def s3() -> Iterator[dict[str, str]]:
    """The environment in which an S3 server on this machine is found, with one bucket."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "AKIATESTTESTTEST",
        "AWS_SECRET_ACCESS_KEY": "the-secret-of-the-store",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment())
    with pytest.MonkeyPatch.context() as patched:
        for name, value in settings.items():
            patched.setenv(name, value)
        patched.delenv("AWS_PROFILE", raising=False)
        for _ in range(300):
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            time.sleep(0.1)
        system(BUCKET).mkdir("leaflets")
        try:
            yield settings
        finally:
            server.kill()
            server.wait()


def system(address: str) -> Any:  # noqa: ANN401  fsspec has no types
    found, _ = fsspec.core.url_to_fs(address)
    return found


@pytest.fixture(params=["memory", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> RemoteStore:
    """An empty store of each kind."""
    if request.param == "s3":
        request.getfixturevalue("s3")
    found = store_in(f"{BUCKET if request.param == 's3' else 'memory:/'}/{tmp_path.name}/a prefix")
    assert isinstance(found, RemoteStore)
    return found


def run(world: Project, store: RemoteStore, jobs: list[Job], **options: Any) -> BatchReport:  # noqa: ANN401  of Options
    return run_jobs(jobs, world, store, replace(LAUNCHED, **options), lambda _, __: None)


def test_a_batch_in_an_object_store_is_proved_and_only_what_changed_is_made_again(
    world: Project, store: RemoteStore, tmp_path: Path
) -> None:
    """An organization with its files in a bucket has no list that proves them, or pays for all of it each month."""
    assert set(states(run(world, store, ALL)).values()) == {"made"}
    assert list(faults_of(store)) == []
    assert set(recorded_in(store)) == {job.name for job in ALL}
    assert {"manifest.csv", "index.html", "report.html"} <= set(store.names())
    assert set(states(run(world, store, ALL)).values()) == {"unchanged"}
    assert {each.fate.value for each in foreseen(ALL, world, store, LAUNCHED)} == {"unchanged"}
    path = tmp_path / "ours/conditions/bee.yaml"
    path.write_text(path.read_text().replace("You can ask for time.", "You may ask for time."))
    did = states(run(world, store, ALL))
    assert [name for name, state in did.items() if state == "made"] == ["bee-carrier.txt"]
    assert list(faults_of(store)) == []
    assert not [name for name in store._all() if name.startswith((".handouts/journal", ".handouts/lock"))]  # noqa: SLF001


def test_files_of_a_store_are_found_again_whatever_fsspec_makes_of_its_names(world: Project, tmp_path: Path) -> None:
    """Each kind of store writes the beginning of a path in its own way, and everything looks new to us."""
    store = RemoteStore(LocalFileSystem(auto_mkdir=True), str(tmp_path / "store"), "here")
    jobs = jobs_for("ant", form=Format.PDF)

    assert set(states(run(world, store, jobs, join=True, pack=True)).values()) == {"made"}
    assert list(faults_of(store)) == []
    assert set(states(run(world, store, jobs)).values()) == {"unchanged"}
    (tmp_path / "store/for-print/en-a4.pdf").unlink()
    (tmp_path / "store/handouts.zip").write_bytes(b"short")
    store = RemoteStore(LocalFileSystem(auto_mkdir=True), str(tmp_path / "store"), "here")
    assert list(faults_of(store)) == [("handouts.zip", "changed")]  # the last run asked for no file for the printer


def test_what_is_missing_or_was_damaged_in_a_store_is_found_and_made_again(world: Project, store: RemoteStore) -> None:
    """Somebody tidied up the bucket, and a clinic prints a page of nothing."""
    run(world, store, ALL)
    whole = store.read("cow-family.txt", 1_000_000)
    assert whole is not None
    store._do("rm_file", "ant-family.txt")  # noqa: SLF001  as somebody else would
    store.write("bee-family.txt", b"short")
    store.write("cow-family.txt", b"X" + whole[1:])
    store.write("holiday.txt", b"not ours")

    assert list(faults_of(store)) == [
        ("ant-family.txt", "missing"),
        ("bee-family.txt", "changed"),
        ("cow-family.txt", "changed"),
        ("holiday.txt", "extra"),
    ]
    made = {name for name, state in states(run(world, store, ALL, check=True)).items() if state == "made"}
    assert made == {"ant-family.txt", "bee-family.txt", "cow-family.txt"}
    assert store.read("cow-family.txt", 1_000_000) == whole
    assert list(faults_of(store)) == [("holiday.txt", "extra")]


def test_a_file_of_the_same_length_is_known_by_what_the_store_says_of_it(
    world: Project, s3: dict[str, str], tmp_path: Path
) -> None:
    """A word was replaced in the bucket, and every run of the year calls it unchanged."""
    assert s3
    store = store_in(f"{BUCKET}/{tmp_path.name}")
    assert isinstance(store, RemoteStore)
    run(world, store, ALL)
    whole = store.read("cow-family.txt", 1_000_000) or b""
    store.write("cow-family.txt", b"X" + whole[1:])

    did = states(run(world, store, ALL))

    assert [name for name, state in did.items() if state == "made"] == ["cow-family.txt"]


def test_the_plan_sees_in_a_store_what_the_run_sees(world: Project, s3: dict[str, str], tmp_path: Path) -> None:
    """The plan says that all is well, and the run makes files that somebody had replaced."""
    assert s3
    store = store_in(f"{BUCKET}/{tmp_path.name}")
    assert isinstance(store, RemoteStore)
    run(world, store, ALL)
    whole = store.read("cow-family.txt", 1_000_000)
    assert whole is not None
    store.write("cow-family.txt", b"X" + whole[1:])

    fates = foreseen(ALL, world, store_in(f"{BUCKET}/{tmp_path.name}"), LAUNCHED)

    assert [each.job.name for each in fates if each.fate.value == "make"] == ["cow-family.txt"]


def test_what_a_killed_run_made_anew_and_told_is_not_made_a_third_time(
    world: Project, s3: dict[str, str], tmp_path: Path
) -> None:
    """A night's changes are put and on record, and after the power cut all of them are paid for again."""
    assert s3
    store = store_in(f"{BUCKET}/{tmp_path.name}")
    assert isinstance(store, RemoteStore)
    run(world, store, ALL)
    before = {name: store.read(name, 1_000_000) for name in ("manifest.json", ".handouts/etags.json")}
    path = tmp_path / "ours/conditions/bee.yaml"
    path.write_text(path.read_text().replace("You can ask for time.", "You may ask for time."))
    assert states(run(world, store, ALL))["bee-carrier.txt"] == "made"
    record = json.dumps(recorded_in(store)["bee-carrier.txt"].as_json()).encode()
    for name, data in before.items():  # the run that made it was killed before it wrote the manifest
        store._do("pipe_file", name, data)  # noqa: SLF001
    store._do("pipe_file", ".handouts/journal/00000001.jsonl", record)  # noqa: SLF001

    assert set(states(run(world, store, ALL)).values()) == {"unchanged"}
    assert set(states(run(world, store, ALL)).values()) == {"unchanged"}


def test_files_that_were_copied_and_looked_into_are_not_made_again(
    world: Project, s3: dict[str, str], tmp_path: Path
) -> None:
    """A bucket was moved; --check finds every file good, and the next run makes all of them."""
    assert s3
    store = store_in(f"{BUCKET}/{tmp_path.name}")
    assert isinstance(store, RemoteStore)
    run(world, store, ALL)
    signatures = {job.name: "as the other bucket said" for job in ALL}
    store._do("pipe_file", ".handouts/etags.json", json.dumps(signatures).encode())  # noqa: SLF001

    assert set(states(run(world, store, ALL, check=True)).values()) == {"unchanged"}
    assert set(states(run(world, store, ALL)).values()) == {"unchanged"}


class Overwriting(MemoryFileSystem):  # type: ignore[misc]  # fsspec has no types
    """A store of a kind that does not know how to make only what is not there, as fsspec has some."""

    protocol = "overwriting"
    store: ClassVar[dict[str, Any]] = {}
    pseudo_dirs: ClassVar[list[str]] = [""]

    def pipe_file(self, path: str, value: bytes, mode: str = "overwrite", **options: Any) -> None:  # noqa: ANN401
        assert mode in {"overwrite", "create"}
        super().pipe_file(path, value, **options)


def test_a_store_that_overwrites_keeps_two_batches_apart_too() -> None:
    """The lock of the first is written over, and two machines write each other's manifest."""
    first, second = (RemoteStore(Overwriting(), "/leaflets", "overwriting://leaflets") for _ in range(2))
    with first, pytest.raises(HandoutsError, match="another batch is at work"), second:
        pass
    with first:
        held = json.loads(first.read(".handouts/lock", 1000) or b"")
        other = json.dumps(held | {"who": "process 1 on another", "machine": "another"}).encode()
        first._do("pipe_file", ".handouts/lock", other)  # noqa: SLF001  as if that machine had been here first
        with pytest.raises(HandoutsError, match="process 1 on another"), second:
            pass
        assert first.read(".handouts/lock", 1000) == other


def test_two_batches_do_not_share_a_store_and_the_second_is_told_whose_it_is(
    world: Project, store: RemoteStore
) -> None:
    """Two machines write each other's manifest."""
    second = RemoteStore(*store.__reduce__()[1])
    with store, pytest.raises(HandoutsError) as caught:
        run(world, second, ALL)

    (problem,) = caught.value.problems
    assert problem.code == "batch-running"
    assert f"process {os.getpid()} on {socket.gethostname()}" in problem.message
    assert set(states(run(world, second, ALL)).values()) == {"made"}


def test_the_lock_of_a_process_of_this_machine_that_has_died_holds_nobody_up(
    world: Project, store: RemoteStore
) -> None:
    """After a power cut somebody has to learn what a lock object is."""
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    with store:
        held = json.loads(store.read(".handouts/lock", 1000) or b"")
    foreign = held | {"machine": "another", "process": dead.pid}
    store._do("pipe_file", ".handouts/lock", json.dumps(foreign).encode())  # noqa: SLF001  as another machine would
    with pytest.raises(HandoutsError):
        run(world, store, ALL)
    store._do("pipe_file", ".handouts/lock", json.dumps(held | {"process": dead.pid}).encode())  # noqa: SLF001

    assert set(states(run(world, store, ALL)).values()) == {"made"}


def test_a_batch_into_a_store_that_is_lost_goes_on_where_it_was(world: Project, store: RemoteStore) -> None:
    """The night's work is paid for twice."""
    half = jobs_for("ant", "bee")
    run(world, store, half)
    records = [json.dumps(record.as_json()).encode() for record in recorded_in(store).values()]
    for name in ("manifest.json", ".handouts/etags.json"):
        store._do("rm_file", name)  # noqa: SLF001  the manifest of a run that was killed was never written
    store._do("pipe_file", ".handouts/journal/00000001.jsonl", b"\n".join(records[:3]) + b'\n{"name": "bee')  # noqa: SLF001
    store.write("bee-carrier.txt", b"it was put, and not told")

    did = states(run(world, store, ALL))

    assert [name for name, state in did.items() if state == "unchanged"] == [job.name for job in half[:3]]
    assert list(faults_of(store)) == []


class Slow(MemoryFileSystem):  # type: ignore[misc]  # fsspec has no types
    """A store that can be asked for several things at once, and takes a handout only when a second is on its way."""

    async_impl = True
    cachable = False
    lost = ""

    def __init__(self) -> None:
        super().__init__()
        self.both = threading.Barrier(2, timeout=60)

    def put_file(self, lpath: str, rpath: str, **options: Any) -> None:  # noqa: ANN401  fsspec's
        if rpath.endswith(".txt"):
            self.both.wait()
        if self.lost and rpath.endswith(self.lost):
            message = "the line is cut"
            raise OSError(message)
        super().put_file(lpath, rpath, **options)


def test_files_are_on_their_way_to_a_store_while_others_are_made(
    world: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hundred machines wait for one file after the other to cross the network."""
    monkeypatch.setattr("handouts.batch.remote.AT_ONCE", 2)
    store = RemoteStore(Slow(), f"/{tmp_path.name}", "there")

    assert set(states(run(world, store, ALL)).values()) == {"made"}
    assert set(recorded_in(store)) == {job.name for job in ALL}
    assert list(faults_of(store)) == []


def test_a_file_that_is_lost_on_its_way_fails_alone(
    world: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that did not arrive is on record as if it had, or takes those beside it along."""
    monkeypatch.setattr("handouts.batch.remote.AT_ONCE", 2)
    slow = Slow()
    slow.lost = "bee-family.txt"
    store = RemoteStore(slow, f"/{tmp_path.name}", "there")

    did = states(run(world, store, ALL))

    assert [name for name, state in did.items() if state != "made"] == ["bee-family.txt"]
    assert set(recorded_in(store)) == {job.name for job in ALL} - {"bee-family.txt"}
    assert list(faults_of(store)) == []


def test_what_is_on_its_way_when_a_batch_is_stopped_is_on_record(
    world: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file lies in the store that no manifest knows."""
    monkeypatch.setattr("handouts.batch.remote.AT_ONCE", 2)
    store = RemoteStore(Slow(), f"/{tmp_path.name}", "there")

    def stop(_: JobResult, left: int) -> None:
        if left == len(ALL) - 1:  # the first is told, and the second is on its way
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_jobs(ALL, world, store, LAUNCHED, stop)

    assert len(recorded_in(store)) == 2
    assert list(faults_of(store)) == []


def test_the_command_takes_plan_table_project_and_folder_from_a_store(
    world: Project, s3: dict[str, str], tmp_path: Path
) -> None:
    """Half of what an organization keeps in its bucket has to be copied to somebody's laptop first."""
    assert world.root is not None
    there = f"{BUCKET}/{tmp_path.name}"
    system(there).put(str(world.root), f"{there}/ours", recursive=True)
    plan = 'conditions = ["ant"]\nfor = ["family"]\nrows = "rows.csv"\nname = "{clinic}.{format}"\n'
    system(there).pipe({f"{there}/plan/batch.toml": plan.encode(), f"{there}/plan/rows.csv": b"clinic\nnord\n"})
    out = f"{there}/out"
    arguments = (f"{there}/plan/batch.toml", "--out", out, "--project", f"{there}/ours")

    (tmp_path / "here").mkdir()
    here = tmp_path / "here"
    seen = handouts("batch", "plan", *arguments, "--json", cwd=here)
    made = handouts("batch", "run", *arguments, "--json", "--zip", cwd=here)
    again = handouts("batch", "run", *arguments, cwd=here)
    proved = handouts("batch", "verify", out, "--deep", cwd=here)

    assert [each["fate"] for each in seen.json] == ["make"]
    assert (made.code, made.err) == (0, "")
    assert json.loads(made.out.splitlines()[-1])["made"] == 1
    assert again.out.startswith("0 made, 1 unchanged")
    assert (proved.code, proved.out) == (0, "every file is as the manifest says, and every PDF is sound\n")
    index = system(out).info(f"{out}/index.html")
    assert index["ContentType"] == "text/html"
    everything = b"".join(system(out).cat_file(path) for path in system(out).find(out))
    told = "".join(ran.told for ran in (seen, made, again, proved))
    assert s3["AWS_SECRET_ACCESS_KEY"].encode() not in everything
    assert s3["AWS_SECRET_ACCESS_KEY"] not in told
    assert contents(here) == {}


@pytest.mark.parametrize(
    ("address", "code", "exit_code"),
    [
        ("s3://user:word@leaflets/x", "store-address", 2),
        ("s3://leaflets/x?secret=word", "store-address", 2),
        ("nowhere://leaflets/x", "store-address", 2),
        ("s3://no-such-bucket/x", "store", 1),
    ],
)
def test_a_store_that_can_not_be_used_is_told_and_no_password_repeated(
    world: Project, s3: dict[str, str], tmp_path: Path, address: str, code: str, exit_code: int
) -> None:
    """A password in a report that is handed out."""
    assert s3
    (tmp_path / "batch.toml").write_text('conditions = ["ant"]\n')

    ran = handouts("batch", "run", "batch.toml", "--out", address, "--project", str(world.root), cwd=tmp_path)

    assert (ran.code, f"error[{code}]" in ran.err, "Traceback" in ran.err, "word" in ran.err) == (
        exit_code,
        True,
        False,
        "user, password" in ran.err,
    )


def test_a_file_address_is_a_folder_of_this_machine(world: Project, tmp_path: Path) -> None:
    """It would lose the safety of a folder, for three more letters."""
    (tmp_path / "batch.toml").write_text('conditions = ["ant"]\nfor = ["family"]\nformats = ["txt"]\n')
    out = (tmp_path / "my files").as_uri()

    made = handouts("batch", "run", "batch.toml", "--out", out, "--project", str(world.root), cwd=tmp_path)

    assert made.code == 0
    assert (tmp_path / "my files/en/ant-family.txt").is_file()


def test_what_is_not_in_a_store_is_told_with_its_address() -> None:
    """A traceback of forty lines for a slip in a name."""
    MemoryFileSystem().pipe({"/plans/other.toml": b"x" * 100})

    for name, code in (("batch.toml", "cannot-read"), ("other.toml", "file-too-large")):
        with pytest.raises(HandoutsError) as caught:
            read_at(f"memory://plans/{name}", 50)
        assert [(p.code, str(p.where)) for p in caught.value.problems] == [(code, f"memory://plans/{name}")]


def test_what_is_not_installed_is_told_with_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    """A module without a name that anybody knows means nothing to a hospital."""
    monkeypatch.setitem(sys.modules, "fsspec", None)
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(HandoutsError) as store:
        store_in("s3://leaflets/x")
    with pytest.raises(HandoutsError) as cluster:
        list(carried_out((), Project(), "tcp://127.0.0.1:1", Limits()))

    for caught in (store, cluster):
        (problem,) = caught.value.problems
        assert (problem.code, caught.value.exit_code) == ("extra-missing", 2)
        assert "handouts[cluster]" in (problem.hint or "")
