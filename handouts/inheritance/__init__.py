"""Genotypes in, children out: the one place from which odds, sentences and pictures are drawn.

A parent passes on one of two sex chromosomes, each just as likely. The four combinations are the four equally
likely children. Source: sources HEE, NHGRI-X (who has which chromosomes), GHR-PAT (fathers give sons their Y).
"""

from handouts.inheritance.model import Genotype, Outcome, Relative, children_of, couple_of, odds

__all__ = ["Genotype", "Outcome", "Relative", "children_of", "couple_of", "odds"]
