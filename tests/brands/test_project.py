"""Brands as files of a project: what is there, what is missing, and what must not be read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from handouts import pipeline
from handouts.problems import HandoutsError, UsageError
from handouts.project import MAX_BRAND_BYTES, Project, opened
from tests.brands.logos import DRAWN
from tests.brands.test_load import TEXT
from tests.commands import lay
from tests.conftest import DAY, line_of

if TYPE_CHECKING:
    from pathlib import Path

TOML = "brands/example/brand.toml"
LOGO = "brands/example/logo.svg"
FILES = {TOML: TEXT, LOGO: DRAWN}


def told(folder: Path, name: str = "example") -> list[tuple[str, str]]:
    """(code, place below the folder) of each problem for which a brand is refused."""
    with pytest.raises(HandoutsError) as caught:
        opened(folder).brand(name)
    return [(p.code, str(p.where).removeprefix(f"{folder}/")) for p in caught.value.problems]


def test_a_brand_is_found_by_the_name_of_its_folder(tmp_path: Path) -> None:
    """An organization with two clinics gets the phone number of the other one."""
    other = TEXT.replace("Example Children's Clinic", "Another clinic")
    project = opened(lay(tmp_path, {**FILES, "brands/other/brand.toml": other, "brands/other/logo.svg": DRAWN}))

    assert project.brand_ids() == ("example", "other")
    assert project.brand("other")[0].content.name == "Another clinic"
    assert project.brand("example")[0].content.name == "Example Children's Clinic"
    assert project.brand("example")[0].id == "example"


@pytest.mark.parametrize("name", ["exmaple", "", ".", "..", "../brands/example", "example/", ".hidden", "brand.toml"])
def test_a_name_that_is_no_brand_is_a_wrong_command(tmp_path: Path, name: str) -> None:
    """A slip of the pen prints another folder's files, or a handout without the clinic's number."""
    project = opened(lay(tmp_path, {**FILES, "brands/.hidden/brand.toml": 'name = "A"', "brands/brand.toml": ""}))

    with pytest.raises(UsageError) as caught:
        project.brand(name)

    assert [problem.code for problem in caught.value.problems] == ["unknown-brand"]
    assert "example" in (caught.value.problems[0].hint or "")


def test_without_a_project_there_are_no_brands() -> None:
    """The hint says where brands come from."""
    with pytest.raises(UsageError) as caught:
        Project().brand("example")

    assert Project().brand_ids() == ()
    assert "handouts init" in (caught.value.problems[0].hint or "")


def test_a_brand_without_its_files_says_which(tmp_path: Path) -> None:
    """A folder was copied without the logo, and the handouts go out without it."""
    lay(tmp_path, {TOML: TEXT, "brands/empty/notes.txt": ""})

    assert told(tmp_path, "empty") == [("missing-file", "brands/empty")]
    assert told(tmp_path) == [("missing-file", f"{TOML}:{line_of(TEXT, 'file =')}")]


@pytest.mark.parametrize("name", [TOML, LOGO, "brands/example"])
def test_a_link_out_of_the_project_is_not_followed(tmp_path: Path, name: str) -> None:
    """A project from a stranger prints a file that only this machine may read."""
    secret = lay(tmp_path / "outside", FILES)
    folder = lay(tmp_path / "project", FILES)
    path = folder / name
    if path.is_dir():
        for file in path.iterdir():
            file.unlink()
        path.rmdir()
    else:
        path.unlink()
    path.symlink_to(secret / name)

    assert {code for code, _ in told(folder)} == {"outside-project"}


def test_a_link_inside_the_project_is_followed(tmp_path: Path) -> None:
    """Two brands of one organization share a logo."""
    folder = lay(tmp_path, {TOML: TEXT, "brands/shared.svg": DRAWN})
    (folder / LOGO).symlink_to(folder / "brands/shared.svg")

    assert opened(folder).brand("example")[0].logo is not None


def test_what_is_no_plain_file_is_not_opened(tmp_path: Path) -> None:
    """A pipe called logo.svg keeps the program waiting for ever."""
    folder = lay(tmp_path, {TOML: TEXT})
    os.mkfifo(folder / LOGO)

    assert told(folder) == [("missing-file", f"{TOML}:{line_of(TEXT, 'file =')}")]


def test_files_larger_than_any_are_not_read(tmp_path: Path) -> None:
    """A film called logo.svg fills the memory."""
    comment = "#" + "x" * MAX_BRAND_BYTES + "\n"
    lay(tmp_path, {TOML: TEXT, LOGO: DRAWN + " " * 600_000, "brands/long/brand.toml": comment + TEXT})

    assert told(tmp_path) == [("file-too-large", LOGO)]
    assert told(tmp_path, "long") == [("file-too-large", "brands/long/brand.toml")]


def test_the_check_of_a_project_holds_each_of_its_brands(tmp_path: Path) -> None:
    """A brand that was broken by an edit is found at the printer's."""
    project = opened(lay(tmp_path, {**FILES, "brands/broken/brand.toml": "name = 5\n"}))

    found = {name: [p.code for p in problems] for name, problems in pipeline.check(project, DAY) if "brand" in name}

    assert found == {"brand broken": ["wrong-type"], "brand example": []}
