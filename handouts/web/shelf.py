"""What is on offer: each condition with its names, how far it is in each language, and the search in all of them.

A shelf is made from the project's files alone. Whether a handout is given out is asked of it on the day, for a review
date passes while a server runs.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from handouts.batch.inputs import Inputs
from handouts.batch.values import Job
from handouts.languages import known_names, language, name_in
from handouts.localize import localize
from handouts.model.approval import UNCHECKED, Stage
from handouts.model.condition import WORLD
from handouts.model.edition import Audience, Edition, Format, Kind, Paper, Size
from handouts.problems import HandoutsError
from handouts.project import messages_of
from handouts.web.search import LONGEST, WITHIN, Name, best, folded, nearest, rank

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from handouts.model.condition import Condition
    from handouts.model.message import Translations
    from handouts.project import Project
    from handouts.web.values import Settings
    from handouts.web.watch import Snapshot, Watch

MOST_FOUND = 40
_ALSO_CALLED: dict[str, tuple[str, ...]] = {
    "es": ("castellano", "Castilian"),
    "fa": ("Farsi",),
    "fil": ("Tagalog", "Pilipino"),
    "my": ("Myanmar",),
    "zh": ("Mandarin",),
}
"""What people call languages at the counter and CLDR does not, by the first part of the tag: names to find them by."""
GIVEN_OUT = frozenset({UNCHECKED, Stage.CLEARED.value})
"""The stages that are given out without `--allow-drafts`."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One condition in one language. `titles` has the editions that are whole; `stage` is as in `handouts list`.

    `name` is what the condition is called in it, None when its catalog does not say.
    """

    tag: str
    name: str | None
    titles: Mapping[Audience, str]
    stage: str


@dataclass(frozen=True, slots=True)
class Shelved:
    """One condition: its names, its editions, and its languages by tag.

    `codes` are (system, code); `places` are the countries of which its handouts tell something; `questions` are the
    editions that have a sheet of questions.
    """

    id: str
    name: str
    names: tuple[Name, ...]
    gene: str
    codes: tuple[tuple[str, str], ...]
    audiences: tuple[Audience, ...]
    questions: tuple[Audience, ...]
    places: tuple[str, ...]
    review_by: datetime.date
    offers: Mapping[str, Offer]

    def name_for(self, staff_tag: str) -> Name:
        """Its name in the language of staff, or in English."""
        offer = self.offers.get(staff_tag)
        return Name(self.name, "en") if offer is None or offer.name is None else Name(offer.name, staff_tag)

    def refusal(self, tag: str, audience: Audience, settings: Settings, day: datetime.date) -> str | None:
        """Why a handout that is there in name is not given out on this day, as the page's words call it, or None."""
        offer = self.offers[tag]
        if audience not in self.audiences:
            return audience.value
        if audience not in offer.titles:
            return "unfinished"
        if day > self.review_by and not settings.allow_expired:
            return "expired"
        if offer.stage not in GIVEN_OUT and not settings.allow_drafts:
            return "revised" if offer.stage == Stage.REVISED else "draft"
        return None


@dataclass(frozen=True, slots=True)
class Shelf:
    """All conditions in the order of their names, and the brands as (id, name).

    `broken` are the ids of the conditions and brands whose files are wrong.
    """

    conditions: Mapping[str, Shelved]
    brands: tuple[tuple[str, str], ...] = ()
    broken: tuple[str, ...] = ()

    @property
    def tags(self) -> tuple[str, ...]:
        """Every language that any condition has."""
        return tuple(sorted({tag for condition in self.conditions.values() for tag in condition.offers}))


# --------------------------------------------------------------------------------------------------- search


