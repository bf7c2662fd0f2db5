"""The words that people are told, in each language whose catalog says all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.languages import Language, language, name_in
from handouts.problems import HandoutsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.web.watch import Snapshot

ENGLISH = "en"
_MOST_ACCEPTED = 20
_WANTED = re.compile(r"([a-z0-9-]{1,35})\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?))?")


@dataclass(frozen=True, slots=True)
class Spoken:
    """The words in the language `tag`, by key; `draft` says that nobody has checked them."""

    tag: str
    words: Mapping[str, str]
    draft: bool

    @property
    def language(self) -> Language:
        """The language."""
        return language(self.tag)

    def named(self, tag: str) -> str:
        """A language in this one."""
        return name_in(tag, self.tag)


class Words:
    """Holds what was read; it is read again when the project's files have changed."""

    def __init__(self) -> None:
        self._version = -1
        self._spoken: dict[str, Spoken | None] = {}

    def tags(self, snapshot: Snapshot) -> tuple[str, ...]:
        """The languages that have all the words; English is always one."""
        return tuple(tag for tag in snapshot.project.page_tags() if self._of(snapshot, tag) is not None)

    def of(self, snapshot: Snapshot, tag: str) -> Spoken:
        """The words in a language, or in English when it lacks one. Raises `HandoutsError` when English is wrong."""
        return self._of(snapshot, tag) or self._english(snapshot)

    def _english(self, snapshot: Snapshot) -> Spoken:
        english = self._of(snapshot, ENGLISH)
        assert english is not None, "it is read, or raises"
        return english

    def _of(self, snapshot: Snapshot, tag: str) -> Spoken | None:
        if snapshot.version != self._version:
            self._version, self._spoken = snapshot.version, {}
        if tag not in self._spoken:
            self._spoken[tag] = _read(snapshot, tag)
        return self._spoken[tag]


def _read(snapshot: Snapshot, tag: str) -> Spoken | None:
    try:
        words, _ = snapshot.project.page_words(tag)
    except HandoutsError:
        if tag == ENGLISH:
            raise
        return None
    return Spoken(tag, words, snapshot.project.page_is_draft(tag))


def accepted(header: str, tags: tuple[str, ...]) -> str:
    """The one of `tags` that a browser likes best, or English. Source: RFC 9110, 12.5.4."""
    wanted = []
    for part in header.split(",")[:_MOST_ACCEPTED]:
        found = _WANTED.fullmatch(part.strip().lower())
        if found is not None and (liked := float(found[2] or 1)):
            wanted.append((-liked, found[1]))
    for _, tag in sorted(wanted, key=lambda each: each[0]):
        fits = [each for each in tags if (tag == each.lower() or tag.split("-")[0] == each.lower())]
        if fits:
            return fits[0]
    return ENGLISH
