"""A web page as a listener's browser hands it on: a tree of the same kind as a tagged PDF's."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from handouts.verify.tag_reader import Tag

_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
_HEADINGS = frozenset({"H1", "H2", "H3", "H4", "H5", "H6"})
_SILENT = frozenset({"head", "script", "style", "template"})
_ROLES = {"a": "Link", "strong": "Strong", "em": "Em", "b": "Strong", "i": "Em", "img": "Figure"}
_FETCHING = {
    "audio": "src",
    "embed": "src",
    "iframe": "src",
    "img": "src",
    "link": "href",
    "object": "data",
    "script": "src",
    "source": "src",
    "video": "src",
}


@dataclass(frozen=True, slots=True)
class WebPage:
    """What a listener's browser knows of a page; `main` holds the words of the handout.

    `levels` are those of its headings, `fetched` what it asks for from outside, `unlabelled` counts pictures without
    an alternative text, `jumps` are the ids that links inside the page lead to, `targets` those that there are.
    """

    language: str
    direction: str
    title: str
    main: Tag
    levels: tuple[int, ...]
    fetched: tuple[str, ...]
    scripts: int
    unlabelled: int
    targets: frozenset[str]
    jumps: tuple[str, ...]


def read_page(markup: str) -> WebPage:
    """The page in `markup`."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    mains = [tag for tag in reader.root.walk() if tag.role == "main"]
    return WebPage(
        language=reader.language,
        direction=reader.direction,
        title=" ".join("".join(reader.title).split()),
        main=mains[0] if mains else Tag("main", ""),
        levels=tuple(int(tag.role[1]) for tag in reader.root.walk() if tag.role in _HEADINGS),
        fetched=tuple(reader.fetched),
        scripts=reader.scripts,
        unlabelled=reader.unlabelled,
        targets=frozenset(reader.targets),
        jumps=tuple(reader.jumps),
    )


@dataclass(slots=True)
class _Open:
    name: str
    tag: Tag
    silent: bool


@dataclass
class _Reader(HTMLParser):
    language: str = ""
    direction: str = ""
    title: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    targets: set[str] = field(default_factory=set)
    jumps: list[str] = field(default_factory=list)
    scripts: int = 0
    unlabelled: int = 0
    root: Tag = field(default_factory=lambda: Tag("page", ""))
    open: list[_Open] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open.append(_Open("", self.root, silent=False))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, and look at what it asks for."""
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language, self.direction = given.get("lang", ""), given.get("dir", "")
        self._look(tag, given)
        above = self.open[-1]
        language = given.get("lang", above.tag.language)
        if tag == "br":
            above.tag.kids.append(" ")
            return
        hidden = given.get("aria-hidden") == "true"
        made = Tag(_role(tag), language, alt=given.get("alt") if tag == "img" else None)
        if tag == "img" and (hidden or not given.get("alt")):
            return
        if not above.silent and not hidden:
            above.tag.kids.append(made)
        if tag not in _VOID:
            self.open.append(_Open(tag, made, silent=above.silent or hidden or tag in _SILENT))

    def _look(self, tag: str, given: dict[str, str]) -> None:
        if "id" in given:
            self.targets.add(given["id"])
        if tag == "a" and given.get("href", "").startswith("#"):
            self.jumps.append(given["href"][1:])
        wanted = given.get(_FETCHING.get(tag, ""), "")
        if wanted and not wanted.startswith("data:"):
            self.fetched.append(wanted[:80])
        self.scripts += tag == "script" or any(name.startswith("on") for name in given)
        self.unlabelled += tag == "img" and "alt" not in given

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element of this name, and those inside it that were left open."""
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].name == tag:
                del self.open[depth:]
                return

    def handle_data(self, data: str) -> None:
        """Words, unless they are none of the page's."""
        if self.open[-1].name == "title":
            self.title.append(data)
        elif self.open[-1].name == "style" and ("url(" in data or "@import" in data):
            self.fetched += [part[:80] for part in _urls(data) if not part.startswith("data:")]
        elif not self.open[-1].silent:
            self.open[-1].tag.kids.append(data)


def _role(tag: str) -> str:
    """The PDF's name for an element where one is needed: headings, and what stands inside a run of words."""
    if tag.upper() in _HEADINGS:
        return tag.upper()
    return _ROLES.get(tag, "Span" if tag in {"span", "code", "sup", "sub", "abbr", "bdi"} else tag)


def _urls(style: str) -> list[str]:
    """What a style sheet asks for."""
    asked = [part.split(")")[0].strip("\"' ") for part in style.split("url(")[1:]]
    return asked + [part.split(";")[0].strip() for part in style.split("@import")[1:]]
