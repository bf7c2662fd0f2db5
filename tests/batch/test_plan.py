from __future__ import annotations

import datetime
import tomllib
from dataclasses import replace

import pytest

from handouts.batch.plan import Known, Plan, PlanError, jobs_of, read_plan, wrong_names
from handouts.batch.rows import read_rows
from handouts.batch.schemas import json_schema
from handouts.model.edition import Audience
from handouts.problems import HandoutsError, Location, Problem
from tests.json_schema import complaints

DAY = datetime.date(2026, 11, 21)
BOTH = (Audience.FAMILY, Audience.CARRIER)
KNOWN = Known({"one": (BOTH, ("en", "es")), "two": ((Audience.FAMILY,), ("en",))}, brands=("north",))


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
        ("languages = ['es', 'ess']", "unknown-language", 1),
        ("conditions = ['two']\nbilingual = 'es'", "unknown-language", 2),
        ("bilingual = 'xx-nowhere'", "unknown-language", 1),
        ("\nplace = 'Atlantis'", "unknown-place", 2),
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


def test_a_wrong_value_does_not_hide_a_wrong_name() -> None:
    """All the values are put right, and then the names are complained of."""
    text = (
        'conditions = ["oen"]\nlanguages = ["fr", "en"]\nfor = ["carier"]\nbrand = "nort"\nnmae = "x"\nplace = "ZZ9"\n'
    )
    with pytest.raises(PlanError) as caught:
        read_plan(text, "batch.toml")
    problems = [*caught.value.problems, *wrong_names(caught.value.rest, "batch.toml", KNOWN, text)]

    assert sorted((p.where.line or 0, p.code) for p in problems if p.where) == [
        (1, "unknown-condition"),
        (2, "unknown-language"),
        (3, "wrong-value"),
        (4, "unknown-brand"),
        (5, "unknown-key"),
        (6, "unknown-place"),
    ]
    assert [p.hint for p in problems if p.code == "wrong-value"] == ["did you mean carrier?"]


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ('papers = "a4"', "'papers': this is a list, in square brackets, not 'a4'", 'write papers = ["a4"]'),
        (
            'conditions = "one"',
            "'conditions': this is a list, in square brackets, not 'one'",
            'write conditions = ["one"]',
        ),
        ("for = []", "'for': the list is empty", None),
        ('formats = ["pdff"]', "'formats': input should be 'pdf', 'html' or 'txt', not 'pdff'", "did you mean pdf?"),
    ],
)
def test_a_wrong_value_is_told_once_and_in_words(text: str, message: str, hint: str | None) -> None:
    """A support organization is told of tuples."""
    assert [(p.message, p.hint) for p in told(text)] == [(message, hint)]


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../rows.csv", "a/../../b.csv", "C:\\\\b.csv", "s3://x/y.csv", "~/../b", ""]
)
def test_a_plan_reads_no_file_but_those_beside_it(name: str) -> None:
    """A plan that came by mail has a file of this machine read, and its lines told."""
    assert [(p.code, p.message.partition(",")[0]) for p in told(f'rows = "{name}"')] == [
        ("wrong-value", "'rows': the file must lie beside the plan")
    ]


def test_a_plan_may_have_its_tables_in_a_folder() -> None:
    """Who keeps plans in order is refused."""
    assert read_plan('rows = "clinics/2026.csv"', "batch.toml").rows == "clinics/2026.csv"


def test_a_table_with_a_fault_on_each_line_is_told_in_short() -> None:
    """Two hundred thousand lines go past, and the one that says why is the first."""
    problems = told("", "condition,language\n" + "one;es\n" * 2000)

    assert [(p.code, p.where) for p in problems[:2]] == [
        ("csv-cells", Location("rows.csv", 2)),
        ("csv-cells", Location("rows.csv", 3)),
    ]
    assert (len(problems), problems[-1].code, problems[-1].message) == (101, "more-problems", "and 1,900 more")


def test_a_cell_with_a_wrong_value_is_told_by_its_column() -> None:
    """A column that the plan knows under another name is looked for in vain."""
    (problem,) = told("", "condition,paper\none,a5\n")

    assert (problem.message, problem.hint) == (
        "'paper': input should be 'a4' or 'letter', not 'a5'",
        "did you mean a4?",
    )
    assert problem.where == Location("rows.csv", 2)


