from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handouts.languages import language
from handouts.model.artifacts import Html, PlainText
from handouts.model.edition import Paper
from handouts.render import plain_text, render_web
from handouts.verify import verify_page, verify_text
from tests.conftest import changed

if TYPE_CHECKING:
    from handouts.render import Templates
    from tests.conftest import Localized


@pytest.mark.parametrize(
    ("old", "new", "check"),
    [
        ("Nothing you did caused this.", "Something you did caused this.", "words-heard"),
        ("<p>Nothing you did caused this. No one is to blame.</p>", "", "words-heard"),
        ("</main>", "<p>One more thing.</p></main>", "words-heard"),
        ('alt="Drawing of a row', 'alt="A row', "words-heard"),
        ('<span lang="es"', '<span lang="fr"', "languages-heard"),
        ('<html lang="en" dir="ltr">', '<html lang="en" dir="rtl">', "web-document"),
        ('<html lang="en" dir="ltr">', '<html dir="ltr">', "web-document"),
        ("<title>", "<title></title><template>", "web-document"),
        ("<h2>What it is</h2>", "<h4>What it is</h4>", "web-headings"),
        ("<h2>What it is</h2>", "<h1>What it is</h1>", "web-headings"),
        ("</head>", '<link rel="stylesheet" href="https://example.org/x.css"></head>', "web-self-contained"),
        ("</style>", "p { background: url(https://example.org/x.png) }</style>", "web-self-contained"),
        ("</style>", '@import "https://example.org/x.css";</style>', "web-self-contained"),
        ("</head>", "<script>1</script></head>", "web-self-contained"),
        ("<footer>", '<footer onclick="x()">', "web-self-contained"),
        ("<footer>", '<footer><img src="data:image/svg+xml;base64,AAAA">', "web-self-contained"),
        ('<a href="#what">', '<a href="#whot">', "web-jumps"),
    ],
)
def test_each_fault_of_a_web_page_is_found_by_its_check(
    handout: Localized, templates: Templates, old: str, new: str, check: str
) -> None:
    """A check that finds nothing is a promise that nobody keeps."""
    tree = handout("en", "family")
    markup = render_web(tree, templates, Paper.A4).markup

    report = verify_page(Html(changed(markup, old, new)), tree)

    assert check in [finding.check for finding in report.findings if finding.outcome == "FAILED"]
    assert report.outcome == "FAILED"


@pytest.mark.parametrize(
    "markup", ["", "<p>", "</p></p>", "<main><main>", "<html lang>", "<!-- -", "\x00", "<img alt>"]
)
def test_what_is_hardly_a_page_fails_and_never_breaks(handout: Localized, markup: str) -> None:
    """A traceback tells nobody which file is wrong."""
    assert verify_page(Html(markup), handout("en", "family")).outcome == "FAILED"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Nothing you did caused this.", "Something you did caused this."),
        ("A son who has the condition\t1 in 4", "A son who has the condition\t1 in 2"),
        ("- HIGM1\n", ""),
        ("\u2066", ""),
    ],
)
def test_a_changed_text_is_found(handout: Localized, old: str, new: str) -> None:
    """The one who hears the text has no picture to compare it with."""
    tree = handout("en", "family")
    text = plain_text(tree, language("en").digits).text
    if old == "\u2066":
        old, new = text, ""

    assert verify_text(PlainText(changed(text, old, new)), tree).outcome == "FAILED"
