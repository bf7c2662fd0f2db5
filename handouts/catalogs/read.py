"""One .po text to checked entries. Whatever is fuzzy, empty or stale is absent; whatever is wrong is told."""

from __future__ import annotations

import io
import re
import unicodedata
import warnings
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from gettext import c2py
from types import MappingProxyType
from typing import TYPE_CHECKING

from babel.messages.pofile import PoFileError, denormalize, read_po

from handouts.catalogs.checks import check_translation
from handouts.catalogs.write import plural_forms
from handouts.model.message import Translations
from handouts.problems import HandoutsError, Location, Problem, Severity, errors_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from babel.messages.catalog import Catalog
    from babel.messages.catalog import Message as BabelMessage

    from handouts.languages import Language
    from handouts.model.message import Message
    from handouts.model.terms import TermsFile

_TOLD = 5
_CHARSET = re.compile(rb'"Content-Type:[^"]*charset=([A-Za-z0-9_-]+)')
_LINE = re.compile(r'(?:(msgctxt|msgid|msgid_plural|msgstr(?:\[[0-9]+\])?)\s+)?("(?:[^"\\]|\\.)*")')
_DATE = re.compile(r'^[ \t]*"(?:PO-Revision|POT-Creation)-Date:(?:[^"\\\n]|\\.)*"[ \t]*$', re.MULTILINE)
_PLURALS = re.compile(r"nplurals\s*=\s*([0-9]+)\s*;\s*plural\s*=\s*([^;]*)[;\s]*")


@dataclass(frozen=True, slots=True)
class _String:
    """One string of a .po text, put together from its lines; `keyword` is msgctxt, msgid, msgstr[0] and so on."""

    line: int
    keyword: str
    value: str


class State(StrEnum):
    """What a catalog's entry is worth. Only a READY one is used; EMPTY also stands for one that is not there."""

    READY = "ready"
    FUZZY = "fuzzy"
    STALE = "stale"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a catalog: its state, its line, what it says, and the English that it was translated from.

    `comments` are those of translators, above the entry.
    """

    state: State
    line: int | None
    strings: tuple[str, ...]
    made_from: tuple[str, ...]
    comments: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """What it says as it is printed and approved: in Unicode's form NFC."""
        return tuple(unicodedata.normalize("NFC", string) for string in self.strings)

    @property
    def half_filled(self) -> bool:
        """Whether some of its plural forms are written and some are not; it counts as EMPTY."""
        return self.state is State.EMPTY and any(self.strings)


@dataclass(frozen=True, slots=True)
class CatalogFile:
    """A parsed catalog of one domain in one language, with its header's fields, and the comments above it."""

    name: str
    domain: str
    language: Language
    catalog: Catalog
    header: tuple[tuple[str, str], ...]
    head: tuple[str, ...]


def read_catalog(data: bytes, name: str, domain: str, language: Language) -> CatalogFile:
    """The catalog in `data`. Raises `HandoutsError` when the file as a whole can't be used."""
    text = _decoded(data, name)
    strings = _strings(text, name)
    header = _checked_header(strings, name, language)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            dateless = _DATE.sub('""', text)  # Babel refuses a catalog for a date that is none, and we use none
            catalog = read_po(io.BytesIO(dateless.encode()), locale=language.locale, domain=domain, abort_invalid=True)
    except PoFileError as error:
        raise HandoutsError(
            Problem(
                "catalog-syntax",
                f"this is not a gettext catalog: {error}",
                Location(name, error.lineno + 1),
                hint="`msgfmt --check` names the fault too; a copy from version control may be the quickest mend",
            )
        ) from None
    except (ValueError, Warning, TypeError, LookupError, AttributeError) as error:
        raise HandoutsError(
            Problem("catalog-syntax", f"this is not a gettext catalog: {error}", Location(name))
        ) from None
    problems = _duplicates(strings, name)
    if problems:
        raise HandoutsError(*problems)
    _name_unnamed(catalog)
    previous = _previous_ids(text, strings)
    for entry in (*catalog, *catalog.obsolete.values()):
        entry.previous_id = previous.get(entry.context or "", [])
        entry.user_comments = [comment for comment in entry.user_comments if not comment.startswith("|")]
    head = tuple(line for line in text.split("\n")[: strings[0].line - 1] if re.match(r"#(?![,:.~|])", line))
    return CatalogFile(name, domain, language, catalog, header, head)


def _name_unnamed(catalog: Catalog) -> None:
    """Give entries that came without msgctxt the key that stands as their place: xliff2po keeps that alone."""
    held = {entry.context for entry in catalog if entry.context}
    for entry in catalog:
        key = entry.locations[0][0] if entry.id and not entry.context and entry.locations else None
        if key is not None and key not in held:
            entry.context = key
            held.add(key)


