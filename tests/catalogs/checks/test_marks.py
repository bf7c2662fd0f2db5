"""Marks and spaces. Expected values are CLDR's delimiters and the writing rules of each language."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from handouts.model.message import Message
from tests.catalogs.checks.strings import THERE, codes, message, told

ASK = "Ask your team."
MAY_YOU = "Can you ask?"


@pytest.mark.parametrize(
    ("source", "translation", "tag"),
    [
        ("Say “yes”.", "Diga «sí».", "es"),
        ("Say “yes”.", "Diga “sí”.", "es"),
        ("Say “yes”.", "Dites «\u202foui\u202f».", "fr"),
        ("Say “yes”.", "L’équipe dit «\u00a0oui\u00a0».", "fr"),
        ("Say “yes”.", "L'équipe de l'hôpital.", "fr"),
        ("Say “yes”.", "Скажите «да».", "ru"),
        ("Say “yes”.", "Скажите „да“.", "ru"),
        ("Say “yes”.", "قل «نعم».", "ar"),
        ("Say “yes”.", "بگویید «بله».", "fa"),
        ("Say “yes”.", "”ہاں“ کہیں۔", "ur"),
        ("Say “yes”.", "“ہاں” کہیں۔", "ur"),
        ("Say “yes”.", "“हाँ” कहें।", "hi"),
        ("Say “yes”.", "“হ্যাঁ” বলুন।", "bn"),
        ("Say “yes”.", "请说“是”。", "zh-Hans"),
        ("Say “yes”.", "請說「是」。", "zh-Hant"),
        ("Say “yes”.", "‘네’라고 말하십시오.", "ko"),
        ("Say “yes”.", "אמרו ”כן”.", "he"),
        ("Ask the parents' doctor.", "שאלו את ד״ר כהן.", "he"),
        ("Say “yes”.", "Di “wi”.", "ht"),
        ("Say “yes”.", "M’ap di “wi”.", "ht"),
        (ASK, "ถามทีมของคุณ", "th"),
        ("Say “yes”.", "พูดว่า “ใช่”", "th"),
        (MAY_YOU, "คุณถามได้ไหม", "th"),
        (MAY_YOU, "¿Puede preguntar?", "es"),
        (MAY_YOU, "هل يمكنكم السؤال؟", "ar"),
        (MAY_YOU, "Pouvez-vous demander\u202f?", "fr"),
        ("These are:", "Ce sont\u00a0:", "fr"),
        ("These are:", "这些是：", "zh-Hans"),
        ("How rare it is", "¿Qué tan rara es?", "es"),
        ("How rare it is", "ما مدى ندرتها؟", "ar"),
        ("The letters, I, G and M.", "الحروف (I, G, M).", "ar"),
        ("The letters, I, G and M.", "字母（I、G、M）。", "zh-Hans"),
        ("Ask Dr. Rao.", "डॉ. राव से पूछें।", "hi"),
        ("{son_has} boys, {total} in all", "{son_has} niños, {total} en total", "es"),
        ("Web: {name}", "الموقع: {name}", "ar"),
        ("Say “{name}”.", "说“{name}”。", "zh-Hans"),
        ("Wait…", "Espere…", "es"),
        ("Ask first: “May I?”", "Pregunte: «¿Puedo?».", "es"),
        ("Ask first: “May I?”", "先问：“可以吗？”", "zh-Hans"),
    ],
)
def test_marks_as_the_language_writes_them_are_no_fault(source: str, translation: str, tag: str) -> None:
    """A check that asks for English marks would spoil every page."""
    ours = {"quotes", "end-punctuation", "wrong-punctuation", "brackets", "spaces", "line-break"}

    assert not ours & set(codes(source, translation, tag))


@pytest.mark.parametrize(
    ("translation", "tag"),
    [
        ('Diga "sí".', "es"),
        ("Diga „sí“.", "es"),
        ("Diga «sí.", "es"),
        ("Diga sí».", "es"),
        ("Diga «sí“.", "es"),
        ("Diga 'sí'.", "es"),
        ("Diga «sí».", "pt-BR"),
        ("بگویید “بله”.", "fa"),
        ("請說“是”。", "zh-Hant"),
        ("请说「是」。", "zh-Hans"),
        ('שאלו את ד"ר כהן.', "he"),
        ("Скажите “да”.", "ru"),
    ],
)
def test_quotation_marks_of_another_language_are_told(translation: str, tag: str) -> None:
    """A quotation that never ends, or marks that the reader takes for something else."""
    assert codes("Say “yes”.", translation, tag) == ["quotes"]


@pytest.mark.parametrize(
    ("source", "translation", "tag"),
    [
        (ASK, "Pregunte a su equipo", "es"),
        (ASK, "Pregunte a su equipo:", "es"),
        (ASK, "अपनी टीम से पूछें.", "hi"),
        (ASK, "अपनी टीम से पूछें|", "hi"),
        (ASK, "আপনার টিমকে জিজ্ঞাসা করুন", "bn"),
        (ASK, "اپنی ٹیم سے پوچھیں.", "ur"),
        (ASK, "询问您的团队.", "zh-Hans"),
        (MAY_YOU, "هل يمكنكم السؤال?", "ar"),
        (MAY_YOU, "هل يمكنكم السؤال.", "ar"),
        (MAY_YOU, "可以问吗?", "zh-Hans"),
        ("These are:", "这些是:", "zh-Hans"),
        ("These are:", "ये हैः", "hi"),
        ("These are:", "Estos son.", "es"),
        ("The team", "El equipo.", "es"),
        ("The team", "El equipo,", "es"),
        ("Ask.", "Pregunte!", "es"),
        ("**Ask.**", "**Pregunte**", "es"),
        ("Say “yes.”", "Diga «sí»", "es"),
    ],
)
def test_an_end_that_is_not_the_english_one_is_told(source: str, translation: str, tag: str) -> None:
    """A voice does not stop, or drops where it should ask."""
    assert "end-punctuation" in codes(source, translation, tag)


@pytest.mark.parametrize(
    ("source", "translation", "tag"),
    [
        ("Ask, and wait.", "اسألوا, وانتظروا.", "ar"),
        ("Ask; wait.", "بپرسید; صبر کنید.", "fa"),
        ("Can you ask? Wait.", "پوچھ سکتے ہیں? انتظار کریں۔", "ur"),
        ("Ask. Wait.", "پوچھیں. انتظار کریں۔", "ur"),
        ("Ask. Wait.", "पूछें. रुकें।", "hi"),
        ("Ask. Wait.", "জিজ্ঞাসা করুন. অপেক্ষা করুন।", "bn"),
        ("Ask, and wait.", "询问,等待。", "zh-Hans"),
        ("Ask (or wait).", "询问(或等待)。", "zh-Hans"),
        ("Ask about {name}, and wait.", "询问{name},等待。", "zh-Hans"),
        ("Ask, and wait.", "Pregunte، y espere.", "es"),
        ("Ask, and wait.", "물어보고， 기다리십시오.", "ko"),
        (MAY_YOU, "Puede preguntar?", "es"),
        ("Stop!", "Pare!", "es"),
    ],
)
def test_a_mark_of_another_language_inside_the_text_is_told(source: str, translation: str, tag: str) -> None:
    """A Latin comma faces the wrong way in Arabic, and a Spanish question begins without anybody hearing it."""
    assert codes(source, translation, tag) == ["wrong-punctuation"]


def test_the_hint_names_the_mark_that_belongs_there() -> None:
    """The translator's keyboard may not have it: it can be copied from here."""
    (problem,) = told("Ask, and wait.", "اسألوا, وانتظروا.", "ar")

    assert problem.hint == "write ،"


