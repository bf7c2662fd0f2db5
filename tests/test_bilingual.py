"""A copy in two languages as it is printed: heard as written, nothing cut, and what is for staff set apart."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from handouts import pipeline
from handouts.model.edition import Audience, Edition, Format, Paper, Size
from handouts.problems import HandoutsError, UsageError
from handouts.project import Project, opened
from tests.commands import CATALOG, CONDITION, SHIPPED, SPANISH, lay
from tests.conftest import DAY
from tests.printed import printed
from tests.typeset.pages import outline

EVERY = [
    ("en", "es", Paper.A4, Size.STANDARD),
    ("es", "en", Paper.A4, Size.STANDARD),
    ("ar", "en", Paper.A4, Size.STANDARD),
    ("en", "ar", Paper.LETTER, Size.STANDARD),
    ("es", "ar", Paper.LETTER, Size.STANDARD),
    ("en", "es", Paper.A4, Size.LARGE),
    ("ar", "en", Paper.LETTER, Size.LARGE),
]
REF = Path(__file__).parent / "ref" / "tags-bilingual.txt"


@cache
def made(first: str, second: str, paper: Paper = Paper.A4, size: Size = Size.STANDARD) -> pipeline.Made:
    edition = Edition(Audience.FAMILY, paper, DAY, size, second=second)
    return pipeline.make(Project(), SHIPPED, first, edition, draft=True)


@pytest.mark.parametrize(("first", "second", "paper", "size"), EVERY)
def test_a_copy_in_two_languages_is_heard_as_written(first: str, second: str, paper: Paper, size: Size) -> None:
    """A listener hears the staff's language in the voice of the other."""
    done = made(first, second, paper, size)

    assert done.report.outcome == "PASSED"
    assert done.problems == ()


@pytest.mark.parametrize(("first", "second", "paper", "size"), EVERY)
def test_nothing_in_two_languages_is_cut_or_covered(first: str, second: str, paper: Paper, size: Size) -> None:
    """A number that hangs out into the margin may hang over other words, or off the sheet."""
    for page in printed(made(first, second, paper, size).data):
        assert page.covered() == []
        assert min(s.foot for s in page.stretches) > 12
        assert max(s.head for s in page.stretches) < page.height_pt - 12
        assert min(s.left for s in page.stretches) > 36
        assert max(s.right for s in page.stretches) < page.width_pt - 36


def test_what_is_for_staff_is_smaller_and_never_smaller_than_eleven_points() -> None:
    """Two texts of one size are two texts of one rank: the reader's own is lost among them."""
    sizes = set().union(*(page.sizes_pt for page in printed(made("es", "en").data)))
    large = set().union(*(page.sizes_pt for page in printed(made("en", "es", Paper.A4, Size.LARGE).data)))

    assert {11, 14} <= sizes
    assert min(sizes) == 11
    assert {14.1, 18} <= large
    assert min(large) == 14.1


def test_the_tags_of_a_copy_in_two_languages_are_those_that_were_read(
    tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """A change of the tags that nobody looked at is heard by everybody."""
    project = opened(lay(tmp_path, {"conditions/small-condition.yaml": CONDITION, CATALOG: SPANISH}))
    edition = Edition(Audience.FAMILY, Paper.A4, DAY, second="en")
    tree = outline(pipeline.make(project, "small-condition", "es", edition, draft=True).data)
    if pytestconfig.getoption("--update-refs"):
        REF.write_text(tree, encoding="utf-8")

    assert tree == REF.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", [Format.HTML, Format.TXT])
@pytest.mark.parametrize(("first", "second"), [("es", "en"), ("ar", "en"), ("en", "ar")])
def test_other_kinds_of_file_say_both_languages_too(first: str, second: str, kind: Format) -> None:
    """The nurse's screen shows one language, and her paper two."""
    edition = Edition(Audience.CARRIER, Paper.A4, DAY, second=second)

    done = pipeline.make(Project(), SHIPPED, first, edition, kind, draft=True)

    assert [f for f in done.report.findings if f.outcome != "PASSED"] == []


@pytest.mark.parametrize(("first", "second"), [("en", "es"), ("es", "en"), ("ar", "es")])
def test_a_draft_of_either_language_is_refused_unless_it_is_asked_for(first: str, second: str) -> None:
    """A checked language on the page lends its trust to the one beside it."""
    edition = Edition(Audience.FAMILY, Paper.A4, DAY, second=second)

    with pytest.raises(HandoutsError) as error:
        pipeline.worded(Project(), SHIPPED, first, edition, draft=False)

    drafts = [tag for tag in (first, second) if tag != "en"]
    assert [p.code for p in error.value.problems] == ["draft-refused"] * len(drafts)
    assert [f"the {tag} translation" in p.message for p, tag in zip(error.value.problems, drafts, strict=True)]


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ("en", "en", "options-conflict"),
        ("es", "ES", "options-conflict"),
        ("en", "xx-nothing", "unknown-language"),
        ("en", "cy", "unknown-language"),
    ],
)
def test_a_second_language_that_is_none_is_a_wrong_command(first: str, second: str, code: str) -> None:
    """Something near to what was asked for is not what was asked for."""
    edition = Edition(Audience.FAMILY, Paper.A4, DAY, second=second)

    with pytest.raises(UsageError) as error:
        pipeline.worded(Project(), SHIPPED, first, edition, draft=True)

    assert [(p.code, bool(p.hint)) for p in error.value.problems] == [(code, True)]
