"""Every fault that an author can make in a condition, one at a time and all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handouts.content import SCHEMAS, build_condition, build_library, build_tone, json_schema, list_messages
from handouts.model.edition import Audience
from handouts.problems import HandoutsError, Location, Severity
from handouts.project import Project
from tests.conftest import SMALL, Told, changed, line_of

if TYPE_CHECKING:
    from handouts.model.condition import Condition, Library

FREQUENCY = "{kind: ratio, count: 2, total: 1000000, sources: [ONE]}"
FIRST_TEXT = 'text: "About {frequency} people have it."'


def test_the_small_condition_has_no_problems(told: Told) -> None:
    """A fault in the text that every test here changes would hide what the tests look for."""
    assert told(SMALL) == ()


@pytest.mark.parametrize(
    ("old", "new", "code", "says"),
    [
        ("name: Small condition", "nmae: Small condition", "unknown-key", "'nmae'"),
        ("    heading: How rare it is", "    headign: How rare it is", "unknown-key", "'headign'"),
        ("gene: {symbol: ABC1, sources: [ONE]}", "gene: {symbol: [ABC1], sources: [ONE]}", "wrong-type", "'symbol'"),
        ("count: 2", "count: two", "wrong-type", "'count': input should be a valid integer, not 'two'"),
        ("count: 2", "count: 010", "wrong-type", "not '010'"),
        ("count: 2", "count: true", "wrong-type", "not True"),
        ("count: 2", "count: -1", "wrong-type", "not -1"),
        ("count: 2, total: 1000000", "count: 3, total: 2", "wrong-value", "3 can't be counted in 2"),
        (FREQUENCY, "{kind: number, value: .nan, sources: [ONE]}", "wrong-type", "finite number"),
        (FREQUENCY, "{kind: percent, share: 70, sources: [ONE]}", "wrong-type", "less than or equal to 1"),
        (FREQUENCY, "{kind: age, sources: [ONE]}", "wrong-value", "give years or months"),
        (FREQUENCY, "{kind: age, years: 1, months: 2, sources: [ONE]}", "wrong-value", "give years or months"),
        (FREQUENCY, "{kind: ratio, count: 2, total: 1000000, sources: []}", "wrong-type", "'sources'"),
        (FREQUENCY, "{kind: odds, count: 2}", "wrong-value", "'odds'"),
        ("  frequency: {kind", "  Freq-uency: {kind", "wrong-type", "'Freq-uency'"),
        ("  family: {title", "  famly: {title", "wrong-value", "'famly'"),
        ("pattern: x-linked-recessive", "pattern: autosomal", "wrong-value", "'pattern'"),
        ("written: 2026-01-02", "written: 2026-02-30", "wrong-type", "'written'"),
        ("sources: [THREE, TWO]", "sources: [THREE, FOUR]", "unknown-source", "'FOUR'"),
        ("{symbol: ABC1, sources: [ONE]}", "{symbol: ABC1, sources: [FOUR]}", "unknown-source", "'FOUR'"),
        (
            "pattern: x-linked-recessive",
            "codes: [{system: OMIM, code: '308230', sources: [FOUR]}]\npattern: x-linked-recessive",
            "unknown-source",
            "'FOUR'",
        ),
        ("sources: [ONE]\n  names", "sources: [FOUR]\n  names", "unknown-source", "'FOUR'"),
        ("names: [Tiny condition]", "names: [Wrongdrug disease]", "never-printed", "'Wrongdrug'"),
        ("value: ABC1", "value: WRONGDRUG", "never-printed", "'Wrongdrug'"),
        ("title: Second page", "title: The wrongdrug label", "never-printed", "'Wrongdrug'"),
        ("It is there from birth.", "Take Wrongdrug.", "never-printed", "'Wrongdrug'"),
        ("It is there from birth.", "Seen in 3 of them.", "bare-number", "3"),
        ("It is there from birth.", "Seen in ٣ of them.", "bare-number", "٣"),
        ("It is there from birth.", "Seen in ३४ of them.", "bare-number", "३४"),
        ("It is there from birth.", "Seen in ½ of them.", "bare-number", "½"),
        ("It is there from birth.", "Seen in 𝟛 of them.", "bare-number", "𝟛"),
        ("It is there from birth.", "Stage Ⅱ.", "bare-number", "Ⅱ"),
        ("It is there from birth.", "Seen in {half} of them.", "unknown-placeholder", "{half}"),
        ("It is there from birth.", "It is {there.", "markup", "{"),
        ("It is there from birth.", "It is **there.", "markup", "**"),
        ("id: small", "id: other", "id-mismatch", "other"),
        ("  - id: cause", "  - id: rare", "duplicate-id", "'rare'"),
        ("        id: both", "        id: gene", "duplicate-id", "'gene'"),
        ("        id: both", "        id: heading", "duplicate-id", "'heading'"),
        ("  - id: cause", "  - id: edition", "duplicate-id", "'edition'"),
        ("  - id: cause", "  - id: about", "duplicate-id", "'about'"),
        ("It is there from birth.", "It is \u202ethere.", "hidden-character", "U+202E"),
        ("It is there from birth.", "It is \ue000 there.", "hidden-character", "U+E000"),
        ("  THREE: {", "  HEE: {title: x, publisher: y, read: 2026-01-02}\n  THREE: {", "duplicate-source", "'HEE'"),
        ("words: {}", "words: {family: [no-such-word]}", "unknown-term", "'no-such-word'"),
        ("words: {}", "organisations: [nobody]\nwords: {}", "unknown-organisation", "'nobody'"),
    ],
)
def test_a_fault_is_told_with_its_line(told: Told, old: str, new: str, code: str, says: str) -> None:
    """An author who is not told what and where guesses, or gives up; a family gets the fault in print."""
    line = SMALL.count("\n", 0, SMALL.index(old)) + 1

    (problem,) = (p for p in told(changed(SMALL, old, new)) if p.code not in {"missing-key", "unused-fact"})

    assert problem.code == code
    assert says in problem.message
    assert problem.where == Location("small.yaml", line)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("        sources: [TWO]\n", ""),
        ("        sources: [TWO]\n", "        sources: [TWO]\n        basis: practical\n"),
        ("        sources: [TWO]\n", "        sources: []\n"),
    ],
)
def test_a_statement_names_sources_or_says_that_it_is_practical(told: Told, old: str, new: str) -> None:
    """A clinical statement that nobody can trace is rumour; one that claims both hides which it is."""
    (problem,) = told(changed(SMALL, old, new))

    assert (problem.code, problem.message) == (
        "wrong-value",
        "name its sources, or say `basis: practical` (one of the two)",
    )
    assert problem.where == Location("small.yaml", line_of(SMALL, "- kind: paragraph # first"))


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("name: Small condition", "nmae: Small condition", "did you mean name?"),
        ("sources: [THREE, TWO]", "sources: [THREE, TOW]", "TWO"),
        ("{gene}", "{gen}", "did you mean gene?"),
        ("words: {}", "words: {family: [anti-body]}", "did you mean antibody?"),
        ("words: {}", "words: {}\norganisations: [ifd]", "did you mean idf"),
    ],
)
def test_a_mistyped_name_is_answered_with_the_nearest(told: Told, old: str, new: str, hint: str) -> None:
    """A slip of one letter would cost a search through the guide."""
    hints = [p.hint for p in told(changed(SMALL, old, new)) if p.code.startswith("unknown")]

    assert len(hints) == 1
    assert hint in (hints[0] or "")


def test_a_missing_key_is_told_by_its_name(told: Told) -> None:
    """Without the name, an author compares the file with another, line by line."""
    (problem,) = told(changed(SMALL, "    heading: How rare it is\n", ""))

    assert (problem.code, problem.message) == ("missing-key", "'heading' is missing")
    assert problem.where == Location("small.yaml", line_of(SMALL, "  - id: rare"))


def test_an_unknown_shared_text_is_told(told: Told) -> None:
    """A block that names a text nobody wrote would be an empty paragraph."""
    block = "      - {kind: shared, id: pass-on, text: x-linked-recessive.one-cpy}\n"
    text = changed(SMALL, "words: {}", block + "words: {}")

    (problem,) = told(text)

    assert problem.code == "unknown-text"
    assert problem.where == Location("small.yaml", line_of(text, "pass-on"))
    assert "x-linked-recessive.one-copy" in (problem.hint or "")


@pytest.mark.parametrize(
    ("fact", "code"),
    [("frequencies", "unknown-fact"), ("gene", "wrong-fact"), ("frequency", "wrong-fact")],
)
def test_a_row_of_shapes_needs_a_ratio_that_can_be_counted(told: Told, fact: str, code: str) -> None:
    """A million shapes say nothing, and a gene's name can't be counted."""
    block = (
        f"      - {{kind: icon-array, id: row, fact: {fact},\n"
        '         lead: "Of {all}:", with: "{these} have it.", without: "{others} do not."}\n'
    )
    text = changed(SMALL, "words: {}", block + "words: {}")

    problem = next(p for p in told(text) if p.code == code)

    assert problem.where == Location("small.yaml", line_of(text, "kind: icon-array"))
    assert problem.hint


def test_a_section_without_blocks_is_told(told: Told) -> None:
    """A heading with nothing under it looks as if a page were missing."""
    text = changed(SMALL, "words: {}", "  - {id: empty, heading: Nothing here, blocks: []}\nwords: {}")

    (problem,) = told(text)

    assert (problem.code, problem.where) == ("wrong-type", Location("small.yaml", line_of(text, "Nothing here")))


def test_two_items_of_one_id_are_told(told: Told) -> None:
    """Two lines would share one translation, and one of them would say the other's words."""
    text = changed(
        SMALL,
        "words: {}",
        '      - kind: bullets\n        id: list\n        basis: practical\n        lead: "Ask about:"\n'
        "        items:\n          - {id: one, text: a}\n          - {id: one, text: b}\nwords: {}",
    )

    assert [(p.code, p.where) for p in told(text)] == [
        ("duplicate-id", Location("small.yaml", line_of(text, "text: b}"))),
    ]
    taken = told(text.replace("{id: one, text: b}", "{id: lead, text: b}"))  # the sentence above the list
    assert [p.code for p in taken] == ["duplicate-id"]


