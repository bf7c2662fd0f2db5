"""A PNG logo to a clean one: its points are read and written anew, and nothing else of the file is passed on."""

from __future__ import annotations

import contextlib
import io
import struct
import warnings
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image, ImageFile

from handouts.brands.contrast import luminance
from handouts.problems import HandoutsError, Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 1_000_000
MAX_SIDE = 4_000
MAX_POINTS = 4_000_000
"""Points that are unfolded: 16 megabytes."""

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER = struct.Struct(">8sI4sII")
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


@dataclass(frozen=True, slots=True)
class CleanPng:
    """A picture of points that is safe to print: its bytes, its size in points, and the darkest it is on paper."""

    data: bytes
    width: int
    height: int
    darkest: str


def clean_png(data: bytes, name: str) -> CleanPng:
    """The picture in `data`; `name` is told in problems. Raises `HandoutsError`.

    The size is read from the first bytes, before anything is unpacked.
    """
    where = Location(name)
    hint = "open it in a picture program and save it again as PNG"
    if len(data) < _HEADER.size or not data.startswith(SIGNATURE):
        raise HandoutsError(Problem("logo-syntax", "this is no PNG, whatever its name says", where, hint=hint))
    _, _, first, width, height = _HEADER.unpack_from(data)
    if first != b"IHDR" or not width or not height:
        raise HandoutsError(Problem("logo-syntax", "this PNG does not say how large it is", where, hint=hint))
    if max(width, height) > MAX_SIDE or width * height > MAX_POINTS:
        message = f"the logo has {width:,} x {height:,} points; {MAX_POINTS:,} in all are read, and {MAX_SIDE:,} a side"
        less = "save it with fewer points: 1,000 across are plenty"
        raise HandoutsError(Problem("logo-too-large", message, where, hint=less))
    try:
        points = _points(data, (width, height))
    except (OSError, SyntaxError, ValueError, struct.error, zlib.error, *_BOMBS) as error:
        message = f"this PNG can't be read: {str(error)[:80]}"
        raise HandoutsError(Problem("logo-syntax", message, where, hint=hint)) from None
    paper = Image.new("RGBA", points.size, "#ffffff")
    paper.alpha_composite(points)
    return CleanPng(_bytes(points), width, height, _darkest(paper))


def _points(data: bytes, size: tuple[int, int]) -> Image.Image:
    """The points with their transparency. `size` is what the first bytes say; a file may say another later."""
    with warnings.catch_warnings(), _whole_files_alone():
        warnings.simplefilter("error")
        with Image.open(io.BytesIO(data), formats=("PNG",)) as image:
            if image.size != size:
                raise ValueError("it says two different sizes")
            image.load()
            return image.convert("RGBA")


@contextlib.contextmanager
def _whole_files_alone() -> Iterator[None]:
    """Half a file is an error, whoever asked Pillow before to take it: the engine does, once it is loaded."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _bytes(points: Image.Image) -> bytes:
    """`points` as a PNG without a note of any kind: `frombytes` knows points and nothing else."""
    opaque = points.getchannel("A").getextrema() == (255, 255)
    shown = points.convert("RGB") if opaque else points
    file = io.BytesIO()
    Image.frombytes(shown.mode, shown.size, shown.tobytes()).save(file, "PNG")
    return file.getvalue()


def _darkest(paper: Image.Image) -> str:
    """The darkest of the colours as #rrggbb, so that a logo made for a dark ground is noticed."""
    small = paper.convert("RGB")
    small.thumbnail((200, 200), Image.Resampling.BOX)
    channels = small.tobytes()
    found = zip(channels[::3], channels[1::3], channels[2::3], strict=True)
    return min((f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in set(found)), key=luminance)
