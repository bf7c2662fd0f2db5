"""Typed values to words, by CLDR: digits, grouping, dates, units and lists of the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

from handouts.model.characters import BIDI_CONTROLS

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from handouts.languages import Language


def in_digits_of(language: Language, text: str) -> str:
    """`text` with its ASCII digits written as `language` writes them.

    The bidi controls that CLDR puts around signs are left out: runs carry their direction themselves.
    """
    table = str.maketrans("0123456789", language.digits, "".join(BIDI_CONTROLS))
    return text.translate(table)


def number(value: float, language: Language) -> str:
    """A number with the language's digits and grouping: 1,000,000 or 1 000 000."""
    written = format_decimal(value, locale=language.locale, numbering_system=language.numbering_system)
    return in_digits_of(language, written)


def percent(share: float, language: Language) -> str:
    """A share of 1 as a percentage."""
    written = format_percent(share, locale=language.locale, numbering_system=language.numbering_system)
    return in_digits_of(language, written)


def age(years: int | None, months: int | None, language: Language) -> str:
    """An age with its unit in full: 4 years, 4 años."""
    unit, value = ("duration-year", years) if years is not None else ("duration-month", months)
    assert value is not None, "the schema asks for years or months"
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
    """A date with the month as a word."""
    return in_digits_of(language, format_date(value, format="long", locale=language.locale))


def numbers_list(values: Sequence[int], language: Language) -> str:
    """A list as it is said: 1, 2 and 5."""
    listed = format_list([number(v, language) for v in values], style="standard", locale=language.locale)
    return in_digits_of(language, listed)
