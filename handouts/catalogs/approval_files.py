"""The files of approvals, read and written: approvals.toml for people, approved/DOMAIN.json for the words.

Both are read strictly: a file that says less than it should must not make anything look reviewed.
"""

from __future__ import annotations

import datetime
import json
import re
import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from handouts.catalogs.approvals import ApprovedString, Record, check_name, check_record, digest_of
from handouts.model.approval import RECORDED, Approval, SameMeaning, Stage
from handouts.problems import HandoutsError, Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_DOMAIN = re.compile(r"[A-Za-z0-9_-]+")
_AT_LINE = re.compile(r"at line ([0-9]+)")
_RESTORE = "restore the last good copy from version control, or take the entry out and approve again"

_HEAD = """\
# Who approved which words of this language. Written by `handouts catalog approve`; see docs/translators.md.
# An approval is of exactly the words that have its digest: one changed word, and it is void.
"""


def read_approvals(text: str, name: str, language: str) -> Mapping[str, Record]:
    """The records of approvals.toml, by domain, still without the approved words.

    Raises `HandoutsError` with every problem of the file.
    """
    try:
        value = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = _AT_LINE.search(str(error))
        where = Location(name, int(line[1]) if line else None)
        raise HandoutsError(Problem("approvals-syntax", f"this is not TOML: {error}", where, hint=_RESTORE)) from None
    records: dict[str, Record] = {}
    problems: list[Problem] = []
    for domain, stages in value.items():
        entries = stages if isinstance(stages, dict) else {"": stages}
        wheres = {stage: Location(name, _line_of(text, domain, stage)) for stage in entries}
        faults = [(stage, fault) for stage, entry in entries.items() for fault in _faults(domain, stage, entry)]
        if faults:
            problems += (Problem("approvals-syntax", fault, wheres[stage], hint=_RESTORE) for stage, fault in faults)
            continue
        approvals = tuple(_approval(stage, entries[stage]) for stage in RECORDED if stage in entries)
        lines = {Stage(stage): where.line or 1 for stage, where in wheres.items()}
        records[domain] = Record(domain, language, name, approvals, lines=lines)
        for approval in approvals:
            problems += check_name(approval.by, wheres[approval.stage])
            if approval.stage not in records[domain].stages:
                message = f"English can't be '{approval.stage}', only cleared"
                problems.append(Problem("approval-stage", message, wheres[approval.stage]))
        problems += check_record(records[domain])
    if problems:
        raise HandoutsError(*problems)
    return records


def _approval(stage: Stage, entry: Mapping[str, Any]) -> Approval:
    same = (SameMeaning(tuple(one["keys"]), one["by"], one["date"]) for one in entry.get("same_meaning", []))
    return Approval(stage, entry["by"], entry["date"], entry["digest"], tuple(same))


def _faults(domain: str, stage: str, entry: object) -> list[str]:
    """What one entry of approvals.toml lacks or says wrongly."""
    if not _DOMAIN.fullmatch(domain):
        return [f"'{domain}' is not the name of a domain"]
    if stage not in RECORDED:
        return [f"there is no stage '{stage}', only {', '.join(RECORDED)}"]
    if not isinstance(entry, dict):
        return [f"'{stage}' should hold by, date and digest"]
    faults = [f"'{key}' is not known here" for key in entry if key not in {"by", "date", "digest", "same_meaning"}]
    if not isinstance(entry.get("by"), str):
        faults.append("'by' should be a name or a role, in quotes")
    if not _is_date(entry.get("date")):
        faults.append("'date' should be a day, such as 2026-11-21, without quotes")
    if not isinstance(entry.get("digest"), str) or not _DIGEST.fullmatch(entry["digest"]):
        faults.append("'digest' should be sha256: and 64 hex digits")
    same = entry.get("same_meaning", [])
    whole = isinstance(same, list) and all(
        isinstance(one, dict)
        and set(one) == {"keys", "by", "date"}
        and isinstance(one["by"], str)
        and _is_date(one["date"])
        and isinstance(one["keys"], list)
        and all(isinstance(key, str) for key in one["keys"])
        for one in same
    )
    return faults if whole else [*faults, "each 'same_meaning' should hold keys, by and date"]


