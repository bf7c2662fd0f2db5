"""How fast handouts are made, beside others in the same run: the table of docs/performance.md.

    python -m benchmarks.batch [--documents N] [--whole N] [--growth N] [--write]

Each way runs in a fresh process, over the same handouts: families' and carriers' in English, Arabic, Hindi and Chinese,
in turn. Only ratios within one run mean anything. Take its figures on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import datetime
import multiprocessing
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from benchmarks import peers
from handouts.batch.folder import OutputFolder
from handouts.batch.run import Options, run_jobs
from handouts.batch.values import Checked, Job, State
from handouts.batch.work import CachedProject, Task, carry_out
from handouts.batch.workers import resident_bytes
from handouts.files import write_whole
from handouts.model.artifacts import Html
from handouts.model.edition import Audience, Kind, Paper
from handouts.pipeline import warm_up, worded
from handouts.project import Project
from handouts.typeset import typeset
from handouts.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from handouts.model.document import LocalizedHandout

T = TypeVar("T")

CONDITION = "x-linked-hyper-igm"
NAME = "name: X-linked hyper IgM syndrome"
LANGUAGES = ("en", "ar", "hi", "zh-Hans")
DAY = datetime.date(2026, 11, 21)
RUNS = 5
UNCHANGED = 800
PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
MARK = "<!-- figures -->\n"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: the work, what was measured with its unit, and its ratio to something else in this run."""

    work: str
    measured: str
    ratio: str = ""
    target: str = ""


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=40, help="handouts for each way (default 40)")
    parser.add_argument("--whole", type=int, default=40, help="handouts of which one string changes (default 40)")
    parser.add_argument("--growth", type=int, default=1000, help="sheets made in one process (default 1000)")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/performance.md")
    asked = parser.parse_args()
    lines = [machine(), "", "| work | measured | ratio | target |", "|---|---|---|---|"]
    print(*lines, sep="\n")
    with tempfile.TemporaryDirectory() as folder:
        for row in rows(Path(folder), asked.documents, asked.whole, asked.growth):
            lines.append(f"| {row.work} | {row.measured} | {row.ratio} | {row.target} |")
            print(lines[-1], flush=True)
    if asked.write:
        before, _, _ = PAGE.read_text(encoding="utf-8").partition(MARK)
        PAGE.write_text(before + MARK + "\n" + "\n".join(lines) + "\n", encoding="utf-8")


def machine() -> str:
    """Where and with what this is measured."""
    names = ("weasyprint", "typst", "playwright", "page-validation")
    cores, memory = os.cpu_count(), os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = platform.freedesktop_os_release()["PRETTY_NAME"]
    used = ", ".join(f"{name} {_version(name)}" for name in names)
    day = datetime.datetime.now(tz=datetime.UTC).date()
    return (
        f"Measured on {day.day} {day:%B %Y} with `make bench`: {platform.machine()}, {cores} cores, {memory:.0f} GiB, "
        f"{system}, Python {platform.python_version()}, {used}, {_browser()}."
    )


def rows(folder: Path, documents: int, whole: int, growth: int) -> Iterator[Row]:
    """Every line of the table as it is measured."""
    yield from batch_rows(folder, documents)
    yield from stage_rows(documents)
    yield from changed_rows(folder, whole)
    yield from cold_rows(folder)
    yield from growth_rows(folder, growth)


def batch_rows(folder: Path, documents: int) -> Iterator[Row]:
    """Ways to make the same handouts, each in a fresh process."""
    jobs = listed(documents)
    loop = apart(peer, "plain_loop", documents)
    assert loop is not None
    each = f"{documents} handouts"
    yield Row(f"plain WeasyPrint loop, {each}", f"{loop:.1f} s", "1")
    one = apart(batch, jobs, folder / "one", 1, Checked.NONE)
    yield Row("`batch run`, 1 process, not verified", f"{one:.1f} s", f"{loop / one:.2f} times the loop's speed")
    verified = apart(batch, jobs, folder / "verified", 1, Checked.ALL)
    speed = f"{loop / verified:.2f} times the loop's speed"
    yield Row("`batch run`, 1 process, every PDF verified", f"{verified:.1f} s", speed)
    two = apart(batch, jobs, folder / "two", 2, Checked.NONE)
    speed = f"{loop / two:.2f} times the loop's speed"
    yield Row("`batch run`, 2 processes, not verified", f"{two:.1f} s", speed, "2.8 times")
    yield Row("speed of 2 processes against 1, not verified", "", f"{one / two:.2f}", "1.9")
    both = apart(batch, jobs, folder / "both", 2, Checked.ALL)
    speed = f"{loop / both:.2f} times the loop's speed"
    yield Row("`batch run`, 2 processes, every PDF verified", f"{both:.1f} s", speed)
    yield Row("speed of 2 processes against 1, verified", "", f"{verified / both:.2f}", "1.9")
    for name, way in (("Chromium, one browser over CDP", "chromium"), ("Typst, the same words", "typst")):
        seconds = apart(peer, way, documents)
        if seconds is None:
            yield Row(name, "not installed")
        else:
            yield Row(name, f"{seconds:.1f} s", f"{loop / seconds:.2f} times the loop's speed")
            if way == "typst":
                yield from unchanged_rows(folder, seconds / documents)


