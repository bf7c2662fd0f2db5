from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.batch.names import MAX_PART_BYTES, check_pattern, check_unique, name_of

FIELDS = ("condition", "language")


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("{language}/{conditon}.pdf", "{conditon}, which is no field"),
        ("{language.__class__}.pdf", "which is no field"),
        ("{language", "no partner"),
        ("../{language}.pdf", "begins with a dot"),
        ("/etc/{language}.pdf", "out of the output folder"),
        ("C:\\{language}.pdf", "out of the output folder"),
        ("~/{language}.pdf", "out of the output folder"),
        ("a//{language}.pdf", "empty"),
        (".handouts/{language}.pdf", "begins with a dot"),
        ("{language}/", "empty"),
    ],
)
def test_a_pattern_that_leads_astray_is_told(pattern: str, said: str) -> None:
    """A slip in a pattern writes over somebody's files."""
    problems = check_pattern(pattern, FIELDS, None)

    assert [problem.code for problem in problems] == ["name-pattern"]
    assert said in problems[0].message


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("a/b", "a-b.pdf"),
        ("..", "pdf"),
        ("con", "_con.pdf"),
        ("Klinik: Süd?", "Klinik- Süd-.pdf"),
        ("cafe\u0301", "caf\u00e9.pdf"),
        ("\u202egnp", "-gnp.pdf"),
    ],
)
def test_a_value_becomes_a_name_that_every_file_system_takes(value: str, name: str) -> None:
    """A clinic's name from a spreadsheet makes a folder, a device or a name that shows backwards."""
    assert name_of("{language}.pdf", {"language": value}) == name


@given(st.text(max_size=300))
def test_no_value_leaves_its_part_of_the_name(value: str) -> None:
    """One name among ten thousand climbs out of the folder."""
    name = name_of("x/{language}.pdf", {"language": value})

    folder, _, file = name.partition("/")
    assert folder == "x"
    assert "/" not in file
    assert file not in {"", ".", ".."}
    assert not set(file) & set('<>:"\\|?*\0\n')
    assert len(file.encode()) <= MAX_PART_BYTES


def test_names_that_one_file_system_takes_for_the_same_are_told() -> None:
    """The second file takes the place of the first, and a family gets the other's handout."""
    assert [p.code for p in check_unique([("a/X.pdf", None), ("a/x.pdf", None)])] == ["name-collision"]
    assert [p.code for p in check_unique([("caf\u00e9.pdf", None), ("cafe\u0301.pdf", None)])] == ["name-collision"]
    assert [p.code for p in check_unique([("a", None), ("a/b", None)])] == ["name-collision"]
    assert check_unique([("a/x.pdf", None), ("b/x.pdf", None)]) == []
