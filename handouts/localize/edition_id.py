"""The short name of exactly these words, by which staff can tell two handouts apart."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handouts.model.document import LocalizedHandout

PRINTED = "about.printed"
"""The key of the line that tells the day of printing, which makes no other edition."""


def edition_id(handout: LocalizedHandout) -> str:
    """The id of the words of `handout`, whatever the day of printing."""
    undated = tuple(
        replace(section, blocks=tuple(block for block in section.blocks if block.key != PRINTED))
        for section in handout.sections
    )
    value = asdict(replace(handout, sections=undated), dict_factory=_printed)
    del value["printed_on"]
    return short_id(json.dumps(value, ensure_ascii=False, sort_keys=True))


def words_digest(handout: LocalizedHandout) -> str:
    """The SHA-256 of a whole tree, in one language or two, whatever the day of printing."""
    value = _undated(asdict(handout, dict_factory=_printed))
    words = json.dumps(value, ensure_ascii=False, sort_keys=True, default=_of_bytes)
    return hashlib.sha256(words.encode()).hexdigest()


def _of_bytes(data: bytes) -> str:
    """What stands for a picture, such as a logo."""
    return hashlib.sha256(data).hexdigest()


def _undated(value: object) -> object:
    """`value` without the day of printing, wherever it stands."""
    if isinstance(value, dict):
        return {name: _undated(part) for name, part in value.items() if name != "printed_on"}
    if isinstance(value, (list, tuple)):
        return [_undated(part) for part in value if not (isinstance(part, dict) and part.get("key") == PRINTED)]
    return value


def _printed(fields: list[tuple[str, object]]) -> dict[str, object]:
    """The fields of a value without those that nothing prints."""
    return {name: value for name, value in fields if name != "said"}


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
