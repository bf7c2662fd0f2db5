"""What the doctor finds, on this machine and on machines that lack something."""

from __future__ import annotations

import ctypes.util
import importlib.metadata
from typing import TYPE_CHECKING

import pytest

from handouts.cli import app
from handouts.doctor import Examined, examine

if TYPE_CHECKING:
    from collections.abc import Callable


def examined() -> dict[str, Examined]:
    return {row.what: row for row in examine()}


def without(real: Callable[[str], str | None], lost: str) -> Callable[[str], str | None]:
    """The machine's own look-up of libraries, on a machine that lacks one."""
    return lambda name: None if name == lost else real(name)


def test_this_machine_has_all_that_is_needed() -> None:
    """Every other test of a page would fail for a reason that is not in the code."""
    rows = examined()

    assert {what for what, row in rows.items() if not row.good} == set()
    for what in ("Python", "Pango", "Pango FreeType", "HarfBuzz subset", "WeasyPrint", "page-validation", "fonts"):
        assert rows[what].found


@pytest.mark.parametrize(
    ("library", "what", "package"),
    [
        ("pango-1.0", "Pango", "libpango-1.0-0"),
        ("pangoft2-1.0", "Pango FreeType", "libpangoft2-1.0-0"),
    ],
)
def test_a_missing_library_is_told_with_the_package_that_brings_it(
    monkeypatch: pytest.MonkeyPatch, library: str, what: str, package: str
) -> None:
    """Whoever sees a loader's error alone does not know what to install."""
    monkeypatch.setattr(ctypes.util, "find_library", without(ctypes.util.find_library, library))

    rows = examined()

    assert {name for name, row in rows.items() if not row.good} == {what}
    assert rows[what].needed
    assert package in rows[what].remedy


def test_the_subset_library_is_wished_for_and_not_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A machine that only works more slowly must not be told that it can't work."""
    monkeypatch.setattr(ctypes.util, "find_library", without(ctypes.util.find_library, "harfbuzz-subset"))

    code = app(["doctor"], standalone_mode=False)

    told = capsys.readouterr().out
    assert not code
    assert "slow  HarfBuzz subset" in told
    assert "libharfbuzz-subset0" in told


def test_a_doctor_who_finds_something_missing_says_so_to_the_shell(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An installation script that goes on after this ends in a clinic that can't print."""
    monkeypatch.setattr(ctypes.util, "find_library", without(ctypes.util.find_library, "pango-1.0"))

    code = app(["doctor"], standalone_mode=False)

    told = capsys.readouterr().out
    assert code == 1
    assert "wrong Pango: not found" in told
    assert "remedy: on Debian and Ubuntu: apt-get install -y libpango-1.0-0" in told


@pytest.mark.parametrize(
    ("version", "good"),
    [("70.0", True), ("70.0.1", True), ("70.1", False), ("70.01", False), ("71.0", False), ("7.0", False)],
)
def test_only_the_engine_that_was_tested_is_good(monkeypatch: pytest.MonkeyPatch, version: str, good: bool) -> None:  # noqa: FBT001  pytest passes it by name
    """Another engine can lay text and tags otherwise, and nobody has heard the result."""
    real = importlib.metadata.version
    monkeypatch.setattr(importlib.metadata, "version", lambda name: version if name == "weasyprint" else real(name))

    engine = examined()["WeasyPrint"]

    assert (engine.good, engine.found) == (good, version)
    assert "weasyprint==70.0" in engine.remedy


def test_a_package_that_is_not_installed_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken installation must say how to mend it, not which line of ours failed."""
    real = importlib.metadata.version

    def version(name: str) -> str:
        if name == "babel":
            raise importlib.metadata.PackageNotFoundError(name)
        return real(name)

    monkeypatch.setattr(importlib.metadata, "version", version)

    babel = examined()["babel"]

    assert (babel.good, babel.found) == (False, "not installed")
    assert "pip install" in babel.remedy
