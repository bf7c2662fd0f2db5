"""The command line as a user has it: a process of its own, in a folder of its own. And a tiny project to lay there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

SECONDS = 240
DATE = "2026-11-21"
SHIPPED = "x-linked-hyper-igm"
CHECKOUT = Path(__file__).resolve().parent.parent

# What colours or widens the output is left out, so that a test sees the same text in a terminal and in CI.
_NOISE = ("FORCE_COLOR", "CLICOLOR_FORCE", "GITHUB_ACTIONS", "PY_COLORS", "TTY_COMPATIBLE", "LINES")

CONDITION = """\
id: small-condition
name: Small condition
pattern: x-linked-recessive
gene: {symbol: ABC1, sources: [ONE]}
also_called: {sources: [ONE], names: [SC]}
review: {written: 2026-01-02, review_by: 2027-01-02}
sources:
  ONE:
    title: A page about a small condition
    publisher: A hospital
    read: 2026-01-02
facts:
  frequency: {kind: ratio, count: 1, total: 5000, sources: [ONE]}
editions:
  family:
    title: A small thing
    summary: This guide is for families.
sections:
  - id: main
    role: main-message
    heading: The main message
    blocks:
      - {kind: paragraph, id: rare, sources: [ONE], text: "About {frequency} newborn boys have it."}
words: {}
"""
"""The smallest condition that a project can hold; it has no carrier edition."""

SPANISH = """\
msgid ""
msgstr ""
"Language: es\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgctxt "name"
msgid "Small condition"
msgstr "Afección pequeña"

msgctxt "edition.family.title"
msgid "A small thing"
msgstr "Una cosa pequeña"

msgctxt "edition.family.summary"
msgid "This guide is for families."
msgstr "Esta guía es para las familias."

msgctxt "main.heading"
msgid "The main message"
msgstr "Lo más importante"

msgctxt "main.rare"
msgid "About {frequency} newborn boys have it."
msgstr "La tienen aproximadamente {frequency} niños recién nacidos."
"""
"""All that the small condition says, in Spanish, as a translator would hand it in."""

CATALOG = "locales/es/LC_MESSAGES/small-condition.po"


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended: its exit code, and what it told."""

    code: int
    out: str
    err: str

    @property
    def told(self) -> str:
        """Everything that the user saw."""
        return self.out + self.err

    @property
    def json(self) -> Any:  # noqa: ANN401  JSON holds any value
        """What a program reads."""
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Made:
    """A handout that the command line made."""

    ran: Ran
    pdf: bytes


def environment(**more: str) -> dict[str, str]:
    """The environment of a command: ours, less what would change the look of its output."""
    kept = {name: value for name, value in os.environ.items() if name not in _NOISE}
    return {**kept, "NO_COLOR": "1", "COLUMNS": "120", "PYTHONIOENCODING": "utf-8", **more}


def handouts(*arguments: str, cwd: Path, env: Mapping[str, str] | None = None, seconds: float = SECONDS) -> Ran:
    """Run `handouts` with `arguments` in the folder `cwd`."""
    command = [sys.executable, "-m", "handouts", *arguments]
    ran = subprocess.run(
        command,
        cwd=cwd,
        env=environment(**(env or {})),
        timeout=seconds,
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return Ran(ran.returncode, ran.stdout.decode(), ran.stderr.decode())


def made(tag: str, audience: str, paper: str = "a4", seed: str = "1") -> Made:
    """A shipped handout, made once for all tests; `seed` is the process's hash seed."""
    return _made(tag, audience, paper, seed)


@cache
def _made(tag: str, audience: str, paper: str, seed: str) -> Made:
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "handout.pdf"
        options = ("--lang", tag, "--for", audience, "--paper", paper, "--date", DATE, "--json", "-o", str(file))
        draft = () if tag == "en" else ("--draft",)
        ran = handouts("make", SHIPPED, *options, *draft, cwd=Path(name), env={"PYTHONHASHSEED": seed})
        return Made(ran, file.read_bytes() if file.is_file() else b"")


def lay(folder: Path, files: Mapping[str, str]) -> Path:
    """Make a project in `folder` that holds `files`, by name; returns the folder."""
    for name, text in {"handouts.toml": "", **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below `folder`, hidden ones too, with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
