"""One .po text to checked entries. Whatever is fuzzy, empty or stale is absent; whatever is wrong is told."""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import dataclass
from gettext import c2py
from types import MappingProxyType
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po

from handouts.catalogs.check import check_translation
from handouts.catalogs.write import plural_forms
from handouts.model.message import Translations
from handouts.problems import HandoutsError, Location, Problem, errors_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from handouts.languages import Language
    from handouts.model.message import Message

_CHARSET = re.compile(rb'"Content-Type:[^"]*charset=([A-Za-z0-9_-]+)')
_LANGUAGE = re.compile(r'^"Language: *([A-Za-z_@-]*)', re.MULTILINE)
_PLURALS = re.compile(r'^"Plural-Forms: *nplurals *= *(\d+) *; *plural *= *([^"\\]*)', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class CatalogFile:
    """A parsed catalog of one domain in one language."""

    name: str
    domain: str
    language: Language
    catalog: Catalog


def read_catalog(data: bytes, name: str, domain: str, language: Language) -> CatalogFile:
    """The catalog in `data`. Raises `HandoutsError` when the file as a whole can't be used."""
    text = _decoded(data, name)
    _check_header(text, name, language)
    catalog = Catalog(locale=language.locale, domain=domain)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            catalog = read_po(io.BytesIO(text.encode()), locale=language.locale, domain=domain, abort_invalid=True)
    except PoFileError as error:
        raise HandoutsError(
            Problem(
                "catalog-syntax",
                f"this is not a gettext catalog: {error}",
                Location(name, error.lineno + 1),
                hint="`msgfmt --check` names the fault too; a copy from version control may be the quickest mend",
            )
        ) from None
    except (ValueError, Warning, TypeError, IndexError, AttributeError) as error:
        raise HandoutsError(
            Problem("catalog-syntax", f"this is not a gettext catalog: {error}", Location(name))
        ) from None
    problems = _duplicates(text, name)
    if problems:
        raise HandoutsError(*problems)
    return CatalogFile(name, domain, language, catalog)


def translations_of(
    files: Iterable[CatalogFile], messages: Mapping[tuple[str, str], Message], language: Language
) -> tuple[Translations, tuple[Problem, ...]]:
    """What `files` say for `messages`, and every warning. A translation with an error is told, not used.

    Raises `HandoutsError` with all the errors of all the files.
    """
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    rules: dict[str, str] = {}
    problems: list[Problem] = []
    for file in files:
        rules[file.domain] = str(file.catalog.plural_expr)
        for entry in file.catalog:
            message = messages.get((file.domain, entry.context or ""))
            if message is None or not entry.id or "fuzzy" in entry.flags:
                continue
            english = (message.source,) if message.plural is None else (message.source, message.plural)
            ids = tuple(entry.id) if isinstance(entry.id, (tuple, list)) else (entry.id,)
            strings = tuple(entry.string) if isinstance(entry.string, (tuple, list)) else (entry.string,)
            if ids != english or not all(strings):
                continue
            where = Location(file.name, entry.lineno)
            found_here = [p for s in strings for p in check_translation(message, s or "", where)]
            problems += found_here
            if not errors_in(found_here):
                found[file.domain, message.key] = tuple(s or "" for s in strings)
    if errors_in(problems):
        raise HandoutsError(*problems)
    by_key = MappingProxyType(found)
    return Translations(language.tag, by_key, MappingProxyType(rules)), tuple(problems)


def _decoded(data: bytes, name: str) -> str:
    charset = _CHARSET.search(data[:4096])
    if charset and charset.group(1).lower() not in {b"utf-8", b"utf8"}:
        declared = charset.group(1).decode()
        raise HandoutsError(
            Problem(
                "catalog-charset",
                f"the header declares {declared}; catalogs are UTF-8",
                Location(name, 1),
                hint="save the file as UTF-8 and say so in Content-Type",
            )
        )
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise HandoutsError(
            Problem("catalog-charset", "this line is not UTF-8", Location(name, line), hint="save it as UTF-8")
        ) from None


def _check_header(text: str, name: str, language: Language) -> None:
    """The header must name this language and its number of plural forms: a wrong one puts wrong words to counts."""
    problems = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith(("<<<<<<< ", ">>>>>>> ")):
            problems.append(Problem("catalog-conflict", "a merge conflict is not resolved", Location(name, number)))
    stated = _LANGUAGE.search(text)
    if stated is None or stated.group(1) != language.gettext_name:
        place = text.count("\n", 0, stated.start()) + 1 if stated else 1
        problems.append(
            Problem(
                "catalog-header",
                f"the header says Language: {stated.group(1) if stated else '(nothing)'}",
                Location(name, place),
                hint=f'this folder is for "Language: {language.gettext_name}"',
            )
        )
    expected = plural_forms(language)
    plurals = _PLURALS.search(text)
    if plurals is None or not _same_plurals(plurals.group(1), plurals.group(2), expected):
        place = text.count("\n", 0, plurals.start()) + 1 if plurals else 1
        problems.append(
            Problem(
                "catalog-header",
                "the header's Plural-Forms are missing, broken or not those of the language",
                Location(name, place),
                hint=f'write "Plural-Forms: {expected}\\n"',
            )
        )
    if problems:
        raise HandoutsError(*problems)


def _same_plurals(number: str, rule: str, expected: str) -> bool:
    """Whether a header's rule gives each count the same form as the `expected` header."""
    wanted_number, wanted_rule = re.findall(r"nplurals=(\d+); plural=([^;]*)", expected)[0]
    try:
        told, wanted = c2py(rule.strip().rstrip(";")), c2py(wanted_rule)
        return number == wanted_number and all(told(n) == wanted(n) for n in range(200))
    except (ValueError, RecursionError, ZeroDivisionError):
        return False


_CONTEXT = re.compile(r'^msgctxt "((?:[^"\\]|\\.)*)"', re.MULTILINE)


def _duplicates(text: str, name: str) -> list[Problem]:
    """Two entries of one key: Babel keeps the last and says nothing."""
    first: dict[str, int] = {}
    problems = []
    for match in _CONTEXT.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        key = match.group(1)
        if key in first:
            message = f"the key '{key}' stands twice; it stood first on line {first[key]}"
            problems.append(Problem("catalog-duplicate", message, Location(name, line), hint="keep one"))
        first.setdefault(key, line)
    return problems
