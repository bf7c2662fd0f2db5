from __future__ import annotations

import pytest

from tests.typeset.pages import DOT, made, page, tree, words

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"{}>{}</svg>'
CIRCLE = "<circle r='3'/>"
CAPTION = "<figcaption>Below it</figcaption>"
IMG = f'<img src="{DOT}" alt="A dot">'


@pytest.mark.parametrize(
    "picture",
    [
        IMG,
        f'<img src="{DOT}" aria-label="A dot">',
        SVG.format("", "<title>A dot</title>" + CIRCLE),
        SVG.format(' aria-label="A dot"', CIRCLE),
        SVG.format("", "<title>A dot</title><text y='8' font-family='Noto Sans'>letters</text>"),
        f"<figure>{IMG}</figure>",
        f"<figure><div><!-- a remark --> {IMG} </div></figure>",
        f'<figure aria-label="A dot">{SVG.format("", CIRCLE)}</figure>',
    ],
)
def test_a_picture_says_its_alternative_once(picture: str) -> None:
    """A chart is silence, or is described twice."""
    assert words(made(page(picture))) == ["A dot"]


def test_a_figure_is_its_picture_and_its_caption() -> None:
    """The caption is heard in another place than what it is about, or in the place of it."""
    assert tree(f"<figure>{IMG}{CAPTION}</figure>") == ['Figure alt="A dot"', "  Caption", '    Span "Below it"']
    assert tree(f"<figure>{CAPTION}{IMG}</figure>") == ['Figure alt="A dot"', "  Caption", '    Span "Below it"']
    assert words(made(page(f"<figure>{IMG}{CAPTION}</figure>"))) == ["A dot", "Below it"]


@pytest.mark.parametrize(
    ("inside", "heard"),
    [
        ("<p>one</p>", ["one", "Below it"]),
        (f"{IMG}{IMG}", ["A dot", "A dot", "Below it"]),
        (f"{IMG} one", ["A dot", "one", "Below it"]),
        ("<table><tr><th>one</th></tr></table>", ["one", "Below it"]),
        (f'<a href="https://example.org/">{IMG}</a>', ["A dot", "Below it"]),
        (f'<img src="{DOT}" alt="">', ["Below it"]),
        ("", ["Below it"]),
    ],
)
def test_a_figure_that_is_more_or_less_than_one_picture_hides_nothing(inside: str, heard: list[str]) -> None:
    """Only the alternative of a figure is read: a table in one is never heard."""
    body = f"<figure>{inside}{CAPTION}</figure>"

    assert words(made(page(body))) == heard
    assert tree(body)[0] == "Div"


def test_a_picture_without_words_is_a_figure_without_words() -> None:
    """It must be found and mended, not hidden: the checks look for just this."""
    assert tree(f'<img src="{DOT}">') == ["Figure"]


def test_a_picture_in_a_line_stands_between_its_words() -> None:
    """What is shown in the middle of a sentence is told at its end."""
    assert words(made(page(f"<p>one {IMG} two</p>"))) == ["one", "A dot", "two"]
