"""Measure what readers hear in 39 languages, from us and from others: `make ears`, kept in docs/fidelity.md.

Everything is measured in one run, on the same words, fonts and sizes. It takes some minutes.
"""

from __future__ import annotations

import datetime
import gc
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import outloud
import page

from handouts.model.edition import Audience, Edition, Paper
from handouts.pipeline import worded
from handouts.project import Project
from handouts.render import render
from handouts.typeset import typeset
from tests.ears import producers
from tests.ears.corpus import TAGS, sample
from tests.ears.pictures import DOTS_PER_INCH, LOOKED_AT, apart
from tests.ears.readers import READERS, pdfjs_version, read_by_all
from tests.ears.scores import Score, score

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tests.ears.corpus import Sample

OURS, PLAIN = "handouts", "WeasyPrint"
CONDITION = "x-linked-hyper-igm"
ROUNDS = 5

Made = dict[str, tuple[bytes, ...]]
"""The PDFs of each producer, in the order of TAGS."""


def main() -> int:
    """Measure, and print Markdown."""
    samples = [sample(tag) for tag in TAGS]
    tell(*environment())
    made = made_by_all(samples)
    with tempfile.TemporaryDirectory() as folder:
        paths = saved(made, Path(folder))
        tell("## What is heard: words exact / letters exact of 39, mean letter error in percent")
        tell(*matrix(samples, paths))
        tell("## Conformance and size", "", *conformance(made, paths))
        tell("## What outloud says of ours", "", *judged(paths[OURS], handouts(Path(folder))))
        tell(f"## The page beside plain WeasyPrint, {DOTS_PER_INCH} dots an inch", "", *compared(paths))
    tell("## Time", "", *timed(samples))
    return 0


def tell(*lines: str) -> None:
    """Print at once: this takes minutes."""
    print(*lines, "", sep="\n", flush=True)


def environment() -> Iterable[str]:
    """The day, the machine and the versions."""
    day = datetime.datetime.now().astimezone().date()
    system = platform.freedesktop_os_release()["PRETTY_NAME"]
    yield f"{day}, {os.cpu_count()} cores, {system}, Python {platform.python_version()}"
    ours = ("handouts", "weasyprint", "typst", "babel", "pypdfium2", "page-validation", "outloud")
    yield ", ".join(f"{name} {version(name)}" for name in ours)
    tools = [first_line(c) for c in (["chromium", "--version"], ["pdftotext", "-v"], ["mutool", "-v"])]
    yield ", ".join([*tools, f"pdf.js {pdfjs_version()}", f"Node.js {first_line(['node', '--version'])}"])


def first_line(command: list[str]) -> str:
    """What a program says of its version."""
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  the words above
    return (done.stdout or done.stderr).splitlines()[0].strip()


def made_by_all(samples: Sequence[Sample]) -> Made:
    """The samples as PDFs, by each way to make them."""
    return {
        OURS: tuple(map(producers.handouts, samples)),
        PLAIN: tuple(map(producers.weasyprint, samples)),
        "Typst": tuple(map(producers.typst, samples)),
        "Chromium": producers.chromium(samples),
    }


def saved(made: Made, folder: Path) -> dict[str, tuple[Path, ...]]:
    """Where each PDF of each producer was written."""
    paths = {}
    for producer, pdfs in made.items():
        (folder / producer).mkdir()
        paths[producer] = tuple(folder / producer / f"{tag}.pdf" for tag in TAGS)
        for path, data in zip(paths[producer], pdfs, strict=True):
            path.write_bytes(data)
    return paths


# ------------------------------------------------------------------------------------------------ words


def matrix(samples: Sequence[Sample], paths: dict[str, tuple[Path, ...]]) -> Iterable[str]:
    """The table of producers and readers, then the languages behind each cell that is not perfect."""
    faults = []
    yield from table_head("", *READERS)
    for producer, files in paths.items():
        cells = []
        for reader, texts in read_by_all(files).items():
            scores = [score("\n".join(s.texts), text) for s, text in zip(samples, texts, strict=True)]
            cells.append(cell(scores))
            if producer == OURS:
                faults += [f"- {reader}: {line}" for line in imperfect(scores)]
        yield row(producer, *cells)
    yield from ("", "Not perfect in ours:", "", *faults)


def cell(scores: Sequence[Score]) -> str:
    """Words exact / letters exact / mean error."""
    error = 100 * statistics.fmean(s.error for s in scores)
    return f"{sum(s.words for s in scores)} / {sum(s.letters for s in scores)} / {error:.2f}"


