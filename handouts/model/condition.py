"""The content of a condition and of the shared library, as their YAML files say it.

These models are the schema: unknown keys are refused, values are frozen, and `handouts schema` prints them for
editors. Texts are plain English; numbers stand under `facts` and are placed by name.
"""

from __future__ import annotations

import datetime  # noqa: TC003  pydantic reads the annotations when the models are built
import re
from collections.abc import Mapping  # noqa: TC003  pydantic reads the annotations when the models are built
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from handouts.model.edition import Audience

if TYPE_CHECKING:
    from handouts.model.message import Message

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
SourceId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]*$", max_length=20)]
Words = Annotated[str, Field(min_length=1, max_length=600)]
Label = Annotated[str, Field(min_length=1, max_length=200)]
Address = Annotated[str, Field(pattern=r"^(https?://|www\.)[^\s<>\"']+$", max_length=300)]
Place = Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="ISO 3166 code of a country, such as US or GB.")]
Pattern = Literal[
    "x-linked-recessive", "x-linked-dominant", "autosomal-recessive", "autosomal-dominant", "mitochondrial"
]


WORLD = "001"
"""The place of an organisation that helps everywhere."""


class Value(BaseModel):
    """Base of all content: frozen, and no key but those named."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Value):
    """Something that was read: what it is called, who published it, where, and when it was read."""

    title: Label
    publisher: Label
    address: Address | None = None
    printed: Annotated[Label | None, Field(description="The date exactly as the page prints it.")] = None
    read: Annotated[datetime.date, Field(description="The day on which our stored copy was read.")]
    language: Annotated[str, Field(description="BCP 47 tag of the title.")] = "en"


class Sourced(Value):
    """A statement: it names its sources, or says that it is practical and states nothing clinical."""

    sources: tuple[SourceId, ...] = ()
    basis: Annotated[
        Literal["practical"] | None,
        Field(description="For lines that help to talk, plan or ask, and state nothing clinical."),
    ] = None

    @model_validator(mode="after")
    def _one_basis(self) -> Sourced:
        if bool(self.sources) == bool(self.basis):
            msg = "name its sources, or say `basis: practical` (one of the two)"
            raise ValueError(msg)
        return self


# ---------------------------------------------------------------------------------------------- facts


class Fact(Value):
    """A typed value; translators never see it as text."""

    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]


class Ratio(Fact):
    """A natural frequency or odds: `count` in `total`."""

    kind: Literal["ratio"]
    count: Annotated[int, Field(strict=True, ge=0)]
    total: Annotated[int, Field(strict=True, ge=1)]

    @model_validator(mode="after")
    def _part_of_whole(self) -> Ratio:
        if self.count > self.total:
            msg = f"{self.count} can't be counted in {self.total}"
            raise ValueError(msg)
        return self


class Number(Fact):
    """A plain number."""

    kind: Literal["number"]
    value: Annotated[float, Field(strict=True, allow_inf_nan=False)]


class Percent(Fact):
    """A percentage, as a share of 1: 0.7 for 70 %."""

    kind: Literal["percent"]
    share: Annotated[float, Field(strict=True, ge=0, le=1)]


class Age(Fact):
    """An age in whole years or months."""

    kind: Literal["age"]
    years: Annotated[int | None, Field(strict=True, ge=0, le=120)] = None
    months: Annotated[int | None, Field(strict=True, ge=0, le=36)] = None

    @model_validator(mode="after")
    def _one_unit(self) -> Age:
        if (self.years is None) == (self.months is None):
            msg = "give years or months (one of the two)"
            raise ValueError(msg)
        return self


class Token(Fact):
    """A fixed name that is the same in every language: a gene, a protein."""

    kind: Literal["token"]
    value: Label


class Date(Value):
    """A calendar date."""

    kind: Literal["date"]
    value: datetime.date


class Chance(Value):
    """Odds of a child's status, computed from the parents' genotypes; its sources are those of their row."""

    kind: Literal["chance"]
    parents: Id
    child: Literal["son", "daughter", "child"]
    status: Literal["has-condition", "has-change", "carrier", "unchanged"]


AnyFact = Annotated[Ratio | Number | Percent | Age | Token | Date | Chance, Field(discriminator="kind")]


# --------------------------------------------------------------------------------------------- blocks


class BlockBase(Value):
    """What every block has: an id that names its strings for good, and where it is printed.

    A block with a `place` is printed only in a handout that is made for that country, whatever its language.
    """

    id: Id
    audiences: Annotated[tuple[Audience, ...], Field(alias="for")] = tuple(Audience)
    place: Place | None = None
    note: Annotated[str | None, Field(description="A comment for translators and reviewers.")] = None


class ParagraphContent(BlockBase, Sourced):
    """A paragraph."""

    kind: Literal["paragraph"]
    text: Words


class ItemContent(Value):
    """One line of a list."""

    id: Id
    text: Words
    note: str | None = None


class BulletsContent(BlockBase, Sourced):
    """A list whose order does not matter."""

    kind: Literal["bullets"]
    lead: Words
    items: Annotated[tuple[ItemContent, ...], Field(min_length=2)]


class StepsContent(BlockBase, Sourced):
    """A numbered list of things to do."""

    kind: Literal["steps"]
    lead: Words
    items: Annotated[tuple[ItemContent, ...], Field(min_length=2)]


class FillInContent(BlockBase, Sourced):
    """Labels with room to write beside each."""

    kind: Literal["fill-in"]
    lead: Words
    items: Annotated[tuple[ItemContent, ...], Field(min_length=1)]


class QuestionsContent(BlockBase, Sourced):
    """Questions that the reader can ask, with room to write."""

    kind: Literal["questions"]
    items: Annotated[tuple[ItemContent, ...], Field(min_length=1)]


class NamesContent(BlockBase):
    """The condition's other names, as listed under `also_called`."""

    kind: Literal["names"]
    lead: Words


