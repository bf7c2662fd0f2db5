from __future__ import annotations

import contextlib
import datetime
import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from handouts.batch import run as batch_run
from handouts.batch.folder import OutputFolder, prove, read_manifest
from handouts.batch.places import store_in
from handouts.batch.rows import contact_of
from handouts.batch.run import Options, foreseen, run_jobs
from handouts.batch.schemas import json_schema
from handouts.batch.values import BatchReport, Foreseen, Job, JobResult, State
from handouts.batch.work import Task, foresee
from handouts.batch.workers import Done, Pool
from handouts.files import write_whole
from handouts.model.edition import Audience, Format
from handouts.problems import HandoutsError, Location
from handouts.project import Project
from tests.commands import contents
from tests.conftest import SMALL, changed
from tests.json_schema import complaints

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess
    from pathlib import Path

DAY = datetime.date(2026, 11, 21)
OPTIONS = Options(jobs=2, day=DAY, keep_going=True)


@pytest.fixture
def world(tmp_path: Path) -> Project:
    """A project with three small conditions."""
    root = tmp_path / "ours"
    for name in ("ant", "bee", "cow"):
        text = changed(SMALL, "id: small", f"id: {name}")
        write_whole(root / "conditions" / f"{name}.yaml", text.encode())
    write_whole(root / "handouts.toml", b"")
    return Project(root)


def jobs_for(*conditions: str, form: Format = Format.TXT) -> list[Job]:
    return [
        Job(f"{condition}-{audience}.{form}", condition, "en", audience, format=form)
        for condition in conditions
        for audience in Audience
    ]


ALL = jobs_for("ant", "bee", "cow")


def run(world: Project, out: Path, jobs: list[Job] = ALL, options: Options = OPTIONS) -> BatchReport:
    told: list[JobResult] = []
    report = run_jobs(jobs, world, store_in(str(out), world), options, lambda result, _: told.append(result))
    assert {result.name for result in told} == {result.name for result in report.results}
    return report


def states(report: BatchReport) -> dict[str, str]:
    return {result.name: result.state.value for result in report.results}


def test_a_second_run_makes_nothing(world: Project, tmp_path: Path) -> None:
    """A monthly run of eight hundred takes a night each time."""
    out = tmp_path / "out"

    assert set(states(run(world, out)).values()) == {"made"}
    assert set(states(run(world, out)).values()) == {"unchanged"}
    assert prove(out) == []


def test_one_changed_string_makes_only_what_prints_it(world: Project, tmp_path: Path) -> None:
    """A comma mended in one condition makes every handout anew, or none."""
    out = tmp_path / "out"
    run(world, out)
    path = tmp_path / "ours/conditions/bee.yaml"
    text = path.read_text()
    path.write_text(changed(text, "You can ask for time.", "You may ask for time."))  # for carriers alone

    assert [name for name, state in states(run(world, out)).items() if state == "made"] == ["bee-carrier.txt"]


def test_a_changed_comment_makes_nothing(world: Project, tmp_path: Path) -> None:
    """What a family reads is the same; only the writer's note has changed."""
    out = tmp_path / "out"
    run(world, out)
    path = tmp_path / "ours/conditions/bee.yaml"
    path.write_text(path.read_text() + "# a note\n")

    assert set(states(run(world, out)).values()) == {"unchanged"}
    assert set(states(run(world, out)).values()) == {"unchanged"}


def test_a_file_that_is_gone_or_shorter_is_made_again_and_a_damaged_one_when_asked(
    world: Project, tmp_path: Path
) -> None:
    """A folder that somebody tidied up is handed out with holes."""
    out = tmp_path / "out"
    run(world, out)
    (out / "ant-family.txt").unlink()
    (out / "bee-family.txt").write_bytes(b"short")
    damaged = (out / "cow-family.txt").read_bytes()
    (out / "cow-family.txt").write_bytes(b"X" + damaged[1:])

    assert prove(out) == [("ant-family.txt", "missing"), ("bee-family.txt", "changed"), ("cow-family.txt", "changed")]
    made = [name for name, state in states(run(world, out)).items() if state == "made"]
    assert made == ["ant-family.txt", "bee-family.txt"]
    checked = run(world, out, options=replace(OPTIONS, check=True))
    assert [name for name, state in states(checked).items() if state == "made"] == ["cow-family.txt"]
    assert (out / "cow-family.txt").read_bytes() == damaged


