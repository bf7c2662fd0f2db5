"""Pages in 39 languages to be heard: names of places, languages, months, units and lists, by CLDR through Babel.

Every page mixes its language with Latin names and numbers, only some of them marked as running from left to right. It
breaks over lines and pages, and holds headings, paragraphs, a list, a table, bold text, a link and an English passage.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from html import escape
from itertools import cycle, islice
from typing import TYPE_CHECKING

from babel.dates import format_date, get_day_names, get_month_names
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

from handouts.languages import Language, language

if TYPE_CHECKING:
    from collections.abc import Mapping

TAGS = (
    *("en", "es", "fr", "pt", "de", "pl", "ru", "uk", "el", "tr", "vi", "ar", "fa", "ur", "he"),
    *("hi", "mr", "bn", "pa", "gu", "ta", "te", "kn", "ml", "si", "th", "lo", "km", "my"),
    *("am", "ka", "hy", "ko", "ja", "zh-Hans", "zh-Hant", "so", "sw", "ht"),
)

_STYLE = (
    "@page { size: A4; margin: 22mm } body { font-size: 14pt } "
    "table { break-inside: avoid } td, th { padding: 3pt 8pt; text-align: start }"
)
_ENGLISH = "one in two, each time"
_UNMARKED = ("CD40LG", "hyper IgM", "2 hyper-IgM")  # a page from outside says no direction for them
_DAY = datetime.date(2026, 11, 21)
# CLDR steers mixed text with them; a page of ours says direction with dir= and refuses them.
_BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

Stretches = tuple[tuple[str, str], ...]
"""(words, language tag) of a block, one for each change of language."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A page, and the blocks that a listener should hear."""

    tag: str
    html: str
    blocks: tuple[Stretches, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """The words of each block."""
        return tuple("".join(words for words, _ in block) for block in self.blocks)


def sample(tag: str) -> Sample:
    """The page in the language `tag`."""
    spoken = language(tag)
    places = _names(spoken.locale.territories, 90)
    tongues = _names(spoken.locale.languages, 60)
    months = map(_plain, get_month_names("wide", locale=spoken.locale).values())
    days = list(map(_plain, get_day_names("wide", locale=spoken.locale).values()))
    units = [_unit(spoken, n, u) for n, u in ((1, "duration-year"), (2, "duration-month"), (5, "duration-day"))]
    title = _plain(spoken.own_name)
    mixed = ("CD40LG", "H2O", _number(spoken, 1234567), _percent(spoken), _date(spoken), "10-20", "+1 800-555-0199")
    blocks: list[Stretches] = []
    body: list[str] = []

    def add(element: str, text: str, inner: str | None = None) -> None:
        blocks.append(((text, spoken.tag),))
        body.append(f"<{element}>{escape(text) if inner is None else inner}</{element}>")

    add("h1", title)
    add("p", " ".join(places[:45]))
    for word, place in zip(mixed, places[60:], strict=False):
        add("p", f"{place} {word} {title}", f'{escape(place)} <span dir="ltr">{escape(word)}</span> {escape(title)}')
    add("h2", tongues[2])
    add("p", _plain(format_list(places[45:52], style="standard", locale=spoken.locale)))
    before = f"{tongues[3]} {places[52]} {tongues[4]} {places[53]} {tongues[5]} "
    body.append(
        f"<p>{escape(tongues[3])} <strong>{escape(places[52])}</strong> {escape(tongues[4])} "
        f'<a href="https://example.org/">{escape(places[53])}</a> {escape(tongues[5])} '
        f'<span lang="en" dir="ltr">{_ENGLISH}</span> {escape(tongues[6])}</p>'
    )
    blocks.append(_joined((before, spoken.tag), (_ENGLISH, "en"), (f" {tongues[6]}", spoken.tag)))
    body.append("<ul>")
    for month, unit, name in zip(months, cycle(units), cycle(_UNMARKED), strict=False):
        add("li", f"{month} {unit} {name}")
    body.append("</ul>")
    add("p", " ".join(tongues[7:]))
    body.append("<table><thead><tr>")
    for day in days[:2]:
        add("th", day)
    body.append("</tr></thead><tbody>")
    for row in range(4):
        body.append("<tr>")
        add("td", places[54 + row])
        add("td", _number(spoken, 10**row))
        body.append("</tr>")
    body.append("</tbody></table>")
    add("p", " ".join(places[58:]))
    html = (
        f'<!DOCTYPE html><html lang="{spoken.tag}" dir="{spoken.direction}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>{''.join(body)}</body></html>"
    )
    return Sample(tag, html, tuple(blocks))


def _joined(*stretches: tuple[str, str]) -> Stretches:
    """`stretches` as one when they are all in one language."""
    tags = {tag for _, tag in stretches}
    return stretches if len(tags) > 1 else (("".join(words for words, _ in stretches), tags.pop()),)


def _names(table: Mapping[str, str], wanted: int) -> list[str]:
    """The first names of a CLDR table, again from the start when a language has few."""
    known = [_plain(name) for name in table.values() if name]
    return list(islice(cycle(known), wanted))


def _plain(text: str) -> str:
    return _BIDI_CONTROLS.sub("", text)


def _unit(spoken: Language, number: int, unit: str) -> str:
    """CLDR leaves the long form out where it is the short one, and Babel then says the unit's id."""
    long, short = (
        format_unit(number, unit, length=length, locale=spoken.locale, numbering_system=spoken.numbering_system)
        for length in ("long", "short")
    )
    return _plain(short if unit in long else long)


def _number(spoken: Language, number: int) -> str:
    return _plain(format_decimal(number, locale=spoken.locale, numbering_system=spoken.numbering_system))


def _percent(spoken: Language) -> str:
    return _plain(format_percent(0.5, locale=spoken.locale, numbering_system=spoken.numbering_system))


def _date(spoken: Language) -> str:
    return _plain(format_date(_DAY, format="short", locale=spoken.locale))
