"""Catalogs made and brought up to date: templates, a new language, and the English that has changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.catalogs import (
    State,
    check_dates,
    check_name,
    entries_of,
    merged_catalog,
    read_catalog,
    template,
    with_same_meaning,
)
from handouts.files import shown
from handouts.languages import is_language, language
from handouts.model.approval import SameMeaning
from handouts.problems import HandoutsError, Location, Problem, Severity, UsageError, did_you_mean
from handouts.translators.approving import record_files
from handouts.translators.domains import ENGLISH, catalog_name, known_domain, needed_catalog

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from handouts.catalogs import CatalogFile, Record
    from handouts.languages import Language
    from handouts.project import Project
    from handouts.translators.domains import Messages


def templates(project: Project) -> Mapping[Path, bytes]:
    """The template of each domain that the project looks after, as it should be for today's content.

    A user's project looks after its own conditions and the domains of the catalogs that it holds: a copy of what we
    ship would hide its later corrections.
    """
    base = project.locales()
    domains = project.domains()
    own = set(domains)
    if project.root is not None:
        own = {path.stem for path in (project.root / "conditions").glob("*.yaml")}
        own |= {path.stem for path in base.glob("*/LC_MESSAGES/*.po")}
    return {base / f"{name}.pot": template(name, domains[name]).encode() for name in domains if name in own}


def begun(project: Project, tag: str, day: datetime.date, domain: str | None = None) -> Mapping[Path, bytes]:
    """An empty catalog, dated `day`, for each domain that has none in the language `tag`, or for one domain alone.

    Raises `UsageError` when the language is not known, or when there is nothing to begin.
    """
    base = project.locales()
    spoken = language(tag)
    domains = project.domains()
    wanted = tuple(domains) if domain is None else (domain,)
    for name in wanted:
        known_domain(name, domains)
    if spoken.tag == ENGLISH:
        hint = "English stands in the content itself; name the language to translate into"
        raise UsageError(Problem("english-is-the-source", "English needs no catalog", hint=hint))
    if spoken.is_pseudo:
        message = f"{spoken.english_name} is made on the fly, and has no catalogs"
        raise UsageError(Problem("unknown-language", message, hint="name the language to translate into"))
    missing = [name for name in wanted if project.find(catalog_name(name, spoken)) is None]
    if not missing:
        there = project.find(catalog_name(wanted[0], spoken))
        assert there is not None, "it was just found"
        hint = f"`handouts catalog update {spoken.tag}` brings it up to date; nothing was changed"
        raise UsageError(Problem("catalog-exists", "this catalog is there already", Location(shown(there)), hint=hint))
    return {
        base / spoken.gettext_name / "LC_MESSAGES" / f"{name}.po": merged_catalog(
            name, domains[name], spoken, None, day=day
        ).encode()
        for name in missing
    }


# ---------------------------------------------------------------------------------------------- up to date


@dataclass(frozen=True, slots=True)
class Claim:
    """What an editor says of some strings: that their changed English still means the same.

    `keys` are as they were typed, each a key or DOMAIN:KEY. `by` is None when no name was given.
    """

    keys: tuple[str, ...]
    by: str | None
    date: datetime.date


@dataclass(frozen=True, slots=True)
class Updated:
    """One catalog that was brought up to date, and the keys of the strings to which that did something.

    `new` are to be translated, `fuzzy` are to be looked at because their English has changed, `obsolete` were put
    aside, and `same` go on to count because somebody said that the English means the same.
    """

    path: Path
    domain: str
    language: Language
    new: tuple[str, ...]
    fuzzy: tuple[str, ...]
    obsolete: tuple[str, ...]
    same: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Update:
    """What `handouts catalog update` is to write, what that does to each catalog, and warnings."""

    files: Mapping[Path, bytes]
    catalogs: tuple[Updated, ...]
    problems: tuple[Problem, ...]


def updated(project: Project, tag: str | None, domain: str | None, claim: Claim, today: datetime.date) -> Update:
    """The project's own catalogs, of one language or domain alone when asked, put to today's English.

    Raises `HandoutsError` with the problems of every catalog that can't be read; then there is nothing to write.
    """
    base = project.locales()
    domains = project.domains()
    if domain is not None:
        domains = {domain: known_domain(domain, domains)}
    spoken = None if tag is None else language(tag)
    claimed = _claimed(claim, domains)
    catalogs, warnings = _own_catalogs(project, base, domains, spoken, all_domains=domain is None)
    done = [_updated(path, file, domains[file.domain], claimed.get(file.domain, ())) for path, file in catalogs]
    files = {path: text for (path, _), (text, _, _) in zip(catalogs, done, strict=True)}
    touched = {(one.domain, key) for _, one, _ in done for key in one.same}
    records: dict[Path, list[Record]] = {}
    for _, one, made_from in done:
        new = _restamped(project, one.language, domains[one.domain], made_from, one.same, claim, today)
        if new is not None:
            records.setdefault(base / one.language.gettext_name, []).append(new)
    if spoken is None or spoken.tag == ENGLISH:
        for name, keys in claimed.items():
            new = _restamped(project, language(ENGLISH), domains[name], None, keys, claim, today)
            if new is not None:
                records.setdefault(base / ENGLISH, []).append(new)
                touched |= {(name, key) for key in keys}
    for folder, changed in records.items():
        files |= record_files(project, folder, *changed)
    warnings += (_unused(name, key) for name, keys in claimed.items() for key in keys if (name, key) not in touched)
    return Update(files, tuple(one for _, one, _ in done), tuple(warnings))


def _own_catalogs(
    project: Project, base: Path, domains: Mapping[str, Messages], spoken: Language | None, *, all_domains: bool
) -> tuple[list[tuple[Path, CatalogFile]], list[Problem]]:
    """The catalogs in the project's own folder, and a warning for each that belongs to no domain.

    Raises `HandoutsError` with the problems of every one that can't be read.
    """
    found: list[tuple[Path, CatalogFile]] = []
    warnings: list[Problem] = []
    problems: list[Problem] = []
    for path in sorted(base.glob("*/LC_MESSAGES/*.po")):
        tag = path.parent.parent.name.replace("_", "-")
        if not is_language(tag) or (spoken is not None and language(tag) != spoken):
            continue
        if path.stem not in domains:
            if all_domains:
                message = f"there is no domain called '{path.stem}'; this catalog is left as it is"
                hint = did_you_mean(path.stem, domains)
                warnings.append(Problem("unknown-domain", message, Location(shown(path)), hint, Severity.WARNING))
            continue
        try:
            found.append((path, needed_catalog(project, path.stem, language(tag))))
        except HandoutsError as error:
            problems.extend(error.problems)
    if problems:
        raise HandoutsError(*problems)
    if spoken is not None and spoken.tag != ENGLISH and not found:
        message = f"the project has no {spoken.english_name} ({spoken.tag}) catalog of its own to bring up to date"
        hint = f"begin one with `handouts catalog new {spoken.tag}`"
        raise UsageError(Problem("no-catalog", message, Location(shown(base)), hint))
    return found, warnings


def _updated(
    path: Path, file: CatalogFile, messages: Messages, claimed: Collection[str]
) -> tuple[bytes, Updated, Mapping[str, tuple[str, ...]]]:
    """The new bytes of a catalog, what was done, and the English that each old translation was made from."""
    by_key = {message.key: message for message in messages}
    held = {entry.context: any(entry.string or ()) for entry in file.catalog if entry.id and entry.context}
    before = entries_of(file, by_key)
    text = merged_catalog(file.domain, messages, file.language, file, claimed).encode()
    after = entries_of(read_catalog(text, file.name, file.domain, file.language), by_key)
    same = [k for k in claimed if before[k].state in _WAITING and after[k].state is State.READY]
    told = Updated(
        path=path,
        domain=file.domain,
        language=file.language,
        new=tuple(key for key in by_key if key not in held and after[key].state is State.EMPTY),
        fuzzy=tuple(k for k in by_key if after[k].state is State.FUZZY and before[k].state is not State.FUZZY),
        obsolete=tuple(key for key, translated in held.items() if translated and key not in by_key),
        same=tuple(same),
    )
    return text, told, {key: entry.made_from for key, entry in before.items()}


_WAITING = frozenset({State.STALE, State.FUZZY})


# --------------------------------------------------------------------------------------------- same meaning


def _claimed(claim: Claim, domains: Mapping[str, Messages]) -> dict[str, tuple[str, ...]]:
    """The keys of a claim by domain. Raises `UsageError` for a key that is in no domain, or in several."""
    found: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for typed in claim.keys:
        name, _, bare = typed.rpartition(":")
        homes = [d for d, some in domains.items() if (not name or d == name) and any(m.key == bare for m in some)]
        if len(homes) == 1:
            found[homes[0]] = (*found.get(homes[0], ()), bare)
        elif homes:
            hint = f"say which: {', '.join(f'{home}:{bare}' for home in homes)}"
            problems.append(Problem("ambiguous-string", f"'{bare}' stands in several domains", hint=hint))
        else:
            hint = did_you_mean(bare, {message.key for some in domains.values() for message in some})
            problems.append(Problem("unknown-string", f"no string has the key '{typed}'", hint=hint))
    if problems:
        raise UsageError(*problems)
    return found


def _restamped(
    project: Project,
    spoken: Language,
    messages: Messages,
    made_from: Mapping[str, tuple[str, ...]] | None,
    keys: Collection[str],
    claim: Claim,
    today: datetime.date,
) -> Record | None:
    """The record of a domain after the claim; None when it changes nothing. Raises when nobody stands for the claim."""
    if not keys:
        return None
    record = project.record(messages[0].domain, spoken.tag)
    english = {message.key: message.english for message in messages}
    said = SameMeaning(tuple(keys), claim.by or "", claim.date)
    new = with_same_meaning(record, english, made_from, said)
    if new == record:
        return None
    if claim.by is None:
        message = f"somebody approved these words in {record.domain} ({record.language})"
        hint = "say who finds that they still mean the same: --by NAME"
        raise UsageError(Problem("name-needed", message, Location(record.file), hint))
    problems = (*check_name(claim.by, None), *check_dates(new, today))
    if problems:
        raise HandoutsError(*problems)
    return new


def _unused(domain: str, key: str) -> Problem:
    return Problem(
        "same-meaning-unused",
        f"no translation of '{domain}:{key}' waits for this alone, and no approval does",
        hint="a translation that is fuzzy for another reason stays fuzzy, for its translator to look at",
        severity=Severity.WARNING,
    )
