"""The shipped condition and library, read with another reader, against what the sources' README and facts ask for."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

import handouts
from handouts.model.document import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.model.condition import Condition
    from handouts.model.message import Message
    from tests.conftest import Localized

LIBRARY = Path(handouts.__file__).parent / "library"
CONDITION = "conditions/x-linked-hyper-igm.yaml"
AUDIENCES = ("family", "carrier")


def read(name: str) -> Any:  # noqa: ANN401  YAML holds any value
    return yaml.safe_load((LIBRARY / name).read_text(encoding="utf-8"))


def english(condition: Condition) -> list[tuple[Message, str]]:
    """Every English string of a handout, with its message."""
    messages = [*condition.messages.values(), *condition.library.messages.values()]
    return [(message, text) for message in messages for text in (message.source, message.plural) if text]


def without_placeholders(text: str, stand_in: str = "") -> str:
    return re.sub(r"\{[a-z][a-z0-9_]*\}", stand_in, text)


def lines_in(value: object) -> Iterator[str]:
    """The words of every line of a tree."""
    if isinstance(value, tuple) and value and all(isinstance(part, Text) for part in value):
        yield "".join(part.value for part in value)
    elif isinstance(value, tuple):
        for part in value:
            yield from lines_in(part)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from lines_in(getattr(value, name))


# ------------------------------------------------------------------------------------------- the words


def test_no_shipped_english_has_a_number_outside_its_placeholders(condition: Condition) -> None:
    """A number in a text passes through a translator's hands and comes back as another number."""
    found = [
        (message.key, text)
        for message, text in english(condition)
        if any(unicodedata.category(char).startswith("N") for char in without_placeholders(text))
    ]

    assert found == []


@pytest.mark.parametrize(
    "word",
    [
        "biktarvy",
        "bictegravir",
        "emtricitabine",
        "tenofovir",
        "carinii",
        "mutation",
        "mutant",
        "flawed",
        "faulty",
        "defective",
        "defect",
        "affected",
        "abnormal",
        "suffer",
        "victim",
        "healthy x",
        "symptom-free",
        "first line of defense",
        "fault of",
    ],
)
def test_no_shipped_english_says_what_must_not_be_said(condition: Condition, word: str) -> None:
    """A medicine that a source lists by mistake, or a word that hurts, reaches a family in print."""
    assert [message.key for message, text in english(condition) if word in text.casefold()] == []


def test_no_shipped_english_sentence_has_more_than_twenty_words(condition: Condition) -> None:
    """A sentence of thirty words is not read to its end. STANDARDS.md: at most twenty, names apart."""
    found = []
    for message, text in english(condition):
        words = without_placeholders(text, "name").replace("**", "")
        sentences = re.split(r"(?<=[.!?])[”)]*\s+", words)
        found += [(message.key, sentence) for sentence in sentences if len(sentence.split()) > 20]

    assert found == []


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("tag", ["en", "es", "ar"])
def test_no_handout_names_the_medicine_that_a_source_lists_by_mistake(
    handout: Localized, tag: str, audience: str
) -> None:
    """A family asks for, or is afraid of, a medicine against HIV. The name is a brand, so it is Latin everywhere."""
    words = " ".join(lines_in(handout(tag, audience))).casefold()

    assert len(words) > 1000
    assert not re.search("biktarvy|bictegravir|tenofovir|emtricitabine", words)


def test_the_condition_says_that_it_is_not_hiv(condition: Condition) -> None:
    """Oddity 1 of the facts: "immunodeficiency" makes people think of AIDS."""
    assert condition.messages["what.not-hiv"].source.startswith("This is not HIV or AIDS.")


def test_every_string_of_the_condition_is_printed_in_some_edition(condition: Condition, handout: Localized) -> None:
    """A string that no edition prints is translated for nothing, or its block was marked for nobody."""
    printed = {line for audience in AUDIENCES for line in lines_in(handout("en", audience))}
    orphans = []
    for message in condition.messages.values():
        pieces = re.split(r"\{[a-z][a-z0-9_]*\}", message.source.replace("**", ""))
        pattern = re.compile(".+".join(map(re.escape, pieces)))
        if not any(pattern.fullmatch(line) for line in printed):
            orphans.append(message.key)

    assert len(printed) > 150
    assert orphans == []


# ------------------------------------------------------------------------------------------ the sources


