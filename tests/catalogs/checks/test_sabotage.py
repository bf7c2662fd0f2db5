"""One fault each, put into catalogs that are right: each is told by its check, and by no other.

What is spoilt in Spanish and Arabic is the shipped catalog itself. In other languages it is a string written here, for
the English that we ship and with the shipped term base.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import pytest

from handouts.catalogs import CHECKS, CatalogFile, check_translation, plural_counts
from handouts.languages import language
from handouts.model.message import SHARED_DOMAIN
from handouts.problems import Location, Problem, errors_in
from handouts.project import Project, messages_of

CONDITION = "x-linked-hyper-igm"
HERE = Location("spoilt.po", 1)


@dataclass(frozen=True, slots=True)
class Sabotage:
    """One fault: in the string `key` of a language `old` is made `new`, and `told` is the check that must tell it.

    An empty `old` means the whole text.
    """

    fault: str
    tag: str
    key: str
    old: str
    new: str
    told: str
    form: int = 0


_SONS = "inheritance.x-linked-recessive.carrier-mother.sons"
_SON = "inheritance.child.son.has-condition"
_WORDS = "relatives.how.words"
_OVERALL = "inheritance.overall.has-condition"
_X = "glossary.x-chromosome.term"

IN_SHIPPED = (
    # what is told of the condition
    Sabotage("odds are left out", "es", _SONS, "{son_has}", "muchos", "placeholder-missing"),
    Sabotage("odds are left out", "ar", _SONS, "{son_has}", "كثير", "placeholder-missing"),
    Sabotage("a fact is added", "es", "rare.frequency", "{frequency}", "{frequency} {gene}", "placeholder-unknown"),
    Sabotage("odds are said twice", "ar", _SONS, "{son_has}", "{son_has} {son_has}", "placeholder-repeated"),
    Sabotage("a count is typed in", "es", "relatives.how.choice", "cada", "cada 1", "number-in-translation"),
    Sabotage("an Arabic digit is typed in", "ar", "help.growth", ".", " ٤.", "number-in-translation"),
    Sabotage("a half is typed in", "es", "signs.common.growth", "lento", "½ lento", "number-in-translation"),
    Sabotage("a percentage is typed in", "ar", "outlook.well", ".", " %.", "number-in-translation"),
    Sabotage("many become half", "es", "outlook.well", "muchos", "la mitad de los", "number-word"),
    Sabotage("many become half", "ar", "outlook.well", "كثير", "نصف", "number-word"),
    Sabotage("two become three", "es", "main-carrier.message", "dos", "tres", "number-word"),
    Sabotage("an address is typed in", "es", "testing.choice", "no.", "no (www.ejemplo.org).", "link-in-translation"),
    Sabotage("an e-mail is typed in", "ar", "relatives.how.paper", "رسالة", "رسالة a@b.org", "link-in-translation"),
    Sabotage("the warning has no weight", "es", "help.call", "**", "", "bold-lost"),
    Sabotage("the weight is in pieces", "ar", "help.call", "إذا", "**إذا**", "bold-lost"),
    Sabotage("a file is pasted", "es", "feelings.feelings", "miedo", "miedo, " * 1_000, "oversized-text"),
    Sabotage("bold never ends", "es", "main.message", ".**", ".", "translation-markup"),
    Sabotage("a brace is lost", "ar", "treatment.dated", "{read_on}", "{read_on", "translation-markup"),
    Sabotage("a tag is typed in", "es", "living.days.ask", "viaje", "<b>viaje</b>", "html"),
    Sabotage("another antibody is named", "es", "name", "IgM", "IgG", "token-changed"),
    Sabotage("IgM in Arabic letters", "ar", "name", "IgM", "آي جي إم", "token-changed"),
    Sabotage("a form is not filled in", "ar", _OVERALL, "", "", "plural-missing", form=3),
    Sabotage("a form for many has no number", "es", _OVERALL, "{count}", "Muchos", "placeholder-missing", form=1),
    Sabotage("a form for few has no number", "ar", _OVERALL, "{count}", "بعض", "placeholder-missing", form=3),
    # letters
    Sabotage("the text is turned around", "ar", "relatives.heading", "الأقارب", "\u202eالأقارب", "hidden-character"),
    Sabotage("marks of direction", "ar", "name", "IgM", "\u200eIgM\u200e", "hidden-character"),
    Sabotage("a space without width", "es", "feelings.heading", "apoyo", "apo\u200byo", "invisible-character"),
    Sabotage("a soft hyphen", "es", "feelings.heading", "sentimientos", "senti\u00admientos", "invisible-character"),
    Sabotage("a joiner of Persian", "ar", "relatives.heading", "الأقارب", "الأ\u200cقارب", "invisible-character"),
    Sabotage("a Cyrillic o", "es", "feelings.heading", "apoyo", "ap\u043eyo", "mixed-script"),
    Sabotage("a Cyrillic word", "es", "feelings.heading", " y ", " и ", "wrong-script"),
    Sabotage("a Persian yeh", "ar", "names.heading", "هذه", "ف\u06cc هذه", "wrong-letter"),
    Sabotage("a ligature", "es", "relatives.how.lead", "Algunas", "Bene\ufb01ciosas", "compatibility-letter"),
    Sabotage("a presentation form", "ar", "testing.choice", " لا", " \ufefb", "compatibility-letter"),
    Sabotage("accents stand apart", "es", "feelings.feelings", "día", "di\u0301a", "not-nfc"),
    # marks
    Sabotage("straight quotes", "es", "relatives.how.words", "«", '"', "quotes"),
    Sabotage("a quotation has no end", "ar", "relatives.how.words", "»", "", "quotes"),
    Sabotage("the stop is lost", "es", "relatives.how.choice", ".", "", "end-punctuation"),
    Sabotage("a question is none", "ar", "questions.ask.emergency", "؟", ".", "end-punctuation"),
    Sabotage("a heading has a stop", "es", "treatment.heading", "Tratamiento", "Tratamiento.", "end-punctuation"),
    Sabotage("a question begins unheard", "es", "questions.ask.emergency", "¿", "", "wrong-punctuation"),
    Sabotage("Latin commas", "ar", "living.days.school", "،", ",", "wrong-punctuation"),
    Sabotage("a bracket is lost", "ar", "help.signs", ")", "", "brackets"),
    Sabotage("two spaces", "es", "relatives.how.choice", "cada ", "cada  ", "spaces"),
    Sabotage("a space before the stop", "es", "relatives.how.choice", ".", " .", "spaces"),
    Sabotage("a space at the end", "ar", "relatives.heading", "الأقارب", "الأقارب ", "spaces"),
    Sabotage("a line break", "es", "relatives.how.choice", "cada ", "cada\n", "line-break"),
    # words
    Sabotage("carrier means pregnant", "ar", "edition.carrier.title", "حاملة للجين المتغيّر", "حاملًا", "term-forbidden"),
    Sabotage("another word for immune", "es", "signs.serious.self", "inmunitario", "inmunológico", "term-forbidden"),
    Sabotage("antibiotics for antibodies", "es", "tests.tests.blood", "anticuerpos", "antibióticos", "term-forbidden"),
    Sabotage("a term is gone", "es", "tests.tests.blood", "los anticuerpos", "las defensas", "term-missing"),
    Sabotage("a word that frightens", "es", "feelings.blame", "Un cambio", "Una mutación", "forbidden-word"),
    Sabotage("a word that frightens", "ar", "feelings.blame", "التغيّر", "الطفرة", "forbidden-word"),
    Sabotage("all of it is English", "es", "feelings.heading", "", "Feelings and support", "untranslated"),
    Sabotage("some of it is English", "es", "living.days.ask", "viaje", "the viaje", "english-left"),
    Sabotage("some of it is English", "ar", "living.days.ask", "لقاح", "new vaccine or medicine", "english-left"),
    Sabotage("a word stands twice", "es", "relatives.how.choice", "que ", "que que ", "doubled-word"),
    Sabotage("a word stands twice", "ar", "living.days.ask", "قبل", "قبل عن عن", "doubled-word"),
    Sabotage("a sentence has no capital", "es", "relatives.how.choice", "Deje", "deje", "first-letter"),
    Sabotage("there is no room for it", "es", _SON, "hijo", "hijo de este padre y madre", "too-long"),
    Sabotage("sentences are lost", "es", "feelings.feelings", "", "Tal vez sienta miedo, enojo o culpa.", "text-lost"),
)  # fmt: skip

WRITTEN_HERE = MappingProxyType(
    {
        ("ru", "name"): "Гипер-IgM-синдром, сцепленный с X-хромосомой",
        ("ru", "relatives.how.choice"): "Пусть каждый сам решит, что он хочет знать.",
        ("ru", _OVERALL): "На рисунке заболевание есть у {count} ребёнка из {total}.",
        ("fa", "relatives.how.choice"): "بگذارید هر کس خودش تصمیم بگیرد که چه چیزی را می\u200cخواهد بداند.",
        ("fa", "names.heading"): "نام\u200cهای «آن»",
        ("fa", "main.blame"): "هیچ کاری که شما کرده\u200cاید، باعث این بیماری نشده است. هیچ\u200cکس مقصر نیست.",
        ("ur", "relatives.how.choice"): "ہر شخص کو خود فیصلہ کرنے دیں کہ وہ کیا جاننا چاہتا ہے۔",
        ("ur", "main.blame"): "یہ آپ کے کسی کام کی وجہ سے نہیں ہوا۔ اس میں کسی کا قصور نہیں۔",
        ("hi", "main.blame"): "यह आपके कुछ भी करने से नहीं हुआ। इसमें किसी का दोष नहीं है।",
        ("hi", "relatives.how.choice"): "हर व्यक्ति को तय करने दें कि वह क्या जानना चाहता है।",
        ("bn", "main.blame"): "আপনার কোনো কাজের জন্য এটি হয়নি। এতে কারও দোষ নেই।",
        ("zh-Hans", "main.blame"): "这不是您做了什么事造成的。谁都没有错。",
        ("zh-Hans", "my-health.well"): "基因携带者通常没有这种病的症状。",
        ("zh-Hans", "living.days.lead"): "对许多家庭有帮助的事：",
        ("zh-Hans", "relatives.how.paper"): "把这份指南给他们，或者请您就诊的医院或诊所写一封信。",
        ("zh-Hant", "main.blame"): "這不是您做了什麼事造成的。這不是任何人的錯。",
        ("zh-Hant", "my-health.well"): "帶因者通常沒有這個疾病的症狀。",
        ("zh-Hant", _WORDS): "您可以說：「我們家有一個基因改變。它可能影響男孩。如果你願意，可以接受檢測。」",
        ("fr", "carrier-questions.ask.birth"): "Que faudra-t-il faire à la naissance d’un bébé\u202f?",
        ("fr", _OVERALL): "Sur le dessin, {count} enfant sur {total} a la maladie.",
        ("pt-BR", "my-health.well"): "Em geral, as portadoras não têm sinais da condição.",
        ("pt-BR", _X): "cromossomo X",
        ("pt-BR", "help.numbers.day"): "Equipe de saúde, de dia",
        ("vi", "relatives.how.choice"): "Hãy để mỗi người tự quyết định điều họ muốn biết.",
        ("ht", "relatives.how.choice"): "Kite chak moun deside sa li vle konnen.",
        ("he", "relatives.how.choice"): "תנו לכל אחד להחליט מה הוא רוצה לדעת.",
        ("he", "feelings.blame"): "שינוי בגן קורה מעצמו. הוא אינו עונש, והוא אינו אשמתו של אף אחד.",
        ("ko", "my-health.well"): "보인자는 대개 이 질환의 증상이 없습니다.",
        ("th", "feelings.heading"): "ความรู้สึกและการสนับสนุน",
    }
)
"""Good translations that are not looked up in the catalogs, so that no rewording of those makes a test useless."""

IN_OTHERS = (
    Sabotage("a Cyrillic letter for X", "ru", "name", "X", "\u0425", "token-changed"),
    Sabotage("a Latin o", "ru", "relatives.how.choice", "решит", "реш\u0069т", "mixed-script"),
    Sabotage("one and 21 in words for one", "ru", _OVERALL, "{count} ", "", "placeholder-missing"),
    Sabotage("an Arabic yeh", "fa", "relatives.how.choice", "می", "م\u064a", "wrong-letter"),
    Sabotage("an Arabic kaf", "fa", "main.blame", "کاری", "\u0643اری", "wrong-letter"),
    Sabotage("curly quotes", "fa", "names.heading", "«", "“", "quotes"),
    Sabotage("a joiner before a space", "fa", "main.blame", "نشده ", "نشده\u200c ", "invisible-character"),
    Sabotage("a Persian digit is typed in", "fa", "main.blame", "هیچ کاری", "هیچ ۱ کاری", "number-in-translation"),
    Sabotage("an Arabic heh", "ur", "relatives.how.choice", "ہر", "\u0647ر", "wrong-letter"),
    Sabotage("a Latin stop inside", "ur", "main.blame", "ہوا۔", "ہوا.", "wrong-punctuation"),
    Sabotage("a Latin stop at the end", "ur", "relatives.how.choice", "۔", ".", "end-punctuation"),
    Sabotage("a Latin stop at the end", "hi", "relatives.how.choice", "।", ".", "end-punctuation"),
    Sabotage("a bar for the danda", "hi", "main.blame", "हुआ।", "हुआ|", "wrong-punctuation"),
    Sabotage("a Hindi digit is typed in", "hi", "relatives.how.choice", "हर", "हर १", "number-in-translation"),
    Sabotage("a word stands twice", "hi", "relatives.how.choice", "को ", "को को ", "doubled-word"),
    Sabotage("Hindi letters in Bengali", "bn", "main.blame", "দোষ", "दोष", "wrong-script"),
    Sabotage("traditional characters", "zh-Hans", "main.blame", "这", "這", "wrong-characters"),
    Sabotage("simplified characters", "zh-Hant", "main.blame", "這", "这", "wrong-characters"),
    Sabotage("a vector for a carrier", "zh-Hans", "my-health.well", "携带者", "载体", "term-forbidden"),
    Sabotage("the mainland's word", "zh-Hant", "my-health.well", "帶因者", "攜帶者", "term-forbidden"),
    Sabotage("a carrier of a virus", "zh-Hant", "my-health.well", "帶因者", "帶原者", "term-forbidden"),
    Sabotage("mainland quotes", "zh-Hant", _WORDS, "「", "“", "quotes"),
    Sabotage("a Latin colon", "zh-Hans", "living.days.lead", "：", ":", "end-punctuation"),
    Sabotage("a Latin comma", "zh-Hans", "relatives.how.paper", "，", ",", "wrong-punctuation"),
    Sabotage("a full-width letter", "zh-Hans", "main.blame", "您", "您Ｘ", "compatibility-letter"),
    Sabotage("a plain space before the mark", "fr", "carrier-questions.ask.birth", "\u202f?", " ?", "spaces"),
    Sabotage("none and one in words for one", "fr", _OVERALL, "{count} enfant", "un enfant", "placeholder-missing"),
    Sabotage("Portugal's chromosome", "pt-BR", _X, "cromossomo", "cromossoma", "term-forbidden"),
    Sabotage("Portugal's team", "pt-BR", "help.numbers.day", "Equipe", "Equipa", "term-forbidden"),
    Sabotage("Portugal's patient", "pt-BR", "my-health.well", "as ", "as utentes ", "forbidden-word"),
    Sabotage("tones stand apart", "vi", "relatives.how.choice", "Hãy", "Ha\u0303y", "not-nfc"),
    Sabotage("French left in Creole quotes", "ht", "relatives.how.choice", "deside", '"deside"', "quotes"),
    Sabotage("a straight mark in a word", "he", "relatives.how.choice", "לדעת", 'לד"עת', "quotes"),
    Sabotage("a word that frightens", "he", "feelings.blame", "שינוי", "מוטציה", "forbidden-word"),
    Sabotage("a carrier of germs", "ko", "my-health.well", "보인자", "보균자", "term-forbidden"),
    Sabotage("a space without width", "th", "feelings.heading", "และ", "\u200bและ\u200b", "invisible-character"),
)  # fmt: skip


@cache
def catalogs(tag: str) -> tuple[CatalogFile, ...]:
    found = (Project().catalog(domain, language(tag)) for domain in (SHARED_DOMAIN, CONDITION))
    return tuple(file for file in found if file is not None)


def domain_of(key: str) -> str:
    return SHARED_DOMAIN if key.startswith(("inheritance.", "label.", "glossary.")) else CONDITION


def shipped(tag: str, key: str) -> tuple[str, ...]:
    """What our catalog says, in all its forms."""
    (file,) = (file for file in catalogs(tag) if file.domain == domain_of(key))
    (entry,) = (entry for entry in file.catalog if entry.context == key)
    return tuple(entry.string) if isinstance(entry.string, (tuple, list)) else (str(entry.string),)


def told(tag: str, key: str, forms: tuple[str, ...]) -> tuple[Problem, ...]:
    """What all the checks tell of one string of the shipped content."""
    condition, _ = Project().condition(CONDITION)
    message = messages_of(condition)[domain_of(key), key]
    counts = ((),) if message.plural is None else plural_counts(language(tag))[: len(forms)]
    return check_translation(message, forms, language(tag), Project().terms(), HERE, counts=counts)


def spoilt(case: Sabotage, forms: tuple[str, ...]) -> tuple[str, ...]:
    """The string with its fault; the fault must find its place, or the test would look at nothing."""
    text = forms[case.form]
    assert case.old in text, f"{case.tag} {case.key} was reworded: choose other words to spoil"
    worse = text.replace(case.old, case.new) if case.old else case.new
    assert worse != text
    return (*forms[: case.form], worse, *forms[case.form + 1 :])


def name_of(case: Sabotage) -> str:
    return f"{case.tag}: {case.fault} ({case.key})"


@pytest.mark.parametrize("case", IN_SHIPPED, ids=name_of)
def test_a_fault_in_a_shipped_catalog_is_told_by_its_check_alone(case: Sabotage) -> None:
    """It goes to print; or it is told by so many checks that the translator does not see which one to believe."""
    forms = shipped(case.tag, case.key)

    assert told(case.tag, case.key, forms) == ()
    assert [p.code for p in told(case.tag, case.key, spoilt(case, forms))] == [case.told]


@pytest.mark.parametrize("case", IN_OTHERS, ids=name_of)
def test_a_fault_in_another_language_is_told_by_its_check_alone(case: Sabotage) -> None:
    """Fourteen languages that nobody in the room can read."""
    forms = (WRITTEN_HERE[case.tag, case.key],)

    assert told(case.tag, case.key, forms) == ()
    assert [p.code for p in told(case.tag, case.key, spoilt(case, forms))] == [case.told]


def test_there_are_fifty_faults_and_every_check_finds_one() -> None:
    """A check that nothing in the tests can set off may be broken for years."""
    faults = (*IN_SHIPPED, *IN_OTHERS)

    assert len({name_of(case) for case in faults}) == len(faults) >= 50
    assert {case.told for case in faults} == {check.code for check in CHECKS}
    assert len({case.tag for case in faults}) == 16


@pytest.mark.parametrize("tag", [tag for tag in Project().language_tags(CONDITION) if tag != "en"])
def test_the_shipped_catalogs_are_free_of_errors(tag: str) -> None:
    """What we ship is what translators copy."""
    condition, _ = Project().condition(CONDITION)
    translations, problems = Project().translations(condition, tag)

    assert errors_in(problems) == ()
    assert len(translations.by_key) > 250
