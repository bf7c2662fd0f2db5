"""The page of the translators' preview. It says the words that it is given, in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.render.page import fill
from handouts.render.saying import Run, said_plainly, saying

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.model.spoken import Spoken
    from handouts.render.page import Templates


def render_preview(templates: Templates, part: str, values: Mapping[str, object], ui: Spoken) -> str:
    """A part of the page, in the words of `ui`: `page`, or the `strings` or `pages` alone.

    Raises `HandoutsError` when a template is wrong, with its line.
    """

    def run(text: str) -> Run:
        return Run(text, ui.tag)

    def plain(key: str, **places: Run) -> str:
        return said_plainly(ui.words[key], places, ui.tag)

    own = {"ui": ui, "say": saying(ui.words), "plain": plain, "raw": ui.words, "run": run}
    return fill(f"preview/{part}.html.jinja", templates, **values, **own)
