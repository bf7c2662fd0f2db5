from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from handouts.model.document import Text
from handouts.model.edition import Paper
from handouts.render import render, render_web
from handouts.verify import verify_page
from tests.render.test_page import EVERY, Page, letters

if TYPE_CHECKING:
    from handouts.render import Templates
    from tests.conftest import Localized


@pytest.mark.parametrize(("tag", "audience"), EVERY)
def test_the_web_page_passes_each_check(handout: Localized, templates: Templates, tag: str, audience: str) -> None:
    """A family that opens the web page gets other words than the one that holds the paper."""
    tree = handout(tag, audience)

    report = verify_page(render_web(tree, templates, Paper.A4), tree)

    assert {finding.check: finding.outcome for finding in report.findings} == dict.fromkeys(
        ("words-heard", "languages-heard", "web-document", "web-headings", "web-self-contained", "web-jumps"), "PASSED"
    )


def test_the_web_page_says_the_words_of_the_printed_page(handout: Localized, templates: Templates) -> None:
    """A nurse on the phone and a family at a screen read different sentences."""
    tree = handout("ar", "family")

    printed = Page(render(tree, templates, Paper.A4).markup).text("main")
    shown = Page(render_web(tree, templates, Paper.A4).markup).text("main")

    assert letters(shown) == letters(printed)


def test_the_web_page_forbids_itself_everything_but_its_own_style_and_drawings(
    handout: Localized, templates: Templates
) -> None:
    """A page about a child's illness that talks to somebody else's server."""
    page = Page(render_web(handout("en", "family"), templates, Paper.A4).markup)

    policies = [
        attrs["content"] or "" for tag, attrs in page.tags if attrs.get("http-equiv") == "Content-Security-Policy"
    ]

    assert len(policies) == 1
    assert policies[0].startswith("default-src 'none'; ")
    assert not [attrs for tag, attrs in page.tags if tag == "script" or any(name.startswith("on") for name in attrs)]


@pytest.mark.parametrize("words", ['"; } body { display: none } "', "\\", "a\nb", "</style><script>", "١٢ ٪ ”"])
def test_no_notice_can_end_the_style_sheet_it_is_printed_by(
    handout: Localized, templates: Templates, words: str
) -> None:
    """A quote in a translated notice would rewrite the page's style, or begin a script."""
    tree = replace(handout("en", "family"), notices=((Text(words, "en", "ltr"),),))

    markup = render_web(tree, templates, Paper.A4).markup

    (shown,) = re.findall(r'@top-center \{ content: "([^"]*)"; font', markup)
    assert _unescaped(shown) == words
    assert "<script" not in markup


def _unescaped(words: str) -> str:
    """What a browser makes of a string in a style sheet: CSS Syntax 3, consume an escaped code point."""
    return re.sub(r"\\([0-9a-f]{1,6}) ", lambda match: chr(int(match[1], 16)), words)


def test_a_way_past_the_top_comes_first(handout: Localized, templates: Templates) -> None:
    """Whoever uses the keyboard would step through the top of each page again and again."""
    page = Page(render_web(handout("es", "carrier"), templates, Paper.A4).markup)

    first = next((attrs for tag, attrs in page.tags if tag == "a"))

    assert first == {"class": "skip", "href": "#_text"}
    assert any(attrs.get("id") == "_text" for tag, attrs in page.tags if tag == "main")
