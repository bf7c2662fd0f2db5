"""Syllables, counted by the rules of each language's spelling. A language without rules here is never guessed at.

A count is of what is said, so English needs exceptions; Spanish, Italian-like and Slavic spellings do not. The
English count is held against the Carnegie Mellon Pronouncing Dictionary in the tests.
"""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LETTERS_SAID_TWICE = 3  # "double-u" is the one English letter of more than one syllable

_VOWELS = re.compile(r"[aeiouy]+")
_SPELLED = re.compile(r"(?:[^\W\d_]-)?[A-Z0-9][A-Za-z0-9]*[A-Z][A-Za-z0-9]*")
_SAID_AS_A_WORD = frozenset({"AIDS", "SMOG", "PIN"})

# First members of compounds that keep the silent e of their own: some-one, life-time, there-fore.
_COMPOUND = re.compile(
    r"^(some|base|safe|life|home|house|fore|face|care|side|time|note|there|where|here|white|hope|use|drive|ware|"
    r"brace|wide|police|fire|state|space|name|like|nine|cave|bone|horse|nose|sale|trade|one|else)"
    r"(?=[bcdfghjklmnpqrstvwxz]|one)(?!ly$|s$|d$|r$|rs$|n$|ns$|sts?$|rever)"
)

# In this order. A full stop cuts a run of vowels in two.
_RULES = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"^every(?=body)", "evri"),
        (r"^every", "evry"),
        (r"business", "bisness"),
        (r"friend", "frend"),
        # u that is not said
        (r"que(?=s?$)", "k"),
        (r"qu(?=[aeiouy])", "qw"),
        (r"gu(?=[aei])", "g"),
        (r"(?<=[rdh])ea(s?)$", r"e.a\1"),
        # e that is not said
        (r"(?<=[aeiouy])([^aeiouy]+)e(?=(?:ly|less|ful|fully|ment|ments|ness|ty|some)$)(?<!lem|tle)(?<!ele)", r"\1"),
        (r"([^aeiouyrl])\1?le(s?|d)$", r"\1ul\2"),
        (r"([^aeiouyr])re(s?|d?)$", r"\1er\2"),
        (r"(?<=[^aeiouytd])ed$", "d"),
        (r"(?<=[sxzcg])es$|(?<=[cs]h)es$", "iz"),
        (r"(?<=[^aeiouy])es$", "s"),
        (r"(?<=[^aeiouy])e$", ""),
        # a vowel that is not written
        (r"sm(s?)$", r"sum\1"),
        (r"thm(s?)$", r"thum\1"),
        # vowels that stand side by side and are said one by one
        (r"([aeouy]|[aeiouy]y)ing", r"\1.ing"),
        (r"ying", "y.ing"),
        (r"([oui])ist", r"\1.ist"),
        (r"(?<=[dbfhklmnprvwyz])ia", "i.a"),
        (r"(?<=[tcs])ia(?=te|ting|tion|nc|b)", "i.a"),
        (r"(?<=[dbfhklmnprvwz])io(?=[^n]|n[^s]|$)", "i.o"),
        (r"(?<=[dbfhklmnprvwz])ious", "i.ous"),
        (r"(?<=p)ion$", "i.on"),
        (r"(?<=[drnbmt])iu", "i.u"),
        (r"(?<=l)eus$", "e.us"),
        (r"seum", "se.um"),
        (r"(?<=[^g])eo(?!u|p|n$)", "e.o"),
        (r"(?<=[tdnrvgs])ua(?=[lt])", "u.a"),
        (r"(?<=[^q])uo", "u.o"),
        (r"(?<=[rclspwx])ie(?=ty|nc|nt|t$)(?<!cie(?=nc))", "i.e"),
        (r"(?<=[lrvspfhdnt])ier(s?)$", r"i.er\1"),
        (r"(?<=a)ic", ".ic"),
        (r"crea(?=t[ei])", "cre.a"),
        (r"(?<=r)ea(?=lity|liz|lis|cti)", "e.a"),
        (r"uel|uen", "u.e"),
        (r"uici", "u.ici"),
        (r"uit(?=y)", "u.it"),
        (r"iest$", "i.est"),
        (r"yo(?=nd)", "y.o"),
        (r"oe(?=[mt])", "o.e"),
        (r"(?<=[nrl])ae", "a.e"),
    )
)

