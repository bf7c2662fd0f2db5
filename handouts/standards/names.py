"""Names, which readability leaves out: what a handout can't say in another word.

Four kinds, and no others: the condition's names; the genes and the fixed names among its facts; organisations; and
short names in capitals, such as IgG or HIV. A date that a fact places is a figure, like a number. Apart from them stand
the words that the handout itself explains at its end.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handouts.model.condition import Token
from handouts.model.document import Terms
from handouts.standards.passages import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handouts.model.condition import Condition
    from handouts.model.document import Line, LocalizedHandout

NAME = "\ue000"
"""Stands in a text where a name was; no text holds it, as it is no character of any script."""


_SHORT_NAME = re.compile(r"(?:[^\W\d_]-)?[A-Z0-9][A-Za-z0-9]*[A-Z][A-Za-z0-9]*")


def names_of(condition: Condition, handout: LocalizedHandout) -> tuple[str, ...]:
    """The names, the longest first.

    The condition's name in the language of the handout, any stretch of it of two words or more, and its first word;
    its other names; its gene; the tokens among its facts; the organisations that the handout lists.
    """
    library = condition.library.organisations
    found = [
        *_stretches(plain(handout.name).split()),
        *condition.content.also_called.names,
        condition.content.gene.symbol,
        *(fact.value for fact in condition.content.facts.values() if isinstance(fact, Token)),
        *(library[organisation].name for organisation in condition.content.organisations),
    ]
    return tuple(sorted({name for name in found if name}, key=lambda name: (-len(name), name)))


def _stretches(words: list[str]) -> Iterator[str]:
    yield words[0]
    for first in range(len(words)):
        for last in range(first + 2, len(words) + 1):
            yield " ".join(words[first:last])


def explained_in(handout: LocalizedHandout) -> tuple[str, ...]:
    """The words that the handout explains, in lower case, and of those of several words the last one."""
    terms = [
        plain(term.term).lower()
        for section in handout.sections
        for block in section.blocks
        if isinstance(block, Terms)
        for term in block.items
    ]
    return tuple(dict.fromkeys(word for term in terms for word in (term, term.split()[-1])))


def is_short_name(word: str) -> bool:
    """Whether `word` is a name in capitals that is said letter by letter or as a word: IgG, HIV, G-CSF, DNA’s."""
    return _SHORT_NAME.fullmatch(re.sub(r"['’]s$", "", word)) is not None


def text_outside_names(line: Line, language: str, names: Iterable[str]) -> str:
    """The words of `line` with each name, and each run of another language, as the one character `NAME`."""
    text = "".join(run.value if run.language == language else NAME for run in line)
    for name in names:
        text = re.sub(rf"(?<!\w){re.escape(name)}(?:['’]s)?(?!\w)", NAME, text, flags=re.IGNORECASE)
    return text


def is_explained(word: str, explained: Iterable[str]) -> bool:
    """Whether an English `word` is one of the `explained` ones, in the singular or the plural."""
    said = re.sub(r"['’]s$", "", word.lower())
    forms = {said, said.removesuffix("s"), said.removesuffix("es"), re.sub(r"ies$", "y", said)}
    return not forms.isdisjoint(explained)
