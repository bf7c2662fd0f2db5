"""Projects of a translator: a small condition in Spanish, as a draft, and with all that people can approve."""

from __future__ import annotations

import datetime
import shutil
from typing import TYPE_CHECKING

import pytest

from handouts.files import write_all
from handouts.model.approval import Stage
from handouts.project import Project, opened
from handouts.translators import approve
from tests.commands import CATALOG, CONDITION, SPANISH, lay

if TYPE_CHECKING:
    from pathlib import Path

SMALL = "conditions/small-condition.yaml"
TODAY = datetime.date(2026, 11, 21)
PEOPLE = {Stage.TRANSLATED: "Ana Pérez", Stage.REVISED: "Luis Gómez", Stage.CLEARED: "Dra. Ruiz"}


def sign(
    project: Project, domain: str, tag: str, stage: Stage, by: str | None = None, day: datetime.date = TODAY
) -> None:
    """Have somebody approve a domain as it stands, and write it down."""
    write_all(approve(project, domain, tag, stage, by=by or PEOPLE[stage], day=day, today=TODAY))


def edit(project: Project, name: str, old: str, new: str) -> None:
    """Change the one `old` of a file into `new`, as an editor does."""
    assert project.root is not None
    path = project.root / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def draft(tmp_path: Path) -> Project:
    """A project whose Spanish nobody has approved."""
    return opened(lay(tmp_path / "draft", {SMALL: CONDITION, CATALOG: SPANISH}))


@pytest.fixture(scope="session")
def _cleared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = lay(tmp_path_factory.mktemp("cleared"), {SMALL: CONDITION, CATALOG: SPANISH})
    project = opened(folder)
    for domain in ("shared", "small-condition"):
        sign(project, domain, "en", Stage.CLEARED, "Dr Lee")
        for stage in PEOPLE:
            sign(project, domain, "es", stage)
    return folder


@pytest.fixture
def cleared(_cleared: Path, tmp_path: Path) -> Project:
    """A copy of a project in which everything is cleared, English and Spanish."""
    return opened(shutil.copytree(_cleared, tmp_path / "cleared"))
