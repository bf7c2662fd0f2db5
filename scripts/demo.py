"""Make the six first handouts into out/ and show them in a table: pages, languages, verification."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Column, Table

from handouts import pipeline
from handouts.files import write_whole
from handouts.languages import language
from handouts.model.edition import Audience, Edition, Paper
from handouts.project import Project

CONDITION = "x-linked-hyper-igm"
LANGUAGES = ("en", "es", "ar")
OUT = Path("out")


def main() -> int:
    """Make, show, and end with 1 if any handout does not verify."""
    console = Console()
    today = datetime.datetime.now().astimezone().date()
    table = Table(Column("File", no_wrap=True), Column("Language", no_wrap=True), "Pages", "Verified", title="Handouts")
    bad = 0
    for tag in LANGUAGES:
        for audience in Audience:
            path = OUT / f"{CONDITION}.{tag}.{audience}.pdf"
            console.print(f"making {path} …", style="dim")
            edition = Edition(audience, Paper.A4, today)
            made = pipeline.make(Project(), CONDITION, tag, edition, draft=True)
            write_whole(path, made.data)
            outcome = made.report.outcome.value
            bad += outcome != "PASSED"
            spoken = language(tag)
            table.add_row(
                str(path),
                f"{spoken.tag}  {spoken.own_name}",
                str(made.report.pages),
                outcome,
            )
    console.print(table)
    console.print("Translations are drafts that nobody has reviewed; each page says so.")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
