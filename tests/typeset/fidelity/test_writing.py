from __future__ import annotations

import inspect
import sys
from contextlib import ExitStack
from types import FunctionType
from typing import TYPE_CHECKING

import pytest
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from handouts.typeset.fidelity import guard, written
from handouts.typeset.fidelity.glyph_codes import codes_of_our_own
from handouts.typeset.fidelity.line_ends import line_ends_kept
from handouts.typeset.fidelity.tag_writer import tags_of_our_own
from tests.typeset.pages import made, page, words

if TYPE_CHECKING:
    from collections.abc import Iterator

BODY = '<p>सिर सही</p><a href="https://example.org/">a</a><p style="width: 3em">with reason</p>'


def functions() -> dict[str, object]:
    """Every function of the engine by where it is found: a patch is another function in the same place."""
    return dict(_functions())


def _functions() -> Iterator[tuple[str, object]]:
    for name, module in sorted(sys.modules.items()):
        if name.partition(".")[0] != "weasyprint":
            continue
        for attribute, value in sorted(vars(module).items()):
            if isinstance(value, FunctionType):
                yield f"{name}.{attribute}", value
            elif inspect.isclass(value) and value.__module__ == name:
                yield from ((f"{name}.{attribute}.{key}", inner) for key, inner in sorted(vars(value).items()))


def changed(before: dict[str, object], now: dict[str, object]) -> list[str]:
    return [name for name in before if before[name] is not now.get(name)]


def laid_out(markup: str) -> tuple[HTML, object]:
    html = HTML(string=markup)
    return html, html.render(font_config=FontConfiguration())


def test_each_patch_is_in_place_only_while_it_is_asked_for() -> None:
    """Another page of the same process, made the plain way, would be half patched."""
    html, document = laid_out(page(BODY))
    before = functions()

    for patch in (line_ends_kept(), codes_of_our_own(), tags_of_our_own(document, html.etree_element)):
        with patch:
            assert changed(before, functions())
        assert changed(before, functions()) == []


def test_every_function_that_a_patch_replaces_is_one_that_the_guard_knows() -> None:
    """A function that changes upstream and is patched all the same."""
    html, document = laid_out(page(BODY))
    before = functions()

    with ExitStack() as patches:
        for patch in (line_ends_kept(), codes_of_our_own(), tags_of_our_own(document, html.etree_element)):
            patches.enter_context(patch)
        replaced = [before[name] for name in changed(before, functions())]

    known = {function for function, _ in guard.RELIED_ON}
    assert len(replaced) >= 6
    assert [function for function in replaced if function not in known] == []


def test_a_page_leaves_no_patch_behind() -> None:
    """The next page is patched twice."""
    made(page(""))
    before = functions()

    made(page(BODY))

    assert changed(before, functions()) == []


@pytest.mark.parametrize(
    ("options", "error"), [({"stylesheets": [object()]}, TypeError), ({"pdf_variant": "no such variant"}, KeyError)]
)
def test_a_page_that_can_not_be_made_leaves_no_patch_behind(options: dict[str, object], error: type[Exception]) -> None:
    """One bad page, and every page after it is made wrong."""
    made(page(""))
    before = functions()

    with pytest.raises(error):
        written(HTML(string=page(BODY)), FontConfiguration(), **options)

    assert changed(before, functions()) == []
    markup = page(f"{BODY}<!-- after {sorted(options)} -->", "hi")
    assert words(made(markup)) == ["सिर सही", "a", "with reason"]


@pytest.mark.parametrize("which", [line_ends_kept, codes_of_our_own])
def test_a_patch_goes_when_an_error_comes_through_it(which: object) -> None:
    """An error while a page is laid out leaves the engine half changed."""
    assert callable(which)
    before = functions()

    with pytest.raises(ZeroDivisionError), which():
        raise ZeroDivisionError

    assert changed(before, functions()) == []
