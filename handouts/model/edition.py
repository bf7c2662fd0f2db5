"""What is asked for: who the handout is for, on which paper, on which day."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime


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


@dataclass(frozen=True, slots=True)
class Edition:
    """One way to print one handout; `printed_on` is the date that the page shows."""

    audience: Audience
    paper: Paper
    printed_on: datetime.date
