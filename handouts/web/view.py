"""From what is on the shelf and what was chosen to the page that staff see next."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from handouts.languages import is_place, language, name_in
from handouts.localize.numbers import country, date, number
from handouts.model.approval import UNCHECKED, Stage
from handouts.model.edition import Format, Kind, Paper, Size
from handouts.problems import Problem, UsageError
from handouts.render import clinic as page
from handouts.render.saying import Run
from handouts.web.search import folded
from handouts.web.shelf import language_meant, languages_named, search

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from handouts.languages import Language
    from handouts.web.choices import Choices
    from handouts.web.search import Name
    from handouts.web.shelf import Shelf, Shelved
    from handouts.web.values import Settings

PAPER_PX = {Paper.A4: (595, 842), Paper.LETTER: (612, 792)}
"""The shape of a sheet, for the room that the picture takes before it is there."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where staff stand: the language of the page and its words, the day, how the server is set up.

    `reached` is the address of the server for other machines, None when it answers its own alone. `draft` says that
    nobody has checked the words of the page; `uis` are the languages that it has.
    """

    tag: str
    words: Mapping[str, str]
    draft: bool
    uis: tuple[str, ...]
    day: datetime.date
    settings: Settings
    reached: str | None

    @property
    def spoken(self) -> Language:
        """The language of the page."""
        return language(self.tag)

    def named(self, tag: str) -> str:
        """A language in the language of the page."""
        return name_in(tag, self.tag)

    def said(self, key: str) -> Run:
        """One of the page's words."""
        return Run(self.words[key], self.tag)


def view(shelf: Shelf, asked: Choices, desk: Desk) -> page.Clinic:
    """The page for what was chosen. Raises `UsageError` for a condition, brand or country that is not there."""
    condition = None
    if asked.condition is not None:
        condition = shelf.conditions.get(asked.condition)
        if condition is None:
            raise UsageError(Problem("unknown-condition", f"there is no condition called '{asked.condition}'"))
    if asked.brand is not None and asked.brand not in dict(shelf.brands):
        raise UsageError(Problem("unknown-brand", f"there is no brand called '{asked.brand}'"))
    if asked.place is not None and not is_place(asked.place):
        raise UsageError(Problem("unknown-place", f"no country has the code '{asked.place}'"))
    there = condition is not None and asked.language in condition.offers
    finished = condition is not None and there
    return page.Clinic(
        tag=desk.tag,
        words=desk.words,
        draft=desk.draft,
        uis=_uis(asked, desk),
        start=_start(asked),
        condition=_condition_step(shelf, asked, desk)
        if condition is None
        else _chosen_condition(condition, asked, desk),
        language=_language(shelf, condition, asked, desk, there=there),
        choices=_choices(shelf, condition, asked, desk) if condition is not None and finished else None,
        ready=_ready(condition, asked, desk) if condition is not None and finished else None,
        empty=not shelf.conditions and not shelf.broken,
    )


def trouble(what: str, again: str | None, asked: Choices, desk: Desk) -> page.Clinic:
    """The page that tells what went wrong, by the key of its words."""
    return page.Clinic(
        tag=desk.tag,
        words=desk.words,
        draft=desk.draft,
        uis=(),
        start=_start(asked),
        trouble=page.Trouble(what, again),
    )


def _uis(asked: Choices, desk: Desk) -> tuple[page.Way, ...]:
    ways = (page.Way(asked.address(ui=tag), Run(language(tag).own_name, tag), tag == desk.tag) for tag in desk.uis)
    return tuple(sorted(ways, key=lambda way: folded(way.told.text)))


def _start(asked: Choices) -> str:
    """The page for the next family: what belongs to the counter stays, all else is forgotten."""
    return type(asked)(ui=asked.ui, paper=asked.paper, place=asked.place, brand=asked.brand).address()


def _run(name: Name) -> Run:
    return Run(name.text, name.language)


# ------------------------------------------------------------------------------------------------ the condition


