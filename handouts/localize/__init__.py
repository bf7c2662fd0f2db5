"""A condition and one language's translations in, the whole handout as a tree of words out."""

from handouts.localize.build import localize, localize_proof
from handouts.localize.edition_id import words_digest

__all__ = ["localize", "localize_proof", "words_digest"]
