"""Builds the tree of a handout: front, sections of the edition, then the parts that every handout ends with."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, is_dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from handouts.inheritance import CHANGED, children_of, couple_of, odds
from handouts.languages import language
from handouts.localize import numbers
from handouts.localize.bilingual import combined
from handouts.localize.edition_id import edition_id
from handouts.localize.giver import branded
from handouts.localize.inline import foreign, isolated, name, runs
from handouts.localize.speaker import Speaker
from handouts.model.approval import Stage
from handouts.model.condition import (
    WORLD,
    BulletsContent,
    ChancesContent,
    FillInContent,
    IconArrayContent,
    NamesContent,
    ParagraphContent,
    QuestionsContent,
    Ratio,
    SharedContent,
    StepsContent,
)
from handouts.model.document import (
    Block,
    Bullets,
    Chances,
    Citations,
    Contact,
    Contacts,
    FillIn,
    IconArray,
    Line,
    LocalizedHandout,
    PageFoot,
    Paragraph,
    Person,
    Questions,
    Section,
    Steps,
    Term,
    Terms,
    Text,
)
from handouts.model.edition import Kind, Size
from handouts.model.message import SHARED_DOMAIN
from handouts.model.reading import FRONT_ROLES
from handouts.problems import HandoutsError, Problem, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handouts.inheritance import Relative
    from handouts.languages import Language
    from handouts.model.brand import Brand
    from handouts.model.condition import BlockContent, Condition, ItemContent, SectionContent
    from handouts.model.edition import Edition
    from handouts.model.message import Message, Translations

_ODDS = {"has": "has-condition", "change": "has-change", "carrier": "carrier", "unchanged": "unchanged"}


def localize(
    condition: Condition,
    translations: Translations,
    edition: Edition,
    second: Translations | None = None,
    brand: Brand | None = None,
) -> LocalizedHandout:
    """The handout of `condition` for `edition` in the language of `translations`; with `second`, for staff in that too.

    `brand` is who gives it out. Raises `HandoutsError` with the list of every absent string: nothing falls back to
    English.
    """
    given = (translations,) if second is None else (translations, second)
    spoken = tuple(language(each.language) for each in given)
    builders = [_Builder(condition, each, edition, spoken) for each in given]
    handouts = [builder.handout() for builder in builders]
    if brand is not None:
        handouts = [branded(made, brand, builder.speaker) for made, builder in zip(handouts, builders, strict=True)]
    absent = [_absent(message, builder.speaker) for builder in builders for message in builder.speaker.absent]
    never = [problem for handout in handouts for problem in _never_printed(handout, condition)]
    if absent or never:
        raise HandoutsError(*(absent or never))
    return handouts[0] if second is None else combined(*handouts)


def localize_proof(condition: Condition, translations: Translations, edition: Edition) -> LocalizedHandout:
    """The same for translators: what is absent is said in English, as English, and nothing is refused.

    It is for a proof alone, which marks each such string: a handout never falls back to English.
    """
    return _Builder(condition, translations, edition, (language(translations.language),), proof=True).handout()


def _absent(message: Message, speaker: Speaker) -> Problem:
    """absent-translation: what a language does not say yet."""
    return Problem(
        "absent-translation",
        f"no {speaker.language.english_name} translation of '{message.domain}:{message.key}': {message.source}",
        message.where,
        hint="it is missing, empty, fuzzy or older than the English; translate it in the catalog",
    )


def _never_printed(handout: LocalizedHandout, condition: Condition) -> Iterator[Problem]:
    """never-printed, whichever file it came from: a translation, a shared text, a source's title."""
    lines = tuple(_lines_in(handout)) if condition.content.never_print else ()
    for banned in condition.content.never_print:
        for words in lines:
            if banned.word.casefold() in words.casefold():
                text = f"'{banned.word}' must not be printed, but the {handout.language} handout says: {words}"
                yield Problem("never-printed", text, hint=f"why: {banned.why}")


def _lines_in(value: object) -> Iterator[str]:
    """The words of every line in the tree, in its order."""
    if is_dataclass(value) and not isinstance(value, type):
        for part in fields(value):
            yield from _lines_in(getattr(value, part.name))
    elif isinstance(value, tuple):
        texts = [part for part in value if isinstance(part, Text)]
        if texts:
            yield "".join(text.value for text in texts)
        else:
            for part in value:
                yield from _lines_in(part)