def test_a_fact_that_no_text_places_is_a_warning(told: Told) -> None:
    """A fact that stands unused is often a number that somebody typed into the text instead."""
    text = changed(SMALL, FIRST_TEXT, 'text: "Some people have it."')

    (problem,) = told(text)

    assert (problem.code, problem.severity) == ("unused-fact", Severity.WARNING)
    assert problem.where == Location("small.yaml", line_of(text, "  frequency: {kind: ratio"))


def test_a_warning_does_not_keep_the_condition_from_being_built(library: Library) -> None:
    """A handout that is good would not be printed."""
    text = changed(SMALL, FIRST_TEXT, 'text: "Some people have it."')

    condition, problems = build_condition("small.yaml", text, library, "small")

    assert condition.content.name == "Small condition"
    assert len(problems) == 1


def test_all_faults_of_the_schema_are_told_at_once(told: Told) -> None:
    """One fault a run: an author mends, runs, mends, runs, and leaves the last one in."""
    text = changed(SMALL, "name: Small condition", "nmae: Small condition")
    text = changed(text, "count: 2", "count: two")
    text = changed(text, "heading: What causes it", "heading: [What causes it]")
    text = changed(text, "basis: practical", "basis: impractical")

    assert [(p.code, p.where.line if p.where else None) for p in told(text)] == [
        ("missing-key", 1),
        ("wrong-type", line_of(text, "count: two")),
        ("wrong-type", line_of(text, "heading: [What")),
        ("wrong-value", line_of(text, "impractical")),
        ("unknown-key", line_of(text, "nmae")),
    ]


