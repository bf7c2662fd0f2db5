from __future__ import annotations

import datetime
import re
from dataclasses import fields, is_dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from handouts.catalogs import read_catalog, translations_of
from handouts.content import build_condition
from handouts.languages import language
from handouts.localize import inline, localize
from handouts.localize.speaker import Speaker
from handouts.model.condition import Organisation
from handouts.model.document import Bullets, Chances, Citations, Contacts, IconArray, LocalizedHandout, Paragraph, Text
from handouts.model.message import Translations
from handouts.model.reading import reading_order
from handouts.problems import HandoutsError, Location
from handouts.project import Project
from tests.catalogs.checks.strings import NO_TERMS
from tests.conftest import SMALL, Localized, changed, edition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from handouts.model.condition import Condition, Library
    from handouts.model.document import Line, Section

NO_BREAK = "\u00a0"
ENGLISH = Translations("en", MappingProxyType({}), MappingProxyType({}))
CHANCES = """\
  - id: chances
    heading: The chances
    blocks:
      - {{kind: chances, id: pair, parents: {}}}
"""
NOTHING = Translations("es", MappingProxyType({}), MappingProxyType({}))


def built(library: Library, text: str, audience: str = "family") -> LocalizedHandout:
    """The English handout of a small condition's text."""
    return localize(build_condition("small.yaml", text, library, "small")[0], ENGLISH, edition(audience))


def texts_in(value: object) -> Iterator[Text]:
    """Every run of a tree."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts_in(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_in(getattr(value, field.name))


def plain(line: Line) -> str:
    """The words of `line`; a space at which no line ends is a space."""
    return inline.plain(line).replace(NO_BREAK, " ")


def words_of(handout: LocalizedHandout) -> str:
    return "\n".join(plain(line) for _, line in reading_order(handout))


def section(handout: LocalizedHandout, key: str) -> Section:
    (found,) = (section for section in handout.sections if section.key == key)
    return found


# -------------------------------------------------------------------------------------------- absent


def test_a_handout_with_absent_strings_is_refused_with_every_one_of_them(small: Condition) -> None:
    """One English sentence in the middle of a Spanish page is the one that the reader needed."""
    with pytest.raises(HandoutsError) as caught:
        localize(small, NOTHING, edition())

    problems = caught.value.problems
    named = [re.findall(r"'([a-z-]+):([a-z.-]+)'", p.message)[0] for p in problems]
    assert {p.code for p in problems} == {"absent-translation"}
    assert [key for domain, key in named if domain == "small"] == [
        "rare.heading",
        "rare.frequency",
        "cause.heading",
        "cause.gene",
        "cause.both",
        "edition.family.title",
        "name",
        "edition.family.summary",
    ]
    assert ("shared", "label.number.ratio") in named
    assert ("shared", "label.draft.notice") in named
    assert len(named) == len(set(named))


def test_only_the_strings_of_the_asked_edition_are_missed(small: Condition) -> None:
    """A translator is sent after words that this handout does not print."""
    with pytest.raises(HandoutsError) as caught:
        localize(small, NOTHING, edition("family"))

    assert not any("for-carriers" in p.message or "carrier.title" in p.message for p in caught.value.problems)


def test_an_absent_string_is_told_with_its_english_and_its_place(small: Condition) -> None:
    """A key alone sends a translator through the whole file."""
    with pytest.raises(HandoutsError) as caught:
        localize(small, NOTHING, edition())

    (problem,) = (p for p in caught.value.problems if "rare.frequency" in p.message)
    assert "Spanish" in problem.message
    assert "About {frequency} people have it." in problem.message
    line = SMALL[: SMALL.index('text: "About')].count("\n") + 1
    assert problem.where == Location("small.yaml", line)


@pytest.mark.parametrize("domain", ["shared", "x-linked-hyper-igm"])
@pytest.mark.parametrize("tag", ["es", "ar"])
def test_one_absent_string_is_enough(
    condition: Condition, translations: Callable[[str], Translations], tag: str, domain: str
) -> None:
    """A handout with one hole is not almost whole."""
    key = {"shared": "label.about.not-advice", "x-linked-hyper-igm": "help.call"}[domain]
    whole = translations(tag)
    holed = replace(whole, by_key=MappingProxyType({k: v for k, v in whole.by_key.items() if k != (domain, key)}))

    with pytest.raises(HandoutsError) as caught:
        localize(condition, holed, edition())

    assert [p.message.split("'")[1] for p in caught.value.problems] == [f"{domain}:{key}"]


@pytest.mark.parametrize("audience", ["family", "carrier"])
@pytest.mark.parametrize("tag", ["es", "ar"])
def test_no_run_in_the_language_of_the_page_is_english(
    handout: Localized, condition: Condition, tag: str, audience: str
) -> None:
    """English that says it is Spanish is read aloud as gibberish, and nobody sees that it was never translated."""
    messages = [*condition.messages.values(), *condition.library.messages.values()]
    english = {message.source for message in messages if len(message.source.split()) > 1}
    runs = [run.value for run in texts_in(handout(tag, audience)) if run.language == tag]

    assert len(runs) > 100
    assert [words for words in runs if words in english] == []


# ------------------------------------------------------------------------------------------ audiences


def test_an_edition_holds_its_own_sections_and_blocks_and_no_others(library: Library) -> None:
    """What is meant for carriers frightens a parent, and the reverse."""
    family, carrier = (built(library, SMALL, audience) for audience in ("family", "carrier"))

    assert [s.key for s in family.sections] == ["rare", "cause", "about", "sources"]
    assert [s.key for s in carrier.sections] == ["rare", "cause", "for-carriers", "about", "sources"]
    assert [b.key for b in section(family, "cause").blocks] == ["cause.gene", "cause.both"]
    assert [b.key for b in section(carrier, "cause").blocks] == ["cause.gene"]
    assert "It is there from birth." not in words_of(carrier)
    assert "You can ask for time." not in words_of(family)


def test_each_edition_has_its_own_title_summary_and_audience(library: Library) -> None:
    """A carrier who gets the parents' page thinks of a child who may not exist."""
    family, carrier = (built(library, SMALL, audience) for audience in ("family", "carrier"))

    assert [plain(h.title) for h in (family, carrier)] == ["A title for families", "A title for carriers"]
    assert [plain(h.summary) for h in (family, carrier)] == ["A summary for families.", "A summary for carriers."]
    assert [plain(h.audience_line) for h in (family, carrier)] == ["For families", "For carriers"]


