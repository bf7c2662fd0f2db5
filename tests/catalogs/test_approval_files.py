"""The files of approvals: what is written is read back, and nothing that is broken makes anything look reviewed."""

from __future__ import annotations

import datetime
import json
import tomllib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.catalogs import (
    ApprovedString,
    Record,
    digest_of,
    holding,
    read_approvals,
    with_words,
    written_approvals,
    written_words,
)
from handouts.model.approval import Approval, SameMeaning, Stage
from handouts.problems import HandoutsError
from tests.conftest import changed, line_of

DAY = datetime.date(2026, 11, 20)
WORDS = {
    "rare.heading": ApprovedString(("How rare it is",), (), ("Qué tan rara es",)),
    "rare.odds": ApprovedString(("About {odds}",), (("odds", "1 in 2"),), ("Cerca de {odds}",)),
}
DIGEST = digest_of(WORDS)
RECORD = Record(
    "small",
    "es",
    "approvals.toml",
    (
        Approval(Stage.TRANSLATED, "Ana Pérez", DAY, DIGEST),
        Approval(Stage.REVISED, 'Luis "Lucho" Gómez', DAY, DIGEST, (SameMeaning(("a.b",), "Ed", DAY),)),
    ),
    {DIGEST: WORDS},
)
TOML = written_approvals([RECORD])
JSON = written_words(RECORD)


def told(toml: str = TOML, words: str | None = JSON, language: str = "es") -> list[tuple[str, str]]:
    def read() -> None:
        for record in read_approvals(toml, "approvals.toml", language).values():
            with_words(record, words, "small.json")

    with pytest.raises(HandoutsError) as error:
        read()
    return [(problem.code, str(problem.where)) for problem in error.value.problems]


def test_what_is_written_is_what_is_read() -> None:
    """A name or a date that changes on its way through the file is another person's word."""
    read = with_words(read_approvals(TOML, "approvals.toml", "es")["small"], JSON, "small.json")

    assert replace(read, lines={}) == RECORD
    assert holding(read, WORDS) == RECORD.approvals
    assert read.lines == {stage: line_of(TOML, f"[small.{stage}]") for stage in ("translated", "revised")}


def test_the_file_is_toml_that_a_person_can_read() -> None:
    """An auditor opens it in an editor, and has never heard of us."""
    value = tomllib.loads(TOML)

    assert value["small"]["translated"] == {"by": "Ana Pérez", "date": DAY, "digest": DIGEST}
    assert TOML.index("[small.translated]") < TOML.index("[small.revised]")
    assert json.loads(JSON)[DIGEST]["rare.odds"] == {
        "english": ["About {odds}"],
        "facts": {"odds": "1 in 2"},
        "translation": ["Cerca de {odds}"],
    }


NAMES = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20)


@settings(max_examples=100)
@given(by=NAMES, words=st.dictionaries(NAMES, st.tuples(NAMES, NAMES), max_size=3))
def test_any_name_and_any_words_come_back_as_they_were(by: str, words: dict[str, tuple[str, str]]) -> None:
    """A quote or a backslash in a name would break the file, or write another entry into it."""
    kept = {key: ApprovedString((english,), (), (said,)) for key, (english, said) in words.items()}
    digest = digest_of(kept)
    record = Record("small", "es", "f", (Approval(Stage.TRANSLATED, by, DAY, digest),), {digest: kept})

    assert tomllib.loads(written_approvals([record]))["small"] == {
        "translated": {"by": by, "date": DAY, "digest": digest}
    }
    read = with_words(replace(record, words={}), written_words(record), "small.json")
    assert read.words == {digest: kept}


@pytest.mark.parametrize(
    ("old", "new", "code", "marker"),
    [
        ("[small.translated]", "[small.translated", "approvals-syntax", "[small.translated"),
        ("[small.translated]", "[small.signed]", "approvals-syntax", "[small.signed]"),
        ("[small.translated]", "[small.draft]", "approvals-syntax", "[small.draft]"),
        ("[small.translated]", '["two words".translated]', "approvals-syntax", None),
        ('by = "Ana Pérez"', "by = 3", "approvals-syntax", "[small.translated]"),
        ('by = "Ana Pérez"', "", "approvals-syntax", "[small.translated]"),
        ('by = "Ana Pérez"', 'by = "Ana Pérez"\nsigned = true', "approvals-syntax", "[small.translated]"),
        ('by = "Ana Pérez"', 'by = "Ana\\nPérez"', "approval-name", "[small.translated]"),
        ('by = "Ana Pérez"', 'by = "\\u202eAna"', "approval-name", "[small.translated]"),
        ('by = "Luis \\"Lucho\\" Gómez"', 'by = "ANA PÉREZ"', "approval-same-person", "[small.revised]"),
        ('keys = ["a.b"]', 'keys = "a.b"', "approvals-syntax", "[small.revised]"),
        ('keys = ["a.b"]', "", "approvals-syntax", "[small.revised]"),
    ],
)
def test_a_file_that_says_what_no_command_would_write_is_refused_with_its_line(
    old: str, new: str, code: str, marker: str | None
) -> None:
    """An entry that was typed by hand, or half merged, must not count as somebody's word."""
    text = changed(TOML, old, new)
    where = [] if marker is None else [(code, f"approvals.toml:{line_of(text, marker)}")]

    problems = told(text)

    assert code in {found for found, _ in problems}
    assert all(place in problems for place in where)


