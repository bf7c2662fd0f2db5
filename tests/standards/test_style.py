from __future__ import annotations

import base64

import pytest

from handouts.standards.style import colours_in, contrast, declarations, drawings_of, sheet_of, written


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),  # the most that there is
        ("#777777", "#ffffff", 4.48),  # the grey that just misses 4.5:1, as WCAG's own examples have it
        ("#767676", "#fff", 4.54),  # and the one that just reaches it
        ("#595959", "#ffffff", 7.0),  # the grey that just reaches 7:1
        ("#ffffff", "#ffffff", 1.0),
    ],
)
def test_contrast_is_what_wcag_computes(one: str, other: str, ratio: float) -> None:
    """Letters that a person with low vision can't tell from the paper."""
    (a,), (b,) = colours_in(one), colours_in(other)

    assert contrast(a, b) == contrast(b, a) == pytest.approx(ratio, abs=0.01)


def test_declarations_are_found_in_inner_rules_and_with_their_custom_properties() -> None:
    """A brand's colour stands behind a name; what is printed is the colour."""
    found = declarations(
        """
        :root { --ink: #123456; --line: var(--ink) }
        /* .gone { color: #ffffff } */
        @page { margin: 1cm; @bottom-center { color: var(--line) } size: a4 }
        a, .b { border: 1pt solid var(--none, #abc); background: url("data:x;y{z}") }
        """
    )

    assert [(d.selector, d.name, d.value) for d in found if not d.name.startswith("--")] == [
        ("@bottom-center", "color", "#123456"),
        ("@page", "margin", "1cm"),
        ("@page", "size", "a4"),
        ("a, .b", "border", "1pt solid #abc"),
        ("a, .b", "background", ""),
    ]


def test_a_page_gives_its_sheets_and_its_drawings_by_selector() -> None:
    """A drawing that is not looked at is not known to be seen."""
    svg = base64.b64encode(b"<svg/>").decode()
    page = f"<style>.a{{}}</style><style>.b {{ background-image: url(data:image/svg+xml;base64,{svg}) }}</style>"
    page += f'<p style="x"><img src="data:image/svg+xml;base64,{svg}">'

    assert sheet_of(page).startswith(".a{}")
    assert drawings_of(page) == {".b": "<svg/>", "picture 2": "<svg/>"}


def test_colours_are_written_as_they_were_read() -> None:
    """A person must find the colour in the stylesheet."""
    assert [written(c) for c in colours_in("1pt solid #14507d, #abc")] == ["#14507d", "#aabbcc"]