def test_every_statement_names_sources_that_exist_or_is_practical() -> None:
    """A clinical line with no source behind it is rumour with a hospital's name on it."""
    content = read(CONDITION)
    known = {*content["sources"], *read("sources.yaml")["sources"], *read("organisations.yaml")["sources"]}
    blocks = [block for section in content["sections"] for block in section["blocks"]]
    stated = [block for block in blocks if block["kind"] not in {"names", "shared", "chances", "icon-array"}]
    drawn = [block["fact"] for block in blocks if block["kind"] == "icon-array"]

    assert len(stated) > 40
    for block in stated:
        assert ("sources" in block) != (block.get("basis") == "practical"), block["id"]
        assert set(block.get("sources", [])) <= known, block["id"]
    assert drawn
    assert all(set(content["facts"][fact]["sources"]) <= known for fact in drawn)


def test_every_fact_names_sources_that_exist() -> None:
    """A number that nobody can trace. Dates of our own, and odds from the model, have no page behind them."""
    content = read(CONDITION)
    known = {*content["sources"], *read("sources.yaml")["sources"]}
    facts = {name: fact for name, fact in content["facts"].items() if fact["kind"] not in {"date", "chance"}}

    assert {"frequency", "first_age", "second_age"} <= set(facts)
    for name, fact in facts.items():
        assert fact["sources"], name
        assert set(fact["sources"]) <= known, name


def test_the_facts_are_those_of_the_fact_sheet() -> None:
    """One wrong digit here is wrong in every language. Facts 12, 118 and, from the inheritance sheet, the table."""
    facts = read(CONDITION)["facts"]

    assert (facts["frequency"]["count"], facts["frequency"]["total"]) == (2, 1_000_000)
    assert facts["frequency"]["sources"] == ["MPG-XHIM"]
    assert (facts["boys_by_second_age"]["count"], facts["boys_by_second_age"]["total"]) == (9, 10)
    assert (facts["first_age"]["years"], facts["second_age"]["years"]) == (1, 4)
    assert facts["boys_by_second_age"]["sources"] == facts["first_age"]["sources"] == ["GR"]
    assert facts["gene"]["value"] == "CD40LG"


def test_everything_that_the_condition_takes_from_the_library_is_there() -> None:
    """A word, an organisation or a text that is named and not there leaves a hole in the page."""
    content = read(CONDITION)
    terms = read("glossary.yaml")["terms"]
    inheritance = read("inheritance.yaml")
    blocks = [block for section in content["sections"] for block in section["blocks"]]
    shared = [block["text"] for block in blocks if block["kind"] == "shared"]
    parents = [block["parents"] for block in blocks if block["kind"] == "chances"]

    assert len(shared) > 5
    assert {word for words in content["words"].values() for word in words} <= set(terms)
    assert set(content["organisations"]) <= set(read("organisations.yaml")["organisations"])
    assert set(shared) <= set(inheritance["texts"])
    assert set(parents) <= set(inheritance["parents"][content["pattern"]])


def test_nothing_in_the_library_is_used_by_no_handout() -> None:
    """A term that no handout prints is translated and reviewed for nothing."""
    contents = [read(f"conditions/{path.name}") for path in (LIBRARY / "conditions").glob("*.yaml")]
    blocks = [block for content in contents for section in content["sections"] for block in section["blocks"]]
    words = {w for content in contents for words in content["words"].values() for w in words}
    pairs = {
        (c["pattern"], b["parents"]) for c in contents for s in c["sections"] for b in s["blocks"] if "parents" in b
    }
    inheritance = read("inheritance.yaml")

    assert words == set(read("glossary.yaml")["terms"])
    assert {b["text"] for b in blocks if b["kind"] == "shared"} == set(inheritance["texts"])
    told = {(pattern, pair) for pattern, pairs in inheritance["parents"].items() for pair in pairs}
    assert told - pairs == {("x-linked-dominant", "mother-has"), ("x-linked-dominant", "father-has")}  # for yours
    assert pairs <= told
    assert {o for c in contents for o in c["organisations"]} == set(read("organisations.yaml")["organisations"])


