"""A plan file to jobs: batch.toml, and a CSV with one line a job. All the faults of a plan are told at once."""

from __future__ import annotations

import datetime  # noqa: TC003  pydantic reads the annotations when the models are built
import re
import tomllib
from dataclasses import dataclass, replace
from itertools import product
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from handouts.batch.names import DEFAULT, MAX_NAME_BYTES, check_pattern, check_unique, name_of, refuse
from handouts.batch.rows import CONTACTS, contact_of
from handouts.batch.values import Job
from handouts.languages import is_language, is_place, language, nearest_places
from handouts.model.edition import Audience, Format, Kind, Paper, Size
from handouts.problems import HandoutsError, Location, Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MAX_JOBS = 400_000

Names = Literal["all"] | tuple[str, ...]


class PlanFile(BaseModel):
    """batch.toml: what is made is every combination of its lists."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    conditions: Annotated[Names, Field(description='Ids as `handouts list` shows them, or "all".')] = "all"
    languages: Annotated[Names, Field(description='BCP 47 tags, or "all" that a condition has.')] = "all"
    audiences: Annotated[tuple[Audience, ...], Field(alias="for", min_length=1)] = tuple(Audience)
    papers: Annotated[tuple[Paper, ...], Field(min_length=1)] = (Paper.A4,)
    sizes: Annotated[tuple[Size, ...], Field(min_length=1)] = (Size.STANDARD,)
    kinds: Annotated[tuple[Kind, ...], Field(min_length=1)] = (Kind.HANDOUT,)
    formats: Annotated[tuple[Format, ...], Field(min_length=1)] = (Format.PDF,)
    bilingual: Annotated[str | None, Field(description="The staff's language, for copies in two languages.")] = None
    place: Annotated[str | None, Field(description="ISO 3166 code: tell of this country's services alone.")] = None
    brand: Annotated[str | None, Field(description="A folder of the project's brands/.")] = None
    allow_drafts: Annotated[bool, Field(description="Print translations that nobody has cleared.")] = False
    allow_expired: Annotated[bool, Field(description="Print texts whose review date has passed.")] = False
    date: Annotated[datetime.date | None, Field(description="The date to print; the day of making when left out.")] = (
        None
    )
    name: Annotated[str, Field(description="The name of each file, with fields in braces.", max_length=300)] = DEFAULT
    rows: Annotated[str | None, Field(description="A CSV file beside this one; each of its lines is a job.")] = None

    @field_validator("rows")
    @classmethod
    def _is_beside(cls, rows: str | None) -> str | None:
        """Plans come by mail: what one names is read, and told of when it is no CSV."""
        parts = PurePosixPath(rows).parts if rows is not None else ()
        if rows is not None and (not parts or rows.startswith("/") or ".." in parts or "\\" in rows or ":" in rows):
            message = "the file must lie beside the plan, or in a folder there"
            raise ValueError(message)
        return rows


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan that was read: what the file says, and the lines of its CSV."""

    file: PlanFile
    where: str
    rows: tuple[tuple[int, Mapping[str, str]], ...] = ()
    rows_where: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to make: condition → the audiences and languages it has."""

    conditions: Mapping[str, tuple[tuple[Audience, ...], tuple[str, ...]]]
    brands: tuple[str, ...] = ()


_COLUMNS = {
    "condition": "conditions",
    "language": "languages",
    "for": "for",
    "paper": "papers",
    "size": "sizes",
    "kind": "kinds",
    "format": "formats",
}
_SINGLE = ("bilingual", "place", "brand")
FIELDS = (*_COLUMNS, *_SINGLE, "options")


class PlanError(HandoutsError):
    """Faults of a plan; `rest` is what remains of it without them, in which names can still be looked up."""

    def __init__(self, problems: Sequence[Problem], rest: PlanFile) -> None:
        super().__init__(*problems)
        self.rest = rest


def read_plan(text: str, where: str) -> PlanFile:
    """What a batch.toml says. Raises `HandoutsError` with all its problems, a `PlanError` where some of it is sound."""
    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        place = Location(where, int(line[1]) if line else None)
        raise HandoutsError(Problem("toml-syntax", f"this is not TOML: {error}", place)) from None
    try:
        return PlanFile.model_validate(value)
    except ValidationError as error:
        faults = _faults_of(error)
        problems = [_plan_problem(fault, text, where) for fault in faults]
        wrong = {str(fault["loc"][0]) for fault in faults}
        rest = PlanFile.model_validate({key: held for key, held in value.items() if key not in wrong})
        raise PlanError(problems, rest) from None


def _faults_of(error: ValidationError) -> list[dict[str, Any]]:
    """What is wrong with the values, once each: a list is told by its wrong entry, not by what is left without it."""
    faults: list[dict[str, Any]] = [dict(fault) for fault in error.errors()]
    entries = {fault["loc"][0] for fault in faults if fault["type"] == "enum"}
    return [
        fault
        for fault in faults
        if fault["type"] != "literal_error" and not (fault["type"] == "too_short" and fault["loc"][0] in entries)
    ]


def _plan_problem(fault: Mapping[str, Any], text: str, where: str) -> Problem:
    key = str(fault["loc"][0]) if fault["loc"] else ""
    place = Location(where, line_of_key(text, key))
    known = {("for" if name == "audiences" else name) for name in PlanFile.model_fields}
    if fault["type"] == "extra_forbidden":
        return Problem("unknown-key", f"'{key}' is not a key here", place, hint=did_you_mean(key, known))
    return _value_problem(fault, key, place)


def _value_problem(fault: Mapping[str, Any], key: str, place: Location) -> Problem:
    """wrong-value: a value that `key` can't have, in words for whoever wrote it."""
    got = fault.get("input")
    short = isinstance(got, (str, int, float, bool)) and len(str(got)) < 50  # noqa: PLR2004  brief
    said = fault["msg"].removeprefix("Value error, ")
    message, hint = said[:1].lower() + said[1:], None
    if fault["type"] == "tuple_type":
        message = "this is a list, in square brackets"
        hint = f'write {key} = ["{got}"]' if isinstance(got, str) and short else None
    elif fault["type"] == "too_short":
        message = "the list is empty"
    elif fault["type"] == "enum":
        hint = did_you_mean(str(got), re.findall(r"'([^']*)'", fault["ctx"]["expected"]))
    shown = f", not {got!r}" if short else ""
    return Problem("wrong-value", f"'{key}': {message}{shown}", place, hint=hint)


