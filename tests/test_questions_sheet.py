"""The sheet of questions that people take to a visit: one page, with room to write on."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from handouts import pipeline
from handouts.localize.inline import plain
from handouts.model.edition import Audience, Edition, Format, Kind, Paper, Size
from handouts.model.reading import reading_order
from handouts.problems import UsageError
from handouts.project import Project, opened
from tests.commands import CONDITION, SHIPPED, lay
from tests.conftest import DAY, changed
from tests.printed import printed

if TYPE_CHECKING:
    from pathlib import Path

TAGS = Project().language_tags(SHIPPED)
EVERY = [
    *((SHIPPED, tag, Audience.FAMILY, Paper.LETTER) for tag in TAGS),
    *((SHIPPED, tag, Audience.FAMILY, Paper.A4) for tag in ("en", "es", "ar")),
    *((SHIPPED, tag, Audience.CARRIER, Paper.LETTER) for tag in ("en", "es", "ar")),
    *((other, "en", Audience.FAMILY, Paper.LETTER) for other in Project().condition_ids() if other != SHIPPED),
]
MANY = changed(
    CONDITION,
    "words: {}",
    "  - id: questions\n    role: questions\n    heading: Questions\n    blocks:\n      - kind: questions\n"
    "        id: ask\n        basis: practical\n        items:\n"
    + "".join(
        f"          - {{id: q{n}, text: Is this a question that is long enough to fill more than one line?}}\n"
        for n in range(40)
    )
    + "words: {}",
)


@cache
def made(
    condition: str, tag: str, audience: Audience, paper: Paper, size: Size = Size.STANDARD, second: str | None = None
) -> pipeline.Made:
    edition = Edition(audience, paper, DAY, size, Kind.QUESTIONS, second)
    return pipeline.make(Project(), condition, tag, edition, draft=True)


@pytest.mark.parametrize(("condition", "tag", "audience", "paper"), EVERY)
def test_a_sheet_of_questions_is_one_page_in_every_language(
    condition: str, tag: str, audience: Audience, paper: Paper
) -> None:
    """The second page stays in the printer, with the last question and the room for their own."""
    done = made(condition, tag, audience, paper)

    assert (done.report.outcome, done.report.pages) == ("PASSED", 1)
    (page,) = printed(done.data)
    assert page.covered() == [] or tag == "ur"  # the slanting words of Nastaliq reach over their neighbours' boxes
    assert min(s.foot for s in page.stretches) > 12


@pytest.mark.parametrize("paper", list(Paper))
def test_there_is_room_for_questions_of_their_own(paper: Paper) -> None:
    """What the family wants to know most is on nobody's list."""
    (page,) = printed(made(SHIPPED, "en", Audience.FAMILY, paper).data)
    (room,) = (s for s in page.stretches if s.words.startswith("Room for your own"))
    below = max(s.head for s in page.stretches if s.head < room.foot)

    assert room.foot - below > 3 * 20


def test_the_questions_share_what_the_words_leave_of_the_page() -> None:
    """An answer is written across the next question, while a third of the sheet is empty."""
    done = made(SHIPPED, "en", Audience.FAMILY, Paper.A4)
    (page,) = printed(done.data)
    heads = [s.head for s in page.stretches if s.words.strip().endswith("?")]
    room = next(s for s in page.stretches if s.words.startswith("Room for your own"))
    below = max(s.head for s in page.stretches if s.head < room.foot)
    gaps = [above - under for above, under in pairwise([*heads, room.head])]

    assert len(gaps) == 6
    assert max(gaps[:-1]) - min(gaps[:-1]) < 3
    assert min(gaps) > 2 * 21
    assert room.foot - below < 4 * 21


