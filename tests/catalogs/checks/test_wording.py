from __future__ import annotations

import pytest

from handouts.catalogs.checks.wording import columns
from tests.catalogs.checks.strings import codes, message, told

LONG = "You may feel shock, fear, anger or guilt. You may feel them all in one day. There is no right way to feel."


# ---------------------------------------------------------------------------------------------- terms


@pytest.mark.parametrize(
    ("translation", "tag", "code"),
    [
        ("Ella es portadora.", "es", None),
        ("Ellos son PORTADORES.", "es", None),
        ("Ella lo lleva.", "es", "term-missing"),
        ("Ella es transportadora.", "es", "term-missing"),
        ("هي حامل لجين متغيّر.", "ar", None),
        ("هي حاملة للجين المتغيّر.", "ar", None),
        ("هي حاملٌ للجين.", "ar", None),
        ("هي حامل.", "ar", "term-forbidden"),
        ("الحوامل يسألن.", "ar", "term-missing"),
        ("هي حامل لجين، وهي حامل.", "ar", "term-forbidden"),
        ("她是携带者。", "zh-Hans", None),
        ("她是载体。", "zh-Hans", "term-missing"),
        ("Она носительница.", "ru", None),  # the small term base says nothing of Russian
    ],
)
def test_a_term_is_said_as_the_term_base_has_it(translation: str, tag: str, code: str | None) -> None:
    """Arabic "حامل" alone tells a woman that she is pregnant."""
    assert codes("She is a carrier.", translation, tag) == ([code] if code else [])


def test_a_word_that_only_holds_the_term_is_not_the_term() -> None:
    """Once "carried" is told as "carrier", the list of warnings is no longer read."""
    assert codes("She carried it in a carriercase.", "Lo llevaba.") == []


def test_the_meaning_of_a_word_need_not_repeat_the_word() -> None:
    """The word stands right above its meaning."""
    assert codes(message("A carrier usually has no signs.", key="glossary.carrier.meaning"), "No tiene señales.") == []
    assert codes(message("A carrier usually has no signs.", key="my-health.well"), "No tiene señales.") == [
        "term-missing"
    ]


def test_the_hint_says_why_and_what_is_better() -> None:
    """A translator who is only told "wrong" asks, waits, and goes on to other work."""
    (problem,) = told("She is a carrier.", "هي حامل.", "ar")

    assert problem.message == "'plain' says 'حامل' for 'carrier'"
    assert problem.hint == "it means pregnant; write حامل لجين"


def test_a_word_to_avoid_is_told_whatever_the_english() -> None:
    """The word "mutation" is what a frightened parent remembers of the page."""
    assert codes("A gene change.", "Una mutación.") == ["forbidden-word"]
    assert codes("A gene change.", "Un cambio inmutable.") == []


# ------------------------------------------------------------------------------------ what was forgotten


@pytest.mark.parametrize(
    ("source", "translation", "tag", "code"),
    [
        ("Ask before any trip.", "Ask before any trip.", "es", "untranslated"),
        ("The team", "The team", "hi", "untranslated"),
        ("Web: {name}", "Web: {name}", "es", None),
        ("Web: {name}", "Web: {name}", "ar", "untranslated"),
        ("IVIG", "IVIG", "ar", None),
        ("{count} / {total}", "{count} / {total}", "ar", None),
        ("Ask the team.", "Pregunte al team, the doctors.", "es", "english-left"),
        ("Ask the team.", "Ask والفريق the team.", "ar", "english-left"),
        ("Ask the care team now.", "اسأل care team now.", "ar", "english-left"),
        ("The letters I, G and M.", "الحروف (I, G, M).", "ar", None),
        ("Call it Pneumocystis.", "المتكيّسة الرئوية (Pneumocystis).", "ar", None),
        ("Call it.", "Hyper IgM syndrome (Hyper IgM syndrome type one).", "es", None),
        ("The MedlinePlus page.", "صفحة «Medline Plus Genetics».", "ar", None),
    ],
)
def test_english_that_was_left_is_told(source: str, translation: str, tag: str, code: str | None) -> None:
    """A family gets a sentence that it can't read, in the middle of those that it can."""
    problems = codes(source, translation, tag)

    assert ("untranslated" in problems, "english-left" in problems) == (code == "untranslated", code == "english-left")