def test_the_boxes_of_the_first_page_come_first_wherever_they_stand_in_the_file(library: Library) -> None:
    """The tree is what is verified: were its order not that of the page, every such page would be refused."""
    text = changed(SMALL, "  - id: cause\n", "  - id: cause\n    role: get-help\n")

    tree = built(library, text)

    assert [s.key for s in tree.sections] == ["cause", "rare", "about", "sources"]
    assert plain(section(tree, "cause").sources) == "Sources: 1, 2, and 3"


# ------------------------------------------------------------------------------------------- facts


def test_facts_stand_in_their_places(library: Library) -> None:
    """A fact in another's place is a wrong number under the right words."""
    tree = built(library, SMALL)

    assert "About 2 in 1,000,000 people have it." in words_of(tree)
    assert "A change in the ABC1 gene." in words_of(tree)


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("{kind: ratio, count: 9, total: 10, sources: [ONE]}", "9 in 10"),
        ("{kind: number, value: 1234, sources: [ONE]}", "1,234"),
        ("{kind: number, value: 1.5, sources: [ONE]}", "1.5"),
        ("{kind: percent, share: 0.7, sources: [ONE]}", "70%"),
        ("{kind: age, years: 1, sources: [ONE]}", "1 year"),
        ("{kind: age, years: 4, sources: [ONE]}", "4 years"),
        ("{kind: age, months: 6, sources: [ONE]}", "6 months"),
        ("{kind: date, value: 2026-11-21}", "November 21, 2026"),
        ("{kind: token, value: CD40, sources: [ONE]}", "CD40"),
        ("{kind: chance, parents: carrier-mother, child: son, status: has-condition}", "1 in 2"),
        ("{kind: chance, parents: father-has, child: son, status: has-condition}", "0 in 2"),
        ("{kind: chance, parents: father-has, child: daughter, status: carrier}", "2 in 2"),
    ],
)
def test_every_kind_of_fact_is_said(library: Library, fact: str, said: str) -> None:
    """A kind that is said as another turns an age into odds."""
    text = changed(SMALL, "{kind: ratio, count: 2, total: 1000000, sources: [ONE]}", fact)

    assert f"About {said} people have it." in words_of(built(library, text))


