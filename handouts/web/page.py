"""The routes of the page for staff: the page itself, and its own two files."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response

from handouts.languages import accepted, is_language, language
from handouts.problems import HandoutsError, UsageError
from handouts.project import Project, font_names
from handouts.render.clinic import STATIC, render_clinic, static_files, version_of
from handouts.web.choices import Choices, choices_in
from handouts.web.safety import PAGE
from handouts.web.values import LOOPBACK
from handouts.web.view import Desk, trouble, view
from handouts.web.words import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.render import Templates
    from handouts.render.clinic import Clinic
    from handouts.web.press import Press
    from handouts.web.shelf import Shelves
    from handouts.web.watch import Snapshot
    from handouts.web.words import Words

FOR_GOOD = "private, max-age=31536000, immutable"


class Pages:
    """Makes the pages; the templates are read again when the project's files have changed."""

    def __init__(self, press: Press, shelves: Shelves, words: Words) -> None:
        self._press = press
        self._shelves = shelves
        self._words = words
        self._version = -1
        self._templates: Templates | None = None
        self._files: tuple[tuple[str, ...], Mapping[str, str]] | None = None

    async def answer(self, request: Request) -> Response:
        """The page that the address of `request` asks for, or the one that tells what is wrong with it."""
        try:
            asked = choices_in(request.query_params.multi_items())
            shelf = await self._shelves.now()
            desk = await self._desk(request, asked.ui)
            if {asked.condition, asked.brand} & set(shelf.broken):  # the link is right: the files are not
                return await self.told(request, "trouble", HTTPStatus.INTERNAL_SERVER_ERROR)
            made = view(shelf, asked, desk)
        except UsageError:
            return await self.told(request, "wrong", HTTPStatus.BAD_REQUEST)
        return await self._page(made, HTTPStatus.OK)

    async def told(
        self, request: Request, what: str, status: HTTPStatus, headers: Mapping[str, str] = MappingProxyType({})
    ) -> Response:
        """The page that tells of trouble: `missing`, `wrong`, `busy` or `trouble`."""
        asked = Choices(ui=_ui(request))
        again = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        way = again if what in {"busy", "trouble"} else None
        try:
            desk = await self._desk(request, asked.ui)
            return await self._page(trouble(what, way, asked, desk), status, headers)
        except HandoutsError:  # the page's own words or templates are wrong
            return self._shipped(what, way, status, headers)

    def _shipped(self, what: str, again: str | None, status: HTTPStatus, headers: Mapping[str, str]) -> Response:
        """The page that tells of trouble in the words and the look that we ship: the project's own can't be used."""
        shipped = Project(None)
        words, templates = shipped.page_spoken(ENGLISH), shipped.templates()
        assert words is not None, "what we ship is whole"
        desk = Desk(ENGLISH, words.words, words.draft, (), self._press.day, self._press.settings, None)
        versions = {name: version_of(text) for name, text in static_files(templates, ()).items()}
        return _answered(trouble(what, again, Choices(), desk), templates, versions, status, headers)

    async def static(self, name: str, version: str | None) -> Response | None:
        """One of the page's own files, or None. What is asked for by its digest may be kept for good."""
        files = await self._files_now()
        if name not in files:
            return None
        age = FOR_GOOD if version == version_of(files[name]) else "no-cache"
        return Response(files[name], media_type=STATIC[name], headers={"Cache-Control": age})

    async def font(self, name: str) -> Response | None:
        """One of the fonts that we ship, or None."""
        folder = (await self._renewed()).project.fonts()
        if name not in font_names(folder):
            return None
        data = await asyncio.to_thread((folder / name).read_bytes)
        return Response(data, media_type="font/ttf", headers={"Cache-Control": FOR_GOOD})

    async def _page(
        self, made: Clinic, status: HTTPStatus, headers: Mapping[str, str] = MappingProxyType({})
    ) -> Response:
        versions = {name: version_of(text) for name, text in (await self._files_now()).items()}
        return _answered(made, await self._current(), versions, status, headers)

    async def _desk(self, request: Request, ui: str | None) -> Desk:
        snapshot = await self._renewed()
        uis = self._words.tags(snapshot)
        tag = ui if ui in uis else accepted(request.headers.get("accept-language", ""), uis)
        told = self._words.of(snapshot, tag)
        return Desk(told.tag, told.words, told.draft, uis, self._press.day, self._press.settings, _reached(request))

    async def _current(self) -> Templates:
        snapshot = await self._renewed()
        if self._templates is None:
            self._templates = snapshot.project.templates()
        return self._templates

    async def _files_now(self) -> Mapping[str, str]:
        """The page's own files, by name."""
        templates = await self._current()
        tags = tuple(sorted({*(await self._shelves.now()).tags, *(await self._renewed()).project.page_tags()}))
        if self._files is None or self._files[0] != tags:
            self._files = (tags, static_files(templates, tags))
        return self._files[1]

    async def _renewed(self) -> Snapshot:
        snapshot = await self._press.watch.now()
        if snapshot.version != self._version:
            self._version, self._templates, self._files = snapshot.version, None, None
        return snapshot


def _answered(
    made: Clinic, templates: Templates, versions: Mapping[str, str], status: HTTPStatus, headers: Mapping[str, str]
) -> Response:
    told = {
        "Content-Language": made.tag,
        "Content-Security-Policy": PAGE,
        "Vary": "Accept-Language",
        **headers,
    }
    return Response(render_clinic(made, templates, versions).markup, status, told, "text/html; charset=utf-8")


def router(pages: Pages) -> APIRouter:
    """The routes of the page, which no API describes."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/")
    async def page(request: Request) -> Response:
        request.state.answer = "page"
        return await pages.answer(request)

    @routes.get("/static/{name}")
    async def static(request: Request, name: str) -> Response:
        request.state.answer = "static"
        found = await pages.static(name, request.query_params.get("v"))
        return found or await pages.told(request, "missing", HTTPStatus.NOT_FOUND)

    @routes.get("/static/fonts/{name}")
    async def font(request: Request, name: str) -> Response:
        request.state.answer = "static"
        found = await pages.font(name)
        return found or await pages.told(request, "missing", HTTPStatus.NOT_FOUND)

    return routes


def wants_page(request: Request) -> bool:
    """Whether a person asks, with a browser, who can't read what is meant for programs."""
    return "text/html" in request.headers.get("accept", "")


def _ui(request: Request) -> str | None:
    """The language of the page that an address asks for, whatever else is wrong with it."""
    tag = request.query_params.get("ui", "")
    return language(tag).tag if is_language(tag) else None


def _reached(request: Request) -> str | None:
    """The address of this server for other machines, or None when the one who asks is on this one."""
    host = request.url.hostname or ""
    return None if host in {name.strip("[]") for name in LOOPBACK} else f"{request.url.scheme}://{request.url.netloc}"
