"""Genotypes in, children out: the one place from which odds, sentences and pictures are drawn.

Each parent passes on one of two things, each just as likely. The four combinations are the four equally likely
children. Pairs of parents that no source covers can't be asked for.
"""

from handouts.inheritance.model import (
    CHANGED,
    PAIRS,
    REFUSED,
    Outcome,
    Relative,
    children_of,
    couple_of,
    odds,
    pairs_of,
)

__all__ = ["CHANGED", "PAIRS", "REFUSED", "Outcome", "Relative", "children_of", "couple_of", "odds", "pairs_of"]
