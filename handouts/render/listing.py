"""The pages about many files at once: what there is, for those who hand it out, and what failed, for those who mend it.

They say only the words that they are given; the one script has its digest in the page's own policy.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from handouts.model.artifacts import Html
from handouts.render.page import fill

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.render.page import Templates

STYLE = "batch/listing.css"
SCRIPT = "batch/filter.js"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: where it lies, its title and whom it is for in its own language, and what staff want to know.

    `also` are words by which it can be found as well.
    """

    address: str
    title: str
    told: str
    facts: str
    also: str


@dataclass(frozen=True, slots=True)
class Group:
    """The files about one condition, under its name in their language."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The files in one language: `own_name` is what its readers call it, `name` what staff do."""

    tag: str
    direction: str
    own_name: str
    name: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that went wrong, what to do about it, and the files that it kept back."""

    what: str
    remedy: str
    names: tuple[str, ...]


def render_index(shelves: tuple[Shelf, ...], words: Mapping[str, str], templates: Templates) -> Html:
    """The page that lists all files, with a box to search in; `words` are those of the staff's language."""
    files = dict(templates.files)
    return Html(
        fill(
            "batch/index.html.jinja",
            templates,
            shelves=shelves,
            words=words,
            style=Markup(files[STYLE]),  # noqa: S704  our own file
            script=Markup(files[SCRIPT]),  # noqa: S704  our own file
            allowed=_allowed(style=files[STYLE], script=files[SCRIPT]),
        )
    )


def render_report(
    parts: tuple[tuple[str, tuple[Trouble, ...]], ...], told: tuple[str, ...], words: Mapping[str, str], t: Templates
) -> Html:
    """The page that tells what became of a run: first the lines `told`, then each part's heading and troubles."""
    style = dict(t.files)[STYLE]
    return Html(
        fill(
            "batch/report.html.jinja",
            t,
            parts=parts,
            told=told,
            words=words,
            style=Markup(style),  # noqa: S704  our own file
            allowed=_allowed(style=style),
        )
    )


def _allowed(**texts: str) -> Markup:
    """The part of a page's policy that allows these texts of ours alone, by their digests: CSP, hash-source."""
    digests = {kind: base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for kind, text in texts.items()}
    return Markup(" ").join(Markup("{}-src 'sha256-{}';").format(kind, digest) for kind, digest in digests.items())
