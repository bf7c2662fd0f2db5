"""How far the drawn pages of two PDFs differ."""

from __future__ import annotations

import io
import subprocess
import tempfile
from pathlib import Path

from PIL import Image, ImageChops

DOTS_PER_INCH = 100
LOOKED_AT = ("en", "ar", "ur", "he", "hi", "ta", "th", "km", "my", "zh-Hans")
"""Ten languages, of scripts with and without marks, joins and stacks."""

_HALF_OF_BLACK = 128


def apart(one: Path, other: Path) -> float:
    """The pixels that differ by more than half of black, as a share of those that are black."""
    pages = list(zip(_drawn(one), _drawn(other), strict=True))
    differ = sum(_dark(ImageChops.invert(ImageChops.difference(left, right))) for left, right in pages)
    return differ / sum(_dark(left) for left, _ in pages)


def _drawn(path: Path) -> list[Image.Image]:
    with tempfile.TemporaryDirectory() as folder:
        command = ["pdftoppm", "-r", str(DOTS_PER_INCH), "-gray", str(path), f"{folder}/page"]
        subprocess.run(command, check=True)
        return [Image.open(io.BytesIO(page.read_bytes())) for page in sorted(Path(folder).iterdir())]


def _dark(picture: Image.Image) -> int:
    return sum(picture.histogram()[:_HALF_OF_BLACK])
