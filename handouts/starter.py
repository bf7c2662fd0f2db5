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
#   brands/NAME/brand.toml                    your name, contacts, colours and logo
#   templates/                                a page design of your own
# `handouts where NAME` says which file wins; `handouts check` holds everything against its rules.
"""

_BRAND_TEXT = """\
#:schema ../../schema/brand.schema.json
# Your organization on the handouts. To switch it on, give it a folder of its own in brands/, named as you like:
#
#   mkdir brands/our-clinic
#   cp brands/brand.toml.example brands/our-clinic/brand.toml
#
# Then write your own words over these, and delete what you do not need: only the name must stay.

name = "Example Children's Clinic"
language = "en"                      # of the words in this file

[contact]
phones = ["+1 555 010 0100"]         # up to four
email = "team@example.org"
web = "www.example.org"
address = ["1 Example Street", "Example Town"]
hours = "Mon-Fri 9:00-17:00"

# Without these, the pages keep our colours. Each must be easy to read: `handouts check` says how easy.
# [colours]
# accent = "#5b1e6e"                 # titles, marks and lines
# cool = "#f3eaf6"                   # behind the main message
# warm = "#fff6e0"                   # behind "When to get help"

# An SVG or PNG file that lies beside this one, and what people hear who can't see it.
# [logo]
# file = "logo.svg"
# alt = "Logo of Example Children's Clinic"

# The same guide on your own pages, printed as a square code for phones and in letters.
# [web_edition]
# address = "https://example.org/guides/{condition}/{language}"

# The same in other languages, where you have it. Names and addresses may stay as they are.
# [in.es]
# hours = "lun-vie 9:00-17:00"
# alt = "Logotipo de Example Children's Clinic"
"""

_README_TEXT = """\
# Our handouts

Write a condition in `conditions/`, with `# yaml-language-server: $schema=../schema/condition.schema.json` as its first
line, so that your editor checks it while you type. Then:

    handouts check
    handouts make NAME --lang en --for family -o NAME.pdf

To put your own name, phone number and logo on every handout, begin with `brands/brand.toml.example`.
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
    files["brands/brand.toml.example"] = _BRAND_TEXT
    files |= {f"schema/{kind}.schema.json": json.dumps(json_schema(kind), indent=2) + "\n" for kind in SCHEMAS}
    for name, text in files.items():
        write_whole(folder / name, text.encode())
    return tuple(shown(folder / name) for name in files)
