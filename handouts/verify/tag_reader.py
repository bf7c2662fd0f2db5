"""A tagged PDF as a listener's software walks it: the tag tree in order, each element with its words and language.

Text is the element's ActualText, else its Alt where it is a picture, else the text of its marked content.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pikepdf

from handouts.problems import HandoutsError, Problem
from handouts.verify.text_reader import PageText, TextReader, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 200_000_000
MAX_DEPTH = 100
MAX_TAGS = 500_000

PICTURES = frozenset({"Figure", "Formula"})
INLINE = frozenset(
    [
        "Span",
        "Quote",
        "Note",
        "Reference",
        "BibEntry",
        "Code",
        "Link",
        "Annot",
        "Ruby",
        "RB",
        "RT",
        "RP",
        "Warichu",
        "WT",
        "WP",
        "Em",
        "Strong",
        "Sub",
        "NonStruct",
        "Private",
    ]
)
"""Tags inside a run of words; every other begins and ends a block."""


@dataclass(slots=True)
class Tag:
    """A structure element. `language` is its own or inherited; `kids` are tags and stretches of text."""

    role: str
    language: str
    alt: str | None = None
    expansion: str | None = None
    attributes: tuple[Any, ...] = ()
    annotations: tuple[Any, ...] = ()
    kids: list[Tag | str] = field(default_factory=list)

    def walk(self) -> Iterator[Tag]:
        """This tag and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Tag):
                yield from kid.walk()

    def text(self) -> str:
        """All the words below, as they are heard."""
        return "".join(kid if isinstance(kid, str) else kid.text() for kid in self.heard_kids())

    def heard_kids(self) -> list[Tag | str]:
        """The kids that are heard: of a picture with an alternative that alternative, and the caption."""
        if self.alt is None or self.role not in PICTURES:
            return self.kids
        return [self.alt, *(kid for kid in self.kids if isinstance(kid, Tag) and kid.role == "Caption")]


@dataclass(frozen=True, slots=True)
class TaggedPdf:
    """What a listener's software knows of a PDF."""

    pages: int
    tagged: bool
    title: str
    shows_title: bool
    language: str
    direction: str
    tab_order: tuple[str, ...]
    root: Tag
    page_texts: tuple[PageText, ...]
    links: tuple[Any, ...]
    reader: TextReader


def read_pdf(data: bytes) -> TaggedPdf:
    """The PDF in `data`. Raises `HandoutsError` when it can't be read."""
    if len(data) > MAX_BYTES:
        raise HandoutsError(
            Problem("pdf-too-large", f"the file has {len(data):,} bytes; at most {MAX_BYTES:,} are read")
        )
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return _Reading(pdf).result()
    except pikepdf.PasswordError:
        hint = "save it without a password"
        raise HandoutsError(Problem("pdf-encrypted", "the PDF is locked by a password", hint=hint)) from None
    except TooLargeError as error:
        raise HandoutsError(
            Problem("pdf-too-large", f"the PDF is larger inside than any that is read: {error}")
        ) from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError, IndexError) as error:
        said = re.sub(r"^stream <[^>]*>[^:]*: ", "", str(error))  # the address of a buffer tells a user nothing
        message = f"this can't be read as a PDF: {said}"
        raise HandoutsError(Problem("not-a-pdf", message, hint="it is damaged or cut off; make it again")) from None


