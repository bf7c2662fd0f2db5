"""Who has looked at which words: the stages of a text, and what may be said of it on the page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime


class Stage(StrEnum):
    """How far a text has come. Source of the three steps: ISO 17100 (translate, revise), then a clinician.

    DRAFT is what nobody answers for: a draft translation, or English that no clinician has cleared.
    """

    DRAFT = "draft"
    TRANSLATED = "translated"
    REVISED = "revised"
    CLEARED = "cleared"


RECORDED = (Stage.TRANSLATED, Stage.REVISED, Stage.CLEARED)
"""The stages that somebody answers for, in their order."""


@dataclass(frozen=True, slots=True)
class SameMeaning:
    """Somebody said that changed English still means the same, so that an approval went on to hold."""

    keys: tuple[str, ...]
    by: str
    date: datetime.date


@dataclass(frozen=True, slots=True)
class Approval:
    """Somebody's word for exactly the strings of a domain whose digest this is."""

    stage: Stage
    by: str
    date: datetime.date
    digest: str
    same_meaning: tuple[SameMeaning, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What a handout may say of itself: its stage, whether its English is cleared, and who answers for its words.

    The stage is the lowest of all the domains that the handout draws on; `signed` holds who took each step up to it
    and when: a stage twice, when two people took it for two domains.
    """

    stage: Stage = Stage.DRAFT
    english_cleared: bool = False
    signed: tuple[tuple[Stage, str, datetime.date], ...] = ()

    def signatures(self, stage: Stage) -> tuple[tuple[str, datetime.date], ...]:
        """Who took one step for all the words of the handout, and when; nobody when it is not taken."""
        return tuple((by, day) for taken, by, day in self.signed if taken is stage)

    def named(self, language_tag: str) -> str:
        """The stage as a word for programs and tables: English that is not cleared is no draft of anything."""
        return UNCHECKED if language_tag == "en" and self.stage is not Stage.CLEARED else self.stage.value


NOT_APPROVED = Standing()
"""What may be said of words that nobody has approved."""

UNCHECKED = "not-clinically-reviewed"
"""The stage of English that no clinician has cleared."""


def lowest(*names: str) -> str:
    """The lowest of some stages by name, for a page that says its words in several languages."""
    return min(names, key=[Stage.DRAFT, UNCHECKED, *RECORDED].index)