def translations_of(
    files: Iterable[CatalogFile],
    messages: Mapping[tuple[str, str], Message],
    language: Language,
    terms: TermsFile,
) -> tuple[Translations, tuple[Problem, ...]]:
    """What `files` say for `messages`, in NFC, and every warning. A translation with an error is told, not used.

    Raises `HandoutsError` with all the errors of all the files.
    """
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    rules: dict[str, str] = {}
    problems: list[Problem] = []
    for file in files:
        rules[file.domain] = str(file.catalog.plural_expr)
        known = {key: message for (domain, key), message in messages.items() if domain == file.domain}
        problems += unknown_in(file, known)
        for key, entry in entries_of(file, known).items():
            if entry.state is not State.READY and not entry.half_filled:
                continue
            where = Location(file.name, entry.line)
            counts = plural_counts(language) if known[key].plural is not None else ((),)
            told = check_translation(known[key], entry.strings, language, terms, where, entry.comments, counts)
            problems += told
            if not errors_in(told):
                found[file.domain, key] = entry.words
    if errors_in(problems):
        raise HandoutsError(*problems)
    by_key = MappingProxyType(found)
    return Translations(language.tag, by_key, MappingProxyType(rules)), tuple(problems)


def entries_of(file: CatalogFile, messages: Mapping[str, Message]) -> Mapping[str, Entry]:
    """What the catalog holds for each of `messages`, in their order; one that it lacks is EMPTY, without a line."""
    held = {entry.context: entry for entry in file.catalog if entry.id and entry.context}
    return {key: _entry(held.get(key), message) for key, message in messages.items()}


def _entry(held: BabelMessage | None, message: Message) -> Entry:
    if held is None:
        return Entry(State.EMPTY, None, (), ())
    previous = tuple(held.previous_id) if "fuzzy" in held.flags else ()
    english = tuple(held.id) if isinstance(held.id, (tuple, list)) else (str(held.id),)
    said = tuple(held.string) if isinstance(held.string, (tuple, list)) else (held.string,)
    strings = tuple(one or "" for one in said)
    if not any(strings):
        state = State.EMPTY
    elif "fuzzy" in held.flags:
        state = State.FUZZY
    elif english != message.english:
        state = State.STALE
    else:
        state = State.READY if all(strings) else State.EMPTY
    return Entry(state, held.lineno, strings, previous or english, tuple(held.user_comments))


def unknown_in(file: CatalogFile, messages: Mapping[str, Message]) -> tuple[Problem, ...]:
    """catalog-unknown-string: strings that the English does not have; a newer or another catalog brings them."""
    unknown = [entry for entry in file.catalog if entry.id and entry.context not in messages]
    if not unknown:
        return ()
    named = [f"'{entry.context or '(no key)'}' (line {entry.lineno})" for entry in unknown[:_TOLD]]
    more = f" and {len(unknown) - _TOLD} more" if len(unknown) > _TOLD else ""
    return (
        Problem(
            "catalog-unknown-string",
            f"{file.domain} has no such strings: {', '.join(named)}{more}; they are kept and not used",
            Location(file.name, unknown[0].lineno),
            hint="is the catalog of a newer version, or of something else? `handouts catalog update` puts them aside",
            severity=Severity.WARNING,
        ),
    )


@cache
def plural_counts(language: Language) -> tuple[tuple[int, ...], ...]:
    """For each plural form of `language`, the counts below two hundred that it is used for."""
    ((number, rule),) = _PLURALS.findall(plural_forms(language))
    index = c2py(rule)
    return tuple(tuple(count for count in range(200) if index(count) == form) for form in range(int(number)))


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
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise HandoutsError(
            Problem("catalog-charset", "this line is not UTF-8", Location(name, line), hint="save it as UTF-8")
        ) from None
    if "\0" in text:
        where = Location(name, text[: text.index("\0")].count("\n") + 1)
        hint = "so looks a file that was not written to its end: a copy from version control may be the quickest mend"
        raise HandoutsError(Problem("catalog-syntax", "this line holds the character U+0000", where, hint=hint))
    return text