@dataclass(frozen=True, slots=True)
class Match:
    """A condition that was found, and the name by which."""

    condition: Shelved
    by: Name


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, the best first, and how many there are in all; when that is nothing, what looks like it."""

    matches: tuple[Match, ...]
    total: int
    near: tuple[Name, ...] = ()


def search(shelf: Shelf, words: str, staff_tag: str) -> Found:
    """The conditions of which a name, gene or code fits `words`, in whichever language; all of them for no words."""
    asked = folded(words[:LONGEST])
    if not asked:
        all_of_them = [Match(each, each.name_for(staff_tag)) for each in shelf.conditions.values()]
        all_of_them.sort(key=lambda match: folded(match.by.text))
        return Found(tuple(all_of_them[:MOST_FOUND]), len(all_of_them))
    found = []
    for condition in shelf.conditions.values():
        # a name in the language of staff is told before the same in another
        own = best(asked, (condition.name_for(staff_tag),))
        any_name = best(asked, condition.names)
        if any_name is not None:
            by = own[1] if own is not None and own[0] < WITHIN else any_name[1]
            found.append((any_name[0], folded(condition.name_for(staff_tag).text), Match(condition, by)))
    found.sort(key=lambda each: each[:2])
    matches = tuple(match for _, _, match in found)
    if matches:
        return Found(matches[:MOST_FOUND], len(matches))
    return Found((), 0, nearest(words, [name for condition in shelf.conditions.values() for name in condition.names]))


def languages_named(words: str, tags: tuple[str, ...], staff_tag: str) -> tuple[str, ...]:
    """Those of `tags` whose own name, English name, name for staff or tag fits `words`; all of them for no words."""
    asked = folded(words[:LONGEST])
    if not asked:
        return tags
    fits = [(_language_rank(asked, tag, (*_names_of(tag), name_in(tag, staff_tag))), tag) for tag in tags]
    return tuple(tag for at, tag in sorted((at, tag) for at, tag in fits if at is not None))


def language_meant(words: str, staff_tag: str) -> str | None:
    """The tag of the language that `words` name and that may well have no handout; None when they name none."""
    asked = folded(words[:LONGEST])
    if not asked:
        return None
    fits = []
    for tag, names in known_names().items():
        at = _language_rank(asked, tag, (*names, name_in(tag, staff_tag), *_also_called(tag)))
        if at is not None and at <= 1:
            fits.append((at, len(tag), tag))
    return min(fits)[2] if fits else None


def _language_rank(asked: str, tag: str, names: tuple[str, ...]) -> int | None:
    """How well the names fit; a word within a name counts no more than a word at its beginning."""
    if asked == folded(tag):
        return 0
    ranks = [at for name in names if (at := rank(asked, folded(name))) is not None and at < WITHIN]
    return min(ranks, default=None)


def _names_of(tag: str) -> tuple[str, ...]:
    spoken = language(tag)
    return spoken.own_name, spoken.english_name, *_also_called(tag)


def _also_called(tag: str) -> tuple[str, ...]:
    return _ALSO_CALLED.get(tag.split("-", maxsplit=1)[0], ())


# ------------------------------------------------------------------------------------------------ from files


class Shelves:
    """The shelf of a project as its files are now; what has not changed is not read again."""

    def __init__(self, watch: Watch, day: datetime.date) -> None:
        self._watch = watch
        self._day = day
        self._offers: dict[tuple[str, str], tuple[str, Offer]] = {}
        self._shelf: tuple[int, Shelf] | None = None
        self._lock = asyncio.Lock()

    async def warm(self) -> None:
        """Make the shelf before anybody asks; what is wrong is told to whoever asks first."""
        with contextlib.suppress(HandoutsError):
            await self.now()

    async def now(self) -> Shelf:
        """The shelf; whoever asks while it is made waits for it."""
        snapshot = await self._watch.now()
        if self._shelf is None or self._shelf[0] != snapshot.version:
            async with self._lock:
                if self._shelf is None or self._shelf[0] != snapshot.version:
                    self._shelf = (snapshot.version, await asyncio.to_thread(self._made, snapshot))
        return self._shelf[1]

    def _made(self, snapshot: Snapshot) -> Shelf:
        known_names()
        return shelve(snapshot.project, self._day, self._offers)


def shelve(
    project: Project, day: datetime.date, offers: dict[tuple[str, str], tuple[str, Offer]] | None = None
) -> Shelf:
    """The shelf of `project`. What is wrong with a file costs its condition alone, and is named.

    `offers` are kept from one time to the next, each with the digest of what it was read from. `day` changes nothing
    but a date that nobody sees.
    """
    known = offers if offers is not None else {}
    inputs = Inputs(project)
    found: list[Shelved] = []
    broken: list[str] = []
    for condition_id in project.condition_ids():
        try:
            condition, _ = project.condition(condition_id)
        except HandoutsError:
            broken.append(condition_id)
            continue
        given: dict[str, Offer] = {}
        for tag in project.language_tags(condition_id):
            digest = inputs.of(_job(condition, tag))
            held = known.get((condition_id, tag))
            if held is None or held[0] != digest:
                held = known[condition_id, tag] = (digest, _offer(project, condition, tag, day))
            given[tag] = held[1]
        found.append(_shelved(condition, given))
    brands = []
    for brand_id in project.brand_ids():
        try:
            brands.append((brand_id, project.brand(brand_id)[0].content.name))
        except HandoutsError:
            broken.append(brand_id)
    found.sort(key=lambda each: folded(each.name))
    return Shelf(MappingProxyType({each.id: each for each in found}), tuple(brands), tuple(broken))


def _job(condition: Condition, tag: str) -> Job:
    """Any handout of a condition in a language: all of them are read from the same files."""
    return Job(
        name="",
        condition=condition.content.id,
        language=tag,
        audience=next(iter(condition.content.editions)),
        paper=Paper.A4,
        format=Format.TXT,
        size=Size.STANDARD,
        kind=Kind.HANDOUT,
        second=None,
        place=None,
        brand=None,
    )


def _offer(project: Project, condition: Condition, tag: str, day: datetime.date) -> Offer:
    content = condition.content
    try:
        said, _ = project.translations(condition, tag)
    except HandoutsError:
        return Offer(tag, None, MappingProxyType({}), Stage.DRAFT.value)
    name = _words(said, condition, "name")
    titles = {}
    for audience in content.editions:
        title = _words(said, condition, f"edition.{audience.value}.title")
        if title is not None and _is_whole(condition, said, audience, day):
            titles[audience] = title
    return Offer(tag, name, MappingProxyType(titles), said.standing.named(tag))


def _words(said: Translations, condition: Condition, key: str) -> str | None:
    if said.language == "en":
        return condition.messages[key].source
    strings = said.by_key.get((condition.content.id, key))
    return strings[0] if strings else None


def _is_whole(condition: Condition, said: Translations, audience: Audience, day: datetime.date) -> bool:
    """Whether the language says all that an edition needs; where a string is absent, the edition is put together."""
    if said.language == "en" or set(messages_of(condition)) <= set(said.by_key):
        return True
    try:
        localize(condition, said, Edition(audience, Paper.A4, day))
    except HandoutsError:
        return False
    return True


def _shelved(condition: Condition, offers: Mapping[str, Offer]) -> Shelved:
    content = condition.content
    parts = [part for section in content.sections for part in (section, *section.blocks)]
    listed = (condition.library.organisations[each].place for each in content.organisations)
    places = {part.place for part in parts if part.place is not None} | {place for place in listed if place != WORLD}
    codes = tuple((code.system, code.code) for code in content.codes)
    names = [
        Name(content.name, "en"),
        *(Name(offer.name, tag) for tag, offer in offers.items() if offer.name is not None and tag != "en"),
        *(Name(also, "en") for also in content.also_called.names),
        Name(content.gene.symbol, None),
        *(Name(text, None) for system, code in codes for text in (code, f"{system} {code}")),
        Name(content.id, None),
    ]
    return Shelved(
        id=content.id,
        name=content.name,
        names=tuple(names),
        gene=content.gene.symbol,
        codes=codes,
        audiences=tuple(content.editions),
        questions=tuple(
            audience
            for audience in content.editions
            if any(section.role == "questions" and audience in section.audiences for section in content.sections)
        ),
        places=tuple(sorted(places)),
        review_by=content.review.review_by,
        offers=MappingProxyType(dict(offers)),
    )
