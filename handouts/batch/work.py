"""One job in a worker: find its words, see whether they are those of the last time, and only then typeset them."""

from __future__ import annotations

import contextlib
import hashlib
import os
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from handouts import pipeline
from handouts.batch.inputs import digest
from handouts.batch.values import Fate, Foreseen, Job, JobResult, Record, State
from handouts.languages import language
from handouts.localize import words_digest
from handouts.localize.inline import plain
from handouts.model.artifacts import Outcome
from handouts.problems import HandoutsError, Problem
from handouts.project import Project

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

    from handouts.model.condition import Condition, Library
    from handouts.model.document import Line, LocalizedHandout
    from handouts.model.message import Translations

REFUSALS = frozenset({"draft-refused", "review-expired", "options-conflict", "unknown-edition"})
"""Codes of what must not be made as asked; everything else that goes wrong is a failure."""

HINTS = {
    "draft-refused": "to print it all the same, write allow_drafts = true into the plan; every page says how far it is",
    "review-expired": "have it reviewed and renew its dates, or write allow_expired = true into the plan",
}
"""What to do where a plan asks, and not a command with options."""


class CachedProject(Project):
    """A project whose files are read once: for the time of one batch they do not change."""

    __slots__ = ()

    def library(self) -> Library:
        """The shared library."""
        return _library(self.root)

    def condition(self, condition_id: str) -> tuple[Condition, tuple[Problem, ...]]:
        """The condition, and the warnings about it."""
        return _condition(self.root, condition_id)

    def translations(self, condition: Condition, tag: str) -> tuple[Translations, tuple[Problem, ...]]:
        """What the language says for a condition of this project, and warnings."""
        return _translations(self.root, condition.content.id, tag)


@lru_cache(maxsize=4)
def _library(root: Path | None) -> Library:
    return Project(root).library()


@lru_cache(maxsize=8)
def _condition(root: Path | None, condition_id: str) -> tuple[Condition, tuple[Problem, ...]]:
    return Project(root).condition(condition_id)


def forget_files() -> None:
    """Have every `CachedProject` read its files again."""
    _library.cache_clear()
    _condition.cache_clear()
    _translations.cache_clear()


@lru_cache(maxsize=16)
def _translations(root: Path | None, condition_id: str, tag: str) -> tuple[Translations, tuple[Problem, ...]]:
    return Project(root).translations(_condition(root, condition_id)[0], tag)


@dataclass(frozen=True, slots=True)
class Task:
    """A job as a worker gets it. `beside` and `inputs` are its digests, `previous` the key of the file that is there.

    The finished file is written to `part`, brought to disk, and left there for the parent to put in its place.
    """

    job: Job
    inputs: str
    beside: str
    previous: str | None
    part: Path
    day: datetime.date
    verified: bool


def carry_out(project: Project, task: Task) -> JobResult:
    """Make the file of `task`, unless what is there was made from the same words. Never raises but `MemoryError`."""
    try:
        return _carry_out(project, task)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  the edge of a job: the others go on
        refused, problems = _told(error)
        return JobResult(task.job.name, State.REFUSED if refused else State.FAILED, problems)


def foresee(project: Project, task: Task) -> Foreseen:
    """What `carry_out` would do, as far as the words tell: nothing is typeset, so a missing glyph is not seen."""
    try:
        _, _, key = _words(project, task)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  see `carry_out`
        refused, problems = _told(error)
        return Foreseen(task.job, Fate.REFUSED if refused else Fate.FAIL, problems)
    return Foreseen(task.job, Fate.UNCHANGED if key == task.previous else Fate.MAKE)


def _told(error: Exception) -> tuple[bool, tuple[str, ...]]:
    """Whether a job was refused, and what is told of it."""
    if isinstance(error, HandoutsError):
        told = (replace(each, hint=HINTS.get(each.code, each.hint)) for each in error.problems)
        return any(each.code in REFUSALS for each in error.problems), tuple(map(str, told))
    what = f"unexpected {type(error).__name__}: {error}; this is our mistake, please report it"
    return False, (what,)


def _words(project: Project, task: Task) -> tuple[LocalizedHandout, tuple[Problem, ...], str]:
    """The words of `task`, the warnings about them, and the digest of them and of all that shapes their page."""
    job = task.job
    edition = job.edition(task.day)
    pipeline.check_options(edition, job.format)
    handout, warnings = pipeline.worded(
        project, job.condition, job.language, edition, draft=job.draft, expired=job.expired
    )
    return handout, warnings, digest({"words": words_digest(handout), "beside": task.beside})


def _carry_out(project: Project, task: Task) -> JobResult:
    job = task.job
    edition = job.edition(task.day)
    handout, warnings, key = _words(project, task)
    if key == task.previous:
        return JobResult(job.name, State.UNCHANGED)
    made = pipeline.finished(project, handout, warnings, edition, job.format, verified=task.verified)
    told = tuple(map(str, made.problems))
    if made.report.outcome is Outcome.FAILED:
        faults = [f for f in made.report.findings if f.outcome is Outcome.FAILED]
        told += tuple(f"{fault.check}: {detail}" for fault in faults for detail in fault.details)
        return JobResult(job.name, State.FAILED, told)
    _write(task.part, made.data)
    spoken = language(handout.language)
    review_by = project.condition(job.condition)[0].content.review.review_by
    record = Record(
        name=job.name,
        condition=job.condition,
        language=handout.language,
        direction=handout.direction,
        audience=job.audience.value,
        options=job.options,
        title=plain(handout.title),
        heading=plain(handout.name),
        language_name=spoken.own_name,
        edition=handout.edition,
        stage=handout.stage,
        inputs=task.inputs,
        key=key,
        sha256=hashlib.sha256(made.data).hexdigest(),
        bytes=len(made.data),
        pages=made.report.pages,
        printed_on=task.day.isoformat(),
        review_by="" if job.expired else review_by.isoformat(),
        verification=made.report.outcome.value,
        told=" · ".join(plain(line) for line in _edition_lines(handout) if line),
        row=dict(job.row),
    )
    return JobResult(job.name, State.MADE, told, record)


def _write(part: Path, data: bytes) -> None:
    """Bring `data` to disk, whole or not at all. Raises `HandoutsError`."""
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        hint = "make room on the disk and run it again: what is finished stays"
        message = f"the file can't be written: {error.strerror or error}"
        raise HandoutsError(Problem("cannot-write", message, hint=hint)) from None


def _edition_lines(handout: LocalizedHandout) -> tuple[Line, ...]:
    return handout.audience_line, handout.size_line, handout.pair_line, handout.place_line
