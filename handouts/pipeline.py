"""The order of the stages, and nothing else: content, localize, render, typeset, verify."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from handouts.brands import gaps
from handouts.languages import is_place, language, nearest_places
from handouts.localize import localize
from handouts.model.approval import Stage
from handouts.model.edition import Edition, Format, Kind, Paper, Size
from handouts.model.reading import in_words_alone, reading_order
from handouts.problems import HandoutsError, Location, Problem, Severity, UsageError, errors_in
from handouts.project import font_problems, messages_of
from handouts.render import plain_text, render, render_web

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from handouts.model.artifacts import Html, Report
    from handouts.model.condition import Condition
    from handouts.model.document import LocalizedHandout
    from handouts.model.message import Translations
    from handouts.project import Project


@dataclass(frozen=True, slots=True)
class Made:
    """A finished handout: its words, the bytes of its file, what was found in them, and warnings."""

    handout: LocalizedHandout
    data: bytes
    report: Report
    problems: tuple[Problem, ...]


def make(
    project: Project,
    condition_id: str,
    tag: str,
    edition: Edition,
    kind: Format = Format.PDF,
    *,
    draft: bool,
    expired: bool = False,
) -> Made:
    """Make and verify one handout, as a file of the given kind.

    Raises `UsageError` for a name that is not there, and `HandoutsError` for anything that must not be printed:
    an absent translation, a draft or an expired text that was not asked for, a missing glyph.
    """
    check_options(edition, kind)
    handout, warnings = worded(project, condition_id, tag, edition, draft=draft, expired=expired)
    return finished(project, handout, warnings, edition, kind)


def check_options(edition: Edition, kind: Format) -> None:
    """Raise `UsageError` when `edition` can't be a file of this kind."""
    if kind is Format.TXT and edition.size is Size.LARGE:
        message = "plain text has no letters of its own, so it can't be in large print"
        hint = "leave out --large-print, or make a PDF or a web page"
        raise UsageError(Problem("options-conflict", message, hint=hint))


def finished(
    project: Project,
    handout: LocalizedHandout,
    warnings: tuple[Problem, ...],
    edition: Edition,
    kind: Format,
    *,
    verified: bool = True,
) -> Made:
    """The words of `handout` as a file; a PDF that is not to be `verified` says NOT_RUN.

    Raises `HandoutsError` for anything that must not be printed, such as a missing glyph.
    """
    match kind:
        case Format.PDF:
            return _printed(project, handout, warnings, edition, verified=verified)
        case Format.HTML:
            page = render_web(handout, project.templates(), edition.paper)
            from handouts.verify import verify_page  # noqa: PLC0415  the verifier is heavy; `handouts list` needs none

            return Made(handout, page.markup.encode(), verify_page(page, handout), warnings)
        case Format.TXT:
            handout = in_words_alone(handout)
            text = plain_text(handout, language(handout.language).digits)
            from handouts.verify import verify_text  # noqa: PLC0415  see above

            return Made(handout, text.text.encode(), verify_text(text, handout), warnings)


def warm_up(project: Project) -> None:
    """Load what makes and verifies a PDF, and set one page, so that processes forked later need not.

    Nothing is verified: the validator keeps threads, and a process that is forked beside them waits for them for ever.
    """
    from handouts.model.artifacts import Html  # noqa: PLC0415  see `_printed`
    from handouts.typeset import typeset  # noqa: PLC0415  see `_printed`
    from handouts.verify import unverified  # noqa: PLC0415  see `_printed`

    page = '<!DOCTYPE html><html lang="en" dir="ltr"><title>One</title><body><h1>One</h1></body></html>'
    unverified(typeset(Html(page), project.fonts(), "warm-up").pdf)


def _printed(
    project: Project, handout: LocalizedHandout, warnings: tuple[Problem, ...], edition: Edition, *, verified: bool
) -> Made:
    templates = project.templates()
    spare_pt = None
    if edition.kind is Kind.QUESTIONS:
        from handouts.typeset import room_left  # noqa: PLC0415  the engine is heavy; `handouts list` needs none

        closest = render(handout, templates, edition.paper, spare_pt=0)
        spare_pt = room_left(closest, project.fonts(), _name(handout))
    html = render(handout, templates, edition.paper, spare_pt=spare_pt)
    return _set(project, handout, warnings, html, verified=verified)


