"""The genotype model of X-linked recessive inheritance."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import product


class Allele(StrEnum):
    """What a sex chromosome carries."""

    X = "X"
    X_CHANGED = "x"
    Y = "Y"


@dataclass(frozen=True, slots=True)
class Genotype:
    """A person's two sex chromosomes."""

    first: Allele
    second: Allele

    @property
    def sex(self) -> str:
        """`son` with one X and one Y, `daughter` with two X."""
        return "son" if Allele.Y in {self.first, self.second} else "daughter"

    @property
    def status(self) -> str:
        """has-condition with no working X, carrier with one working and one changed X, else unchanged."""
        alleles = [self.first, self.second]
        if Allele.X_CHANGED not in alleles:
            return "unchanged"
        return "carrier" if Allele.X in alleles else "has-condition"


@dataclass(frozen=True, slots=True)
class Relative:
    """A parent or one of the equally likely children: mother, father, son or daughter, and what they have."""

    sex: str
    status: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """`count` of `total` equally likely children."""

    count: int
    total: int


_UNCHANGED_MOTHER = Genotype(Allele.X, Allele.X)
_CARRIER_MOTHER = Genotype(Allele.X, Allele.X_CHANGED)
_UNCHANGED_FATHER = Genotype(Allele.X, Allele.Y)
_FATHER_HAS = Genotype(Allele.X_CHANGED, Allele.Y)

_PARENTS = {
    "carrier-mother": (_CARRIER_MOTHER, _UNCHANGED_FATHER),
    "father-has": (_UNCHANGED_MOTHER, _FATHER_HAS),
}


def couple_of(parents: str) -> tuple[Relative, Relative]:
    """Mother and father of the pair called `parents`."""
    mother, father = _PARENTS[parents]
    return Relative("mother", mother.status), Relative("father", father.status)


def children_of(parents: str) -> tuple[Relative, ...]:
    """The four equally likely children of the pair called `parents`: sons first, the condition first.

    Raises `KeyError` for a pair that no source covers.
    """
    mother, father = _PARENTS[parents]
    genotypes = (
        Genotype(mine, yours) for mine, yours in product((mother.first, mother.second), (father.first, father.second))
    )
    order = ("has-condition", "carrier", "unchanged")
    return tuple(
        Relative(g.sex, g.status) for g in sorted(genotypes, key=lambda g: (g.sex != "son", order.index(g.status)))
    )


def odds(parents: str, status: str, sex: str | None = None) -> Outcome:
    """How many of the equally likely children have `status`; with `sex`, of the sons or daughters alone."""
    children = [child for child in children_of(parents) if sex in {None, child.sex}]
    return Outcome(sum(child.status == status for child in children), len(children))