def test_one_poisoned_condition_fails_alone(world: Project, tmp_path: Path) -> None:
    """One author's slip stops everybody's handouts."""
    out = tmp_path / "out"
    path = tmp_path / "ours/conditions/bee.yaml"
    path.write_text(changed(path.read_text(), "{frequency} people", "{frequency} \u2066people"))

    report = run(world, out)

    assert [name for name, state in states(report).items() if state == "failed"] == [
        "bee-family.txt",
        "bee-carrier.txt",
    ]
    assert report.count(State.MADE) == 4
    assert all("bee.yaml" in " ".join(r.problems) for r in report.results if r.state is State.FAILED)
    stopped = run(world, out, options=replace(OPTIONS, keep_going=False, jobs=1, force=True))
    assert stopped.stopped


def test_an_expired_text_is_refused_on_the_day_after(world: Project, tmp_path: Path) -> None:
    """A file that is there and unchanged would be handed out for ever."""
    out = tmp_path / "out"
    run(world, out)

    report = run(world, out, options=replace(OPTIONS, day=datetime.date(2027, 1, 3)))

    assert set(states(report).values()) == {"refused"}


LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#5b1e6e"/></svg>'


def test_what_a_brand_changes_is_made_again_and_nothing_else(world: Project, tmp_path: Path) -> None:
    """A new telephone number reaches one clinic's handouts in January, and the other's in June."""
    for name in ("north", "south"):
        text = f'name = "{name}"\nlanguage = "en"\n[contact]\nphones = ["+1 555 010 0100"]\n'
        logo = '[logo]\nfile = "logo.svg"\nalt = "Our logo"\n'
        write_whole(tmp_path / f"ours/brands/{name}/brand.toml", (text + logo).encode())
        write_whole(tmp_path / f"ours/brands/{name}/logo.svg", LOGO.encode())
    out = tmp_path / "out"
    jobs = [
        replace(job, name=f"{brand}/{job.name}", brand=brand)
        for job in jobs_for("ant", form=Format.HTML)[:1]
        for brand in ("north", "south")
    ]

    assert set(states(run(world, out, jobs)).values()) == {"made"}
    assert "+1 555 010 0100" in (out / jobs[0].name).read_text(encoding="utf-8")
    path = tmp_path / "ours/brands/south/brand.toml"
    path.write_text(changed(path.read_text(), "0100", "0199"))
    assert states(run(world, out, jobs)) == {"north/ant-family.html": "unchanged", "south/ant-family.html": "made"}
    (tmp_path / "ours/brands/south/logo.svg").write_text("<svg")
    poisoned = run(world, out, jobs)
    assert states(poisoned) == {"north/ant-family.html": "unchanged", "south/ant-family.html": "failed"}
    assert "logo.svg" in poisoned.results[1].problems[0]


def test_each_member_of_an_organization_is_reached_under_its_own_number(world: Project, tmp_path: Path) -> None:
    """A mother calls the head office in another state, or last year's number of her clinic."""
    text = 'name = "Example Society"\nlanguage = "en"\n[contact]\nphones = ["+1 555 010 0100"]\nhours = "Mon 9:00"\n'
    write_whole(tmp_path / "ours/brands/society/brand.toml", text.encode())
    out = tmp_path / "out"

    def jobs(phone: str) -> list[Job]:
        row = {"clinic": "nord", "contact.name": "Nord Clinic", "contact.phone": phone}
        member, problems = contact_of(row, Location("rows.csv", 2))
        assert problems == []
        whole = replace(jobs_for("ant", form=Format.HTML)[0], brand="society")
        return [
            replace(whole, name="office.html"),
            replace(whole, name="nord.html", member=member, row=tuple(row.items())),
        ]

    assert set(states(run(world, out, jobs("+1 555 010 0199"))).values()) == {"made"}
    nord, office = ((out / name).read_text(encoding="utf-8") for name in ("nord.html", "office.html"))
    assert "Example Society" in nord  # gives it out
    assert [words in nord for words in ("Nord Clinic", "+1 555 010 0199", "+1 555 010 0100", "Mon 9:00")] == [
        True,
        True,
        False,
        False,
    ]
    assert [words in office for words in ("Nord Clinic", "+1 555 010 0100", "Mon 9:00")] == [False, True, True]
    assert states(run(world, out, jobs("+1 555 010 0198"))) == {"office.html": "unchanged", "nord.html": "made"}


