"""HTML to tagged PDF with WeasyPrint: PDF/UA-1, our own fonts alone, nothing fetched, the same bytes each time."""

from handouts.typeset.engine import Typeset, typeset

__all__ = ["Typeset", "typeset"]
