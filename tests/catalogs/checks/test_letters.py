"""Letters of every script. Expected values are those of CLDR's exemplar characters and of Unicode's charts."""

from __future__ import annotations

import unicodedata

import pytest

from tests.catalogs.checks.strings import codes, told

ASK = "Ask your team."


@pytest.mark.parametrize(
    ("translation", "tag"),
    [
        ("می\u200cخواهم بپرسم.", "fa"),
        ("کتاب\u200cهای {name}", "fa"),
        ("क\u094d\u200dष पूछें।", "hi"),
        ("র\u200d\u09cdযাম।", "bn"),
        ("Hỏi nhóm của quý vị.", "vi"),
        ("ถามทีมของคุณ ทำได้", "th"),
        ("询问X染色体。", "zh-Hans"),
        ("詢問X染色體。", "zh-Hant"),
        ("팀에 물어보십시오.", "ko"),
        ("Спросите о T-клетках.", "ru"),
        ("السؤال عن الـIgM.", "ar"),
        ("اپنی ٹیم سے پوچھیں۔", "ur"),
        ("Pregunte por la 1ª vez.".replace("1", ""), "es"),
    ],
)
def test_what_a_language_needs_is_allowed(translation: str, tag: str) -> None:
    """A joiner taken for a hidden character: a Persian or Bengali word falls apart, or its translator gives up."""
    ours = {"invisible-character", "wrong-script", "mixed-script", "wrong-letter", "wrong-characters"}

    assert not ours & set(codes(ASK if "{" not in translation else "Books of {name}", translation, tag))
    assert "compatibility-letter" not in codes(ASK, translation, tag)


@pytest.mark.parametrize(
    ("translation", "tag"),
    [
        ("Pregunte\u200b a su equipo.", "es"),
        ("Pre\u00adgunte a su equipo.", "es"),
        ("\ufeffPregunte a su equipo.", "es"),
        ("Pregunte\u2060 a su equipo.", "es"),
        ("Pregunte a su\u200c equipo.", "es"),
        ("می\u200c خواهم بپرسم.", "fa"),  # before a space it joins nothing
        ("می\u200c\u200cخواهم بپرسم.", "fa"),
        ("\u200cمی خواهم بپرسم.", "fa"),
        ("می\u200dخواهم بپرسم.", "fa"),
        ("السؤال\u200c عن الفريق.", "ar"),
        ("팀에\u3164물어보십시오.", "ko"),
        ("询问\ufe0f团队。", "zh-Hans"),
    ],
)
def test_an_invisible_character_that_does_nothing_is_told(translation: str, tag: str) -> None:
    """A search does not find the word, and a voice spells it."""
    assert codes(ASK, translation, tag) == ["invisible-character"]


@pytest.mark.parametrize(
    ("translation", "tag", "shown"),
    [
        ("Pregunte и espere.", "es", "и (Cyrillic U+0438)"),
        ("Pregunte a su Ω equipo.", "es", "Ω (Greek U+03A9)"),
        ("Спросите اسأل.", "ru", "ا (Arabic U+0627)"),
        ("اسأل 的 الفريق.", "ar", "的 (Cjk U+7684)"),
        ("টিমকে जिज्ञासा করুন।", "bn", "ज (Devanagari U+091C)"),
        ("टीम से জিজ্ঞাসা पूछें।", "hi", "জ (Bengali U+099C)"),
        ("ถามທีม", "th", "ທ (Lao U+0E97)"),
        ("询问ひ团队。", "zh-Hans", "ひ (Hiragana U+3072)"),
    ],
)
def test_letters_of_another_script_are_told(translation: str, tag: str, shown: str) -> None:
    """A wrong keyboard: to a reader it is a smudge, to a voice a silence."""
    (problem,) = told(ASK, translation, tag)

    assert problem.code == "wrong-script"
    assert shown in problem.message


