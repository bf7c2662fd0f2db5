"""Refuses to work on an engine whose source has changed: nothing is ever patched silently onto an unknown one."""

from __future__ import annotations

import hashlib
import inspect
from functools import cache
from typing import TYPE_CHECKING

from weasyprint import VERSION
from weasyprint.draw import text as draw_text
from weasyprint.layout import inline
from weasyprint.pdf import fonts, stream, tags
from weasyprint.text import line_break

from handouts.problems import HandoutsError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

KNOWN_VERSION = "70.0"

# What the patches replace or lean on: (function, first 16 hex digits of its source's sha256).
RELIED_ON: tuple[tuple[Callable[..., object], str], ...] = (
    (draw_text.draw_first_line, "1bb8eae6d88e71b1"),
    (inline.get_next_linebox, "67af458c2545e74f"),
    (inline.remove_last_whitespace, "53f0c79c9fbbda50"),
    (inline.skip_first_whitespace, "deb2f1a5e2a6c035"),
    (line_break.Layout.set_text, "fe23ca9937dbf520"),
    (line_break.Layout.reactivate, "0b89ee097104b713"),
    (fonts.Font.clean, "794f0211f18453f1"),
    (fonts.build_fonts_dictionary, "fc551bef35d0d6c3"),
    (fonts._build_vector_font_dictionary, "aa6eea312c6e3375"),  # noqa: SLF001  no public door to the font's dictionary
    (stream.Stream.marked, "3fa3acacbbf66422"),
    (stream.Stream.add_font, "e4226e1117477217"),
    (tags.add_tags, "f0e74575b0bafaf3"),
)


def digest_of(function: Callable[..., object]) -> str:
    """The first 16 hex digits of the sha256 of the function's source."""
    return hashlib.sha256(inspect.getsource(function).encode()).hexdigest()[:16]


@cache
def refuse_unknown_engine() -> None:
    """Raise `HandoutsError` unless every function that is relied on is the one we know. Looks once a process."""
    changed = [function.__qualname__ for function, known in RELIED_ON if digest_of(function) != known]
    if changed:
        raise HandoutsError(
            Problem(
                "engine-unknown",
                f"WeasyPrint {VERSION} is not the engine that handouts knows; these differ: {', '.join(changed)}",
                hint=f"pip install 'weasyprint=={KNOWN_VERSION}'",
            )
        )