def test_bold_holds_for_a_fact_that_stands_in_it(library: Library) -> None:
    """The number that matters most stands thin between two thick words."""
    tree = built(library, changed(SMALL, "About {frequency} people", "**About {frequency} people**"))
    (block,) = section(tree, "rare").blocks

    assert isinstance(block, Paragraph)
    assert [(run.value, run.strong) for run in block.text] == [
        (f"About 2{NO_BREAK}in{NO_BREAK}1,000,000 people", True),
        (" have it.", False),
    ]


@pytest.mark.parametrize("tag", ["es", "ar"])
def test_the_numbers_of_a_translation_are_those_of_the_english(handout: Localized, tag: str) -> None:
    """The frequency survives every language, or a family is told another."""
    said = {"es": "2 de cada 1.000.000", "ar": "2 من كل 1,000,000"}[tag]

    assert said in words_of(handout(tag, "family"))


# ------------------------------------------------------------------------------------------ plurals

FORMS = ("none", "single", "pair", "few of {count}", "many of {count}", "rest of {count}")


def speaker_of_forms(condition: Condition) -> Speaker:
    """Speaks Arabic with English words that name the plural form, so that a test can tell which was taken."""
    spoken = language("ar")
    message = condition.library.messages["inheritance.overall.has-condition"]
    po = (
        'msgid ""\nmsgstr ""\n"Language: ar\\n"\n'
        '"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : '
        'n%100>=11 ? 4 : 5);\\n"\n\n'
        f'msgctxt "inheritance.overall.has-condition"\nmsgid "{message.source}"\nmsgid_plural "{message.plural}"\n'
        + "".join(f'msgstr[{n}] "{words} {{total}}"\n' for n, words in enumerate(FORMS))
    )
    messages = MappingProxyType({("shared", "inheritance.overall.has-condition"): message})
    file = read_catalog(po.encode(), "shared.po", "shared", spoken)
    return Speaker(spoken, messages, translations_of([file], messages, spoken, NO_TERMS)[0], "x-linked-recessive")


@pytest.mark.parametrize(
    ("count", "form"),
    [
        (0, "none"),
        (1, "single"),
        (2, "pair"),
        (3, "few of 3"),
        (4, "few of 4"),
        (10, "few of 10"),
        (11, "many of 11"),
        (99, "many of 99"),
        (100, "rest of 100"),
        (103, "few of 103"),
    ],
)
def test_arabic_counts_with_six_forms(condition: Condition, count: int, form: str) -> None:
    """Two children are said in the form for many. The rule is CLDR's: zero, one, two, few, many, other."""
    speaker = speaker_of_forms(condition)
    values = {"count": speaker.number(count), "total": speaker.number(4)}

    line = speaker.say("shared", "inheritance.overall.has-condition", values, count=count)

    assert plain(line) == f"{form} 4"


