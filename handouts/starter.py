"""Starts a user's own project: the folders, a marker, the schema for editors, and a page that explains."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from handouts.content import SCHEMAS, json_schema
from handouts.files import MARKER, shown, write_whole
from handouts.problems import HandoutsError, Location, Problem

if TYPE_CHECKING:
    from pathlib import Path

_MARKER_TEXT = """\
# This folder is a handouts project. What lies here wins over what handouts ships:
#   conditions/NAME.yaml                      a condition of your own, or your version of one of ours
#   locales/LANG/LC_MESSAGES/DOMAIN.po        translations
#   brands/NAME/                              your name and logo
#   templates/                                a page design of your own
# `handouts where NAME` says which file wins; `handouts check` holds everything against its rules.
"""

_README_TEXT = """\
# Our handouts

Write a condition in `conditions/`, with `# yaml-language-server: $schema=../schema/condition.schema.json` as its first
line, so that your editor checks it while you type. Then:

    handouts check
    handouts make NAME --lang en --for family -o NAME.pdf
"""


def start_project(folder: Path) -> tuple[str, ...]:
    """Make the project in `folder`; returns what was made. Raises `HandoutsError` when the folder is in use."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise HandoutsError(
            Problem(
                "folder-in-use",
                "there is something here already",
                Location(str(folder)),
                hint="name a new folder; nothing was changed",
            )
        )
    files: dict[str, str] = {MARKER: _MARKER_TEXT, "README.md": _README_TEXT}
    files |= {f"{name}/.gitkeep": "" for name in ("conditions", "locales", "brands")}
    files |= {f"schema/{kind}.schema.json": json.dumps(json_schema(kind), indent=2) + "\n" for kind in SCHEMAS}
    for name, text in files.items():
        write_whole(folder / name, text.encode())
    return tuple(shown(folder / name) for name in files)
