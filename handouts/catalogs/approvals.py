"""Who approved which words. An approval is somebody's word for exactly these strings: one changed word voids it.

An approval holds while the digest of today's strings is the one that it names, and while the stage before it holds
too. The words themselves are kept beside the digest, so that a void approval can say what has changed since.
docs/decisions/0021-approvals.md
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from handouts.model.approval import RECORDED, Approval, SameMeaning, Stage, Standing
from handouts.model.characters import unreadable
from handouts.model.message import SHARED_DOMAIN
from handouts.problems import HandoutsError, Location, Problem, Severity

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Mapping, Sequence

    from handouts.model.message import Message

MOST_IN_A_NAME = 100
_TOLD = 5


@dataclass(frozen=True, slots=True)
class ApprovedString:
    """One string as it was approved: its English, the facts that it places, and its translation.

    Each holds one string, or one for each plural form. English approves itself and has no translation. Facts are the
    condition's own numbers and names; the shared strings have none, for there a placeholder holds no lasting value.
    """

    english: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()
    translation: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """What is recorded of one domain in one language; `words` are kept by digest, `lines` are for messages."""

    domain: str
    language: str
    file: str
    approvals: tuple[Approval, ...] = ()
    words: Mapping[str, Mapping[str, ApprovedString]] = field(default_factory=dict)
    lines: Mapping[Stage, int] = field(default_factory=dict)

    def at(self, stage: Stage) -> Approval | None:
        """The approval of `stage`, whether it still holds or not."""
        return next((approval for approval in self.approvals if approval.stage is stage), None)

    def where(self, stage: Stage) -> Location:
        """The place of the approval of `stage`."""
        return Location(self.file, self.lines.get(stage))

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages that its language has: English is not translated, so it can only be cleared."""
        return stages_of(self.language)


@dataclass(frozen=True, slots=True)
class Change:
    """One string that is not as it was approved; `was` or `now` is None for one that came or went."""

    key: str
    was: ApprovedString | None
    now: ApprovedString | None


def stages_of(language_tag: str) -> tuple[Stage, ...]:
    """The stages that texts of a language go through."""
    return (Stage.CLEARED,) if language_tag == "en" else RECORDED


def approved_words(
    messages: Iterable[Message], translations: Mapping[str, tuple[str, ...]] | None
) -> Mapping[str, ApprovedString]:
    """The strings of a domain as an approval would take them; without `translations`, the English.

    A string that has no translation stands there without one, so no approval of a whole catalog holds for it.
    """
    return {
        message.key: ApprovedString(
            message.english,
            tuple(sorted(message.used.items())) if message.domain != SHARED_DOMAIN else (),
            () if translations is None else translations.get(message.key, ()),
        )
        for message in messages
    }


def digest_of(words: Mapping[str, ApprovedString]) -> str:
    """The name of exactly these strings, in whatever order the content has them."""
    rows = [[key, one.english, one.facts, one.translation] for key, one in sorted(words.items())]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def changes(was: Mapping[str, ApprovedString], now: Mapping[str, ApprovedString]) -> tuple[Change, ...]:
    """The strings that differ: those of today in their order, then those that are gone."""
    keys = [*now, *(key for key in was if key not in now)]
    return tuple(Change(key, was.get(key), now.get(key)) for key in keys if was.get(key) != now.get(key))


def holding(record: Record, words: Mapping[str, ApprovedString]) -> tuple[Approval, ...]:
    """The approvals that hold for `words`, in the order of their stages."""
    digest = digest_of(words) if record.approvals else ""
    held: list[Approval] = []
    for stage in record.stages:
        approval = record.at(stage)
        if approval is None or approval.digest != digest:
            break
        held.append(approval)
    return tuple(held)


def standing_of(own: Sequence[Sequence[Approval]], english: Sequence[Sequence[Approval]]) -> Standing:
    """What a handout may say that draws on some domains, given the approvals that hold for each of them.

    The lowest stage counts. Words can't be cleared while the English that they were held against is not.
    """
    english_cleared = all(english)
    stages = [held[-1].stage if held else Stage.DRAFT for held in own]
    lowest = min(stages, key=list(Stage).index)
    if lowest is Stage.CLEARED and not english_cleared:
        lowest = Stage.REVISED
    reached = RECORDED[: RECORDED.index(lowest) + 1] if lowest in RECORDED else ()
    signed = ((one.stage, one.by, one.date) for stage in reached for held in own for one in held if one.stage is stage)
    return Standing(lowest, english_cleared, tuple(dict.fromkeys(signed)))


def voided(record: Record, words: Mapping[str, ApprovedString]) -> tuple[Problem, ...]:
    """approval-void: each approval that was given for other words, with the strings that have changed."""
    held = holding(record, words)
    problems = []
    for approval in record.approvals:
        if approval in held:
            continue
        changed = [change.key for change in changes(record.words[approval.digest], words)]
        said = "the stage before it does not hold"
        if changed:
            named = ", ".join(f"'{key}'" for key in changed[:_TOLD])
            more = f" and {len(changed) - _TOLD} more" if len(changed) > _TOLD else ""
            said = f"changed since: {named}{more}"
        problems.append(
            Problem(
                "approval-void",
                f"{record.domain} ({record.language}) is no longer {approval.stage}: {said}",
                record.where(approval.stage),
                hint=f"`handouts catalog diff {record.domain} {record.language}` shows the old words and the new",
                severity=Severity.WARNING,
            )
        )
    return tuple(problems)


# ------------------------------------------------------------------------------------------------ rules