def test_the_shipped_arabic_takes_the_form_that_its_catalog_has_for_the_count(
    condition: Condition, translations: Callable[[str], Translations]
) -> None:
    """The picture shows one child, and the words under it say none."""
    path = Project().find("locales/ar/LC_MESSAGES/shared.po")
    assert path is not None
    entry = path.read_text(encoding="utf-8").split('msgctxt "inheritance.overall.has-condition"')[1].split("\n\n")[0]
    forms = re.findall(r'msgstr\[\d\] "(.*)"', entry)
    messages = MappingProxyType({("shared", k): m for k, m in condition.library.messages.items()})
    speaker = Speaker(language("ar"), messages, translations("ar"), "x-linked-recessive")

    assert len(set(forms)) == 6
    for count, index in {0: 0, 1: 1, 2: 2, 3: 3, 4: 3}.items():
        values = {"count": speaker.number(count), "total": speaker.number(4)}
        said = plain(speaker.say("shared", "inheritance.overall.has-condition", values, count=count))
        assert said == forms[index].replace("{count}", str(count)).replace("{total}", "4")


@pytest.mark.parametrize(
    ("parents", "said"),
    [
        (
            "carrier-mother",
            ["In the picture, 1 child in 4 has the condition.", "3 children in 4 do not have it."],
        ),
        (
            "father-has",
            ["In the picture, 0 children in 4 have the condition.", "4 children in 4 do not have it."],
        ),
    ],
)
def test_the_sentences_under_the_picture_count_its_children(handout: Localized, parents: str, said: list[str]) -> None:
    """Figure and words tell different odds, or one side of them alone. Counts by ADAM-XLR: 1 in 4, none."""
    chances = {block.key: block for block in section(handout("en", "family"), "chances").blocks}
    block = chances[f"chances.{parents}"]

    assert isinstance(block, Chances)
    assert [plain(sentence) for sentence in block.overall] == said
    assert sum(child.status == "has-condition" for child in block.children) == int(said[0].split()[3])


@pytest.mark.parametrize(
    ("parents", "rows"),
    [
        (
            "carrier-mother",
            [
                ("A son who has the condition", "1 in 4"),
                ("A son who does not have it", "1 in 4"),
                ("A daughter who is a carrier", "1 in 4"),
                ("A daughter who is not a carrier", "1 in 4"),
            ],
        ),
        ("father-has", [("A son who does not have it", "2 in 4"), ("A daughter who is a carrier", "2 in 4")]),
    ],
)
def test_the_table_says_the_picture_with_one_denominator(
    handout: Localized, parents: str, rows: list[tuple[str, str]]
) -> None:
    """A listener gets other odds than a reader, or must compare halves with quarters. Odds by ADAM-XLR and MER-X."""
    chances = {block.key: block for block in section(handout("en", "family"), "chances").blocks}
    block = chances[f"chances.{parents}"]

    assert isinstance(block, Chances)
    assert [plain(head) for head in block.columns] == ["Child", "Chance in each pregnancy"]
    assert [(plain(child), plain(odds)) for child, odds in block.rows] == rows


ARRAY = """\
      - kind: icon-array
        id: signs
        fact: early
        lead: "Out of {all} children:"
        with: "About {these} have signs."
        without: "About {others} do not."
words: {}"""


def test_a_row_of_shapes_says_both_sides_of_its_ratio(library: Library) -> None:
    """Nine filled shapes over words for eight would be one more thing to doubt."""
    early = "  early: {kind: ratio, count: 9, total: 10, sources: [ONE]}\n  gene:"
    text = SMALL.replace("  gene: {kind", f"{early} {{kind", 1).replace("words: {}", ARRAY)
    carrier = build_condition("small.yaml", text, library, "small")[0]

    tree = localize(carrier, Translations("en", MappingProxyType({}), MappingProxyType({})), edition("carrier"))

    (block,) = (b for b in section(tree, "for-carriers").blocks if isinstance(b, IconArray))
    assert (block.count, block.total) == (9, 10)
    assert plain(block.lead) == "Out of 10 children:"
    assert [plain(side) for side in block.sides] == ["About 9 in 10 have signs.", "About 1 in 10 do not."]
    assert plain(block.alternative) == "Drawing of a row of shapes. Shapes in all: 10. Filled in: 9."
    assert plain(section(tree, "for-carriers").sources) == "Sources: 2"  # TWO was cited before ONE


