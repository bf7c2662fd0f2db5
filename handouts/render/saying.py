"""Words for people with their values in place, each in its own language: as HTML, or as plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from handouts.languages import language
from handouts.render.plain import apart

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handouts.languages import Language

_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a language of their own; None for what is of no language, such as a gene."""

    text: str
    tag: str | None

    @property
    def spoken(self) -> Language | None:
        """The language."""
        return language(self.tag) if self.tag is not None else None


def saying(words: Mapping[str, str]) -> Callable[..., Markup]:
    """What says one of `words` by its key, each value in its place and in its own language."""

    def say(key: str, **values: Run | str | Markup) -> Markup:
        parts = _PLACE.split(words[key])
        return Markup("").join(
            as_markup(values[part]) if number % 2 else escape(part) for number, part in enumerate(parts) if part
        )

    return say


def said_plainly(words: str, values: Mapping[str, Run], tag: str) -> str:
    """`words` of the language `tag` as plain text; a value that runs the other way is set apart from them."""
    direction = language(tag).direction

    def value(place: re.Match[str]) -> str:
        run = values[place[1]]
        return apart(run.text, run.spoken.direction, direction) if run.spoken is not None else run.text

    return _PLACE.sub(value, words)


def as_markup(value: Run | str | Markup) -> Markup:
    """Words in their language, kept apart from what stands around them."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, str) or value.spoken is None:
        text = value if isinstance(value, str) else value.text
        return Markup("<bdi>{}</bdi>").format(text)
    return Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(value.spoken.tag, value.spoken.direction, value.text)
