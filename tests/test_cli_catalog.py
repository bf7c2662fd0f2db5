"""`handouts catalog` as a translator has it: what is told, what a program reads, and that nothing is half done."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.commands import CATALOG, CONDITION, SPANISH, Ran, contents, handouts, lay
from tests.conftest import changed, line_of

if TYPE_CHECKING:
    from pathlib import Path

SMALL = "conditions/small-condition.yaml"
ONE = ("--domain", "small-condition")
MOVED = changed(CONDITION, "have it.", "had it.")
DAY = ("--date", "2026-01-05")


def catalog(folder: Path, *arguments: str) -> Ran:
    return handouts("catalog", *arguments, cwd=folder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return lay(tmp_path, {SMALL: CONDITION, CATALOG: SPANISH})


def test_status_shows_a_line_for_each_catalog_that_a_person_and_a_program_can_read(folder: Path) -> None:
    """A table that is cut to the width of the window hides who has approved what."""
    ran = catalog(folder, "status", "es", *ONE)
    (row,) = catalog(folder, "status", "es", *ONE, "--json").json

    assert ran.out == (
        "Language  Domain           Translated  Stage\n"
        "es        small-condition  5 of 5      draft\n"
    )  # fmt: skip
    assert row == {
        "domain": "small-condition",
        "language": "es",
        "file": CATALOG,
        "strings": 5,
        "translated": 5,
        "fuzzy": 0,
        "stale": 0,
        "stage": "draft",
        "by": None,
        "date": None,
        "void": [],
        "problems": [],
    }


def test_status_names_what_is_not_begun(folder: Path) -> None:
    """What is missing altogether would not be in the table at all."""
    ran = catalog(folder, "status", *ONE)

    assert "en        small-condition  5 of 5      not clinically reviewed" in ran.out
    assert "no Arabic (ar) catalog: small-condition" in ran.out


def test_check_tells_each_problem_with_its_line_and_ends_with_1(folder: Path) -> None:
    """A script that sends broken catalogs to the printer goes by the exit code."""
    assert catalog(folder, "check", "es", *ONE).code == 0
    text = changed(SPANISH, "aproximadamente {frequency} niños", "algunos niños")
    lay(folder, {CATALOG: text})

    ran = catalog(folder, "check", "es")
    told = catalog(folder, "check", "es", *ONE, "--json")

    assert (ran.code, told.code) == (1, 1)
    assert f"wrong {CATALOG}  5 of 5 strings" in ran.out
    assert f"{CATALOG}:{line_of(text, 'About')}: error[placeholder-missing]" in ran.err
    assert [problem["code"] for problem in told.json[0]["problems"]] == ["placeholder-missing"]


def test_check_of_a_language_that_is_not_there_is_a_wrong_command(folder: Path) -> None:
    """A bare "nothing wrong" would be told of nothing at all."""
    for tag in ("pl", "no tag"):
        ran = catalog(folder, "check", tag)
        assert ran.code == 2
        assert "error[" in ran.err


def test_new_begins_a_language_and_tells_a_program_what_it_wrote(folder: Path) -> None:
    """An empty file where a program looks for a full list."""
    ran = catalog(folder, "new", "pl", *ONE, "--json")
    again = catalog(folder, "new", "pl", *ONE)

    assert ran.json == {"wrote": ["locales/pl/LC_MESSAGES/small-condition.po"]}
    assert again.code == 2
    assert "error[catalog-exists]" in again.err
    assert "nothing was changed" in again.err


def test_update_tells_what_it_did_to_each_catalog(folder: Path) -> None:
    """A translator who is not told what is new reads the whole file again."""
    lay(folder, {SMALL: MOVED})

    ran = catalog(folder, "update", "es", "--backup")
    told = catalog(folder, "update", "es", "--json")

    assert ran.out == f"small-condition (es): 1 fuzzy\nwrote {CATALOG}\n"
    assert (folder / f"{CATALOG}.bak").read_text(encoding="utf-8") == SPANISH
    assert told.json == {
        "wrote": [],
        "catalogs": [
            {"domain": "small-condition", "language": "es", "new": [], "fuzzy": [], "obsolete": [], "same_meaning": []}
        ],
        "problems": [],
    }


def test_update_leaves_no_backup_unless_it_is_asked_for(folder: Path) -> None:
    """Folders full of .bak files, and one of them is sent to the translator."""
    lay(folder, {SMALL: MOVED})

    catalog(folder, "update")

    assert [name for name in contents(folder) if name.endswith(".bak")] == []


def test_a_typo_in_english_is_said_to_be_one(folder: Path) -> None:
    """A comma would cost every translator an evening."""
    lay(folder, {SMALL: MOVED})

    ran = catalog(folder, "update", "--same-meaning", "small-condition:main.rare")

    assert ran.code == 0, ran.told
    assert "small-condition (es): 1 same meaning" in ran.out
    assert catalog(folder, "status", "es", *ONE, "--json").json[0]["translated"] == 5


def test_approve_records_who_and_when_and_diff_shows_the_old_words_and_the_new(folder: Path) -> None:
    """Whoever approved it must be able to see what was changed under their name."""
    done = catalog(folder, "approve", "small-condition", "es", "--stage", "translated", "--by", "Ana Pérez", *DAY)
    same = catalog(folder, "diff", "small-condition", "es")
    lay(folder, {CATALOG: changed(SPANISH, "Lo más importante", "Lo principal")})
    ran = catalog(folder, "diff", "small-condition", "es", "--stage", "translated")
    told = catalog(folder, "diff", "small-condition", "es", "--json").json

    assert done.out.endswith("small-condition (es) is translated: 5 strings\n")
    assert same.out == "small-condition (es) was translated by Ana Pérez on 2026-01-05. Nothing has changed.\n"
    assert ran.out == (
        "small-condition (es) was translated by Ana Pérez on 2026-01-05. Changed since: 1 of its strings.\n"
        "\nmain.heading\n"
        "  translation was: Lo más importante\n"
        "  translation now: Lo principal\n"
    )
    assert (told["stage"], told["by"], told["date"]) == ("translated", "Ana Pérez", "2026-01-05")
    assert [(one["key"], one["now"]["translation"]) for one in told["changed"]] == [("main.heading", ["Lo principal"])]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("small-condition", "es", "--stage", "revised", "--by", "Ana"), 1, "approval-order"),
        (("small-condition", "es", "--stage", "signed", "--by", "Ana"), 2, "approval-stage"),
        (("small-condition", "es", "--stage", "draft", "--by", "Ana"), 2, "approval-stage"),
        (("small-condition", "en", "--stage", "translated", "--by", "Ana"), 1, "approval-stage"),
        (("small-condition", "es", "--stage", "translated", "--by", "Ana", "--date", "2999-01-01"), 1, "approval-date"),
        (("small-condition", "es", "--stage", "translated", "--by", ""), 1, "approval-name"),
        (("small-condition", "es", "--stage", "translated"), 2, "--by"),
        (("small-condition", "es", "--by", "Ana"), 2, "--stage"),
        (("nope", "es", "--stage", "translated", "--by", "Ana"), 2, "unknown-domain"),
        (("small-condition", "pl", "--stage", "translated", "--by", "Ana"), 2, "no-catalog"),
    ],
)
def test_an_approval_that_can_not_be_is_refused_and_leaves_no_trace(
    folder: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    """Half a record of a refused approval would be taken for one."""
    before = contents(folder)

    ran = catalog(folder, "approve", *arguments)

    assert ran.code == code, ran.told
    assert said in ran.err
    assert "Traceback" not in ran.told
    assert contents(folder) == before


def test_list_and_make_say_how_far_a_text_is(folder: Path) -> None:
    """A clinic chooses by the list, and files what it has made."""
    (row,) = (row for row in handouts("list", "--json", cwd=folder).json if row["condition"] == "small-condition")
    options = ("--lang", "es", "--draft", "-o", "a.txt", "--json")
    made = handouts("make", "small-condition", *options, cwd=folder)
    told = handouts("make", "small-condition", "-o", "b.txt", cwd=folder)

    assert row["stages"] == {"en": "not-clinically-reviewed", "es": "draft"}
    assert made.json["stage"] == "draft"
    assert ", not clinically reviewed\n" in told.out
    assert "español, draft" in " ".join(handouts("list", cwd=folder).out.replace("│", " ").split())


def test_json_of_every_kind_is_plain_ascii_where_the_terminal_has_no_other(folder: Path) -> None:
    """One language's words must not take the command away from an old terminal."""
    ran = handouts("catalog", "status", "--json", cwd=folder, env={"PYTHONIOENCODING": "ascii"})

    assert ran.code == 0
    assert ran.out.isascii()
    assert len(json.loads(ran.out)) > 10
