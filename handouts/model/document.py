"""The localized handout as a tree: what is printed, what is read aloud, and what is verified against.

Every word on the page is in this tree, in reading order. Each run of text knows its language and direction.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime

    from handouts.model.brand import Colours, Picture


@dataclass(frozen=True, slots=True)
class Text:
    """A run of words in one language and direction; `link` is the address it leads to.

    `mark` says that it is a passage's number, which stands beside the same passage in both languages of a copy.
    `said` is the message (domain:key) whose words these are, for those who look after the words; nothing prints it.
    """

    value: str
    language: str
    direction: str
    strong: bool = False
    link: str | None = None
    mark: bool = False
    said: str | None = field(default=None, compare=False)


Line = tuple[Text, ...]
"""A line or paragraph: runs that are read one after the other."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text."""

    key: str
    text: Line


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list whose order does not matter, after an optional lead-in."""

    key: str
    lead: Line
    items: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """A numbered list."""

    key: str
    lead: Line
    items: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class FillIn:
    """Labels with room to write beside each."""

    key: str
    lead: Line
    labels: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Questions:
    """Questions to ask, each with lines to write on, then room for the reader's own."""

    key: str
    items: tuple[Line, ...]
    room: Line


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a family picture: what is drawn (mother, father, son, daughter), and what is said under it."""

    sex: str
    status: str
    label: Line


@dataclass(frozen=True, slots=True)
class Chances:
    """What one pair of parents may pass on: a heading, the parents, the four children, the same in sentences.

    `overall` tells both sides of the picture; `rows` say it again as a small table under the heads `columns`.
    """

    key: str
    heading: Line
    couple: tuple[Person, ...]
    lead: Line
    children: tuple[Person, ...]
    overall: tuple[Line, ...]
    sentences: tuple[Line, ...]
    columns: tuple[Line, Line]
    rows: tuple[tuple[Line, Line], ...]


@dataclass(frozen=True, slots=True)
class IconArray:
    """A row of `total` shapes, `count` of them filled: `alternative` says so to a listener, `sides` in words."""

    key: str
    lead: Line
    count: int
    total: int
    alternative: Line
    sides: tuple[Line, Line]


@dataclass(frozen=True, slots=True)
class Term:
    """A word and what it means."""

    term: Line
    meaning: Line


@dataclass(frozen=True, slots=True)
class Terms:
    """Words explained."""

    key: str
    items: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """An organisation and how to reach it."""

    name: Line
    place: Line
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Contacts:
    """Organisations."""

    key: str
    items: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class Citations:
    """The numbered list of sources."""

    key: str
    lead: Line
    items: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class WebCode:
    """An address as a square code for a phone, what a listener gets for it, and the same address in letters."""

    key: str
    address: str
    alternative: Line
    text: Line


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads; the first cell of a row heads it. A cell holds lines. On proofs alone."""

    key: str
    columns: tuple[Line, ...]
    rows: tuple[tuple[tuple[Line, ...], ...], ...]


Block = (
    Paragraph
    | Bullets
    | Steps
    | FillIn
    | Questions
    | Chances
    | IconArray
    | Terms
    | Contacts
    | Citations
    | WebCode
    | Table
)
"""Every kind of block; each has one template file in templates/blocks/."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; `role` is text, main-message, get-help, questions or back.

    `staff` is the same section in the staff's language, in a bilingual copy.
    """

    key: str
    role: str
    heading: Line
    blocks: tuple[Block, ...]
    sources: Line = ()
    staff: Section | None = None


@dataclass(frozen=True, slots=True)
class Front:
    """What a bilingual copy says before its first section, once more in the staff's language."""

    language: str
    direction: str
    audience_line: Line
    size_line: Line
    place_line: Line
    title: Line
    name: Line
    pair_line: Line
    summary: Line
    contents_heading: Line


@dataclass(frozen=True, slots=True)
class PageFoot:
    """The words at the foot of each page. `of` holds the page number's sentence in pieces.

    A piece is a line of words, or the name of a counter: "page" or "pages".
    """

    title: Line
    of: tuple[Line | str, ...]
    edition: Line
    language: Line


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture, and what a listener gets for it."""

    picture: Picture
    alternative: Line


@dataclass(frozen=True, slots=True)
class Giver:
    """Who gives the handout out: the brand's id, a line and a logo at the head of the first page, and its colours."""

    brand: str
    line: Line
    logo: Logo | None
    colours: Colours


@dataclass(frozen=True, slots=True)
class LocalizedHandout:
    """A whole handout in one language for one audience, in one edition.

    `size`, `kind`, `second` and `place` are those of the edition. `size_line` says on the first page that it is in
    large print, `place_line` names the country that it is made for, `pair_line` the two languages of a bilingual copy;
    each is empty where there is nothing to say. `staff` is the front in the staff's language. `skip` names the link
    past the top, on web pages alone. `giver` is who gives it out, when that is asked for.
    """

    condition: str
    audience: str
    language: str
    direction: str
    title: Line
    name: Line
    audience_line: Line
    language_line: Line
    summary: Line
    stage: str
    notices: tuple[Line, ...]
    skip: Line
    contents_heading: Line
    sections: tuple[Section, ...]
    foot: PageFoot
    edition: str
    printed_on: datetime.date
    size: str = "standard"
    kind: str = "handout"
    second: str | None = None
    place: str | None = None
    size_line: Line = ()
    place_line: Line = ()
    pair_line: Line = ()
    staff: Front | None = None
    giver: Giver | None = None
