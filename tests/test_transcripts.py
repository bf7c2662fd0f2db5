"""docs/translators.md is a transcript: each command is run in its order, and must say what the page says.

A `po` block is what a translator types into the Polish catalog that has these strings; a `yaml` block replaces its one
text. A line of output that ends in … may go on.
"""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from tests.commands import CHECKOUT, CONDITION, handouts, lay
from tests.conftest import changed

if TYPE_CHECKING:
    from pathlib import Path

GUIDE = CHECKOUT / "docs/translators.md"
SMALL = "conditions/small-condition.yaml"
POLISH = "locales/pl/LC_MESSAGES/small-condition.po"
POLISH_SHARED = "locales/pl/LC_MESSAGES/shared.po"

_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ENTRY = re.compile(r'msgctxt ("[^"]+")\nmsgstr ("[^\n]*")')


def translated(text: str, typed: str) -> str:
    """A catalog with the translations that stand in a block of the page."""
    entries = _ENTRY.findall(typed)
    assert entries
    for key, words in entries:
        found = re.search(rf'msgctxt {re.escape(key)}\n(?:msgid[^\n]*\n|"[^\n]*\n)+?msgstr ((?:"[^\n]*\n?)+)', text)
        assert found, key
        text = text[: found.start(1)] + words + "\n" + text[found.end(1) :]
    return text


def said(line: str, expected: str) -> bool:
    return line.startswith(expected[:-1]) if expected.endswith("…") else line == expected


def run(block: str, folder: Path) -> int:
    """Run the commands of a console block and hold what they say against what stands under them."""
    commands = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    for command in commands:
        typed, _, expected = command.partition("\n")
        program, *arguments = shlex.split(typed)
        assert program == "handouts"
        ran = handouts(*arguments, cwd=folder)
        lines = [line.rstrip() for line in (ran.out + ran.err).splitlines()]
        wanted = expected.rstrip("\n").split("\n") if expected else []
        assert len(lines) == len(wanted), (typed, ran.told)
        assert all(map(said, lines, wanted)), (typed, ran.told)
        assert ran.code == ("error[" in ran.told), (typed, ran.code)
    return len(commands)


def test_the_first_hour_of_a_translator_goes_as_the_page_says(tmp_path: Path) -> None:
    """The page is the only teacher that most translators have; where it is wrong, they give up."""
    lay(tmp_path, {SMALL: CONDITION})
    count = 0
    for kind, block in _FENCE.findall(GUIDE.read_text(encoding="utf-8")):
        if kind == "console":
            count += run(block, tmp_path)
        elif kind == "po":
            key = _ENTRY.findall(block)[0][0]
            polish = [path for path in (tmp_path / POLISH, tmp_path / POLISH_SHARED) if path.is_file()]
            (path,) = (path for path in polish if f"msgctxt {key}" in path.read_text(encoding="utf-8"))
            path.write_text(translated(path.read_text(encoding="utf-8"), block), encoding="utf-8")
        elif kind == "yaml":
            (words,) = re.findall(r'^text: ("[^\n]+")\n$', block)
            text = (tmp_path / SMALL).read_text(encoding="utf-8")
            old = re.findall(r'text: ("[^"]+")', text)[0]
            (tmp_path / SMALL).write_text(changed(text, old, words), encoding="utf-8")

    assert count > 12