class SharedContent(BlockBase):
    """A text of the shared library, by its key in inheritance.yaml."""

    kind: Literal["shared"]
    text: str


class ChancesContent(BlockBase):
    """The picture, list and sentences of what these parents may pass on."""

    kind: Literal["chances"]
    parents: Annotated[Id, Field(description="A pair of the condition's pattern, such as carrier-mother.")]


class IconArrayContent(BlockBase):
    """A row of shapes, as many of them filled as a ratio says, with both sides of it in words.

    In the words, {these} is the ratio itself, {others} is what is left of it and {all} is its total.
    """

    kind: Literal["icon-array"]
    fact: Annotated[Name, Field(description="A ratio out of at most 100.")]
    lead: Words
    with_: Annotated[Words, Field(alias="with", description="What is so for {these}.")]
    without: Annotated[Words, Field(description="What is so for {others}.")]


BlockContent = Annotated[
    ParagraphContent
    | BulletsContent
    | StepsContent
    | FillInContent
    | QuestionsContent
    | NamesContent
    | SharedContent
    | ChancesContent
    | IconArrayContent,
    Field(discriminator="kind"),
]


class SectionContent(Value):
    """A heading and its blocks; `place` as for a block."""

    id: Id
    heading: Label
    role: Literal["text", "main-message", "get-help", "questions"] = "text"
    audiences: Annotated[tuple[Audience, ...], Field(alias="for")] = tuple(Audience)
    place: Place | None = None
    blocks: Annotated[tuple[BlockContent, ...], Field(min_length=1)]


# ------------------------------------------------------------------------------------------ condition


class Gene(Value):
    """The gene's symbol, as HGNC writes it."""

    symbol: Label
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]


_CODES = {
    "ICD-10": r"[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?",
    "ICD-10-CM": r"[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?",
    "OMIM": r"[1-6]\d{5}",
    "ORPHA": r"[1-9]\d{0,6}",
    "SNOMED CT": r"[1-9]\d{5,17}",
}


class Code(Value):
    """The condition's code in a published system, by which health records ask; never without a source."""

    system: Literal["ICD-10", "ICD-10-CM", "OMIM", "ORPHA", "SNOMED CT"]
    code: Label
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _has_the_shape_of_its_system(self) -> Code:
        sound = self.system != "SNOMED CT" or has_check_digit(self.code)
        if not re.fullmatch(_CODES[self.system], self.code, re.ASCII) or not sound:
            msg = f"{self.code} is no code of {self.system}"
            raise ValueError(msg)
        return self


def has_check_digit(number: str) -> bool:
    """Whether the last digit of `number` is the check digit of the others.

    Source: J. Verhoeff, Error Detecting Decimal Codes, 1969; SNOMED CT uses it for all its identifiers.
    """
    if not re.fullmatch(r"\d{2,18}", number, re.ASCII):
        return False
    check = 0
    for place, digit in enumerate(reversed(number)):
        turned = int(digit)
        for _ in range(place % 8):
            turned = _TURN[turned]
        check = _turned_and_mirrored(check, turned)
    return check == 0


_TURN = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)
"""The permutation that is applied once more for each place from the right."""


