"""Typed values to words, by CLDR: digits, grouping, dates, units and lists of the reader's language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

from handouts.localize.beyond_cldr import FIRST_DAY, GROUPED_FROM, MONTHS, NUMBER_LISTS, TERRITORIES, UNITS
from handouts.model.characters import BIDI_CONTROLS

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from handouts.languages import Language

_VAV_BEFORE_DIGIT = re.compile("(?<=\\s\u05d5)(?=[0-9])")


def in_digits_of(language: Language, text: str) -> str:
    """`text` with its ASCII digits written as `language` writes them.

    The bidi controls that CLDR puts around signs are left out: runs carry their direction themselves.
    """
    table = str.maketrans("0123456789", language.digits, "".join(BIDI_CONTROLS))
    return text.translate(table)


def number(value: float, language: Language) -> str:
    """A number with the language's digits and grouping, and every digit that it has: 1,000,000 or 1 000 000."""
    written = format_decimal(
        value,
        locale=language.locale,
        numbering_system=language.numbering_system,
        decimal_quantization=False,
        group_separator=abs(value) >= GROUPED_FROM.get(language.tag, 0),
    )
    return in_digits_of(language, written)


def percent(share: float, language: Language) -> str:
    """A share of 1 as a percentage, with every digit that it has and the sign of its digits: 12.5%."""
    written = format_percent(
        share, locale=language.locale, numbering_system=language.numbering_system, decimal_quantization=False
    )
    # Babel leaves the % of CLDR's pattern as it is, whatever the digits
    signs = language.locale.number_symbols.get(language.numbering_system, {})
    return in_digits_of(language, written.replace("%", signs.get("percentSign") or "%"))


def age(years: int | None, months: int | None, language: Language) -> str:
    """An age with its unit in full: 4 years, 4 años."""
    unit, value = ("duration-year", years) if years is not None else ("duration-month", months)
    assert value is not None, "the schema asks for years or months"
    own = UNITS.get(language.tag)
    if own is not None:
        return own[unit].format(number(value, language))
    written = ""
    # CLDR leaves out a long form that is the same as the short one; Babel then writes the unit's code
    for length in ("long", "short"):
        written = format_unit(
            value, unit, length=length, locale=language.locale, numbering_system=language.numbering_system
        )
        if unit not in written:
            break
    assert unit not in written, f"CLDR has no {unit} in {language.tag}"
    return in_digits_of(language, written)


def date(value: datetime.date, language: Language) -> str:
    """A date of the Gregorian calendar, with the month as a word."""
    months = MONTHS.get(language.tag)
    if months is not None:
        written = f"{value.day} {months[value.month - 1]} {value.year}"
    else:
        written = format_date(value, format="long", locale=language.locale)
    first = FIRST_DAY.get(language.tag)
    if value.day == 1 and first is not None:
        written = first + written.removeprefix("1")
    return in_digits_of(language, written)


def numbers_list(values: Sequence[int], language: Language) -> str:
    """A list as it is said: 1, 2 and 5."""
    items = [number(v, language) for v in values]
    own = NUMBER_LISTS.get(language.tag)
    if own is not None:
        between, last = own
        return last.join([between.join(items[:-1]), items[-1]] if items[1:] else items)
    listed = in_digits_of(language, format_list(items, style="standard", locale=language.locale))
    # as ICU does: the Hebrew "and" is written on to a word, but set off from digits by a hyphen
    return _VAV_BEFORE_DIGIT.sub("-", listed) if language.tag == "he" else listed


def names_list(names: Sequence[str], language: Language) -> str:
    """`names` one after the other, without a word before the last: in Spanish, "y" would be "e" before some."""
    between: str = language.locale.list_patterns["standard"]["middle"]
    return between.replace("{0}", "").replace("{1}", "").join(names)


def country(code: str, language: Language) -> str | None:
    """The name of the country with the ISO 3166 `code`, or None when it is not known in this language."""
    own = TERRITORIES.get(language.tag)
    name: str | None = (language.locale.territories if own is None else own).get(code)
    return name
