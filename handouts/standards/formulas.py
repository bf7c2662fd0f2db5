"""The readability formulas, each with its source. A language that none was made for gets none.

A formula was made from counts in one language; with another's it gives a number that means nothing. Weights are
the authors', to the last digit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Counts:
    """What the formulas count; `long_words` have three syllables or more, `wide_words` more than six letters."""

    sentences: int
    words: int
    syllables: int = 0
    letters: int = 0
    long_words: int = 0
    wide_words: int = 0
    one_syllable_words: int = 0

    @property
    def words_a_sentence(self) -> float:
        """Mean length of a sentence."""
        return self.words / self.sentences

    @property
    def syllables_a_word(self) -> float:
        """Mean length of a word."""
        return self.syllables / self.words

    def share(self, words: int) -> float:
        """`words` in a hundred words."""
        return 100 * words / self.words


def flesch_kincaid_grade(counts: Counts) -> float:
    """English: the school grade of the United States.

    Source: Kincaid, Fishburne, Rogers and Chissom, Derivation of new readability formulas for Navy enlisted
    personnel, Research Branch Report 8-75 (1975).
    """
    return 0.39 * counts.words_a_sentence + 11.8 * counts.syllables_a_word - 15.59


def smog_count(counts: Counts) -> float:
    """English: words of three or more syllables in thirty sentences, what SMOG is made of."""
    return 30 * counts.long_words / counts.sentences


def smog_grade(counts: Counts) -> int:
    """English: the grade that a person must have reached to understand a text fully.

    3 added to the square root of the nearest perfect square to the long words of thirty sentences; between two of
    them, the lower one. Source: McLaughlin, SMOG Grading: a new readability formula, Journal of Reading 12 (1969),
    639-646.
    """
    count = smog_count(counts)
    lower = math.isqrt(math.floor(count))
    return 3 + (lower if count - lower**2 <= (lower + 1) ** 2 - count else lower + 1)


def szigriszt_pazos(counts: Counts) -> float:
    """Spanish: perspicuity, read on the INFLESZ scale; higher is easier.

    Source: Szigriszt Pazos, Sistemas predictivos de legibilidad del mensaje escrito (Madrid, 1993); the scale:
    Barrio-Cantalejo and others, Anales del Sistema Sanitario de Navarra 31 (2008), 135-152.
    """
    return 206.835 - 62.3 * counts.syllables_a_word - counts.words_a_sentence


def kandel_moles(counts: Counts) -> float:
    """French: Flesch's reading ease with weights for French; higher is easier.

    Source: Kandel and Moles, Application de l'indice de Flesch à la langue française, Cahiers d'études de
    radio-télévision 19 (1958), 253-274.
    """
    return 207 - 1.015 * counts.words_a_sentence - 73.6 * counts.syllables_a_word


def gulpease(counts: Counts) -> float:
    """Italian: made for Italian from letters, not syllables; higher is easier.

    Source: Lucisano and Piemontese, GULPEASE: una formula per la predizione della difficoltà dei testi in lingua
    italiana, Scuola e città 3 (1988), 110-124.
    """
    return 89 + (300 * counts.sentences - 10 * counts.letters) / counts.words


def wiener_sachtextformel(counts: Counts) -> float:
    """German: the first Viennese formula for factual texts, in school years.

    Source: Bamberger and Vanecek, Lesen, Verstehen, Lernen, Schreiben (Vienna, 1984).
    """
    return (
        0.1935 * counts.share(counts.long_words)
        + 0.1672 * counts.words_a_sentence
        + 0.1297 * counts.share(counts.wide_words)
        - 0.0327 * counts.share(counts.one_syllable_words)
        - 0.875
    )


def flesch_douma(counts: Counts) -> float:
    """Dutch: Flesch's reading ease with weights for Dutch; higher is easier.

    Source: Douma, De leesbaarheid van landbouwbladen (Wageningen, 1960).
    """
    return 206.84 - 0.93 * counts.words_a_sentence - 77 * counts.syllables_a_word


def martins(counts: Counts) -> float:
    """Portuguese of Brazil: Flesch's reading ease moved by 42 points; higher is easier.

    Source: Martins, Ghiraldelo, Nunes and de Oliveira, Readability formulas applied to textbooks in Brazilian
    Portuguese, ICMSC-USP, Notas 28 (1996).
    """
    return 248.835 - 1.015 * counts.words_a_sentence - 84.6 * counts.syllables_a_word


def oborneva(counts: Counts) -> float:
    """Russian: Flesch's reading ease with weights for Russian; higher is easier.

    Source: Oborneva, Automated estimation of the complexity of educational texts (in Russian; Moscow, 2006).
    """
    return 206.835 - 1.3 * counts.words_a_sentence - 60.1 * counts.syllables_a_word


def atesman(counts: Counts) -> float:
    """Turkish: higher is easier.

    Source: Ateşman, Türkçede okunabilirliğin ölçülmesi, Dil Dergisi 58 (1997), 71-74.
    """
    return 198.825 - 40.175 * counts.syllables_a_word - 2.610 * counts.words_a_sentence


def lix(counts: Counts) -> float:
    """Swedish: words a sentence, and words of more than six letters in a hundred; lower is easier.

    Source: Björnsson, Läsbarhet (Stockholm, 1968).
    """
    return counts.words_a_sentence + counts.share(counts.wide_words)


@dataclass(frozen=True, slots=True)
class Scale:
    """A formula as it is read: its name, its result, and the mark at which a text for the sixth year stands.

    `judged` says that the mark is a limit; else the figure is only shown beside it.
    """

    name: str
    formula: Callable[[Counts], float]
    mark: float
    meaning: str
    higher_is_easier: bool = False
    judged: bool = False

    def reaches(self, value: float) -> bool:
        """Whether `value` is as easy as the mark."""
        return value >= self.mark if self.higher_is_easier else value <= self.mark


SCALES: Mapping[str, Scale] = MappingProxyType(
    {
        "de": Scale("Wiener Sachtextformel", wiener_sachtextformel, 6, "sixth school year"),
        "en": Scale("Flesch-Kincaid", flesch_kincaid_grade, 6, "grade six", judged=True),
        "es": Scale("INFLESZ", szigriszt_pazos, 65, "fairly easy: primary school", higher_is_easier=True, judged=True),
        "fr": Scale("Kandel-Moles", kandel_moles, 80, "easy: sixth year", higher_is_easier=True),
        "it": Scale("Gulpease", gulpease, 80, "easy after primary school", higher_is_easier=True),
        "nl": Scale("Flesch-Douma", flesch_douma, 70, "sixth year of primary school", higher_is_easier=True),
        "pt": Scale("Flesch for Brazil", martins, 50, "easy: fifth to eighth year", higher_is_easier=True),
        "ru": Scale("Oborneva", oborneva, 80, "easy: sixth year", higher_is_easier=True),
        "sv": Scale("LIX", lix, 30, "very easy: children's books"),
        "tr": Scale("Ateşman", atesman, 80, "fifth or sixth year", higher_is_easier=True),
    }
)
"""The formula of each language, by its primary subtag."""

NO_FORMULA: Mapping[str, str] = MappingProxyType(
    {
        "ar": "OSMAN counts vowel marks, which this text does not print",
        "bn": "the proposals were tried on a few texts",
        "fa": "those tried were found not to fit Persian",
        "hi": "the proposals were tried on a few texts",
    }
)
"""Why there is none, where somebody might look for one."""
