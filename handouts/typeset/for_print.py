"""Several finished PDFs as one file for a printer. What is for ears stays behind: the single files are for reading."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf

from handouts.model.artifacts import Pdf

if TYPE_CHECKING:
    from collections.abc import Iterable

FOR_READERS = ("/StructParents", "/Annots", "/Tabs")
"""What a page keeps of its own document's tags and links, which lead nowhere in another."""


def joined_for_print(parts: Iterable[tuple[str, bytes]], title: str, language_tag: str) -> Pdf:
    """One PDF with the pages of all `parts`, each a (name, PDF), and a bookmark where each begins.

    Each part begins on the front of a sheet: after an odd number of pages comes an empty one. The same parts give the
    same bytes. The file has no tags, so no screen reader can read it well, and it claims none.
    """
    book = pikepdf.new()
    sources = []
    with book.open_outline() as outline:
        for name, data in parts:
            source = pikepdf.open(io.BytesIO(data))
            sources.append(source)  # its pages are copied when the book is saved
            outline.root.append(pikepdf.OutlineItem(name, len(book.pages)))
            book.pages.extend(source.pages)
            if len(source.pages) % 2:
                _, _, width, height = (float(edge) for edge in source.pages[-1].mediabox)
                book.add_blank_page(page_size=(width, height))
    for page in book.pages:
        for name in FOR_READERS:
            if name in page.obj:
                del page.obj[name]
    book.Root.Lang = language_tag
    book.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    book.docinfo["/Title"] = title
    target = io.BytesIO()
    book.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return Pdf(target.getvalue())