def _set(
    project: Project, handout: LocalizedHandout, warnings: tuple[Problem, ...], html: Html, *, verified: bool
) -> Made:
    from handouts.typeset import MissingGlyphsError, missing_glyph, typeset  # noqa: PLC0415  the engine is heavy; `handouts list` needs none
    from handouts.verify import unverified, verify  # noqa: PLC0415  so is the verifier

    name = _name(handout)
    try:
        done = typeset(html, project.fonts(), name)
    except MissingGlyphsError as error:
        told = (missing_glyph(c, _of(c, handout), Location(name)) for c in error.characters)
        raise HandoutsError(*told, *error.others) from None
    report = verify(done.pdf, handout) if verified else unverified(done.pdf)
    return Made(handout, done.pdf.data, report, (*warnings, *done.problems))


def _name(handout: LocalizedHandout) -> str:
    """What problems of the page are told of."""
    return f"{handout.condition} ({handout.language}, {handout.audience})"


def _of(character: str, handout: LocalizedHandout) -> str:
    """In which strings of `handout` the character stands, for the translator who must mend it."""
    keys = dict.fromkeys(
        f"{key} ({text.language})" for key, line in reading_order(handout) for text in line if character in text.value
    )
    return f", in {', '.join(keys)}" if keys else ""


def worded(
    project: Project, condition_id: str, tag: str, edition: Edition, *, draft: bool, expired: bool = False
) -> tuple[LocalizedHandout, tuple[Problem, ...]]:
    """The handout as a tree of words, and the warnings of its content and catalogs."""
    if edition.place is not None and not is_place(edition.place):
        message = f"no country has the code '{edition.place}'"
        raise UsageError(Problem("unknown-place", message, hint=nearest_places(edition.place)))
    condition, warnings = project.condition(condition_id)
    if edition.audience not in condition.content.editions:
        there = ", ".join(audience.value for audience in condition.content.editions)
        raise UsageError(
            Problem("unknown-edition", f"{condition_id} has no {edition.audience} edition", hint=f"it has: {there}")
        )
    past = _review(condition_id, condition.content.review.review_by, edition.printed_on)
    if past and not expired:
        raise HandoutsError(*past)
    brand = replace(project.brand(edition.brand)[0], member=edition.member) if edition.brand is not None else None
    tags = _languages(tag, edition.second)
    given, doubts = zip(*(project.translations(condition, each) for each in tags), strict=True)
    refused = [refusal for each, told in zip(given, doubts, strict=True) for refusal in _not_cleared(each, told)]
    if refused and not draft:
        raise HandoutsError(*refused)
    told = (replace(problem, severity=Severity.WARNING, hint=None) for problem in past)
    untold = (gaps(brand, each.language) for each in given) if brand is not None else ()
    second = given[1] if len(given) > 1 else None
    handout = localize(condition, given[0], edition, second, brand)
    return handout, (*warnings, *chain.from_iterable((*doubts, *untold)), *told)


def _languages(tag: str, second: str | None) -> tuple[str, ...]:
    """The reader's language, and the staff's in a bilingual copy. Raises `UsageError` when they are one."""
    if second is None:
        return (tag,)
    if language(tag) == language(second):
        message = f"a bilingual copy needs two languages, but {second} is asked for twice"
        raise UsageError(Problem("options-conflict", message, hint="name another after --bilingual, or leave it out"))
    return (tag, second)


_STATES = {
    Stage.DRAFT: "is a draft that nobody has reviewed",
    Stage.TRANSLATED: "is a draft that no second person has reviewed",
    Stage.REVISED: "is revised, but no clinician has cleared it",
}


