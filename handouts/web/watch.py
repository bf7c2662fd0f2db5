"""Whether the project's files are still those that were read, looked at once a second at most."""

from __future__ import annotations

import asyncio
import datetime
import itertools
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handouts.batch.inputs import Inputs, digest
from handouts.batch.quick import UNSURE_NS, inputs_below, signature
from handouts.batch.values import Job
from handouts.files import SHIPPED
from handouts.languages import language
from handouts.problems import Problem, UsageError, did_you_mean
from handouts.project import Project, own_files, own_folders

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.web.values import Asked

LOOK_SECONDS = 1.0
_MOST_KEYS = 20_000


@dataclass
class Snapshot:
    """The project as its files are now; `version` is another whenever one has changed, which one did at `changed`."""

    version: int
    project: Project
    changed: datetime.datetime
    _inputs: Inputs = field(init=False)
    _keys: dict[Asked, str] = field(default_factory=dict)
    _languages: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._inputs = Inputs(self.project)
        self.conditions = self.project.condition_ids()
        self.brands = self.project.brand_ids()

    def known_key(self, asked: Asked) -> str | None:
        """The digest of all that `asked` is made from, if it has been worked out before."""
        return self._keys.get(asked)

    def key(self, asked: Asked) -> str:
        """The digest of all that `asked` is made from. Raises `UsageError` for a name that is not there."""
        self._refuse_unknown(asked)
        job = Job(
            name="",
            condition=asked.condition,
            language=asked.language,
            audience=asked.audience,
            paper=asked.paper,
            format=asked.format,
            size=asked.size,
            kind=asked.kind,
            second=asked.second,
            place=asked.place,
            brand=asked.brand,
        )
        found = self._inputs.of(job)
        if len(self._keys) < _MOST_KEYS:
            self._keys[asked] = found
        return found

    def languages(self, condition_id: str) -> tuple[str, ...]:
        """The languages that a condition has catalogs in."""
        if condition_id not in self._languages:
            self._languages[condition_id] = self.project.language_tags(condition_id)
        return self._languages[condition_id]

    def _refuse_unknown(self, asked: Asked) -> None:
        if asked.condition not in self.conditions:
            hint = did_you_mean(asked.condition, self.conditions)
            message = f"there is no condition called '{asked.condition}'"
            raise UsageError(Problem("unknown-condition", message, hint=hint))
        known = self.languages(asked.condition)
        for tag in filter(None, (asked.language, asked.second)):
            if tag not in known:
                spoken = language(tag)
                message = f"{asked.condition} has no {spoken.english_name} ({spoken.tag}) translation"
                raise UsageError(Problem("unknown-language", message, hint=f"it has: {', '.join(known)}"))
        if asked.brand is not None and asked.brand not in self.brands:
            message = f"there is no brand called '{asked.brand}'"
            raise UsageError(Problem("unknown-brand", message, hint=did_you_mean(asked.brand, self.brands)))


class Watch:
    """Looks at the files of a project, and holds what is known of them."""

    def __init__(self, root: Path | None) -> None:
        self._root = root
        self._versions = itertools.count(1)
        self._seen: str | None = None
        self._snapshot: Snapshot | None = None
        self._looked = 0.0
        self._look: asyncio.Future[Snapshot] | None = None

    async def now(self) -> Snapshot:
        """The project as its files are, or were a second ago."""
        if self._snapshot is not None and time.monotonic() - self._looked < LOOK_SECONDS:
            return self._snapshot
        return await self.look()

    async def look(self) -> Snapshot:
        """The project as its files are now; who asks while somebody looks waits for the same answer."""
        if self._look is None or self._look.done():
            self._look = asyncio.ensure_future(asyncio.to_thread(self.looked))
        return await asyncio.shield(self._look)

    def looked(self) -> Snapshot:
        """The project as its files are now."""
        started = time.monotonic()
        seen, newest = self._stamp()
        if self._snapshot is None or seen is None or seen != self._seen:
            self._snapshot = Snapshot(next(self._versions), Project(self._root), newest)
            self._seen = seen
        self._looked = started
        return self._snapshot

    def _stamp(self) -> tuple[str | None, datetime.datetime]:
        """The digest of the times and sizes of all files, and the newest time.

        None in place of the digest when a file is so new that its time may not tell.
        """
        paths = inputs_below((*own_folders(self._root), *SHIPPED)) | set(own_files(self._root))
        stamps = {str(path): signature(path) for path in paths}
        newest = max((stamp[1] for stamp in stamps.values() if stamp), default=0)
        now = time.time_ns()
        changed = datetime.datetime.fromtimestamp(min(now, newest) // 1_000_000_000, datetime.UTC)
        return None if abs(now - newest) < UNSURE_NS else digest(stamps), changed