def test_all_faults_of_the_rules_are_told_at_once(told: Told) -> None:
    """As with the schema: what is told one at a time is mended one at a time, or not at all."""
    text = changed(SMALL, "id: small", "id: other")
    text = changed(text, "[THREE, TWO]", "[THREE, FOUR]")
    text = changed(text, "About {frequency} people", "About 2 people")
    text = changed(text, "the {gene} gene", "the {jene} gene")
    text = changed(text, "You can ask for time.", "You can ask for Wrongdrug.")

    assert [(p.code, p.where.line if p.where else None) for p in told(text)] == [
        ("id-mismatch", 1),
        ("unknown-source", line_of(text, "[THREE, FOUR]")),
        ("bare-number", line_of(text, "About 2 people")),
        ("unknown-placeholder", line_of(text, "{jene}")),
        ("never-printed", line_of(text, "ask for Wrongdrug")),
        ("unused-fact", line_of(text, "  frequency: {kind")),
        ("unused-fact", line_of(text, "  gene: {kind")),
    ]


@pytest.mark.parametrize("name", ["shared", "web"])
def test_a_condition_can_not_take_the_name_of_our_own_catalogs(library: Library, name: str) -> None:
    """Its catalog would hide the words of every handout, or of the page that staff use."""
    with pytest.raises(HandoutsError) as error:
        build_condition(f"{name}.yaml", changed(SMALL, "id: small", f"id: {name}"), library, name)

    assert [problem.code for problem in error.value.problems] == ["duplicate-id"]