def test_a_plan_tells_beforehand_what_a_run_then_does(world: Project, tmp_path: Path) -> None:
    """Two hours of work are started to learn that half of it is refused."""
    out = tmp_path / "out"
    run(world, out, jobs_for("ant"))
    bee, cow = (tmp_path / f"ours/conditions/{name}.yaml" for name in ("bee", "cow"))
    bee.write_text(changed(bee.read_text(), "review_by: 2027-01-02", "review_by: 2026-02-02"))
    cow.write_text(changed(cow.read_text(), "{frequency} people", "{frequency} \u2066people"))
    before = contents(out)

    found = foreseen(ALL, world, OutputFolder(out), OPTIONS)

    assert [(each.job.condition, each.fate.value, bool(each.problems)) for each in found[::2]] == [
        ("ant", "unchanged", False),
        ("bee", "refused", True),
        ("cow", "fail", True),
    ]
    assert contents(out) == before
    did = {"unchanged": "unchanged", "refused": "refused", "fail": "failed"}
    assert states(run(world, out)) == {each.job.name: did[each.fate.value] for each in found}
    assert {each.fate.value for each in foreseen(jobs_for("ant"), world, None, OPTIONS)} == {"make"}


def test_lines_of_a_table_that_make_the_same_handout_are_looked_at_once(
    world: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hundred thousand clinics that differ in a name alone take an hour to be looked at."""
    looked: list[str] = []

    def seen(project: Project, task: Task) -> Foreseen:
        looked.append(task.job.name)
        return foresee(project, task)

    class Here(Pool[Task, Foreseen]):
        def run(self, tasks: Iterable[Task]) -> Generator[Done[Task, Foreseen], None, None]:
            yield from (Done(task, self.work(task), "", 1) for task in tasks)

    monkeypatch.setattr(batch_run, "foresee", seen)
    monkeypatch.setattr(batch_run, "Pool", Here)
    bee = tmp_path / "ours/conditions/bee.yaml"
    bee.write_text(changed(bee.read_text(), "review_by: 2027-01-02", "review_by: 2026-02-02"))
    jobs = [
        replace(job, name=f"{clinic}/{job.name}", row=(("clinic", str(clinic)),))
        for clinic in range(50)
        for job in jobs_for("ant", "bee")
    ]

    found = foreseen(jobs, world, None, OPTIONS)

    assert [each.job for each in found] == jobs
    assert [each.fate.value for each in found] == ["make", "make", "refused", "refused"] * 50
    assert len(looked) == 4


def test_two_batches_do_not_share_a_folder(world: Project, tmp_path: Path) -> None:
    """Two of them write each other's manifest."""
    out = tmp_path / "out"
    with OutputFolder(out), pytest.raises(HandoutsError) as caught:
        run(world, out)

    assert [problem.code for problem in caught.value.problems] == ["batch-running"]


def test_what_is_refused_is_allowed_in_the_plan_and_not_by_an_option(world: Project, tmp_path: Path) -> None:
    """Somebody adds --draft, is told that there is no such option, and gives up."""
    path = tmp_path / "ours/conditions/bee.yaml"
    path.write_text(changed(path.read_text(), "review_by: 2027-01-02", "review_by: 2026-02-02"))
    late, *_ = foreseen(jobs_for("bee"), world, None, OPTIONS)
    draft = Job("x.txt", "x-linked-hyper-igm", "es", Audience.FAMILY, format=Format.TXT)
    (early,) = foreseen([draft], Project(), None, OPTIONS)

    for each, key in ((late, "allow_expired"), (early, "allow_drafts")):
        assert each.fate.value == "refused"
        assert f"write {key} = true into the plan" in each.problems[0]
        assert " --" not in each.problems[0]
        assert key in json_schema("batch")["properties"]


KILLED = """
import os, signal, sys
from pathlib import Path
from handouts.batch.folder import OutputFolder
with OutputFolder(Path(sys.argv[1])):
    if os.fork() == 0:
        sys.stdin.read()
        os._exit(0)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_workers_that_a_killed_batch_left_are_waited_for(
    world: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Memory runs out, the batch is killed, and who starts it again is told that it is still at work."""
    out = tmp_path / "out"
    killed = subprocess.Popen([sys.executable, "-c", KILLED, str(out)], stdin=subprocess.PIPE)
    assert killed.wait() == -signal.SIGKILL
    assert killed.stdin is not None
    monkeypatch.setattr("handouts.batch.folder.LAST_SECONDS", 0.0)
    with pytest.raises(HandoutsError) as caught:
        run(world, out)
    (problem,) = caught.value.problems

    assert (problem.code, "was killed" in problem.message) == ("batch-running", True)
    assert "minute" in (problem.hint or "")
    monkeypatch.undo()
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        if killed.stdin is not None:
            killed.stdin.close()  # its worker ends

    monkeypatch.setattr("handouts.batch.folder.time.sleep", wait)
    assert set(states(run(world, out)).values()) == {"made"}
    assert waited


def test_a_folder_that_can_not_be_written_is_told(world: Project, tmp_path: Path) -> None:
    """A traceback for a full or a foreign disk."""
    (tmp_path / "file").write_text("x")

    with pytest.raises(HandoutsError) as caught:
        run(world, tmp_path / "file" / "out")

    assert [problem.code for problem in caught.value.problems] == ["cannot-write"]


def batch_in_a_process(world: Project, out: Path, jobs: list[Job]) -> tuple[ForkProcess, Connection]:
    """A batch in a process group of its own, and where it tells the name of each file that it made."""

    def work() -> None:
        os.setpgid(0, 0)
        ours.close()
        run_jobs(
            jobs,
            world,
            OutputFolder(out),
            OPTIONS,
            lambda done, _: theirs.send(done.name) if done.state == "made" else None,
        )

    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=work)
    process.start()
    theirs.close()
    return process, ours


