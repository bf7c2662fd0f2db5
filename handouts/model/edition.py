"""What is asked for: who the handout is for, how it is said and set, on which paper, on which day."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime

    from handouts.model.brand import MemberContact


class Audience(StrEnum):
    """Whom an edition speaks to."""

    FAMILY = "family"
    CARRIER = "carrier"


class Paper(StrEnum):
    """The sheet it is printed on."""

    A4 = "a4"
    LETTER = "letter"


class Format(StrEnum):
    """The kind of file."""

    PDF = "pdf"
    HTML = "html"
    TXT = "txt"


class Size(StrEnum):
    """How large the letters are."""

    STANDARD = "standard"
    LARGE = "large"


class Kind(StrEnum):
    """How much is made: the whole handout, or one sheet with its questions."""

    HANDOUT = "handout"
    QUESTIONS = "questions"


@dataclass(frozen=True, slots=True)
class Edition:
    """One way to print one handout; `printed_on` is the date that the page shows.

    `second` is the BCP 47 tag of the staff's language in a bilingual copy; `place` is the ISO 3166 code of the country
    whose services and rights are told; `brand` is the id of the organization that gives it out, and `member` which of
    its members is reached in its place.
    """

    audience: Audience
    paper: Paper
    printed_on: datetime.date
    size: Size = Size.STANDARD
    kind: Kind = Kind.HANDOUT
    second: str | None = None
    place: str | None = None
    brand: str | None = None
    member: MemberContact | None = None
