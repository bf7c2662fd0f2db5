"""Pages in 39 languages to be heard: names of places, languages, months, units and lists, by CLDR through Babel.

Every page mixes its language with Latin names and numbers, breaks over lines and pages, and holds headings,
paragraphs, lists, a table, bold text, a link and a passage in English.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import islice

from babel.dates import format_date, get_day_names, get_month_names
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

from handouts.languages import Language, language

TAGS = tuple(
    "en es fr pt de pl ru uk el tr vi ar fa ur he hi mr bn pa gu ta te kn ml si th lo km my am ka hy ko ja "
    "zh-Hans zh-Hant so sw ht".split()
)

_STYLE = "@page { size: A4; margin: 22mm } body { font-size: 14pt } table { break-inside: avoid } td, th { padding: 3pt 8pt; text-align: start }"


@dataclass(frozen=True)
class Sample:
    """A page, and the blocks of words that a listener should hear."""

    tag: str
    html: str
    blocks: tuple[str, ...]


def sample(tag: str) -> Sample:
    """The page in the language `tag`."""
    spoken = language(tag)
    places = _names(spoken.locale.territories, 90)
    tongues = _names(spoken.locale.languages, 60)
    months = list(get_month_names("wide", locale=spoken.locale).values())
    days = list(get_day_names("wide", locale=spoken.locale).values())
    units = [_unit(spoken, n, u) for n, u in ((1, "duration-year"), (2, "duration-month"), (5, "duration-day"))]
    title = spoken.own_name
    first = " ".join(places[:45])
    mixed = ("CD40LG", "H2O", _number(spoken, 1234567), _percent(spoken), _date(spoken), "10-20", "+1 800-555-0199")
    listed = format_list(places[45:52], style="standard", locale=spoken.locale)
    blocks: list[str] = []
    body: list[str] = []

    def add(element: str, text: str, inner: str | None = None) -> None:
        blocks.append(text)
        body.append(f"<{element}>{escape(text) if inner is None else inner}</{element}>")

    add("h1", title)
    add("p", first)
    for word, place in zip(mixed, places[60:], strict=False):
        add("p", f"{place} {word} {title}", f'{escape(place)} <span dir="ltr">{escape(word)}</span> {escape(title)}')
    add("h2", tongues[2])
    add("p", listed)
    bold, link, english = places[52], places[53], "one in two, each time"
    add(
        "p",
        f"{tongues[3]} {bold} {tongues[4]} {link} {tongues[5]} {english} {tongues[6]}",
        f"{escape(tongues[3])} <strong>{escape(bold)}</strong> {escape(tongues[4])} "
        f'<a href="https://example.org/">{escape(link)}</a> {escape(tongues[5])} '
        f'<span lang="en" dir="ltr">{english}</span> {escape(tongues[6])}',
    )
    body.append("<ul>")
    for month in months:
        add("li", f"{month} {units[len(blocks) % 3]}")
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


def _names(table: dict[str, str], wanted: int) -> list[str]:
    """The first names of a CLDR table, again from the start when a language has few."""
    known = [name for name in table.values() if name]
    while len(known) < wanted:
        known += known
    return list(islice(known, wanted))


def _unit(spoken: Language, number: int, unit: str) -> str:
    return format_unit(number, unit, length="long", locale=spoken.locale, numbering_system=spoken.numbering_system)


def _number(spoken: Language, number: int) -> str:
    return format_decimal(number, locale=spoken.locale, numbering_system=spoken.numbering_system)


def _percent(spoken: Language) -> str:
    return format_percent(0.5, locale=spoken.locale, numbering_system=spoken.numbering_system)


def _date(spoken: Language) -> str:
    import datetime  # noqa: PLC0415

    return format_date(datetime.date(2026, 11, 21), format="short", locale=spoken.locale)
