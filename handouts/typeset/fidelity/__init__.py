"""The room that knows WeasyPrint's insides, so that a screen reader hears exactly the words of the page.

Plain WeasyPrint keeps one text for each glyph of a font, drops the spaces at line ends, and splits an element that
crosses a page. What each file mends, and when it may go, stands at its head:

- `line_ends`   real spaces where a line ends at one; automatic hyphens are not heard
- `whole_words` Korean lines end between words
- `clusters`    Pango's clusters to what is drawn together and said together
- `glyph_codes` one code for each (glyph, text), so that the same shape can be said in two ways
- `composites`  those shapes of several glyphs, added to the embedded font
- `structure`   the tag tree, built from the document's elements, whole across pages
- `pictures`    the words that stand for a picture, or that it is only decoration
- `furniture`   what is drawn but not heard: running heads, repeats, decoration
- `tag_writer`  that tree as PDF objects, with ActualText and Lang
- `places`      where on the pages the elements stand; it looks, and mends nothing
- `guard`       refuses to patch an engine that is not the one these were written for
"""

from handouts.typeset.fidelity.writing import written

__all__ = ["written"]