@pytest.mark.parametrize("translation", ["Pregunte (o espere.", "Pregunte o espere).", "Pregunte [o espere)."])
def test_a_bracket_without_its_partner_is_told(translation: str) -> None:
    """The reader waits for the end of an aside that never ends."""
    assert codes("Ask (or wait).", translation) == ["brackets"]


@pytest.mark.parametrize(
    ("translation", "tag"),
    [
        (" Pregunte a su equipo.", "es"),
        ("Pregunte a su equipo. ", "es"),
        ("Pregunte  a su equipo.", "es"),
        ("Pregunte a su\u00a0 equipo.", "es"),
        ("Pregunte , y espere.", "es"),
        ("Pregunte a su equipo .", "es"),
        ("Pregunte a su equipo.Espere.", "es"),
        ("询问 ，等待。", "zh-Hans"),
        ("Demandez à l’équipe ; attendez.", "fr"),
        ("Demandez à l’équipe; attendez.", "fr"),
        ("Dites « oui ».", "fr"),
        ("Dites «oui».", "fr"),
    ],
)
def test_a_space_too_many_or_too_few_is_told(translation: str, tag: str) -> None:
    """A line begins with a comma, a gap stands in the text, or two words are heard as one."""
    assert set(codes("Ask.", translation, tag)) == {"spaces"}


@pytest.mark.parametrize("translation", ["Pregunte\na su equipo.", "Pregunte\ta su equipo."])
def test_a_line_break_inside_a_text_is_told(translation: str) -> None:
    """An editor's own line break: on the page it is a space, in a list of words it splits one entry in two."""
    assert codes(ASK, translation) == ["line-break"]


DATED = Message(
    "small",
    "plain",
    "Made on {date}.",
    THERE,
    placeholders=MappingProxyType({"date": "November 21, 2026", "name": "Ana"}),
)


def test_a_russian_date_ends_its_sentence_with_its_own_stop() -> None:
    """CLDR ends a Russian date with the stop of "year": another one behind it is a slip that every reader sees."""
    assert codes(DATED, "Дата изготовления: {date}", "ru") == []
    assert codes(DATED, "Дата изготовления: {date}.", "ru") == ["end-punctuation"]
    assert codes(DATED, "Fecha: {date}.", "es") == []
    assert codes(DATED, "Fecha: {date}", "es") == ["end-punctuation"]
    assert codes(message("Made by {name}."), "Сделал {name}", "ru") == ["end-punctuation"]