def _is_date(value: object) -> bool:
    return isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)


def _line_of(text: str, domain: str, stage: str) -> int | None:
    """The line on which the table of a stage begins; of the domain, or none, when it is written in another way."""
    for name in (rf"{re.escape(domain)}\.{re.escape(stage)}", re.escape(domain)):
        found = re.search(rf"^[ \t]*\[?\[?[ \t]*{name}\b", text, re.MULTILINE)
        if found:
            return text[: found.start()].count("\n") + 1
    return None


def with_words(record: Record, text: str | None, name: str) -> Record:
    """`record` with the approved words that `text`, the file called `name`, keeps for it; None when there is no file.

    Raises `HandoutsError` when the words of an approval are not there, or are not those that were approved.
    """
    kept = _read_words(text, name) if text is not None else {}
    problems: list[Problem] = []
    words: dict[str, Mapping[str, ApprovedString]] = {}
    for approval in record.approvals:
        found = kept.get(approval.digest)
        if found is None:
            message = f"the words that were {approval.stage} are not kept there"
            problems.append(Problem("approved-words", message, Location(name), hint=_RESTORE))
        elif digest_of(found) != approval.digest:
            message = f"these are not the words that were {approval.stage}: somebody has changed the file"
            assert text is not None
            line = text[: text.index(approval.digest)].count("\n") + 1
            problems.append(Problem("approved-words", message, Location(name, line), hint=_RESTORE))
        else:
            words[approval.digest] = found
    if problems:
        raise HandoutsError(*dict.fromkeys(problems))
    return replace(record, words=words)


def _read_words(text: str, name: str) -> dict[str, Mapping[str, ApprovedString]]:
    try:
        value = json.loads(text)
        return {
            digest: {
                key: ApprovedString(
                    _strings(one["english"]),
                    tuple((fact, *_strings([said])) for fact, said in sorted(one.get("facts", {}).items())),
                    _strings(one.get("translation", [])),
                )
                for key, one in words.items()
            }
            for digest, words in value.items()
        }
    except json.JSONDecodeError as error:
        where = Location(name, error.lineno)
        raise HandoutsError(Problem("approved-words", f"this is not JSON: {error.msg}", where, hint=_RESTORE)) from None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        message = "these are no approved words: something is missing, or of the wrong kind"
        raise HandoutsError(Problem("approved-words", message, Location(name), hint=_RESTORE)) from None


def _strings(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise TypeError
    return tuple(value)


def written_approvals(records: Iterable[Record]) -> str:
    """The text of approvals.toml, its domains by name and its stages in order."""
    lines = [_HEAD]
    for record in sorted(records, key=lambda record: record.domain):
        for approval in record.approvals:
            name = f"{record.domain}.{approval.stage}"
            lines += [f"[{name}]", *_signed(approval.by, approval.date), f'digest = "{approval.digest}"', ""]
            for same in approval.same_meaning:
                keys = ", ".join(_quoted(key) for key in same.keys)
                lines += [f"[[{name}.same_meaning]]", f"keys = [{keys}]", *_signed(same.by, same.date), ""]
    return "\n".join(lines)


def _signed(by: str, date: datetime.date) -> list[str]:
    return [f"by = {_quoted(by)}", f"date = {date.isoformat()}"]


def _quoted(words: str) -> str:
    """A TOML string; its escapes are those of JSON, which leaves U+007F as it is."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")


def written_words(record: Record) -> str:
    """The text of approved/DOMAIN.json: under each digest, the strings in the order in which they were approved."""
    value: dict[str, dict[str, Any]] = {}
    for digest, words in record.words.items():
        value[digest] = {}
        for key, one in words.items():
            entry: dict[str, Any] = {"english": list(one.english)}
            if one.facts:
                entry["facts"] = dict(one.facts)
            if one.translation:
                entry["translation"] = list(one.translation)
            value[digest][key] = entry
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
