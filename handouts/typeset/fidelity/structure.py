"""The tag tree, built from the document's elements: one element is one tag, however many pages it crosses.

Fault: WeasyPrint builds its tags from the boxes of each page, so that a paragraph, list or table that crosses a page
is heard as two, a table's repeated head is heard again, `<li><p>` and `<dl>` come out malformed, languages below the
document are lost, and page furniture is not marked as such.
May go when: WeasyPrint merges an element's boxes across pages and writes Lang, Scope and artifacts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from handouts.typeset.fidelity.line_ends import heard_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROLES = {
    "a": "Link",
    "abbr": "Span",
    "address": "Div",
    "article": "Art",
    "aside": "Sect",
    "b": "Span",
    "bdi": "Span",
    "bdo": "Span",
    "blockquote": "BlockQuote",
    "caption": "Caption",
    "cite": "Span",
    "code": "Code",
    "dd": "LBody",
    "div": "Div",
    "dl": "L",
    "dt": "Lbl",
    "em": "Span",
    "figcaption": "Caption",
    "figure": "Figure",
    "footer": "Div",
    "h1": "H1",
    "h2": "H2",
    "h3": "H3",
    "h4": "H4",
    "h5": "H5",
    "h6": "H6",
    "header": "Div",
    "i": "Span",
    "img": "Figure",
    "kbd": "Code",
    "li": "LI",
    "mark": "Span",
    "nav": "Sect",
    "ol": "L",
    "p": "P",
    "pre": "P",
    "q": "Quote",
    "s": "Span",
    "samp": "Code",
    "section": "Sect",
    "small": "Span",
    "span": "Span",
    "strong": "Span",
    "sub": "Span",
    "sup": "Span",
    "table": "Table",
    "tbody": "TBody",
    "td": "TD",
    "tfoot": "TFoot",
    "th": "TH",
    "thead": "THead",
    "time": "Span",
    "tr": "TR",
    "u": "Span",
    "ul": "L",
    "var": "Span",
    "{http://www.w3.org/2000/svg}svg": "Figure",
}
"""The structure type of each element; an element that is not here hands its words on to the one around it."""

INLINE = frozenset({"text", "Span", "Link", "Code", "Quote"})
KEPT_EMPTY = frozenset({"TD", "TH", "TR"})
_SVG_TITLE = "{http://www.w3.org/2000/svg}title"


@dataclass(slots=True, eq=False)
class Leaf:
    """Marked content: a line of text or a picture on one page."""

    page: int
    mcid: int
    text: str | None


@dataclass(slots=True, eq=False)
class Annotated:
    """A link's annotation on one page."""

    page: int
    annotation: Any


@dataclass(slots=True, eq=False)
class Node:
    """A tag."""

    role: str
    element: Any = None
    language: str | None = None
    alt: str | None = None
    expansion: str | None = None
    attributes: dict[str, Any] = field(default_factory=dict)
    kids: list[Node | Leaf | Annotated] = field(default_factory=list)

    def heard(self) -> str:
        """All the words below, as a reader gets them."""
        said = []
        for kid in self.kids:
            if isinstance(kid, Leaf):
                said.append(kid.text or "")
            elif isinstance(kid, Node):
                said.append(kid.heard())
        return "".join(said)


class Builder:
    """Walks the pages in order and grows the tree; `marks` gives the MCID of a box on its page."""

    def __init__(self, language: str) -> None:
        self.root = Node("Document", language=language)
        self.node_of: dict[tuple[int, str], Node] = {}
        self.list_bodies: dict[int, Node] = {}
        self.page = 0
        self.height = 0.0
        self.marks: dict[Any, dict[str, Any]] = {}

    def add_page(self, page: int, page_box: Any, marks: dict[Any, dict[str, Any]], height: float) -> None:  # noqa: ANN401
        """Add all that is marked on one page."""
        self.page, self.marks, self.height = page, marks, height
        for child in page_box.children:
            self._walk(child, self.root)
        assert not marks, "every marked box stands in the page's tree"

    def _walk(self, box: Any, parent: Node) -> None:  # noqa: ANN401
        if isinstance(box, AbsolutePlaceholder):
            box = box._box  # noqa: SLF001  WeasyPrint's own way to it
        if isinstance(box, boxes.MarginBox):
            return
        if isinstance(box, boxes.TextBox):
            mark = self.marks.pop(box, None)
            if mark is not None:
                self._home(parent, "text").kids.append(Leaf(self.page, mark["mcid"], heard_text(box)))
            return
        node = self._node(box, parent)
        if box.link_annotation is not None:
            self._home(node, "text").kids.append(Annotated(self.page, box.link_annotation))
        if isinstance(box, boxes.ReplacedBox):
            mark = self.marks.pop(box, None)
            if mark is not None:
                self._add_picture(box, node, mark["mcid"])
        for child in getattr(box, "children", ()):
            self._walk(child, node)

    def _node(self, box: Any, parent: Node) -> Node:  # noqa: ANN401
        """The tag for `box`: its element's, made when the element is first met; `parent` when it has none."""
        if box.element is None or isinstance(box, (boxes.LineBox, boxes.PageBox)):
            return parent
        tag = box.element_tag
        marker = tag.endswith("::marker")
        role = "Lbl" if marker else ROLES.get(tag)
        if role is None or (role == "Div" and parent.role == "L"):
            return parent
        key = (id(box.element), "marker" if marker else "")
        node = self.node_of.get(key)
        if node is None:
            node = self.node_of[key] = _new_node(role, box, marker=marker)
            home = self._item(parent, role) if tag in {"dt", "dd"} else self._home(parent, role)
            home.kids.append(node)
        return node

    def _item(self, parent: Node, role: str) -> Node:
        """The list item of a term or its meaning: a term begins a new one."""
        last = parent.kids[-1] if parent.kids else None
        if role == "Lbl" or not isinstance(last, Node) or last.role != "LI":
            last = Node("LI")
            parent.kids.append(last)
        return last

    def _home(self, parent: Node, role: str) -> Node:
        """Where a kid of this role goes: in a list item, all but its label go into the body.

        Words in a body stand in a Span of their own: pdf.js tells a list that crosses pages whole on each of them,
        down to the tags right below a body, and would say the words of the other page again.
        """
        if parent.role == "LI" and role not in {"Lbl", "LBody"}:
            body = self.list_bodies.get(id(parent))
            if body is None:
                body = self.list_bodies[id(parent)] = Node("LBody")
                parent.kids.append(body)
            parent = body
        if parent.role == "LBody" and role in INLINE:
            last = parent.kids[-1] if parent.kids else None
            if not isinstance(last, Node) or last.element is not None:
                last = Node("Span")
                parent.kids.append(last)
            return last
        return parent

    def _add_picture(self, box: Any, node: Node, mcid: int) -> None:  # noqa: ANN401
        node.kids.append(Leaf(self.page, mcid, None))
        x, y = box.content_box_x() * 0.75, box.content_box_y() * 0.75
        bottom = self.height * 0.75 - y - box.height * 0.75
        corners = (x, bottom, x + box.width * 0.75, bottom + box.height * 0.75)
        node.attributes = {"O": "/Layout", "Placement": "/Block", "BBox": corners}


