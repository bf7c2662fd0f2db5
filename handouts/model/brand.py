"""Who gives the handout out, in typed slots. A brand fills slots; it changes no word that was checked.

The models are the schema of brand.toml, and their values are what later stages read, as in model/condition.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping  # noqa: TC003  pydantic reads the annotations when the models are built
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from handouts.model.condition import Value

PLACES = ("condition", "language", "audience")
"""What may stand in braces in the address of a web edition."""

_PHONE = re.compile(r"[+(]?[0-9][0-9 ()./-]{0,28}[0-9]")
_EMAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")
_HOST = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]"
_REST = r"(?:[/?#][A-Za-z0-9/?#\[\]@!$&()*+,;=:._~%-]*)?"
_WEB = re.compile(rf"(?:https://)?{_HOST}{_REST}")
_EDITION = re.compile(rf"https://{_HOST}{_REST}")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_FILE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,60}\.(?:svg|png)")


def _plain(words: str) -> str:
    if re.search(r"[<>\n\r\t]", words):
        raise ValueError(f"'{words[:40]}': one line of plain words is printed here, without < and >")
    if not any(char.isalnum() for char in words):
        raise ValueError(f"'{words[:40]}' holds no letter and no digit")
    return words


def _phone(number: str) -> str:
    if not _PHONE.fullmatch(number):
        raise ValueError(f"'{number[:40]}' is no phone number, such as +1 555 010 0100: digits, spaces and ()-./ alone")
    return number


def _email(address: str) -> str:
    if not _EMAIL.fullmatch(address):
        raise ValueError(f"'{address[:40]}' is no email address, such as team@example.org")
    return address


def _web(address: str) -> str:
    if not _WEB.fullmatch(address):
        raise ValueError(f"'{address[:60]}' is no web address, such as www.example.org or https://example.org/help")
    return address


def _edition(address: str) -> str:
    filled = address
    for place in PLACES:
        filled = filled.replace(f"{{{place}}}", "x")
    if "{" in filled or "}" in filled:
        raise ValueError(f"'{address[:60]}': in braces stands one of {', '.join(PLACES)}")
    if not _EDITION.fullmatch(filled) or "{" in address.partition("://")[2].partition("/")[0]:
        raise ValueError(f"'{address[:60]}' is no web address, such as https://example.org/guides")
    return address


def _colour(value: str) -> str:
    if not _COLOUR.fullmatch(value):
        raise ValueError(f"'{value[:20]}' is no colour, such as #1a2b3c: # and six digits or letters from a to f")
    return value.lower()


def _file(name: str) -> str:
    if not _FILE.fullmatch(name):
        raise ValueError(f"'{name[:60]}' is no logo: name an .svg or .png file that lies beside brand.toml")
    return name


def _slot(most: int) -> object:
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=most)


Name = Annotated[str, _slot(80), AfterValidator(_plain)]
Line = Annotated[str, _slot(80), AfterValidator(_plain)]
Hours = Annotated[str, _slot(120), AfterValidator(_plain)]
Alternative = Annotated[str, _slot(150), AfterValidator(_plain)]
Phone = Annotated[str, _slot(30), AfterValidator(_phone)]
Email = Annotated[str, _slot(100), AfterValidator(_email)]
Web = Annotated[str, _slot(100), AfterValidator(_web)]
EditionAddress = Annotated[str, _slot(200), AfterValidator(_edition)]
Colour = Annotated[str, AfterValidator(_colour)]
File = Annotated[str, AfterValidator(_file)]
Address = Annotated[tuple[Line, ...], Field(max_length=6, description="The postal address, line by line.")]


class ContactContent(Value):
    """How to reach the organization; each of them is printed under a label in the reader's language."""

    phones: Annotated[tuple[Phone, ...], Field(max_length=4, description="Digits as in +1 555 010 0100.")] = ()
    email: Email | None = None
    web: Annotated[Web | None, Field(description="www.example.org or https://example.org/help")] = None
    address: Address = ()
    hours: Annotated[Hours | None, Field(description="When somebody answers, such as Mon-Fri 9:00-17:00.")] = None


class MemberContact(ContactContent):
    """How to reach a member of the organization, such as one of its clinics; it takes the place of the brand's own."""

    name: Annotated[Name | None, Field(description="Over the contacts; the brand's own when left out.")] = None


class ColoursContent(Value):
    """Colours as #rrggbb; each is held against what stands on it or beside it."""

    accent: Annotated[Colour | None, Field(description="Of titles, marks and lines: 7:1 to white.")] = None
    cool: Annotated[Colour | None, Field(description="Behind the main message: 7:1 to the words on it.")] = None
    warm: Annotated[Colour | None, Field(description="Behind when to get help: 7:1 to the words on it.")] = None


class LogoContent(Value):
    """A drawing or picture beside brand.toml, and what stands for it to a listener."""

    file: Annotated[File, Field(description="An .svg or .png file that lies beside brand.toml.")]
    alt: Annotated[Alternative, Field(description="What a listener gets, such as: Logo of Example Clinic.")]


class WebEditionContent(Value):
    """The same guide on the organization's own pages."""

    address: Annotated[
        EditionAddress,
        Field(description="https://..., where {condition}, {language} and {audience} may stand after the host."),
    ]


class InOtherWords(Value):
    """What the organization says in another language, as far as it does."""

    name: Name | None = None
    address: Address = ()
    hours: Hours | None = None
    alt: Alternative | None = None


class BrandContent(Value):
    """brand.toml."""

    name: Annotated[Name, Field(description="As it is printed after: Given to you by.")]
    language: Annotated[str, Field(description="BCP 47 tag of the name, the address, the hours and the alt.")] = "en"
    contact: ContactContent = ContactContent()
    colours: ColoursContent = ColoursContent()
    logo: LogoContent | None = None
    web_edition: WebEditionContent | None = None
    in_: Annotated[
        Mapping[str, InOtherWords],
        Field(alias="in", description="By BCP 47 tag: [in.es] and so on.", default_factory=dict),
    ]


# ---------------------------------------------------------------------------------------------- values


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of a page, each as #rrggbb: of titles, of marks and lines, and the tints behind the two boxes."""

    title: str = "#14304d"
    accent: str = "#14507d"
    cool: str = "#e6f0f7"
    warm: str = "#fdf1e7"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was checked and written anew; `kind` is its media type, the sizes are those on paper."""

    kind: str
    data: bytes
    width_mm: float
    height_mm: float


@dataclass(frozen=True, slots=True)
class Brand:
    """A brand that was checked: what its file says, the colours of its pages, and its logo.

    `member` is who is reached in the place of the organization itself.
    """

    id: str
    content: BrandContent
    colours: Colours
    logo: Picture | None
    member: MemberContact | None = None

    @property
    def contact(self) -> ContactContent:
        """How to reach who gives it out."""
        return self.content.contact if self.member is None else self.member

    def other_words(self, tag: str) -> InOtherWords:
        """What the organization says in the language `tag`, or in the wider one: es for es-MX. May be nothing."""
        words = self.content.in_.get(tag) or self.content.in_.get(tag.partition("-")[0])
        return words or InOtherWords()
