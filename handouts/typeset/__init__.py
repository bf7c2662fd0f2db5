"""HTML to tagged PDF with WeasyPrint: PDF/UA-1, our own fonts alone, nothing fetched, the same bytes each time."""

from handouts.typeset.engine import MissingGlyphsError, Typeset, missing_glyph, typeset
from handouts.typeset.for_print import joined_for_print
from handouts.typeset.look import Look, look, room_left

__all__ = ["Look", "MissingGlyphsError", "Typeset", "joined_for_print", "look", "missing_glyph", "room_left", "typeset"]