def _new_node(role: str, box: Any, *, marker: bool) -> Node:  # noqa: ANN401
    element = box.element
    node = Node(role, element)
    if marker:
        return node
    node.language = element.get("lang")
    match role:
        case "Figure":
            node.alt = alternative(element)
        case "TH":
            node.attributes = {"O": "/Table", "Scope": _scope(element), **_spans(box)}
        case "TD":
            spans = _spans(box)
            node.attributes = {"O": "/Table", **spans} if spans else {}
        case "L":
            numbered = element.tag == "ol" and box.style["list_style_type"] != "none"
            node.attributes = {"O": "/List", "ListNumbering": "/Decimal" if numbered else "/None"}
        case "Span" if element.tag == "abbr":
            node.expansion = element.get("title")
    return node


def alternative(element: Any) -> str | None:  # noqa: ANN401
    """The words that stand for a picture: alt, aria-label or an SVG's title; None when it has none."""
    for name in ("alt", "aria-label"):
        if element.get(name):
            return str(element.get(name))
    title = element.find(_SVG_TITLE)
    if title is not None and title.text:
        return str(title.text)
    inner = element.find(".//img")
    return inner.get("alt") if inner is not None else None


def is_decorative(element: Any) -> bool:  # noqa: ANN401
    """Whether a picture says nothing: it is hidden from readers, or its alt is empty."""
    return bool(element.get("aria-hidden") == "true" or (element.tag == "img" and element.get("alt") == ""))


def _scope(element: Any) -> str:  # noqa: ANN401
    return "/Row" if element.get("scope") in {"row", "rowgroup"} else "/Column"


def _spans(box: Any) -> dict[str, int]:  # noqa: ANN401
    spans = {"ColSpan": getattr(box, "colspan", 1), "RowSpan": getattr(box, "rowspan", 1)}
    return {name: number for name, number in spans.items() if number != 1}


def pruned(node: Node) -> Node:
    """`node` without tags that say nothing."""
    kids: list[Node | Leaf | Annotated] = []
    for kid in node.kids:
        if isinstance(kid, Node):
            pruned(kid)
            if not kid.kids and kid.role not in KEPT_EMPTY:
                continue
        kids.append(kid)
    node.kids = kids
    return node


def furniture(page_boxes: Sequence[Any]) -> dict[int, str]:
    """The boxes that are not content, by id: Header or Footer for the margins' words, "" for other repeats.

    A table's head counts on the page where it first stands, its foot where it last does.
    """
    found: dict[int, str] = {}
    seen: set[int] = set()
    feet: dict[int, list[Any]] = {}
    for page_box in page_boxes:
        for box, ancestors in _all(page_box, ()):
            margin = next((a for a in ancestors if isinstance(a, boxes.MarginBox)), None)
            if margin is not None:
                found[id(box)] = "Header" if margin.at_keyword.startswith("@top") else "Footer"
            elif getattr(box, "is_header", False) and box.element is not None:
                if id(box.element) in seen:
                    _mark_all(box, found)
                seen.add(id(box.element))
            elif getattr(box, "is_footer", False) and box.element is not None:
                feet.setdefault(id(box.element), []).append(box)
            elif isinstance(box, boxes.ReplacedBox) and is_decorative(box.element):
                found[id(box)] = ""
    for repeats in feet.values():
        for box in repeats[:-1]:
            _mark_all(box, found)
    return found


def _mark_all(box: Any, found: dict[int, str]) -> None:  # noqa: ANN401
    for inner, _ in _all(box, ()):
        found[id(inner)] = ""


def _all(box: Any, ancestors: tuple[Any, ...]) -> Iterator[tuple[Any, tuple[Any, ...]]]:  # noqa: ANN401
    if isinstance(box, AbsolutePlaceholder):
        box = box._box  # noqa: SLF001  WeasyPrint's own way to it
    yield box, ancestors
    for child in getattr(box, "children", ()):
        yield from _all(child, (*ancestors, box))
