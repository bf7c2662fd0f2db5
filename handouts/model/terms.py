"""The term base: how words that matter are said in each language, and how they must not be said.

These models are the schema of locales/glossary.yaml, which `handouts schema terms` prints for editors.

A pattern is words as a text has them, in any letter case; `*` stands for any letters of a word, so
`portador*` finds portadora and portadores. In languages that write no spaces a pattern is found anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  pydantic reads the annotations when the models are built
from typing import Annotated, Literal

from pydantic import Field, model_validator

from handouts.model.condition import Address, Id, Label, SourceId, Value, Words

Pattern = Annotated[str, Field(pattern=r"^\**[^\s*]\S*( \S+)*$", max_length=100)]
Tag = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$", description="BCP 47 tag.")]


class TermSource(Value):
    """A page on which renderings were seen."""

    title: Label
    address: Address | None = None
    quality: Annotated[
        Literal["official", "professional", "low"],
        Field(description="Of a government; of a reference work or patient body; a clinic, paper or encyclopaedia."),
    ]


class Rendering(Value):
    """A good way to say the term: seen in a source, or our own draft that no source shows."""

    text: Label
    finds: Annotated[tuple[Pattern, ...], Field(description="How it is known in a text; its words when left out.")] = ()
    sources: tuple[SourceId, ...] = ()
    ours: Literal["draft"] | None = None

    @property
    def patterns(self) -> tuple[str, ...]:
        """How it is known in a text."""
        return self.finds or (self.text,)

    @model_validator(mode="after")
    def _one_origin(self) -> Rendering:
        if bool(self.sources) == (self.ours is not None):
            msg = "name its sources, or say `ours: draft` (one of the two)"
            raise ValueError(msg)
        return self


class WrongRendering(Value):
    """A way in which the term must not be said."""

    text: Label
    finds: Annotated[tuple[Pattern, ...], Field(description="How it is known in a text; its words when left out.")] = ()
    why: Label

    @property
    def patterns(self) -> tuple[str, ...]:
        """How it is known in a text."""
        return self.finds or (self.text,)


class TermIn(Value):
    """A term in one language. A wrong rendering is not told where it is part of an accepted one."""

    accepted: tuple[Rendering, ...] = ()
    forbidden: tuple[WrongRendering, ...] = ()

    @model_validator(mode="after")
    def _not_both(self) -> TermIn:
        both = {r.text for r in self.accepted} & {f.text for f in self.forbidden}
        if both:
            msg = f"'{min(both)}' is both accepted and forbidden"
            raise ValueError(msg)
        return self


class Term(Value):
    """A word that must be said in the same way everywhere."""

    term: Label
    finds: Annotated[tuple[Pattern, ...], Field(description="How it is known in English text.")] = ()
    meaning: Words
    senses_not_meant: Annotated[tuple[Label, ...], Field(alias="not")] = ()
    languages: Annotated[Mapping[Tag, TermIn], Field(alias="in")] = Field(default_factory=dict)

    @property
    def patterns(self) -> tuple[str, ...]:
        """How it is known in English text."""
        return self.finds or (self.term,)


class FixedToken(Value):
    """A name that is written with the same letters in every language, but for those named."""

    token: Annotated[str, Field(pattern=r"^[A-Za-z]+([- ][A-Za-z]+)*$", max_length=40)]
    languages: Annotated[Mapping[Tag, tuple[Pattern, ...]], Field(alias="in")] = Field(default_factory=dict)


class WordsToAvoid(Value):
    """Words that are never right in our texts: they blame, frighten, or belong to another country."""

    finds: Annotated[tuple[Pattern, ...], Field(min_length=1)]
    why: Label
    instead: Label


class LanguageWords(Value):
    """What holds for every text in one language."""

    avoid: tuple[WordsToAvoid, ...] = ()
    number_words: Annotated[
        tuple[Pattern, ...], Field(description="Words for numbers from three, and for percent, that mean nothing else.")
    ] = ()


class TermsFile(Value):
    """glossary.yaml, the term base."""

    sources: Mapping[SourceId, TermSource]
    tokens: tuple[FixedToken, ...] = ()
    terms: Mapping[Id, Term]
    languages: Mapping[Tag, LanguageWords] = Field(default_factory=dict)
