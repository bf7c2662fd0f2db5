"""The HTTP API: handouts as files, and what there is, as OpenAPI describes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from handouts.model.edition import Audience, Format
from handouts.web.answers import file_answer
from handouts.web.trouble import MEDIA_TYPE
from handouts.web.values import Asked, Id, Options, Tag, asked_for

if TYPE_CHECKING:
    from handouts.web.press import Press
    from handouts.web.values import Printed

PROBLEM: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "code", "problems"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "hint": {"type": ["string", "null"]},
        "problems": {"type": "array", "items": {"type": "object"}},
    },
}


def refusals(**told: str) -> dict[int | str, dict[str, Any]]:
    """The answers that tell a problem, by status (as `s404`), for OpenAPI."""
    content = {MEDIA_TYPE: {"schema": PROBLEM}}
    return {int(status[1:]): {"description": text, "content": content} for status, text in told.items()}


BUSY = {"Retry-After": {"description": "After how many seconds to ask again.", "schema": {"type": "integer"}}}
COMMON = refusals(s400="A parameter that is wrong.", s404="It is not there.")
REFUSED = {
    **COMMON,
    **refusals(
        s403="A draft, or a text whose review date has passed, that this server does not print.",
        s500="The content of this server has a fault.",
        s503="Too many handouts wait to be printed, or this one took too long.",
    ),
}
REFUSED[503]["headers"] = BUSY
ANOTHER = refusals(s412="It is another than the one that is asked for by If-Match or If-Unmodified-Since.")
FILE_HEADERS = {
    name: {"description": text, "schema": {"type": "string"}}
    for name, text in {
        "ETag": "The digest of exactly these bytes.",
        "Last-Modified": "When they were made.",
        "Content-Language": "The language, or both of a bilingual copy.",
        "Content-Disposition": "A readable file name.",
        "X-Handout-Edition": "The edition id that the pages show.",
        "X-Handout-Pages": "How many pages a PDF has.",
        "X-Handout-Stage": "How far the words have been reviewed.",
        "X-Handout-Review-By": "When the text is to be looked at again.",
    }.items()
}
BINARY = {"schema": {"type": "string", "format": "binary"}}


class Wanted(Options):
    """The options of a file, and whether it is to be kept."""

    download: bool = False


def router(press: Press) -> APIRouter:
    """The routes for files."""
    routes = APIRouter(tags=["handouts"])

    @routes.get(
        "/handouts/{condition}/{language}/{audience}.{format}",
        response_class=Response,
        summary="A handout",
        responses={
            200: {
                "description": "The file.",
                "headers": FILE_HEADERS,
                "content": dict.fromkeys(("application/pdf", "text/html", "text/plain"), BINARY),
            },
            206: {"description": "The part of it that Range asks for."},
            304: {"description": "The asker has it already."},
            416: {"description": "It has no such part."},
            **ANOTHER,
            **REFUSED,
        },
    )
    async def handout(
        request: Request,
        condition: Annotated[Id, Path(description="Its id, as /api/conditions lists it.")],
        language: Annotated[Tag, Path(description="The reader's language, as a BCP 47 tag.")],
        audience: Annotated[Audience, Path(description="Whom it is for.")],
        format: Annotated[Format, Path(description="The kind of file.")],  # noqa: A002  the name in the address
        options: Annotated[Wanted, Query()],
    ) -> Response:
        """A handout as a PDF, one web page or plain text, made and verified when nobody has asked for it before."""
        asked = asked_for(condition, language, audience, format, options)
        printed = await press.handout(asked)
        return _told(request, printed, asked, download=options.download)

    @routes.get(
        "/handouts/{condition}/{language}/{audience}.pdf/first-page.png",
        response_class=Response,
        summary="The first page of a handout",
        responses={
            200: {"description": "A picture.", "headers": FILE_HEADERS, "content": {"image/png": BINARY}},
            304: {"description": "The asker has it already."},
            416: {"description": "It has no such part."},
            **ANOTHER,
            **REFUSED,
        },
    )
    async def first_page(
        request: Request,
        condition: Annotated[Id, Path(description="Its id, as /api/conditions lists it.")],
        language: Annotated[Tag, Path(description="The reader's language, as a BCP 47 tag.")],
        audience: Annotated[Audience, Path(description="Whom it is for.")],
        options: Annotated[Options, Query()],
    ) -> Response:
        """The first page of the PDF as a picture, to look at before it is printed."""
        asked = asked_for(condition, language, audience, Format.PDF, options)
        return _told(request, await press.picture(asked), asked, download=False)

    return routes


def _told(request: Request, printed: Printed, asked: Asked, *, download: bool) -> Response:
    request.state.answer = printed.media_type.partition(";")[0]
    request.state.edition = printed.edition
    return file_answer(printed, asked, request.headers, download=download, head=request.state.head)
