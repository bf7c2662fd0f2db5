"""How far each domain is in each language: what is translated, what the checks find, and who approved it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.catalogs import (
    State,
    approved_words,
    changes,
    entries_of,
    holding,
    standing_of,
    translations_of,
    voided,
)
from handouts.files import shown
from handouts.languages import language
from handouts.model.approval import Stage, Standing
from handouts.problems import HandoutsError, Problem, errors_in
from handouts.translators.domains import ENGLISH, catalog_name, english_held, known_domain, languages_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.catalogs import ApprovedString
    from handouts.languages import Language
    from handouts.model.approval import Approval
    from handouts.project import Project
    from handouts.translators.domains import Messages


@dataclass(frozen=True, slots=True)
class Void:
    """An approval that no longer holds, and the keys of the strings that have changed since."""

    approval: Approval
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """How far one domain is in one language. `file` is None when it has no catalog; English needs none.

    Of its `strings`, so many are `ready`, marked `fuzzy`, `stale` because their English has changed, or not translated.
    `stage` is what holds today; `held` is the approval that says so, and `void` are those that no longer hold.
    """

    domain: str
    language: Language
    file: str | None
    strings: int
    ready: int
    fuzzy: int
    stale: int
    stage: Stage
    held: Approval | None
    void: tuple[Void, ...]
    problems: tuple[Problem, ...]

    @property
    def stage_name(self) -> str:
        """The stage as a word: English that is not cleared is no draft of anything."""
        return Standing(self.stage).named(self.language.tag)

    @property
    def errors(self) -> int:
        """How many errors its checks find."""
        return len(errors_in(self.problems))


def status(project: Project, tag: str | None = None, domain: str | None = None) -> tuple[Status, ...]:
    """How far each domain is in each language, by language; in one language, or of one domain alone, when asked."""
    domains = project.domains()
    if domain is not None:
        domains = {domain: known_domain(domain, domains)}
    spoken = languages_of(project) if tag is None else (language(tag),)
    return tuple(_status(project, name, one, messages) for one in spoken for name, messages in domains.items())


def _status(project: Project, domain: str, spoken: Language, messages: Messages) -> Status:
    problems: list[Problem] = []
    path = project.find(catalog_name(domain, spoken))
    states: Counter[State] = Counter()
    words: Mapping[str, ApprovedString] = {}
    try:
        states, words = _words_today(project, domain, spoken, messages, problems)
    except HandoutsError as error:
        problems.extend(error.problems)
    held: tuple[Approval, ...] = ()
    void: tuple[Void, ...] = ()
    stage = Stage.DRAFT
    try:
        record = project.record(domain, spoken.tag)
        held = holding(record, words)
        stage = standing_of([held], [english_held(project, domain, messages)]).stage
        problems += voided(record, words)
        void = tuple(
            Void(approval, tuple(change.key for change in changes(record.words[approval.digest], words)))
            for approval in record.approvals
            if approval not in held
        )
    except HandoutsError as error:
        problems.extend(error.problems)
    return Status(
        domain=domain,
        language=spoken,
        file=None if path is None else shown(path),
        strings=len(messages),
        ready=states[State.READY],
        fuzzy=states[State.FUZZY],
        stale=states[State.STALE],
        stage=stage,
        held=next((approval for approval in held if approval.stage is stage), None),
        void=void,
        problems=tuple(problems),
    )


def _words_today(
    project: Project, domain: str, spoken: Language, messages: Messages, problems: list[Problem]
) -> tuple[Counter[State], Mapping[str, ApprovedString]]:
    """The states of all the strings, and those that can be approved; what the checks find is put to `problems`."""
    if spoken.tag == ENGLISH:
        return Counter({State.READY: len(messages)}), approved_words(messages, None)
    file = project.catalog(domain, spoken)
    if file is None:
        return Counter({State.EMPTY: len(messages)}), {}
    by_key = {message.key: message for message in messages}
    entries = entries_of(file, by_key)
    try:
        problems += translations_of([file], {(domain, key): m for key, m in by_key.items()}, spoken, project.terms())[1]
    except HandoutsError as error:
        problems.extend(error.problems)
    ready = {key: entry.words for key, entry in entries.items() if entry.state is State.READY}
    return Counter(entry.state for entry in entries.values()), approved_words(messages, ready)
