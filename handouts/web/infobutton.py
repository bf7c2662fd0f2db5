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

from handouts.languages import is_language, language
from handouts.problems import Problem, UsageError
from handouts.web.search import folded

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Mapping

    from handouts.model.edition import Audience
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
_ECHOED = (
    "informationRecipient",
    "informationRecipient.languageCode.c",
    "performer",
    "performer.languageCode.c",
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
    """What a health record asks. `context` is what the answer tells again, as (parameter, value)."""

    criteria: tuple[Criterion, ...]
    recipient: Recipient
    language: str
    form: Form
    context: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One handout that was found: its title in its language, and where its files are, as (media type, address)."""

    id: str
    title: str
    language: str
    summary: str
    updated: datetime.datetime
    links: tuple[tuple[str, str], ...]
    codes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """The answer to one request. `said` is for staff, in English: what there is, and what there is not."""

    id: str
    address: str
    base: str
    said: str
    updated: datetime.datetime
    context: tuple[tuple[str, str], ...]
    entries: tuple[Entry, ...]


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
    tag = given.get("informationRecipient.languageCode.c") or given.get("performer.languageCode.c") or "en"
    tag = tag.replace("_", "-")
    if not is_language(tag):
        raise _wrong("informationRecipient.languageCode.c is no language that we know", "write it as es, ar or pt-BR")
    echoed = [name for name in given if _CRITERION.fullmatch(name)] + [name for name in _ECHOED if given.get(name)]
    context = tuple((name, given[name]) for name in dict.fromkeys(echoed))
    return Request(criteria, Recipient(recipient), language(tag).tag, form, context)


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


def feed_for(
    request: Request, shelf: Shelf, settings: Settings, day: datetime.date, base: str, seen: datetime.datetime
) -> Feed:
    """What there is for `request` on this day; `base` is the address of the server, `seen` when its files changed."""
    found = [each for each in shelf.conditions.values() if any(_fits(each, asked) for asked in request.criteria)]
    entries: list[Entry] = []
    said = []
    for condition in found:
        tag = nearest(request.language, condition.offers)
        if tag is None:
            there = ", ".join(language(each).english_name for each in condition.offers)
            said.append(f"{condition.name}: there is no handout in {_named(request.language)}; there is: {there}.")
            continue
        for audience in condition.audiences:
            refusal = condition.refusal(tag, audience, settings, day)
            if refusal is None:
                entries.append(_entry(condition, tag, audience, base, seen))
            else:
                said.append(f"{condition.name}, {audience}, in {_named(tag)}: {_WHY.get(refusal, 'not given out')}.")
    if not found:
        said.append("There is no handout about this.")
    elif entries:
        said.insert(0, f"Handouts: {len(entries)}.")
    address = f"{base}/infobutton?{urlencode(request.context)}"
    return Feed(_id(address), address, base, " ".join(said), seen, request.context, tuple(entries))


_WHY = {
    "draft": "a draft, which this server does not give out",
    "revised": "not cleared by a clinician yet, so this server does not give it out",
    "expired": "its review date has passed, so this server does not give it out",
    "unfinished": "its translation is not finished",
}


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


def _named(tag: str) -> str:
    return language(tag).english_name


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


def _entry(condition: Shelved, tag: str, audience: Audience, base: str, seen: datetime.datetime) -> Entry:
    offer = condition.offers[tag]
    path = f"/handouts/{condition.id}/{tag}/{audience}"
    kinds = (("text/html", "html"), ("application/pdf", "pdf"), ("text/plain", "txt"))
    told = [f"{condition.name}, for {_FOR[audience.value]}, in {_named(tag)}.", _STAGES.get(offer.stage, "")]
    return Entry(
        id=_id(path),
        title=offer.titles[audience],
        language=tag,
        summary=" ".join([*filter(None, told), f"To be reviewed by {condition.review_by.isoformat()}."]),
        updated=seen,
        links=tuple((kind, f"{base}{path}.{ending}") for kind, ending in kinds),
        codes=condition.codes,
    )


_FOR = {"family": "families", "carrier": "carriers"}
_STAGES = {
    "draft": "A draft that nobody has reviewed.",
    "translated": "A draft that no second person has reviewed.",
    "revised": "Revised, but not cleared by a clinician.",
    "not-clinically-reviewed": "Not reviewed by a clinician.",
    "cleared": "Cleared by a clinician.",
}


def _id(address: str) -> str:
    return f"urn:uuid:{uuid.uuid5(TAGS, address)}"
