"""What is an address on a network, and what lies on this machine. Imports nothing heavy."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]+)://", re.IGNORECASE)


def is_address(place: str) -> bool:
    """Whether `place` is an address on a network, and not a folder or file here."""
    return _ADDRESS.match(place) is not None and not place.startswith("file://")


def local(place: str) -> Path:
    """The folder or file here that `place` names; file:// is one of them."""
    return Path(unquote(place.removeprefix("file://"))) if place.startswith("file://") else Path(place)


def beside(place: str, name: str) -> str:
    """The file `name` beside the one at `place`."""
    return f"{place.rpartition('/')[0]}/{name}" if is_address(place) else str(local(place).parent / name)
