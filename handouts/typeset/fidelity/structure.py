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

from handouts.typeset.fidelity.line_ends import LINE_END, heard_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
    "menu": "L",
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
"""The structure type of each element. Of those that are not here, a block is a Div; the others are no tag."""

NO_TAG = frozenset({"html", "body", "main"})
INLINE = frozenset({"text", "Span", "Link", "Code", "Quote"})
KEPT_EMPTY = frozenset({"TD", "TH", "TR"})
_SVG = "{http://www.w3.org/2000/svg}svg"
_SVG_TITLE = "{http://www.w3.org/2000/svg}title"


@dataclass(slots=True, eq=False)
class Leaf:
    """Marked content: a line of text or a picture on one page."""

    page: int
    mcid: int
    text: str | None
    goes_on: bool = False  # the words after it belong to the same paragraph


@dataclass(slots=True, eq=False)
class Annotated:
    """A link's annotation on one page."""

    page: int
    annotation: Any


@dataclass(slots=True, eq=False)
class Node:
    """A tag."""

    role: str
    language: str
    element: Any = None
    alt: str | None = None
    expansion: str | None = None
    attributes: dict[str, Any] = field(default_factory=dict)
    kids: list[Node | Leaf | Annotated] = field(default_factory=list)

    def heard(self) -> str:
        """All the words below, as a reader gets them."""
        if self.alt is not None:
            return self.alt
        said = []
        for kid in self.kids:
            if isinstance(kid, Leaf):
                said.append(kid.text or "")
            elif isinstance(kid, Node):
                said.append(kid.heard() if kid.role in INLINE else f" {kid.heard()} ")
        return "".join(said)

    def last_words(self) -> Leaf | None:
        """The words with which this tag ends, if they are in no block below it."""
        last = self.kids[-1] if self.kids else None
        if isinstance(last, Node):
            return last.last_words() if last.role in INLINE else None
        return last if isinstance(last, Leaf) and last.text else None


