from __future__ import annotations

import pytest

from handouts.catalogs import check_translation
from handouts.languages import language
from tests.catalogs.checks.strings import HERE, NO_TERMS, TERMS, codes, message, told

ODDS = "{son_has} boys have it."
BOLD = "**Call your team.** Do not wait."
PLAIN = "Ask your team."
COUNTED = message("{count} child in {total} has it.", plural="{count} children in {total} have it.")


@pytest.mark.parametrize(
    ("source", "translation", "tag"),
    [
        (ODDS, "{son_has} niños la tienen.", "es"),
        (ODDS, "تكون الحالة لدى {son_has} من الصبيان.", "ar"),
        (BOLD, "**Llame a su equipo.** No espere.", "es"),
        (BOLD, "No espere: **llame** a su equipo.", "es"),
        (PLAIN, "می\u200cخواهم.", "fa"),  # Persian needs its zero-width non-joiner
        (PLAIN, "Pregunte a «su» equipo (siempre).", "es"),
    ],
)
def test_a_good_translation_has_no_problems(source: str, translation: str, tag: str) -> None:
    """A check that cries wolf is switched off."""
    assert codes(source, translation, tag) == []


@pytest.mark.parametrize(
    ("source", "translation", "code"),
    [
        (ODDS, "Muchos niños la tienen.", "placeholder-missing"),
        (ODDS, "{son_has} de {son_has} niños la tienen.", "placeholder-repeated"),
        (ODDS, "{son_has} de {total} niños la tienen.", "placeholder-unknown"),
        (PLAIN, "Pregunte a {total}.", "placeholder-unknown"),
        (PLAIN, "Pregunte a 2.", "number-in-translation"),
        (PLAIN, "اسأل ٢ من الفريق.", "number-in-translation"),
        (PLAIN, "۴ سال بپرسید.", "number-in-translation"),
        (PLAIN, "२ से पूछें।", "number-in-translation"),
        (PLAIN, "২ জনকে জিজ্ঞাসা করুন।", "number-in-translation"),
        (PLAIN, "፪ ጠይቁ።", "number-in-translation"),
        (PLAIN, "Pregunte a ½.", "number-in-translation"),
        (PLAIN, "Pregunte al %.", "number-in-translation"),
        (PLAIN, "<script>alert('x')</script>", "html"),
        (PLAIN, "<img src=file:///etc/passwd>", "html"),
        (PLAIN, "Pregunte<br>ya", "html"),
        (PLAIN, "a &lt;b&gt; c", "html"),
        (PLAIN, "Pregunte &#xE; ya", "html"),
        (PLAIN, "Pregunte \u202eya.", "hidden-character"),
        (PLAIN, "Pregunte \u2066ya\u2069.", "hidden-character"),
        (PLAIN, "\u200fاسأل.", "hidden-character"),
        (PLAIN, "\u061cاسأل.", "hidden-character"),
        (PLAIN, "Pregunte\x00 ya.", "hidden-character"),
        (PLAIN, "Pregunte\x1b[m ya.", "hidden-character"),
        (PLAIN, "Pregunte a" + "\u0301" * 9, "hidden-character"),
        (PLAIN, "Pregunte \ue000 ya.", "hidden-character"),
        (BOLD, "Llame a su equipo. No espere.", "bold-lost"),
        (BOLD, "**Llame** a su **equipo**. No espere.", "bold-lost"),
        (PLAIN, "**Pregunte** a su equipo.", "bold-lost"),
        (BOLD, "**Llame a su equipo. No espere.", "translation-markup"),
        (BOLD, "Llame a su equipo.** No espere.", "translation-markup"),
        (ODDS, "{son_has niños la tienen.", "translation-markup"),
        (ODDS, "{ son_has } niños la tienen.", "translation-markup"),
        (ODDS, "{Son_has} niños la tienen.", "translation-markup"),
        (PLAIN, "Pregunte en www.ejemplo.org.", "link-in-translation"),
        (PLAIN, "Pregunte en https://ejemplo.", "link-in-translation"),
        (PLAIN, "Pregunte a equipo@ejemplo.org.", "link-in-translation"),
        (PLAIN, "Pregunte en ejemplo.org.", "link-in-translation"),
        ("IgM is high.", "La inmunoglobulina está alta.", "token-changed"),
        ("IgM is high.", "La IGM está alta.", "token-changed"),
        ("IgM is high.", "La IgMs está alta.", "token-changed"),
        ("The other X works.", "La otra copia funciona.", "token-changed"),
        ("Two of them.", "Tres de ellos.", "number-word"),
    ],
)
def test_a_bad_translation_is_told(source: str, translation: str, code: str) -> None:
    """Wrong odds, a page's own tags, reordered words or a lost warning reach a family that can't check them."""
    assert code in codes(source, translation)
    serious = {p.code for p in told(source, translation, "es") if p.severity == "error"}
    assert serious - {"wrong-script"} <= {code}


