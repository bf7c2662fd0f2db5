"""The words that people are told, in each language whose catalog says all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handouts.model.spoken import Spoken
    from handouts.web.watch import Snapshot

ENGLISH = "en"


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
        spoken = self._of(snapshot, tag) or self._of(snapshot, ENGLISH)
        assert spoken is not None, "English is read, or raises"
        return spoken

    def _of(self, snapshot: Snapshot, tag: str) -> Spoken | None:
        if snapshot.version != self._version:
            self._version, self._spoken = snapshot.version, {}
        if tag not in self._spoken:
            self._spoken[tag] = snapshot.project.page_spoken(tag)
        return self._spoken[tag]