@pytest.mark.parametrize(
    ("translation", "tag", "shown"),
    [
        ("Pregunte a su equip\u043e.", "es", "U+043E"),  # Cyrillic o
        ("Спросите св\u006fю команду.", "ru", "U+006F"),  # Latin o
        ("\u0421prosite.", "es", "U+0421"),
        ("\u03a1regunte.", "es", "U+03A1"),  # Greek Rho
    ],
)
def test_a_word_of_two_alphabets_that_look_alike_is_told(translation: str, tag: str, shown: str) -> None:
    """Nobody sees it; a voice stumbles over the word, and a search never finds it."""
    (problem,) = told(ASK, translation, tag)

    assert problem.code == "mixed-script"
    assert shown in problem.message


@pytest.mark.parametrize(
    ("translation", "tag", "right"),
    [
        ("از ت\u064aم خود بپرسید.", "fa", "U+06CC"),
        ("از ما حت\u0649 بپرسید.", "fa", "U+06CC"),
        ("از پزش\u0643 بپرسید.", "fa", "U+06A9"),
        ("اپن\u064a ٹیم سے پوچھیں۔", "ur", "U+06CC"),
        ("وہ\u0647 پوچھیں۔", "ur", "U+06C1"),
        ("\u0627سأل الفر\u06ccق.", "ar", "U+064A"),
        ("اسأل \u06a9ل الفريق.", "ar", "U+0643"),
    ],
)
def test_a_twin_letter_of_a_sister_language_is_told(translation: str, tag: str, right: str) -> None:
    """Persian with an Arabic keyboard looks nearly right, and its words are not found in any dictionary."""
    (problem,) = told(ASK, translation, tag)

    assert problem.code == "wrong-letter"
    assert right in (problem.hint or "")


@pytest.mark.parametrize(
    ("translation", "tag", "code"),
    [
        ("询问您的團队。", "zh-Hans", "wrong-characters"),
        ("詢問您的团隊。", "zh-Hant", "wrong-characters"),
        ("基因檢測。", "zh-Hans", "wrong-characters"),
        ("基因检測。", "zh-Hant", "wrong-characters"),
        ("اسأ\ufefb الفريق.", "ar", "compatibility-letter"),
        ("Con\ufb01rme con su equipo.", "es", "compatibility-letter"),
        ("询问Ａ团队。", "zh-Hans", "compatibility-letter"),
        ("\ufb2aאלו את הצוות.", "he", "not-nfc"),
        ("Pregunte a la me\u0301dica.", "es", "not-nfc"),
        ("Ho\u0309i nhóm của quý vị.", "vi", "not-nfc"),
    ],
)
def test_characters_of_another_standard_are_told(translation: str, tag: str, code: str) -> None:
    """A Taiwanese mother reads a page of mainland characters; a ligature is skipped by the voice."""
    assert codes(ASK, translation, tag) == [code]


SIMPLIFIED = "这为时们来说个对学会开关医师检测细胞变传给请问发现团队诊断药物风险遗传携带疗"
TRADITIONAL = "這為時們來說個對學會開關醫師檢測細變傳給請問發現團隊診斷藥風險遺傳攜帶療"
OF_BOTH = "的是不在有和人家大小母父子女感染治基因抗免疫"


def test_the_two_standards_of_chinese_are_told_apart_by_what_each_has_alone() -> None:
    """Characters that both write must pass, or every sentence is told; a table of them is in every schoolbook."""
    for character in SIMPLIFIED.replace("胞", "").replace("物", "").replace("会", "").replace("学", ""):
        if character not in TRADITIONAL:
            assert codes(ASK, f"{character}。", "zh-Hant") == ["wrong-characters"], character
    for character in TRADITIONAL:
        assert codes(ASK, f"{character}。", "zh-Hans") == ["wrong-characters"], character
    for character in OF_BOTH:
        assert codes(ASK, f"{character}。", "zh-Hans") == codes(ASK, f"{character}。", "zh-Hant") == [], character


def test_thai_sara_am_is_a_letter_of_its_own() -> None:
    """Unicode can take it apart; every Thai sentence has one, and would be told."""
    assert unicodedata.decomposition("ำ").startswith("<compat>")
    assert codes(ASK, "ทำได้", "th") == []
