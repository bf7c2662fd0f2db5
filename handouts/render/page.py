"""The one place where Jinja runs: strict about undefined names, escaping everything."""

from __future__ import annotations

import base64
import math
import traceback
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from markupsafe import Markup

from handouts.languages import Language, language
from handouts.model.artifacts import Html
from handouts.model.brand import Colours, Picture
from handouts.model.document import (
    Block,
    Bullets,
    Chances,
    Citations,
    Contacts,
    FillIn,
    IconArray,
    Line,
    LocalizedHandout,
    Paragraph,
    Questions,
    Steps,
    Table,
    Terms,
    WebCode,
)
from handouts.model.edition import Size
from handouts.model.reading import unmarked
from handouts.problems import HandoutsError, Location, Problem
from handouts.render.square_code import square_code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.model.edition import Paper

FOLDER = "templates/"
PRINT = "handout.html.jinja"
WEB = "web.html.jinja"
PROOF = "proof.html.jinja"
WEB_PROOF = "web-proof.html.jinja"


FINE = 0.786
"""How large small print is, as a share of the body; css/handout.css."""

STAFF = 11 / 14
"""How large a bilingual copy's words for staff are, as a share of the body: 11 points in Latin, 14 in large print."""


@dataclass(frozen=True, slots=True)
class Templates:
    """The template files by name, as (name, text) pairs so that they can be hashed."""

    files: tuple[tuple[str, str], ...]


def render(handout: LocalizedHandout, templates: Templates, paper: Paper, *, spare_pt: float | None = None) -> Html:
    """The page of `handout` for `paper`. Raises `HandoutsError` when a template is wrong, with its line.

    With `spare_pt`, a sheet of questions is set on one page, and its questions share these points as room to write;
    without, it takes the pages that it needs.
    """
    questions = sum(len(b.items) for s in handout.sections for b in s.blocks if isinstance(b, Questions))
    shared = spare_pt if spare_pt is None else math.floor(100 * spare_pt / max(1, questions)) / 100
    return _filled(PRINT, handout, templates, paper, spare_pt=shared)


def render_web(handout: LocalizedHandout, templates: Templates, paper: Paper) -> Html:
    """`handout` as one web page for a browser, with the words and the order of print.

    It asks for nothing from outside and runs nothing; `paper` is for those who print it.

    Raises `HandoutsError` when a template is wrong, with its line.
    """
    return _filled(WEB, handout, templates, paper)


def render_proof(handout: LocalizedHandout, templates: Templates, paper: Paper, states: Mapping[str, str]) -> Html:
    """The page of `handout` with an outline around each message of `states` (domain:key to state), for translators."""
    return _filled(PROOF, handout, templates, paper, states)


def render_web_proof(handout: LocalizedHandout, templates: Templates, paper: Paper, states: Mapping[str, str]) -> Html:
    """The same as one web page, in which each message names its key."""
    return _filled(WEB_PROOF, handout, templates, paper, states)


def render_marked(handout: LocalizedHandout, templates: Templates, paper: Paper, states: Mapping[str, str]) -> Html:
    """The page of `handout` as it prints, in which each message of `states` names its key and nothing shows it."""
    return _filled(PRINT, handout, templates, paper, states)


def _filled(
    name: str,
    handout: LocalizedHandout,
    templates: Templates,
    paper: Paper,
    states: Mapping[str, str] = MappingProxyType({}),
    *,
    spare_pt: float | None = None,
) -> Html:
    spoken = language(handout.language)
    staff = language(handout.staff.language) if handout.staff is not None else spoken
    large = handout.size == Size.LARGE
    markup = fill(
        name,
        templates,
        handout=handout,
        states=states,
        spoken=spoken,
        paper=paper.value,
        colours=handout.giver.colours if handout.giver is not None else Colours(),
        staff=staff,
        spare_pt=spare_pt,
        halved=name in {PRINT, PROOF} and handout.staff is None and not large,
        margins_pt=_margins_pt(handout, spoken, max(spoken.small_leading, staff.small_leading)),
        body_size_pt=spoken.large_size_pt if large else spoken.body_size_pt,
        staff_size_pt=round((staff.large_size_pt if large else staff.body_size_pt) * STAFF, 1),
        font_families=_families(spoken),
        staff_families=_families(staff),
        notices="\n".join(_plain(notice) for notice in handout.notices),
    )
    return Html(markup)