def check_name(by: str, where: Location | None) -> tuple[Problem, ...]:
    """approval-name: a name or a role that can be printed, on one line."""
    fault = next(iter(unreadable(by)), None) or ("a line break" if "\n" in by or "\r" in by or "\t" in by else None)
    if by.strip() and len(by) <= MOST_IN_A_NAME and fault is None and not set(by) & set("{}*<>"):
        return ()
    said = f"it holds {fault}" if fault else f"it must be one line of 1 to {MOST_IN_A_NAME} plain characters"
    hint = 'such as --by "Ana Pérez" or --by "Pediatric immunology, Example Hospital"'
    return (Problem("approval-name", f"this is no name to print on a page: {said}", where, hint=hint),)


def check_record(record: Record) -> tuple[Problem, ...]:
    """approval-order, approval-same-person, approval-date: what no record may say, by command or by hand."""
    problems: list[Problem] = []
    about = f"{record.domain} ({record.language})"
    before: Approval | None = None
    for i, stage in enumerate(record.stages):
        approval = record.at(stage)
        if approval is None:
            continue
        where = record.where(stage)
        if i and before is None:
            message = f"{about} can't be {stage} before it is {record.stages[i - 1]}"
            problems.append(Problem("approval-order", message, where, hint="the stages follow one another"))
        elif before is not None and approval.digest == before.digest:
            if stage is Stage.REVISED and _person(approval.by) == _person(before.by):
                message = f"{about} was translated by {before.by}, who can't revise it as well"
                hint = "a second person reads it against the English (ISO 17100)"
                problems.append(Problem("approval-same-person", message, where, hint=hint))
            if approval.date < before.date:
                message = f"{about} can't be {stage} on {approval.date}, before it was {before.stage} on {before.date}"
                problems.append(Problem("approval-date", message, where, hint="correct one of the dates"))
        before = approval
    return tuple(problems)


def check_dates(record: Record, today: datetime.date) -> tuple[Problem, ...]:
    """approval-date: nobody has approved anything on a day that has not come."""
    return tuple(
        Problem(
            "approval-date",
            f"{record.domain} ({record.language}) can't be {approval.stage} on a day to come: {approval.date}",
            record.where(approval.stage),
            hint="write the day on which it was approved, as YYYY-MM-DD",
        )
        for approval in record.approvals
        if max([approval.date, *(same.date for same in approval.same_meaning)]) > today
    )


def _person(by: str) -> str:
    """A name without what two spellings of one name may differ in."""
    return " ".join(unicodedata.normalize("NFKC", by).casefold().split())


# -------------------------------------------------------------------------------------------- approving


def with_approval(
    record: Record,
    words: Mapping[str, ApprovedString],
    approval: Approval,
    english: Sequence[Approval],
    today: datetime.date,
) -> Record:
    """`record` with one more approval, of `words`. `english` are the approvals that hold for the English.

    Raises `HandoutsError` when the stage before does not hold, when the same person would revise, when a clinician
    would clear what was held against English that nobody has cleared, or when the day is to come.
    """
    about = f"{record.domain} ({record.language})"
    stages, stage = record.stages, approval.stage
    assert approval.digest == digest_of(words), "an approval is of the words that are at hand"
    problems = list(check_name(approval.by, None))
    if stage not in stages:
        message = f"{about} can't be '{stage}'"
        hint = f"English goes through one stage: {', '.join(stages)}; translations through {', '.join(RECORDED)}"
        raise HandoutsError(Problem("approval-stage", message, hint=hint))
    held = {one.stage for one in holding(record, words)}
    position = stages.index(stage)
    if position and stages[position - 1] not in held:
        before = stages[position - 1]
        problems += voided(replace(record, approvals=tuple(filter(None, [record.at(before)]))), words)
        hint = f"`handouts catalog approve {record.domain} {record.language} --stage {before} --by NAME` comes first"
        problems.append(Problem("approval-order", f"{about} is not {before}, as these words stand", hint=hint))
    if stage is Stage.CLEARED and record.language != "en" and not english:
        hint = f"`handouts catalog approve {record.domain} en --stage cleared --by NAME` comes first"
        message = f"{about} can't be cleared, for its English is not cleared"
        problems.append(Problem("approval-order", message, hint=hint))
    kept = tuple(one for one in record.approvals if one.stage is not stage)
    approvals = tuple(sorted((*kept, approval), key=lambda one: RECORDED.index(one.stage)))
    named = {one.digest for one in approvals}
    snapshots = {digest: old for digest, old in {**record.words, approval.digest: words}.items() if digest in named}
    done = replace(record, approvals=approvals, words=snapshots, lines={})
    problems += [replace(p, where=None) for p in check_record(done) if p.code != "approval-order"]
    problems += [replace(p, where=None) for p in check_dates(replace(done, approvals=(approval,)), today)]
    if problems:
        raise HandoutsError(*problems)
    return done


def with_same_meaning(
    record: Record,
    english: Mapping[str, tuple[str, ...]],
    made_from: Mapping[str, tuple[str, ...]] | None,
    said: SameMeaning,
) -> Record:
    """`record` in which the strings that `said` names have today's `english`, and otherwise the approved words.

    Only a string that was approved with the English that `made_from` gives is touched; any, without `made_from`. What
    else has changed since still voids the approvals. Each approval that this touches says so.
    """
    words: dict[str, Mapping[str, ApprovedString]] = {}
    approvals = []
    for approval in record.approvals:
        old = record.words[approval.digest]
        keys = tuple(
            key
            for key in said.keys
            if key in old
            and old[key].english != english[key]
            and (made_from is None or old[key].english == made_from.get(key))
        )
        new = {**old, **{key: replace(old[key], english=english[key]) for key in keys}}
        digest = digest_of(new)
        words[digest] = new
        also = (replace(said, keys=keys),) if keys else ()
        approvals.append(replace(approval, digest=digest, same_meaning=(*approval.same_meaning, *also)))
    return replace(record, approvals=tuple(approvals), words=words)
