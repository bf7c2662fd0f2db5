"""What a batch is made of: jobs, what became of each, and the record of a finished file. All can be pickled."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from handouts.model.edition import Audience, Edition, Format, Kind, Paper, Size

if TYPE_CHECKING:
    import datetime

    from handouts.model.brand import MemberContact


class State(StrEnum):
    """What became of a job."""

    MADE = "made"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    REFUSED = "refused"


class Fate(StrEnum):
    """What would become of a job, seen before anything is made."""

    MAKE = "make"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    FAIL = "fail"


class Checked(StrEnum):
    """Which of the finished PDFs are verified."""

    ALL = "all"
    SAMPLE = "sample"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Job:
    """One file to make. `name` is its path below the output folder, with forward slashes; `row` is a line of a CSV.

    `member` is who is reached, where that line says it.
    """

    name: str
    condition: str
    language: str
    audience: Audience
    paper: Paper = Paper.A4
    format: Format = Format.PDF
    size: Size = Size.STANDARD
    kind: Kind = Kind.HANDOUT
    second: str | None = None
    place: str | None = None
    brand: str | None = None
    draft: bool = False
    expired: bool = False
    row: tuple[tuple[str, str], ...] = ()
    member: MemberContact | None = None

    def edition(self, day: datetime.date) -> Edition:
        """The edition that is asked for, printed on `day`."""
        return Edition(
            self.audience, self.paper, day, self.size, self.kind, self.second, self.place, self.brand, self.member
        )

    @property
    def options(self) -> dict[str, str]:
        """What was asked for beside condition, language and audience, as words for a table."""
        told = {"paper": self.paper, "format": self.format, "size": self.size, "kind": self.kind}
        more = {"bilingual": self.second, "place": self.place, "brand": self.brand}
        return {**told, **{name: value for name, value in more.items() if value}}


@dataclass(frozen=True, slots=True)
class Record:
    """One finished file as the manifest keeps it.

    `inputs` is the digest of all files that it may have been made from, `key` of its words and all that shapes them.
    `review_by` is empty when an expired text was allowed. `told` is what the page says of its edition, in its language.
    """

    name: str
    condition: str
    language: str
    direction: str
    audience: str
    options: dict[str, str]
    title: str
    heading: str
    language_name: str
    edition: str
    stage: str
    inputs: str
    key: str
    sha256: str
    bytes: int
    pages: int
    printed_on: str
    review_by: str
    verification: str
    told: str = ""
    row: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The record as JSON keeps it."""
        return {name: getattr(self, name) for name in _KEPT}


_KEPT = tuple(each.name for each in fields(Record))


@dataclass(frozen=True, slots=True)
class JobResult:
    """What became of one job; `problems` are sentences for a person. A failed job is a result, not an exception."""

    name: str
    state: State
    problems: tuple[str, ...] = ()
    record: Record | None = None
    tries: int = 1


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would become of one job, and why it would not be made."""

    job: Job
    fate: Fate
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BatchReport:
    """What became of all jobs, in the order of the plan; `stopped` when not all were tried."""

    results: tuple[JobResult, ...]
    seconds: float
    stopped: bool = False

    def count(self, state: State) -> int:
        """How many jobs ended in `state`."""
        return sum(result.state is state for result in self.results)
