"""Korean lines end between words, not within them.

Fault: WeasyPrint knows `word-break: normal` and `break-all` alone, so Korean, whose syllables may be parted anywhere,
is broken in the middle of words, as no Korean school book does. `keep-all` is refused as unknown.
Shown by: <p lang="ko" style="width: 5em">의료진에게 알려</p>.
May go when: WeasyPrint takes `word-break: keep-all`.

A column may be too narrow for a word. There the style sheet says `overflow-wrap: anywhere`, and words are parted as
before; so is a word of more than `MOST` signs.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from weasyprint.text import line_break
from weasyprint.text.ffi import ffi, pango

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGE = "ko"
MOST = 14
_WORD = re.compile(r"\w*[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]\w*")


@contextmanager
def words_kept(root: Any) -> Iterator[None]:  # noqa: ANN401  an ElementTree element
    """While the pages of the document `root` are laid out, forbid line breaks within Korean words."""
    if not any(_is_korean(element.get("lang")) for element in root.iter()):
        yield
        return
    set_text = line_break.Layout.set_text

    def set_whole_words(layout: Any, text: str, justify: bool = False) -> None:  # noqa: ANN401, FBT001, FBT002  the engine's own
        set_text(layout, text, justify)
        style = layout.style
        if _is_korean(style["lang"]) and style["overflow_wrap"] == "normal":
            _forbid_breaks(layout)

    line_break.Layout.set_text = set_whole_words
    try:
        yield
    finally:
        line_break.Layout.set_text = set_text


def _is_korean(tag: str | None) -> bool:
    return (tag or "").partition("-")[0].lower() == LANGUAGE


def _forbid_breaks(layout: Any) -> None:  # noqa: ANN401  WeasyPrint's objects have no types
    words = [match for match in _WORD.finditer(layout.text) if len(match[0]) <= MOST]
    if not words:
        return
    library = _with_allow_breaks()
    kept = library.pango_layout_get_attributes(layout.layout)
    if kept == ffi.NULL:
        kept = ffi.gc(library.pango_attr_list_new(), library.pango_attr_list_unref)
    for word in words:
        attribute = library.pango_attr_allow_breaks_new(0)
        attribute.start_index = len(layout.text[: word.start()].encode())
        attribute.end_index = len(layout.text[: word.end()].encode())
        library.pango_attr_list_change(kept, attribute)
    library.pango_layout_set_attributes(layout.layout, kept)


@cache
def _with_allow_breaks() -> Any:  # noqa: ANN401  see above
    """Pango, with the one function that WeasyPrint does not name."""
    ffi.cdef("PangoAttribute * pango_attr_allow_breaks_new (gboolean allow_breaks);")
    return pango