@pytest.mark.parametrize("text", ["---\n", "- a\n- b\n", "just words\n", "12\n"])
def test_a_file_that_is_no_mapping_is_told(told: Told, text: str) -> None:
    """The wrong file in the folder would end in a traceback."""
    assert [p.code for p in told(text)] == ["wrong-type"]


def test_a_block_for_nobody_in_particular_is_for_everybody(small: Condition) -> None:
    """A statement left out of an edition because its author marked nothing."""
    rare, cause, carriers = small.content.sections

    assert rare.audiences == (Audience.FAMILY, Audience.CARRIER)
    assert cause.blocks[1].audiences == (Audience.FAMILY,)
    assert carriers.audiences == (Audience.CARRIER,)


def test_messages_have_lasting_keys_in_the_order_of_the_file(small: Condition) -> None:
    """A key that changes with the English, or with the order, voids every translation."""
    assert [(m.key, m.source) for m in list_messages(small)] == [
        ("name", "Small condition"),
        ("edition.family.title", "A title for families"),
        ("edition.family.summary", "A summary for families."),
        ("edition.carrier.title", "A title for carriers"),
        ("edition.carrier.summary", "A summary for carriers."),
        ("rare.heading", "How rare it is"),
        ("rare.frequency", "About {frequency} people have it."),
        ("cause.heading", "What causes it"),
        ("cause.gene", "A change in the {gene} gene."),
        ("cause.both", "It is there from birth."),
        ("for-carriers.heading", "For carriers alone"),
        ("for-carriers.ask", "You can ask for time."),
    ]
    assert {m.domain for m in list_messages(small)} == {"small"}


def test_a_translator_sees_an_example_of_each_placeholder(small: Condition) -> None:
    """A translator who does not know what stands there puts the wrong word around it."""
    assert small.messages["rare.frequency"].placeholders["frequency"] == "2 in 1,000,000"
    assert small.messages["cause.gene"].placeholders["gene"] == "ABC1"


