"""The page on which staff find a handout and print it. It says the words that it is given, in one language.

Names in other languages stand in runs of their own, each with its language and direction.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markupsafe import Markup

from handouts.languages import language
from handouts.model.artifacts import Html
from handouts.render.page import fill
from handouts.render.saying import Run, as_markup, saying
from handouts.render.square_code import square_code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.languages import Language
    from handouts.render.page import Templates

STATIC = {
    "page.css": "text/css; charset=utf-8",
    "fonts.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
}
"""The page's own files, with their media types."""

OURS = "Handouts"
"""Before the name of a font of ours, so that it is not taken for one that the computer has."""
REGULAR, BOLD = 400, 700
LATIN_PT = 14.0
ROOMY = 1.65
"""The leading from which letters stand too close on a page that is set for Latin."""
_SYSTEM_FONTS = {
    "Hans": ("Microsoft YaHei", "PingFang SC"),
    "Hant": ("Microsoft JhengHei", "PingFang TC"),
    "Kore": ("Malgun Gothic", "Apple SD Gothic Neo"),
    "Jpan": ("Yu Gothic", "Hiragino Sans"),
}
"""What computers have themselves for scripts whose fonts are megabytes."""


@dataclass(frozen=True, slots=True)
class Way:
    """A link: where it leads, and what it says. `current` is where one is."""

    address: str
    told: Run
    current: bool = False


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """A condition to choose; `called` is another name by which it was found, `english` its English name."""

    address: str
    told: Run
    english: Run | None
    called: Run | None
    gene: str


@dataclass(frozen=True, slots=True)
class ConditionStep:
    """The first step: what was typed, what was found, and in all. `near` are names that look like what was typed."""

    words: str
    rows: tuple[ConditionRow, ...]
    total: str
    near: tuple[Way, ...]
    all_of_them: str
    broken: tuple[str, ...]
    hidden: tuple[tuple[str, str], ...]
    more: bool = False

    @property
    def none(self) -> bool:
        """Whether something was looked for and not found."""
        return bool(self.words) and not self.rows


@dataclass(frozen=True, slots=True)
class LanguageRow:
    """A language to choose, by its own name and in the language of staff; `stage` is the key of a word."""

    address: str
    own: Run
    name: str
    stage: str
    refused: bool


@dataclass(frozen=True, slots=True)
class LanguageStep:
    """The second step. `absent` names the language that was asked for and is not there; `others` are more of them."""

    words: str
    rows: tuple[LanguageRow, ...]
    total: str
    absent: tuple[Run, str] | None
    others: tuple[tuple[Run, str], ...]
    all_of_them: str
    hidden: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a finished step chose, in up to two names, and where to choose again."""

    told: Run
    also: Run | None
    change: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values of an option."""

    value: str
    told: Run
    chosen: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """The third step: whom it is for, and the options by name. An option with one value is not shown."""

    audiences: tuple[Choice, ...]
    options: Mapping[str, tuple[Choice, ...]]
    hidden: tuple[tuple[str, str], ...]
    opened: bool