def _turned_and_mirrored(first: int, second: int) -> int:
    """The product in the group of the ten turns and mirror images of a pentagon; 5 to 9 are the mirror images."""
    turn = first % 5 + (-second if first > 4 else second) % 5  # noqa: PLR2004  see above
    return turn % 5 + (5 if (first > 4) != (second > 4) else 0)  # noqa: PLR2004  see above


class AlsoCalled(Value):
    """Other names, copied letter by letter from the sources; they are not translated."""

    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]
    names: Annotated[tuple[Label, ...], Field(min_length=1)]


class ReviewDates(Value):
    """When the text was written and when it must be looked at again."""

    written: datetime.date
    review_by: datetime.date


class EditionContent(Value):
    """The front of one edition."""

    title: Label
    summary: Words


class NeverPrint(Value):
    """A word that a source holds by mistake: no text in any language may contain it."""

    word: Label
    why: Label


class ConditionContent(Value):
    """A whole condition file."""

    id: Id
    name: Label
    pattern: Pattern
    gene: Gene
    codes: tuple[Code, ...] = ()
    also_called: AlsoCalled
    review: ReviewDates
    sources: Mapping[SourceId, Source]
    facts: Mapping[Name, AnyFact] = Field(default_factory=dict)
    never_print: tuple[NeverPrint, ...] = ()
    editions: Mapping[Audience, EditionContent]
    sections: Annotated[tuple[SectionContent, ...], Field(min_length=1)]
    words: Mapping[Audience, tuple[Id, ...]]
    organisations: tuple[Id, ...] = ()


# -------------------------------------------------------------------------------------- shared library


class GlossaryTerm(Sourced):
    """A word explained."""

    term: Label
    meaning: Words


class GlossaryFile(Value):
    """glossary.yaml."""

    terms: Mapping[Id, GlossaryTerm]


class Organisation(Value):
    """An organisation; its name is not translated, its details are printed only as confirmed."""

    name: Label
    place: Annotated[str, Field(description="ISO 3166 country code, or 001 for the whole world.")]
    about: Words | None = None
    phone: Annotated[str | None, Field(pattern=r"^[+0-9][0-9 ()-]{3,24}$")] = None
    web: Address | None = None
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]


class OrganisationsFile(Value):
    """organisations.yaml."""

    sources: Mapping[SourceId, Source]
    organisations: Mapping[Id, Organisation]


class SourcesFile(Value):
    """sources.yaml."""

    sources: Mapping[SourceId, Source]


class SharedText(Sourced):
    """A paragraph that conditions of one pattern share."""

    text: Words


class PluralText(Value):
    """A text that counts `{count}`: English for one and for every other number."""

    one: Words
    other: Words


class Sentence(Value):
    """A sentence with odds in it."""

    id: Id
    text: Words


class ParentsText(Value):
    """The words around one pair of parents."""

    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]
    heading: Label
    lead: Words
    sentences: tuple[Sentence, ...]


class InheritanceFile(Value):
    """inheritance.yaml."""

    texts: Mapping[str, SharedText]
    overall: Mapping[Literal["has-condition", "has-change"], PluralText]
    overall_without: Mapping[Literal["has-condition", "has-change"], PluralText]
    parents: Mapping[Pattern, Mapping[Id, ParentsText]]
    children: Mapping[Literal["son", "daughter", "child"], Mapping[str, Label]]
    couple: Mapping[Literal["mother", "father", "parent"], Mapping[str, Label]]


class LabelText(Value):
    """A label: the handout's own words, with an example for each placeholder."""

    text: Words
    note: str | None = None
    example: Mapping[Name, str] = Field(default_factory=dict)
    spoken: Annotated[bool, Field(description="Nobody sees it; a screen reader says it.")] = False


class LabelsFile(Value):
    """labels.yaml."""

    labels: Mapping[str, LabelText]


# ---------------------------------------------------------------------------------------------- values


@dataclass(frozen=True, slots=True)
class Library:
    """The shared files, and the messages that they hold."""

    sources: Mapping[str, Source]
    glossary: Mapping[str, GlossaryTerm]
    organisations: Mapping[str, Organisation]
    inheritance: InheritanceFile
    messages: Mapping[str, Message]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition, checked against the shared library; `messages` are its own strings by key."""

    content: ConditionContent
    library: Library
    messages: Mapping[str, Message]

    def source(self, source_id: str) -> Source:
        """The source called `source_id`: the condition's own, else the library's."""
        own = self.content.sources.get(source_id)
        return own if own is not None else self.library.sources[source_id]
