"""What is printed anew, what comes from the cache, and what is remembered."""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from handouts.model.edition import Audience, Format
from handouts.problems import HandoutsError, Problem
from handouts.web.cache import Cache
from handouts.web.crew import LostError
from handouts.web.press import Press
from handouts.web.printing import Order, Refused, Sheet
from handouts.web.values import Asked, Printed, Settings
from tests.commands import CATALOG, CONDITION, SPANISH, lay
from tests.web.conftest import DAY
from tests.web.loops import run

if TYPE_CHECKING:
    import datetime
    from collections.abc import Awaitable, Callable
    from pathlib import Path

SMALL = Asked("small-condition", "en", Audience.FAMILY, Format.TXT)
FILE = "conditions/small-condition.yaml"


@dataclass
class Hands:
    """Workers that make what they are told to, in this process: `do` says with what; each order is counted."""

    do_: Callable[[Order], Awaitable[Sheet | Refused]]
    orders: list[Order] = field(default_factory=list)

    async def start(self) -> None:
        """Nothing has to be loaded."""

    async def stop(self) -> None:
        """Nothing has to end."""

    async def do(self, order: Order | None) -> Sheet | Refused | bytes:
        """Make a file."""
        if order is None:
            return b""
        self.orders.append(order)
        return await self.do_(order)


def words_of(root: Path) -> bytes:
    return (root / FILE).read_bytes()


def sheet(data: bytes, day: datetime.date = DAY) -> Sheet:
    return Sheet(data, "en", 0, "ab12-cd34", "draft", "Small", "For families", day)


def press_of(root: Path, *, date: datetime.date = DAY, drafts: bool = False) -> tuple[Press, Hands]:
    """A press for the project in `root` whose files say what the condition's file says."""
    press = Press(root, Settings(cache_dir=root.parent / "cache", date=date, allow_drafts=drafts, workers=1))

    async def copy(_: Order) -> Sheet:
        await asyncio.sleep(0.05)
        return sheet(words_of(root))

    hands = Hands(copy)
    press.crew = hands  # type: ignore[assignment]  # it has all that a press asks of its workers
    return press, hands


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = lay(tmp_path / "project", {FILE: CONDITION, CATALOG: SPANISH})
    for path in folder.rglob("*"):
        long_ago(path)
    return folder


def long_ago(path: Path, seconds: float = 100) -> None:
    """Have a file look as if it had been changed a while ago, so that its time tells."""
    os.utime(path, (time.time() - seconds, time.time() - seconds))


def change(root: Path, name: str, text: str, seconds: float = 50) -> None:
    (root / name).write_text(text, encoding="utf-8")
    long_ago(root / name, seconds)


