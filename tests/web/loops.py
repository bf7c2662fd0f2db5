"""Coroutines in tests: in a thread of their own, for a browser that is open keeps a loop running in the first one."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

R = TypeVar("R")


def run(coroutine: Coroutine[None, None, R]) -> R:
    """What `coroutine` gives in a new loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()
