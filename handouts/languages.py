"""Languages: their names, direction, digits, type and sizes. Facts come from CLDR through Babel.

A language is named by its BCP 47 tag everywhere ("zh-Hant"); gettext's form ("zh_Hant") is used in
catalogs alone.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.localedata import locale_identifiers

from handouts.problems import Problem, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?")
_MOST_ACCEPTED = 20
_WANTED = re.compile(r"([a-z0-9-]{1,35})\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?))?")

_LATIN_FAMILY = "Noto Sans"

_PSEUDO = {
    "qps-ploc": ("Ƥŝéûðö", "Pseudo, accented", "ltr"),
    "qps-plocm": ("Ƥŝéûðö ṁîŕŕöŕéđ", "Pseudo, mirrored", "rtl"),
}
"""Languages that nobody speaks, by the tags that Windows gave them, with their names and direction; all else of them
is English. docs/decisions/0019-pseudo-locales.md"""


@dataclass(frozen=True, slots=True)
class _Type:
    """How a script is set: its family, and the sizes that make it as easy to read as Latin at 14 on 21 points."""

    family: str
    body_size_pt: float = 14.0
    leading: float = 1.5
    title_leading: float = 1.2


# One family per script, at two weights, all shipped in fonts/. Clear Print asks for a body of 14 points and a
# leading of 1.5; smaller letters and taller stacks need more. docs/decisions/0004-type-sizes.md
_TYPE_OF_SCRIPT = {
    "Arab": _Type("Noto Naskh Arabic", 15.5, 1.6, 1.45),
    "Armn": _Type("Noto Sans Armenian"),
    "Beng": _Type("Noto Sans Bengali", 14.5, 1.6),
    "Cyrl": _Type(_LATIN_FAMILY),
    "Deva": _Type("Noto Sans Devanagari", 14.5, 1.6),
    "Ethi": _Type("Noto Sans Ethiopic"),
    "Geor": _Type("Noto Sans Georgian"),
    "Grek": _Type(_LATIN_FAMILY),
    "Gujr": _Type("Noto Sans Gujarati", 14.5, 1.6),
    "Guru": _Type("Noto Sans Gurmukhi", 14.5, 1.6),
    "Hans": _Type("Noto Sans SC", 14.0, 1.65),
    "Hant": _Type("Noto Sans TC", 14.0, 1.65),
    "Hebr": _Type("Noto Sans Hebrew", 14.5),
    "Jpan": _Type("Noto Sans JP", 14.0, 1.65),
    "Khmr": _Type("Noto Sans Khmer", 14.0, 1.9, 1.5),
    "Knda": _Type("Noto Sans Kannada", 14.0, 1.7),
    "Kore": _Type("Noto Sans KR", 14.0, 1.65),
    "Laoo": _Type("Noto Sans Lao", 14.5, 1.75, 1.4),
    "Latn": _Type(_LATIN_FAMILY),
    "Mlym": _Type("Noto Sans Malayalam", 14.0, 1.6),
    "Mymr": _Type("Noto Sans Myanmar", 14.0, 1.9, 1.5),
    "Sinh": _Type("Noto Sans Sinhala", 14.0, 1.65),
    "Taml": _Type("Noto Sans Tamil", 14.0, 1.6),
    "Telu": _Type("Noto Sans Telugu", 14.0, 1.75),
    "Thai": _Type("Noto Sans Thai", 14.5, 1.7, 1.35),
}
_TYPE_OF_LANGUAGE = {"ur": _Type("Noto Nastaliq Urdu", 14.0, 2.0, 1.75)}
_DEFAULT_TYPE = _Type(_LATIN_FAMILY)

_DIGITS = {
    "latn": "0123456789",
    "arab": "٠١٢٣٤٥٦٧٨٩",
    "arabext": "۰۱۲۳۴۵۶۷۸۹",
    "deva": "०१२३४५६७८९",
    "beng": "০১২৩৪৫৬৭৮৯",
    "mymr": "၀၁၂၃၄၅၆၇၈၉",
}
_COUNTER_STYLE = {
    "latn": "decimal",
    "arab": "arabic-indic",
    "arabext": "persian",
    "deva": "devanagari",
    "beng": "bengali",
    "mymr": "myanmar",
}


@dataclass(frozen=True, slots=True)
class Language:
    """What the rooms need to know of one language."""

    tag: str
    own_name: str
    english_name: str
    direction: str
    script: str
    numbering_system: str
    font_families: tuple[str, ...]
    leading: float
    title_leading: float
    body_size_pt: float

    @property
    def small_leading(self) -> float:
        """The leading of headings, captions and lists that stand close: between that of a title and of the text."""
        return round((self.title_leading + self.leading) / 2, 3)

    @property
    def gettext_name(self) -> str:
        """The name of its folder of catalogs: `pt_BR` for `pt-BR`."""
        return self.tag.replace("-", "_")

    @property
    def large_size_pt(self) -> float:
        """The body size of large print, in points: 18 where the standard is 14, and in proportion elsewhere.

        Source: APH and ACB guidelines for large print; docs/decisions/0004-type-sizes.md.
        """
        return round(self.body_size_pt * 18 / 14, 1)

    @property
    def digits(self) -> str:
        """Its ten digits, from zero."""
        return _DIGITS[self.numbering_system]

    @property
    def counter_style(self) -> str:
        """The CSS counter style that counts in its digits."""
        return _COUNTER_STYLE[self.numbering_system]

    @property
    def locale(self) -> Locale:
        """Babel's locale for it; English for a pseudo-language."""
        return Locale.parse("en" if self.is_pseudo else self.tag, sep="-")

    @property
    def is_pseudo(self) -> bool:
        """Whether it is made up, for designers: accented English, or the same from right to left."""
        return self.tag in _PSEUDO


