"""Small pages, and what is heard of them: from our typesetter, and from WeasyPrint without our patches."""

from __future__ import annotations

import base64
import io
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import pikepdf

from handouts.languages import language
from handouts.model.artifacts import Html, Pdf
from handouts.project import Project
from handouts.typeset import typeset
from handouts.verify import heard
from handouts.verify.tag_reader import Tag, TaggedPdf, read_pdf

if TYPE_CHECKING:
    from collections.abc import Iterator

FONTS = Project().fonts()
NARROW = "p, li, td, h1 { width: 4em }"
SHORT_PAGES = "@page { size: 6cm 5cm; margin: 5mm }"
DOT = (
    "data:image/svg+xml;base64,"
    + base64.b64encode(
        b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><circle r="3" cx="5" cy="5"/></svg>'
    ).decode()
)
"""A drawing that stands in the page itself."""


def page(body: str, tag: str = "en", style: str = "") -> str:
    """A whole page that holds `body`, in the language `tag` and its direction."""
    return (
        f'<!DOCTYPE html><html lang="{tag}" dir="{language(tag).direction}"><head><meta charset="utf-8">'
        f"<title>A page</title><style>{style}</style></head><body>{body}</body></html>"
    )


@cache
def made(markup: str) -> bytes:
    """The PDF that our typesetter makes of `markup`."""
    return typeset(Html(markup), FONTS, "page").pdf.data


@cache
def plain(markup: str) -> bytes:
    """The PDF that WeasyPrint makes of `markup` without our patches, in the same fonts."""
    made(page(""))  # the typesetter chooses the fonts before the engine is first imported
    from weasyprint import CSS, HTML  # noqa: PLC0415  see above
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415  see above

    html = HTML(string=markup)
    families = ", ".join(f'"{name}"' for name in language(html.etree_element.get("lang")).font_families)
    sheet = CSS(string=f"html {{ font-family: {families} }}")
    data: bytes = html.write_pdf(font_config=FontConfiguration(), stylesheets=[sheet], pdf_variant="pdf/ua-1")
    return data


def words(data: bytes) -> list[str]:
    """What a listener gets, block by block."""
    return [block.text for block in heard(Pdf(data))]


def words_of_codes(data: bytes) -> list[str]:
    """What the codes of the glyphs say, block by block, to a reader that looks at nothing else."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and "/ActualText" in thing:
                del thing["/ActualText"]
        bare = io.BytesIO()
        pdf.save(bare)
    return words(bare.getvalue())


def read(data: bytes) -> TaggedPdf:
    return read_pdf(data)


def outline(data: bytes) -> str:
    """The tag tree, one tag on a line: its role, what it tells a listener besides, and its words."""
    (document,) = (kid for kid in read_pdf(data).root.kids if isinstance(kid, Tag))
    return "\n".join(_lines(document, "", 0)) + "\n"


def tree(body: str, tag: str = "en", style: str = "") -> list[str]:
    """The lines of the outline of a page that holds `body`, without the document's own."""
    lines = outline(made(page(body, tag, style))).splitlines()
    return [line.removeprefix("  ") for line in lines[1:]]


def _lines(tag: Tag, spoken: str, depth: int) -> Iterator[str]:
    said = [repr_of(tag, spoken)]
    if tag.kids and all(isinstance(kid, str) for kid in tag.kids):
        text = "".join(kid for kid in tag.kids if isinstance(kid, str))
        said += [f'"{text}"'] if text else []
    yield "  " * depth + " ".join(said)
    for kid in tag.kids:
        if isinstance(kid, Tag):
            yield from _lines(kid, tag.language, depth + 1)
        elif kid and len(said) == 1:
            yield "  " * (depth + 1) + f'"{kid}"'


def repr_of(tag: Tag, spoken: str) -> str:
    """A tag's role, and what it tells besides; `spoken` is the language around it."""
    told = [tag.role]
    if tag.language != spoken:
        told.append(f"lang={tag.language}")
    told += [f"{name[1:]}={a[name].removeprefix('/')}" for a in tag.attributes for name in KEPT if name in a]
    if tag.alt is not None:
        told.append(f'alt="{tag.alt}"')
    if tag.expansion is not None:
        told.append(f'means="{tag.expansion}"')
    told += [
        f"-> {address} ({contents})" + (f" on {times} lines" if times > 1 else "")
        for (address, contents), times in Counter((a["address"], a["contents"]) for a in tag.annotations).items()
    ]
    return " ".join(told)


KEPT = ("/Scope", "/ColSpan", "/RowSpan", "/ListNumbering")