def imperfect(scores: Sequence[Score]) -> Iterable[str]:
    """The languages whose letters, or only whose words, differ."""
    by_tag = dict(zip(TAGS, scores, strict=True))
    letters = [f"{tag} {100 * s.error:.2f}" for tag, s in by_tag.items() if not s.letters]
    words = [tag for tag, s in by_tag.items() if s.letters and not s.words]
    if letters:
        yield f"letters, in percent: {', '.join(letters)}"
    if words:
        yield f"only the spaces between words: {', '.join(words)}"


# ------------------------------------------------------------------------------------------ conformance


def conformance(made: Made, paths: dict[str, tuple[Path, ...]]) -> Iterable[str]:
    """PDF/UA-1 by page-validation, outloud's verdicts, and sizes."""
    plain = sum(map(len, made[PLAIN]))
    yield from table_head("", "PDF/UA-1 passes", "outloud: files with errors", "MB", "of plain")
    for producer, pdfs in made.items():
        passes = [page.validate_pdf_bytes(d, profile=page.ValidationProfile.PDF_UA_1).is_compliant for d in pdfs]
        results = [outloud.check(str(path)) for path in paths[producer]]
        failed = sum(bool(result.errors or result.error) for result in results)
        size = sum(map(len, pdfs))
        yield row(producer, f"{sum(passes)} of {len(pdfs)}", str(failed), f"{size / 1e6:.2f}", f"{size / plain:.2f}")


def judged(samples: Sequence[Path], shipped: Sequence[Path]) -> Iterable[str]:
    """Each rule of outloud that complains of ours, with the number of files."""
    for name, paths in (("the samples", samples), ("the shipped handouts", shipped)):
        found: Counter[tuple[str, str, str]] = Counter()
        for path in paths:
            for finding in outloud.check(str(path)).findings:
                found[finding.severity, finding.rule, path.stem] += 1
        yield f"{name} ({len(paths)} files):"
        for (severity, rule), group in groupby(sorted(found), key=lambda key: key[:2]):
            if severity != "info":
                yield f"- {severity} {rule}: {', '.join(stem for *_, stem in group)}"
        yield ""


def handouts(folder: Path) -> tuple[Path, ...]:
    """The six shipped handouts, made into `folder`."""
    project = Project()
    paths = []
    for tag in ("en", "es", "ar"):
        for audience in Audience:
            edition = Edition(audience, Paper.A4, datetime.date(2026, 11, 21))
            tree, _ = worded(project, CONDITION, tag, edition, draft=True)
            html = render(tree, project.templates(), Paper.A4)
            paths.append(folder / f"{tag}.{audience}.pdf")
            paths[-1].write_bytes(typeset(html, project.fonts(), tag).pdf.data)
    return tuple(paths)


# --------------------------------------------------------------------------------------------- the page


def compared(paths: dict[str, tuple[Path, ...]]) -> Iterable[str]:
    """The share of pixels that differ from plain, in ten languages."""
    yield from table_head("language", "pixels that differ, in percent of the ink")
    for tag, ours, plain in zip(TAGS, paths[OURS], paths[PLAIN], strict=True):
        if tag in LOOKED_AT:
            yield row(tag, f"{100 * apart(ours, plain):.2f}")


# --------------------------------------------------------------------------------------------- the time


def timed(samples: Sequence[Sample]) -> Iterable[str]:
    """Time of the processor, ours and plain in turn, each sample by itself, in this process."""
    ours, plain = 0.0, 0.0
    ratios = []
    for each in samples:
        pairs = [(seconds(producers.handouts, each), seconds(producers.weasyprint, each)) for _ in range(ROUNDS)]
        ours += statistics.median(pair[0] for pair in pairs)
        plain += statistics.median(pair[1] for pair in pairs)
        ratios.append(statistics.median(pair[0] for pair in pairs) / statistics.median(pair[1] for pair in pairs))
    yield from table_head("", f"seconds for {len(samples)} files, medians of {ROUNDS}", "of plain", "lowest", "highest")
    yield row(OURS, f"{ours:.2f}", f"{ours / plain:.2f}", extreme(ratios, min), extreme(ratios, max))
    yield row(PLAIN, f"{plain:.2f}", "1", "", "")


def extreme(ratios: Sequence[float], which: Callable[[Iterable[float]], float]) -> str:
    """The lowest or highest ratio, and its language."""
    ratio = which(ratios)
    return f"{ratio:.2f} ({TAGS[ratios.index(ratio)]})"


def seconds(make: Callable[[Sample], bytes], sample: Sample) -> float:
    """The processor's time for one."""
    gc.collect()  # what one left behind is not the other's to clear
    start = time.process_time()
    make(sample)
    return time.process_time() - start


def table_head(*names: str) -> Iterable[str]:
    """The first two lines of a Markdown table."""
    yield row(*names)
    yield row(*("---" for _ in names))


def row(*cells: str) -> str:
    """A line of a Markdown table."""
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main())
