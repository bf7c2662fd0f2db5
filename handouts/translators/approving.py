"""Somebody answers for the words of a domain; and what has changed since they did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.catalogs import (
    State,
    approved_words,
    changes,
    digest_of,
    entries_of,
    translations_of,
    with_approval,
    written_approvals,
    written_words,
)
from handouts.languages import language
from handouts.model.approval import Approval
from handouts.problems import HandoutsError, Location, Problem
from handouts.project import APPROVALS, APPROVED
from handouts.translators.domains import ENGLISH, english_held, known_domain, needed_catalog

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping
    from pathlib import Path

    from handouts.catalogs import ApprovedString, Record
    from handouts.languages import Language
    from handouts.model.approval import Stage
    from handouts.project import Project
    from handouts.translators.domains import Messages

_WHY = {
    State.EMPTY: "it is not translated",
    State.FUZZY: "it is marked fuzzy",
    State.STALE: "its English has changed since",
}


def approve(
    project: Project, domain: str, tag: str, stage: Stage, *, by: str, day: datetime.date, today: datetime.date
) -> Mapping[Path, bytes]:
    """The files with one more approval: of all the strings of `domain` in a language, as they stand now.

    Raises `HandoutsError` when strings are missing, when a check finds an error, or when the rules of the stages
    forbid it; nothing is approved in part.
    """
    folder = project.locales() / language(tag).gettext_name
    spoken = language(tag)
    messages = known_domain(domain, project.domains())
    words = approved_words(messages, None if spoken.tag == ENGLISH else _whole(project, domain, spoken, messages))
    approval = Approval(stage, by, day, digest_of(words))
    english = english_held(project, domain, messages)
    done = with_approval(project.record(domain, spoken.tag), words, approval, english, today)
    return record_files(project, folder, done)


def record_files(project: Project, folder: Path, *records: Record) -> Mapping[Path, bytes]:
    """The files of approvals in `folder`, with `records` in the place of those of the same domains."""
    own = dict(project.records(folder / APPROVALS, records[0].language))
    own |= {record.domain: record for record in records}
    files = {folder / APPROVALS: written_approvals(own.values()).encode()}
    return files | {folder / APPROVED / f"{one.domain}.json": written_words(one).encode() for one in records}


def _whole(project: Project, domain: str, spoken: Language, messages: Messages) -> Mapping[str, tuple[str, ...]]:
    """Every translation of a domain. Raises `HandoutsError` with each string that is missing or wrong."""
    file = needed_catalog(project, domain, spoken)
    by_key = {message.key: message for message in messages}
    entries = entries_of(file, by_key)
    problems = [
        Problem(
            "absent-translation",
            f"'{domain}:{key}' can't be approved: {_WHY[entry.state]}",
            Location(file.name, entry.line),
            hint="finish the catalog first; an approval is of all its strings",
        )
        for key, entry in entries.items()
        if entry.state is not State.READY
    ]
    try:
        translations_of([file], {(domain, key): message for key, message in by_key.items()}, spoken, project.terms())
    except HandoutsError as error:
        problems.extend(error.problems)
    if problems:
        raise HandoutsError(*problems)
    return {key: entry.words for key, entry in entries.items()}


@dataclass(frozen=True, slots=True)
class Difference:
    """One string that is not as it was approved; `was` or `now` is None for one that came or went.

    `state` says what the translation is worth today: changed English alone makes it stale.
    """

    key: str
    was: ApprovedString | None
    now: ApprovedString | None
    state: State


def differences(
    project: Project, domain: str, tag: str, stage: Stage | None
) -> tuple[Approval, tuple[Difference, ...]]:
    """An approval, that of the highest stage when none is named, and what is not as it was approved then.

    Raises `HandoutsError` when nothing was approved.
    """
    spoken = language(tag)
    messages = known_domain(domain, project.domains())
    record = project.record(domain, spoken.tag)
    approval = record.at(stage) if stage is not None else (record.approvals or (None,))[-1]
    if approval is None:
        message = f"{domain} ({spoken.tag}) was never {stage or 'approved'}"
        hint = f"`handouts catalog status {spoken.tag}` shows who approved what"
        raise HandoutsError(Problem("no-approval", message, hint=hint))
    was = record.words[approval.digest]
    if spoken.tag == ENGLISH:
        found = changes(was, approved_words(messages, None))
        return approval, tuple(Difference(one.key, one.was, one.now, State.READY) for one in found)
    by_key = {message.key: message for message in messages}
    entries = entries_of(needed_catalog(project, domain, spoken), by_key)
    ready = {key: entry.words for key, entry in entries.items() if entry.state is State.READY}
    today = approved_words(messages, {key: entry.words for key, entry in entries.items()})
    return approval, tuple(
        Difference(one.key, one.was, today.get(one.key), entries[one.key].state if one.key in entries else State.READY)
        for one in changes(was, approved_words(messages, ready))
    )
