"""The short name of exactly these words, by which staff can tell two handouts apart."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from handouts.model.document import LocalizedHandout

PRINTED = "about.printed"
"""The key of the line that tells the day of printing, which makes no other edition."""


def edition_id(handout: LocalizedHandout) -> str:
    """The id of the words of `handout`, whatever the day of printing."""
    undated = tuple(
        replace(section, blocks=tuple(block for block in section.blocks if block.key != PRINTED))
        for section in handout.sections
    )
    value = _fields(replace(handout, sections=undated))
    del value["printed_on"]
    return short_id(_written(value, _fields))


def words_digest(handout: LocalizedHandout) -> str:
    """The SHA-256 of a whole tree, in one language or two, whatever the day of printing."""
    return hashlib.sha256(_written(handout, _undated).encode()).hexdigest()


def _written(value: object, told: Callable[[object], object]) -> str:
    """`value` as JSON, the same for the same words; `told` says of each dataclass or picture what is written."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=told)


def _fields(value: Any) -> dict[str, object]:  # noqa: ANN401  any dataclass of the tree
    """The fields of a value, but for those that nothing prints."""
    return {name: getattr(value, name) for name in value.__dataclass_fields__ if name != "said"}


def _undated(value: object) -> object:
    """The same without the day of printing; of a picture, such as a logo, its digest."""
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    return {name: _without_day(part) for name, part in _fields(value).items() if name != "printed_on"}


def _without_day(value: object) -> object:
    """`value`, or what of a tuple does not tell the day of printing."""
    if not isinstance(value, tuple):
        return value
    return [_without_day(part) for part in value if getattr(part, "key", None) != PRINTED]


def short_id(words: str) -> str:
    """Eight hex digits of the digest of `words`, in two groups that can be read out."""
    digest = hashlib.sha256(words.encode()).hexdigest()
    return f"{digest[:4]}-{digest[4:8]}"


def renamed(handout: LocalizedHandout, edition: str) -> LocalizedHandout:
    """`handout` with another id, at the foot of its pages too."""
    foot = tuple(
        replace(text, value=edition) if text.value == handout.edition else text for text in handout.foot.edition
    )
    return replace(handout, edition=edition, foot=replace(handout.foot, edition=foot))
