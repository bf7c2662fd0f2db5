"""How languages are written: letters, quotes, marks and joiners. Facts for the checks, as plain values.

Sources: CLDR's exemplar characters and delimiters; for marks between words, the writing rules of each language. A
language that has no line of its own is written as its script is, and only what is surely wrong is told.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.languages import Language

ZWNJ, ZWJ = "\u200c", "\u200d"
NO_BREAK_SPACES = "\u00a0\u202f"

_CURLY = (("“", "”"), ("‘", "’"))
_CURLY_FROM_THE_RIGHT = (("”", "“"), ("’", "‘"))  # they are not mirrored, so many writers choose them by their look
_ANGLED = (("«", "»"), ("‹", "›"))
_CORNERS = (("「", "」"), ("『", "』"), ("《", "》"), ("〈", "〉"))

_ASCII_TO_ARABIC = {",": "،", ";": "؛", "?": "؟"}
_ASCII_TO_FULL = {",": "，", ";": "；", "?": "？", "!": "！", ":": "：", ".": "。", "(": "（", ")": "）"}
_ASCII_TO_DANDA = {".": "।", "|": "।"}


def _ends(stop: str, question: str = "?", exclamation: str = "!", colon: str = ":") -> Mapping[str, tuple[str, ...]]:
    """What may end a translation; each character of a string is allowed, and a space stands for no mark at all."""
    kinds = {".": stop, "?": question, "!": exclamation, ":": colon}
    return MappingProxyType({kind: tuple(c.strip() for c in marks) for kind, marks in kinds.items()})


@dataclass(frozen=True, slots=True, eq=False)
class Writing:
    """How one language is written.

    `ends` maps the end of an English text (. ? ! :) to what may end the translation. `wrong_marks` and `wrong_letters`
    map what is another language's to what belongs there. `repeats` is set where grammar doubles words; then only those
    in `never_twice` may not stand twice, and in other languages all but those in `may_repeat`. `characters_of` is the
    Chinese standard: Hans or Hant. `usual_length` is that of a text beside its English, in columns: from 0.7 in Chinese
    to 1.3 in French, as measured over our own catalogs. `stop_in_dates` is set where a date ends with a stop of its
    own, which then ends the sentence too.
    """

    scripts: tuple[str, ...] = ("LATIN",)
    spaced: bool = True
    cased: bool = False
    quotes: tuple[tuple[str, str], ...] = (*_CURLY, *_ANGLED)
    ends: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _ends("."))
    wrong_marks: Mapping[str, str] = field(default_factory=dict)
    wrong_letters: Mapping[str, str] = field(default_factory=dict)
    joiners: str = ""
    repeats: bool = False
    never_twice: tuple[str, ...] = ()
    may_repeat: tuple[str, ...] = ()
    opens_questions: bool = False
    spaces_before_marks: bool = False
    characters_of: str | None = None
    usual_length: float = 1.0
    stop_in_dates: bool = False


_CHINESE_NEVER_TWICE = ("的的", "是是", "在在", "和和", "有有", "了了", "会会", "會會", "不不")

_OF_LANGUAGE: Mapping[str, Writing] = {
    "ar": Writing(
        scripts=("ARABIC",),
        quotes=(*_ANGLED, *_CURLY, *_CURLY_FROM_THE_RIGHT),
        ends=_ends(".", "؟"),
        wrong_marks=_ASCII_TO_ARABIC,
        # letters of Persian and Urdu that look like Arabic ones in some places of a word
        wrong_letters={"ی": "ي", "ک": "ك", "ہ": "ه", "ھ": "ه", "ۃ": "ة", "ے": "ي", "ں": "ن"},
        repeats=True,
        never_twice=("في", "من", "على", "إلى", "عن", "أن", "التي", "الذي", "هذا", "هذه", "لا", "ما", "كل", "مع"),
    ),
    "bn": Writing(
        scripts=("BENGALI",),
        quotes=_CURLY,
        ends=_ends("।"),
        wrong_marks=_ASCII_TO_DANDA,
        joiners=ZWNJ + ZWJ,
        repeats=True,
        never_twice=("এবং", "এই", "থেকে", "জন্য", "না"),
    ),
    "es": Writing(cased=True, quotes=(*_ANGLED, *_CURLY), opens_questions=True, usual_length=1.2),
    "fa": Writing(
        scripts=("ARABIC",),
        quotes=_ANGLED,
        ends=_ends(".", "؟"),
        wrong_marks=_ASCII_TO_ARABIC,
        wrong_letters={"ي": "ی", "ى": "ی", "ك": "ک", "ہ": "ه", "ھ": "ه", "ے": "ی"},
        joiners=ZWNJ,
        repeats=True,
        never_twice=("و", "به", "از", "که", "را", "این", "در", "با", "است"),
    ),
    "fr": Writing(
        cased=True, quotes=(*_ANGLED, *_CURLY), spaces_before_marks=True, may_repeat=("nous", "vous"), usual_length=1.3
    ),
    "he": Writing(
        scripts=("HEBREW",),
        quotes=(("“", "”"), ("”", "”"), ("„", "”"), ("״", "״"), ("‘", "’"), ("׳", "׳")),
        may_repeat=("מאוד", "לאט", "יום", "שוב", "אחת", "אחד"),
        usual_length=0.9,
    ),
    "hi": Writing(
        scripts=("DEVANAGARI",),
        quotes=_CURLY,
        ends=_ends("।"),
        wrong_marks=_ASCII_TO_DANDA,
        joiners=ZWNJ + ZWJ,
        repeats=True,
        never_twice=("के", "का", "की", "में", "से", "को", "है", "हैं", "और", "यह", "पर", "ने", "भी"),
    ),
    "ht": Writing(
        cased=True,
        repeats=True,
        never_twice=("nan", "ki", "ak", "pou", "yon", "ou", "gen", "se", "epi", "oswa", "pa"),
    ),
    "ko": Writing(scripts=("HANGUL",), quotes=(*_CURLY, *_CORNERS)),
    "pt-BR": Writing(cased=True, quotes=_CURLY, usual_length=1.1),
    "ru": Writing(
        scripts=("CYRILLIC",), cased=True, quotes=(*_ANGLED, ("„", "“")), usual_length=1.15, stop_in_dates=True
    ),
    "th": Writing(
        scripts=("THAI",),
        spaced=False,
        quotes=_CURLY,
        ends=_ends(". ", "? ", "! ", ": "),
        repeats=True,
        usual_length=0.75,
    ),
    "ur": Writing(
        scripts=("ARABIC",),
        quotes=(*_CURLY, *_CURLY_FROM_THE_RIGHT),
        ends=_ends("۔", "؟"),
        wrong_marks={**_ASCII_TO_ARABIC, ".": "۔"},
        wrong_letters={"ي": "ی", "ى": "ی", "ك": "ک", "ه": "ہ", "ة": "ۃ"},
        joiners=ZWNJ,
        repeats=True,
        never_twice=("کے", "کا", "کی", "میں", "سے", "کو", "ہے", "ہیں", "اور", "یہ", "پر", "نے", "بھی"),
    ),
    "vi": Writing(
        cased=True,
        usual_length=1.15,
        repeats=True,
        never_twice=("và", "của", "là", "các", "những", "một", "cho", "với", "không", "được", "trong", "có", "bị"),
    ),
}
_OF_SCRIPT: Mapping[str, Writing] = {
    "Hans": Writing(
        scripts=("CJK",),
        spaced=False,
        quotes=(*_CURLY, ("《", "》")),
        ends=_ends("。", "？", "！", "："),
        wrong_marks=_ASCII_TO_FULL,
        repeats=True,
        never_twice=_CHINESE_NEVER_TWICE,
        characters_of="Hans",
        usual_length=0.7,
    ),
    "Hant": Writing(
        scripts=("CJK",),
        spaced=False,
        quotes=_CORNERS,
        ends=_ends("。", "？", "！", "："),
        wrong_marks=_ASCII_TO_FULL,
        repeats=True,
        never_twice=_CHINESE_NEVER_TWICE,
        characters_of="Hant",
        usual_length=0.7,
    ),
    "Arab": Writing(scripts=("ARABIC",), ends=_ends(".۔", "؟"), joiners=ZWNJ, repeats=True),
    "Armn": Writing(scripts=("ARMENIAN",), cased=True, ends=_ends("։:", "՞?։"), repeats=True),
    "Beng": Writing(scripts=("BENGALI",), ends=_ends("।"), joiners=ZWNJ + ZWJ, repeats=True),
    "Cyrl": Writing(scripts=("CYRILLIC",), cased=True, quotes=(*_CURLY, *_ANGLED, ("„", "“"), ("„", "”"))),
    "Deva": Writing(scripts=("DEVANAGARI",), ends=_ends("।."), joiners=ZWNJ + ZWJ, repeats=True),
    "Ethi": Writing(scripts=("ETHIOPIC",), ends=_ends("።", "?፧"), repeats=True),
    "Geor": Writing(scripts=("GEORGIAN",), quotes=(("„", "“"), *_ANGLED)),
    "Grek": Writing(scripts=("GREEK",), cased=True, ends=_ends(".", ";\u037e")),
    "Gujr": Writing(scripts=("GUJARATI",), joiners=ZWNJ + ZWJ, repeats=True),
    "Guru": Writing(scripts=("GURMUKHI",), ends=_ends("।."), joiners=ZWNJ + ZWJ, repeats=True),
    "Hebr": Writing(scripts=("HEBREW",)),
    "Jpan": Writing(
        scripts=("CJK", "HIRAGANA", "KATAKANA", "IDEOGRAPHIC"),
        spaced=False,
        quotes=_CORNERS,
        ends=_ends("。", "？?", "！!", "：:"),
        repeats=True,
    ),
    "Khmr": Writing(scripts=("KHMER",), spaced=False, ends=_ends("។", "?", "!", ":៖"), joiners=ZWNJ, repeats=True),
    "Knda": Writing(scripts=("KANNADA",), joiners=ZWNJ + ZWJ, repeats=True),
    "Kore": Writing(scripts=("HANGUL",)),
    "Laoo": Writing(scripts=("LAO",), spaced=False, ends=_ends(". ", "? ", "! ", ": "), repeats=True),
    "Latn": Writing(cased=True, quotes=(*_CURLY, *_ANGLED, ("„", "“"), ("„", "”"), ("»", "«"), ("”", "”"))),
    "Mlym": Writing(scripts=("MALAYALAM",), joiners=ZWNJ + ZWJ, repeats=True),
    "Mymr": Writing(scripts=("MYANMAR",), spaced=False, ends=_ends("။", "။?", "။!"), repeats=True),
    "Sinh": Writing(scripts=("SINHALA",), joiners=ZWNJ + ZWJ, repeats=True),
    "Taml": Writing(scripts=("TAMIL",), joiners=ZWNJ + ZWJ, repeats=True),
    "Telu": Writing(scripts=("TELUGU",), joiners=ZWNJ + ZWJ, repeats=True),
}
_SCRIPT_NAMES = frozenset(name for table in (_OF_LANGUAGE, _OF_SCRIPT) for w in table.values() for name in w.scripts)


def writing_of(language: Language) -> Writing:
    """How `language` is written."""
    own = _OF_LANGUAGE.get(language.tag) or _OF_LANGUAGE.get(language.locale.language)
    return own or _OF_SCRIPT.get(language.script, _OF_SCRIPT["Latn"])


@cache
def script_of(char: str) -> str:
    """The script of a letter, as the first word of its Unicode name: LATIN, ARABIC, CJK; else nothing."""
    if unicodedata.category(char)[0] != "L":
        return ""
    first = unicodedata.name(char, "").removeprefix("FULLWIDTH ").removeprefix("HALFWIDTH ").split(" ")[0].split("-")[0]
    return first if first in _SCRIPT_NAMES else ""
