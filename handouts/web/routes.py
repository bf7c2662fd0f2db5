"""The routes that tell what there is: lists as JSON, and what a health record asks for."""

from __future__ import annotations

import asyncio
import datetime  # noqa: TC003  pydantic reads the annotations when the models are built
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, ConfigDict

from handouts.languages import language
from handouts.model.edition import Audience  # noqa: TC001  see above
from handouts.problems import Problem, UsageError
from handouts.render.clinic import render_found
from handouts.web import infobutton
from handouts.web.api import COMMON, refusals
from handouts.web.feeds import as_atom, as_json
from handouts.web.safety import PAGE
from handouts.web.values import Id  # noqa: TC001  see above

if TYPE_CHECKING:
    from handouts.web.press import Press
    from handouts.web.shelf import Offer, Shelved, Shelves
    from handouts.web.words import Words


class Listed(BaseModel):
    """Base of what is listed."""

    model_config = ConfigDict(frozen=True)


class CodeListed(Listed):
    """A code in a published system."""

    system: str
    code: str


class HandoutListed(Listed):
    """One edition in one language; `refused` tells why this server does not give it out, and is null when it does.

    `title` is null when the language does not say all of it.
    """

    audience: Audience
    title: str | None
    address: str
    refused: str | None


class LanguageListed(Listed):
    """A language; `own_name` is what its readers call it, `stage` how far its words are reviewed."""

    language: str
    own_name: str
    english_name: str
    direction: str


class OfferListed(LanguageListed):
    """A condition in one language."""

    name: str | None
    stage: str
    handouts: list[HandoutListed]


class ConditionListed(Listed):
    """One condition, with what it is called, and its languages."""

    condition: str
    name: str
    also_called: list[str]
    gene: str
    codes: list[CodeListed]
    editions: list[Audience]
    places: list[str]
    review_by: datetime.date
    languages: list[OfferListed]


class BrokenListed(Listed):
    """What is there and is not offered, because there is a mistake in its files."""

    kind: Literal["condition", "brand"]
    id: str


class BrandListed(Listed):
    """An organization that gives handouts out."""

    brand: str
    name: str


def _parameter(name: str, text: str, example: str) -> dict[str, Any]:
    schema = {"type": "string", "maxLength": infobutton.MOST_LETTERS}
    return {"name": name, "in": "query", "required": False, "description": text, "schema": schema, "example": example}


INFOBUTTON = [
    _parameter("mainSearchCriteria.v.c", "The code.", "D66"),
    _parameter("mainSearchCriteria.v.cs", "The OID of its code system.", "2.16.840.1.113883.6.90"),
    _parameter("mainSearchCriteria.v.dn", "The name of what is asked about.", "Hemophilia A"),
    _parameter("informationRecipient", "PAT, PROV or PAYOR.", "PAT"),
    _parameter("informationRecipient.languageCode.c", "The reader's language, of handouts and of the answer.", "es"),
    _parameter("performer.languageCode.c", "The language of staff, when the reader's is not told.", "en"),
    _parameter("taskContext.c.c", "What is done in the record; it is told again.", "PROBLISTREV"),
    _parameter("knowledgeResponseType", "application/atom+xml, application/json or text/html.", "application/json"),
]


ONE = {**COMMON, **refusals(s500="There is a mistake in its files.")}


