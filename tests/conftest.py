"""What many tests share: the shipped library and condition, finished trees, and a tiny condition to break."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

import pytest

from handouts.content import build_condition
from handouts.localize import localize
from handouts.model.edition import Audience, Edition, Paper
from handouts.problems import HandoutsError, Problem
from handouts.project import Project

if TYPE_CHECKING:
    from handouts.model.condition import Condition, Library
    from handouts.model.document import LocalizedHandout
    from handouts.model.message import Translations
    from handouts.render import Templates

DAY = datetime.date(2026, 11, 21)

SMALL = """\
id: small
name: Small condition
pattern: x-linked-recessive
gene: {symbol: ABC1, sources: [ONE]}
also_called:
  sources: [ONE]
  names: [Tiny condition]
review: {written: 2026-01-02, review_by: 2027-01-02}
sources:
  ONE: {title: First page, publisher: First house, read: 2026-01-02}
  TWO: {title: Second page, publisher: Second house, read: 2026-01-02}
  THREE: {title: Third page, publisher: Third house, read: 2026-01-02}
facts:
  frequency: {kind: ratio, count: 2, total: 1000000, sources: [ONE]}
  gene: {kind: token, value: ABC1, sources: [ONE]}
never_print:
  - {word: Wrongdrug, why: A source lists it by mistake.}
editions:
  family: {title: A title for families, summary: A summary for families.}
  carrier: {title: A title for carriers, summary: A summary for carriers.}
sections:
  - id: rare
    heading: How rare it is
    blocks:
      - kind: paragraph # first
        id: frequency
        sources: [TWO]
        text: "About {frequency} people have it."
  - id: cause
    heading: What causes it
    blocks:
      - kind: paragraph
        id: gene
        sources: [ONE]
        text: "A change in the {gene} gene."
      - kind: paragraph
        id: both
        sources: [THREE, TWO]
        text: "It is there from birth."
        for: [family]
  - id: for-carriers
    heading: For carriers alone
    for: [carrier]
    blocks:
      - kind: paragraph
        id: ask
        basis: practical
        text: "You can ask for time."
words: {}
"""
"""The smallest condition with something of everything; tests replace one thing in it and see what is told."""

Told = Callable[[str], tuple[Problem, ...]]
Localized = Callable[[str, str], "LocalizedHandout"]


def line_of(text: str, marker: str) -> int:
    """The line, counted from 1, on which `marker` stands; it must stand once."""
    (line,) = (number for number, content in enumerate(text.splitlines(), 1) if marker in content)
    return line


def changed(text: str, old: str, new: str) -> str:
    """`text` with its one `old` made `new`: a test that changes nothing is none."""
    assert text.count(old) == 1, old
    return text.replace(old, new)


@pytest.fixture(scope="session")
def library() -> Library:
    """The shipped shared library."""
    return Project().library()


@pytest.fixture(scope="session")
def condition() -> Condition:
    """The shipped condition."""
    return Project().condition("x-linked-hyper-igm")[0]


@pytest.fixture(scope="session")
def templates() -> Templates:
    """The shipped templates."""
    return Project().templates()


@pytest.fixture(scope="session")
def small(library: Library) -> Condition:
    """The tiny condition of this file."""
    return build_condition("small.yaml", SMALL, library, "small")[0]


@pytest.fixture(scope="session")
def told(library: Library) -> Told:
    """What is told about a condition's text: its errors, or the warnings when there are no errors."""

    def problems(text: str) -> tuple[Problem, ...]:
        try:
            return build_condition("small.yaml", text, library, "small")[1]
        except HandoutsError as error:
            return error.problems

    return problems


@pytest.fixture(scope="session")
def translations(condition: Condition) -> Callable[[str], Translations]:
    """The shipped translations of the shipped condition, by language."""
    return cache(lambda tag: Project().translations(condition, tag)[0])


@pytest.fixture(scope="session")
def handout(condition: Condition, translations: Callable[[str], Translations]) -> Localized:
    """The shipped handout as a tree, by language and audience."""
    return cache(lambda tag, audience: localize(condition, translations(tag), edition(audience)))


def edition(audience: str = "family", day: datetime.date = DAY) -> Edition:
    return Edition(Audience(audience), Paper.A4, day)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-refs` renews the references in tests/ref/ from what is made now."""
    parser.addoption("--update-refs", action="store_true", help="renew tests/ref/ from what is made now; then read it")
