from __future__ import annotations

import pytest

from handouts.brands.toml_reader import read_toml
from handouts.problems import HandoutsError

TEXT = '''\
# a comment with = and [brackets]
name = "A name # and no comment"
contact.email = "a@example.org"

[colours]
accent = """#112233"""  # behind a value

[other]
list = [
  "one", # [
  """two
over two lines""",
  ['three', 3],
  { four = 4, list = [4, 4] },
]
"quoted key" = \'\'\'
text\'\'\'
last = ["a", "b"]

[in.es]
name = "Un nombre"
[[many.times]]
key = 1'''

LINES = {
    ("name",): 2,
    ("contact",): 3,
    ("contact", "email"): 3,
    ("colours",): 5,
    ("colours", "accent"): 6,
    ("other",): 8,
    ("other", "list"): 9,
    ("other", "list", 0): 10,
    ("other", "list", 1): 11,
    ("other", "list", 2): 13,
    ("other", "list", 3): 14,
    ("other", "quoted key"): 16,
    ("other", "last"): 18,
    ("other", "last", 0): 18,
    ("other", "last", 1): 18,
    ("in",): 20,
    ("in", "es"): 20,
    ("in", "es", "name"): 21,
    ("many",): 22,
    ("many", "times"): 22,
    ("many", "times", "key"): 23,
}


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_every_value_has_the_line_on_which_it_begins(ending: str) -> None:
    """An error on line 14 of a file of 12 lines is looked for in vain."""
    file = read_toml(TEXT.replace("\n", ending), "brand.toml")

    assert file.lines == LINES
    assert file.value["other"]["list"][1] == "two\nover two lines"


def test_what_is_missing_has_the_line_of_the_table_that_it_is_missing_in() -> None:
    """The words "'alt' is missing" on the first line of the file sends people to the wrong table."""
    file = read_toml(TEXT, "brand.toml")

    assert str(file.where("in", "es", "hours")) == "brand.toml:20"
    assert str(file.where("nothing", "at all")) == "brand.toml:1"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('a = "1"\na = "2"\n', 2),
        ("a = 1\nb =\n", 2),
        ('a = "no end', 1),
        ("[a]\n[a]\n", 2),
        ("a = 1\n\n\x00", 3),
        ("[[[", 1),
    ],
)
def test_what_is_not_toml_is_told_with_its_line(text: str, line: int) -> None:
    """A quote is missing, and the file is gone through word by word."""
    with pytest.raises(HandoutsError) as caught:
        read_toml(text, "brand.toml")

    (problem,) = caught.value.problems
    assert (problem.code, str(problem.where)) == ("toml-syntax", f"brand.toml:{line}")


@pytest.mark.parametrize("text", ["a = " + "[" * 9_000, "a = " + "9" * 9_000, "a" + ".a" * 9_000 + " = 1"])
def test_a_hostile_file_ends_in_a_problem(text: str) -> None:
    """A file that ends the program takes the clinic's web page with it."""
    with pytest.raises(HandoutsError) as caught:
        read_toml(text, "brand.toml")

    assert {problem.code for problem in caught.value.problems} == {"toml-syntax"}


@pytest.mark.parametrize(
    "text", ['name = "a\\u202eb"', 'list = ["ok", "\\u2066x"]', '"k\\u200fey" = 1', '[in."e\\u202cs"]']
)
def test_a_character_that_nobody_sees_is_refused(text: str) -> None:
    """A phone number is turned round on the page, and looks right in the file."""
    with pytest.raises(HandoutsError) as caught:
        read_toml(text, "brand.toml")

    assert [problem.code for problem in caught.value.problems] == ["hidden-character"]
