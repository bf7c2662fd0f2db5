"""Languages: their names, direction, digits, type and sizes. Facts come from CLDR through Babel.

A language is named by its BCP 47 tag everywhere ("zh-Hant"); gettext's form ("zh_Hant") is used in
catalogs alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError

from handouts.problems import Problem, UsageError

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?")

# One family per script, at two weights, all shipped in fonts/.
_FAMILY_OF_SCRIPT = {"Arab": "Noto Naskh Arabic"}
_DEFAULT_FAMILY = "Noto Sans"

# Body leading as a multiple of the body size, for scripts with tall stacks. Clear Print asks for 1.5.
_LEADING_OF_SCRIPT = {"Arab": 1.6}
_DEFAULT_LEADING = 1.5

# Body size in points. Clear Print asks for 14; Naskh letters are smaller on the same body.
_SIZE_OF_SCRIPT = {"Arab": 15.5}
_DEFAULT_SIZE = 14.0

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
    body_size_pt: float

    @property
    def gettext_name(self) -> str:
        """The name of its folder of catalogs: `pt_BR` for `pt-BR`."""
        return self.tag.replace("-", "_")

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
        """Babel's locale for it."""
        return Locale.parse(self.tag, sep="-")


@cache
def language(tag: str) -> Language:
    """The language called `tag`.

    Raises `UsageError` when the tag is not well formed or CLDR does not know it.
    """
    locale = _locale(tag)
    if locale is None:
        raise UsageError(
            Problem(
                "unknown-language",
                f"'{tag}' is not a language tag that we know",
                hint="use a BCP 47 tag such as es, ar or pt-BR; `handouts list` shows what is there",
            )
        )
    script = locale.script or _likely_script(tag)
    system = locale.default_numbering_system
    family = _FAMILY_OF_SCRIPT.get(script, _DEFAULT_FAMILY)
    families = (_DEFAULT_FAMILY,) if family == _DEFAULT_FAMILY else (family, _DEFAULT_FAMILY)
    return Language(
        tag=str(locale).replace("_", "-"),
        own_name=locale.get_display_name(locale) or tag,
        english_name=locale.get_display_name("en") or tag,
        direction="rtl" if locale.character_order == "right-to-left" else "ltr",
        script=script,
        numbering_system=system if system in _DIGITS else "latn",
        font_families=families,
        leading=_LEADING_OF_SCRIPT.get(script, _DEFAULT_LEADING),
        body_size_pt=_SIZE_OF_SCRIPT.get(script, _DEFAULT_SIZE),
    )


def _locale(tag: str) -> Locale | None:
    """Babel's locale for `tag`, or None when the tag is malformed or unknown."""
    if not _TAG.fullmatch(tag):
        return None
    try:
        return Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        return None


def _likely_script(tag: str) -> str:
    """The script that CLDR thinks most likely for `tag`: Arab for ar, Latn for es."""
    from babel.core import get_global  # noqa: PLC0415  a large table, wanted here alone

    likely: str = get_global("likely_subtags").get(tag.replace("-", "_"), f"{tag}_Latn_ZZ")
    return likely.split("_")[1]
