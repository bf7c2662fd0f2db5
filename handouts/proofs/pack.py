"""The offline pack: what a translator without a network needs, in one zip file."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.files import read_bytes
from handouts.model.message import SHARED_DOMAIN
from handouts.pipeline import make
from handouts.project import MAX_CATALOG_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.model.edition import Edition
    from handouts.project import Project
    from handouts.proofs.desk import Desk, DeskString
    from handouts.proofs.pages import Proof

TERM_BASE = "locales/glossary.yaml"
_INSTRUCTIONS = Path(__file__).resolve().parent / "instructions"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def pack(project: Project, proof: Proof, edition: Edition) -> bytes:
    """The zip file: catalogs, proof, English pages, glossary, instructions. The same content gives the same bytes.

    The instructions are in English, and in the language of the proof where there are some: they are staff material.
    """
    desk = proof.desk
    english = make(project, desk.condition.content.id, "en", edition, draft=False, expired=True)
    files = {
        **dict(_catalogs(project, desk)),
        **dict(_instructions(desk.language.tag)),
        "english.pdf": english.data,
        "glossary.csv": _glossary(desk),
        "proof.pdf": proof.data,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as done:
        for name in sorted(files):
            done.writestr(zipfile.ZipInfo(name, _EPOCH), files[name], zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _catalogs(project: Project, desk: Desk) -> Iterator[tuple[str, bytes]]:
    """The catalogs of the language, and the term base where the project has one."""
    folder = f"locales/{desk.language.gettext_name}/LC_MESSAGES"
    domains = (SHARED_DOMAIN, desk.condition.content.id)
    for name in (*(f"{folder}/{domain}.po" for domain in domains), TERM_BASE):
        path = project.find(name)
        if path is not None:
            yield name, read_bytes(path, MAX_CATALOG_BYTES)


def _instructions(tag: str) -> Iterator[tuple[str, bytes]]:
    for spoken in dict.fromkeys(("en", tag)):
        path = _INSTRUCTIONS / f"{spoken}.txt"
        if path.is_file():
            yield f"READ-ME.{spoken}.txt", path.read_bytes()


def _glossary(desk: Desk) -> bytes:
    """The words that handouts explain: term and meaning in both languages, as CSV that spreadsheets take as UTF-8."""
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(["term", f"term ({desk.language.tag})", "meaning", f"meaning ({desk.language.tag})"])
    for name, one in desk.strings.items():
        if name.startswith(f"{SHARED_DOMAIN}:glossary.") and name.endswith(".term"):
            meaning = desk.strings[f"{name.removesuffix('.term')}.meaning"]
            cells = [one.message.source, _first(one), meaning.message.source, _first(meaning)]
            writer.writerow([_harmless(cell) for cell in cells])
    return table.getvalue().encode("utf-8-sig")


def _first(one: DeskString) -> str:
    return one.strings[0] if one.strings else ""


def _harmless(cell: str) -> str:
    """`cell` as words: a spreadsheet takes what begins with one of these signs for a formula and runs it."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