def test_a_renamed_placeholder_is_told_as_lost_and_as_invented() -> None:
    """The odds vanish, and the page asks for a fact that nobody knows."""
    assert codes(ODDS, "{hijo_tiene} niños la tienen.") == ["placeholder-missing", "placeholder-unknown"]


def test_all_faults_of_a_translation_are_told_at_once() -> None:
    """A translator who mends one fault a day leaves the last."""
    problems = codes(ODDS, "<b>2</b> de\u202e {total}.")

    assert sorted(problems) == [
        "hidden-character",
        "html",
        "number-in-translation",
        "placeholder-missing",
        "placeholder-unknown",
    ]


def test_broken_markup_is_told_with_what_can_still_be_seen() -> None:
    """A bidi control hides behind a forgotten asterisk until the next round."""
    assert codes(BOLD, "**Llame <b>\u202e.") == ["translation-markup", "html", "hidden-character"]


def test_the_hint_shows_the_english() -> None:
    """A translator sees which sentence was meant."""
    (problem,) = told(ODDS, "Muchos niños la tienen.")

    assert problem.hint == "the English is: {son_has} boys have it."


def test_a_token_may_have_the_letters_that_its_language_uses() -> None:
    """A right name told as wrong, and the translator writes the one that readers do not know."""
    assert codes("It is called IVIG.", "On l’appelle IgIV.", "fr") == []
    assert codes("It is called IVIG.", "Se llama IgIV.", "es") == ["token-changed"]


def test_a_number_word_that_the_english_has_is_no_fault() -> None:
    """A translation of "three kinds" must say three."""
    assert codes("Three kinds.", "Tres clases.") == []


# ---------------------------------------------------------------------------------------- plural forms

SPANISH = ((1,), tuple(n for n in range(200) if n != 1))
FRENCH = ((0, 1), tuple(range(2, 200)))
NO_PLURAL = (tuple(range(200)),)


def counted(*forms: str, tag: str = "es", counts: tuple[tuple[int, ...], ...] = SPANISH) -> list[str]:
    return [p.code for p in check_translation(COUNTED, forms, language(tag), NO_TERMS, HERE, (), counts)]


def test_a_form_for_one_count_alone_may_say_that_count_in_words() -> None:
    """To say "un hijo" is better than "1 hijo", and was told as a lost number."""
    assert counted("De {total}, un hijo la tiene.", "De {total}, {count} la tienen.") == []


@pytest.mark.parametrize(
    ("forms", "tag", "counts"),
    [
        (("De {total}, un hijo la tiene.", "De {total}, varios la tienen."), "es", SPANISH),
        (("Sur {total}, un enfant l’a.", "Sur {total}, {count} l’ont."), "fr", FRENCH),
        (("{total} 个孩子里有一个。",), "zh-Hans", NO_PLURAL),
    ],
)
def test_a_form_for_several_counts_must_hold_the_count(
    forms: tuple[str, ...], tag: str, counts: tuple[tuple[int, ...], ...]
) -> None:
    """In French the form for one is the form for none too: "one child has it" where no child has."""
    assert counted(*forms, tag=tag, counts=counts) == ["placeholder-missing"]


