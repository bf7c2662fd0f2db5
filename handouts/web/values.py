"""What the web room hands about: how it is set up, what is asked for, and a finished file."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from handouts.languages import language
from handouts.model.edition import Audience, Edition, Format, Kind, Paper, Size
from handouts.problems import Problem, UsageError

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable
    from pathlib import Path

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
"""The names by which this machine alone is reached."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a server is set up.

    `hosts` are the names that a Host header may give, without a port; by those that are `encrypted` too, a proxy is
    reached that speaks TLS. At most `queue` handouts wait for one of
    `workers`; one that takes longer than `seconds` is given up. `cache_dir` holds finished files up to `cache_bytes`;
    without it none is kept. `date` is printed in place of today's.
    """

    allow_drafts: bool = False
    allow_expired: bool = False
    hosts: tuple[str, ...] = LOOPBACK
    encrypted: tuple[str, ...] = ()
    workers: int = 2
    queue: int = 32
    seconds: float = 60.0
    cache_dir: Path | None = None
    cache_bytes: int = 512_000_000
    date: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One file that somebody asks for. `language` and `second` are BCP 47 tags, `place` an ISO 3166 code."""

    condition: str
    language: str
    audience: Audience
    format: Format = Format.PDF
    paper: Paper = Paper.A4
    size: Size = Size.STANDARD
    kind: Kind = Kind.HANDOUT
    second: str | None = None
    place: str | None = None
    brand: str | None = None

    def edition(self, day: datetime.date) -> Edition:
        """The edition that is asked for, printed on `day`."""
        return Edition(self.audience, self.paper, day, self.size, self.kind, self.second, self.place, self.brand)

    @property
    def path(self) -> str:
        """Where its file is, below the root of the server and without the options of `query`."""
        return f"/handouts/{self.condition}/{self.language}/{self.audience}.{self.format}"

    @property
    def query(self) -> dict[str, str]:
        """Its options as a query gives them; what goes without saying is left out."""
        said = {
            "paper": self.paper if self.paper is not Paper.A4 else None,
            "size": self.size if self.size is not Size.STANDARD else None,
            "kind": self.kind if self.kind is not Kind.HANDOUT else None,
            "bilingual": self.second,
            "place": self.place,
            "brand": self.brand,
        }
        return {name: str(value) for name, value in said.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished file. `etag` is the digest of its bytes, `name` what it is called when somebody keeps it.

    `pages` is 0 for what has none. `review_by` is the day by which its text is to be looked at again.
    """

    data: bytes
    etag: str
    media_type: str
    name: str
    language: str
    pages: int
    made: datetime.datetime
    edition: str
    stage: str
    review_by: datetime.date


# ----------------------------------------------------------------------------------------------- a query

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""The id of a condition."""
Tag = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", max_length=35)]
"""A BCP 47 tag."""
Country = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2}$", max_length=2)]
"""A code of ISO 3166, large or small."""
BrandId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-][A-Za-z0-9_.-]*$", max_length=80)]
"""The id of a brand."""


class Options(BaseModel):
    """The options of a file, by the names that a query has for them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    paper: Paper = Field(Paper.A4, description="The sheet of paper.")
    size: Size = Field(Size.STANDARD, description="How large the letters are; `large` is large print.")
    kind: Kind = Field(Kind.HANDOUT, description="The whole handout, or one sheet with its `questions`.")
    bilingual: Tag | None = Field(None, description="Say everything in the staff's language too, beside it.")
    place: Country | None = Field(None, description="Tell of this country's services alone: an ISO 3166 code.")
    brand: BrandId | None = Field(None, description="Who gives it out, as `/api/brands` lists them.")


class Query(Options):
    """A whole query: which file, and its options."""

    condition: Id
    language: Tag
    audience: Audience = Audience.FAMILY
    format: Format = Format.PDF


def asked_in(pairs: Iterable[tuple[str, str]]) -> Asked:
    """What a query asks for, by its names and values.

    Raises `UsageError` for a name that is unknown or stands twice, and for a value that nothing can have.
    """
    given = list(pairs)
    twice = [name for name, count in Counter(name for name, _ in given).items() if count > 1]
    if twice:
        raise UsageError(*(Problem("bad-parameter", f"'{_short(name)}' stands there twice") for name in twice[:4]))
    try:
        query = Query.model_validate({name: value for name, value in given if value})
    except ValidationError as error:
        raise UsageError(*parameter_problems(error.errors())) from None
    return asked_for(query.condition, query.language, query.audience, query.format, query)


def asked_for(condition: str, tag: str, audience: Audience, kind: Format, options: Options) -> Asked:
    """What is asked for, its languages and place in the one way to write them.

    Raises `UsageError` for a language that nobody knows.
    """
    return Asked(
        condition=condition,
        language=language(tag).tag,
        audience=audience,
        format=kind,
        paper=options.paper,
        size=options.size,
        kind=options.kind,
        second=language(options.bilingual).tag if options.bilingual is not None else None,
        place=options.place.upper() if options.place is not None else None,
        brand=options.brand,
    )


def parameter_problems(errors: Iterable[object]) -> tuple[Problem, ...]:
    """bad-parameter: what pydantic has to say of a query, name by name; no value is repeated."""
    found = []
    for error in list(errors)[:8]:
        assert isinstance(error, dict)
        names = [str(part) for part in error["loc"] if part not in {"query", "path", "header"}]
        name = _short(names[0]) if names else "the query"
        message = "no such parameter" if error["type"] == "extra_forbidden" else str(error["msg"])
        found.append(Problem("bad-parameter", f"{name}: {message}", hint="/openapi.json tells what can be asked for"))
    return tuple(found) or (Problem("bad-parameter", "the query can't be read"),)


def _short(name: str) -> str:
    """A name that somebody sent, safe to be told."""
    return re.sub(r"[^\w.-]", "?", name, flags=re.ASCII)[:40]
