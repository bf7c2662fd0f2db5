"""A condition and one language's translations in, the whole handout as a tree of words out."""

from handouts.localize.build import localize

__all__ = ["localize"]