class _Builder:
    """The state of one build: the speaker, and the sources in the order in which they are first cited."""

    def __init__(
        self,
        condition: Condition,
        translations: Translations,
        edition: Edition,
        languages: tuple[Language, ...],
        *,
        proof: bool = False,
    ) -> None:
        self.condition = condition
        self.content = condition.content
        self.library = condition.library
        self.edition = edition
        self.languages = languages
        self.standing = translations.standing
        spoken = language(translations.language)
        messages = {(SHARED_DOMAIN, key): m for key, m in self.library.messages.items()}
        messages |= {(self.content.id, key): m for key, m in condition.messages.items()}
        self.speaker = Speaker(spoken, MappingProxyType(messages), translations, self.content.pattern, proof=proof)
        self.facts = {name: self.speaker.fact(fact) for name, fact in self.content.facts.items()}
        self.cited: list[str] = []

    # ------------------------------------------------------------------------------------------- words

    def own(self, key: str) -> Line:
        """One of the condition's own strings."""
        return self.speaker.say(self.content.id, key, self.facts)

    def shared(self, key: str, **values: Line) -> Line:
        """One of the strings that conditions share."""
        return self.speaker.say(SHARED_DOMAIN, key, values)

    def cite(self, source_ids: Iterable[str]) -> list[int]:
        """The numbers of these sources, in order; a source gets its number when it is first cited."""
        wanted = dict.fromkeys(source_ids)
        self.cited += [source_id for source_id in wanted if source_id not in self.cited]
        return sorted(self.cited.index(source_id) + 1 for source_id in wanted)

    # ------------------------------------------------------------------------------------------- whole

    def handout(self) -> LocalizedHandout:
        audience, say, spoken = self.edition.audience, self.speaker, self.speaker.language
        sheet = self.edition.kind is Kind.QUESTIONS
        sections = self.sheet() if sheet else self.sections()
        title = say.label("sheet.title") if sheet else self.own(f"edition.{audience.value}.title")
        names = runs(spoken.own_name, spoken)
        if spoken.tag != "en":
            names += runs(" ", spoken) + foreign(f"({spoken.english_name})", "en")
        language_line = say.label("language.line", language=names)
        unnumbered = LocalizedHandout(
            condition=self.content.id,
            audience=audience.value,
            language=spoken.tag,
            direction=spoken.direction,
            title=title,
            name=self.own("name"),
            audience_line=say.label(f"audience.{audience.value}"),
            language_line=language_line,
            summary=say.label("sheet.summary") if sheet else self.own(f"edition.{audience.value}.summary"),
            stage=self.standing.named(spoken.tag),
            notices=self.notices(),
            skip=say.label("web.skip"),
            contents_heading=() if sheet else say.label("covers.heading"),
            sections=tuple(sections),
            foot=PageFoot(self.own("name"), self.page_of(), say.label("edition.id", edition=()), language_line),
            edition="",
            printed_on=self.edition.printed_on,
            size=self.edition.size.value,
            kind=self.edition.kind.value,
            second=self.edition.second,
            place=self.edition.place,
            place_line=runs(self.country(place, "--place"), spoken) if (place := self.edition.place) else (),
            pair_line=self.pair_line(),
            size_line=say.label("edition.large-print") if self.edition.size is Size.LARGE else (),
        )
        edition = edition_id(unnumbered)
        edition_line = say.label("edition.id", edition=foreign(edition, "en"))
        return replace(unnumbered, edition=edition, foot=replace(unnumbered.foot, edition=edition_line))

    def pair_line(self) -> Line:
        """Which two languages a bilingual copy is in, each by its own name."""
        if len(self.languages) == 1:
            return ()
        first, second = (foreign(spoken.own_name, spoken.tag) for spoken in self.languages)
        return self.speaker.label("edition.bilingual", first=first, second=second)

    def notices(self) -> tuple[Line, ...]:
        """What must be said of words that no clinician has cleared: in their language, and in English for staff."""
        if self.standing.stage is Stage.CLEARED:
            return ()
        if self.speaker.language.tag == "en":
            return (self.speaker.label("english.notice"),)
        key = self.notice_key()
        return (self.speaker.label(key), foreign(self.library.messages[f"label.{key}"].source, "en"))

    def notice_key(self) -> str:
        """The label that says how far a translation is, as long as no clinician has cleared it."""
        return "revised.notice" if self.standing.stage is Stage.REVISED else "draft.notice"

    def page_of(self) -> tuple[Line | str, ...]:
        """The page number's sentence, cut at its two counters."""
        marks = {"page": foreign("\0page", "en"), "pages": foreign("\0pages", "en")}
        line = self.speaker.label("page.of", **marks)
        return tuple(text.value[1:] if text.value.startswith("\0") else (text,) for text in line)

    # ---------------------------------------------------------------------------------------- sections

    def chosen(self) -> list[SectionContent]:
        """The sections of the edition that have something to say in it."""
        return [
            section
            for section in self.content.sections
            if self.printed(section) and any(self.printed(block) for block in section.blocks)
        ]

    def sections(self) -> list[Section]:
        """All that a whole handout says."""
        # the boxes of the first page come first wherever they stand in the file, and cite the first sources
        sections = [self.section(s) for s in sorted(self.chosen(), key=lambda s: s.role not in FRONT_ROLES)]
        if self.content.words.get(self.edition.audience):
            sections.append(self.words())
        if self.organisation_ids():
            sections.append(self.organisations())
        return [*sections, self.about(), self.citations()]

    def sheet(self) -> list[Section]:
        """What a sheet of questions says: room for the visit, then the edition's questions and room for more."""
        asked = [section for section in self.chosen() if section.role == "questions"]
        if not asked:
            message = f"{self.content.id} has no questions for this edition"
            hint = "leave out --questions, or give it a section with `role: questions`"
            raise UsageError(Problem("no-questions", message, hint=hint))
        label = self.speaker.label
        visit = FillIn("_sheet.visit", label("sheet.lead"), (label("sheet.when"), label("sheet.who")))
        sections = [Section("_sheet", "text", (), (visit,)), *map(self.section, asked)]
        return [*sections, self.citations()] if self.cited else sections

    def printed(self, part: SectionContent | BlockContent) -> bool:
        """Whether a section or block belongs to this edition: to its readers, and to its place if it names one."""
        return self.edition.audience in part.audiences and part.place in {None, self.edition.place}

    def section(self, section: SectionContent) -> Section:
        blocks = [block for block in section.blocks if self.printed(block)]
        numbers_cited = self.cite(source for b in blocks for source in self.sources_of(b))
        return Section(
            key=section.id,
            role=section.role,
            heading=self.own(f"{section.id}.heading"),
            blocks=tuple(self.block(f"{section.id}.{b.id}", b) for b in blocks),
            sources=self.sources_line(numbers_cited),
        )

    def sources_line(self, cited: list[int]) -> Line:
        if not cited:
            return ()
        spoken = self.speaker.language
        listed = numbers.numbers_list(cited, spoken)
        return self.speaker.label("sources.of-section", numbers=runs(listed, spoken))

    def sources_of(self, block: BlockContent) -> tuple[str, ...]:
        match block:
            case SharedContent():
                return self.library.inheritance.texts[block.text].sources
            case ChancesContent():
                return self.library.inheritance.parents[self.content.pattern][block.parents].sources
            case NamesContent():
                return self.content.also_called.sources
            case IconArrayContent():
                return getattr(self.content.facts[block.fact], "sources", ())
            case ParagraphContent() | BulletsContent() | StepsContent() | FillInContent() | QuestionsContent():
                return block.sources

    def block(self, key: str, block: BlockContent) -> Block:
        match block:
            case ParagraphContent():
                return Paragraph(key, self.own(key))
            case SharedContent():
                return Paragraph(key, self.shared(f"inheritance.{block.text}"))
            case BulletsContent():
                return Bullets(key, self.own(f"{key}.lead"), self.items(key, block.items))
            case StepsContent():
                return Steps(key, self.own(f"{key}.lead"), self.items(key, block.items))
            case FillInContent():
                return FillIn(key, self.own(f"{key}.lead"), self.items(key, block.items))
            case QuestionsContent():
                room = self.speaker.label("questions.room")
                return Questions(key, self.items(key, block.items), room)
            case NamesContent():
                names = tuple(foreign(name, "en") for name in self.content.also_called.names)
                return Bullets(key, self.own(f"{key}.lead"), names)
            case ChancesContent():
                return self.chances(key, block)
            case IconArrayContent():
                return self.icon_array(key, block)

    def items(self, key: str, items: Iterable[ItemContent]) -> tuple[Line, ...]:
        return tuple(self.own(f"{key}.{item.id}") for item in items)

    def chances(self, key: str, block: ChancesContent) -> Chances:
        """What the genotype model says of these parents: picture and sentences from the same outcome."""
        pattern, parents = self.content.pattern, block.parents
        base = f"inheritance.{pattern}.{parents}"
        children = children_of(pattern, parents)
        values = {
            f"{sex}_{short}": self.speaker.ratio(outcome.count, outcome.total)
            for sex in {child.sex for child in children}
            for short, status in _ODDS.items()
            for outcome in (odds(pattern, parents, status, sex),)
        }
        count = sum(child.status == CHANGED[pattern] for child in children)
        overall = tuple(
            self.speaker.say(
                SHARED_DOMAIN,
                f"inheritance.{side}.{CHANGED[pattern]}",
                {"count": self.speaker.number(number), "total": self.speaker.number(len(children))},
                count=number,
            )
            for side, number in (("overall", count), ("overall-without", len(children) - count))
        )
        rows = tuple(
            (self.person("child", child).label, self.speaker.ratio_of_cell(number, len(children)))
            for child, number in Counter(children).items()
        )
        text = self.library.inheritance.parents[pattern][parents]
        return Chances(
            key=key,
            heading=self.shared(f"{base}.heading"),
            couple=tuple(self.person("parent", relative) for relative in couple_of(pattern, parents)),
            lead=self.shared(f"{base}.lead"),
            children=tuple(self.person("child", relative) for relative in children),
            overall=overall,
            sentences=tuple(self.shared(f"{base}.{s.id}", **values) for s in text.sentences),
            columns=(self.speaker.label("chances.child"), self.speaker.label("chances.each")),
            rows=rows,
        )

    def icon_array(self, key: str, block: IconArrayContent) -> IconArray:
        """The row of shapes of a ratio, and both sides of it in words, all from the one fact."""
        ratio = self.content.facts[block.fact]
        assert isinstance(ratio, Ratio), "the rules looked"
        others = self.speaker.ratio(ratio.total - ratio.count, ratio.total)
        number = self.speaker.number
        values = self.facts | {"these": self.facts[block.fact], "others": others, "all": number(ratio.total)}
        return IconArray(
            key=key,
            lead=self.speaker.say(self.content.id, f"{key}.lead", values),
            count=ratio.count,
            total=ratio.total,
            alternative=self.speaker.label("array.alt", total=number(ratio.total), count=number(ratio.count)),
            sides=(
                self.speaker.say(self.content.id, f"{key}.with", values),
                self.speaker.say(self.content.id, f"{key}.without", values),
            ),
        )

    def person(self, generation: str, relative: Relative) -> Person:
        """One person of a family picture, with the words under them."""
        said = relative.status
        carriers = self.content.pattern == "x-linked-recessive"
        if said == "unchanged" and relative.sex in {"mother", "father", "daughter", "son"} and not carriers:
            said = "without"
        label = self.shared(f"inheritance.{generation}.{relative.sex}.{said}")
        return Person(relative.sex, relative.status, label)

    # --------------------------------------------------------------------------------------- back parts

    def words(self) -> Section:
        ids = self.content.words.get(self.edition.audience, ())
        terms = tuple(
            Term(self.shared(f"glossary.{word}.term"), self.shared(f"glossary.{word}.meaning")) for word in ids
        )
        cited = self.cite(source for word in ids for source in self.library.glossary[word].sources)
        heading = self.speaker.label("words.heading")
        return Section("words", "back", heading, (Terms("words.terms", terms),), self.sources_line(cited))

    def organisation_ids(self) -> tuple[str, ...]:
        """Those of the place that was asked for, then those that help everywhere; without a place, all."""
        listed = self.content.organisations
        if self.edition.place is None:
            return listed
        places = (self.edition.place, WORLD)
        return tuple(o for place in places for o in listed if self.library.organisations[o].place == place)

    def organisations(self) -> Section:
        ids = self.organisation_ids()
        contacts = tuple(self.contact(org_id) for org_id in ids)
        cited = self.cite(source for o in ids for source in self.library.organisations[o].sources)
        heading = self.speaker.label("organisations.heading")
        blocks = (Contacts("organisations.list", contacts),)
        return Section("organisations", "back", heading, blocks, self.sources_line(cited))

    def contact(self, org_id: str) -> Contact:
        organisation = self.library.organisations[org_id]
        say, spoken = self.speaker, self.speaker.language
        if organisation.place == WORLD:
            place = say.label("organisations.worldwide")
        else:
            place = runs(self.country(organisation.place, org_id), spoken)
        lines: list[Line] = []
        if organisation.about is not None:
            lines.append(self.shared(f"organisation.{org_id}.about"))
        if organisation.phone is not None:
            lines.append(say.label("organisations.phone", phone=isolated(organisation.phone, spoken)))
        if organisation.web is not None:
            address = organisation.web if "://" in organisation.web else f"https://{organisation.web}"
            lines.append(say.label("organisations.web", web=foreign(organisation.web, "en", link=address)))
        if organisation.phone is None and organisation.web is None:
            lines.append(say.label("organisations.no-details"))
        return Contact(foreign(organisation.name, "en"), place, tuple(lines))

    def country(self, code: str, org_id: str) -> str:
        name = numbers.country(code, self.speaker.language)
        if name is None:
            hint = "use an ISO 3166 code such as US or GB, or 001 for the whole world"
            raise HandoutsError(Problem("unknown-place", f"{org_id}: no country has the code '{code}'", hint=hint))
        return name

    def citations(self) -> Section:
        say, spoken = self.speaker, self.speaker.language
        items: list[tuple[Line, ...]] = []
        for source_id in self.cited:
            source = self.condition.source(source_id)
            lines: list[Line] = [foreign(source.title, source.language), foreign(f"{source.publisher}.", "en")]
            if source.language == "en":  # one run, so that a right-to-left page keeps its order
                stop = "" if source.title.endswith(("?", "!")) else "."
                lines = [foreign(f"{source.title}{stop} {source.publisher}.", "en")]
            if source.address is not None:
                lines.append(foreign(source.address, "en", link=source.address))
            if source.printed is not None:
                lines.append(say.label("sources.printed", date=foreign(source.printed, "en")))
            else:
                lines.append(say.label("sources.undated"))
            read_on = runs(numbers.date(source.read, spoken), spoken)
            lines[-1] += runs(" ", spoken) + say.label("sources.read", date=read_on)
            items.append(tuple(lines))
        block = Citations("sources.list", say.label("sources.lead"), tuple(items))
        return Section("sources", "back", say.label("sources.heading"), (block,))

    def about(self) -> Section:
        say, spoken = self.speaker, self.speaker.language
        review = self.content.review
        written = runs(numbers.date(review.written, spoken), spoken)
        review_by = runs(numbers.date(review.review_by, spoken), spoken)
        printed = runs(numbers.date(self.edition.printed_on, spoken), spoken)
        lines = {
            "not-advice": say.label("about.not-advice"),
            "reviewed": self.reviewed(),
            "written": say.label("about.written", written=written, review_by=review_by),
            "printed": say.label("about.printed", date=printed),
            "other-formats": say.label("about.other-formats"),
        }
        blocks = tuple(Paragraph(f"about.{key}", line) for key, line in lines.items())
        return Section("about", "back", say.label("about.heading"), blocks)

    def reviewed(self) -> Line:
        """Who cleared the words; else what is not reviewed yet, the English first of all."""
        say, spoken = self.speaker, self.speaker.language
        if not self.standing.english_cleared:
            return say.label("about.not-reviewed")
        if self.standing.stage is not Stage.CLEARED:
            return say.label(self.notice_key())
        lines = (
            say.label("about.cleared", by=name(by, spoken), date=runs(numbers.date(on, spoken), spoken))
            for by, on in self.standing.signatures(Stage.CLEARED)
        )
        return tuple(text for i, line in enumerate(lines) for text in (*(runs(" ", spoken) if i else ()), *line))