class Builder:
    """Walks the pages in order and grows the tree; `marks` gives the MCID of a box on its page."""

    def __init__(self, language: str, root: Any) -> None:  # noqa: ANN401  the document's root element
        self.root = Node("Document", language)
        self.place_of = {element: place for place, element in enumerate(root.iter())}
        self.parent_of = {child: element for element in root.iter() for child in element}
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
                home = self._speaking(self._home(parent, "text"), box.style["lang"])
                home.kids.append(Leaf(self.page, mark["mcid"], heard_text(box), getattr(box, LINE_END, False)))
            return
        before = self._words_before(parent) if _stands_apart(box) else None
        node = self._node(box, parent)
        if before is not None and (node is parent or node.role in INLINE):
            # the page has the two apart, but for a reader no block begins here
            before.text = f"{(before.text or '').rstrip(' ')} "
        if box.link_annotation is not None:
            self._home(node, "text").kids.append(Annotated(self.page, box.link_annotation))
        if isinstance(box, boxes.ReplacedBox):
            mark = self.marks.pop(box, None)
            if mark is not None:
                self._add_picture(box, node, mark["mcid"])
        for child in self._in_order(box):
            self._walk(child, node)

    def _in_order(self, box: Any) -> Iterable[Any]:  # noqa: ANN401
        """The boxes in `box` as the document has them: `order` tells how they are drawn, not how they are said."""
        children = getattr(box, "children", ())
        ordered = isinstance(box, (boxes.FlexContainerBox, boxes.GridContainerBox))
        if ordered and all(child.element is not box.element for child in children):
            return sorted(children, key=lambda child: self.place_of[child.element])
        return children

    def _node(self, box: Any, parent: Node) -> Node:  # noqa: ANN401
        """The tag for `box`: its element's, made when the element is first met; `parent` when it has none."""
        if box.element is None or isinstance(box, (boxes.LineBox, boxes.PageBox)):
            return parent
        tag = box.element_tag
        marker = tag.endswith("::marker")
        key = (id(box.element), "marker" if marker else "")
        known = self.node_of.get(key)
        if known is not None and "::" not in tag.removesuffix("::marker"):
            return known
        role = _role(box)
        if role is None or (role == "Div" and parent.role == "L"):
            return parent
        parent = self._owner(box.element, parent)
        if tag in {"dt", "dd"}:
            home = self._item(self._list(parent), role)
        else:
            home = self._list(parent) if role == "LI" else self._home(parent, role)
        node = self.node_of[key] = self._new_node(role, box, home, marker=marker)
        home.kids.append(node)
        return node

    def _owner(self, element: Any, parent: Node) -> Node:  # noqa: ANN401
        """Whose tag that of `element` stands in: the engine takes a block out of the link or span around it."""
        around = self.parent_of.get(element)
        while around is not None:
            node = self.node_of.get((id(around), ""))
            if node is not None:
                return node if node.role in INLINE else parent
            around = self.parent_of.get(around)
        return parent

    def _list(self, parent: Node) -> Node:
        """The list of an item that stands in none, or `parent` when that is one."""
        if parent.role == "L":
            return parent
        last = parent.kids[-1] if parent.kids else None
        if isinstance(last, Node) and last.role == "L" and last.element is None:
            return last
        made = Node("L", parent.language, attributes={"O": "/List", "ListNumbering": "/None"})
        parent.kids.append(made)
        return made

    def _words_before(self, parent: Node) -> Leaf | None:
        """The words that come right before the next kid of `parent`, unless their paragraph goes on there."""
        words = self.list_bodies.get(id(parent), parent).last_words()
        return None if words is None or words.goes_on else words

    @staticmethod
    def _speaking(home: Node, language: str | None) -> Node:
        """`home`, or a Span in it for words of another language whose own element has no tag."""
        if not language or language == home.language:
            return home
        last = home.kids[-1] if home.kids else None
        if not isinstance(last, Node) or last.element is not None or last.language != language:
            last = Node("Span", language)
            home.kids.append(last)
        return last

    def _item(self, parent: Node, role: str) -> Node:
        """The list item of a term or its meaning: a term begins a new one."""
        last = parent.kids[-1] if parent.kids else None
        if role == "Lbl" or not isinstance(last, Node) or last.role != "LI":
            last = Node("LI", parent.language)
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
                body = self.list_bodies[id(parent)] = Node("LBody", parent.language)
                parent.kids.append(body)
            parent = body
        if parent.role == "LBody" and role in INLINE:
            last = parent.kids[-1] if parent.kids else None
            if not isinstance(last, Node) or last.element is not None:
                last = Node("Span", parent.language)
                parent.kids.append(last)
            return last
        return parent

    def _add_picture(self, box: Any, node: Node, mcid: int) -> None:  # noqa: ANN401
        node.kids.append(Leaf(self.page, mcid, None))
        x, y = box.content_box_x() * 0.75, box.content_box_y() * 0.75
        bottom = self.height * 0.75 - y - box.height * 0.75
        corners = (x, bottom, x + box.width * 0.75, bottom + box.height * 0.75)
        node.attributes = {"O": "/Layout", "Placement": "/Block", "BBox": corners}

    def _new_node(self, role: str, box: Any, home: Node, *, marker: bool) -> Node:  # noqa: ANN401
        element = box.element
        node = Node(role, box.style["lang"] or home.language, element)
        if marker:
            return node
        match role:
            case "Figure":
                node.alt = alternative(element)
                if element.tag == "figure":  # it is the tag of its picture too, which would be said twice
                    self.node_of[id(only_picture(element)), ""] = node
            case "TH":
                node.attributes = {"O": "/Table", "Scope": self._scope(element), **_spans(box)}
            case "TD":
                spans = _spans(box)
                node.attributes = {"O": "/Table", **spans} if spans else {}
            case "L":
                numbered = element.tag == "ol" and box.style["list_style_type"] != "none"
                node.attributes = {"O": "/List", "ListNumbering": "/Decimal" if numbered else "/None"}
            case "Span" if element.tag == "abbr":
                node.expansion = element.get("title")
        return node

    def _scope(self, element: Any) -> str:  # noqa: ANN401
        """What a header cell is the header of: as it says, else of its row when it leads a row that holds data."""
        if element.get("scope"):
            return "/Row" if element.get("scope").startswith("row") else "/Column"
        row = self.parent_of[element]
        cells = [cell for cell in row if cell.tag in {"th", "td"}]
        leads = cells[0] is element and any(cell.tag == "td" for cell in cells)
        return "/Row" if leads and self.parent_of[row].tag != "thead" else "/Column"