def test_a_copy_in_two_languages_is_for_those_who_do_not_read_the_staffs() -> None:
    """English beside English, or a page that stops the whole plan."""
    made = jobs_of(Plan(read_plan('bilingual = "en"\nplace = "us"', "batch.toml"), "batch.toml"), KNOWN, "")

    assert {(job.language, job.second, job.place) for job in made} == {("en", None, "US"), ("es", "en", "US")}


def test_a_brand_that_is_there_is_on_every_job() -> None:
    """Four hundred clinics get handouts without their names."""
    known = replace(KNOWN, brands=("north", "south"))
    text = 'brand = "north"\nfor = ["family"]\nname = "{brand}/{condition}-{language}.pdf"'
    rows = read_rows("condition,brand\none,south\ntwo,\n", "rows.csv")

    made = jobs_of(Plan(read_plan(text, "batch.toml"), "batch.toml", rows, "rows.csv"), known, text)

    assert [(job.name, job.edition(DAY).brand) for job in made] == [
        ("south/one-en.pdf", "south"),
        ("south/one-es.pdf", "south"),
        ("north/two-en.pdf", "north"),
    ]


def test_names_that_differ_in_capitals_alone_are_one_file() -> None:
    """On half of all computers, one clinic's file takes the other's place."""
    problems = told('for = ["family"]\nname = "{clinic}.pdf"', "clinic,condition,language\nNord,one,en\nNORD,one,en\n")

    assert [(p.code, p.where) for p in problems] == [("name-collision", Location("rows.csv", 3))]


def test_the_schema_of_a_plan_takes_what_the_program_takes_and_nothing_misspelled() -> None:
    """An editor that marks right plans as wrong is switched off."""
    schema = json_schema("batch")
    plan = tomllib.loads('conditions = ["one"]\nlanguages = "all"\nfor = ["carrier"]\nsizes = ["large"]')

    assert list(complaints(plan, schema, schema)) == []
    assert any("condition" in text for text in complaints({"condition": "one"}, schema, schema))
    assert list(complaints({"for": ["everybody"]}, schema, schema)) != []


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
        ("contact.fone\n555-0100\n", "csv-header", 1),
        ("brand,contact.phone\nnorth,\nnorth,call us\n", "wrong-value", 3),
        ("brand,contact.name\nnorth,Cli\u202enic\n", "hidden-character", 2),
        ("contact.phone\n555-0100\n", "wrong-value", 2),
        (f"condition\n{'x' * 501}\n", "csv-cells", 2),
    ],
)
def test_a_fault_of_a_table_is_told_with_its_line(rows: str, code: str, line: int | None) -> None:
    """One bad line among four hundred clinics."""
    problem = told('name = "{condition}-{language}-{for}.pdf"', rows)[0]

    assert (problem.code, problem.where) == (code, Location("rows.csv", line))


CLINICS = """\
clinic;contact.name;contact.phone;contact.address;contact.hours
Nord;Nord Clinic;"+1 555 010 0100 | 555-0199";"1 Long Street
Nordtown";Mon-Fri 9:00-17:00
Süd;;;;
"""


def test_a_line_says_how_to_reach_the_clinic_that_it_is_for() -> None:
    """Four hundred clinics hand out the number of the head office."""
    text = 'brand = "north"\nfor = ["family"]\nconditions = ["two"]\nname = "{clinic}.pdf"'
    plan = Plan(read_plan(text, "batch.toml"), "batch.toml", read_rows(CLINICS, "rows.csv"), "rows.csv")

    nord, south = (job.edition(DAY).member for job in jobs_of(plan, KNOWN, text))

    assert south is None
    assert nord is not None
    assert nord.name == "Nord Clinic"
    assert nord.phones == ("+1 555 010 0100", "555-0199")
    assert nord.address == ("1 Long Street", "Nordtown")
    assert (nord.email, nord.hours) == (None, "Mon-Fri 9:00-17:00")


def test_all_the_slips_in_the_contacts_of_a_table_are_told_with_line_and_column() -> None:
    """Eleven wrong cells among two thousand take eleven runs to find."""
    rows = "brand,contact.email,contact.web\nnorth,us at home,www.example.org\nnorth,,not an address\n"
    problems = told('name = "{contact.web}.pdf"', rows)
    addresses = "www.example.org or https://example.org/help"

    assert [(p.where, p.message) for p in problems] == [
        (
            Location("rows.csv", 2),
            "column B, 'contact.email': 'us at home' is no email address, such as team@example.org",
        ),
        (
            Location("rows.csv", 3),
            f"column C, 'contact.web': 'not an address' is no web address, such as {addresses}",
        ),
    ]