def line_of_key(text: str, key: str) -> int | None:
    """The line on which `key` is set, counted from 1."""
    found = re.search(rf"(?m)^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*=", text)
    return text.count("\n", 0, found.start()) + 1 if found else None


NAMES = ("unknown-condition", "unknown-language", "unknown-brand", "unknown-place", "name-pattern")
"""The codes of what can be told of a plan even if some of it is wrong."""


def wrong_names(rest: PlanFile, where: str, known: Known, text: str) -> list[Problem]:
    """What is wrong with the names in the sound part of a plan."""
    try:
        jobs_of(Plan(rest, where), known, text)
    except HandoutsError as error:
        return [problem for problem in error.problems if problem.code in NAMES]
    return []


def jobs_of(plan: Plan, known: Known, text: str) -> tuple[Job, ...]:
    """Every file that the plan asks for, in its order. Raises `HandoutsError` with all the problems of the plan.

    Where a list says "all", what is not there is left out; a name that was written must be there.
    """
    names = plan.file.name
    where = Location(plan.where, line_of_key(text, "name"))
    columns = tuple(plan.rows[0][1]) if plan.rows else ()
    problems = check_pattern(names, (*FIELDS, *columns), where)
    found: list[tuple[Job, Location | None]] = []
    for line, row in plan.rows or ((None, {}),):
        place = Location(plan.rows_where, line) if line is not None and plan.rows_where else None
        asked, faults = _asked(plan.file, row, place or Location(plan.where))
        member, wrong = contact_of(row, place or Location(plan.where))
        faults += wrong
        if member is not None and asked.brand is None:
            column = next(name for name in CONTACTS if row.get(name))
            message = f"'{column}' needs a brand, and there is none"
            hint = "set brand in the plan, or in a column"
            faults.append(Problem("wrong-value", message, place, hint=hint))
        problems += faults
        if not faults:
            made = list(_combined(asked, known, place or Location(plan.where), text, row))
            problems += [one for one in made if isinstance(one, Problem)]
            found += [(replace(one, member=member), place) for one in made if isinstance(one, Job)]
        if len(found) > MAX_JOBS:
            raise HandoutsError(Problem("plan-too-large", f"the plan makes more than {MAX_JOBS:,} files", where))
    refuse(list(dict.fromkeys(problems)))
    jobs = [(_named(job, names), place) for job, place in found]
    problems = check_unique((job.name, place) for job, place in jobs)
    problems += [
        Problem("name-pattern", f"this name is longer than {MAX_NAME_BYTES} bytes: {job.name}", place)
        for job, place in jobs
        if len(job.name.encode()) > MAX_NAME_BYTES
    ]
    if not jobs:
        problems.append(
            Problem("plan-empty", "the plan makes nothing", Location(plan.where), hint="see `handouts list`")
        )
    refuse(problems)
    return tuple(job for job, _ in jobs)