def test_a_sheet_asks_what_its_edition_asks_and_states_nothing() -> None:
    """A sheet that says something clinical says it without its sources."""
    tree = made(SHIPPED, "en", Audience.CARRIER, Paper.A4).handout
    whole = Edition(Audience.CARRIER, Paper.A4, DAY)
    handout, _ = pipeline.worded(Project(), SHIPPED, "en", whole, draft=False)
    asked = [plain(line) for key, line in reading_order(handout) if key.startswith("carrier-questions.")]

    assert [plain(line) for _, line in reading_order(tree)] == [
        "For carriers",
        "Language: English",
        "My questions",
        "X-linked hyper IgM syndrome",
        "Not yet checked by a clinician.",
        "Take this sheet to your next visit. Mark the questions that matter most to you.",
        "Before the visit, write down:",
        "When I go",
        "Who I will see",
        *asked,
    ]
    assert len(asked) == 8
    assert tree.edition != handout.edition


@pytest.mark.parametrize(
    ("tag", "second", "size", "paper"),
    [
        ("en", None, Size.LARGE, Paper.A4),
        ("ar", None, Size.LARGE, Paper.LETTER),
        ("es", "en", Size.STANDARD, Paper.LETTER),
        ("en", "ar", Size.LARGE, Paper.A4),
    ],
)
def test_a_sheet_in_large_print_or_two_languages_takes_the_pages_that_it_needs(
    tag: str, second: str | None, size: Size, paper: Paper
) -> None:
    """Words that are squeezed onto one page are cut, or lie over the foot."""
    done = made(SHIPPED, tag, Audience.FAMILY, paper, size, second)

    assert done.report.outcome == "PASSED"
    assert done.report.pages > 1
    assert [page.covered() for page in printed(done.data)] == [[]] * done.report.pages


def test_more_questions_than_fit_go_on_to_a_second_page(tmp_path: Path) -> None:
    """As above, for a clinic that has forty questions."""
    project = opened(lay(tmp_path, {"conditions/small-condition.yaml": MANY}))
    edition = Edition(Audience.FAMILY, Paper.A4, DAY, kind=Kind.QUESTIONS)

    done = pipeline.make(project, "small-condition", "en", edition, draft=False)

    pages = printed(done.data)
    assert done.report.outcome == "PASSED"
    assert len(pages) > 1
    assert [page.covered() for page in pages] == [[]] * len(pages)
    assert all(min(s.foot for s in page.stretches) > 12 for page in pages)


@pytest.mark.parametrize("kind", [Format.HTML, Format.TXT])
@pytest.mark.parametrize("second", [None, "en"])
def test_a_sheet_can_be_another_kind_of_file(kind: Format, second: str | None) -> None:
    """Someone who writes on a telephone has no use for paper."""
    edition = Edition(Audience.FAMILY, Paper.A4, DAY, kind=Kind.QUESTIONS, second=second)

    done = pipeline.make(Project(), SHIPPED, "ar", edition, kind, draft=True)

    assert [f for f in done.report.findings if f.outcome != "PASSED"] == []


def test_a_condition_without_questions_has_no_sheet(tmp_path: Path) -> None:
    """An empty sheet tells a family that there is nothing to ask."""
    project = opened(lay(tmp_path, {"conditions/small-condition.yaml": CONDITION}))
    edition = Edition(Audience.FAMILY, Paper.A4, DAY, kind=Kind.QUESTIONS)

    with pytest.raises(UsageError) as error:
        pipeline.make(project, "small-condition", "en", edition, draft=False)

    assert [(p.code, bool(p.hint)) for p in error.value.problems] == [("no-questions", True)]


def test_what_a_sheet_cites_is_listed_on_it(tmp_path: Path) -> None:
    """“Sources: 1”, and no list that says what that is."""
    text = changed(MANY, "        basis: practical\n        items", "        sources: [ONE]\n        items")
    project = opened(lay(tmp_path, {"conditions/small-condition.yaml": text}))
    edition = Edition(Audience.FAMILY, Paper.A4, DAY, kind=Kind.QUESTIONS)

    tree, _ = pipeline.worded(project, "small-condition", "en", edition, draft=False)

    said = [plain(line) for _, line in reading_order(tree)]
    assert "Sources: 1" in said
    assert said[-1].startswith("A page about a small condition.")
