"""Looks whether the machine has what is needed, and knows the remedy for each thing that it lacks."""

from __future__ import annotations

import ctypes.util
import importlib.metadata
import sys
from dataclasses import dataclass

from handouts.project import Project, font_problems

APT = "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
ENGINE_LINE = "70.0"
OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True, slots=True)
class Examined:
    """One thing looked at; what is not `needed` only makes the work slower."""

    what: str
    good: bool
    found: str
    remedy: str = ""
    needed: bool = True


def examine() -> tuple[Examined, ...]:
    """Everything that a handout needs of this machine."""
    python = ".".join(map(str, sys.version_info[:3]))
    return (
        Examined("Python", sys.version_info >= OLDEST_PYTHON, python, "install Python 3.11 or newer"),
        _library("Pango", "pango-1.0"),
        _library("Pango FreeType", "pangoft2-1.0"),
        _library("HarfBuzz subset", "harfbuzz-subset", needed=False),
        _engine(),
        *(_package(name) for name in ("page-validation", "babel", "jinja2", "pydantic")),
        _fonts(),
    )


def _library(what: str, name: str, *, needed: bool = True) -> Examined:
    found = ctypes.util.find_library(name)
    return Examined(what, found is not None, found or "not found", f"on Debian and Ubuntu: {APT}", needed)


def _package(name: str) -> Examined:
    try:
        version = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return Examined(name, good=False, found="not installed", remedy="pip install --upgrade handouts")
    return Examined(name, good=True, found=version)


def _engine() -> Examined:
    """WeasyPrint is pinned to one minor line: its insides are relied upon."""
    engine = _package("weasyprint")
    fits = engine.good and (engine.found == ENGINE_LINE or engine.found.startswith(f"{ENGINE_LINE}."))
    return Examined("WeasyPrint", fits, engine.found, f"pip install 'weasyprint=={ENGINE_LINE}'")


def _fonts() -> Examined:
    problems = font_problems(Project().fonts())
    found = "; ".join(p.message for p in problems) or "all there, as tested"
    return Examined("fonts", not problems, found, "restore the folder fonts/, or install handouts again")