def test_a_batch_that_is_killed_goes_on_where_it_was(world: Project, tmp_path: Path) -> None:
    """A power cut in the night: half a file is handed out, or all is made again."""
    out = tmp_path / "out"
    jobs = [replace(job, name=f"{number}-{job.name}") for number in range(20) for job in ALL]
    moments = random.Random(7)  # noqa: S311  moments of a test
    made: list[str] = []
    kills = 0
    for _ in range(40):
        process, told = batch_in_a_process(world, out, jobs)
        wanted = moments.choice((1, 2, 3)) if kills < 20 else len(jobs)
        with contextlib.suppress(EOFError):
            made.extend(told.recv() for _ in range(wanted))
            time.sleep(moments.choice((0, 0.001, 0.003, 0.01)))
            assert process.pid is not None
            os.killpg(process.pid, signal.SIGKILL)
            kills += 1
        with contextlib.suppress(EOFError):
            while True:  # what it told before it was killed
                made.append(told.recv())
        process.join()
        if process.exitcode == 0:
            break

    assert kills == 20
    assert len(made) == len(set(made))
    assert prove(out) == []
    assert set(read_manifest(out)) == {job.name for job in jobs}
    assert not list((out / ".handouts").glob("new/*"))


def test_an_unchanged_run_imports_nothing_that_makes_handouts(tmp_path: Path) -> None:
    """A timer that looks each hour costs half a second of engine each time."""
    plan = tmp_path / "plan.toml"
    plan.write_text('conditions = ["x-linked-hyper-igm"]\nlanguages = ["en"]\nformats = ["txt"]\n')
    command = "import sys; from handouts.cli import main\ntry: main()\nexcept SystemExit as e: code = e.code\n"
    command += "print(sorted({'babel', 'weasyprint', 'jinja2', 'pikepdf', 'page'} & set(sys.modules)), code)"
    arguments = ["batch", "run", str(plan), "--out", str(tmp_path / "out")]
    said = []
    for number in range(3):
        ran = subprocess.run([sys.executable, "-c", command, *arguments], capture_output=True, text=True, check=True)
        said.append(ran.stdout.splitlines())
        # what was changed two seconds ago or less may have changed again without a trace in its time
        for path in [plan, *(tmp_path / "out/en").iterdir()] if number == 0 else ():
            os.utime(path, (1_700_000_000, 1_700_000_000))

    assert "2 made" in said[0][0]
    assert said[-1][-1] == "[] 0"
    assert "2 unchanged" in said[-1][0]


def test_the_manifest_is_json_that_holds_each_file(world: Project, tmp_path: Path) -> None:
    """An organization can't prove what it handed out."""
    out = tmp_path / "out"
    row = (("condition", "ant"), ("for", "family"), ("place", ""), ("clinic", "Nord"))
    run(world, out, [replace(job, row=row) for job in jobs_for("ant", form=Format.PDF)])

    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))

    assert [file["name"] for file in manifest["files"]] == ["ant-family.pdf", "ant-carrier.pdf"]
    assert {file["verification"] for file in manifest["files"]} == {"PASSED"}
    assert all(file["pages"] >= 1 and len(file["sha256"]) == 64 for file in manifest["files"])
    table = (out / "manifest.csv").read_text(encoding="utf-8-sig").splitlines()
    assert table[0].startswith("name,condition,language")
    assert table[0].endswith(",verification,clinic")
    assert [line.endswith(",PASSED,Nord") for line in table[1:]] == [True, True]
    assert all(table[0].split(",").count(name) == 1 for name in table[0].split(","))
    schema = json_schema("manifest")
    assert list(complaints(manifest, schema, schema)) == []
    assert list(complaints({**manifest, "files": [{"name": "x"}]}, schema, schema)) != []
