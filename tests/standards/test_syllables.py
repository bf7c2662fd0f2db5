from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from handouts.standards.syllables import dutch, english, french, german, portuguese, russian, spanish, turkish

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent


def dictionary(name: str) -> dict[str, set[int]]:
    """Words with the counts that the pronouncing dictionary gives; some words are said in two ways."""
    rows = [
        row.split("\t") for row in (HERE / name).read_text(encoding="utf-8").splitlines() if not row.startswith("#")
    ]
    return {word: {int(count) for count in counts.split(",")} for word, counts in rows}


@pytest.mark.parametrize(("name", "at_least"), [("cmudict_common.tsv", 0.98), ("cmudict_rarer.tsv", 0.94)])
def test_english_words_are_counted_as_the_pronouncing_dictionary_says(name: str, at_least: float) -> None:
    """A wrong count makes an easy text hard, and sends its author after the wrong words."""
    words = dictionary(name)
    right = [word for word, counts in words.items() if english(word) in counts]

    assert len(words) >= 250
    assert len(right) / len(words) >= at_least, sorted(set(words) - set(right))


def test_every_word_of_the_shipped_handouts_is_counted_as_the_dictionary_says() -> None:
    """The figures of our own pages must not hang on a rule of thumb."""
    words = dictionary("cmudict_ours.tsv")
    spelled = {"hiv": "HIV"}  # the dictionary has no capitals

    assert len(words) > 800
    assert {w: english(spelled.get(w, w)) for w, c in words.items() if english(spelled.get(w, w)) not in c} == {}


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("IgG", 3),  # I-G-G
        ("HIV", 3),
        ("G-CSF", 4),
        ("AIDS", 1),  # said as a word
        ("DNA’s", 3),
        ("X-linked", 2),
        ("T", 1),
        ("carrier's", 3),
        ("nurse’s", 2),
        ("antibodies", 4),
        ("immunoglobulin", 6),
        ("amniocentesis", 6),
        ("mitochondria", 5),
        ("diarrhea", 4),
        ("neutrophils", 3),
        ("family", 2),  # fam-ly, as it is said in a sentence
    ],
)
def test_names_and_medical_words_are_counted_as_they_are_said(word: str, syllables: int) -> None:
    """These are the long words that the figures turn on, and no common dictionary has them."""
    assert english(word) == syllables


@pytest.mark.parametrize(
    ("count", "words"),
    [
        # Syllables parted as the dictionaries of the Real Academia Española part them.
        (
            spanish,
            "ca-sa dí-a ai-re gui-ta-rra que-so rey ma-yo pa-ís ci-güe-ña ge-né-ti-ca en-fer-me-dad muy le-er bú-ho",
        ),
        # As Michaelis parts them.
        (
            portuguese,
            "sa-ú-de pai fa-mí-li-a cri-an-ça não mãe co-ra-ção he-ran-ça in-fec-ções que gui-a pa-í-ses cui-da-do",
        ),
        # As they are said, by Le Petit Robert: the e at the end is mute.
        (
            french,
            "ma-la-die en-fant gène gé-né-tique fa-mille chro-mo-some pa-ys na-ïf po-é-sie eau thé-âtre vo-yage an-née",
        ),
        # As Duden parts them.
        (
            german,
            "Haus Krank-heit Fa-mi-li-e Pa-ti-ent Gen Im-mun-sys-tem Ärz-tin Eu-ro-pa ge-impft Li-ni-e sie-ben quer",
        ),
        # As Van Dale parts them.
        (dutch, "huis ziek-te fa-mi-lie moe-der eeuw draai-en mooi er-fe-lijk ge-ïr-ri-teerd i-dee-ën koei-en"),
        (russian, "ген бо-лезнь на-след-ствен-ность им-мун-ный ре-бё-нок"),
        (turkish, "gen has-ta-lık ba-ğı-şık-lık a-i-le İs-tan-bul"),
    ],
)
def test_words_of_other_languages_are_counted_as_their_dictionaries_part_them(
    count: Callable[[str], int], words: str
) -> None:
    """English rules on another language's words give a number that means nothing."""
    parted = {word.replace("-", ""): word.count("-") + 1 for word in words.split()}

    assert {word: count(word) for word in parted} == parted
