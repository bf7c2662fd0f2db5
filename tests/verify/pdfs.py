"""PDFs made by hand, with nothing in them but what a test is about."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

CMAP = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n{}\nendcmap end end"


class Made:
    """A PDF of one page in the making; `reader` is what is looked at when it is finished."""

    def __init__(self, content: bytes = b"") -> None:
        self.pdf = pikepdf.new()
        self.pdf.add_blank_page(page_size=(200, 200))
        self.page = self.pdf.pages[0].obj
        self.page.Contents = self.pdf.make_stream(content)
        self.page.Resources = Dictionary(Font=Dictionary(), XObject=Dictionary(), Properties=Dictionary())
        self.pdf.Root.Lang = pikepdf.String("en")
        self.pdf.Root.MarkInfo = Dictionary(Marked=True)
        self.pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        self.pdf.docinfo["/Title"] = "A page"
        self.root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self.pdf.Root.StructTreeRoot = self.root

    def font(self, cmap: str | None, name: str = "F", *, embedded: bool = True) -> Any:  # noqa: ANN401  pikepdf's own
        """A font of two-byte codes whose map to Unicode holds `cmap`."""
        descriptor = Dictionary(Type=Name.FontDescriptor)
        if embedded:
            descriptor.FontFile2 = self.pdf.make_stream(b"font")
        inner = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, FontDescriptor=descriptor)
        font = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name(f"/{name}"), DescendantFonts=Array([inner]))
        if cmap is not None:
            font.ToUnicode = self.pdf.make_stream(CMAP.format(cmap).encode())
        self.page.Resources.Font[f"/{name}"] = self.pdf.make_indirect(font)
        return font

    def form(self, content: bytes, name: str = "X", **resources: Any) -> Any:  # noqa: ANN401  pikepdf's own
        """A form that the page can draw."""
        form = self.pdf.make_stream(content)
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
        if resources:
            form.Resources = Dictionary(**resources)
        self.page.Resources.XObject[f"/{name}"] = form
        return form

    def tag(self, role: str, *kids: Any, **more: Any) -> Any:  # noqa: ANN401  pikepdf's own
        """A structure element; a kid is another one, or the number of marked content on the page."""
        element = Dictionary(Type=Name.StructElem, S=Name(f"/{role}"), Pg=self.page, **more)
        if kids:
            element.K = Array(kids)
        return self.pdf.make_indirect(element)

    def tree(self, *elements: Any, **more: Any) -> Made:  # noqa: ANN401  pikepdf's own
        """The page with these elements in its document's tag."""
        self.root.K = Array([self.tag("Document", *elements, **more)])
        return self

    def data(self, **options: Any) -> bytes:  # noqa: ANN401  pikepdf's own
        """The finished file."""
        return saved(self.pdf, **options)


def saved(pdf: pikepdf.Pdf, **options: Any) -> bytes:  # noqa: ANN401  pikepdf's own
    target = io.BytesIO()
    pdf.save(target, **options)
    return target.getvalue()


LATIN = "1 beginbfrange <0041> <007a> <0041> endbfrange 1 beginbfchar <0020> <0020> endbfchar"
"""A map that says of the codes of ASCII letters what ASCII does."""


def shown(text: str) -> bytes:
    """Operators that show `text` in the font F with the map LATIN."""
    return b"/F 12 Tf <" + text.encode("utf-16-be").hex().encode() + b"> Tj\n"


def marked(mcid: int, text: str, tag: str = "Span") -> bytes:
    """`text` as marked content."""
    return f"/{tag} << /MCID {mcid} >> BDC BT ".encode() + shown(text) + b"ET EMC\n"