def _not_cleared(translations: Translations, told: tuple[Problem, ...]) -> Iterator[Problem]:
    """draft-refused, unless a clinician has cleared the words; with what has changed since somebody approved them."""
    stage = translations.standing.stage
    if translations.language == "en" or stage is Stage.CLEARED:
        return
    void = [problem for problem in told if problem.code == "approval-void"]
    state = "was approved in other words" if void and stage is Stage.DRAFT else _STATES[stage]
    yield Problem(
        "draft-refused",
        f"the {translations.language} translation {state}",
        hint="add --draft to print it all the same; every page then says how far it is",
    )
    yield from void


def _review(condition_id: str, review_by: datetime.date, printed_on: datetime.date) -> tuple[Problem, ...]:
    """review-expired: a text that should have been looked at again before this day."""
    if printed_on <= review_by:
        return ()
    message = f"{condition_id} was to be reviewed by {review_by.isoformat()}"
    hint = "have it reviewed and renew its dates, or add --allow-expired to print it all the same"
    return (Problem("review-expired", message, hint=hint),)


def check(project: Project, printed_on: datetime.date) -> Iterator[tuple[str, tuple[Problem, ...]]]:
    """Hold everything in the project against its rules: (what was checked, its problems), one at a time."""
    yield "fonts", font_problems(project.fonts())
    for name, read in (("library", project.library), ("term base", project.terms)):  # all else leans on these
        try:
            read()
        except HandoutsError as error:
            yield name, error.problems
            return
        yield name, ()
    yield "locales", project.stray_locales()
    yield "approvals", project.approval_problems(printed_on)
    for tag in project.page_tags():
        try:
            words, told = project.page_words(tag)
            yield f"the clinic's page, {tag} ({len(words)} strings)", told
        except HandoutsError as error:
            yield f"the clinic's page, {tag}", error.problems
    for brand_id in project.brand_ids():
        try:
            yield f"brand {brand_id}", project.brand(brand_id)[1]
        except HandoutsError as error:
            yield f"brand {brand_id}", error.problems
    for condition_id in project.condition_ids():
        yield from _check_condition(project, condition_id, printed_on)


def _check_condition(
    project: Project, condition_id: str, printed_on: datetime.date
) -> Iterator[tuple[str, tuple[Problem, ...]]]:
    try:
        condition, warnings = project.condition(condition_id)
    except HandoutsError as error:
        yield condition_id, error.problems
        return
    yield condition_id, warnings
    templates = project.templates()
    past = _review(condition_id, condition.content.review.review_by, printed_on)
    told = dict.fromkeys((*warnings, *(replace(problem, severity=Severity.WARNING, hint=None) for problem in past)))
    english, _ = project.translations(condition, "en")
    words = len(messages_of(condition))
    for tag in project.language_tags(condition_id):
        problems = dict(told)
        try:
            given, doubts = project.translations(condition, tag)  # once for all editions: it reads and checks catalogs
        except HandoutsError as error:
            yield f"{condition_id}, {tag} ({words} strings)", error.problems
            continue
        problems |= dict.fromkeys(doubts)
        for edition in _editions(condition, printed_on, second=None if tag == "en" else "en"):
            try:
                handout = localize(condition, given, edition, None if edition.second is None else english)
                render(handout, templates, edition.paper)
            except HandoutsError as error:
                problems |= dict.fromkeys(error.problems)
        yield f"{condition_id}, {tag} ({words} strings)", tuple(problems)


def _editions(condition: Condition, printed_on: datetime.date, second: str | None) -> Iterator[Edition]:
    """Editions of `condition` that together print every string: each audience, in each place that content names."""
    parts = [part for section in condition.content.sections for part in (section, *section.blocks)]
    places = sorted({part.place for part in parts if part.place is not None})
    for audience in condition.content.editions:
        for place in (None, *places):
            yield Edition(audience, Paper.A4, printed_on, size=Size.LARGE, place=place)
        if second is not None:
            yield Edition(audience, Paper.A4, printed_on, second=second)
        if any(section.role == "questions" and audience in section.audiences for section in condition.content.sections):
            yield Edition(audience, Paper.A4, printed_on, kind=Kind.QUESTIONS)


def passed(problems: tuple[Problem, ...]) -> bool:
    """Whether none of `problems` is an error."""
    return not errors_in(problems)
