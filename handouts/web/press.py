"""Prints what is asked for: from the cache when it is there, else once, by a warm worker, for all who ask."""

from __future__ import annotations

import asyncio
import datetime
import hashlib
import logging
from collections import OrderedDict
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from handouts.batch.inputs import digest
from handouts.batch.names import name_of
from handouts.batch.workers import Limits
from handouts.model.edition import Format
from handouts.problems import HandoutsError, Problem
from handouts.web.cache import Cache
from handouts.web.crew import Crew, LostError
from handouts.web.printing import FirstPage, Order, Refused, Sheet, carry_out
from handouts.web.trouble import status_of
from handouts.web.values import Asked, Printed
from handouts.web.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from handouts.web.values import Settings
    from handouts.web.watch import Snapshot

MEDIA_TYPES = {
    Format.PDF: "application/pdf",
    Format.HTML: "text/html; charset=utf-8",
    Format.TXT: "text/plain; charset=utf-8",
}
NAME = "{heading} ({language}, {options}).{format}"
_MOST_REFUSED = 1000
log = logging.getLogger("handouts.web")
_WORKER = Limits(tasks=500)


class Press:
    """Makes files of one project. `start` it in a running loop, and `stop` it there."""

    def __init__(self, root: Path | None, settings: Settings) -> None:
        self.settings = settings
        self.watch = Watch(root)
        self.cache = Cache(settings.cache_dir, settings.cache_bytes)
        limits = replace(_WORKER, task_seconds=settings.seconds)
        self.crew: Crew[Order | FirstPage | None, Sheet | Refused | bytes] = Crew(
            carry_out, settings.workers, settings.queue, limits
        )
        self.ready = False
        self._root = root
        self._flights: dict[str, asyncio.Task[Printed]] = {}
        self._refused: OrderedDict[str, tuple[Problem, ...]] = OrderedDict()

    async def start(self) -> None:
        """Load what makes a handout, and start the workers."""
        if not self.cache.usable:
            log.warning("nothing can be kept in %s: every handout is made anew", self.cache.folder)
        await self.watch.look()
        await self.crew.start()
        try:
            await asyncio.gather(*(self.crew.do(None) for _ in range(self.settings.workers)))
        except LostError as error:
            log.error("the workers do not start: %s", error)  # noqa: TRY400  the reason is all there is to tell
        else:
            self.ready = True

    async def stop(self) -> None:
        """End the workers."""
        self.ready = False
        await self.crew.stop()

    @property
    def day(self) -> datetime.date:
        """The day that is printed: today, here, unless the settings say another."""
        return self.settings.date or datetime.datetime.now().astimezone().date()

    async def handout(self, asked: Asked) -> Printed:
        """The file that is asked for.

        Raises `UsageError` for a name that is not there, `HandoutsError` for what must not be printed, `BusyError` when
        too many wait, and `LostError` when no worker could finish it.
        """
        now = await self.watch.now()
        key = await self._key(now, asked)
        return self.cache.get(key) or await self._once(key, lambda: self._made(now, key, asked))

    async def first_page(self, asked: Asked) -> bytes:
        """The first page of the PDF that is asked for, as a PNG. Raises what `handout` does."""
        return (await self.picture(asked)).data

    async def picture(self, asked: Asked) -> Printed:
        """The first page of the PDF that is asked for, as a finished file. Raises what `handout` does."""
        pdf = replace(asked, format=Format.PDF)
        now = await self.watch.now()
        of = await self._key(now, pdf)
        key = f"{of}-page1"
        return self.cache.get(key) or await self._once(key, lambda: self._drawn(now, key, of, pdf))

    async def _key(self, now: Snapshot, asked: Asked) -> str:
        """The digest of all that decides on the bytes of a file."""
        inputs = now.known_key(asked) or await asyncio.to_thread(now.key, asked)
        settings = self.settings
        return digest([inputs, self.day.isoformat(), settings.allow_drafts, settings.allow_expired])

    async def _once(self, key: str, make: Callable[[], Awaitable[Printed]]) -> Printed:
        """What `make` gives, which is called once for all who wait for `key` at the same time."""
        if key in self._refused:
            raise HandoutsError(*self._refused[key])
        flight = self._flights.get(key)
        if flight is None:

            async def fly() -> Printed:
                return await make()

            flight = self._flights[key] = asyncio.create_task(fly())
            flight.add_done_callback(lambda done: self._landed(key, done))
        return await asyncio.shield(flight)

    def _landed(self, key: str, flight: asyncio.Task[Printed]) -> None:
        del self._flights[key]
        if not flight.cancelled():
            flight.exception()  # whoever waited has been told; when nobody did, nobody needs to be

    async def _made(self, now: Snapshot, key: str, asked: Asked) -> Printed:
        settings = self.settings
        day = self.day
        order = Order(self._root, now.version, asked, day, settings.allow_drafts, settings.allow_expired)
        sheet = await self.crew.do(order)
        same = (await self.watch.look()).version == now.version and day == self.day
        if isinstance(sheet, Refused):
            error = HandoutsError(*sheet.problems)
            if same and status_of(error) < HTTPStatus.INTERNAL_SERVER_ERROR:
                self._refuse(key, sheet.problems)
            raise error
        assert isinstance(sheet, Sheet), "an order is answered by a sheet"
        printed = _finished(asked, sheet)
        if same:
            await asyncio.to_thread(self.cache.put, key, printed)
        return printed

    async def _drawn(self, now: Snapshot, key: str, of: str, asked: Asked) -> Printed:
        printed = self.cache.get(of) or await self._once(of, lambda: self._made(now, of, asked))
        drawn = await self.crew.do(FirstPage(printed.data))
        if isinstance(drawn, Refused):
            raise HandoutsError(*drawn.problems)
        assert isinstance(drawn, bytes), "a page is answered by a picture"
        name = printed.name.removesuffix(".pdf") + ".png"
        picture = replace(printed, data=drawn, etag=_etag(drawn), media_type="image/png", name=name, pages=0)
        if (await self.watch.look()).version == now.version:
            await asyncio.to_thread(self.cache.put, key, picture)
        return picture

    def _refuse(self, key: str, problems: tuple[Problem, ...]) -> None:
        """Remember why a file can't be made from the files of today."""
        self._refused[key] = problems
        if len(self._refused) > _MOST_REFUSED:
            self._refused.popitem(last=False)


def _finished(asked: Asked, sheet: Sheet) -> Printed:
    told = [str(asked.audience), *(str(value) for value in asked.query.values())]
    values = {
        "heading": sheet.heading,
        "language": sheet.language,
        "options": ", ".join(told),
        "format": str(asked.format),
    }
    return Printed(
        data=sheet.data,
        etag=_etag(sheet.data),
        media_type=MEDIA_TYPES[asked.format],
        name=name_of(NAME, values),
        language=sheet.language,
        pages=sheet.pages,
        made=datetime.datetime.now(datetime.UTC).replace(microsecond=0),
        edition=sheet.edition,
        stage=sheet.stage,
        review_by=sheet.review_by,
    )


def _etag(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]
