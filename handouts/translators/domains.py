"""Which domains, languages and catalogs there are: what every command looks up first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.catalogs import approved_words, holding
from handouts.languages import is_language, language
from handouts.problems import Problem, UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.catalogs import CatalogFile
    from handouts.languages import Language
    from handouts.model.approval import Approval
    from handouts.model.message import Message
    from handouts.project import Project

ENGLISH = "en"

Messages = tuple["Message", ...]


def known_domain(domain: str, domains: Mapping[str, Messages]) -> Messages:
    """The strings of `domain`. Raises `UsageError` when there is none of this name."""
    if domain not in domains:
        hint = did_you_mean(domain, domains)
        raise UsageError(Problem("unknown-domain", f"there is no domain called '{domain}'", hint=hint))
    return domains[domain]


def languages_of(project: Project) -> tuple[Language, ...]:
    """English, then every language that has a catalog in the project or in what we ship."""
    tags = {name.split("/")[0].replace("_", "-") for name in project.names("locales", ".po")}
    spoken = {language(tag) for tag in tags if is_language(tag)}
    return (language(ENGLISH), *sorted(spoken, key=lambda one: one.tag))


def catalog_name(domain: str, spoken: Language) -> str:
    """The name of a catalog's file."""
    return f"locales/{spoken.gettext_name}/LC_MESSAGES/{domain}.po"


def needed_catalog(project: Project, domain: str, spoken: Language) -> CatalogFile:
    """The catalog of `domain` in a language. Raises `UsageError` when there is none."""
    file = project.catalog(domain, spoken)
    if file is None:
        message = f"there is no {spoken.english_name} ({spoken.tag}) catalog of '{domain}'"
        hint = f"begin it with `handouts catalog new {spoken.tag} --domain {domain}`"
        raise UsageError(Problem("no-catalog", message, hint=hint))
    return file


def english_held(project: Project, domain: str, messages: Messages) -> tuple[Approval, ...]:
    """The approvals that hold for the English of a domain."""
    record = project.record(domain, ENGLISH)
    return holding(record, approved_words(messages, None)) if record.approvals else ()