class _Reading:
    """One pass through one document."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.reader = TextReader()
        self.texts = {page.obj.objgen: self.reader.page(page) for page in pdf.pages}
        tree = pdf.Root.get("/StructTreeRoot", pikepdf.Dictionary())
        self.tree = tree
        self.roles = {str(k): str(v) for k, v in tree.get("/RoleMap", pikepdf.Dictionary()).items()}
        self.count = 0
        self.claimed: set[tuple[Any, int]] = set()

    def result(self) -> TaggedPdf:
        root_object = self.pdf.Root
        language = str(root_object.get("/Lang", ""))
        root = Tag("Root", language)
        if "/K" in self.tree:
            self._kids(self.tree.K, root, None, 0)
        self._tell_unclaimed()
        preferences = root_object.get("/ViewerPreferences", pikepdf.Dictionary())
        marked = root_object.get("/MarkInfo", pikepdf.Dictionary()).get("/Marked", False)
        pages = [page.obj for page in self.pdf.pages]
        links = [a for page in pages for a in page.get("/Annots", []) if a.get("/Subtype") == "/Link"]
        return TaggedPdf(
            pages=len(pages),
            tagged=bool(marked) and "/StructTreeRoot" in root_object,
            title=str(self.pdf.docinfo.get("/Title", "")),
            shows_title=bool(preferences.get("/DisplayDocTitle", False)),
            language=language,
            direction=str(preferences.get("/Direction", "/L2R"))[1:],
            tab_order=tuple(str(page.get("/Tabs", "")) for page in pages if "/Annots" in page),
            root=root,
            page_texts=tuple(self.texts.values()),
            links=tuple(_link(a) for a in links),
            reader=self.reader,
        )

    def _kids(self, kids: Any, parent: Tag, page: Any, depth: int) -> None:  # noqa: ANN401
        if isinstance(kids, pikepdf.Array):
            for kid in kids:
                self._kids(kid, parent, page, depth)
        elif isinstance(kids, pikepdf.Dictionary):
            self._dictionary(kids, parent, page, depth)
        else:
            parent.kids.append(self._marked(page, int(kids)))

    def _dictionary(self, kid: Any, parent: Tag, page: Any, depth: int) -> None:  # noqa: ANN401
        page = kid.Pg.objgen if "/Pg" in kid else page
        kind = kid.get("/Type")
        if kind == "/MCR":
            parent.kids.append(self._marked(page, int(kid.MCID)))
        elif kind == "/OBJR":
            parent.annotations += (_link(kid.Obj),)
        elif "/S" in kid:
            parent.kids.append(self._tag(kid, parent, page, depth))

    def _tell_unclaimed(self) -> None:
        """Text that is marked for a tag, but that no tag holds, is as stray as text that is not marked."""
        for page, text in self.texts.items():
            text.stray += [
                said for mcid, said in text.by_mcid.items() if said.strip() and (page, mcid) not in self.claimed
            ]

    def _marked(self, page: Any, mcid: int) -> str:  # noqa: ANN401
        self.claimed.add((page, mcid))
        text = self.texts.get(page)
        return text.by_mcid.get(mcid, "") if text is not None else ""

    def _tag(self, element: Any, parent: Tag, page: Any, depth: int) -> Tag:  # noqa: ANN401
        self.count += 1
        if depth > MAX_DEPTH or self.count > MAX_TAGS:
            raise TooLargeError("its tags are deeper or more than any that are read")
        role = self._standard(str(element.S))
        attributes = element.get("/A", pikepdf.Array())
        tag = Tag(
            role=role[1:],
            language=str(element.get("/Lang", "")) or parent.language,
            alt=str(element.Alt) if "/Alt" in element else None,
            expansion=str(element.E) if "/E" in element else None,
            attributes=_attributes(attributes),
        )
        if "/K" in element:
            self._kids(element.K, tag, page, depth + 1)
        if "/ActualText" in element:
            tag.kids = [str(element.ActualText)]  # it stands for all that is below
        return tag

    def _standard(self, role: str) -> str:
        """The role that a name stands for; it may be given by way of other names."""
        for _ in range(len(self.roles)):
            if role not in self.roles:
                break
            role = self.roles[role]
        return role


def _attributes(attributes: Any) -> tuple[dict[str, str], ...]:  # noqa: ANN401
    each = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    return tuple(
        {str(k): str(v) for k, v in entry.items() if not isinstance(v, (pikepdf.Array, pikepdf.Dictionary))}
        for entry in each
        if isinstance(entry, pikepdf.Dictionary)
    )


def _link(annotation: Any) -> dict[str, Any]:  # noqa: ANN401
    action = annotation.get("/A", pikepdf.Dictionary())
    return {
        "contents": str(annotation.get("/Contents", "")),
        "address": str(action.get("/URI", annotation.get("/Dest", ""))),
        "printed": bool(int(annotation.get("/F", 0)) & 4),
        "tagged": "/StructParent" in annotation,
    }
