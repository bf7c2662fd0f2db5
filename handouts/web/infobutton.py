"""HL7 Infobutton: a health record asks by code and language, and is told which handouts there are.

Source: HL7 Version 3 Standard: Context Aware Knowledge Retrieval Application ("Infobutton"), Knowledge Request,
URL-Based Implementation Guide; the answers have the form of MedlinePlus Connect's, which health records know.
What a request says of a patient, such as age and sex, is neither looked at nor told again.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from handouts.languages import accepted, is_language, language
from handouts.localize.numbers import date, names_list, number
from handouts.problems import Problem, UsageError
from handouts.render.saying import Run, said_plainly
from handouts.web.search import folded
from handouts.web.view import review_key, stage_key

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Mapping

    from handouts.model.edition import Audience
    from handouts.model.spoken import Spoken
    from handouts.web.shelf import Shelf, Shelved
    from handouts.web.values import Settings

ICD, ICD_CM, OMIM, ORPHA, SNOMED = "ICD-10", "ICD-10-CM", "OMIM", "ORPHA", "SNOMED CT"
SYSTEMS: dict[str, tuple[str, ...]] = {
    "2.16.840.1.113883.6.90": (ICD_CM, ICD),
    "2.16.840.1.113883.6.3": (ICD,),
    "2.16.840.1.113883.6.96": (SNOMED,),
    "2.16.840.1.113883.6.174": (OMIM,),
    "1.3.6.1.4.1.12559.11.10.1.3.1.44.5": (ORPHA,),
    "http://hl7.org/fhir/sid/icd-10-cm": (ICD_CM, ICD),
    "http://hl7.org/fhir/sid/icd-10": (ICD,),
    "http://snomed.info/sct": (SNOMED,),
    "http://www.omim.org": (OMIM,),
    "https://omim.org": (OMIM,),
    "http://www.orpha.net": (ORPHA,),
}
"""Code systems by the names that requests have for them, with those of the content that hold such codes.

Sources: the OID registry of HL7 (ICD-10-CM, ICD-10, SNOMED CT, OMIM); the European patient summary's for ORPHAcodes.
"""
MOST_CRITERIA = 10
MOST_LETTERS = 200
TAGS = uuid.UUID("5a2b6d2e-3c56-5f0c-9c41-0d5a1a1f6e3b")
"""Under it, ids of feeds and entries are made."""

_CRITERION = re.compile(r"mainSearchCriteria\.v\.(c|cs|dn|ot|csn)(\d{0,2})")
_SYSTEM = re.compile(r"(?:urn:oid:)?[0-2](?:\.(?:0|[1-9]\d*))+|https?://[^\s<>\"]+", re.ASCII)
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LANGUAGES = ("informationRecipient.languageCode.c", "performer.languageCode.c")
_ECHOED = (
    "informationRecipient",
    _LANGUAGES[0],
    "performer",
    _LANGUAGES[1],
    "taskContext.c.c",
    "subTopic.v.c",
    "subTopic.v.cs",
    "subTopic.v.dn",
)


class Recipient(StrEnum):
    """Who is to read what is found."""

    PATIENT = "PAT"
    PROVIDER = "PROV"
    PAYOR = "PAYOR"


class Form(StrEnum):
    """The form of the answer."""

    ATOM = "application/atom+xml"
    JSON = "application/json"
    HTML = "text/html"


_FORMS = {
    "": Form.ATOM,
    "application/atom+xml": Form.ATOM,
    "application/xml": Form.ATOM,
    "text/xml": Form.ATOM,
    "application/json": Form.JSON,
    "text/json": Form.JSON,
    "text/html": Form.HTML,
    "application/xhtml+xml": Form.HTML,
}


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that is asked about: a code in a system, and a name; either may be empty."""

    code: str
    system: str
    name: str


@dataclass(frozen=True, slots=True)
class Request:
    """What a health record asks. `context` is what the answer tells again, as (parameter, value).

    Handouts are wanted in `language`; `readers` are the languages that it names, the reader's before the staff's.
    """

    criteria: tuple[Criterion, ...]
    recipient: Recipient
    language: str
    readers: tuple[str, ...]
    form: Form
    context: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """What an answer says: one of the words for people by its key, and what stands in its places."""

    key: str
    values: Mapping[str, Run]