def test_no_source_is_listed_that_nothing_cites() -> None:
    """A source that backs nothing pads the list and misleads a reviewer."""
    contents = [read(f"conditions/{path.name}") for path in (LIBRARY / "conditions").glob("*.yaml")]
    inheritance = read("inheritance.yaml")
    shared = [text.get("sources", []) for text in inheritance["texts"].values()]
    shared += [around["sources"] for pairs in inheritance["parents"].values() for around in pairs.values()]
    shared += [term.get("sources", []) for term in read("glossary.yaml")["terms"].values()]
    shared += [o["sources"] for o in read("organisations.yaml")["organisations"].values()]
    cited = {source for sources in shared for source in sources}
    for content in contents:
        own = [block.get("sources", []) for section in content["sections"] for block in section["blocks"]]
        own += [content["gene"]["sources"], content["also_called"]["sources"]]
        own += [fact.get("sources", []) for fact in content["facts"].values()]
        own += [code["sources"] for code in content["codes"]]
        here = {source for sources in own for source in sources}
        cited |= here

        assert set(content["sources"]) <= here, content["id"]
    assert set(read("sources.yaml")["sources"]) <= cited
    assert set(read("organisations.yaml")["sources"]) <= cited


# What the stored copies of the pages print, word for word, by condition and source.
CODES_READ = {
    "x-linked-hyper-igm": {
        "RHN": "Immunodeficiency with hyper IgM type 1 … ICD-10 D80.5",
        "MEDGEN": "X-linked hyper-IgM syndrome (403835002) … OMIM®: 308230 Orphanet: ORPHA101088",
    },
    "hemophilia-a": {
        "RPC": "Hemophilia A … ICD-10 D66",
        "ICDL": "Hereditary factor VIII deficiency (D66) ICD-10 code D66 is used … commonly known as Hemophilia A",
        "MEDGEN": "Hemophilia A (28293008) … OMIM®: 306700 Orphanet: ORPHA98878",
    },
    "huntington-disease": {
        "ORPHANET": "Huntington disease Orpha number ORPHA399 … ICD-10 G10",
        "ICDL": "Huntington's disease (G10)",
        "MEDGEN": "Huntington disease (58756001) … OMIM®: 143100 Orphanet: ORPHA399",
    },
    "leber-hereditary-optic-neuropathy": {
        "ICDL": "ICD-10-CM Code H47.22 Hereditary optic atrophy … Inclusion Terms … Leber's optic atrophy",
        "ORPHANET": "Leber hereditary optic neuropathy … ORPHA:104",
        "MEDGEN": "Leber hereditary optic neuropathy (58610003) … OMIM®: 535000 Orphanet: ORPHA104",
    },
    "cystic-fibrosis": {
        "MGM": "Cystic Fibrosis (Mucoviscidosis, CF) [E84.9] OMIM numbers: 219700",
        "SANO": "ICD-10-GM E84. -: Cystic fibrosis",
        "ORPHADATA": '<OrphaCode>586</OrphaCode> … <Name lang="en">Cystic fibrosis</Name>',
    },
}


def test_each_code_is_printed_by_the_sources_that_it_names() -> None:
    """A guessed code books the wrong condition. Fact 10: the two first documents print none at all."""
    for path in (LIBRARY / "conditions").glob("*.yaml"):
        content = read(f"conditions/{path.name}")
        for code in content["codes"]:
            for source in code["sources"]:
                number = re.escape(code["code"])
                assert re.search(rf"(?<![\d.]){number}(?!\.?\d)", CODES_READ[content["id"]][source]), code


def test_only_phone_numbers_that_were_confirmed_are_printed() -> None:
    """A family in need rings a stranger. Oddities 15 to 20: IDF's phone and IUK's number are confirmed, no other."""
    organisations = read("organisations.yaml")["organisations"]

    assert {o["phone"] for o in organisations.values() if "phone" in o} == {"1-800-296-4433", "0800 987 8986"}
    assert not any("@" in str(value) for o in organisations.values() for value in o.values())


def test_the_words_of_each_edition_stand_in_that_edition(condition: Condition, handout: Localized) -> None:
    """A term explained that the guide never says puzzles its reader, and 'Words explained' grows past use."""
    glossary = condition.library.glossary
    missing = []
    for audience, words in condition.content.words.items():
        tree = handout("en", audience.value)
        body = [section for section in tree.sections if section.key != "words"]
        said = " ".join(line for section in body for line in lines_in(section.blocks)).casefold()
        missing += [(audience.value, w) for w in words if not re.search(_any_number(glossary[w].term), said)]

    # the text tells what happens ("is switched off") and the list adds the name that doctors will use for it
    assert missing == [("carrier", "x-inactivation")]


def _any_number(term: str) -> str:
    """`antibody` as it may stand in a sentence: antibody or antibodies."""
    stem = term.casefold().removesuffix("y")
    return rf"\b{re.escape(stem)}(?:y|ies|s)?\b"