def test_a_translator_is_told_where_each_string_stands_and_to_whom_it_speaks(small: Condition) -> None:
    """Words for a son, said to a carrier about herself, are wrong though each is right alone."""
    told = {key: message.comments[0] for key, message in small.messages.items()}

    assert told["edition.carrier.title"] == "Title. For carriers."
    assert told["rare.heading"] == "Heading of a part, and in the list of the parts. For families and carriers."
    assert told["rare.frequency"] == "Paragraph in “How rare it is”. For families and carriers."
    assert told["cause.both"] == "Paragraph in “What causes it”. For families."
    assert told["for-carriers.ask"] == "Paragraph in “For carriers alone”. For carriers."


def test_every_string_that_we_ship_says_where_it_stands() -> None:
    """A word without its place is translated by its commonest meaning."""
    project = Project()
    library = project.library().messages.values()
    conditions = [project.condition(name)[0].messages.values() for name in project.condition_ids()]
    unplaced = [m.key for messages in (library, *conditions) for m in messages if not m.place]

    assert unplaced == [], "give the label a place in handouts/content/places.py"


def test_what_is_only_spoken_says_so(library: Library) -> None:
    """A translator who looks for it on the page thinks that it is not used, or makes it as short as a caption."""
    spoken = {key for key, message in library.messages.items() if message.spoken}

    assert {"label.array.alt", "label.brand.code-alt"} <= spoken
    assert "Spoken only: nobody sees it, a screen reader says it." in library.messages["label.array.alt"].comments
    assert not any("Spoken" in line for line in library.messages["label.page.of"].comments)


def test_a_chance_is_shown_to_translators_as_the_genotype_model_says_it() -> None:
    """With a made-up example, a sentence is built around odds that this condition does not have."""
    messages = Project().condition("cystic-fibrosis")[0].messages

    # both parents are carriers of a recessive change: one child in four (NHLBI, NHGRI)
    assert {m.placeholders["chance_child_has"] for m in messages.values()} == {"1 in 4"}


def test_a_condition_finds_its_own_sources_and_the_shared_ones(small: Condition) -> None:
    """The wrong source under a statement is worse than none."""
    assert small.source("ONE").title == "First page"
    assert small.source("HEE").publisher == "NHS England Genomics Education Programme"


# ---------------------------------------------------------------------------------------- the library

LIBRARY = {
    "sources": "sources:\n  ONE: {title: A page, publisher: A house, read: 2026-01-02}\n",
    "glossary": "terms:\n  gene: {term: gene, meaning: An instruction., sources: [ONE]}\n",
    "organisations": "sources: {}\norganisations:\n  one: {name: A helper, place: US, sources: [ONE]}\n",
    "inheritance": (
        "texts: {}\noverall:\n  has-condition:\n    one: one\n    other: many\noverall_without: {}\nparents: {}\n"
        "children: {son: {}, daughter: {}}\ncouple: {mother: {}, father: {}}\n"
    ),
    "labels": "labels:\n  about.heading: {text: About this guide}\n",
}


def library_problems(**files: str) -> list[tuple[str, str]]:
    """The code and place of each problem of a library in which `files` stand instead of good ones."""
    texts = {kind: (f"{kind}.yaml", text) for kind, text in (LIBRARY | files).items()}
    try:
        build_library(texts)
    except HandoutsError as error:
        return [(p.code, str(p.where)) for p in error.problems]
    return []


def test_the_small_library_has_no_problems() -> None:
    """A fault in the texts that the tests below change would hide what they look for."""
    assert library_problems() == []


def test_problems_of_all_the_shared_files_are_told_at_once() -> None:
    """Five files mended one after the other are five runs; the fifth fault stays in."""
    assert library_problems(
        glossary="terms:\n  gene: {term: gene, meanign: x, sources: [ONE]}\n",
        labels="labels:\n  about.heading: {txet: About}\n",
    ) == [
        ("missing-key", "glossary.yaml:2"),
        ("unknown-key", "glossary.yaml:2"),
        ("missing-key", "labels.yaml:2"),
        ("unknown-key", "labels.yaml:2"),
    ]