_EXCEPTIONS: Mapping[str, int] = MappingProxyType(
    {
        word: int(count)
        for count, words in (
            (1, "drawer pier priest"),
            (
                2,
                (
                    "ancient argue aspirin average brilliant buyer cafe camera carriage catholic chocolate choir "
                    "colleague colonel create crooked diamond diet difference different evening families family "
                    "farewell favorite fired fluid general genius giant headache hired history interest junior "
                    "layer lion loyal marriage maybe mayor naive naked natural opera player react restaurant "
                    "royal ruin ruined science senior separate several soldier tire tired voyage wednesday wicked"
                ),
            ),
            (
                3,
                (
                    "alien anyone arguing audience basically beautifully behavior behaviour cereal civilian "
                    "desire differently efficient embryo empire employee employer entire everyone excellency "
                    "familiar fireplace forever generally genuine heroin hideous inspired interested interesting "
                    "karate loneliness loyalty millionaire naturally nuclear peculiar pneumonia quietly recipe "
                    "reunion ruining sexual soviet theater theatre vegetable wherever whoever"
                ),
            ),
            (
                4,
                (
                    "appreciate associate championship coincidence coordinate diabetes emotionally entirely "
                    "european evacuate february january laboratory negotiate nevertheless retirement sexually "
                    "specifically vietnamese whatsoever"
                ),
            ),
            (5, "hereditary"),
        )
        for word in words.split()
    }
)
"""English words that the rules get wrong, by the number of their syllables; plurals in -s follow.

Where the dictionary gives a longer and a shorter count (fam-i-ly, fam-ly), it is the shorter one, as it is said in a
sentence: SMOG counts what can be told apart when it is read aloud in context.
"""


def english(word: str) -> int:
    """Syllables of an English word, at least 1. A run of capitals such as IgG or HIV is said letter by letter."""
    name = re.sub(r"['’]s$", "", word)
    if _SPELLED.fullmatch(name) and name not in _SAID_AS_A_WORD:
        return sum(LETTERS_SAID_TWICE if letter in "Ww" else 1 for letter in name if letter.isalnum())
    return sum(_english_part(part) for part in re.split(r"[-‑–/]", word) if part) or 1


def _english_part(word: str) -> int:
    said = word.lower().replace("’", "'")
    if said.endswith("'s"):
        owner = said[:-2]
        return _english_part(owner) + bool(re.search(r"(?:[sxz]|[cs]h|[csg]e)$", owner))
    said = said.replace("'", "")
    for form in (said, said.removesuffix("s")):
        if form in _EXCEPTIONS:
            return _EXCEPTIONS[form]
    said = _COMPOUND.sub(lambda match: match[1][:-1], said)
    for pattern, by in _RULES:
        said = pattern.sub(by, said)
    return max(1, len(_VOWELS.findall(said)))


# ------------------------------------------------------------------------------------- other languages

_ES_STRONG = "aeoáéóíú"
_ES_GROUP = re.compile(r"[aeiouáéíóúü]+")


def spanish(word: str) -> int:
    """Syllables of a Spanish word: each strong vowel, and each weak one with an accent, carries one.

    Source: Real Academia Española, Ortografía de la lengua española (2010), on diphthongs and hiatus.
    """
    said = re.sub(r"([qg])u(?=[eéií])", r"\1", word.lower())
    said = re.sub(r"(?<![aeiouáéíóúü])y(?![aeiouáéíóúü])|(?<=[aeiouáéíóúü])y(?![aeiouáéíóúü])", "i", said)  # y, rey
    said = re.sub(r"(?<=[aeiouáéíóúü])h(?=[iu])", "", said)  # an h parts no vowels: prohi-bir
    return max(1, sum(_carried(group) for group in _ES_GROUP.findall(said)))


