from __future__ import annotations

from dataclasses import replace

import pytest

from handouts.model.document import Text
from handouts.standards.names import NAME, explained_in, is_explained, is_short_name, names_of, text_outside_names
from handouts.standards.readability import reading_formula, sentence_length, sentences, smog
from handouts.standards.verdict import Verdict
from tests.standards.made import evidence, paragraph

TWENTY = "One two three four five six seven eight nine ten one two three four five six seven eight nine ten."


def test_the_names_left_out_are_those_of_the_condition_the_gene_and_its_facts_and_no_others() -> None:
    """Each further name would make a hard text look easy."""
    e = evidence(paragraph("The {protein} protein."))

    assert set(names_of(e.condition, e.handout)) == {
        "Wobbly ear syndrome", "Wobbly ear", "ear syndrome", "Wobbly", "WES", "ABC1", "CD40",
    }  # fmt: skip


def test_names_are_left_out_whole_and_in_any_case() -> None:
    """A name's letters inside another word are not the name."""
    said = (Text("With wobbly ear syndrome, WES’s ears wobble; a WESterly wind does not.", "en", "ltr"),)

    assert text_outside_names(said, "en", ["Wobbly ear syndrome", "WES"]) == (
        f"With {NAME}, {NAME} ears wobble; a WESterly wind does not."
    )


def test_a_run_in_another_language_is_a_name() -> None:
    """A gene's name on a Spanish page is not counted as Spanish."""
    said = (Text("El gen ", "es", "ltr"), Text("CD40LG", "en", "ltr"), Text(" cambia.", "es", "ltr"))

    assert text_outside_names(said, "es", []) == f"El gen {NAME} cambia."


def test_explained_words_are_the_terms_of_this_handout_in_singular_and_plural() -> None:
    """A word that the reader finds explained is being taught; any other is not."""
    explained = explained_in(evidence(paragraph("It is so."), words="antibody, genetic-counselor").handout)

    assert explained == ("antibody", "genetic counselor", "counselor")
    assert is_explained("Antibodies", explained)
    assert is_explained("counselor’s", explained)
    assert not is_explained("pregnancy", explained)


def test_sentences_are_those_of_running_text_with_items_and_lead_ins_apart() -> None:
    """A list without full stops would be one sentence of forty words."""
    e = evidence(
        '{kind: bullets, id: list, sources: [ONE], lead: "It can be:", items: [{id: a, text: red}, {id: b, text: hot}]}'
    )
    ours = [(s.key, s.words) for s in sentences(e) if s.key.startswith("more.")]

    assert ours == [("more.list.lead", ("It", "can", "be")), ("more.list.a", ("red",)), ("more.list.b", ("hot",))]


def test_twenty_words_pass_and_twenty_one_fail() -> None:
    """Past twenty words, many readers have lost the beginning."""
    assert sentence_length(evidence(paragraph(TWENTY))).verdict is Verdict.PASSED

    long = sentence_length(evidence(paragraph(TWENTY.replace("ten.", "ten more."))))

    assert long.verdict is Verdict.FAILED
    assert "21 words" in long.figure
    assert long.look_at.startswith("more.text: “One two")


def test_names_do_not_count_in_the_length_of_a_sentence() -> None:
    """The name of a condition is as long as it is."""
    named = TWENTY.replace("ten.", "ten Wobbly ear syndrome.")

    assert sentence_length(evidence(paragraph(named))).verdict is Verdict.PASSED


def test_smog_names_the_sentence_and_its_long_words() -> None:
    """A grade alone does not tell an author what to mend."""
    answer = smog(
        evidence(*(paragraph("Unfortunately, complications necessitate hospitals.", f"p{n}") for n in range(20)))
    )

    assert answer.verdict is Verdict.FAILED
    assert answer.look_at.startswith("more.p0: “Unfortunately")
    assert answer.look_at.endswith("Unfortunately, complications, necessitate, hospitals")


def test_smog_leaves_out_the_words_that_the_handout_explains_and_tells_the_grade_with_them() -> None:
    """Left out in silence, it would look like a better text than it is."""
    blocks = [paragraph("Antibodies bind. They help.", f"p{n}") for n in range(30)]

    with_words, without = smog(evidence(*blocks, words="antibody")), smog(evidence(*blocks))

    assert without.verdict is Verdict.FAILED
    assert with_words.verdict is Verdict.PASSED
    assert with_words.figure.endswith("grade 7")


def test_flesch_kincaid_passes_plain_words_and_fails_an_office_letter() -> None:
    """The limit must bite."""
    plain = reading_formula(evidence(paragraph("You can ask us. We will help you. It is free.")))
    office = reading_formula(
        evidence(
            *(
                paragraph(
                    "Hereditary immunological abnormalities necessitate interdisciplinary consultations.", f"p{n}"
                )
                for n in range(3)
            )
        )
    )

    assert plain.verdict is Verdict.PASSED
    assert office.verdict is Verdict.FAILED
    assert office.look_at.startswith("more.p0: “Hereditary")


@pytest.mark.parametrize("tag", ["ko", "hi", "vi", "he"])
def test_a_language_without_a_formula_says_so(tag: str) -> None:
    """Nobody should take the English weights for an answer."""
    e = evidence(paragraph("It is so."))
    answer = reading_formula(replace(e, handout=replace(e.handout, language=tag)))

    assert answer.verdict is Verdict.NOT_RUN
    assert answer.figure.startswith("no validated formula")


def test_words_that_only_a_dictionary_can_part_are_not_counted() -> None:
    """Thai has no spaces between words: a whole paragraph would be one."""
    e = evidence(paragraph("It is so."))

    assert sentence_length(replace(e, handout=replace(e.handout, language="th"))).verdict is Verdict.NOT_RUN


@pytest.mark.parametrize("name", ["IgG", "HIV", "G-CSF", "DNA’s", "CD40"])
def test_short_names_in_capitals_are_names(name: str) -> None:
    """They are said letter by letter, and there is no plainer word."""
    assert is_short_name(name)


@pytest.mark.parametrize("word", ["I", "X", "A", "Call", "McLaughlin's", "x-linked"])
def test_words_with_one_capital_are_words(word: str) -> None:
    """Every sentence begins with one."""
    assert is_short_name(word) is (word == "McLaughlin's")


def test_a_month_beside_a_figure_is_part_of_a_date_and_alone_it_is_a_word() -> None:
    """A fact places the date; an author writes the month."""
    (dated,) = (s for s in sentences(evidence(paragraph("Come in November, or in May."))) if s.key == "more.text")
    (printed,) = (s for s in sentences(evidence(paragraph("It is so."))) if s.key == "label.about.printed")

    assert dated.words == ("Come", "in", "November", "or", "in", "May")
    assert printed.words == ("Made", "on", "0", "21", "2026")
