"""The tag tree, built from the document's elements: one element is one tag, however many pages it crosses.

Fault: WeasyPrint builds its tags from the boxes of each page, so that a paragraph, list or table that crosses a page
is heard as two, a table's repeated head is heard again, `<li><p>` and `<dl>` come out malformed, languages below the
document are lost, and page furniture is not marked as such.
Shown by: <ul><li><p>one</p></li></ul>, <p>a <span lang="la">b</span></p>, and any paragraph longer than a page.
May go when: WeasyPrint merges an element's boxes across pages and writes Lang, Scope and artifacts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from handouts.typeset.fidelity.line_ends import LINE_END, heard_text
from handouts.typeset.fidelity.pictures import alternative, only_picture

if TYPE_CHECKING:
    from collections.abc import Iterable

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
        self.at_foot = False
        self.height = 0.0
        self.marks: dict[Any, dict[str, Any]] = {}

    def add_page(self, page: int, page_box: Any, marks: dict[Any, dict[str, Any]], height: float) -> None:  # noqa: ANN401
        """Add all that is marked on one page."""
        self.page, self.marks, self.height = page, marks, height
        for child in page_box.children:
            self.at_foot = isinstance(child, boxes.FootnoteAreaBox)
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
        children = list(getattr(box, "children", ()))
        if isinstance(box, boxes.FlexContainerBox) and box.style["flex_direction"].endswith("-reverse"):
            children.reverse()
        ordered = isinstance(box, (boxes.FlexContainerBox, boxes.GridContainerBox))
        if ordered and all(child.element is not box.element for child in children):
            children.sort(key=lambda child: self.place_of[child.element])
        return children

    def _node(self, box: Any, parent: Node) -> Node:  # noqa: ANN401
        """The tag for `box`: its element's, made when the element is first met; `parent` when it has none."""
        if box.element is None or isinstance(box, (boxes.LineBox, boxes.PageBox)):
            return parent
        tag = box.element_tag
        marker = tag.endswith("::marker")
        if "::" in tag and not marker:
            return parent
        key = (id(box.element), "marker" if marker else "")
        if key in self.node_of:
            return self.node_of[key]
        role = _role(box)
        if not marker and not self.at_foot:
            parent = self._owner(box.element, parent)
        if role is None or (role == "Div" and parent.role == "L"):
            return parent
        if tag in {"dt", "dd"}:
            home = self._item(self._list(parent), role)
        else:
            home = self._list(parent) if role == "LI" else self._home(parent, role)
        node = self.node_of[key] = self._new_node(role, box, home, marker=marker)
        home.kids.insert(self._index(home, node), node)
        return node

    def _index(self, home: Node, node: Node) -> int:
        """Where `node` stands among the kids of `home`: before what comes later in the document, as a float may not."""
        index = len(home.kids)
        if node.role == "TFoot":
            return index
        for at in reversed(range(index)):
            kid = home.kids[at]
            if isinstance(kid, Node) and kid.element is not None:
                if self.place_of[kid.element] <= self.place_of[node.element]:
                    break
                index = at
        return index

    def _owner(self, element: Any, parent: Node) -> Node:  # noqa: ANN401
        """Whose tag that of `element` stands in: the engine takes a block out of the inline box around it."""
        around = self.parent_of.get(element)
        while around is not None and (id(around), "") not in self.node_of:
            around = self.parent_of.get(around)
        return parent if around is None else self.node_of[id(around), ""]

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
    if tag not in ROLES and tag not in NO_TAG and isinstance(box, boxes.BlockLevelBox):
        return "Div"
    return ROLES.get(tag)


def _stands_apart(box: Any) -> bool:  # noqa: ANN401
    """Whether a box begins on a line or in a cell of its own."""
    return isinstance(box, (boxes.BlockLevelBox, boxes.TableCellBox)) and box.is_in_normal_flow()


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