@cache
def language(tag: str) -> Language:
    """The language called `tag`.

    Raises `UsageError` when the tag is not well formed or CLDR does not know it.
    """
    if tag.lower() in _PSEUDO:
        return _pseudo(tag.lower())
    locale = _locale(tag)
    if locale is None:
        raise UsageError(
            Problem(
                "unknown-language",
                f"'{tag}' is not a language tag that we know",
                hint="use a BCP 47 tag such as es, ar or pt-BR; `handouts list` shows what is there",
            )
        )
    script = locale.script or _likely_script(locale)
    system = locale.default_numbering_system
    kind = _TYPE_OF_LANGUAGE.get(locale.language) or _TYPE_OF_SCRIPT.get(script, _DEFAULT_TYPE)
    return Language(
        tag=str(locale).replace("_", "-"),
        own_name=_name_of(locale, locale) or tag,
        english_name=_name_of(locale, Locale("en")) or tag,
        direction="rtl" if locale.character_order == "right-to-left" else "ltr",
        script=script,
        numbering_system=system if system in _DIGITS else "latn",
        font_families=tuple(dict.fromkeys((kind.family, _LATIN_FAMILY))),
        leading=kind.leading,
        title_leading=kind.title_leading,
        body_size_pt=kind.body_size_pt,
    )


_NAMES = {("pt_BR", "pt"): "português do Brasil"}
"""Names that CLDR has in other languages alone: by the language named, and that in which it is named."""


def _name_of(locale: Locale, reader: Locale) -> str | None:
    """The name of a language in another, without brackets, for the name often stands in some: 简体中文."""
    known = _NAMES.get((str(locale), reader.language)) or reader.languages.get(str(locale))
    name: str | None = known or locale.get_display_name(reader)
    return name.replace(" (", ", ").replace(")", "") if name else None


def _pseudo(tag: str) -> Language:
    own_name, english_name, direction = _PSEUDO[tag]
    return replace(language("en"), tag=tag, own_name=own_name, english_name=english_name, direction=direction)


def name_in(tag: str, staff_tag: str) -> str:
    """The name of a language in another: French is `francés` in Spanish. The English name where CLDR has none."""
    spoken, staff = language(tag), language(staff_tag)
    if spoken.is_pseudo:
        return spoken.english_name
    return _name_of(spoken.locale, staff.locale) or spoken.english_name


@cache
def known_names() -> Mapping[str, tuple[str, ...]]:
    """What each language that CLDR has words for calls itself, and its English name, by tag; without its countries."""
    found = {}
    for identifier in sorted(locale_identifiers()):
        locale = Locale.parse(identifier)
        if locale.territory is None and locale.variant is None and identifier not in {"root", "en_US_POSIX"}:
            names = (locale.get_display_name(locale), locale.get_display_name("en"))
            found[identifier.replace("_", "-")] = tuple(dict.fromkeys(name for name in names if name))
    return found


_NO_COUNTRY = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""Codes of two letters that CLDR names, but that are unions, or stand for nothing at all."""


def is_place(code: str) -> bool:
    """Whether `code` is a country's in ISO 3166, as CLDR has it: US, GB."""
    return code in _countries()


def place_name(code: str) -> str:
    """The English name of a country, or its code when that is none."""
    return _countries().get(code, code)


def nearest_places(name: str) -> str:
    """A hint: the country that another code stands for (UK, USA), or those whose English name is near to `name`."""
    from babel.core import get_global  # noqa: PLC0415  a large table, wanted here alone

    by_name = {country.casefold(): code for code, country in _countries().items()}
    near = difflib.get_close_matches(name.casefold(), by_name, n=2, cutoff=0.75)
    codes = (*get_global("territory_aliases").get(name.upper(), ()), *(by_name[word] for word in near))
    offered = [f"{code} ({_countries()[code]})" for code in codes if is_place(code)]
    return f"did you mean {' or '.join(offered)}?" if offered else "use an ISO 3166 code such as US or GB"


@cache
def _countries() -> Mapping[str, str]:
    """The English name of each country, by its code."""
    names = Locale("en").territories
    return {code: name for code, name in names.items() if len(code) == 2 and code not in _NO_COUNTRY}  # noqa: PLR2004  two letters


def accepted(header: str, tags: tuple[str, ...]) -> str:
    """The one of `tags` that a browser likes best, by what it sends, or English. Source: RFC 9110, 12.5.4."""
    wanted = []
    for part in header.split(",")[:_MOST_ACCEPTED]:
        found = _WANTED.fullmatch(part.strip().lower())
        if found is not None and (liked := float(found[2] or 1)):
            wanted.append((-liked, found[1]))
    for _, tag in sorted(wanted, key=lambda each: each[0]):
        fits = [each for each in tags if (tag == each.lower() or tag.split("-")[0] == each.lower())]
        if fits:
            return fits[0]
    return "en"


def is_language(tag: str) -> bool:
    """Whether CLDR knows `tag`."""
    return _locale(tag) is not None


def _locale(tag: str) -> Locale | None:
    """Babel's locale for `tag`, or None when the tag is malformed or unknown."""
    if not _TAG.fullmatch(tag) or tag.lower().startswith("und"):  # "undetermined", which Babel takes for English
        return None
    try:
        return Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        return None


def _likely_script(locale: Locale) -> str:
    """The script that CLDR thinks most likely for `locale`: Arab for ar and ar-EG, Latn for es."""
    from babel.core import get_global  # noqa: PLC0415  a large table, wanted here alone

    table = get_global("likely_subtags")
    likely: str = table.get(str(locale)) or table.get(locale.language) or "und_Latn_ZZ"
    return likely.split("_")[1]