@dataclass(frozen=True, slots=True)
class Entry:
    """One handout that was found: its title in its language, and where its files are, as (media type, address).

    `told` is whom it is for, how far it is checked, and by when it is to be looked at again.
    """

    id: str
    title: str
    language: str
    told: tuple[Sentence, ...]
    updated: datetime.datetime
    links: tuple[tuple[str, str], ...]
    codes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """The answer to one request, in the language of `spoken`. `told` is what there is, and what there is not."""

    id: str
    address: str
    base: str
    spoken: Spoken
    told: tuple[tuple[Sentence, ...], ...]
    updated: datetime.datetime
    context: tuple[tuple[str, str], ...]
    entries: tuple[Entry, ...]

    def said(self, sentences: Iterable[Sentence]) -> str:
        """`sentences` as plain text."""
        tag, words = self.spoken.tag, self.spoken.words
        return " ".join(said_plainly(words[each.key], each.values, tag) for each in sentences)

    @property
    def subtitle(self) -> str:
        """All that it tells, as plain text."""
        return self.said(sentence for line in self.told for sentence in line)


# -------------------------------------------------------------------------------------------------- asking


def request_in(pairs: Iterable[tuple[str, str]]) -> Request:
    """What a query asks, by its parameters; those that are not the standard's, or say nothing here, are overlooked.

    Raises `UsageError` with `infobutton-request` for what can't be understood.
    """
    given = {name: value.strip() for name, value in pairs}
    for name, value in given.items():
        if len(value) > MOST_LETTERS or _UNSAFE.search(value):
            raise _wrong(f"{_safe(name)} is too long, or holds characters that are no text")
    criteria = _criteria(given)
    recipient = given.get("informationRecipient") or Recipient.PATIENT
    if recipient not in set(Recipient):
        raise _wrong("informationRecipient is none of PAT, PROV and PAYOR")
    form = _FORMS.get(given.get("knowledgeResponseType", "").lower())
    if form is None:
        raise _wrong("knowledgeResponseType is none of application/atom+xml, application/json and text/html")
    readers = tuple(_tag(name, given[name]) for name in _LANGUAGES if given.get(name))
    echoed = [name for name in given if _CRITERION.fullmatch(name)] + [name for name in _ECHOED if given.get(name)]
    context = tuple((name, given[name]) for name in dict.fromkeys(echoed))
    return Request(criteria, Recipient(recipient), next(iter(readers), "en"), readers, form, context)


def _tag(parameter: str, given: str) -> str:
    tag = given.replace("_", "-")
    if not is_language(tag):
        raise _wrong(f"{parameter} is no language that we know", "write it as es, ar or pt-BR")
    return language(tag).tag


def words_for(request: Request, accept_language: str, tags: tuple[str, ...]) -> str:
    """The language of the answer's own words, out of `tags`: the reader's, the staff's, or that of the browser."""
    named = (nearest(tag, tags) for tag in request.readers)
    return next((tag for tag in named if tag is not None), None) or accepted(accept_language, tags)


def _criteria(given: Mapping[str, str]) -> tuple[Criterion, ...]:
    parts: dict[str, dict[str, str]] = {}
    for name, value in given.items():
        found = _CRITERION.fullmatch(name)
        if found is not None:
            parts.setdefault(found[2].lstrip("0"), {})[found[1]] = value
        elif name.startswith("mainSearchCriteria"):
            raise _wrong(f"{_safe(name)} is no parameter of the standard")
    criteria = []
    for part in parts.values():
        code, system = part.get("c", ""), part.get("cs", "")
        name = part.get("dn", "") or part.get("ot", "")
        if code and not system:
            raise _wrong("mainSearchCriteria.v.c is there without mainSearchCriteria.v.cs, its code system")
        if system and not _SYSTEM.fullmatch(system):
            raise _wrong("mainSearchCriteria.v.cs is no OID, such as 2.16.840.1.113883.6.90 for ICD-10-CM")
        if code or name:
            criteria.append(Criterion(code, system.removeprefix("urn:oid:").rstrip("/"), name))
    if not criteria:
        raise _wrong("nothing is asked about", "give mainSearchCriteria.v.c with .cs, or mainSearchCriteria.v.dn")
    if len(criteria) > MOST_CRITERIA:
        raise _wrong(f"more than {MOST_CRITERIA} things are asked about at once")
    return tuple(criteria)


def _wrong(message: str, hint: str = "docs/infobutton.md has examples") -> UsageError:
    return UsageError(Problem("infobutton-request", message, hint=hint))


def _safe(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9.]", "?", name)[:60]


# ------------------------------------------------------------------------------------------------- finding


@dataclass(frozen=True, slots=True)
class Counter:
    """Where is answered: the address of the server, how it is set up, the day, and when its files last changed.

    `spoken` are the words that people are told.
    """

    base: str
    settings: Settings
    day: datetime.date
    seen: datetime.datetime
    spoken: Spoken