def test_a_folder_where_nothing_can_be_kept_is_told_once(
    root: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A wrong word after --cache, and for months every handout takes seconds without anybody knowing why."""
    press, _ = press_of(root)
    run(press.start())
    assert not caplog.messages

    (tmp_path / "file").write_text("")
    press.cache = Cache(tmp_path / "file", 10_000)
    run(press.start())

    assert caplog.messages == [f"nothing can be kept in {tmp_path / 'file' / 'files'}: every handout is made anew"]


def test_who_asks_at_the_same_time_gets_the_same_printing(root: Path) -> None:
    """Thirty clicks of an impatient nurse are thirty handouts to make."""
    press, hands = press_of(root)

    async def ask() -> list[Printed]:
        return list(await asyncio.gather(*(press.handout(SMALL) for _ in range(30))))

    answers = run(ask())

    assert len(hands.orders) == 1
    assert {answer.data for answer in answers} == {words_of(root)}


def test_a_second_request_needs_no_worker_even_after_a_restart(root: Path) -> None:
    """Each morning everything is made anew."""
    first, _ = press_of(root)
    printed = run(first.handout(SMALL))
    second, hands = press_of(root)

    assert run(second.handout(SMALL)) == printed
    assert hands.orders == []


def test_a_change_of_a_text_is_printed(root: Path) -> None:
    """What was corrected is handed out wrong until somebody restarts the server."""
    press, hands = press_of(root)

    async def ask() -> tuple[Printed, Printed]:
        before = await press.handout(SMALL)
        change(root, FILE, CONDITION.replace("newborn boys", "boys"))
        await press.watch.look()
        return before, await press.handout(SMALL)

    before, after = run(ask())
    assert len(hands.orders) == 2
    assert (b"newborn boys" in before.data, b"newborn boys" in after.data) == (True, False)
    assert hands.orders[0].version != hands.orders[1].version


def test_a_change_of_a_file_that_has_no_part_in_it_makes_nothing_anew(root: Path) -> None:
    """Whenever a translator saves, every handout is made again."""
    press, hands = press_of(root)

    async def ask() -> None:
        await press.handout(SMALL)
        change(root, CATALOG, SPANISH.replace("pequeña", "chica"))
        await press.watch.look()
        await press.handout(SMALL)

    run(ask())
    assert len(hands.orders) == 1


def test_what_was_printed_while_its_text_changed_is_not_kept(root: Path) -> None:
    """New words are kept under the old text's name, and come back when somebody takes the change back."""
    press, hands = press_of(root)
    old = CONDITION

    async def late(_: Order) -> Sheet:
        change(root, FILE, CONDITION.replace("newborn boys", "boys"), 50)
        return sheet(words_of(root))

    hands.do_ = late

    async def ask() -> Printed:
        await press.handout(SMALL)
        change(root, FILE, old, 40)
        await press.watch.look()
        hands.do_ = press_of(root)[1].do_
        return await press.handout(SMALL)

    assert b"newborn boys" in run(ask()).data
    assert len(hands.orders) == 2


def test_the_next_day_has_its_own_date(root: Path) -> None:
    """A handout of today says yesterday's date, or one whose review date has passed is still handed out."""
    first, _ = press_of(root)
    run(first.handout(SMALL))
    second, hands = press_of(root, date=DAY.replace(day=22))
    run(second.handout(SMALL))

    assert [order.day.day for order in hands.orders] == [22]


def test_what_was_printed_as_a_draft_is_not_given_out_by_a_stricter_server(root: Path) -> None:
    """Somebody takes --draft away, and the drafts go on being handed out."""
    first, _ = press_of(root, drafts=True)
    run(first.handout(SMALL))
    second, hands = press_of(root)
    run(second.handout(SMALL))

    assert [order.draft for order in hands.orders] == [False]


def test_a_lost_worker_is_not_remembered(root: Path) -> None:
    """One unlucky moment, and a handout can't be had for the rest of the day."""
    press, hands = press_of(root)

    async def lost(_: Order) -> Sheet:
        raise LostError("it was killed")

    good, hands.do_ = hands.do_, lost

    async def ask() -> Printed:
        with pytest.raises(LostError):
            await press.handout(SMALL)
        hands.do_ = good
        return await press.handout(SMALL)

    assert run(ask()).data == words_of(root)


def test_a_refusal_is_remembered_until_a_file_changes(root: Path) -> None:
    """A record asks for a draft all day, and the workers do nothing else; or it was cleared, and is still refused."""
    press, hands = press_of(root)
    problem = Problem("draft-refused", "a draft")

    async def refused(_: Order) -> Refused:
        return Refused((problem,))

    good, hands.do_ = hands.do_, refused

    async def ask() -> int:
        for _ in range(3):
            with pytest.raises(HandoutsError):
                await press.handout(SMALL)
        told = len(hands.orders)
        hands.do_ = good
        change(root, FILE, CONDITION.replace("newborn boys", "boys"))
        await press.watch.look()
        await press.handout(SMALL)
        return told

    assert run(ask()) == 1


def test_a_full_disk_costs_time_and_nothing_else(root: Path) -> None:
    """The disk is full, and nobody gets a handout."""
    press, hands = press_of(root)
    assert press.cache.folder is not None
    press.cache.folder.rmdir()
    press.cache.folder.write_text("in the way")

    async def ask() -> list[bytes]:
        return [(await press.handout(SMALL)).data for _ in range(2)]

    assert run(ask()) == [words_of(root)] * 2
    assert len(hands.orders) == 2
