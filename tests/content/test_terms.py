from __future__ import annotations

import pytest

from handouts.content import build_terms, json_schema
from handouts.content.yaml_reader import read_yaml
from handouts.languages import is_language
from handouts.problems import HandoutsError
from handouts.project import Project
from tests.conftest import changed, line_of
from tests.json_schema import complaints

TERMS = """\
sources:
  ONE: {title: A page, address: "https://example.org/", quality: official}
tokens:
  - {token: IVIG, in: {fr: [IgIV]}}
terms:
  carrier:
    term: carrier
    finds: [carrier, carriers]
    meaning: Somebody with one changed copy.
    not: [pregnant]
    in:
      ar:
        accepted: [{text: first, sources: [ONE]}, {text: second, finds: ["second*"], ours: draft}]
        forbidden: [{text: third, why: It means pregnant.}]
languages:
  es: {avoid: [{finds: [mutaci*], why: It frightens., instead: cambio}], number_words: [tres]}
"""

SIXTEEN = "es fr pt-BR ht vi ru ar fa ur he hi bn th zh-Hans zh-Hant ko".split()  # noqa: SIM905  a row of tags


def refused(text: str) -> list[tuple[str, str]]:
    """What is told of a term base, and where."""
    with pytest.raises(HandoutsError) as caught:
        build_terms("glossary.yaml", text)
    return [(p.code, str(p.where)) for p in caught.value.problems]


def test_a_term_base_is_read() -> None:
    """The other tests change this one; a fault in it would hide what they look for."""
    term = build_terms("glossary.yaml", TERMS).terms["carrier"]

    assert term.patterns == ("carrier", "carriers")
    assert term.senses_not_meant == ("pregnant",)
    assert [(r.patterns, r.sources, r.ours) for r in term.languages["ar"].accepted] == [
        (("first",), ("ONE",), None),
        (("second*",), (), "draft"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "code", "marker"),
    [
        ("sources: [ONE]}", "sources: [TWO]}", "unknown-source", "accepted:"),
        ("sources: [ONE]}", "sources: [ONE], ours: draft}", "wrong-value", "accepted:"),
        ("{text: first, sources: [ONE]}", "{text: first}", "wrong-value", "accepted:"),
        ("ours: draft", "ours: approved", "wrong-value", "accepted:"),
        ("quality: official", "quality: good", "wrong-value", "ONE:"),
        ("{text: third,", "{text: first,", "wrong-value", "ar:"),
        ("why: It means pregnant.", "because: It means pregnant.", "unknown-key", "forbidden:"),
        ("[mutaci*]", "[]", "wrong-type", "languages:"),
        ("[mutaci*]", '["*"]', "wrong-type", "languages:"),
        ("[mutaci*]", '[" mutaci"]', "wrong-type", "languages:"),
        ("token: IVIG", "token: CD40LG", "wrong-type", "CD40LG"),
        ("  es:", "  xx:", "unknown-language", "xx:"),
        ("      ar:\n", "      zz:\n", "unknown-language", "zz:"),
        ("in: {fr:", "in: {qq:", "unknown-language", "token:"),
        ("  es:", "  zh_Hant:", "wrong-type", "zh_Hant:"),
        ("terms:\n", "glossary:\n", "unknown-key", "glossary:"),
    ],
)
def test_a_fault_in_the_term_base_is_told_with_its_line(old: str, new: str, code: str, marker: str) -> None:
    """A rendering whose source nobody named, or a language that does not exist: never looked at, and trusted."""
    text = changed(TERMS, old, new)
    told = refused(text)

    assert code in [c for c, _ in told]
    lines = {place for c, place in told if c == code}
    assert lines & {f"glossary.yaml:{line_of(text, marker) + ahead}" for ahead in (0, 1)}


def test_a_project_s_own_term_base_wins(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A clinic has words of its own, and is told to use ours."""
    root = tmp_path_factory.mktemp("project")
    (root / "handouts.toml").write_text("", encoding="utf-8")
    (root / "locales").mkdir()
    (root / "locales" / "glossary.yaml").write_text(TERMS, encoding="utf-8")

    assert set(Project(root).terms().terms) == {"carrier"}
    assert len(Project().terms().terms) > 20


# -------------------------------------------------------------------------------------- what we ship


def test_an_editor_finds_the_shipped_term_base_right_and_a_spoilt_one_wrong() -> None:
    """Red lines under what is right, and people switch their editor's schema off."""
    path = Project().find("locales/glossary.yaml")
    assert path is not None
    schema = json_schema("terms")

    assert list(complaints(read_yaml(path.read_text(encoding="utf-8"), "glossary.yaml").value, schema, schema)) == []
    assert list(complaints(read_yaml(TERMS, "glossary.yaml").value, schema, schema)) == []
    for old, new in (("quality: official", "quality: good"), ("text: first", "words: first"), ("[mutaci*]", "[]")):
        assert list(complaints(read_yaml(changed(TERMS, old, new), "glossary.yaml").value, schema, schema))


def test_the_shipped_term_base_cites_each_of_its_sources() -> None:
    """A source that nothing cites is a rendering that somebody dropped."""
    terms = Project().terms()
    known = [known for term in terms.terms.values() for known in term.languages.values()]

    assert {source for k in known for rendering in k.accepted for source in rendering.sources} == set(terms.sources)


def test_the_shipped_term_base_speaks_of_all_sixteen_languages() -> None:
    """A language without its list of words is checked for nothing that matters."""
    terms = Project().terms()

    assert sorted(terms.languages) == sorted(SIXTEEN)
    assert all(is_language(tag) for term in terms.terms.values() for tag in term.languages)


# Each was seen in a page: text by text as the list of sources has it.
SEEN = [
    ("antibody", "es", "anticuerpo", "es1", "official"),
    ("antibody", "ar", "أجسام مضادة", "ar2", "official"),
    ("carrier", "ar", "حامل لجين", "ar1", "official"),
    ("carrier", "hi", "वाहक", "hi2", "professional"),
    ("carrier", "ko", "보인자", "ko2", "official"),
    ("carrier", "zh-Hant", "帶因者", "zht", "low"),
    ("immune-system", "pt-BR", "sistema imunológico", "pt1", "professional"),
    ("x-chromosome", "vi", "nhiễm sắc thể X", "vi2", "professional"),
    ("white-blood-cell", "ru", "белые кровяные клетки", "ru6", "low"),
    ("stem-cell-transplant", "fr", "greffe de cellules souches", "fr1", "professional"),
]


@pytest.mark.parametrize(("term", "tag", "text", "source", "quality"), SEEN)
def test_a_rendering_that_was_seen_names_its_page(term: str, tag: str, text: str, source: str, quality: str) -> None:
    """A reviewer asks where a word is from, and how far that page is to be trusted."""
    terms = Project().terms()
    rendering = next(r for r in terms.terms[term].languages[tag].accepted if r.text == text)

    assert source in rendering.sources
    assert terms.sources[source].quality == quality
