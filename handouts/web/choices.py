"""What an address of the page says: every state of the page is one, so that it can be kept, sent and gone back to."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlencode

from pydantic import Field, StringConstraints, ValidationError

from handouts.languages import language
from handouts.model.edition import Audience, Format, Kind, Paper, Size
from handouts.problems import UsageError
from handouts.web.search import LONGEST
from handouts.web.values import Asked, Id, Options, Tag, parameter_problems

if TYPE_CHECKING:
    from collections.abc import Iterable

Typed = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST)]
"""What somebody typed."""


class PageQuery(Options):
    """Everything that the page's address may say; all of it may be left out."""

    ui: Tag | None = Field(None, description="The language of the page itself.")
    q: Typed = Field("", description="What was typed to find a condition.")
    lq: Typed = Field("", description="What was typed to find a language.")
    condition: Id | None = None
    language: Tag | None = None
    audience: Audience = Audience.FAMILY


@dataclass(frozen=True, slots=True)
class Choices:
    """What staff have typed and chosen so far. Tags are BCP 47, `ui` the page's own language if it was chosen."""

    ui: str | None = None
    q: str = ""
    lq: str = ""
    condition: str | None = None
    language: str | None = None
    audience: Audience = Audience.FAMILY
    paper: Paper = Paper.A4
    size: Size = Size.STANDARD
    kind: Kind = Kind.HANDOUT
    bilingual: str | None = None
    place: str | None = None
    brand: str | None = None

    def address(self, **changes: Any) -> str:  # noqa: ANN401  the fields
        """The address of the page with these choices and `changes`, without what goes without saying."""
        pairs = replace(self, **changes).pairs()
        return f"/?{urlencode(pairs)}" if pairs else "/"

    def pairs(self, *without: str) -> tuple[tuple[str, str], ...]:
        """The names and values of the address, less those of the fields `without`."""
        plain = Choices()
        told = ((each.name, getattr(self, each.name)) for each in fields(self) if each.name not in without)
        return tuple((name, str(value)) for name, value in told if value != getattr(plain, name))

    def asked(self, kind: Format = Format.PDF) -> Asked:
        """The file that is chosen. Only where a condition and a language are."""
        assert self.condition is not None, "it was chosen"
        assert self.language is not None, "it was chosen"
        return Asked(
            self.condition,
            self.language,
            self.audience,
            kind,
            self.paper,
            self.size,
            self.kind,
            self.bilingual,
            self.place,
            self.brand,
        )


def choices_in(pairs: Iterable[tuple[str, str]]) -> Choices:
    """What an address says; an empty value says nothing, for so a form sends what nobody filled in.

    Raises `UsageError` for a name that is unknown, and for a value that nothing can have.
    """
    try:
        query = PageQuery.model_validate({name: value for name, value in pairs if value})
    except ValidationError as error:
        raise UsageError(*parameter_problems(error.errors())) from None
    return Choices(
        ui=query.ui,
        q=query.q,
        lq=query.lq,
        condition=query.condition,
        language=language(query.language).tag if query.language is not None else None,
        audience=query.audience,
        paper=query.paper,
        size=query.size,
        kind=query.kind,
        bilingual=language(query.bilingual).tag if query.bilingual is not None else None,
        place=query.place.upper() if query.place is not None else None,
        brand=query.brand,
    )
