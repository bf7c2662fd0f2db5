"""The genotype model of the five patterns in which one gene is passed on.

A person is written by their alleles, a capital for a working copy and a small letter for a changed one: X and x on
the X chromosome, Y, A and a on another chromosome, M and m in the mitochondria, which come from the egg alone.
Source: facts on inheritance, sources HEE, NHGRI-X, GHR-PAT, GHR-RISK and GHR-L.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from math import gcd

CHANGED = {
    "x-linked-recessive": "has-condition",
    "x-linked-dominant": "has-condition",
    "autosomal-recessive": "has-condition",
    "autosomal-dominant": "has-change",
    "mitochondrial": "has-change",
}
"""What the change leads to, by pattern: the condition, or only the change, where not everybody with it falls ill."""

PAIRS: dict[tuple[str, str], tuple[str, str]] = {
    ("x-linked-recessive", "carrier-mother"): ("Xx", "XY"),
    ("x-linked-recessive", "father-has"): ("XX", "xY"),
    ("x-linked-recessive", "carrier-mother-father-has"): ("Xx", "xY"),
    ("x-linked-dominant", "mother-has"): ("Xx", "XY"),
    ("x-linked-dominant", "father-has"): ("XX", "xY"),
    ("autosomal-recessive", "both-carriers"): ("Aa", "Aa"),
    ("autosomal-recessive", "one-carrier"): ("Aa", "AA"),
    ("autosomal-recessive", "one-has-one-carrier"): ("aa", "Aa"),
    ("autosomal-recessive", "one-has"): ("aa", "AA"),
    ("autosomal-dominant", "one-has"): ("Aa", "AA"),
    ("mitochondrial", "mother-has"): ("mXX", "MXY"),
    ("mitochondrial", "father-has"): ("MXX", "mXY"),
}
"""(pattern, pair) -> (mother, father); in autosomal patterns the two may as well be the other way round."""

REFUSED = {
    ("x-linked-recessive", "mother-has"): "no source that was read states it",
    ("x-linked-recessive", "both-have"): "it is rare, and a counselor should explain it",
    ("autosomal-recessive", "both-have"): "no source that was read states it",
    ("autosomal-dominant", "both-have"): "no source was found; a genetic counselor should explain it",
}
"""Pairs that must not be printed, and why."""

_ORDER = ("has-condition", "has-change", "carrier", "unchanged")
_SEXES = ("son", "daughter", "child")


@dataclass(frozen=True, slots=True)
class Relative:
    """A parent or one of the equally likely children, and what they have.

    `sex` is mother, father, son or daughter; parent or child where it makes no difference.
    """

    sex: str
    status: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """`count` of `total` equally likely children."""

    count: int
    total: int


def pairs_of(pattern: str) -> tuple[str, ...]:
    """The pairs of parents that can be asked for in `pattern`."""
    return tuple(pair for known, pair in PAIRS if known == pattern)


def couple_of(pattern: str, parents: str) -> tuple[Relative, Relative]:
    """The two parents of the pair called `parents`."""
    mother, father = PAIRS[pattern, parents]
    autosomal = pattern.startswith("autosomal")
    return (
        Relative("parent" if autosomal else "mother", _status(pattern, mother)),
        Relative("parent" if autosomal else "father", _status(pattern, father)),
    )


def children_of(pattern: str, parents: str) -> tuple[Relative, ...]:
    """The four equally likely children: sons first, the condition first.

    Raises `KeyError` for a pair that no source covers.
    """
    mother, father = PAIRS[pattern, parents]
    genotypes = [a + b for a, b in product(_passed_on(mother, egg=True), _passed_on(father, egg=False))]
    children = [Relative(_sex(genotype), _status(pattern, genotype)) for genotype in genotypes]
    return tuple(sorted(children, key=lambda c: (_SEXES.index(c.sex), _ORDER.index(c.status))))


def odds(pattern: str, parents: str, status: str, sex: str | None = None) -> Outcome:
    """How many of the equally likely children have `status`; with `sex`, of the sons or daughters alone.

    All odds of one group share one denominator, the smallest that holds them: 1, 2 and 1 in 4, but 1 and 1 in 2.
    """
    children = [child.status for child in children_of(pattern, parents) if sex in {None, child.sex}]
    counts = {known: children.count(known) for known in _ORDER}
    alike = sum(count > 0 for count in counts.values()) == 1
    common = 1 if alike else gcd(*counts.values())
    return Outcome(counts[status] // common, len(children) // common) if children else Outcome(0, 0)


def _passed_on(parent: str, *, egg: bool) -> tuple[str, str]:
    """The two things that a parent may pass on; an egg brings its mitochondria along."""
    mitochondria = parent[:-2] if egg else ""
    return mitochondria + parent[-2], mitochondria + parent[-1]


def _sex(genotype: str) -> str:
    if "Y" in genotype:
        return "son"
    return "daughter" if "x" in genotype.casefold() else "child"


def _status(pattern: str, genotype: str) -> str:
    """What a person with these alleles has."""
    changed = sum(genotype.count(allele) for allele in "xam")
    working = sum(genotype.count(allele) for allele in "XAM")
    if not changed:
        return "unchanged"
    if pattern in {"x-linked-recessive", "autosomal-recessive"} and working:
        return "carrier"
    return CHANGED[pattern]
