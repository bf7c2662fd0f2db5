"""Whether anything at all has changed since the last run, without importing anything that makes a handout.

A run that ended well leaves a list of all files and folders that had a part in it, with size and time. When each is
as it was, so is every handout. Whatever looks different, or was changed so shortly before that its time could not
tell, is looked at again by its content.
"""

from __future__ import annotations

import json
import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handouts import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

STATE = "state.json"
FORMAT = 1
# A file system may keep times in steps of two seconds.
UNSURE_NS = 2_000_000_000
ENGINES = ("weasyprint", "pydyf", "fontTools", "babel", "jinja2", "pikepdf", "page")
PACKAGE = Path(__file__).resolve().parent.parent


def is_unchanged(out: Path, asked: Mapping[str, Any], today: str) -> int | None:
    """How many files of the last run are all still good, or None when they have to be looked at.

    `asked` is what the run is asked for, as JSON; `today` is a date, as the review dates are.
    """
    try:
        state = json.loads((out / ".handouts" / STATE).read_bytes())
        if state["format"] != FORMAT or state["asked"] != asked or state["sure"] is not True:
            return None
        if state["review_by"] and state["review_by"] < today:
            return None
        same = all(signature(path) == known for path, known in state["inputs"].items())
        same = same and isinstance(state["count"], int)
        same = same and all(signature(out / name) == known for name, known in state["outputs"].items())
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return state["count"] if same else None


def remember(
    out: Path,
    asked: Mapping[str, Any],
    inputs: Iterable[Path],
    outputs: Sequence[str],
    review_by: str,
    beside: Iterable[str] = (),
) -> None:
    """Leave the list for the next run. `review_by` is the first review date of all texts, or empty.

    `beside` are files that each run writes anew beside the `outputs`, such as the manifest.
    """
    listed = {str(path): signature(path) for path in sorted(set(inputs))}
    made = {name: signature(out / name) for name in outputs}
    newest = max((known[1] for known in (*listed.values(), *made.values()) if known), default=0)
    state = {
        "format": FORMAT,
        "asked": asked,
        "sure": _now_on(out) - newest > UNSURE_NS,
        "review_by": review_by,
        "inputs": listed,
        "outputs": made | {name: signature(out / name) for name in beside},
        "count": len(outputs),
    }
    path = out / ".handouts" / STATE
    part = path.with_suffix(".part")
    part.write_text(json.dumps(state, ensure_ascii=False), encoding="utf-8")
    part.replace(path)


def forget(out: Path) -> None:
    """Have the next run look at everything."""
    (out / ".handouts" / STATE).unlink(missing_ok=True)


def inputs_below(folders: Iterable[Path]) -> set[Path]:
    """Every file and every folder below `folders`: a folder's time tells of files that come or go."""
    found: set[Path] = set()
    for folder in folders:
        for place, inner, files in os.walk(folder):
            inner[:] = [name for name in inner if name != "__pycache__"]
            found.add(Path(place))
            found.update(Path(place, name) for name in files)
    return found


def program() -> set[Path]:
    """Files that change when this program or an engine is another version."""
    found = inputs_below([PACKAGE])
    for name in ENGINES:
        spec = find_spec(name)
        if spec is not None and spec.origin is not None:
            found.add(Path(spec.origin))
    return found


def about_program() -> str:
    """This program's version and Python's."""
    return f"{__version__} {sys.version}"


def signature(path: str | Path) -> list[int]:
    """Size, time and number of a file; of a folder its time and number; empty when it is not there."""
    try:
        found = os.stat(path)  # noqa: PTH116  a thousand files: Path() alone would cost more
    except OSError:
        return []
    size = found.st_size if not os.path.isdir(path) else 0  # noqa: PTH112  see above
    return [size, found.st_mtime_ns, found.st_ino]


def _now_on(out: Path) -> int:
    """The time of the file system in `out`, which need not be this machine's."""
    mark = out / ".handouts" / "now"
    mark.write_bytes(b"")
    now = mark.stat().st_mtime_ns
    mark.unlink()
    return now