def _asked(file: PlanFile, row: Mapping[str, str], where: Location) -> tuple[PlanFile, list[Problem]]:
    """What one line of the CSV asks for: its cells over what the plan says."""
    cells: dict[str, Any] = {_COLUMNS[name]: (row[name],) for name in _COLUMNS if row.get(name)}
    cells |= {name: row[name] for name in _SINGLE if row.get(name)}
    if not cells:
        return file, []
    try:
        return PlanFile.model_validate(file.model_dump(by_alias=True) | cells), []
    except ValidationError as error:
        columns = {key: column for column, key in _COLUMNS.items()}
        faults = ((fault, str(fault["loc"][0])) for fault in _faults_of(error))
        return file, [_value_problem(fault, columns.get(key, key), where) for fault, key in faults]


def _combined(
    asked: PlanFile, known: Known, where: Location, text: str, row: Mapping[str, str]
) -> Iterator[Job | Problem]:
    def spot(key: str) -> Location:
        return where if row else Location(where.file, line_of_key(text, key))

    if asked.brand is not None and asked.brand not in known.brands:
        hint = did_you_mean(asked.brand, known.brands)
        yield Problem("unknown-brand", f"there is no brand called '{asked.brand}'", spot("brand"), hint=hint)
    place = asked.place.upper() if asked.place is not None else None
    if place is not None and not is_place(place):
        yield Problem("unknown-place", f"no country has the code '{place}'", spot("place"), hint=nearest_places(place))
    second = asked.bilingual
    if second is not None and not is_language(second):
        hint = did_you_mean(second, {tag for _, tags in known.conditions.values() for tag in tags})
        yield Problem("unknown-language", f"'{second}' is no language", spot("bilingual"), hint=hint)
        return
    second = language(second).tag if second is not None else None
    every = {tag for _, tags in known.conditions.values() for tag in tags}
    if asked.languages != "all":
        for tag in (tag for tag in asked.languages if tag not in every):
            hint = did_you_mean(tag, every)
            yield Problem("unknown-language", f"nothing here speaks '{tag}'", spot("languages"), hint=hint)
    conditions = tuple(known.conditions) if asked.conditions == "all" else asked.conditions
    at = spot("conditions")
    for condition in conditions:
        if condition not in known.conditions:
            message = f"there is no condition called '{condition}'"
            yield Problem("unknown-condition", message, at, hint=did_you_mean(condition, known.conditions))
            continue
        audiences, tags = known.conditions[condition]
        if second is not None and second not in tags:
            if asked.conditions != "all":
                message = f"{condition} has no translation '{second}'"
                yield Problem("unknown-language", message, spot("bilingual"), hint=f"it has: {', '.join(tags)}")
            continue
        wanted = tags if asked.languages == "all" else asked.languages
        for tag in wanted:
            if tag in every and tag not in tags and asked.conditions != "all":
                message = f"{condition} has no translation '{tag}'"
                yield Problem("unknown-language", message, spot("languages"), hint=f"it has: {', '.join(tags)}")
        for tag, audience, paper, size, kind, form in product(
            (tag for tag in wanted if tag in tags),
            (audience for audience in asked.audiences if audience in audiences),
            asked.papers,
            asked.sizes,
            asked.kinds,
            asked.formats,
        ):
            yield Job(
                name="",
                condition=condition,
                language=tag,
                audience=audience,
                paper=paper,
                format=form,
                size=size,
                kind=kind,
                second=second if second != tag else None,
                place=place,
                brand=asked.brand,
                draft=asked.allow_drafts,
                expired=asked.allow_expired,
                row=tuple(row.items()),
            )


def _named(job: Job, pattern: str) -> Job:
    options = [
        job.paper if job.paper is not Paper.A4 else "",
        "large-print" if job.size is Size.LARGE else "",
        "questions" if job.kind is Kind.QUESTIONS else "",
        f"with-{job.second}" if job.second else "",
        job.place or "",
        job.brand or "",
    ]
    values = dict(job.row) | {
        "condition": job.condition,
        "language": job.language,
        "for": job.audience,
        "paper": job.paper,
        "size": job.size,
        "kind": job.kind,
        "format": job.format,
        "bilingual": job.second or "",
        "place": job.place or "",
        "brand": job.brand or "",
        "options": "".join(f"-{option}" for option in options if option),
    }
    return replace(job, name=name_of(pattern, values))