@pytest.mark.parametrize(
    ("translation", "tag", "code"),
    [
        ("Pregunte a a su equipo.", "es", "doubled-word"),
        ("Pregunte a su su equipo.", "es", "doubled-word"),
        ("Pregunte a su equipo, equipo.", "es", None),
        ("No, no pregunte.", "es", None),
        ("Vous vous demandez.", "fr", None),
        ("Demandez à à l’équipe.", "fr", "doubled-word"),
        ("धीरे धीरे पूछें।", "hi", None),
        ("टीम के के बारे में पूछें।", "hi", "doubled-word"),
        ("Hỏi từ từ thôi.", "vi", None),
        ("Hỏi về của của quý vị.", "vi", "doubled-word"),
        ("Poze kesyon piti piti.", "ht", None),
        ("慢慢问团队。", "zh-Hans", None),
        ("问您的的团队。", "zh-Hans", "doubled-word"),
        ("حرفًا حرفًا اسأل.", "ar", None),
        ("اسأل عن عن الفريق.", "ar", "doubled-word"),
        ("Спросите у у команды.", "ru", "doubled-word"),
        ("{name} {name} pregunta.", "es", None),
    ],
)
def test_a_word_twice_in_a_row_is_told_where_grammar_does_not_double_it(
    translation: str, tag: str, code: str | None
) -> None:
    """The slip that every reader sees and no writer does. Many languages double words for their meaning."""
    assert ("doubled-word" in codes("Ask {name} {name} your team.", translation, tag)) == (code is not None)


@pytest.mark.parametrize(
    ("source", "translation", "tag", "wrong"),
    [
        ("Ask.", "pregunte.", "es", True),
        ("the lungs", "Los pulmones", "es", True),
        ("Ask.", "¿Pregunta?", "es", False),
        ("“Ask.”", "«pregunte.»", "es", True),
        ("**Ask.**", "**спросите.**", "ru", True),
        ("X inactivation", "inactivación del X", "es", False),
        ("IgM is high.", "la IgM está alta.", "es", False),
        ("{name} is here.", "aquí está {name}.", "es", False),
        ("Ask.", "اسأل.", "ar", False),
    ],
)
def test_a_text_begins_with_the_letter_that_the_english_begins_with(
    source: str, translation: str, tag: str, *, wrong: bool
) -> None:
    """A heading with a small letter looks like the end of something that was lost."""
    assert ("first-letter" in codes(source, translation, tag)) == wrong


# ------------------------------------------------------------------------------------------ does it fit


@pytest.mark.parametrize(
    ("translation", "tag", "fits"),
    [
        ("Hijo que la tiene", "es", True),
        ("Hijo varón que la tiene ya", "es", False),
        ("患有这种病的儿子啊", "zh-Hans", True),
        ("患有这种病的一个儿子啊啊", "zh-Hans", False),
        ("बेटा, जिसे यह बीमारी है", "hi", True),  # its marks sit on the letters
        ("{name} está aquí", "es", False),  # as long as the example that is put there
    ],
)
def test_a_text_that_has_no_room_is_told(translation: str, tag: str, *, fits: bool) -> None:
    """Under one child of the picture, a third line pushes the next picture off the page."""
    about = message("A son who has it" if "{" not in translation else "{name} is here", room=22)

    assert ("too-long" in codes(about, translation, tag)) == (not fits)


def test_a_wide_letter_takes_two_columns_and_a_mark_none() -> None:
    """Source: UAX 11, East Asian Width: W and F are wide; marks that do not space take no width of their own."""
    assert columns("abc") == 3
    assert columns("病孩，") == 6
    assert columns("e\u0301") == 1
    assert columns("می\u200cخ") == 3


@pytest.mark.parametrize(
    ("translation", "tag"),
    [
        ("Puede sentir miedo.", "es"),
        ("Tal vez sienta un fuerte impacto, miedo, enojo o culpa en un día.", "es"),
        ("您可能会害怕。", "zh-Hans"),
        (" ".join(["Tal vez sienta un fuerte impacto, miedo, enojo o culpa, todo en un mismo día."] * 4), "es"),
    ],
)
def test_a_text_far_shorter_or_longer_than_the_english_is_told(translation: str, tag: str) -> None:
    """The sentence that says that no feeling is wrong is the one that got lost."""
    assert "text-lost" in codes(LONG, translation, tag)


@pytest.mark.parametrize(
    ("translation", "tag"),
    [
        (
            "Tal vez sienta miedo, enojo o culpa. Puede sentir todo eso en un mismo día. No hay una forma correcta.",
            "es",
        ),
        ("Tal vez sienta un fuerte impacto, miedo, enojo o culpa, y todo en un mismo día; toda forma es buena.", "es"),
        ("您可能会感到震惊、害怕、愤怒或内疚。您可能在同一天里全都感受到。感受没有对错。", "zh-Hans"),
    ],
)
def test_a_text_that_is_a_little_shorter_is_none_of_our_business(translation: str, tag: str) -> None:
    """Two sentences joined into one are a translator's right."""
    assert "text-lost" not in codes(LONG, translation, tag)