def _strings(text: str, name: str) -> tuple[_String, ...]:
    """Every string of `text` that is not obsolete.

    Babel reads a line that ends in the middle of a word as if the word were whole, and keeps one of two msgstr
    without a word; so the lines are looked at here first. Raises `HandoutsError` with every line that is wrong.
    """
    problems: list[Problem] = []
    found: list[tuple[int, str, list[str]]] = []
    entry: list[str] = []  # the keywords of the entry so far
    for number, line in enumerate(text.split("\n"), 1):
        line = line.strip()  # noqa: PLW2901  spaces around a line mean nothing
        if line.startswith(("<<<<<<< ", ">>>>>>> ")):
            problems.append(Problem("catalog-conflict", "a merge conflict is not resolved", Location(name, number)))
            continue
        if not line or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        keyword = match[1] if match else None
        if keyword == "msgctxt" or (keyword == "msgid" and entry != ["msgctxt"]):
            entry = []
        if match is None or (keyword is None and not found) or keyword in entry:
            problems.append(
                Problem(
                    "catalog-syntax",
                    "this is not a gettext catalog: the line is cut off, misspelt or out of place",
                    Location(name, number),
                    hint="`msgfmt --check` names the fault too; a copy from version control may be the quickest mend",
                )
            )
        elif keyword is not None:
            entry.append(keyword)
            found.append((number, keyword, [match[2]]))
        else:
            found[-1][2].append(match[2])
    if problems:  # between the marks of a conflict, every second line is out of place: that is no news
        conflicts = [problem for problem in problems if problem.code == "catalog-conflict"]
        raise HandoutsError(*(conflicts or problems))
    return tuple(_String(number, keyword, denormalize("\n".join(lines))) for number, keyword, lines in found)


def _checked_header(strings: tuple[_String, ...], name: str, language: Language) -> tuple[tuple[str, str], ...]:
    """The header's fields. It must name this language and its plural forms: wrong ones put wrong words to counts."""
    first = [string for string in strings[:2] if string.keyword in {"msgid", "msgstr"}]
    header = first[1] if len(first) == 2 and not first[0].value else _String(1, "msgstr", "")  # noqa: PLR2004  a pair
    fields = {field: value.strip() for field, colon, value in _fields(header.value) if colon}
    stated = fields.get("Language", "")
    problems = []
    if stated != language.gettext_name:
        problems.append(
            Problem(
                "catalog-header",
                f"the header says Language: {stated or '(nothing)'}",
                Location(name, header.line),
                hint=f'this folder is for "Language: {language.gettext_name}"',
            )
        )
    charset = fields.get("Content-Type", "").partition("charset=")[2].strip().lower()
    if charset not in {"", "utf-8", "utf8"}:
        problems.append(
            Problem(
                "catalog-charset",
                f"the header declares {charset}; catalogs are UTF-8",
                Location(name, header.line),
                hint='save the file as UTF-8 and write "Content-Type: text/plain; charset=UTF-8"',
            )
        )
    expected = plural_forms(language)
    plurals = _PLURALS.fullmatch(fields.get("Plural-Forms", ""))
    if plurals is None or not _same_plurals(plurals[1], plurals[2], expected):
        problems.append(
            Problem(
                "catalog-header",
                "the header's Plural-Forms are missing, broken or not those of the language",
                Location(name, header.line),
                hint=f'write "Plural-Forms: {expected}\\n"',
            )
        )
    if problems:
        raise HandoutsError(*problems)
    return tuple(fields.items())


def _fields(header: str) -> Iterator[tuple[str, str, str]]:
    return (line.partition(":") for line in header.split("\n"))


def _same_plurals(number: str, rule: str, expected: str) -> bool:
    """Whether a header's rule gives each count the same form as the `expected` header."""
    wanted_number, wanted_rule = re.findall(r"nplurals=(\d+); plural=([^;]*)", expected)[0]
    try:
        told, wanted = c2py(rule.strip().rstrip(";")), c2py(wanted_rule)
        return number == wanted_number and all(told(n) == wanted(n) for n in range(200))
    except (ValueError, RecursionError, ZeroDivisionError):
        return False


def _duplicates(strings: tuple[_String, ...], name: str) -> list[Problem]:
    """Two entries of one key: Babel keeps the last and says nothing."""
    first: dict[str, int] = {}
    problems = []
    for string in strings:
        if string.keyword != "msgctxt":
            continue
        if string.value in first:
            message = f"the key '{string.value}' stands twice; it stood first on line {first[string.value]}"
            problems.append(Problem("catalog-duplicate", message, Location(name, string.line), hint="keep one"))
        first.setdefault(string.value, string.line)
    return problems


def _previous_ids(text: str, strings: tuple[_String, ...]) -> dict[str, list[str]]:
    """The English that each fuzzy entry was made from, by key: Babel takes these `#|` lines for a person's comment."""
    keys = {string.line: string.value for string in strings if string.keyword == "msgctxt"}
    found: dict[str, list[str]] = {}
    parts: list[tuple[str, list[str]]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("#|"):
            match = _LINE.fullmatch(line[2:].strip())
            if match and match[1]:
                parts.append((match[1], [match[2]]))
            elif match and parts:
                parts[-1][1].append(match[2])
        elif number in keys:
            found[keys[number]] = [denormalize("\n".join(said)) for keyword, said in parts if keyword != "msgctxt"]
            parts = []
    return found
