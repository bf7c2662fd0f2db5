"""The application: all routes behind the guard, and the press that starts and stops with it."""

from __future__ import annotations

import asyncio
import contextlib
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from starlette.exceptions import HTTPException

from handouts import __version__
from handouts.problems import HandoutsError, Problem, UsageError
from handouts.web import api, routes
from handouts.web import page as staff_page
from handouts.web.crew import BusyError, LostError
from handouts.web.press import Press
from handouts.web.safety import Guard, is_plain, log
from handouts.web.shelf import Shelves
from handouts.web.trouble import MEDIA_TYPE, problem_body, status_of
from handouts.web.values import parameter_problems
from handouts.web.words import Words

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from starlette.types import ASGIApp

    from handouts.web.values import Settings


_TOLD = {
    HTTPStatus.BAD_REQUEST: "wrong",
    HTTPStatus.FORBIDDEN: "refused",
    HTTPStatus.NOT_FOUND: "missing",
    HTTPStatus.SERVICE_UNAVAILABLE: "busy",
}
"""What the page calls trouble that is told to people."""


def build(root: Path | None, settings: Settings) -> ASGIApp:
    """The server of the project in `root`, or of what we ship."""
    press = Press(root, settings)
    shelves = Shelves(press.watch, press.day)
    words = Words()
    pages = staff_page.Pages(press, shelves, words)

    @contextlib.asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        first_look = asyncio.create_task(shelves.warm())
        await press.start()
        try:
            yield
        finally:
            first_look.cancel()
            await press.stop()

    app = FastAPI(
        title="handouts",
        version=__version__,
        description="Plain-language handouts about genetic conditions, in the reader's language.",
        docs_url=None,
        redoc_url=None,
        lifespan=life,
        redirect_slashes=False,
        dependencies=[Depends(_plain)],
    )
    app.include_router(staff_page.router(pages))
    app.include_router(api.router(press))
    app.include_router(routes.router(press, shelves, words))
    _health(app, press)
    _describe(app)
    _tell_trouble(app, pages)
    return Guard(app, settings.hosts, settings.encrypted)


async def _plain(request: Request) -> None:
    """Refuse a query in which a name stands twice, on the page as elsewhere: nobody knows which one is meant."""
    if not is_plain(request.scope["query_string"]):
        message = "a parameter stands there twice, or there are too many of them"
        raise UsageError(Problem("bad-parameter", message))


def _describe(app: FastAPI) -> None:
    """Have OpenAPI tell of the answers that there are: FastAPI adds one of its own, for which we have others."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            told = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
            for path in told["paths"].values():
                path["get"]["responses"].pop("422", None)
            for name in ("HTTPValidationError", "ValidationError"):
                told.get("components", {}).get("schemas", {}).pop(name, None)
            app.openapi_schema = told
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]  # FastAPI's own way to do it


def _health(app: FastAPI, press: Press) -> None:
    @app.get("/health", tags=["operation"], summary="Whether the server answers")
    async def health() -> dict[str, str]:
        """Always the same, as long as it answers at all."""
        return {"status": "ok", "version": __version__}

    @app.get("/ready", tags=["operation"], summary="Whether it can print", responses=api.refusals(s503="Not yet."))
    async def ready() -> Response:
        """Ready as soon as the workers are warm."""
        if not press.ready:
            return _problems(HTTPStatus.SERVICE_UNAVAILABLE, [Problem("not-ready", "the workers are not warm yet")], 1)
        return Response(b'{"status":"ready"}', media_type="application/json")


def _tell_trouble(app: FastAPI, pages: staff_page.Pages) -> None:
    """Have every kind of trouble told: to programs as RFC 9457 has it, to people as a page."""

    async def answer(
        request: Request, status: HTTPStatus, problems: Sequence[Problem], retry: int | None = None
    ) -> Response:
        headers = {"Retry-After": str(retry)} if retry is not None else {}
        if staff_page.wants_page(request):
            return await pages.told(request, _TOLD.get(status, "trouble"), status, headers)
        return Response(problem_body(status, problems), status, headers, MEDIA_TYPE)

    @app.exception_handler(HandoutsError)
    async def told(request: Request, error: HandoutsError) -> Response:
        status = status_of(error)
        if status is HTTPStatus.INTERNAL_SERVER_ERROR:
            some = error.problems[:4]
            log.error("%s", "; ".join(f"{each.code} in {each.where}" if each.where else each.code for each in some))
        return await answer(request, status, error.problems)

    @app.exception_handler(BusyError)
    async def busy(request: Request, error: BusyError) -> Response:
        problem = Problem("server-busy", "as many handouts wait to be printed as may", hint="ask again in a moment")
        return await answer(request, HTTPStatus.SERVICE_UNAVAILABLE, [problem], error.seconds)

    @app.exception_handler(LostError)
    async def lost(request: Request, error: LostError) -> Response:
        log.error("a handout could not be finished: %s", error)
        problem = Problem("worker-lost", f"the handout could not be finished: {error}", hint="ask again in a moment")
        return await answer(request, HTTPStatus.SERVICE_UNAVAILABLE, [problem], 5)

    @app.exception_handler(RequestValidationError)
    async def wrong(request: Request, error: RequestValidationError) -> Response:
        in_path = any(each["loc"][0] == "path" for each in error.errors())
        status = HTTPStatus.NOT_FOUND if in_path else HTTPStatus.BAD_REQUEST
        return await answer(request, status, parameter_problems(error.errors()))

    @app.exception_handler(Exception)
    async def unexpected(request: Request, _: Exception) -> Response:
        problem = Problem("internal", "the server made a mistake", hint="please report it")
        return await answer(request, HTTPStatus.INTERNAL_SERVER_ERROR, [problem])

    @app.exception_handler(HTTPException)
    async def other(request: Request, error: HTTPException) -> Response:
        status = HTTPStatus(error.status_code)
        return await answer(request, status, [Problem("not-found", "there is nothing at this address")])


def _problems(status: HTTPStatus, problems: Sequence[Problem], retry: int | None = None) -> Response:
    headers = {"Retry-After": str(retry)} if retry is not None else None
    return Response(problem_body(status, problems), status, headers, MEDIA_TYPE)