def unchanged_rows(folder: Path, typst: float) -> Iterator[Row]:
    """A plan of many files again, when nothing has changed; `typst` is what one handout costs it."""
    root = folder / "unchanged"
    root.mkdir()
    cells = "\n".join(str(number) for number in range(UNCHANGED))
    (root / "rows.csv").write_text(f"clinic\n{cells}\n")
    (root / "batch.toml").write_text(
        f'conditions = ["{CONDITION}"]\nlanguages = ["en"]\nfor = ["family"]\nformats = ["txt"]\n'
        'rows = "rows.csv"\nname = "{clinic}.txt"\n'
    )
    run = (sys.executable, "-m", "handouts", "batch", "run", str(root / "batch.toml"), "--out", str(root / "out"))
    whole(run, 1)
    time.sleep(2.1)  # files must be older than a file system's coarsest time
    whole(run, 1)
    seconds, start = whole(run), whole((sys.executable, "-m", "handouts", "--version"))
    times = f"1/{typst * UNCHANGED / seconds:.0f} of Typst for {UNCHANGED}"
    yield Row(f"{UNCHANGED} files, nothing changed, whole process", f"{seconds:.2f} s", times, "1/50")
    yield Row("the same, less `handouts --version`", f"{max(0.0, seconds - start):.2f} s", "", "0.1 s")


def stage_rows(documents: int) -> Iterator[Row]:
    """What our own stages cost beside WeasyPrint's with the same fonts."""
    bare, ours, checked = apart(stages, min(documents, 16))
    yield Row("our typesetting, processor time", "", f"{ours / bare:.2f} of WeasyPrint with our fonts", "1.2")
    yield Row("verification, processor time", "", f"{checked / ours:.2f} of typesetting", "0.5")