@pytest.mark.parametrize("forms", [("De {total}, un hijo la tiene.", ""), ("", "De {total}, {count} la tienen.")])
def test_a_plural_form_that_is_not_written_is_told(forms: tuple[str, ...]) -> None:
    """A count falls on the empty form and is told in no words."""
    assert counted(*forms) == ["plural-missing"]


def test_each_form_of_a_plural_is_looked_at() -> None:
    """The last of six forms is used for a hundred, and nobody proofreads it."""
    assert counted("De {total}, un hijo la tiene.", "De {total}, {count} <b>la</b> tienen.") == ["html"]


# ------------------------------------------------------------------------------------------- comments


@pytest.mark.parametrize(
    "comment",
    ["handouts-ignore: quotes", "handouts-ignore:quotes (a code, no speech)", "handouts-ignore: quotes, spaces"],
)
def test_a_translator_who_knows_better_can_say_so(comment: str) -> None:
    """One false alarm that can't be answered, and the whole list is no longer read."""
    problems = told(PLAIN, 'Pregunte  a "su" equipo.', comments=("by Ana", comment))

    assert "quotes" not in [p.code for p in problems]


@pytest.mark.parametrize(
    "code",
    ["placeholder-missing", "number-in-translation", "html", "hidden-character", "link-in-translation", "nonsense"],
)
def test_what_guards_the_readers_can_not_be_ignored(code: str) -> None:
    """A wrong number with a comment beside it is still a wrong number."""
    problems = told(ODDS, "Muchos niños la tienen.", comments=(f"handouts-ignore: {code}",))

    assert sorted(p.code for p in problems) == ["ignore-refused", "placeholder-missing"]


@pytest.mark.parametrize("comment", ["handouts-ignore quotes", "handouts-ignore:", "handouts-ignore: quotes why not"])
def test_a_comment_that_names_no_check_is_told(comment: str) -> None:
    """A comment with a slip of the pen ignores nothing, and its writer wonders why."""
    assert [p.code for p in told(PLAIN, "Pregunte a su equipo.", comments=(comment,))] == ["ignore-refused"]


def test_an_ignore_that_is_no_longer_needed_is_told() -> None:
    """It stays, and hides the next fault of that kind."""
    (problem,) = told(PLAIN, "Pregunte a su equipo.", comments=("handouts-ignore: quotes",))

    assert (problem.code, problem.severity) == ("ignore-unneeded", "warning")


def test_the_small_term_base_of_these_tests_knows_what_they_ask_of_it() -> None:
    """A test that looks for a term which is not there can't fail."""
    assert {token.token for token in TERMS.tokens} == {"IgM", "X", "IVIG"}
    assert set(TERMS.terms["carrier"].languages) == {"es", "ar", "zh-Hans"}


@pytest.mark.parametrize(
    "part", ["a", "a ", "aא", "‘’", "\u0301", "(", "حامل", "a-", "1", "http", "*", "**", "{", "染"]
)
def test_a_text_of_megabytes_is_refused_and_not_looked_at(part: str) -> None:
    """One pasted file, and the program hangs for an hour in one of its patterns."""
    assert codes("She is a carrier, X.", part * 1_000_000, "ar") == ["oversized-text"]


@pytest.mark.parametrize("part", ["a", "a ", "aא", "‘’", "(", "حامل", "a-", "a.", "*a", "染", ", ", "@", "¿"])
def test_the_longest_text_that_is_looked_at_is_soon_done(part: str) -> None:
    """A pattern that tries every way through a text takes hours for five thousand letters."""
    text = (part * 5_000)[:4_999]

    for tag in ("es", "ar", "zh-Hans"):
        assert "oversized-text" not in codes("She is a carrier, X.", text, tag)