def router(press: Press, shelves: Shelves, words: Words) -> APIRouter:
    """The routes for lists and for health records."""
    routes = APIRouter()

    @routes.get("/api/conditions", tags=["lists"], summary="All conditions", responses=refusals(s400="A bad request."))
    async def conditions() -> list[ConditionListed]:
        """Every condition, its languages, and how far each is reviewed."""
        shelf = await shelves.now()
        return [_condition(each, press) for each in shelf.conditions.values()]

    @routes.get("/api/conditions/{condition}", tags=["lists"], summary="One condition", responses=ONE)
    async def one(condition: Annotated[Id, Path(description="Its id.")]) -> ConditionListed:
        """One condition by its id."""
        shelf = await shelves.now()
        found = shelf.conditions.get(condition)
        if found is None:
            if condition in shelf.broken:
                await asyncio.to_thread((await press.watch.now()).project.condition, condition)  # raises what is wrong
            hint = "/api/conditions lists those that there are"
            raise UsageError(Problem("unknown-condition", f"there is no condition called '{condition}'", hint=hint))
        return _condition(found, press)

    @routes.get("/api/broken", tags=["lists"], summary="What is broken", responses=refusals(s400="A bad request."))
    async def broken() -> list[BrokenListed]:
        """Every condition and brand that is not offered, because there is a mistake in its files."""
        shelf = await shelves.now()
        there = await press.watch.now()
        kinds = (("condition", there.conditions, shelf.conditions), ("brand", there.brands, dict(shelf.brands)))
        wrong = ((kind, each) for kind, known, good in kinds for each in known if each not in good)
        return [BrokenListed(kind=kind, id=each) for kind, each in wrong if each in shelf.broken]

    @routes.get("/api/languages", tags=["lists"], summary="All languages", responses=refusals(s400="A bad request."))
    async def languages() -> list[LanguageListed]:
        """Every language that any condition has."""
        return [LanguageListed(**_language(tag)) for tag in (await shelves.now()).tags]

    @routes.get("/api/brands", tags=["lists"], summary="All brands", responses=refusals(s400="A bad request."))
    async def brands() -> list[BrandListed]:
        """Every organization under whose name handouts can be given out."""
        return [BrandListed(brand=brand, name=name) for brand, name in (await shelves.now()).brands]

    @routes.get(
        "/infobutton",
        tags=["health records"],
        summary="HL7 Infobutton",
        response_class=Response,
        openapi_extra={"parameters": INFOBUTTON},
        responses={
            200: {
                "description": "What there is; nothing, for a code that is none of ours.",
                "content": {
                    "application/atom+xml": {"schema": {"type": "string"}},
                    "application/json": {"schema": {"type": "object", "required": ["feed"]}},
                    "text/html": {"schema": {"type": "string"}},
                },
            },
            **refusals(s400="A request that can't be understood."),
        },
    )
    async def found(request: Request) -> Response:
        """Which handouts there are for a code or a name, in the reader's language."""
        asked = infobutton.request_in(request.query_params.multi_items())
        shelf = await shelves.now()
        snapshot = await press.watch.now()
        base = str(request.base_url).rstrip("/")
        tag = infobutton.words_for(asked, request.headers.get("accept-language", ""), words.tags(snapshot))
        spoken = words.of(snapshot, tag)
        counter = infobutton.Counter(base, press.settings, press.day, snapshot.changed, spoken)
        feed = infobutton.feed_for(asked, shelf, counter)
        request.state.answer = "infobutton"
        told = {"Content-Language": spoken.tag, "Vary": "Accept-Language"}
        match asked.form:
            case infobutton.Form.ATOM:
                return Response(as_atom(feed), headers=told, media_type=asked.form)
            case infobutton.Form.JSON:
                return Response(as_json(feed), headers=told, media_type=asked.form)
            case infobutton.Form.HTML:
                page = render_found(feed, spoken.tag, spoken.words, snapshot.project.templates())
                told["Content-Security-Policy"] = PAGE
                return Response(page.markup, headers=told, media_type=f"{asked.form}; charset=utf-8")

    return routes


def _condition(shelved: Shelved, press: Press) -> ConditionListed:
    return ConditionListed(
        condition=shelved.id,
        name=shelved.name,
        also_called=[name.text for name in shelved.names if name.language == "en" and name.text != shelved.name],
        gene=shelved.gene,
        codes=[CodeListed(system=system, code=code) for system, code in shelved.codes],
        editions=list(shelved.audiences),
        places=list(shelved.places),
        review_by=shelved.review_by,
        languages=[_offer(shelved, offer, press) for offer in shelved.offers.values()],
    )


def _offer(shelved: Shelved, offer: Offer, press: Press) -> OfferListed:
    handouts = [
        HandoutListed(
            audience=audience,
            title=offer.titles.get(audience),
            address=f"/handouts/{shelved.id}/{offer.tag}/{audience}.pdf",
            refused=shelved.refusal(offer.tag, audience, press.settings, press.day),
        )
        for audience in shelved.audiences
    ]
    return OfferListed(**_language(offer.tag), name=offer.name, stage=offer.stage, handouts=handouts)


def _language(tag: str) -> dict[str, str]:
    spoken = language(tag)
    return {
        "language": spoken.tag,
        "own_name": spoken.own_name,
        "english_name": spoken.english_name,
        "direction": spoken.direction,
    }