@pytest.mark.parametrize("date", ["2026-13-40", '"2026-11-20"', "2026-11-20T10:00:00", "20"])
def test_a_date_that_is_no_day_is_refused(date: str) -> None:
    """When it was approved decides whether the review is still good."""
    text = TOML.replace("date = 2026-11-20", f"date = {date}", 1)

    assert {code for code, _ in told(text)} == {"approvals-syntax"}


@pytest.mark.parametrize("digest", ["", "sha256:", "sha256:" + "a" * 63, "md5:" + "a" * 64, "sha256:" + "A" * 64])
def test_a_digest_that_is_none_is_refused(digest: str) -> None:
    """An approval of nothing in particular would be one of anything."""
    assert {code for code, _ in told(TOML.replace(DIGEST, digest, 1))} == {"approvals-syntax"}


def test_a_stage_without_the_one_before_is_refused() -> None:
    """Two lines deleted by hand would make a first reading look like a second."""
    start, end = TOML.index("[small.translated]"), TOML.index("[small.revised]")

    text = TOML[:start] + TOML[end:]

    assert told(text) == [("approval-order", f"approvals.toml:{line_of(text, '[small.revised]')}")]


def test_a_stage_before_the_day_of_the_one_before_is_refused() -> None:
    """It says that somebody revised what was not there yet."""
    text = TOML.replace("date = 2026-11-20", "date = 2026-11-21", 1)

    assert told(text) == [("approval-date", f"approvals.toml:{line_of(text, '[small.revised]')}")]


def test_english_can_not_be_translated() -> None:
    """It would read as if our English had been checked twice."""
    assert {code for code, _ in told(language="en")} == {"approval-stage"}


def test_the_words_of_an_approval_must_be_kept_beside_it() -> None:
    """A void approval could not say what has changed, and a hand-made one would need no words at all."""
    assert told(words=None) == [("approved-words", "small.json")] * 2
    assert told(words="{}") == [("approved-words", "small.json")] * 2


def test_kept_words_that_are_not_those_of_the_digest_are_refused_with_their_line() -> None:
    """Words that were changed beside the approval would hide what has changed in the catalog."""
    text = changed(JSON, "Cerca de {odds}", "Lejos de {odds}")

    assert told(words=text) == [("approved-words", f"small.json:{line_of(text, DIGEST)}")] * 2


@pytest.mark.parametrize(
    "words",
    [
        JSON[:-30],
        "[]",
        "3",
        '{"' + DIGEST + '": []}',
        '{"' + DIGEST + '": {"a": {}}}',
        '{"' + DIGEST + '": {"a": {"english": "b"}}}',
        '{"' + DIGEST + '": {"a": {"english": [1]}}}',
        '{"' + DIGEST + '": {"a": {"english": ["b"], "facts": []}}}',
        '{"' + DIGEST + '": {"a": {"english": ["b"], "facts": {"n": 2}}}}',
        "[" * 100_000,
    ],
)
def test_kept_words_that_are_broken_are_told_without_a_traceback(words: str) -> None:
    """A file cut off in a merge ends in a page of Python."""
    assert {code for code, _ in told(words=words)} == {"approved-words"}


def test_a_table_that_is_written_in_another_way_is_read_all_the_same() -> None:
    """TOML has more than one way to write a table; an editor that tidies the file must not void it."""
    inline = f'small = {{ translated = {{ by = "Ana", date = 2026-11-20, digest = "{DIGEST}" }} }}\n'

    (record,) = read_approvals(inline, "approvals.toml", "es").values()

    assert [(one.stage, one.by) for one in record.approvals] == [("translated", "Ana")]
    assert told("small = 3\n") == [("approvals-syntax", "approvals.toml:1")]
    assert read_approvals("", "approvals.toml", "es") == {}
