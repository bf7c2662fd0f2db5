"""The one place that calls WeasyPrint. It is imported on the first call: it is heavy, and it reads the fonts."""

from __future__ import annotations

import atexit
import ctypes.util
import importlib
import logging
import os
import re
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

from handouts.languages import language
from handouts.model.artifacts import Html, Pdf
from handouts.model.characters import unreadable
from handouts.problems import HandoutsError, Location, Problem, Severity, UsageError, errors_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

PICTURES = ("data:image/svg+xml;base64,", "data:image/png;base64,")
"""How a picture begins that stands in the page itself: the only ones that are read."""

MOST_SHEETS = 32
"""Style sheets that are kept: one for each language, paper and look of a batch."""

_SHEETS: dict[str, CSS] = {}
_OF_ITS_PAGE = re.compile("@(font-face|counter-style|color-profile|import)", re.IGNORECASE)
"""Rules that the engine wants to read with their page."""


@dataclass(frozen=True, slots=True)
class Typeset:
    """The PDF, and the warnings of the engine."""

    pdf: Pdf
    problems: tuple[Problem, ...]


def typeset(html: Html, fonts: Path, name: str) -> Typeset:
    """The tagged PDF of `html`, set in the fonts of the folder `fonts` alone; `name` is told in problems.

    Raises `HandoutsError` when a glyph is missing, when something was to be fetched, or when the engine fails.
    """
    faults = unreadable(html.markup)
    if faults:
        hint = "delete it; say direction with dir="
        raise HandoutsError(*(Problem("hidden-character", f"the page holds {f}", Location(name), hint) for f in faults))
    with listening(fonts) as heard:
        page, configuration, options = prepared(html, fonts)
        from handouts.typeset.fidelity import written  # noqa: PLC0415  it imports the engine

        data = written(page, configuration, **options)
    problems, missing = heard.problems(name), heard.missing()
    if missing:
        raise MissingGlyphsError(missing, name, errors_in(problems))
    if errors_in(problems):
        raise HandoutsError(*dict.fromkeys(problems))
    return Typeset(Pdf(data), problems)


def prepared(html: Html, fonts: Path) -> tuple[HTML, FontConfiguration, dict[str, Any]]:
    """What the engine takes: the page, the fonts, and the options of a PDF of ours.

    Raises `HandoutsError` when there are no fonts or no engine.
    """
    configuration = _fonts_of(fonts)
    from weasyprint import HTML  # noqa: PLC0415  heavy, and must follow the choice of fonts

    page = HTML(string=html.markup, url_fetcher=_nothing_fetched())
    sheets = [_sheet(text) for text in (_default_type(page.etree_element), *_taken_style(page.etree_element))]
    return page, configuration, {"stylesheets": sheets, "pdf_variant": "pdf/ua-1", "custom_metadata": True}


def _taken_style(root: Any) -> Iterator[str]:  # noqa: ANN401  an ElementTree element
    """The page's own style, taken from it to be read once for all pages that have the same.

    Only where it is the whole style of the page: what stays in a page comes before what is given beside it.
    """
    styles = list(root.iter("style"))
    alone = len(styles) == 1 and not styles[0].attrib and not any(True for _ in root.iter("link"))
    if alone and not _OF_ITS_PAGE.search(styles[0].text or ""):
        styles[0].set("type", "text/taken")  # the engine passes over styles that are not CSS
        yield styles[0].text or ""


def _sheet(text: str) -> CSS:
    """`text` as a style sheet, read once in a process unless the engine complains of it: it does so for each page."""
    known = _SHEETS.get(text)
    if known is None:
        from weasyprint import CSS  # noqa: PLC0415  see above

        complaints = Listener()
        with _heard_by(complaints):
            known = CSS(string=text, url_fetcher=_nothing_fetched())
        if not complaints.records:
            if len(_SHEETS) >= MOST_SHEETS:
                _SHEETS.clear()
            _SHEETS[text] = known
    return known


@contextmanager
def listening(fonts: Path) -> Iterator[Listener]:
    """While the engine works, keep what it says. Raises `HandoutsError` when there are no fonts or no engine."""
    _fonts_of(fonts)  # importing the engine gives its logger a level, so it comes first
    heard = Listener()
    with _heard_by(heard):
        yield heard


@contextmanager
def _heard_by(listener: Listener) -> Iterator[None]:
    logger = logging.getLogger("weasyprint")
    logger.addHandler(listener)
    try:
        yield
    finally:
        logger.removeHandler(listener)


def _default_type(root: Any) -> str:  # noqa: ANN401  an ElementTree element
    """Style that a page's own overrides: each language of the page in the families made for it."""
    tags = dict.fromkeys(element.get("lang") for element in root.iter() if element.get("lang"))
    rules = [":where(ul ul, ol ul) { list-style-type: disc; }"]  # browsers' hollow bullets are in none of our fonts
    for tag in tags:
        try:
            spoken = language(tag)
        except UsageError:
            continue  # a tag that CLDR does not know keeps the page's own type
        families = ", ".join(f'"{family}"' for family in spoken.font_families)
        rules.append(f':where([lang="{tag}"]) {{ font-family: {families}; }}')  # :where() gives way to any rule
        if tag == root.get("lang"):
            rules.append(f":where(html) {{ line-height: {spoken.leading}; }}")
    return "\n".join(rules)


