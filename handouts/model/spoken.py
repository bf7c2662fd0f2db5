"""The words of what people see in a browser, in one language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.languages import Language, language, name_in

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Spoken:
    """All the words in the language `tag`, by key; `draft` says that nobody has checked them."""

    tag: str
    words: Mapping[str, str]
    draft: bool

    @property
    def language(self) -> Language:
        """The language."""
        return language(self.tag)

    def named(self, tag: str) -> str:
        """A language in this one."""
        return name_in(tag, self.tag)
