"""A proof: the real pages with each string outlined and numbered, then a table of the strings.

The numbers and the table are words of the tree like all others, so a listener hears them, and the finished PDF is
verified as a handout is. What is not ready stands in English, in a broken outline, and says so.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from itertools import groupby
from string import Formatter
from typing import TYPE_CHECKING, Any

from handouts.localize import localize_proof
from handouts.localize.inline import runs
from handouts.localize.numbers import number as number_in
from handouts.model.characters import made_visible
from handouts.model.document import Line, LocalizedHandout, Paragraph, Section, Table, Text
from handouts.model.reading import reading_order
from handouts.problems import Problem, UsageError
from handouts.proofs.desk import Desk, DeskString, State, desk_of, without_glyphs
from handouts.render import render_proof

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handouts.model.artifacts import Report
    from handouts.model.edition import Edition
    from handouts.model.spoken import Spoken
    from handouts.project import Project

NOTICE = "Proof for translators. Not for readers."
COLUMNS = ("number", "string", "english", "translation", "checks")


@dataclass(frozen=True, slots=True)
class Proof:
    """A finished proof: the desk that it shows, its tree, its PDF, and what was found in that."""

    desk: Desk
    handout: LocalizedHandout
    data: bytes
    report: Report
    problems: tuple[Problem, ...]


def proof(project: Project, condition_id: str, tag: str, edition: Edition) -> Proof:
    """The proof of one edition of a condition in the language `tag`.

    A string with a character that no font has is wrong there. Raises `UsageError` for names that are not there, and
    `HandoutsError` when a catalog can't be read at all.
    """
    desk = desk_of(project, condition_id, tag)
    handout = worded(desk, edition)
    from handouts.typeset import MissingGlyphsError  # noqa: PLC0415  the engine is heavy; a wrong name needs none

    try:
        return _proof(project, desk, handout, edition)
    except MissingGlyphsError as error:
        absent = "".join(error.characters)
    desk = without_glyphs(desk, absent)
    return _proof(project, desk, worded(desk, edition), edition, absent)


def _proof(project: Project, desk: Desk, handout: LocalizedHandout, edition: Edition, absent: str = "") -> Proof:
    numbers = numbers_of(handout, desk)
    marked = with_table(numbered(handout, desk, numbers), desk, numbers, spoken_to(project, desk), absent)
    html = render_proof(marked, project.templates(), edition.paper, states_of(desk, numbers))
    from handouts.typeset import typeset  # noqa: PLC0415  see above
    from handouts.verify import verify  # noqa: PLC0415  so is the verifier

    done = typeset(html, project.fonts(), f"{desk.condition.content.id} ({desk.language.tag}, proof)")
    return Proof(desk, marked, done.pdf.data, verify(done.pdf, marked), (*desk.problems, *done.problems))


def worded(desk: Desk, edition: Edition) -> LocalizedHandout:
    """The tree of the edition as a proof, which says so. Raises `UsageError` when there is no such edition."""
    handout = unnoticed(desk, edition)
    return replace(handout, notices=(*handout.notices, _english(NOTICE)))


def spoken_to(project: Project, desk: Desk) -> Spoken:
    """The words of the table of a proof: in its language, if the catalog `web` says all of them in it, else in English.

    Raises `HandoutsError` when the English ones can't be used.
    """
    spoken = project.page_spoken(desk.language.tag) or project.page_spoken("en")
    assert spoken is not None, "English is read, or raises"
    return spoken


def unnoticed(desk: Desk, edition: Edition) -> LocalizedHandout:
    """The tree of the edition; what is not ready is in English. It is for a screen that says so itself.

    Raises `UsageError` when there is no such edition.
    """
    there = desk.condition.content.editions
    if edition.audience not in there:
        name = desk.condition.content.id
        hint = f"it has: {', '.join(audience.value for audience in there)}"
        raise UsageError(Problem("unknown-edition", f"{name} has no {edition.audience} edition", hint=hint))
    return localize_proof(desk.condition, desk.translations, edition)


def numbers_of(handout: LocalizedHandout, desk: Desk) -> Mapping[str, int]:
    """The number of each string of the pages, by name, in the order of reading."""
    heard = [text.said for _, line in reading_order(handout) for text in line]
    foot = [text.said for line in _lines(handout.foot) for text in line]
    names = dict.fromkeys(name for name in (*heard, *foot) if name is not None and name in desk.strings)
    return {name: number for number, name in enumerate(names, 1)}


def states_of(desk: Desk, numbers: Mapping[str, int]) -> Mapping[str, str]:
    """The state of each numbered string, as the style sheet knows it."""
    return {name: desk.strings[name].state.value for name in numbers}


def numbered(handout: LocalizedHandout, desk: Desk, numbers: Mapping[str, int]) -> LocalizedHandout:
    """`handout` with its number before each string, and the state of those that are not ready."""

    def mark(name: str) -> str:
        state = desk.strings[name].state
        return f"{numbers[name]}" if state is State.READY else f"{numbers[name]} {state.told}"

    def marked(line: Line) -> Iterator[Text]:
        for name, texts in groupby(line, key=lambda text: text.said):
            if name in numbers:
                # a number has no language of its own, so it takes that of its string; the words of a state are English
                said = handout.language if desk.strings[name].state is State.READY else "en"
                yield Text(mark(name), said, "ltr", mark=True, said=name)
                yield Text(" ", handout.language, handout.direction, said=name)
            yield from texts

    def walked(value: Any) -> Any:  # noqa: ANN401  any part of the tree, and the same kind of part comes back
        if isinstance(value, tuple):
            line = bool(value) and all(isinstance(part, Text) for part in value)
            return tuple(marked(value)) if line else tuple(walked(part) for part in value)
        if is_dataclass(value) and not isinstance(value, (type, Text)):
            return replace(value, **{field.name: walked(getattr(value, field.name)) for field in fields(value)})
        return value

    again = walked(handout)
    assert isinstance(again, LocalizedHandout), "the same kind of part comes back"
    return again


def with_table(
    handout: LocalizedHandout, desk: Desk, numbers: Mapping[str, int], ui: Spoken, absent: str = ""
) -> LocalizedHandout:
    """`handout` with a last section: the strings by number, with English, translation, comments and checks.

    Its heads and what explains it are in the words of `ui`; keys, comments, checks and states stay English. Characters
    of a translation that can't be seen, and those in `absent`, stand there as their numbers.
    """
    others = sum(one.message.domain == desk.condition.content.id for one in desk.strings.values()) - sum(
        name.startswith(f"{desk.condition.content.id}:") for name in numbers
    )
    count = Text(number_in(others, ui.language), ui.tag, ui.language.direction)
    states = {state.value: _english(state.told)[0] for state in State}
    told = [
        Paragraph("strings.about", _line("proof.about", ui)),
        Paragraph("strings.states", _line("proof.states", ui, **states)),
        Paragraph("strings.elsewhere", _line("proof.elsewhere", ui, count=count)),
        *([Paragraph("strings.draft", _line("proof.draft", ui))] if ui.draft else []),
    ]
    rows = tuple(_row(number, desk.strings[name], desk, absent) for name, number in numbers.items())
    table = Table("strings.table", tuple(_line(f"proof.column.{name}", ui) for name in COLUMNS), rows)
    section = Section("strings", "back", _line("proof.heading", ui), (*told, table))
    return replace(handout, sections=(*handout.sections, section))


def _row(number: int, one: DeskString, desk: Desk, absent: str) -> tuple[tuple[Line, ...], ...]:
    spoken = desk.language
    shown = (made_visible(words, absent) for words in one.strings if words)
    said = tuple((Text(words, spoken.tag, spoken.direction),) for words in shown)
    state = () if one.state is State.READY else (_english(f"{one.state.told.capitalize()}."),)
    told = tuple(_english(f"{problem.code}: {made_visible(problem.message, absent)}") for problem in one.problems)
    return (
        (_english(str(number)),),
        (_english(one.name), *(_english(comment) for comment in one.message.comments)),
        tuple(_english(words) for words in one.message.english),
        said if spoken.tag != "en" else (),
        (*state, *told),
    )


def _line(key: str, ui: Spoken, **places: Text) -> Line:
    """One of the proof's own words, with what stands in its places."""
    line: list[Text] = []
    for words, place, _, _ in Formatter().parse(ui.words[key]):
        line.extend(runs(words, ui.language))
        if place:
            line.append(places[place])
    return tuple(line)


def _english(words: str) -> Line:
    return (Text(words, "en", "ltr"),)


def _lines(value: object) -> Iterator[Line]:
    """Every line in a part of the tree."""
    if isinstance(value, tuple):
        if value and all(isinstance(part, Text) for part in value):
            yield value
        else:
            for part in value:
                yield from _lines(part)
    elif is_dataclass(value) and not isinstance(value, (type, Text)):
        for field in fields(value):
            yield from _lines(getattr(value, field.name))
