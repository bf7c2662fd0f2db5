"""One string that a translator sees, and one language's translations of such strings."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from handouts.model.approval import NOT_APPROVED, Standing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.problems import Location

SHARED_DOMAIN = "shared"
"""The gettext domain of all that handouts share; every condition has a domain of its own name."""

WEB_DOMAIN = "web"
"""The domain of the clinic's page, whose words stand on no handout."""

_AUDIENCES = {
    ("family",): "families",
    ("carrier",): "carriers",
    ("family", "carrier"): "families and carriers",
}


@dataclass(frozen=True, slots=True)
class Message:
    """A source string. `key` is gettext's msgctxt and outlives edits; `source` is the msgid, in plain English.

    `plural` is the English for many, when the string counts something; `placeholders` maps each name that may
    stand in the text to an example of what is put there. `place` is where it stands on the page, `audiences` whom it
    speaks to (empty when that depends on the handout), `room` about how many characters fit there; `spoken` is set
    when nobody sees it, and a screen reader says it.
    """

    domain: str
    key: str
    source: str
    where: Location
    plural: str | None = None
    note: str | None = None
    placeholders: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    place: str | None = None
    audiences: tuple[str, ...] = ()
    room: int | None = None
    spoken: bool = False

    @property
    def english(self) -> tuple[str, ...]:
        """Its English: one string, or the one for one and the one for many."""
        return (self.source,) if self.plural is None else (self.source, self.plural)

    @property
    def used(self) -> Mapping[str, str]:
        """Those of the placeholders that its English uses, each with its example."""
        return {name: example for name, example in self.placeholders.items() if f"{{{name}}}" in "".join(self.english)}

    @property
    def comments(self) -> tuple[str, ...]:
        """What a translator should know: place and audience, meaning, placeholders with examples, room."""
        spoken_to = f" For {_AUDIENCES[self.audiences]}." if self.audiences in _AUDIENCES else ""
        return (
            *([f"{self.place}.{spoken_to}"] if self.place else [spoken_to.strip()] if spoken_to else []),
            *(["Spoken only: nobody sees it, a screen reader says it."] if self.spoken else []),
            *([self.note] if self.note else []),
            *(f"{{{name}}} becomes, for example: {example}" for name, example in self.used.items()),
            *([f"Room for about {self.room} characters."] if self.room else []),
        )


@dataclass(frozen=True, slots=True)
class Translations:
    """What one language says, by (domain, key). A fuzzy, empty or stale entry is absent.

    Each value holds one string, or one for each plural form of the language; `plural_rule` maps a count to the
    form to use, by domain. `standing` is what may be said of the words: unless somebody approved them, nothing.
    """

    language: str
    by_key: Mapping[tuple[str, str], tuple[str, ...]]
    plural_rule: Mapping[str, str]
    standing: Standing = NOT_APPROVED
