"""What a brand adds to a handout: who gives it out, at its head, and how to reach them, near its end.

A brand's own words stand in their own language; addresses and numbers run from left to right on every page.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handouts.languages import language
from handouts.localize.inline import foreign, isolated, runs
from handouts.model.brand import InOtherWords
from handouts.model.document import Contact, Contacts, Giver, Line, LocalizedHandout, Logo, Section, WebCode
from handouts.model.edition import Kind

if TYPE_CHECKING:
    from handouts.localize.speaker import Speaker
    from handouts.model.brand import Brand

SECTION = "brand"
_AFTER_IT = ("organisations", "about", "sources")


def branded(handout: LocalizedHandout, brand: Brand, speaker: Speaker) -> LocalizedHandout:
    """`handout` with its giver. Its edition id stays: it names the words that were checked, which a brand leaves be."""
    voice = _Voice(brand, speaker)
    sections = handout.sections
    own = voice.section(handout)
    if own is not None and handout.kind == Kind.HANDOUT:
        at = next((i for i, section in enumerate(sections) if section.key in _AFTER_IT), len(sections))
        sections = (*sections[:at], own, *sections[at:])
    return replace(handout, giver=voice.giver(), sections=sections)


class _Voice:
    """A brand's words for one reader: in the reader's language where the brand has them, else in its own."""

    def __init__(self, brand: Brand, speaker: Speaker) -> None:
        self.brand = brand
        self.speaker = speaker
        self.content = brand.content
        self.other = brand.other_words(speaker.language.tag)

    def said(self, own: str, translated: str | None) -> Line:
        """`translated` in the reader's language, or `own` in the brand's."""
        spoken = self.speaker.language
        tag = language(self.content.language).tag if translated is None else spoken.tag
        words = own if translated is None else translated
        return runs(words, spoken) if tag == spoken.tag else foreign(words, tag)

    def name(self) -> Line:
        return self.said(self.content.name, self.other.name)

    def reached(self) -> Line:
        """Who is reached: the member, under the name that it has in the brand's language, or the organization."""
        member = self.brand.member
        return self.name() if member is None or member.name is None else self.said(member.name, None)

    def giver(self) -> Giver:
        logo = None
        if self.brand.logo is not None and self.content.logo is not None:
            logo = Logo(self.brand.logo, self.said(self.content.logo.alt, self.other.alt))
        return Giver(self.brand.id, self.speaker.label("brand.from", name=self.name()), logo, self.brand.colours)

    def section(self, handout: LocalizedHandout) -> Section | None:
        """How to reach the organization; None when it says nothing of that."""
        blocks: list[Contacts | WebCode] = []
        lines = self.contact_lines()
        if lines:
            blocks.append(Contacts(f"{SECTION}.contact", (Contact(self.reached(), (), lines),)))
        if self.content.web_edition is not None:
            blocks.append(self.web_code(self.content.web_edition.address, handout))
        return Section(SECTION, "back", self.speaker.label("brand.contact"), tuple(blocks)) if blocks else None

    def contact_lines(self) -> tuple[Line, ...]:
        say, spoken, contact = self.speaker, self.speaker.language, self.brand.contact
        other = self.other if self.brand.member is None else InOtherWords()  # of the organization, not of its member
        lines = [say.label("organisations.phone", phone=isolated(phone, spoken)) for phone in contact.phones]
        if contact.email is not None:
            email = foreign(contact.email, "en", link=f"mailto:{contact.email}")
            lines.append(say.label("brand.email", email=email))
        if contact.web is not None:
            link = contact.web if contact.web.startswith("https://") else f"https://{contact.web}"
            lines.append(say.label("organisations.web", web=foreign(contact.web, "en", link=link)))
        if other.address:
            address = [self.said(line, line) for line in other.address]
        else:
            address = [self.said(line, None) for line in contact.address]
        if address:
            lines += [say.label("brand.address", address=address[0]), *address[1:]]
        if contact.hours is not None:
            lines.append(say.label("brand.hours", hours=self.said(contact.hours, other.hours)))
        return tuple(lines)

    def web_code(self, address: str, handout: LocalizedHandout) -> WebCode:
        """The square code of the web edition, with the same address in letters."""
        filled = address.format(condition=handout.condition, language=handout.language, audience=handout.audience)
        shown = filled.removeprefix("https://").removesuffix("/")
        text = self.speaker.label("brand.web-edition", web=foreign(shown, "en", link=filled))
        return WebCode(f"{SECTION}.web", filled, self.speaker.label("brand.code-alt"), text)
