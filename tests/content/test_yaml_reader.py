from __future__ import annotations

import datetime

import pytest

from handouts.content.yaml_reader import read_yaml
from handouts.problems import HandoutsError, Location


def told(text: str) -> list[tuple[str, int | None]]:
    """The code and line of each problem of `text`."""
    with pytest.raises(HandoutsError) as caught:
        read_yaml(text, "x.yaml")
    assert {p.where.file for p in caught.value.problems if p.where} == {"x.yaml"}
    return [(p.code, p.where.line if p.where else None) for p in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('id: a\nname: "never closed\nmore: b\n', 2),
        ("id: a\nlead: You can say: no\n", 2),
        ("id: a\n\tname: b\n", 2),
        ("id: a\nitems: [one, two\n", 3),
        ("id: a\nblocks:\n  - one\n - two\n", 4),
        ("id: a\nname: \x07\n", 2),
    ],
)
def test_a_syntax_error_is_told_with_its_line(text: str, line: int) -> None:
    """An author who is not told where stares at four hundred lines."""
    assert told(text) == [("yaml-syntax", line)]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
def test_an_empty_file_is_told(text: str) -> None:
    """An empty file would be reported as twelve missing keys, or as nothing at all."""
    with pytest.raises(HandoutsError) as caught:
        read_yaml(text, "x.yaml")

    assert [p.code for p in caught.value.problems] == ["yaml-empty"]


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{new}: &{new} [{','.join(['*' + old] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


def test_a_yaml_bomb_is_refused_on_its_first_line() -> None:
    """Nine short lines unfold to gigabytes and take the clinic's machine with them."""
    assert told(BOMB) == [("yaml-alias", 1)]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: b\nc: &name d\n", "yaml-alias", 2),
        ("a: b\nc: *name\n", "yaml-alias", 2),
        ("a: b\nc: !!python/object/apply:os.system [ls]\n", "yaml-tag", 2),
        ("a: !secret b\n", "yaml-tag", 1),
        ("a: !!str 1\n", "yaml-tag", 1),
        ("a: b\n---\nc: d\n", "yaml-documents", 2),
        ("a: b\n? [c, d]\n: e\n", "yaml-key", 2),
    ],
)
def test_what_yaml_can_do_beyond_values_is_refused(text: str, code: str, line: int) -> None:
    """A tag can run a program, an alias can fill the memory, a second document is silently left out."""
    assert told(text) == [(code, line)]


@pytest.mark.parametrize("opening", ["[", "{a: "])
def test_deep_nesting_is_refused(opening: str) -> None:
    """A thousand brackets end in a traceback of Python's own limit."""
    assert told("a: b\nc: " + opening * 1000) == [("yaml-too-deep", 2)]


def test_a_file_of_very_many_values_is_refused() -> None:
    """A file that is all commas keeps a machine busy for minutes."""
    assert told("a: [" + "x," * 60_000 + "x]\n") == [("yaml-too-deep", 1)]


def test_nesting_as_deep_as_content_needs_is_read() -> None:
    """A limit that real files meet is a fault of ours."""
    assert read_yaml("a: " + "[" * 12 + "x" + "]" * 12, "x.yaml").value["a"][0][0][0] is not None


def test_every_duplicate_key_is_told_with_both_lines() -> None:
    """YAML keeps the last of two and says nothing: half of an author's work would vanish."""
    text = "name: one\nfacts:\n  frequency: 1\n  age: 2\n  frequency: 3\nname: two\n"

    with pytest.raises(HandoutsError) as caught:
        read_yaml(text, "x.yaml")

    assert [(p.code, p.where, p.message) for p in caught.value.problems] == [
        ("duplicate-key", Location("x.yaml", 5), "'frequency' stands twice; it stood first on line 3"),
        ("duplicate-key", Location("x.yaml", 6), "'name' stands twice; it stood first on line 1"),
    ]


def test_values_know_their_lines() -> None:
    """A problem on the wrong line sends its author to the wrong sentence."""
    file = read_yaml(
        "sections:\n  - id: one\n    blocks:\n      - text: >-\n          long\n      - text: b\n", "x.yaml"
    )

    assert file.where("sections", 0, "id") == Location("x.yaml", 2)
    assert file.where("sections", 0, "blocks", 1, "text") == Location("x.yaml", 6)


def test_a_value_that_is_missing_is_told_at_the_entry_around_it() -> None:
    """A missing key has no line of its own, and 'line 1' is nowhere."""
    file = read_yaml("a: b\nsections:\n  - id: one\n", "x.yaml")

    assert file.where("sections", 0, "paragraph", "heading") == Location("x.yaml", 3)
    assert file.where("nowhere") == Location("x.yaml", 1)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1", 1),
        ("1000000", 1_000_000),
        ("1_000_000", 1_000_000),
        ("-3", -3),
        ("0", 0),
        ("0.7", 0.7),
        ("true", True),
        ("NO", "NO"),
        ("yes", "yes"),
        ("null", None),
        ("2026-11-21", datetime.date(2026, 11, 21)),
        ('"2"', "2"),
        ("CD40LG", "CD40LG"),
    ],
)
def test_plain_values_are_what_they_look_like(written: str, value: object) -> None:
    """A frequency that is read as another number is printed as another number."""
    read = read_yaml(f"a: {written}\n", "x.yaml").value["a"]

    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize("written", ["010", "0100", "1:30", "0x10", "0b11", "190:20:30.15", "2026-13-45", "2026-02-30"])
def test_a_value_that_yaml_would_read_as_another_number_stays_text(written: str) -> None:
    """YAML 1.1 reads 010 as eight and 1:30 as ninety; as text, the schema refuses it with its line."""
    assert read_yaml(f"a: {written}\n", "x.yaml").value["a"] == written


def test_a_byte_order_mark_is_not_part_of_the_first_key() -> None:
    """A file saved by a Windows editor would lack its id."""
    assert read_yaml("\ufeffid: x\n", "x.yaml").value == {"id": "x"}
