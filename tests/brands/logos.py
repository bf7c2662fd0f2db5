"""Logos of organizations that do not exist: drawn, of points, and hostile."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageDraw

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 320 100">'

DRAWN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 100">\n'
    '<path fill="#5b1e6e" d="M50 8 92 32V68L50 92 8 68V32Z"/>\n'
    '<circle cx="50" cy="50" r="18" fill="#fff"/>\n'
    '<g fill="#5b1e6e">\n<rect x="112" y="26" width="196" height="14"/>\n'
    '<rect x="112" y="60" width="140" height="14"/>\n</g>\n'
    "</svg>\n"
)
"""A logo as an organization would have it drawn: 320 by 100, in one colour."""


def of_points(width: int = 600, height: int = 200, colour: str = "#0b5b3c") -> bytes:
    """A PNG with a filled disc on a transparent ground."""
    image = Image.new("RGBA", (width, height), (255, 255, 255, 0))
    ImageDraw.Draw(image).ellipse((4, 4, width - 4, height - 4), fill=colour)
    return saved(image)


def saved(image: Image.Image, **more: Any) -> bytes:  # noqa: ANN401  what Pillow's writer takes
    file = io.BytesIO()
    image.save(file, "PNG", **more)
    return file.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    """One chunk of a PNG with its sum. Source: PNG specification, 5.3."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*chunks: bytes) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks) + chunk(b"IEND", b"")


def header(width: int, height: int) -> bytes:
    """The chunk that says how large a greyscale PNG is."""
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
