"""What `handouts init` lays down for someone who writes conditions of their own."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from handouts import pipeline
from handouts.model.brand import BrandContent
from handouts.problems import HandoutsError
from handouts.project import opened
from handouts.starter import start_project
from tests.brands.logos import DRAWN
from tests.commands import CONDITION, contents, lay
from tests.conftest import DAY, edition

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("there", [True, False])
def test_a_new_project_holds_the_folders_the_schemas_and_a_page_that_explains(
    tmp_path: Path,
    there: bool,  # noqa: FBT001  pytest passes it by name
) -> None:
    """An empty folder asks a newcomer to know what only we know."""
    folder = tmp_path / "ours"
    if there:
        folder.mkdir()

    start_project(folder)

    kinds = ("condition", "glossary", "organisations", "inheritance", "labels", "sources", "brand")
    assert {"handouts.toml", "README.md", *(f"schema/{kind}.schema.json" for kind in kinds)} <= set(contents(folder))
    for name in ("conditions", "locales", "brands"):
        assert (folder / name).is_dir()


def test_what_was_made_is_told(tmp_path: Path) -> None:
    """A file that appears unannounced is taken for a fault."""
    told = start_project(tmp_path / "ours")

    assert {path.removeprefix(f"{tmp_path}/ours/") for path in told} == set(contents(tmp_path / "ours"))


def test_a_new_project_is_one_and_makes_a_handout_of_ones_own(tmp_path: Path) -> None:
    """The way that the page explains must lead to a handout."""
    start_project(tmp_path)
    (tmp_path / "conditions/small-condition.yaml").write_text(CONDITION, encoding="utf-8")
    project = opened(tmp_path)

    problems = [problem for _, found in pipeline.check(project, DAY) for problem in found]
    handout, _ = pipeline.worded(project, "small-condition", "en", edition(), draft=False)

    assert problems == []
    assert [text.value for text in handout.title] == ["A small thing"]


def test_the_schema_that_the_page_names_for_editors_is_there(tmp_path: Path) -> None:
    """A line that points an editor to nothing checks nothing."""
    start_project(tmp_path)
    named = "schema=../schema/condition.schema.json"

    assert named in (tmp_path / "README.md").read_text(encoding="utf-8")
    schema = json.loads((tmp_path / "schema/condition.schema.json").read_text(encoding="utf-8"))
    assert {"id", "name", "sources", "sections"} <= set(schema["properties"])


def test_the_example_of_a_brand_is_one_that_works(tmp_path: Path) -> None:
    """The example is what people copy: its fault is on every sheet, or stops them at the first step."""
    start_project(tmp_path)
    text = (tmp_path / "brands/brand.toml.example").read_text(encoding="utf-8")
    with_all = re.sub(r"^# (?=\[|\w+ = )", "", text, flags=re.MULTILINE)
    lay(tmp_path, {"brands/some/brand.toml": text, "brands/all/brand.toml": with_all, "brands/all/logo.svg": DRAWN})
    project = opened(tmp_path)

    (some, of_some), (every, of_every) = project.brand("some"), project.brand("all")

    assert opened(tmp_path).brand_ids() == ("all", "some")
    assert (of_some, of_every) == ((), ())
    assert some.content.contact.phones
    assert some.logo is None
    assert every.logo is not None
    assert every.content.web_edition is not None
    assert every.other_words("es").hours
    assert set(every.content.model_fields_set) == set(BrandContent.model_fields)


@pytest.mark.parametrize("name", ["notes.txt", ".hidden", "folder/notes.txt"])
def test_a_folder_in_use_is_left_as_it_is(tmp_path: Path, name: str) -> None:
    """Someone's own work must not be written over, nor mixed with ours."""
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("mine", encoding="utf-8")

    with pytest.raises(HandoutsError) as error:
        start_project(tmp_path)

    assert [problem.code for problem in error.value.problems] == ["folder-in-use"]
    assert contents(tmp_path) == {name: b"mine"}


def test_a_file_is_no_place_for_a_project(tmp_path: Path) -> None:
    """A file that is taken for a folder would be lost."""
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")

    for folder, code in (("notes.txt", "folder-in-use"), ("notes.txt/ours", "cannot-write")):
        with pytest.raises(HandoutsError) as error:
            start_project(tmp_path / folder)
        assert [problem.code for problem in error.value.problems] == [code]
    assert contents(tmp_path) == {"notes.txt": b"mine"}