def test_the_sentences_beside_the_picture_tell_the_odds_of_the_table(handout: Localized) -> None:
    """A family decides on these words. Odds by ADAM-XLR, NHLBI-H and MER-X: 1 in 2 of sons, 1 in 2 of daughters."""
    for audience, key in (("family", "chances"), ("carrier", "carrier-chances")):
        blocks = {block.key: block for block in section(handout("en", audience), key).blocks}
        block = blocks[f"{key}.carrier-mother"]
        assert isinstance(block, Chances)
        assert [plain(sentence) for sentence in block.sentences] == [
            "If the child is a boy: 1 in 2 boys have the condition, and 1 in 2 do not.",
            "If the child is a girl: 1 in 2 girls are carriers, and 1 in 2 are not.",
        ]


# ---------------------------------------------------------------------------------- language of each run


@pytest.mark.parametrize("audience", ["family", "carrier"])
@pytest.mark.parametrize("tag", ["ar", "es", "en"])
def test_each_run_has_the_direction_and_language_of_its_letters(handout: Localized, tag: str, audience: str) -> None:
    """A run with the wrong language is spoken by the wrong voice; with the wrong direction, it is set backwards."""
    tree = handout(tag, audience)
    runs = list(texts_in(tree))

    assert {run.language for run in runs} == {tag, "en", "es"}
    if tag != "es":  # one source is a Spanish page: its title alone is Spanish
        assert [run.value for run in runs if run.language == "es"] == ["¿Qué es un gen?"]
    for run in runs:
        if re.search(r"[\u0600-\u06ff]", run.value):
            assert (run.language, run.direction) == ("ar", "rtl"), run
            assert not re.search(r"[A-Za-z]", run.value), run
        elif re.search(r"[A-Za-z]", run.value):
            assert run.direction == "ltr", run
        if tag == "ar" and re.search(r"[A-Za-z]{3}", run.value):
            assert run.language != "ar", run


@pytest.mark.parametrize(
    ("parents", "couple", "rows"),
    [
        (
            "mother-has",
            ("Mother, has the condition", "Father, without the change"),
            {
                "A son who has the condition": "1 in 4",
                "A son without the change": "1 in 4",
                "A daughter who has the condition": "1 in 4",
                "A daughter without the change": "1 in 4",
            },
        ),
        (
            "father-has",
            ("Mother, without the change", "Father, has the condition"),
            {"A son without the change": "2 in 4", "A daughter who has the condition": "2 in 4"},
        ),
    ],
)
def test_where_one_changed_x_is_enough_a_condition_can_show_both_pairs_of_parents(
    library: Library, parents: str, couple: tuple[str, str], rows: dict[str, str]
) -> None:
    """We ship no such condition; whoever writes one would have a guide without chances. Nobody in it is a carrier."""
    text = changed(SMALL, "pattern: x-linked-recessive", "pattern: x-linked-dominant")
    text = changed(text, "  - id: for-carriers\n", f"{CHANCES.format(parents)}  - id: for-carriers\n")
    tree = built(library, text)
    (chances,) = section(tree, "chances").blocks

    assert isinstance(chances, Chances)
    assert tuple(plain(person.label) for person in chances.couple) == couple
    assert {plain(child): plain(odds) for child, odds in chances.rows} == rows
    assert "carrier" not in words_of(tree)


def test_names_from_the_sources_keep_their_language(handout: Localized) -> None:
    """The condition's English names, organisations and titles in an Arabic voice can't be understood."""
    tree = handout("ar", "family")
    (names,) = (b for b in section(tree, "names").blocks if isinstance(b, Bullets))
    (contacts,) = section(tree, "organisations").blocks

    assert isinstance(contacts, Contacts)
    assert [item for item in names.items if [(r.language, r.direction) for r in item] != [("en", "ltr")]] == []
    assert [c for c in contacts.items if [(r.language, r.direction) for r in c.name] != [("en", "ltr")]] == []


def test_phone_numbers_are_left_to_right_on_an_arabic_page(handout: Localized) -> None:
    """A number that is set from its end rings at a stranger's."""
    (contacts,) = section(handout("ar", "family"), "organisations").blocks
    phones = [run for run in texts_in(contacts) if re.fullmatch(r"[0-9 +-]{8,}", run.value)]

    assert [(run.value, run.direction) for run in phones] == [("1-800-296-4433", "ltr"), ("0800 987 8986", "ltr")]