class MissingGlyphsError(HandoutsError):
    """Characters that none of our fonts has; they would print as empty boxes."""

    def __init__(self, characters: tuple[str, ...], name: str, others: tuple[Problem, ...]) -> None:
        """`characters` in the order in which they were met in the page called `name`; `others` are told with them."""
        self.characters = characters
        self.others = others
        super().__init__(*(missing_glyph(character, "", Location(name)) for character in characters), *others)


def missing_glyph(character: str, of: str, where: Location) -> Problem:
    """The problem of one character; `of` says in whose words it stands."""
    return Problem(
        "missing-glyph",
        f"no font of ours has the character '{character}' (U+{ord(character[0]):04X}){of}",
        where,
        hint="it would print as an empty box; mend the text, or add a font that has it",
    )


def _is_missing(record: logging.LogRecord) -> bool:
    return ".notdef" in str(record.msg)


def _character(record: logging.LogRecord) -> str:
    return str(record.args[0]) if isinstance(record.args, tuple) and record.args else "\ufffd"


class Listener(logging.Handler):
    """Keeps what the engine says, so that nothing it complains of goes unseen."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one thing that was said."""
        self.records.append(record)

    def problems(self, name: str) -> tuple[Problem, ...]:
        """All that was said of the page called `name`, but for missing glyphs."""
        return tuple(_problem(record, name) for record in self.records if not _is_missing(record))

    def missing(self) -> tuple[str, ...]:
        """The characters that no font has, in the order in which they were met."""
        return tuple(dict.fromkeys(_character(record) for record in self.records if _is_missing(record)))


def _problem(record: logging.LogRecord, name: str) -> Problem:
    said = record.getMessage()
    if any(words in said for words in ("Failed to load", "not allowed", "Relative URI")):
        return Problem("fetch-refused", f"the page asks for something from outside: {said}", Location(name))
    return Problem("engine", f"WeasyPrint: {said}", Location(name), severity=Severity.WARNING)


@cache
def _fonts_of(folder: Path) -> FontConfiguration:
    """One font configuration for each process: a new one for each document is slower, and leaks."""
    conf = folder.resolve() / "fonts.conf"
    if not conf.is_file():  # without it, fontconfig would quietly take the machine's own fonts
        hint = "restore the folder fonts/, or install handouts again"
        raise HandoutsError(Problem("font-missing", "the list of our fonts is not there", Location(str(conf)), hint))
    os.environ["FONTCONFIG_FILE"] = str(conf)
    try:
        with _libraries_by_name(), _font_tools_later():
            from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415  see above
    except OSError as error:
        raise HandoutsError(
            Problem(
                "engine-missing",
                f"a system library is not installed: {error}",
                hint="run `handouts doctor`; on Debian and Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0",
            )
        ) from None
    atexit.register(_fonts_of.cache_clear)  # freed while the engine is still there to free it
    return FontConfiguration()


@contextmanager
def _libraries_by_name() -> Iterator[None]:
    """On Linux, have libraries loaded by the names that WeasyPrint knows them by.

    Names of other systems fail first, and for each of them Python would start a compiler and a linker to look for it:
    54 processes, a third of the time that one handout takes.
    """
    if sys.platform != "linux":
        yield
        return
    search = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None  # noqa: ARG005  its own signature
    try:
        yield
    finally:
        ctypes.util.find_library = search


class _Later(ModuleType):
    """Stands for a module until something in it is called."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("__"):
            raise AttributeError(name)

        def called(*given: object, **named: object) -> Any:  # noqa: ANN401  what the module itself gives
            return getattr(importlib.import_module(self.__name__), name)(*given, **named)

        return called


@contextmanager
def _font_tools_later() -> Iterator[None]:
    """Have the heavy half of fontTools loaded when it is first called: where HarfBuzz can subset, it never is."""
    stand_ins = {
        name: _Later(name) for name in ("fontTools.subset", "fontTools.varLib.instancer") if name not in sys.modules
    }
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name in stand_ins:
            del sys.modules[name]


@cache
def _nothing_fetched() -> URLFetcher:
    from weasyprint.urls import URLFetcher  # noqa: PLC0415  see above

    class Refusing(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        """Only pictures that stand in the page itself; no file, no network."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:  # noqa: ANN401  WeasyPrint's own type
            if not url.startswith(PICTURES):
                msg = f"fetching is not allowed: {url[:80]}"
                raise ValueError(msg)
            return super().fetch(url, headers)

    return Refusing(allowed_protocols={"data"})
