from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from handouts.standards import CRITERIA, Answer, Answered, Verdict, judge, passed
from tests.standards.made import evidence, paragraph

DOC = Path(__file__).resolve().parents[2] / "docs" / "standards.md"


def test_every_line_of_the_table_is_explained_and_no_other() -> None:
    """Somebody looks up the line that failed, and finds nothing."""
    explained = re.findall(r"^### (\S+)$", DOC.read_text(encoding="utf-8"), re.MULTILINE)

    assert explained == [criterion.id for criterion in CRITERIA]


def test_the_groups_of_the_table_are_the_headings_of_its_document() -> None:
    """The terminal and the document must be read side by side."""
    headings = re.findall(r"^## (.+)$", DOC.read_text(encoding="utf-8"), re.MULTILINE)
    groups = list(dict.fromkeys(criterion.group for criterion in CRITERIA))

    assert [heading for heading in headings if heading in groups] == groups


def test_every_explanation_says_how_it_is_judged_and_where_it_comes_from() -> None:
    """A figure without its source is one more opinion."""
    entries = re.split(r"^### ", DOC.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]

    assert [
        e.split("\n")[0] for e in entries if not re.search(r"^(?:Judged|Scored|For a person)", e, re.MULTILINE)
    ] == []
    assert [e.split("\n")[0] for e in entries if "From:" not in e] == []


def test_ids_are_unique_and_each_check_says_its_own() -> None:
    """Two lines of one name, and a report can't be followed."""
    assert [name for name, count in Counter(c.id for c in CRITERIA).items() if count > 1] == []
    assert [c.id for c in CRITERIA if not (c.check.__doc__ or "").startswith(f"{c.id}: ")] == []


def test_without_a_pdf_each_line_has_an_answer_and_nothing_of_print_is_a_pass() -> None:
    """A machine without the typesetter still tells what it can, and no more."""
    answered = judge(evidence(paragraph("It is so.")))
    unrun = {line.criterion.id for line in answered if line.answer.verdict is Verdict.NOT_RUN}

    assert [line.criterion for line in answered] == list(CRITERIA)
    assert {"pdf-ua-1", "heard-as-written", "text-contrast", "body-size", "measure", "edition-shown"} <= unrun


def test_only_a_failed_line_stops_the_table() -> None:
    """What is for a person, or not run, is told, and does not turn the exit code."""
    every = [Answered(CRITERIA[0], Answer(verdict, "")) for verdict in Verdict if verdict is not Verdict.FAILED]

    assert passed(every)
    assert not passed([*every, Answered(CRITERIA[0], Answer(Verdict.FAILED, ""))])
