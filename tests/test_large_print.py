"""Large print, measured on the finished pages: the guidelines of APH and ACB are about what the eye meets."""

from __future__ import annotations

import io
from functools import cache

import pikepdf
import pytest

from handouts import pipeline
from handouts.languages import language
from handouts.localize.inline import plain
from handouts.model.edition import Audience, Edition, Paper, Size
from handouts.model.reading import reading_order
from handouts.project import Project
from tests.commands import SHIPPED
from tests.conftest import DAY
from tests.printed import PrintedPage, printed

INCH_PT = 72
INK_PT = 6  # letters lean a little over their own width
EVERY = [("en", Paper.A4), ("en", Paper.LETTER), ("es", Paper.A4), ("ar", Paper.A4), ("ar", Paper.LETTER)]


@cache
def made(tag: str, paper: Paper) -> pipeline.Made:
    edition = Edition(Audience.FAMILY, paper, DAY, Size.LARGE)
    return pipeline.make(Project(), SHIPPED, tag, edition, draft=True)


def pages(tag: str, paper: Paper) -> tuple[PrintedPage, ...]:
    return printed(made(tag, paper).data)


@pytest.mark.parametrize(("tag", "paper"), EVERY)
def test_large_print_is_heard_as_written(tag: str, paper: Paper) -> None:
    """Someone who sees a little and listens to the rest gets two different texts."""
    assert made(tag, paper).report.outcome == "PASSED"
    assert made(tag, paper).problems == ()


@pytest.mark.parametrize(("tag", "paper"), EVERY)
def test_nothing_in_large_print_is_small(tag: str, paper: Paper) -> None:
    """The notice, the source or the page number is what somebody needs, and can't read."""
    body, heading, title = {"ar": (19.9, 22.1, 24.3)}.get(tag, (18, 20, 22))
    sizes = [page.sizes_pt for page in pages(tag, paper)]

    assert frozenset().union(*sizes) == {body, heading, title}
    assert all(body in found for found in sizes)


@pytest.mark.parametrize(("tag", "paper"), EVERY)
def test_large_print_leaves_an_inch_on_each_side(tag: str, paper: Paper) -> None:
    """A line that runs to the edge is lost to who reads through a magnifier."""
    for page in pages(tag, paper):
        assert min(s.left for s in page.stretches) >= INCH_PT - INK_PT
        assert max(s.right for s in page.stretches) <= page.width_pt - INCH_PT + INK_PT


@pytest.mark.parametrize(("tag", "paper"), EVERY)
def test_nothing_in_large_print_is_cut_or_covered(tag: str, paper: Paper) -> None:
    """Large words in the room of small ones run into each other, or off the sheet."""
    for page in pages(tag, paper):
        assert page.covered() == []
        assert min(s.foot for s in page.stretches) > INCH_PT / 4
        assert max(s.head for s in page.stretches) < page.height_pt - INCH_PT / 4


def test_large_print_is_one_column() -> None:
    """Who follows a line with a finger does not find the second column."""
    covers = [plain(line) for key, line in reading_order(made("en", Paper.A4).handout) if key == "covers"][1:]
    pieces = [s for page in pages("en", Paper.A4)[:4] for s in page.stretches]
    listed = [s for s in pieces if s.words.strip() in covers and s.left > INCH_PT + INK_PT]  # a heading is not indented

    assert [s.words.strip() for s in listed] == covers
    assert len({round(s.left / INK_PT) for s in listed}) == 1


def test_in_other_print_the_list_of_parts_stands_in_two_halves() -> None:
    """A list as long as the page leaves no room for what it tells of; its halves are heard as one list."""
    finished = pipeline.make(Project(), SHIPPED, "en", Edition(Audience.FAMILY, Paper.A4, DAY), draft=False)
    covers = [plain(line) for key, line in reading_order(finished.handout) if key == "covers"][1:]
    half = (len(covers) + 1) // 2
    stretches = printed(finished.data)[1].stretches
    first, second = (next(s for s in stretches if s.words.strip() == covers[i]) for i in (0, half))

    assert abs(first.head - second.head) < INK_PT
    assert second.left > first.right
    with pikepdf.open(io.BytesIO(finished.data)) as pdf:
        lists = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/L"]
    assert len(covers) in [len(thing.K) for thing in lists]


@pytest.mark.parametrize("paper", list(Paper))
def test_the_main_message_begins_on_the_first_page_of_large_print(paper: Paper) -> None:
    """The first page of a long language is half empty, and what matters most is on its back."""
    edition = Edition(Audience.CARRIER, paper, DAY, Size.LARGE)
    finished = pipeline.make(Project(), SHIPPED, "ar", edition, draft=True)
    (heading,) = (plain(line) for key, line in reading_order(finished.handout) if key == "main-carrier.heading")

    assert any(s.words.strip() == heading for s in printed(finished.data)[0].stretches)


def test_the_four_children_stand_two_by_two_in_large_print() -> None:
    """Four large labels in a row are four columns of broken words."""
    family = next(p for p in pages("en", Paper.A4) if any(s.words.strip() == "A son who has the" for s in p.stretches))
    tops = {s.words.strip(): s.head for s in family.stretches if s.words.startswith(("A son", "A daughter"))}

    assert len({round(top) for top in tops.values()}) == 2


def test_a_handout_says_on_its_first_page_that_it_is_in_large_print() -> None:
    """Staff can't tell the two piles on the desk apart."""
    tree = made("en", Paper.A4).handout
    front = [(key, plain(line)) for key, line in reading_order(tree)][:4]
    standard = pipeline.worded(Project(), SHIPPED, "en", Edition(Audience.FAMILY, Paper.A4, DAY), draft=False)[0]

    assert front[:3] == [("audience", "For families"), ("size", "Large print"), ("language", "Language: English")]
    assert "size" not in [key for key, _ in reading_order(standard)]
    assert tree.edition != standard.edition


@pytest.mark.parametrize(
    ("tag", "size_pt"), [("en", 18), ("es", 18), ("ru", 18), ("ar", 19.9), ("hi", 18.6), ("ur", 18)]
)
def test_large_letters_are_as_large_in_every_script(tag: str, size_pt: float) -> None:
    """Eighteen points of one script are fourteen of another."""
    assert language(tag).large_size_pt == size_pt
