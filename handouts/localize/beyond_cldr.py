"""What CLDR, as Babel has it, does not know of a language, or writes as its readers do not: each with its reason.

Babel's data for Haitian Creole hold its name and nothing else; all the rest is French. docs/decisions/0005-digits.md
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MONTHS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        # Source: the locale ht_HT of the GNU C Library
        "ht": (
            "janvye",
            "fevriye",
            "mas",
            "avril",
            "me",
            "jen",
            "jiyè",
            "out",
            "septanm",
            "oktòb",
            "novanm",
            "desanm",
        )
    }
)
"""The names of the months, where Babel has those of another language; written as: day, month, year."""

FIRST_DAY: Mapping[str, str] = MappingProxyType({"fr": "1er", "ht": "1ye", "pt-BR": "1º"})
"""The first day of a month, where the language writes an ordinal and CLDR's long date has the bare number."""

UNITS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    # Nouns of Haitian Creole have one form for any count.
    {"ht": MappingProxyType({"duration-year": "{}\u00a0an", "duration-month": "{}\u00a0mwa"})}
)
"""Units of age, where Babel has those of another language."""

GROUPED_FROM: Mapping[str, int] = MappingProxyType({"es": 10_000})
"""The least number that is written in groups: CLDR's minimumGroupingDigits, which Babel leaves out. One otherwise."""

NUMBER_LISTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "ht": (", ", " ak "),
        # CLDR's "1 2 และ5" runs the numbers together. The Royal Society of Thailand sets a comma between three and more
        # items, none before และ, and a space on both sides of digits.
        "th": (", ", " และ "),
    }
)
"""What stands in a list of numbers: between two of them, and before the last."""

TERRITORIES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "ht": MappingProxyType(
            {
                "CA": "Kanada",
                "DO": "Repiblik Dominikèn",
                "FR": "Frans",
                "GB": "Wayòm Ini",
                "HT": "Ayiti",
                "US": "Etazini",
            }
        )
    }
)
"""The countries of a language for which Babel has the names of another; a country that is not here has no name."""
