"""One document laid out and written with every patch in place, and none left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handouts.typeset.fidelity.glyph_codes import codes_of_our_own
from handouts.typeset.fidelity.guard import refuse_unknown_engine
from handouts.typeset.fidelity.line_ends import line_ends_kept
from handouts.typeset.fidelity.tag_writer import tags_of_our_own
from handouts.typeset.fidelity.whole_words import words_kept

if TYPE_CHECKING:
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration


def written(html: HTML, configuration: FontConfiguration, **options: Any) -> bytes:  # noqa: ANN401  WeasyPrint's options
    """The bytes of `html` as a PDF in which every word is heard as written.

    The patches change the engine for this one call; two calls at once need two processes, not two threads.
    """
    refuse_unknown_engine()
    with line_ends_kept(), words_kept(html.etree_element):
        document = html.render(font_config=configuration, **options)
    for page in document.pages:
        # words inside a link inherit its address, and would get a second annotation outside its tag
        page.links = [link for link in page.links if link[3].link]
    with tags_of_our_own(document, html.etree_element), codes_of_our_own():
        data: bytes = document.write_pdf(**options)
    return data
