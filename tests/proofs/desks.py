"""A small project whose Spanish catalog has something of everything: done, fuzzy, stale, empty and wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.project import Project, opened
from tests.commands import CATALOG, CONDITION, SPANISH, lay
from tests.conftest import changed

if TYPE_CHECKING:
    from pathlib import Path

ID = "small-condition"


def desk_project(folder: Path) -> Project:
    """`edition.family.summary` is fuzzy, `main.heading` not translated, `main.rare` wrong, the title stale."""
    text = changed(SPANISH, 'msgctxt "edition.family.summary"', '#, fuzzy\nmsgctxt "edition.family.summary"')
    text = changed(text, "Lo más importante", "")
    text = changed(text, "aproximadamente {frequency} niños", "aproximadamente muchos niños")
    title = text.split('msgctxt "edition.family.title"\nmsgid "')[1].split('"')[0]
    text = changed(text, f'msgid "{title}"', f'msgid "{title}, once"')
    lay(folder, {f"conditions/{ID}.yaml": CONDITION, CATALOG: text})
    return opened(folder)