def feed_for(request: Request, shelf: Shelf, counter: Counter) -> Feed:
    """What there is for `request`, and in which words to tell of it."""
    found = [each for each in shelf.conditions.values() if any(_fits(each, asked) for asked in request.criteria)]
    entries: list[Entry] = []
    told: list[tuple[Sentence, ...]] = []
    for condition in found:
        tag = nearest(request.language, condition.offers)
        if tag is None:
            told.append((_absent(condition, request.language, counter.spoken),))
            continue
        for audience in condition.audiences:
            refusal = condition.refusal(tag, audience, counter.settings, counter.day)
            if refusal is None:
                entries.append(_entry(condition, tag, audience, counter))
            else:
                told.append((_about(condition, tag, audience, counter.spoken), _refused(condition, refusal, counter)))
    count = Run(number(len(entries), counter.spoken.language), counter.spoken.tag)
    first = Sentence("infobutton.found", {"count": count}) if found else Sentence("infobutton.none", {})
    if not found and shelf.broken:  # it may be among those
        told.append((Sentence("search.broken", {"names": Run(", ".join(shelf.broken), None)}),))
    draft = [(Sentence("infobutton.draft", {}),)] if counter.spoken.draft else []
    address = f"{counter.base}/infobutton?{urlencode(request.context)}"
    return Feed(
        id=_id(address),
        address=address,
        base=counter.base,
        spoken=counter.spoken,
        told=((first,), *told, *draft),
        updated=counter.seen,
        context=request.context,
        entries=tuple(entries),
    )


def _about(condition: Shelved, tag: str, audience: Audience, spoken: Spoken) -> Sentence:
    values = {"name": _name(condition, spoken), "language": Run(spoken.named(tag), spoken.tag)}
    return Sentence(f"infobutton.{audience.value}", values)


def _absent(condition: Shelved, tag: str, spoken: Spoken) -> Sentence:
    there = names_list([spoken.named(each) for each in condition.offers], spoken.language)
    values = {"language": Run(spoken.named(tag), spoken.tag), "languages": Run(there, spoken.tag)}
    return Sentence("infobutton.absent", {"name": _name(condition, spoken), **values})


def _refused(condition: Shelved, refusal: str, counter: Counter) -> Sentence:
    return Sentence(f"refused.{refusal}", {"date": _review_by(condition, counter.spoken)})


def _name(condition: Shelved, spoken: Spoken) -> Run:
    told = condition.name_for(spoken.tag)
    return Run(told.text, told.language)


def _review_by(condition: Shelved, spoken: Spoken) -> Run:
    return Run(date(condition.review_by, spoken.language), spoken.tag)


def nearest(tag: str, tags: Iterable[str]) -> str | None:
    """The language among `tags` that `tag` asks for: itself, or the same language in the same script elsewhere."""
    there = list(tags)
    wanted = language(tag)
    if wanted.tag in there:
        return wanted.tag
    same = [each for each in there if _root(each) == _root(wanted.tag) and language(each).script == wanted.script]
    return min(same, key=len, default=None)


def _root(tag: str) -> str:
    return tag.split("-", maxsplit=1)[0]


def _fits(condition: Shelved, asked: Criterion) -> bool:
    """Whether `asked` names the condition: by its code, or when that is none of ours, by exactly one of its names."""
    systems = SYSTEMS.get(asked.system.lower(), ())
    if asked.code and any(_is_code(asked.code, system, code) for system, code in condition.codes if system in systems):
        return True
    if asked.code and systems:
        return False
    return bool(asked.name) and folded(asked.name) in {folded(name.text) for name in condition.names}


def _is_code(asked: str, system: str, code: str) -> bool:
    """Whether a code is the content's, or in the ICD a finer one: E84.0 is a kind of E84."""
    if system in {ICD, ICD_CM}:
        return asked.replace(".", "").upper().startswith(code.replace(".", ""))
    return asked.upper().removeprefix("ORPHA").lstrip(":") == code if system == ORPHA else asked == code


def _entry(condition: Shelved, tag: str, audience: Audience, counter: Counter) -> Entry:
    offer, spoken = condition.offers[tag], counter.spoken
    path = f"/handouts/{condition.id}/{tag}/{audience}"
    kinds = (("text/html", "html"), ("application/pdf", "pdf"), ("text/plain", "txt"))
    review = {"date": _review_by(condition, spoken)}
    return Entry(
        id=_id(path),
        title=offer.titles[audience],
        language=tag,
        told=(
            _about(condition, tag, audience, spoken),
            Sentence(f"stage.{stage_key(offer.stage)}", {}),
            Sentence(f"review.{review_key(condition.review_by, counter.day)}", review),
        ),
        updated=counter.seen,
        links=tuple((kind, f"{counter.base}{path}.{ending}") for kind, ending in kinds),
        codes=condition.codes,
    )


def _id(address: str) -> str:
    return f"urn:uuid:{uuid.uuid5(TAGS, address)}"
