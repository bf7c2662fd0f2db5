"""The tag tree as PDF objects: ActualText and Lang on the structure elements, links that say where they go.

ActualText stands on the element and never on the marked content: readers that take it from there turn
right-to-left text around. Source: docs/fidelity.md.
"""

from __future__ import annotations

from contextlib import contextmanager
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pydyf
from weasyprint import pdf as weasyprint_pdf
from weasyprint.pdf.stream import Stream

from handouts.typeset.fidelity.furniture import furniture
from handouts.typeset.fidelity.structure import Annotated, Builder, Leaf, Node, pruned

if TYPE_CHECKING:
    from collections.abc import Iterator

PRINT_FLAG = 4


@contextmanager
def tags_of_our_own(document: Any, root: Any) -> Iterator[None]:  # noqa: ANN401  WeasyPrint's Document
    """While `document` is written, mark its page furniture as such and write our tag tree.

    `root` is the element of the page from which `document` was laid out.
    """
    not_content = furniture([page._page_box for page in document.pages])  # noqa: SLF001  no public door
    mark, add_tags = Stream.marked, weasyprint_pdf.add_tags

    @contextmanager
    def marked(stream: Any, box: Any, tag: str) -> Iterator[None]:  # noqa: ANN401
        kind = not_content.get(id(box))
        if kind is None or stream._tags is None:  # noqa: SLF001  no public door
            with mark(stream, box, tag):
                yield
            return
        details = {"Type": "/Pagination"}
        if kind:
            details["Subtype"] = f"/{kind}"
        stream.begin_marked_content("Artifact", pydyf.Dictionary(details))
        try:
            yield
        finally:
            stream.end_marked_content()

    def write_tags(pdf: Any, document: Any, _version: Any, streams: Any) -> None:  # noqa: ANN401
        _Writer(pdf, root).write(document, streams)

    Stream.marked, weasyprint_pdf.add_tags = marked, write_tags
    try:
        yield
    finally:
        Stream.marked, weasyprint_pdf.add_tags = mark, add_tags


def _direction(root: Any) -> str:  # noqa: ANN401
    """The direction of the page: of its root element, else of its body."""
    said = (element.get("dir") for element in (root, root.find("body")) if element is not None)
    return next((direction.lower() for direction in said if direction), "ltr")


def _neighbours(kid: Node | Leaf | Annotated) -> tuple[str, int]:
    """What kids of one tag have in common when they can be written together."""
    match kid:
        case Node():
            return ("node", 0)
        case Annotated():
            return ("annotation", 0)
        case Leaf():
            return ("picture" if kid.text is None else "words", kid.page)


class _Writer:
    """Writes one document's tree."""

    def __init__(self, pdf: Any, root: Any) -> None:  # noqa: ANN401  pydyf's PDF, and the page's root element
        self.pdf = pdf
        self.root = root
        self.by_page: list[dict[int, Any]] = []
        self.annotations: list[Any] = []

    def write(self, document: Any, streams: Any) -> None:  # noqa: ANN401
        language = document.metadata.lang or "und"
        builder = Builder(language, self.root)
        for number, (page, stream) in enumerate(zip(document.pages, streams, strict=True)):
            builder.add_page(number, page._page_box, stream._tags, page.height)  # noqa: SLF001  no public door
        self.by_page = [{} for _ in document.pages]
        root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
        self.pdf.add_object(root)
        top = self._element(pruned(builder.root), root, "")
        root["K"] = pydyf.Array([top.reference])
        root["ParentTree"] = self._parent_tree()
        catalog = self.pdf.catalog
        catalog["StructTreeRoot"] = root.reference
        catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
        catalog["Lang"] = pydyf.String(language)
        preferences = {"DisplayDocTitle": "true"}
        if _direction(self.root) == "rtl":
            preferences["Direction"] = "/R2L"
        catalog["ViewerPreferences"] = pydyf.Dictionary(preferences)

    def _parent_tree(self) -> Any:  # noqa: ANN401
        numbers = pydyf.Array()
        for page, owners in enumerate(self.by_page):
            numbers.extend([page, pydyf.Array(owners[mcid] for mcid in sorted(owners))])
        for key, (annotation, owner) in enumerate(self.annotations, start=len(self.by_page)):
            annotation["StructParent"] = key
            numbers.extend([key, owner])
        tree = pydyf.Dictionary({"Nums": numbers})
        self.pdf.add_object(tree)
        return tree.reference

    def _element(self, node: Node, parent: Any, language: str) -> Any:  # noqa: ANN401
        """The structure element of `node`, with all that is below it; `language` is that of its parent."""
        element = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{node.role}", "P": parent.reference})
        self.pdf.add_object(element)
        if node.language != language:
            element["Lang"] = pydyf.String(node.language)
        if node.alt is not None:
            element["Alt"] = pydyf.String(node.alt)
        if node.expansion:
            element["E"] = pydyf.String(node.expansion)
        if node.attributes:
            element["A"] = pydyf.Dictionary(
                {k: pydyf.Array(v) if isinstance(v, tuple) else v for k, v in node.attributes.items()}
            )
        kids = []
        for (kind, _), group in groupby(node.kids, key=_neighbours):
            match kind:
                case "node":
                    nodes = (kid for kid in group if isinstance(kid, Node))
                    kids += [self._element(kid, element, node.language).reference for kid in nodes]
                case "annotation":
                    kids += [self._annotation(node, kid, element) for kid in group if isinstance(kid, Annotated)]
                case "picture":
                    kids += [self._picture(kid, element) for kid in group if isinstance(kid, Leaf)]
                case _:
                    kids.append(self._words([kid for kid in group if isinstance(kid, Leaf)], element))
        element["K"] = pydyf.Array(kids)
        return element

    def _picture(self, leaf: Leaf, parent: Any) -> int:  # noqa: ANN401
        """A picture's marked content, which stands right in its tag."""
        parent["Pg"] = self.pdf.page_references[leaf.page]
        self.by_page[leaf.page][leaf.mcid] = parent.reference
        return leaf.mcid

    def _words(self, lines: list[Leaf], parent: Any) -> Any:  # noqa: ANN401
        """The lines of one stretch of text on one page as a Span that says their words."""
        page = lines[0].page
        span = pydyf.Dictionary(
            {
                "Type": "/StructElem",
                "S": "/Span",
                "P": parent.reference,
                "Pg": self.pdf.page_references[page],
                "K": pydyf.Array(line.mcid for line in lines),
                "ActualText": pydyf.String("".join(line.text or "" for line in lines)),
            }
        )
        self.pdf.add_object(span)
        for line in lines:
            self.by_page[page][line.mcid] = span.reference
        return span.reference

    def _annotation(self, node: Node, kid: Annotated, element: Any) -> Any:  # noqa: ANN401
        """A link's annotation: it is printed, and says its words instead of its address."""
        annotation = kid.annotation
        annotation["F"] = PRINT_FLAG
        annotation["Contents"] = pydyf.String(" ".join(node.heard().split()) or "link")
        self.annotations.append((annotation, element.reference))
        reference = pydyf.Dictionary(
            {"Type": "/OBJR", "Obj": annotation.reference, "Pg": self.pdf.page_references[kid.page]}
        )
        self.pdf.add_object(reference)
        return reference.reference