def _carried(group: str) -> int:
    return sum(vowel in _ES_STRONG for vowel in group) or 1


_PT_GROUP = re.compile(r"[aeiouáéíóúâêôãõàü]+")


def portuguese(word: str) -> int:
    """Syllables of a Portuguese word: i and u lean on the vowel before them, all other vowels carry one.

    Vowels that rise at the end of a word (fa-mí-li-a) count two, as dictionaries of Brazil part them. Source: Acordo
    Ortográfico da Língua Portuguesa (1990), base XX.
    """
    said = re.sub(r"([qg])u(?=[eiéíêaoáã])", r"\1", word.lower())
    return max(1, sum(_pt_carried(group) for group in _PT_GROUP.findall(said)))


def _pt_carried(group: str) -> int:
    pairs = zip(" " + group, group, strict=False)
    return sum(not ((v in "iu" and before not in f" {v}") or (v in "eo" and before in "ãõ")) for before, v in pairs)


_FR_VOWEL = "aeiouyàâäéèêëîïôöùûüœæ"
_FR_GROUP = re.compile(rf"[{_FR_VOWEL}]+")
_FR_HIATUS = re.compile(r"(?<=é)[aoiuéâ]|(?<=é)e(?=r)|(?<=[aou])[éïë]|(?<=i)[ïé](?=t)")


def french(word: str) -> int:
    """Syllables of a French word as it is said: e at its end, and before s there, is mute; within a word it counts.

    The mute -ent of verbs can't be told from that of nouns by spelling, so it counts.
    """
    said = unicodedata.normalize("NFC", word.lower()).replace("qu", "k")
    said = re.sub(r"gu(?=[eéèêi])", "g", said)
    said = re.sub(r"^pays", "pai.is", said)
    said = re.sub(rf"(?<=[{_FR_VOWEL}])y(?=[{_FR_VOWEL}])", "ij", said)  # voi-jage
    said = _FR_HIATUS.sub(r".\g<0>", said)
    mute = re.search(rf"[^{_FR_VOWEL}.]es?$", said) is not None
    return max(1, len(_FR_GROUP.findall(said)) - mute)


_DE_GROUP = re.compile(r"aa|ee|oo|ie|ei|ai|ey|ay|eu|äu|au|[aeiouyäöü]")
_DE_HIATUS = re.compile(
    r"(?:(?:famil|lin|lil|stud|ser|fer|präm|bakter|arter|mater|pat|kl)i(?=e))|(?<=[gb]e)(?=(?:impf|irr|inhalt))"
)


def german(word: str) -> int:
    """Syllables of a German word: every vowel but for the double ones and ie, ei, ai, eu, äu, au.

    Where two vowels are said one by one (Fami-lie, ge-impft), the words of medicine that have them are listed.
    """
    return max(1, len(_DE_GROUP.findall(_DE_HIATUS.sub(r"\g<0>.", word.lower().replace("qu", "kw")))))


_NL_GROUP = re.compile(r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ei|ij|ou|au|[aeiouyàáèéëïíöóüúêâô]")


def dutch(word: str) -> int:
    """Syllables of a Dutch word: every vowel but for the double ones; a trema begins a syllable."""
    return max(1, len(_NL_GROUP.findall(unicodedata.normalize("NFC", word.lower()))))


def russian(word: str) -> int:
    """Syllables of a Russian word: as many as it has vowels."""
    return max(1, sum(letter in "аеёиоуыэюя" for letter in word.lower()))


def turkish(word: str) -> int:
    """Syllables of a Turkish word: as many as it has vowels."""
    return max(1, sum(letter in "aeıioöuüâîû" for letter in word.replace("İ", "i").lower()))


SYLLABLES: Mapping[str, Callable[[str], int]] = MappingProxyType(
    {
        "de": german,
        "en": english,
        "es": spanish,
        "fr": french,
        "nl": dutch,
        "pt": portuguese,
        "ru": russian,
        "tr": turkish,
    }
)
"""How each language is counted, by its primary subtag."""
