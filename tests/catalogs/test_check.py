from __future__ import annotations

from types import MappingProxyType

import pytest

from handouts.catalogs import check_translation
from handouts.model.message import Message
from handouts.problems import Location

HERE = Location("es/small.po", 7)
EXAMPLES = MappingProxyType({"son_has": "1 in 2", "total": "4", "count": "1"})
ODDS = Message("small", "odds", "{son_has} boys have it.", Location("x.yaml", 1), placeholders=EXAMPLES)
BOLD = Message("small", "call", "**Call your team.** Do not wait.", Location("x.yaml", 1))
PLAIN = Message("small", "plain", "Ask your team.", Location("x.yaml", 1))
COUNTED = Message(
    "small",
    "overall",
    "{count} child in {total} has it.",
    Location("x.yaml", 1),
    plural="{count} children in {total} have it.",
    placeholders=EXAMPLES,
)


def codes(message: Message, translation: str) -> list[str]:
    problems = check_translation(message, translation, HERE)
    assert all(p.where == HERE for p in problems)
    assert all(message.key in p.message for p in problems)
    return [p.code for p in problems]


@pytest.mark.parametrize(
    ("message", "translation"),
    [
        (ODDS, "{son_has} niños la tienen."),
        (ODDS, "تكون الحالة لدى {son_has} من الصبيان."),
        (BOLD, "**Llame a su equipo.** No espere."),
        (BOLD, "No espere: **llame** a su equipo."),
        (PLAIN, "می\u200cخواهم"),  # Persian needs its zero-width non-joiner
        (PLAIN, "«Pregunte» & escuche (siempre): ¿sí?"),
        (COUNTED, "De cada {total}, {count} la tienen."),
        (COUNTED, "Uno de cada {total} la tiene."),
        (PLAIN, "Pregunte\na su equipo."),  # a line's end is a space
    ],
)
def test_a_good_translation_has_no_problems(message: Message, translation: str) -> None:
    """A check that cries wolf is switched off."""
    assert codes(message, translation) == []


@pytest.mark.parametrize(
    ("message", "translation", "code"),
    [
        (ODDS, "Muchos niños la tienen.", "placeholder-missing"),
        (ODDS, "{son_has} de {son_has} niños la tienen.", "placeholder-repeated"),
        (ODDS, "{son_has} de {total} niños la tienen.", "placeholder-unknown"),
        (COUNTED, "{count} la tienen.", "placeholder-missing"),
        (COUNTED, "{count} de {count} entre {total}.", "placeholder-repeated"),
        (PLAIN, "Pregunte a {total}.", "placeholder-unknown"),
        (PLAIN, "Pregunte a 2.", "number-in-translation"),
        (PLAIN, "اسأل ٢ من الفريق.", "number-in-translation"),
        (PLAIN, "۴ سال بپرسید.", "number-in-translation"),
        (PLAIN, "२ से पूछें।", "number-in-translation"),
        (PLAIN, "২ জনকে জিজ্ঞাসা করুন।", "number-in-translation"),
        (PLAIN, "፪ ጠይቁ።", "number-in-translation"),
        (PLAIN, "Pregunte a ½.", "number-in-translation"),
        (PLAIN, "<script>alert('x')</script>", "html"),
        (PLAIN, "<img src=file:///etc/passwd>", "html"),
        (PLAIN, "Pregunte<br>ya", "html"),
        (PLAIN, "a &lt;b&gt; c", "html"),
        (PLAIN, "Pregunte &#xE; ya", "html"),
        (PLAIN, "Pregunte \u202eya", "hidden-character"),
        (PLAIN, "Pregunte \u2066ya\u2069", "hidden-character"),
        (PLAIN, "\u200fاسأل", "hidden-character"),
        (PLAIN, "\u061cاسأل", "hidden-character"),
        (PLAIN, "Pregunte\x00 ya", "hidden-character"),
        (PLAIN, "Pregunte\x1b[m ya", "hidden-character"),
        (PLAIN, "Pregunte a" + "\u0301" * 9, "hidden-character"),
        (PLAIN, "Pregunte \ue000 ya", "hidden-character"),
        (BOLD, "Llame a su equipo. No espere.", "bold-lost"),
        (PLAIN, "**Pregunte** a su equipo.", "bold-lost"),
        (BOLD, "**Llame a su equipo. No espere.", "translation-markup"),
        (BOLD, "Llame a su equipo.** No espere.", "translation-markup"),
        (ODDS, "{son_has niños la tienen.", "translation-markup"),
        (ODDS, "{ son_has } niños la tienen.", "translation-markup"),
        (ODDS, "{Son_has} niños la tienen.", "translation-markup"),
    ],
)
def test_a_bad_translation_is_told(message: Message, translation: str, code: str) -> None:
    """Wrong odds, a page's own tags, reordered words or a lost warning reach a family that can't check them."""
    assert set(codes(message, translation)) == {code}


def test_a_renamed_placeholder_is_told_as_lost_and_as_invented() -> None:
    """The odds vanish, and the page asks for a fact that nobody knows."""
    assert codes(ODDS, "{hijo_tiene} niños la tienen.") == ["placeholder-missing", "placeholder-unknown"]


def test_all_faults_of_a_translation_are_told_at_once() -> None:
    """A translator who mends one fault a day leaves the last."""
    problems = codes(ODDS, "<b>2</b> de\u202e {total}")

    assert sorted(problems) == [
        "hidden-character",
        "html",
        "number-in-translation",
        "placeholder-missing",
        "placeholder-unknown",
    ]


def test_the_hint_shows_the_english() -> None:
    """A translator sees which sentence was meant."""
    (problem,) = check_translation(ODDS, "Muchos niños la tienen.", HERE)

    assert problem.hint == "the English is: {son_has} boys have it."
