"""The little markup of a message: **bold**, and {name} for a fact. Nothing else; `<` is just a character.

It is a value of the seam between content, catalogs and localize, so all three read it in the same way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_TOKEN = re.compile(r"\*\*|\{[a-z][a-z0-9_]*\}|[{}]|[^*{}]+|\*")


class MarkupError(ValueError):
    """A brace or a pair of asterisks that has no partner."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words, or one placeholder; `strong` when it stands in bold."""

    words: str = ""
    placeholder: str | None = None
    strong: bool = False


def parse_markup(text: str) -> tuple[Piece, ...]:
    """The pieces of `text`, in order. Raises `MarkupError`."""
    pieces: list[Piece] = []
    strong = False
    for token in _TOKEN.findall(text):
        if token == "**":  # noqa: S105  markup, not a password
            strong = not strong
        elif token in {"{", "}"}:
            msg = f"a {token} stands alone, or the name in the braces is not one"
            raise MarkupError(msg)
        elif token.startswith("{"):
            pieces.append(Piece(placeholder=token[1:-1], strong=strong))
        else:
            pieces.append(Piece(words=token, strong=strong))
    if strong:
        msg = "** begins bold text and nothing ends it"
        raise MarkupError(msg)
    return tuple(pieces)


def placeholders_in(pieces: Iterable[Piece]) -> tuple[str, ...]:
    """The names of the placeholders, in order, with repeats."""
    return tuple(piece.placeholder for piece in pieces if piece.placeholder is not None)
