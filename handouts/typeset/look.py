"""Pages for the eye alone, in a fraction of the time of a handout: set as print is, without what is for ears."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from handouts.model.artifacts import Place, Sheet
from handouts.problems import HandoutsError, Location, Problem, errors_in
from handouts.typeset.engine import listening, missing_glyph, prepared

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.model.artifacts import Html

KEY = "data-key"
"""The attribute by which an element of a page names its string."""

POINTS = 0.75
"""In a CSS pixel."""


@dataclass(frozen=True, slots=True)
class Look:
    """Laid out pages, and the warnings of the engine; each page can be drawn as a PDF of its own."""

    name: str
    fonts: Path
    sheets: tuple[Sheet, ...]
    problems: tuple[Problem, ...]
    _document: Any = field(repr=False)

    def page(self, number: int) -> bytes:
        """Page `number`, the first being 1, as an untagged PDF. It is for a picture: no handout is made of it."""
        from handouts.typeset.fidelity.glyph_codes import codes_of_our_own  # noqa: PLC0415  it imports the engine

        with listening(self.fonts), codes_of_our_own():  # the engine's own way lets a run drift after a change of fonts
            data: bytes = self._document.copy([self._document.pages[number - 1]]).write_pdf()
        return data

    def missing_glyphs(self) -> tuple[Problem, ...]:
        """The characters that no font of ours has, found by drawing every page."""
        with listening(self.fonts) as heard:
            self._document.write_pdf()
        return tuple(missing_glyph(character, "", Location(self.name)) for character in heard.missing())


def look(html: Html, fonts: Path, name: str) -> Look:
    """The pages of `html`, broken where print breaks them; `name` is told in problems.

    Raises `HandoutsError` when something was to be fetched, or when there are no fonts or no engine.
    """
    document, root, problems = _laid_out(html, fonts, name)
    from handouts.typeset.fidelity.places import digest_of_page, places_of, size_of  # noqa: PLC0415  see above

    style = "".join(element.text or "" for element in root.iter("style"))
    sheets = tuple(
        Sheet(
            number,
            *size_of(each),
            digest_of_page(each, style),
            tuple(Place(key, words, areas) for key, words, areas in places_of(each, KEY)),
        )
        for number, each in enumerate(document.pages, 1)
    )
    return Look(name, fonts, sheets, problems, document)


def room_left(html: Html, fonts: Path, name: str) -> float | None:
    """The points that are left under the words of `html` on its only page; None when it takes more pages than one.

    Raises `HandoutsError` as `look` does.
    """
    document, _, _ = _laid_out(html, fonts, name)
    from handouts.typeset.fidelity.places import room_below  # noqa: PLC0415  it imports the engine

    return room_below(document.pages[0]) * POINTS if len(document.pages) == 1 else None


def _laid_out(html: Html, fonts: Path, name: str) -> tuple[Any, Any, tuple[Problem, ...]]:
    """The engine's document of `html`, the root of its elements, and warnings."""
    with listening(fonts) as heard:
        page, configuration, options = prepared(html, fonts)
        from handouts.typeset.fidelity.guard import refuse_unknown_engine  # noqa: PLC0415  it imports the engine
        from handouts.typeset.fidelity.whole_words import words_kept  # noqa: PLC0415  see above

        refuse_unknown_engine()
        with words_kept(page.etree_element):
            document = page.render(font_config=configuration, stylesheets=options["stylesheets"])
    problems = heard.problems(name)
    if errors_in(problems):
        raise HandoutsError(*dict.fromkeys(problems))
    return document, page.etree_element, problems