@dataclass(frozen=True, slots=True)
class Ready:
    """The handout that was chosen. `refusal` is the key of the words that say why it is not given out, if it is not.

    `stage` is the key of the words that say how far it is; `web` is the whole address of the web page, None where only
    this computer could open it.
    """

    title: Run | None
    staff_title: Run | None
    own: Run
    name: str
    stage: str
    on_page: bool
    review: str
    review_by: str
    refusal: str | None
    refused_about: str
    pdf: str
    download: str
    html: str
    txt: str | None
    picture: str
    size_px: tuple[int, int]
    web: str | None


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong, as the key of its words, and where to try again."""

    what: str
    again: str | None


@dataclass(frozen=True, slots=True)
class Clinic:
    """The whole page: its language, its words by key, and the step that staff are at."""

    tag: str
    words: Mapping[str, str]
    draft: bool
    uis: tuple[Way, ...]
    start: str
    condition: Chosen | ConditionStep | None = None
    language: Chosen | LanguageStep | None = None
    choices: Choices | None = None
    ready: Ready | None = None
    trouble: Trouble | None = None
    empty: bool = False
    remembered: Mapping[str, str] = field(default_factory=dict)


def render_clinic(page: Clinic, templates: Templates, versions: Mapping[str, str]) -> Html:
    """The page as HTML; `versions` are those of its own files by name.

    Raises `HandoutsError` when a template is wrong, with its line.
    """
    spoken = language(page.tag)
    markup = fill(
        "web/page.html.jinja",
        templates,
        page=page,
        spoken=spoken,
        say=saying(page.words),
        raw=page.words,
        run=as_markup,
        kind=lambda value: type(value).__name__,
        code=lambda address: Markup(square_code(address).svg),  # noqa: S704  our own drawing
        versions=versions,
    )
    return Html(markup)


def render_found(found: object, tag: str, words: Mapping[str, str], templates: Templates) -> Html:
    """The page that tells a health record which handouts were `found`, in `words` of the language `tag`."""
    spoken = language(tag)
    markup = fill(
        "web/infobutton.html.jinja",
        templates,
        feed=found,
        spoken=spoken,
        say=saying(words),
        raw=words,
        language=language,
        run=Run,
    )
    return Html(markup)


def fonts_css(tags: tuple[str, ...]) -> str:
    """The fonts that we ship, for the names of languages: a computer that has its own for a script takes those."""
    spoken = [language(tag) for tag in tags]
    families = sorted({each.font_families[0] for each in spoken})
    faces = (
        f'@font-face {{ font-family: "{OURS} {family}"; font-weight: {weight}; font-display: swap; '
        f'src: local("{family}{" Bold" * (weight == BOLD)}"), '
        f'url("/static/fonts/{font_file(family, weight)}") format("truetype"); }}'
        for family in families
        for weight in (REGULAR, BOLD)
    )
    rules = (_font_rule(each) for each in spoken)
    return "\n".join((*faces, *rules)) + "\n"


def font_file(family: str, weight: int) -> str:
    """The name of the file of a font that we ship."""
    return f"{family.replace(' ', '')}-{'Bold' if weight == BOLD else 'Regular'}.ttf"


def _font_rule(spoken: Language) -> str:
    family = spoken.font_families[0]
    latin = ("Noto Sans", f"{OURS} Noto Sans")
    own = (family, *_SYSTEM_FONTS.get(spoken.script, ()), f"{OURS} {family}")
    names = (*latin, *own) if spoken.script == "Arab" else (*own, *latin)  # fonts for Arabic bring a Latin with serifs
    stack = ", ".join(f'"{name}"' for name in dict.fromkeys(names))
    leading = f" line-height: {spoken.leading};" if spoken.leading > ROOMY else ""
    rules = [f":lang({spoken.tag}) {{ font-family: {stack}, system-ui, sans-serif;{leading} }}"]
    if spoken.body_size_pt != LATIN_PT:  # in print, too, such letters are larger than Latin beside them
        share = round(spoken.body_size_pt / LATIN_PT, 3)
        rules.append(f"html:lang({spoken.tag}) {{ font-size: {share:.1%}; }}")
        rules.append(f"html:not(:lang({spoken.tag})) bdi:lang({spoken.tag}) {{ font-size: {share}em; }}")
    return "\n".join(rules)


def static_files(templates: Templates, tags: tuple[str, ...]) -> Mapping[str, str]:
    """The text of each of the page's own files, by name; `tags` are the languages whose names it shows."""
    files = dict(templates.files)
    return {**{name: files[f"web/{name}"] for name in ("page.css", "page.js")}, "fonts.css": fonts_css(tags)}


def version_of(text: str) -> str:
    """A short digest of one of the page's own files, so that a browser may keep it."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]
