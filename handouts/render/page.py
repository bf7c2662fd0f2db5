"""The one place where Jinja runs: strict about undefined names, escaping everything."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from jinja2 import DictLoader, Environment, StrictUndefined, TemplateError, TemplateSyntaxError
from markupsafe import Markup

from handouts.languages import language
from handouts.model.artifacts import Html
from handouts.model.document import (
    Block,
    Bullets,
    Chances,
    Citations,
    Contacts,
    FillIn,
    Line,
    LocalizedHandout,
    Paragraph,
    Questions,
    Steps,
    Terms,
)
from handouts.problems import HandoutsError, Location, Problem

if TYPE_CHECKING:
    from handouts.model.edition import Paper

DOCUMENT = "handout.html.jinja"


@dataclass(frozen=True, slots=True)
class Templates:
    """The template files by name, as (name, text) pairs so that they can be hashed."""

    files: tuple[tuple[str, str], ...]


def render(handout: LocalizedHandout, templates: Templates, paper: Paper) -> Html:
    """The page of `handout` for `paper`. Raises `HandoutsError` when a template is wrong, with its line."""
    spoken = language(handout.language)
    try:
        markup = (
            _environment(templates)
            .get_template(DOCUMENT)
            .render(
                handout=handout,
                spoken=spoken,
                paper=paper.value,
                font_families=", ".join(f'"{name}"' for name in spoken.font_families),
            )
        )
    except TemplateSyntaxError as error:
        where = Location(f"templates/{error.name}", error.lineno)
        raise HandoutsError(Problem("template", f"template syntax: {error.message}", where)) from None
    except TemplateError as error:
        where = Location(f"templates/{DOCUMENT}")
        raise HandoutsError(Problem("template", f"the template can't be filled: {error}", where)) from None
    return Html(markup)


@lru_cache(maxsize=4)
def _environment(templates: Templates) -> Environment:
    files = dict(templates.files)
    environment = Environment(
        loader=DictLoader(files),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["asset"] = lambda name: _data_url(files[name])
    environment.globals["css"] = lambda name: Markup(files[name])  # noqa: S704  our own file, no outside words
    environment.filters["plain"] = _plain
    environment.filters["template"] = _template_of
    return environment


def _plain(line: Line) -> str:
    return "".join(text.value for text in line)


def _data_url(svg: str) -> Markup:
    """A packaged drawing as a data URL, so that the page needs nothing from outside."""
    return Markup("data:image/svg+xml;base64,") + base64.b64encode(svg.encode()).decode()


def _template_of(block: Block) -> str:
    """The file that draws this kind of block."""
    match block:
        case Paragraph():
            name = "paragraph"
        case Bullets():
            name = "bullets"
        case Steps():
            name = "steps"
        case FillIn():
            name = "fill-in"
        case Questions():
            name = "questions"
        case Chances():
            name = "chances"
        case Terms():
            name = "terms"
        case Contacts():
            name = "contacts"
        case Citations():
            name = "citations"
    return f"blocks/{name}.html.jinja"
