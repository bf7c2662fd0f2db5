"""Brands on the command line: what is typed, what is told, and how it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.brands.logos import DRAWN
from tests.brands.test_load import TEXT
from tests.commands import CONDITION, DATE, Ran, handouts, lay
from tests.conftest import changed, line_of

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "conditions/small-condition.yaml": CONDITION,
    "brands/clinic/brand.toml": TEXT,
    "brands/clinic/logo.svg": DRAWN,
}


def make(folder: Path, *more: str) -> Ran:
    return handouts("make", "small-condition", "--date", DATE, "-o", "out.pdf", *more, cwd=folder)


def test_a_handout_is_given_out_by_a_brand(tmp_path: Path) -> None:
    """A program that files the sheets can't tell whose they are."""
    ran = make(lay(tmp_path, FILES), "--brand", "clinic", "--json")

    assert (ran.code, ran.err) == (0, "")
    assert (ran.json["brand"], ran.json["verification"]) == ("clinic", "PASSED")
    assert make(tmp_path, "--json").json["brand"] is None


@pytest.mark.parametrize("name", ["clinc", "../clinic", "", "clinic/"])
def test_a_brand_that_is_not_there_is_a_wrong_command(tmp_path: Path, name: str) -> None:
    """The sheets go out without the number to call."""
    ran = make(lay(tmp_path, FILES), "--brand", name)

    assert ran.code == 2
    assert "unknown-brand" in ran.err
    assert "clinic" in ran.err
    assert not (tmp_path / "out.pdf").exists()


def test_a_broken_brand_is_told_with_its_lines_and_nothing_is_written(tmp_path: Path) -> None:
    """Half of the problems are told, or a sheet is printed all the same."""
    text = changed(changed(TEXT, '"#5b1e6e"', '"#aa66cc"'), 'language = "en"', 'language = "english"')
    lay(tmp_path, {**FILES, "brands/clinic/brand.toml": text, "brands/clinic/logo.svg": "<svg/>"})

    ran = make(tmp_path, "--brand", "clinic")

    assert ran.code == 1
    assert f"brands/clinic/brand.toml:{line_of(text, 'accent =')}: error[low-contrast]" in ran.err
    assert f"brands/clinic/brand.toml:{line_of(text, 'language =')}: error[unknown-language]" in ran.err
    assert "brands/clinic/logo.svg:1: error[logo-syntax]" in ran.err
    assert "Traceback" not in ran.told
    assert not (tmp_path / "out.pdf").exists()


def test_the_brands_of_a_project_are_listed_with_what_they_print(tmp_path: Path) -> None:
    """Nobody reads a TOML file to find out which number stands on the sheet."""
    ran = handouts("brands", cwd=lay(tmp_path, FILES))

    assert (ran.code, ran.err) == (0, "")
    for words in ("clinic", "Example Children's Clinic", "+1 555 010 0100", "team@example.org", "#5b1e6e", "logo.svg"):
        assert words in ran.out
    (row,) = handouts("brands", "--json", cwd=tmp_path).json
    assert (row["brand"], row["contact"][0]) == ("clinic", "+1 555 010 0100")


def test_a_broken_brand_is_told_beside_the_good_ones(tmp_path: Path) -> None:
    """One broken file hides the others."""
    lay(tmp_path, {**FILES, "brands/other/brand.toml": 'name = "[bold]Other[/]"\nphone = "1"\n'})

    ran = handouts("brands", cwd=tmp_path)

    assert ran.code == 1
    assert "Example Children's Clinic" in ran.out
    assert "brands/other/brand.toml:2: error[unknown-key]" in ran.err


def test_a_project_with_broken_brands_alone_does_not_say_that_it_has_none(tmp_path: Path) -> None:
    """Somebody makes a second folder in place of mending the first."""
    ran = handouts("brands", cwd=lay(tmp_path, {"brands/other/brand.toml": "name = 5\n"}))

    assert (ran.code, ran.out) == (1, "")
    assert "wrong-type" in ran.err


def test_names_are_shown_as_they_are_written(tmp_path: Path) -> None:
    """A name in square brackets is taken for an instruction to the terminal."""
    ran = handouts("brands", cwd=lay(tmp_path, {"brands/[red]a/brand.toml": 'name = "[bold]Other[/]"\n'}))

    assert "[red]a" in ran.out
    assert "[bold]Other[/]" in ran.out


def test_without_brands_it_says_what_a_brand_is(tmp_path: Path) -> None:
    """An empty table is taken for a fault."""
    ran = handouts("brands", cwd=tmp_path)

    assert (ran.code, ran.err) == (0, "")
    assert "brands/" in ran.out


def test_check_holds_brands_too(tmp_path: Path) -> None:
    """The brand that an edit broke is found when the printer waits."""
    ran = handouts("check", cwd=lay(tmp_path, {**FILES, "brands/clinic/logo.svg": "<svg/>"}))

    assert ran.code == 1
    assert "wrong brand clinic" in ran.out
    assert "logo-syntax" in ran.err


def test_the_table_of_standards_is_told_in_the_colours_of_a_brand(tmp_path: Path) -> None:
    """A clinic's own violet may fade where our blue does not."""
    ran = handouts("check", "--standards", "small-condition", "--brand", "clinic", "--json", cwd=lay(tmp_path, FILES))
    said = {line["criterion"]: line for line in ran.json[0]["lines"]}

    assert said["text-contrast"]["verdict"] == said["graphics-contrast"]["verdict"] == "PASSED"
    assert "#f3eaf6" in said["graphics-contrast"]["look_at"]  # the tint of brand.toml
    assert handouts("check", "--standards", "small-condition", "--brand", "clinc", cwd=tmp_path).code == 2
