"""HTML to tagged PDF with WeasyPrint: PDF/UA-1, our own fonts alone, nothing fetched, the same bytes each time."""

from handouts.typeset.engine import MissingGlyphsError, Typeset, missing_glyph, typeset

__all__ = ["MissingGlyphsError", "Typeset", "missing_glyph", "typeset"]
