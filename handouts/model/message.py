"""One string that a translator sees, and one language's translations of such strings."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.problems import Location

SHARED_DOMAIN = "shared"
"""The gettext domain of all that handouts share; every condition has a domain of its own name."""


@dataclass(frozen=True, slots=True)
class Message:
    """A source string. `key` is gettext's msgctxt and outlives edits; `source` is the msgid, in plain English.

    `plural` is the English for many, when the string counts something; `placeholders` maps each name that may
    stand in the text to an example of what is put there.
    """

    domain: str
    key: str
    source: str
    where: Location
    plural: str | None = None
    note: str | None = None
    placeholders: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Translations:
    """What one language says, by (domain, key). A fuzzy, empty or stale entry is absent.

    Each value holds one string, or one for each plural form of the language; `plural_index` maps a count to the
    form to use, by domain.
    """

    language: str
    by_key: Mapping[tuple[str, str], tuple[str, ...]]
    plural_rule: Mapping[str, str]
