"""What the index and the report of a batch say: the words for staff, and which file stands where."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from handouts.batch.listing import ASKED
from handouts.batch.rows import CONTACTS
from handouts.batch.values import State
from handouts.languages import language
from handouts.model.edition import Format
from handouts.render import Entry, Group, Shelf, Trouble, render_index, render_report

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handouts.batch.values import JobResult, Record
    from handouts.render import Templates

INDEX_WORDS = {
    "title": "Handouts",
    "intro": "Choose a language, then a handout. Each language stands under the name that its readers use.",
    "skip": "Skip to the list",
    "languages": "Languages",
    "search": "Search by condition, language or words of the title",
    "found": "{found} of {total} handouts",
    "no_script": "To search this page, press Ctrl+F, or Command+F on a Mac.",
}
REPORT_WORDS = {"title": "Report of the last run", "skip": "Skip to the list", "remedy": "What to do:"}
STAGES = {
    "draft": "draft, nobody has checked the translation",
    "translated": "draft, no second person has checked the translation",
    "revised": "checked by a second person, not cleared by a clinician",
    "not-clinically-reviewed": "not reviewed by a clinician",
    "cleared": "cleared by a clinician",
}
SIZES = {"large": "large print"}
KINDS = {"questions": "questions only"}
KILOBYTE = 1000
HINT = "\n  hint: "


def index_page(records: Iterable[Record], templates: Templates) -> bytes:
    """index.html: every file, by language and condition."""
    by_tag: dict[str, dict[str, list[Record]]] = {}
    for record in records:
        by_tag.setdefault(record.language, {}).setdefault(record.condition, []).append(record)
    shelves = []
    for tag, conditions in by_tag.items():
        spoken = language(tag)
        groups = tuple(Group(some[0].heading, tuple(map(_entry, some))) for some in conditions.values())
        shelves.append(Shelf(tag, spoken.direction, spoken.own_name, spoken.english_name, groups))
    shelves.sort(key=lambda shelf: shelf.own_name.casefold())
    return render_index(tuple(shelves), INDEX_WORDS, templates).markup.encode()


def _entry(record: Record) -> Entry:
    options = record.options
    printed = options["format"] == Format.PDF  # only what is printed has a paper and pages
    facts = [
        options["format"].upper(),
        (options["paper"].upper() if options["paper"] == "a4" else options["paper"].capitalize()) if printed else "",
        SIZES.get(options["size"], ""),
        KINDS.get(options["kind"], ""),
        f"with {language(options['bilingual']).english_name}" if "bilingual" in options else "",
        f"for {options['place']}" if "place" in options else "",
        options.get("brand", ""),
        *(cell for column, cell in record.row.items() if column not in CONTACTS and column not in ASKED),
        ("1 page" if record.pages == 1 else f"{record.pages} pages") if printed and record.pages else "",
        f"{max(1, round(record.bytes / KILOBYTE))} kB",
        STAGES[record.stage],
    ]
    named = record.heading in record.title
    told = " · ".join(filter(None, ["" if named else record.heading, record.told]))
    also = f"{record.condition} {record.audience} {record.name}"
    return Entry(quote(record.name), record.title, told, ", ".join(filter(None, dict.fromkeys(facts))), also)


def report_page(results: Sequence[JobResult], left: int, templates: Templates) -> bytes:
    """report.html: what failed, what was refused, and what was remarked on, each with its files and what to do."""
    told = [f"{sum(r.state is state for r in results)} {state.value}" for state in State]
    lines = [", ".join(told) + "."]
    if left:
        lines.append(f"{left} not tried: the run was stopped. Start it again, and it goes on where it was.")
    failed = _troubles(r for r in results if r.state is State.FAILED)
    refused = _troubles(r for r in results if r.state is State.REFUSED)
    remarks = _troubles(r for r in results if r.state is State.MADE)
    parts = (("Failed", failed), ("Refused", refused), ("Made, with a remark", remarks))
    if not failed and not refused:
        lines.append("Nothing failed and nothing was refused.")
    there = tuple((heading, troubles) for heading, troubles in parts if troubles)
    return render_report(there, tuple(lines), REPORT_WORDS, templates).markup.encode()


def _troubles(results: Iterable[JobResult]) -> tuple[Trouble, ...]:
    names: dict[str, list[str]] = {}
    for result in results:
        for problem in dict.fromkeys(result.problems):
            names.setdefault(problem, []).append(result.name)
    found = []
    for problem, some in names.items():
        what, _, remedy = problem.partition(HINT)
        found.append(Trouble(what, remedy, tuple(some)))
    return tuple(found)