def test_an_address_leads_where_it_says(handout: Localized) -> None:
    """A link to another page than the one printed is how people are deceived."""
    links = [run for run in texts_in(handout("ar", "family")) if run.link]

    assert len(links) > 10
    assert [run for run in links if run.link not in {run.value, f"https://{run.value}"}] == []
    assert {run.direction for run in links} == {"ltr"}


# ------------------------------------------------------------------------------------------- notices


@pytest.mark.parametrize("tag", ["es", "ar"])
def test_a_draft_says_so_in_its_language_and_in_english(
    handout: Localized, translations: Callable[[str], Translations], tag: str
) -> None:
    """Staff who can't read the language hand out a draft as if it had been cleared."""
    own, english = handout(tag, "family").notices

    assert plain(own) == translations(tag).by_key["shared", "label.draft.notice"][0]
    assert {run.language for run in own} == {tag}
    assert [(run.value, run.language, run.direction) for run in english] == [
        ("Draft translation. No second person and no clinician has checked it yet.", "en", "ltr")
    ]


def test_the_english_says_that_no_clinician_has_checked_it(handout: Localized) -> None:
    """Nothing unreviewed looks reviewed."""
    (notice,) = handout("en", "carrier").notices

    assert plain(notice) == "Not yet checked by a clinician."


@pytest.mark.parametrize(
    ("tag", "line"),
    [("en", "Language: English"), ("es", "español (Spanish)"), ("ar", "العربية (Arabic)")],
)
def test_a_page_names_its_language_in_that_language_and_for_staff(handout: Localized, tag: str, line: str) -> None:
    """A nurse can't file a page whose name she can't read."""
    assert plain(handout(tag, "family").language_line).endswith(line)


# ---------------------------------------------------------------------------------------- edition id


def reworded(condition: Condition, key: str, words: str) -> Condition:
    """`condition` with one string, its own or a shared one, in other words."""
    if key in condition.messages:
        messages = {**condition.messages, key: replace(condition.messages[key], source=words)}
        return replace(condition, messages=MappingProxyType(messages))
    shared = condition.library.messages
    messages = {**shared, key: replace(shared[key], source=words)}
    return replace(condition, library=replace(condition.library, messages=MappingProxyType(messages)))


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("name", "A small condition"),
        ("rare.heading", "How rare is it"),
        ("rare.frequency", "Only {frequency} people have it."),
        ("edition.family.title", "Another title"),
        ("label.about.not-advice", "Ask your care team."),
        ("label.about.written", "Written {written}, review {review_by}."),
        ("label.sources.read", "Read on {date}."),
        ("label.page.of", "{page} of {pages}"),
        ("label.english.notice", "Nobody has checked this."),
        ("label.number.ratio", "{count} of {total}"),
    ],
)
def test_the_edition_id_changes_with_any_word(small: Condition, key: str, words: str) -> None:
    """Two texts of one id: nobody can tell which of them a family was given."""
    before = localize(small, ENGLISH, edition())
    after = localize(reworded(small, key, words), ENGLISH, edition())

    assert after.edition != before.edition


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("count: 2", "count: 3"),
        ("review_by: 2027-01-02", "review_by: 2028-01-02"),
        ("title: Second page", "title: Another page"),
        ("read: 2026-01-02}\n  THREE", "read: 2026-01-03}\n  THREE"),
        ("sources: [THREE, TWO]", "sources: [THREE]"),
    ],
)
def test_the_edition_id_changes_with_any_fact_or_source(library: Library, old: str, new: str) -> None:
    """A corrected frequency would carry the name of the wrong one."""
    assert built(library, changed(SMALL, old, new)).edition != built(library, SMALL).edition