def _condition_step(shelf: Shelf, asked: Choices, desk: Desk) -> page.ConditionStep:
    found = search(shelf, asked.q, desk.tag)
    rows = []
    for match in found.matches:
        told = match.condition.name_for(desk.tag)
        english = Run(match.condition.name, "en") if told.text != match.condition.name else None
        shown = {told.text, match.condition.name, match.condition.gene, match.condition.id}
        called = _run(match.by) if asked.q and match.by.text not in shown else None
        address = asked.address(condition=match.condition.id, q="")
        rows.append(page.ConditionRow(address, _run(told), english, called, match.condition.gene))
    return page.ConditionStep(
        words=asked.q,
        rows=tuple(rows),
        total=number(found.total, desk.spoken),
        more=found.total > len(rows),
        near=tuple(page.Way(asked.address(q=near.text), _run(near)) for near in found.near),
        all_of_them=asked.address(q=""),
        broken=shelf.broken,
        hidden=asked.pairs("q", "lq"),
    )


def _chosen_condition(condition: Shelved, asked: Choices, desk: Desk) -> page.Chosen:
    told = condition.name_for(desk.tag)
    also = Run(condition.name, "en") if told.text != condition.name else None
    return page.Chosen(_run(told), also, asked.address(condition=None, q="", lq=""))


# ------------------------------------------------------------------------------------------------- the language


def _language(
    shelf: Shelf, condition: Shelved | None, asked: Choices, desk: Desk, *, there: bool
) -> page.Chosen | page.LanguageStep | None:
    if condition is None:  # it may have been chosen first, from a link or for the last family
        return _chosen_language(asked.language, asked, desk) if asked.language in shelf.tags else None
    return _chosen_language(asked.language, asked, desk) if there else _language_step(shelf, condition, asked, desk)


def _chosen_language(tag: str | None, asked: Choices, desk: Desk) -> page.Chosen:
    assert tag is not None, "it was chosen"
    own, name = language(tag).own_name, desk.named(tag)
    also = Run(name, desk.tag) if name != own else None
    return page.Chosen(Run(own, tag), also, asked.address(language=None, lq=""))


def _language_step(shelf: Shelf, condition: Shelved, asked: Choices, desk: Desk) -> page.LanguageStep:
    ordered = tuple(sorted(condition.offers, key=lambda tag: folded(desk.named(tag))))
    tags = languages_named(asked.lq, ordered, desk.tag)
    absent = None
    if asked.language is not None:
        absent = asked.language
    elif asked.lq and not tags:
        absent = next(iter(languages_named(asked.lq, shelf.tags, desk.tag)), None) or language_meant(asked.lq, desk.tag)
    if absent is not None:
        tags = ordered
    rows = []
    for tag in tags:
        refusals = [condition.refusal(tag, each, desk.settings, desk.day) for each in condition.audiences]
        refused = all(refusals)
        stage = "refused" if refused else stage_key(condition.offers[tag].stage)
        own = Run(language(tag).own_name, tag)
        rows.append(page.LanguageRow(asked.address(language=tag, lq=""), own, desk.named(tag), stage, refused))
    rows.sort(key=lambda row: row.refused)  # what can be had comes first
    others = [tag for tag in shelf.tags if tag not in condition.offers and not asked.lq]
    others.sort(key=lambda tag: folded(desk.named(tag)))
    return page.LanguageStep(
        words=asked.lq,
        rows=tuple(rows),
        total=number(len(rows), desk.spoken),
        absent=(Run(language(absent).own_name, absent), desk.named(absent)) if absent is not None else None,
        others=tuple((Run(language(tag).own_name, tag), desk.named(tag)) for tag in others),
        all_of_them=asked.address(language=None, lq=""),
        hidden=asked.pairs("q", "lq", "language"),
    )


def stage_key(stage: str) -> str:
    """The key of the words for a stage: what only a translator answers for is a draft like any other."""
    names = {UNCHECKED: "english", Stage.REVISED: "revised", Stage.CLEARED: "cleared"}
    return names.get(stage, "draft")


def review_key(review_by: datetime.date, day: datetime.date) -> str:
    """The key of the words for the date by which a text is to be looked at again."""
    return "past" if day > review_by else "by"


# -------------------------------------------------------------------------------------------------- the options


