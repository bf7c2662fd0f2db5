"""Words that a handout avoids, why, and what it says instead; and the search for them in any text.

A value of the seam: content reads the list, and catalogs and standards look for its words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping  # noqa: TC003  pydantic reads the annotations when the models are built
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from handouts.model.condition import Label, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff]")
"""Letters of scripts that do not part words: Thai, Lao, Burmese, Khmer, Japanese and Chinese."""


class ToneWord(Value):
    """A word or phrase to avoid. A `*` at its end stands for any ending; case does not matter."""

    word: Annotated[Label, Field(description="A whole word or phrase; `mutat*` finds mutation and mutated.")]
    why: Label
    say: Annotated[Label, Field(description="What to say instead.")]
    but: Annotated[
        tuple[Label, ...], Field(description="Phrases in which the word stands rightly, such as a name.")
    ] = ()


class ToneFile(Value):
    """tone.yaml: the words to avoid, by language."""

    avoid: Annotated[
        Mapping[str, tuple[ToneWord, ...]],
        Field(description="By BCP 47 tag; a regional tag without words of its own takes those of its language."),
    ]


@dataclass(frozen=True, slots=True)
class ToneFault:
    """A word that was found, as it stands in the text, and its entry."""

    found: str
    entry: ToneWord


def tone_of(avoid: Mapping[str, tuple[ToneWord, ...]], language_tag: str) -> tuple[ToneWord, ...] | None:
    """The words to avoid in a language, or None when nobody has listed any: then nothing was looked for."""
    found = avoid.get(language_tag)
    return found if found is not None else avoid.get(language_tag.partition("-")[0])


def tone_faults(text: str, words: Iterable[ToneWord]) -> Iterator[ToneFault]:
    """Each word of `words` that `text` says, once for each place where it stands."""
    for entry in words:
        rest = text
        for phrase in entry.but:
            rest = _pattern(phrase).sub(lambda match: " " * len(match.group()), rest)
        yield from (ToneFault(match.group(), entry) for match in _pattern(entry.word).finditer(rest))


@lru_cache(maxsize=1024)
def _pattern(word: str) -> re.Pattern[str]:
    """Whole words, in any case, with either apostrophe. Scripts that do not part words are searched inside them."""
    stem = word.removesuffix("*")
    escaped = re.escape(stem).replace(r"\ ", r"\s+").replace("'", "['’]")
    if _UNSPACED.search(stem):
        return re.compile(escaped)
    ending = r"\w*" if word.endswith("*") else r"(?!\w)"
    return re.compile(rf"(?<!\w){escaped}{ending}", re.IGNORECASE)