def test_the_edition_id_differs_between_languages_and_audiences(handout: Localized) -> None:
    """A clinic that reports 'edition 1a2b' means one page, not one of six."""
    ids = {handout(tag, audience).edition for tag in ("en", "es", "ar") for audience in ("family", "carrier")}

    assert len(ids) == 6
    assert all(re.fullmatch(r"[0-9a-f]{4}-[0-9a-f]{4}", one) for one in ids)


def test_the_edition_id_does_not_change_with_the_day_of_printing(small: Condition) -> None:
    """The same words under a new name every morning: no copy could be told old from new."""
    one = localize(small, ENGLISH, edition(day=datetime.date(2026, 11, 21)))
    other = localize(small, ENGLISH, edition(day=datetime.date(2031, 1, 2)))

    assert one.edition == other.edition
    assert "Made on November 21, 2026." in words_of(one)
    assert "Made on January 2, 2031." in words_of(other)


def test_the_edition_id_stands_at_the_foot(small: Condition) -> None:
    """An id that is nowhere on the page identifies nothing."""
    tree = localize(small, ENGLISH, edition())

    assert plain(tree.foot.edition) == f"Edition {tree.edition}"


def test_the_foot_counts_pages_in_the_words_of_the_language(handout: Localized) -> None:
    """A page number in the order of another language is no sentence."""
    pieces = {
        tag: [p if isinstance(p, str) else plain(p) for p in handout(tag, "family").foot.of] for tag in ("en", "ar")
    }

    assert pieces["en"] == ["Page ", "page", " of ", "pages"]
    assert pieces["ar"] == ["صفحة ", "page", " من ", "pages"]


# ------------------------------------------------------------------------------------------- sources


def titles(handout: LocalizedHandout) -> list[str]:
    (block,) = section(handout, "sources").blocks
    assert isinstance(block, Citations)
    return [plain(item[0]) for item in block.items]


def test_sources_are_numbered_in_the_order_in_which_they_are_first_cited(library: Library) -> None:
    """A number that leads to another source lets a reader check the wrong page, and trust it."""
    tree = built(library, SMALL)

    assert titles(tree) == ["Second page. Second house.", "First page. First house.", "Third page. Third house."]
    assert plain(section(tree, "rare").sources) == "Sources: 1"
    assert plain(section(tree, "cause").sources) == "Sources: 1, 2, and 3"


def test_a_section_that_cites_nothing_has_no_line_of_sources(library: Library) -> None:
    """'Sources:' with nothing after it looks like something left out."""
    assert section(built(library, SMALL, "carrier"), "for-carriers").sources == ()


def test_a_source_of_the_other_edition_is_not_listed(library: Library) -> None:
    """A list longer than what is cited sends readers to pages that back nothing."""
    assert titles(built(library, SMALL, "carrier")) == ["Second page. Second house.", "First page. First house."]


@pytest.mark.parametrize("audience", ["family", "carrier"])
@pytest.mark.parametrize("tag", ["en", "es", "ar"])
def test_the_numbers_of_the_shipped_sources_have_no_gaps(handout: Localized, tag: str, audience: str) -> None:
    """A number that stands in the text and not in the list leads nowhere."""
    tree = handout(tag, audience)
    cited = [int(n) for s in tree.sections for n in re.findall(r"\d+", plain(s.sources))]
    first = list(dict.fromkeys(cited))

    assert first == list(range(1, len(titles(tree)) + 1))
    assert len(titles(tree)) == len(set(titles(tree))) > 8


def test_a_source_shows_when_it_was_dated_and_when_it_was_read(library: Library) -> None:
    """A page of 2012 cited in 2026 looks as fresh as the day it was read. Oddity 21 of the facts."""
    text = changed(SMALL, "publisher: Second house,", 'publisher: Second house, printed: "May 2019",')
    (block,) = section(built(library, text), "sources").blocks

    assert isinstance(block, Citations)
    assert [plain(item[-1]) for item in block.items] == [
        "Date on the page: “May 2019”. We read it on January 2, 2026.",
        "No date is shown on the page. We read it on January 2, 2026.",
        "No date is shown on the page. We read it on January 2, 2026.",
    ]


