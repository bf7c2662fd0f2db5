from __future__ import annotations

import pytest

from handouts.batch.plan import Known, Plan, jobs_of, read_plan, read_rows
from handouts.model.edition import Audience
from handouts.problems import HandoutsError, Location, Problem

BOTH = (Audience.FAMILY, Audience.CARRIER)
KNOWN = Known({"one": (BOTH, ("en", "es")), "two": ((Audience.FAMILY,), ("en",))})


def jobs(text: str, rows: str | None = None) -> list[str]:
    file = read_plan(text, "batch.toml")
    read = read_rows(rows, "rows.csv") if rows is not None else ()
    return [job.name for job in jobs_of(Plan(file, "batch.toml", read, "rows.csv"), KNOWN, text)]


def told(text: str, rows: str | None = None) -> list[Problem]:
    with pytest.raises(HandoutsError) as caught:
        jobs(text, rows)
    return list(caught.value.problems)


def test_an_empty_plan_makes_everything_that_there_is() -> None:
    """An organization that wants all should not have to list all."""
    assert jobs("") == [
        "en/one-family.pdf",
        "en/one-carrier.pdf",
        "es/one-family.pdf",
        "es/one-carrier.pdf",
        "en/two-family.pdf",
    ]


def test_every_combination_of_the_lists_is_a_file_with_a_name_of_its_own() -> None:
    """Large print takes the place of the other on the disk."""
    text = 'conditions = ["one"]\nlanguages = ["es"]\nfor = ["family"]\npapers = ["a4", "letter"]\n'

    assert jobs(text + 'sizes = ["standard", "large"]\nformats = ["pdf"]\n') == [
        "es/one-family.pdf",
        "es/one-family-large-print.pdf",
        "es/one-family-letter.pdf",
        "es/one-family-letter-large-print.pdf",
    ]


def test_all_the_faults_of_a_plan_are_told_at_once_with_their_lines() -> None:
    """Five slips would take five runs to find."""
    problems = told('conditions = ["oen"]\nlanguages = ["en"]\nname = "{langauge}.pdf"\n')

    assert [(p.code, p.where) for p in problems] == [
        ("name-pattern", Location("batch.toml", 3)),
        ("unknown-condition", Location("batch.toml", 1)),
    ]
    assert "did you mean one?" in (problems[1].hint or "")
    assert "did you mean language?" in (problems[0].hint or "")


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("conditions = [", "toml-syntax", None),
        ("\ncondition = 'one'", "unknown-key", 2),
        ("papers = ['a5']", "wrong-value", 1),
        ("for = []", "wrong-value", 1),
        ("\n\ndate = 'tomorrow'", "wrong-value", 3),
        ("conditions = ['one']\nlanguages = ['fr']", "unknown-language", 2),
        ("brand = 'ours'", "unknown-brand", 1),
        ("name = 'x.pdf'", "name-collision", None),
        ("conditions = ['two']\nfor = ['carrier']", "plan-empty", None),
    ],
)
def test_a_fault_of_a_plan_is_told_with_its_place(text: str, code: str, line: int | None) -> None:
    """A plan of hundreds of lines, and "invalid value"."""
    problem = told(text)[0]

    assert problem.code == code
    assert problem.where is None or problem.where.file == "batch.toml"
    assert line is None or problem.where == Location("batch.toml", line)


def test_each_line_of_a_table_is_a_job_whatever_signs_part_its_cells() -> None:
    """A spreadsheet writes semicolons in one country and commas in another, and a mark in front."""
    plan = 'for = ["family"]\nname = "{clinic}/{condition}.{format}"\n'
    for mark in ",;\t":
        rows = f"\ufeffclinic{mark}condition{mark}language\r\nNorth{mark}one{mark}es\r\n\r\nSouth{mark}two{mark}en\r\n"
        assert jobs(plan, rows.lstrip("\ufeff")) == ["North/one.pdf", "South/two.pdf"]


def test_a_cell_is_text_whatever_it_looks_like() -> None:
    """A cell that a spreadsheet would run."""
    assert jobs('name = "{clinic}/{condition}-{language}-{for}.pdf"', 'clinic,condition\n"=cmd()",two\n') == [
        "=cmd()/two-en-family.pdf"
    ]


@pytest.mark.parametrize(
    ("rows", "code", "line"),
    [
        ("clinic,condition\nNorth\n", "csv-cells", 2),
        ("clinic,clinic\na,b\n", "csv-header", 1),
        ("{x}\na\n", "csv-header", 1),
        ("condition\n", "csv-empty", None),
        ('condition\n"one\n', "csv-syntax", 2),
        ("condition\none\nthree\n", "unknown-condition", 3),
        ("condition,paper\none,a5\n", "wrong-value", 2),
        (f"condition\n{'x' * 501}\n", "csv-cells", 2),
    ],
)
def test_a_fault_of_a_table_is_told_with_its_line(rows: str, code: str, line: int | None) -> None:
    """One bad line among four hundred clinics."""
    problem = told('name = "{condition}-{language}-{for}.pdf"', rows)[0]

    assert (problem.code, problem.where) == (code, Location("rows.csv", line))
