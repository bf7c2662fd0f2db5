from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from handouts.languages import language
from handouts.model.document import Section, Steps, Text
from handouts.render import plain_text
from handouts.verify import verify_text
from tests.render.test_page import EVERY

if TYPE_CHECKING:
    from tests.conftest import Localized


@pytest.mark.parametrize(("tag", "audience"), EVERY)
def test_the_text_says_every_line_in_order(handout: Localized, tag: str, audience: str) -> None:
    """A braille reader gets a handout with a hole in it."""
    tree = handout(tag, audience)

    report = verify_text(plain_text(tree, language(tag).digits), tree)

    assert [(finding.check, finding.outcome) for finding in report.findings] == [("words-heard", "PASSED")]


def test_left_to_right_runs_are_set_apart_in_a_right_to_left_text(handout: Localized) -> None:
    """A telephone number turns round, and a family calls a stranger."""
    text = plain_text(handout("ar", "family"), language("ar").digits).text

    assert "\u20661-800-296-4433\u2069" in text
    assert "\u2066CD40LG\u2069" in text
    assert text.count("\u2066") == text.count("\u2069")
    english = plain_text(handout("en", "family"), language("en").digits).text
    assert not set(english) & {"\u2066", "\u2067", "\u2069"}


def test_steps_are_counted_in_the_digits_of_the_language(handout: Localized) -> None:
    """A list that counts in somebody else's digits."""
    steps = Steps("s", (Text("Lead", "fa", "rtl"),), ((Text("one", "fa", "rtl"),), (Text("two", "fa", "rtl"),)))
    tree = replace(handout("ar", "family"), sections=(Section("s", "text", (Text("Head", "fa", "rtl"),), (steps,)),))

    lines = plain_text(tree, language("fa").digits).text.splitlines()

    assert "۱. one" in lines
    assert "۲. two" in lines


def test_no_line_is_drawn_with_signs(handout: Localized) -> None:
    """A screen reader says "underline" forty times over."""
    for line in plain_text(handout("en", "family"), language("en").digits).text.splitlines():
        assert not line.strip() or any(character.isalnum() for character in line)


def test_each_source_is_a_line_of_whole_sentences(handout: Localized) -> None:
    """A voice runs the publisher and the address into one, and a braille line ends in a cell that holds nothing."""
    lines = plain_text(handout("en", "family"), language("en").digits).text.splitlines()
    sources = [line for line in lines if "We read it on" in line]

    assert len(sources) > 15
    assert [line for line in lines if line != line.rstrip()] == []
    assert [line for line in sources if not line.partition(" http")[0].endswith(".")] == []