def test_syntax_errors_of_all_the_shared_files_are_told_at_once() -> None:
    """As above, for files that are not YAML at all."""
    assert library_problems(glossary="terms: [\n", labels="") == [
        ("yaml-syntax", "glossary.yaml:2"),
        ("yaml-empty", "labels.yaml"),
    ]


@pytest.mark.parametrize(
    ("kind", "old", "new", "problem"),
    [
        ("glossary", "[ONE]", "[TWO]", ("unknown-source", "glossary.yaml:2")),
        ("glossary", ", sources: [ONE]", "", ("wrong-value", "glossary.yaml:2")),
        ("glossary", "An instruction.", "One of 20000.", ("bare-number", "glossary.yaml:2")),
        ("organisations", "[ONE]", "[TWO]", ("unknown-source", "organisations.yaml:3")),
        (
            "organisations",
            "sources: {}",
            "sources: {ONE: {title: x, publisher: y, read: 2026-01-02}}",
            ("duplicate-source", "organisations.yaml:1"),
        ),
        ("organisations", "place: US", "place: UK", ("unknown-place", "organisations.yaml:3")),
        ("organisations", "place: US", "place: us", ("unknown-place", "organisations.yaml:3")),
        ("organisations", "place: US", "place: US, phone: call us", ("wrong-type", "organisations.yaml:3")),
        ("organisations", "place: US", "place: US, web: example", ("wrong-type", "organisations.yaml:3")),
        ("inheritance", "other: many", "other: 4", ("wrong-type", "inheritance.yaml:5")),
        ("inheritance", "other: many", "other: of 4", ("bare-number", "inheritance.yaml:3")),
        ("inheritance", "texts: {}", "texts: {a: {text: b, sources: [TWO]}}", ("unknown-source", "inheritance.yaml:1")),
        ("labels", "About this guide", "'{date} guide'", ("unknown-placeholder", "labels.yaml:2")),
    ],
)
def test_a_fault_in_a_shared_file_is_told_with_its_line(
    kind: str, old: str, new: str, problem: tuple[str, str]
) -> None:
    """One fault in a shared file is a fault in every handout."""
    assert library_problems(**{kind: changed(LIBRARY[kind], old, new)}) == [problem]


# --------------------------------------------------------------------------------------------- schema


@pytest.mark.parametrize("kind", sorted(SCHEMAS))
def test_each_schema_names_its_dialect_and_refuses_unknown_keys(kind: str) -> None:
    """An editor that allows any key lets a mistyped one through until somebody runs the check."""
    schema = json_schema(kind)

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"] == f"handouts {kind}"
    assert schema["additionalProperties"] is False


def test_the_schema_uses_the_names_that_files_use() -> None:
    """An editor that offers `audiences` teaches authors a key that is refused."""
    section = json_schema("condition")["$defs"]["SectionContent"]["properties"]

    assert "for" in section
    assert "audiences" not in section


def test_the_shipped_words_to_avoid_are_read_with_their_reasons() -> None:
    """A ban without a reason is followed once."""
    words = Project().tone()["en"]

    assert len(words) > 40
    assert len({entry.word for entry in words}) == len(words)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("avoid: {en: [{word: bad, why: It hurts.}]}", "missing-key"),
        ("avoid: {zz-zz: []}", "unknown-language"),
        ("avoids: {}", "missing-key"),
    ],
)
def test_a_broken_list_of_words_is_told_with_its_line(text: str, code: str) -> None:
    """A slip in the list switches the check off for a language, and nobody sees it."""
    with pytest.raises(HandoutsError) as caught:
        build_tone("tone.yaml", text)

    assert code in {problem.code for problem in caught.value.problems}
    assert all(problem.where is not None and problem.where.file == "tone.yaml" for problem in caught.value.problems)
