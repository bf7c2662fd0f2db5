from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING

from handouts.proofs import proof
from handouts.proofs.pack import pack
from tests.commands import CATALOG, handouts
from tests.conftest import edition
from tests.proofs.desks import ID, desk_project

if TYPE_CHECKING:
    from pathlib import Path


def test_a_pack_holds_all_that_a_translator_needs(tmp_path: Path) -> None:
    """Somebody travels to a place without a network and misses one file."""
    project = desk_project(tmp_path)
    made = proof(project, ID, "es", edition())
    data = pack(project, made, edition())
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        names = set(packed.namelist())
        catalog = packed.read(CATALOG)
        rows = list(csv.reader(io.StringIO(packed.read("glossary.csv").decode("utf-8-sig"))))
        english = packed.read("english.pdf")
        told = packed.read("READ-ME.es.txt").decode()

    assert {
        CATALOG,
        "locales/es/LC_MESSAGES/shared.po",
        "proof.pdf",
        "english.pdf",
        "glossary.csv",
        "READ-ME.en.txt",
        "READ-ME.es.txt",
    } <= names
    assert catalog == (tmp_path / CATALOG).read_bytes()
    assert english.startswith(b"%PDF-")
    assert rows[0] == ["term", "term (es)", "meaning", "meaning (es)"]
    assert len(rows) > 5
    assert all(len(row) == 4 for row in rows)
    assert "borrador" in told
    assert pack(project, made, edition()) == data


def test_the_command_asks_for_something_to_write(tmp_path: Path) -> None:
    """Half a minute of work, and nothing to show for it."""
    desk_project(tmp_path)
    ran = handouts("catalog", "proof", ID, "--lang", "es", cwd=tmp_path)

    assert ran.code == 2
    assert "options-conflict" in ran.err


def test_the_command_writes_a_pack(tmp_path: Path) -> None:
    """A pack that can't be opened."""
    desk_project(tmp_path)
    ran = handouts("catalog", "proof", ID, "--lang", "es", "--pack", "work.zip", cwd=tmp_path)

    assert (ran.code, ran.err) == (0, "")
    assert zipfile.is_zipfile(tmp_path / "work.zip")
