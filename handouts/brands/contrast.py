"""Contrast of two colours as WCAG 2.2 measures it, and whether a brand's colours can be read on the page."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TEXT = 7.0
"""WCAG 2.2, 1.4.6: text to the ground on which it stands."""
GRAPHICS = 3.0
"""WCAG 2.2, 1.4.11: what has to be seen to understand a drawing, to what is beside it."""

PAPER = "#ffffff"
INKS = {"text": "#1a1a1a", "small print": "#33404d"}
"""The inks that stand on both tints, whatever the brand; those of templates/css/handout.css."""
URGENT = "#8a2a0b"
"""The ink of "When to get help" and of the line around it. No brand may change it."""

_STEPS = 256
_DARK = 0.04045
"""Up to here a channel of sRGB is linear."""


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, from 0 (black) to 1 (white). WCAG 2.2, "relative luminance"."""
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= _DARK else ((channel + 0.055) / 1.055) ** 2.4


def ratio(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21. WCAG 2.2, "contrast ratio"."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def told(value: float) -> str:
    """A ratio as a person reads it, cut and never rounded up: 6.999 is no 7."""
    return f"{floor(Fraction(value) * 100) / 100:.2f}:1"


def faults(colour: str, beside: Iterable[tuple[str, str, float]]) -> Iterator[str]:
    """What can't be read, or seen, where `colour` meets one of `beside`: (what it is, its colour, smallest ratio)."""
    for what, other, least in beside:
        found = ratio(colour, other)
        if found < least:
            yield f"its contrast to {what} ({other}) is {told(found)}, and {least:g}:1 is needed"


def nearest(colour: str, beside: Iterable[tuple[str, str, float]]) -> str | None:
    """The colour nearest to `colour`, towards black or white, that has no fault; None when there is none."""
    pairs = tuple(beside)
    for step in range(_STEPS):
        for end in (0, 255):
            mixed = _mixed(colour, end, step / (_STEPS - 1))
            if not any(faults(mixed, pairs)):
                return mixed
    return None


def _mixed(colour: str, end: int, share: float) -> str:
    """`colour` with `share` of black (`end` 0) or white (255) in it."""
    channels = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(c + (end - c) * share):02x}" for c in channels)
