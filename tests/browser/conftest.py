"""Chromium for the tests that look at pages as a browser does."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

SWITCHES = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a screen. scripts/system-packages.sh installs it.

    One for each module: Playwright keeps a loop running, beside which no other test could run one of its own.
    """
    program = shutil.which("chromium")
    assert program, "run scripts/system-packages.sh test"
    expect.set_options(timeout=30_000)  # a page may be typeset meanwhile, on a machine that does other work
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=list(SWITCHES))
        yield started
        started.close()