def fill(name: str, templates: Templates, **values: object) -> str:
    """The template called `name` with `values`. Raises `HandoutsError` when a template is wrong, with its line."""
    try:
        return _environment(templates).get_template(name).render(**values)
    except TemplateSyntaxError as error:
        where = Location(f"{FOLDER}{error.name}", error.lineno)
        raise HandoutsError(Problem("template", f"template syntax: {error.message}", where)) from None
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
        raise HandoutsError(Problem("template", _why(error), _where(error, name))) from None


@lru_cache(maxsize=4)
def _environment(templates: Templates) -> Environment:
    files = dict(templates.files)

    def file(name: str) -> str:
        if name not in files:
            raise TemplateNotFound(name)
        return files[name]

    environment = Environment(
        loader=FunctionLoader(lambda name: (file(name), f"{FOLDER}{name}", None)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["asset"] = lambda name, colours=None: _data_url(_coloured(file(name), colours))
    environment.globals["css"] = lambda name: Markup(file(name))  # noqa: S704  our own file, no outside words
    environment.filters["unmarked"] = unmarked
    environment.filters["plain"] = _plain
    environment.filters["messages"] = _messages
    environment.filters["css_string"] = _css_string
    environment.filters["data_url"] = _data_url
    environment.filters["picture_url"] = _picture_url
    environment.filters["square_code"] = square_code
    environment.filters["template"] = _template_of
    return environment


def _why(error: Exception) -> str:
    if isinstance(error, TemplateNotFound):
        return f"there is no template file called '{error.name}'"
    return f"the template can't be filled: {error}"


def _where(error: Exception, name: str) -> Location:
    """The innermost place in our templates that the traceback leads through."""
    frames = traceback.extract_tb(error.__traceback__)
    inner = [frame for frame in frames if frame.filename.startswith(FOLDER)]
    return Location(inner[-1].filename, inner[-1].lineno) if inner else Location(f"{FOLDER}{name}")


def _margins_pt(handout: LocalizedHandout, spoken: Language, leading: float) -> tuple[float, float]:
    """The margins over and under the text, in points: more than the least where notices and foot need it.

    How many lines the notices take is guessed from their letters, rather too many than too few; the foot has two lines,
    in large print three, and one more where a name is long.
    """
    large = handout.size == Size.LARGE
    size = spoken.large_size_pt if large else spoken.body_size_pt * FINE
    letters, clear, rows = (50, 46, 4) if large else (78, 32, 2)
    least = (72.0, 130.4) if large else (62.4, 73.7)  # an inch, and 46 mm for the large foot; 22 and 26 mm
    widths = (sum(2 if east_asian_width(c) in "WF" else 1 for c in _plain(notice)) for notice in handout.notices)
    lines = sum(-(-width // letters) for width in widths)
    needed = (clear + lines * leading * size, 42 + rows * spoken.small_leading * size)
    top, bottom = map(max, least, needed)
    return round(top, 1), round(bottom, 1)


def _families(spoken: Language) -> str:
    return ", ".join(f'"{family}"' for family in spoken.font_families)


def _plain(line: Line) -> str:
    return "".join(text.value for text in line)


def _messages(line: Line) -> tuple[tuple[str | None, Line], ...]:
    """The runs of `line` by the message that they come from."""
    return tuple((said, tuple(texts)) for said, texts in groupby(line, key=lambda text: text.said))


def _css_string(words: str) -> Markup:
    """`words` as a string of a style sheet: every sign that is no letter or digit by its number, so none can end it."""
    signs = (c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in words)
    return Markup('"' + "".join(signs) + '"')  # noqa: S704  letters, digits, spaces and our own escapes


def _coloured(svg: str, colours: Colours | None) -> str:
    """A drawing of ours in the page's colours; its own are those of a page without a brand."""
    if colours is None:
        return svg
    plain = Colours()
    return svg.replace(plain.title, colours.title).replace(plain.accent, colours.accent)


def _data_url(svg: str) -> Markup:
    """A packaged drawing as a data URL, so that the page needs nothing from outside."""
    return Markup("data:image/svg+xml;base64,") + base64.b64encode(svg.encode()).decode()


def _picture_url(picture: Picture) -> Markup:
    """A picture that was checked, as a data URL."""
    return Markup("data:{};base64,{}").format(picture.kind, base64.b64encode(picture.data).decode())


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
        case IconArray():
            name = "icon-array"
        case Terms():
            name = "terms"
        case Contacts():
            name = "contacts"
        case Citations():
            name = "citations"
        case WebCode():
            name = "web-code"
        case Table():
            name = "table"
    return f"blocks/{name}.html.jinja"