# ---------------------------------------------------------------------- what must never be printed


def test_a_translation_that_names_what_must_not_be_printed_is_refused(
    condition: Condition, translations: Callable[[str], Translations]
) -> None:
    """A translator copies a medicine's name from the source document, and a family asks for it."""
    whole = translations("es")
    key = ("x-linked-hyper-igm", "treatment.gcsf")
    spoilt = {**whole.by_key, key: ("**G-CSF.** Tome BIKTARVY.",)}

    with pytest.raises(HandoutsError) as caught:
        localize(condition, replace(whole, by_key=MappingProxyType(spoilt)), edition())

    assert [p.code for p in caught.value.problems] == ["never-printed"]
    assert "Biktarvy" in caught.value.problems[0].message
    assert "es handout" in caught.value.problems[0].message


def test_a_name_hidden_by_bold_type_is_found(condition: Condition, translations: Callable[[str], Translations]) -> None:
    """Half of the name in bold is still the name."""
    whole = translations("es")
    spoilt = {**whole.by_key, ("x-linked-hyper-igm", "treatment.gcsf"): ("Tome **Bik**tarvy.",)}

    with pytest.raises(HandoutsError) as caught:
        localize(condition, replace(whole, by_key=MappingProxyType(spoilt)), edition())

    assert [p.code for p in caught.value.problems] == ["never-printed"]


# ------------------------------------------------------------------------- a user's own shared files


def test_a_shared_text_that_is_missing_is_told_by_its_name(small: Condition) -> None:
    """A user's own labels.yaml lacks one line, and the program ends in a traceback."""
    messages = {k: m for k, m in small.library.messages.items() if k != "label.covers.heading"}
    holed = replace(small, library=replace(small.library, messages=MappingProxyType(messages)))

    with pytest.raises(HandoutsError) as caught:
        localize(holed, ENGLISH, edition())

    assert [(p.code, "label.covers.heading" in p.message) for p in caught.value.problems] == [("missing-text", True)]


def test_a_placeholder_that_nothing_is_known_for_is_told(small: Condition) -> None:
    """As above, for a line that asks for a fact which the program does not have."""
    odd = reworded(small, "label.about.printed", "Made in {place}.")

    with pytest.raises(HandoutsError) as caught:
        localize(odd, ENGLISH, edition())

    (problem,) = caught.value.problems
    assert (problem.code, problem.hint) == ("unknown-placeholder", "known: date")


def test_a_country_that_does_not_exist_is_told(small: Condition) -> None:
    """'UK' is what people write; its code is GB."""
    helper = Organisation.model_validate({"name": "A helper", "place": "UK", "sources": ["HEE"]})
    library = replace(small.library, organisations=MappingProxyType({"one": helper}))
    content = small.content.model_copy(update={"organisations": ("one",)})

    with pytest.raises(HandoutsError) as caught:
        localize(replace(small, library=library, content=content), ENGLISH, edition())

    (problem,) = caught.value.problems
    assert problem.code == "unknown-place"
    assert "GB" in (problem.hint or "")


RATIO = "kind: ratio, count: {}, total: {}, sources: [ONE]"


def said_of(library: Library, count: int, total: int) -> str:
    text = changed(SMALL, RATIO.format(2, 1000000), RATIO.format(count, total))
    (block,) = section(built(library, text), "rare").blocks
    assert isinstance(block, Paragraph)
    return inline.plain(block.text)


def test_the_words_of_a_ratio_stay_on_one_line(library: Library) -> None:
    """'A chance of 1' ends one line, 'in 2' begins the next, and a tired reader takes in a certainty."""
    assert said_of(library, 1, 2) == "About 1\u00a0in\u00a02 people have it."
    assert said_of(library, 1, 200000) == "About 1\u00a0in\u00a0200,000 people have it."


def test_a_long_ratio_may_take_two_lines(library: Library) -> None:
    """In large print, it would leave half of a line empty, or run over the edge."""
    assert said_of(library, 1234567, 8999999999999) == "About 1,234,567 in 8,999,999,999,999 people have it."