def _role(box: Any) -> str | None:  # noqa: ANN401
    """The structure type of a box's tag, or None when its words belong to the tag around it."""
    tag = box.element_tag
    if tag.endswith("::marker"):
        return "Lbl"
    if tag == "a" and not box.element.get("href"):
        return "Span"
    if tag == "figure" and only_picture(box.element) is None and not box.element.get("aria-label"):
        return "Div"  # the words in a Figure are not said: its alternative is
    if tag not in ROLES and tag not in NO_TAG and "::" not in tag and isinstance(box, boxes.BlockLevelBox):
        return "Div"
    return ROLES.get(tag)


def _stands_apart(box: Any) -> bool:  # noqa: ANN401
    """Whether a box begins on a line or in a cell of its own."""
    return isinstance(box, (boxes.BlockLevelBox, boxes.TableCellBox)) and box.is_in_normal_flow()


def alternative(element: Any) -> str | None:  # noqa: ANN401
    """The words that stand for a picture: alt, aria-label or an SVG's title; None when it has none."""
    for name in ("alt", "aria-label"):
        if element.get(name):
            return str(element.get(name))
    title = element.find(_SVG_TITLE)
    if title is not None and title.text:
        return str(title.text)
    picture = only_picture(element) if element.tag == "figure" else None
    return alternative(picture) if picture is not None else None


def only_picture(figure: Any) -> Any | None:  # noqa: ANN401
    """The picture of which a figure consists, its caption aside; None when it holds words or says nothing."""
    inside = list(_inside(figure))
    picture = inside[0] if len(inside) == 1 else None
    return None if picture is None or _says_nothing(picture) else picture


def _inside(element: Any) -> Iterator[Any]:  # noqa: ANN401
    """The pictures in `element`, and None for each piece of text or link, which are more than a picture."""
    if (element.text or "").strip() or element.tag == "a":
        yield None
    for child in element:
        if child.tag in {"img", _SVG}:
            yield child
        elif isinstance(child.tag, str) and child.tag != "figcaption":  # the tag of a comment is none
            yield from _inside(child)
        if (child.tail or "").strip():
            yield None


def is_decorative(box: Any) -> bool:  # noqa: ANN401
    """Whether a picture says nothing: style put it there, it is hidden from readers, or its alt is empty."""
    return "::" in box.element_tag or _says_nothing(box.element)


def _says_nothing(element: Any) -> bool:  # noqa: ANN401
    hidden = element.get("aria-hidden") == "true" or element.get("role") in {"none", "presentation"}
    return hidden or (element.tag == "img" and element.get("alt") == "")


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
    """The boxes that are not content, by id: Header or Footer for the margins' words, "" for others.

    A table's head counts on the page where it first stands, its foot where it last does, and what is fixed on every
    page on the first.
    """
    found: dict[int, str] = {}
    seen: set[int] = set()
    feet: dict[int, list[Any]] = {}
    for page_box in page_boxes:
        for box, ancestors in _all(page_box, ()):
            margin = next((a for a in ancestors if isinstance(a, boxes.MarginBox)), None)
            if margin is not None:
                found[id(box)] = "Header" if margin.at_keyword.startswith("@top") else "Footer"
            elif box.element is not None and (getattr(box, "is_header", False) or box.style["position"] == "fixed"):
                if id(box.element) in seen:
                    _mark_all(box, found)
                seen.add(id(box.element))
            elif getattr(box, "is_footer", False) and box.element is not None:
                feet.setdefault(id(box.element), []).append(box)
            elif isinstance(box, boxes.ReplacedBox) and is_decorative(box):
                found[id(box)] = ""
            elif box.element is not None and box.element.get("aria-hidden") == "true":
                _mark_all(box, found)
            elif box.style["visibility"] != "visible":
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