def changed_rows(folder: Path, documents: int) -> Iterator[Row]:
    """One string changed in one condition of many, each in four editions."""
    root, out = folder / "ours", folder / "changed"
    source = Project().find(f"conditions/{CONDITION}.yaml")
    assert source is not None
    words = source.read_text(encoding="utf-8")
    write_whole(root / "handouts.toml", b"")
    names = [f"condition-{number}" for number in range(max(2, documents // 4))]
    for name in names:
        path = root / f"conditions/{name}.yaml"
        write_whole(path, words.replace(f"id: {CONDITION}", f"id: {name}").encode())
    four = [(audience, paper) for audience in Audience for paper in Paper]
    jobs = tuple(Job(f"{n}-{a}-{p}.pdf", n, "en", a, p) for n in names for a, p in four)
    first = apart(batch, jobs, out, 2, Checked.ALL, root)
    path = root / f"conditions/{names[0]}.yaml"
    said = path.read_text(encoding="utf-8")
    assert NAME in said
    path.write_text(said.replace(NAME, f"{NAME} (new)"), encoding="utf-8")
    again = apart(batch, jobs, out, 2, Checked.ALL, root, 4)
    yield Row(
        f"{len(jobs)} handouts, 2 processes, every PDF verified", f"{first:.1f} s", f"{len(jobs) / first:.2f} a second"
    )
    target = "0.05 for 4 of 800"
    yield Row(
        f"one string changed, 4 of {len(jobs)} made", f"{again:.2f} s", f"{again / first:.3f} of the whole", target
    )


def cold_rows(folder: Path) -> Iterator[Row]:
    """Whole processes that make one handout."""
    page = folder / "page.html"
    page.write_text(peers.markup(trees(1)[0]), encoding="utf-8")
    script = "import sys; from weasyprint import HTML; HTML(sys.argv[1]).write_pdf(sys.argv[2], pdf_variant='pdf/ua-1')"
    bare = whole((sys.executable, "-c", script, str(page), str(folder / "bare.pdf")))
    ours = whole((sys.executable, "-m", "handouts", "make", CONDITION, "-o", str(folder / "ours.pdf")))
    yield Row("a plain WeasyPrint script, one handout, whole process", f"{bare:.2f} s", "1")
    program = shutil.which("chromium")
    if program is not None:
        flags = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
        printed = whole((program, *flags, f"--print-to-pdf={folder / 'c.pdf'}", page.as_uri()))
        yield Row("`chromium --print-to-pdf`, whole process", f"{printed:.2f} s", f"{printed / bare:.2f} of the script")
        yield Row("`handouts make`, verified", "", f"{ours / printed:.2f} of Chromium", "0.6")
    yield Row("`handouts make`, verified, whole process", f"{ours:.2f} s", f"{ours / bare:.2f} of the script", "0.6")


def growth_rows(folder: Path, growth: int) -> Iterator[Row]:
    """The memory of one process that makes many question sheets, and is not replaced."""
    early, late = apart(grown, folder / "growth", growth)
    megabytes = f"{early / 1e6:.0f} and {late / 1e6:.0f} MB"
    label = f"memory after {growth // 10} and {growth} sheets in one process"
    yield Row(label, megabytes, f"{late / early:.2f}", "flat, 150 MB")


def trees(documents: int) -> list[LocalizedHandout]:
    """The words of the handouts, in turn."""
    project = CachedProject(None)
    return [worded(project, job.condition, job.language, job.edition(DAY), draft=True)[0] for job in listed(documents)]


def listed(documents: int, kind: Kind = Kind.HANDOUT) -> tuple[Job, ...]:
    """So many jobs: languages and audiences in turn."""
    kinds = [(tag, audience) for tag in LANGUAGES for audience in Audience]
    chosen = [kinds[number % len(kinds)] for number in range(documents)]
    return tuple(
        Job(f"{number}.pdf", CONDITION, tag, audience, kind=kind, draft=True)
        for number, (tag, audience) in enumerate(chosen)
    )


def apart(work: Callable[..., T], *arguments: object) -> T:
    """What `work` answers in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, arguments)


def peer(way: str, documents: int) -> float | None:
    """The seconds of another way, or None when it is not installed."""
    work: Callable[[Sequence[LocalizedHandout]], float | None] = getattr(peers, way)
    return work(trees(documents))


def batch(
    jobs: Sequence[Job], out: Path, processes: int, checked: Checked, root: Path | None = None, made: int | None = None
) -> float:
    """The seconds of a batch into `out`, of which so many files are `made`, or all."""
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]  # noqa: SLF001  a pool in a pool
    warm_up(Project(root))
    options = Options(jobs=processes, day=DAY, keep_going=True, verify=checked)
    started = time.perf_counter()
    report = run_jobs(jobs, Project(root), OutputFolder(out), options, lambda *_: None)
    seconds = time.perf_counter() - started
    assert report.count(State.MADE) == (len(jobs) if made is None else made), report.results[:3]
    return seconds


def stages(documents: int) -> tuple[float, float, float]:
    """Processor seconds of WeasyPrint with our fonts, of our typesetting and of the verification of the same pages."""
    fonts = Project().fonts()
    pages = [(tree, peers.markup(tree)) for tree in trees(documents)]
    typeset(Html(pages[0][1]), fonts, "warm")  # it chooses the fonts for WeasyPrint too
    from weasyprint import HTML  # noqa: PLC0415  see above
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415  see above

    kept, spent = FontConfiguration(), [0.0, 0.0, 0.0]
    for tree, text in (pages[0], *pages):
        begin = time.process_time()
        HTML(string=text).write_pdf(font_config=kept, pdf_variant="pdf/ua-1")
        bare = time.process_time()
        pdf = typeset(Html(text), fonts, "page").pdf
        ours = time.process_time()
        verify(pdf, tree)
        spent = [spent[0] + bare - begin, spent[1] + ours - bare, spent[2] + time.process_time() - ours]
    return spent[0], spent[1], spent[2]


def grown(folder: Path, growth: int) -> tuple[int, int]:
    """The bytes of a process after a tenth of its sheets, and after all."""
    folder.mkdir()
    project, early = CachedProject(None), 0
    for number, job in enumerate(listed(growth, Kind.QUESTIONS), 1):
        result = carry_out(project, Task(job, "", "", None, folder / "part", DAY, verified=True))
        assert result.state is State.MADE, result.problems
        if number == growth // 10:
            early = resident_bytes()
    return early, resident_bytes()


def whole(command: Sequence[str], runs: int = RUNS) -> float:
    """The middle of several runs of a whole process, in seconds."""
    found = []
    for _ in range(runs):
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603  our own words
        found.append(time.perf_counter() - started)
    return statistics.median(found)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "(none)"


def _browser() -> str:
    program = shutil.which("chromium")
    if program is None:
        return "no Chromium"
    told = subprocess.run((program, "--version"), check=True, capture_output=True, text=True).stdout  # noqa: S603  see above
    return " ".join(told.split()[:2])


if __name__ == "__main__":
    main()
