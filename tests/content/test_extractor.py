"""Babel's own command finds what `handouts catalog extract` writes."""

from __future__ import annotations

import io
import re
import shlex
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from handouts.content.extractor import extract
from handouts.problems import HandoutsError
from handouts.project import Project
from handouts.translators import templates
from tests.commands import CHECKOUT, CONDITION, environment
from tests.conftest import line_of

if TYPE_CHECKING:
    from pathlib import Path

# The extractor by its place: this checkout need not be the one that is installed.
CONFIG = "[extractors]\nhandouts = handouts.content.extractor:extract\n[handouts: **.yaml]\n"
LIBRARY = CHECKOUT / "handouts/library"

Entry = tuple[str | None, object, tuple[str, ...]]


def entries(text: str) -> list[Entry]:
    """Each string of a template: its key, its English, and what translators are told, put together again."""
    catalog = read_po(io.BytesIO(text.encode()))
    return [(one.context, one.id, tuple(" ".join(one.auto_comments).split())) for one in catalog if one.id]


def pybabel(arguments: list[str], config: Path, output: Path) -> str:
    """What `pybabel extract` writes for the arguments that a document gives."""
    config.write_text(CONFIG, encoding="utf-8")
    told = {"locales/babel.cfg": str(config)}
    line = [told.get(word, word) for word in arguments]
    line[line.index("-o") + 1] = str(output)
    command = [sys.executable, "-m", "babel.messages.frontend", *line]
    done = subprocess.run(command, cwd=CHECKOUT, env=environment(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return output.read_text(encoding="utf-8")


def documented() -> list[list[str]]:
    """The lines of docs/translators.md that call pybabel."""
    text = (CHECKOUT / "docs/translators.md").read_text(encoding="utf-8").replace("\\\n", " ")
    return [shlex.split(line)[1:] for line in re.findall(r"^pybabel .*$", text, re.MULTILINE)]


def test_pybabel_finds_the_same_strings_as_we_do_for_what_handouts_share(tmp_path: Path) -> None:
    """A team that uses Babel's own tools would translate another text than the one that is printed."""
    ours = templates(Project())[CHECKOUT / "locales/shared.pot"].decode()
    (line,) = (line for line in documented() if any("labels.yaml" in word for word in line))

    found = entries(pybabel(line, tmp_path / "babel.cfg", tmp_path / "shared.pot"))

    assert len(found) > 150
    assert found == entries(ours)


def test_pybabel_finds_the_same_words_of_the_clinics_page_as_we_do(tmp_path: Path) -> None:
    """One key that is missing, and staff of that language get the whole page in English."""
    ours = templates(Project())[CHECKOUT / "locales/web.pot"].decode()
    (line,) = (line for line in documented() if any(word.endswith("library/web.yaml") for word in line))

    found = entries(pybabel(line, tmp_path / "babel.cfg", tmp_path / "web.pot"))

    assert len(found) > 50
    assert found == entries(ours)


@pytest.mark.parametrize("name", sorted(path.stem for path in (LIBRARY / "conditions").glob("*.yaml")))
def test_pybabel_finds_the_same_strings_as_we_do_for_a_condition(name: str, tmp_path: Path) -> None:
    """As for the shared strings: one missing key, and the handout is refused in that language."""
    ours = templates(Project())[CHECKOUT / f"locales/{name}.pot"].decode()
    (line,) = (line for line in documented() if any("conditions/" in word for word in line))
    line = [re.sub(r"conditions/[a-z-]+\.yaml", f"conditions/{name}.yaml", word) for word in line]

    assert entries(pybabel(line, tmp_path / "babel.cfg", tmp_path / "one.pot")) == entries(ours)


def test_the_extractor_is_registered_where_babel_looks_for_it() -> None:
    """Without it, `pybabel extract` says that it knows no method called handouts."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["entry-points"]["babel.extractors"] == {"handouts": "handouts.content.extractor:extract"}
    assert "[handouts: **.yaml]" in (CHECKOUT / "locales/babel.cfg").read_text(encoding="utf-8")


def found_in(data: bytes, name: str) -> list[tuple[int, str, tuple[str, ...], list[str]]]:
    file = io.BytesIO(data)
    file.name = name
    return list(extract(file, {}, (), {}))


def test_each_string_comes_with_its_line_its_key_and_its_comments() -> None:
    """A translator's tool that leads to the wrong line shows another sentence as the source."""
    found = found_in(CONDITION.encode(), "conditions/small-condition.yaml")

    assert found[0] == (
        line_of(CONDITION, "name: Small condition"),
        "pgettext",
        ("name", "Small condition"),
        found[0][3],
    )
    assert any("The medical name of the condition." in comment for comment in found[0][3])


def test_files_without_strings_of_their_own_are_passed_over() -> None:
    """A source's title would be translated, and could no longer be found in a library."""
    assert found_in((LIBRARY / "sources.yaml").read_bytes(), "sources.yaml") == []


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"id: [", "yaml-syntax"), (b"id: 3\n", "wrong-type"), (b"name: se\xf1al\n", "not-utf-8"), (b"", "yaml-empty")],
)
def test_a_broken_file_is_told_with_its_line_and_not_passed_over(data: bytes, code: str) -> None:
    """A template that lacks a whole file looks finished."""
    with pytest.raises(HandoutsError) as error:
        found_in(data, "conditions/x.yaml")

    assert code in {problem.code for problem in error.value.problems}
    assert all(problem.where and problem.where.file == "conditions/x.yaml" for problem in error.value.problems)