def _choices(shelf: Shelf, condition: Shelved, asked: Choices, desk: Desk) -> page.Choices:
    audiences = tuple(
        page.Choice(each.value, desk.said(f"audience.{each}"), each is asked.audience) for each in condition.audiences
    )
    papers = (Run("A4", None), desk.said("options.paper.letter"))
    options = {
        "paper": tuple(page.Choice(p.value, run, p is asked.paper) for p, run in zip(Paper, papers, strict=True)),
        "size": tuple(page.Choice(s.value, desk.said(f"options.size.{s}"), s is asked.size) for s in Size),
    }
    if asked.audience in condition.questions or asked.kind is Kind.QUESTIONS:
        options["kind"] = tuple(page.Choice(k.value, desk.said(f"options.kind.{k}"), k is asked.kind) for k in Kind)
    seconds = [tag for tag in condition.offers if tag != asked.language]
    if seconds or asked.bilingual:
        seconds += [asked.bilingual] if asked.bilingual and asked.bilingual not in seconds else []
        seconds.sort(key=lambda tag: folded(desk.named(tag)))
        named = [(tag, Run(_both(tag, desk), tag)) for tag in seconds]
        options["bilingual"] = _with_none("second", named, asked.bilingual, desk)
    if condition.places or asked.place:
        codes = sorted({*condition.places, *([asked.place] if asked.place else [])})
        countries = [(code, Run(country(code, desk.spoken) or code, desk.tag)) for code in codes]
        options["place"] = _with_none("place", countries, asked.place, desk)
    if shelf.brands:
        brands = [(brand, Run(name, None)) for brand, name in shelf.brands]
        options["brand"] = _with_none("brand", brands, asked.brand, desk)
    rare = (asked.size is not Size.STANDARD, asked.kind is not Kind.HANDOUT, asked.bilingual is not None)
    hidden = (*asked.pairs("q", "lq", "audience", *options),)
    return page.Choices(audiences, MappingProxyType(options), hidden, opened=any(rare))


def _both(tag: str, desk: Desk) -> str:
    own, name = language(tag).own_name, desk.named(tag)
    return own if own == name else f"{own} – {name}"


def _with_none(name: str, choices: list[tuple[str, Run]], chosen: str | None, desk: Desk) -> tuple[page.Choice, ...]:
    none = page.Choice("", desk.said(f"options.{name}.none"), chosen is None)
    return (none, *(page.Choice(value, told, value == chosen) for value, told in choices))


# ------------------------------------------------------------------------------------------------- the handout


def _ready(condition: Shelved, asked: Choices, desk: Desk) -> page.Ready:
    assert asked.language is not None, "it was chosen"
    offer = condition.offers[asked.language]
    title = offer.titles.get(asked.audience)
    staff = next((condition.offers[tag] for tag in (desk.tag, "en") if tag in condition.offers), None)
    staff_title = staff.titles.get(asked.audience) if staff is not None and staff.tag != asked.language else None
    refusal, about = _refusal(condition, asked, desk)
    stages = [offer.stage, *([condition.offers[asked.bilingual].stage] if asked.bilingual and refusal is None else [])]
    stage = min((stage_key(each) for each in stages), key=("draft", "english", "revised", "cleared").index)
    file = asked.asked()
    web = asked.asked(Format.HTML)
    txt = asked.size is Size.STANDARD
    return page.Ready(
        title=Run(title, asked.language) if title is not None else None,
        staff_title=Run(staff_title, staff.tag) if staff is not None and staff_title is not None else None,
        own=Run(language(asked.language).own_name, asked.language),
        name=desk.named(asked.language),
        stage=stage,
        on_page=stage != "cleared",
        review=review_key(condition.review_by, desk.day),
        review_by=date(condition.review_by, desk.spoken),
        refusal=refusal,
        refused_about=about,
        pdf=_address(file.path, file.query),
        download=_address(file.path, {**file.query, "download": "true"}),
        html=_address(web.path, web.query),
        txt=_address(asked.asked(Format.TXT).path, file.query) if txt else None,
        picture=_address(f"{file.path}/first-page.png", file.query),
        size_px=PAPER_PX[asked.paper],
        web=f"{desk.reached}{_address(web.path, web.query)}" if desk.reached is not None else None,
    )


def _refusal(condition: Shelved, asked: Choices, desk: Desk) -> tuple[str | None, str]:
    """Why the handout is not given out, as the key of its words, and the second language when that is the reason."""
    assert asked.language is not None, "it was chosen"
    refusal = condition.refusal(asked.language, asked.audience, desk.settings, desk.day)
    if refusal is not None or asked.bilingual is None:
        return refusal, ""
    if asked.bilingual == asked.language:
        return "conflict", ""
    named = desk.named(asked.bilingual)
    if asked.bilingual not in condition.offers:
        return "second", named
    if condition.refusal(asked.bilingual, asked.audience, desk.settings, desk.day) is not None:
        return "second", named
    return None, ""


def _address(path: str, query: Mapping[str, str]) -> str:
    return quote(path) + (f"?{urlencode(query)}" if query else "")
