"""Messages to catalogs: the template that translators start from, and a language's file brought up to date.

The key is the msgctxt and the English is the msgid, so every tool shows both. Files keep the order of the
content and hold no date that would change for nothing.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from babel.messages import Catalog
from babel.messages.plurals import get_plural
from babel.messages.pofile import normalize, write_po

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Iterable

    from babel.messages.catalog import Message as BabelMessage

    from handouts.catalogs.read import CatalogFile
    from handouts.languages import Language
    from handouts.model.message import Message

LINE_WIDTH = 100

_OUR_COMMENT = re.compile(r"# .+ translation of the domain [A-Za-z0-9_-]+\.(?: State: draft\.)?")
_PLAIN_RULE = re.compile(r"nplurals=[0-9]+; plural=[^;]+;")
_OUR_FLAGS = frozenset({"python-format", "python-brace-format"})

# Where Babel's own table differs from what Poedit, Weblate and GNU gettext write.
_PLURAL_FORMS = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"
}


def plural_forms(language: Language) -> str:
    """The Plural-Forms header of `language`, as the translators' tools write it."""
    return _PLURAL_FORMS.get(language.locale.language) or str(get_plural(language.locale)).rstrip(";") + ";"


def template(domain: str, messages: Iterable[Message]) -> str:
    """The text of `domain`.pot."""
    catalog = Catalog(project="handouts", domain=domain, fuzzy=False)
    _fill(catalog, messages)
    head = f"# Template of the domain {domain}. Made by `handouts catalog extract`; do not edit.\n"
    return head + 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n' + _text(catalog)


def merged_catalog(
    domain: str,
    messages: Iterable[Message],
    language: Language,
    old: CatalogFile | None,
    same_meaning: Collection[str] = (),
    *,
    day: datetime.date | None = None,
) -> str:
    """The text of the domain's .po in `language`: what `old` says, put to today's messages.

    A translation whose English has changed is kept as fuzzy with its previous English, unless its key is one of
    `same_meaning`; one whose key is gone is kept as obsolete. Nothing is guessed from similar strings. The header
    lines and comments of translators and their tools are kept. `day` is when a catalog is begun; nothing else is dated.
    """
    catalog = Catalog(locale=language.locale, project="handouts", domain=domain, fuzzy=False)
    _fill(catalog, messages)
    if old is not None:
        _carry_over(catalog, old.catalog, same_meaning)
    comments = [f"# {language.english_name} translation of the domain {domain}."]
    # who and when is for translators and their tools to write; msgfmt asks that the lines be there
    dated = {} if day is None else {"PO-Revision-Date": f"{day.isoformat()} 00:00+0000"}
    theirs = {"Project-Id-Version": "handouts", **dated, "Last-Translator": "", "Language-Team": ""}
    fields = {
        "Language": language.gettext_name,
        "Plural-Forms": plural_forms(language),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    if old is not None:
        comments += (line for line in old.head if not _OUR_COMMENT.fullmatch(line))
        kept = dict(old.header)
        if _PLAIN_RULE.fullmatch(kept["Plural-Forms"]):  # another wording of the same rule, as the reader has seen
            fields["Plural-Forms"] = kept["Plural-Forms"]
        theirs = {name: value for name, value in theirs.items() if name not in kept}
        fields = {name: fields.get(name, value) for name, value in kept.items()} | fields
    lines = [normalize(f"{name}: {value}\n", width=0) for name, value in (theirs | fields).items()]
    return "\n".join((*comments, 'msgid ""', 'msgstr ""', *lines)) + "\n" + _text(catalog)


def _fill(catalog: Catalog, messages: Iterable[Message]) -> None:
    for message in messages:
        catalog.add(
            message.english if message.plural else message.source,
            context=message.key,
            locations=[(message.key, 0)],  # all that converters to CSV and XLIFF keep: docs/weblate.md
            auto_comments=list(message.comments),
        )


def _carried(entry: BabelMessage, today: list[str]) -> list[str] | None:
    """The English that a translation was made from, if that alone stands between it and today's English.

    None when it is today's, and when somebody has marked the translation fuzzy for a reason of their own.
    """
    if "fuzzy" in entry.flags:
        return list(entry.previous_id) if _ids(entry) == today and entry.previous_id else None
    return _ids(entry) if _ids(entry) != today else None


def _carry_over(catalog: Catalog, old: Catalog, same_meaning: Collection[str]) -> None:
    by_key: dict[str, BabelMessage] = {m.context: m for m in old.obsolete.values() if m.context and any(_strings(m))}
    revived = set(by_key)
    for before in old:
        if before.context and any(_strings(before)):
            by_key[before.context] = before
            revived.discard(before.context)
    asked = {before.context: before.user_comments for before in old if before.context}
    for message in catalog:
        key = message.context or ""
        message.user_comments = asked.get(key, [])
        if key not in by_key or isinstance(by_key[key].id, str) != isinstance(message.id, str):
            continue
        before = by_key.pop(key)
        message.string = before.string
        message.user_comments = before.user_comments
        message.flags |= before.flags - _OUR_FLAGS
        same = key in same_meaning and key not in revived and _carried(before, _ids(message)) is not None
        if same:
            message.flags.discard("fuzzy")
        # a string that was left out and comes back has been out of everybody's sight
        elif key in revived or before.id != message.id:
            message.flags.add("fuzzy")
        if "fuzzy" in message.flags:
            made_from = list(before.previous_id) or _ids(before)
            message.previous_id = [] if made_from == _ids(message) else made_from
    for key, before in by_key.items():
        before.auto_comments = []
        before.previous_id = []
        catalog.obsolete[_ids(before)[0], key] = before


def _ids(message: BabelMessage) -> list[str]:
    """The English of an entry: one string, or one for each English form."""
    return [message.id] if isinstance(message.id, str) else list(message.id)


def _strings(message: BabelMessage) -> tuple[str, ...]:
    """What an entry says: one string, or one for each plural form; none when nobody has translated it."""
    said = message.string
    return tuple(said) if isinstance(said, (tuple, list)) else (said,) if said else ()


def _text(catalog: Catalog) -> str:
    """The entries of `catalog`, without its header."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=LINE_WIDTH, omit_header=True, sort_output=False)
    text = "\n" + buffer.getvalue().decode().lstrip("\n")
    for message in catalog:
        if message.previous_id and message.context:
            start = f"\nmsgctxt {normalize(message.context, width=LINE_WIDTH)}\n"
            text = text.replace(start, f"\n{_previous(message)}{start}", 1)
    return text


def _previous(message: BabelMessage) -> str:
    """The English that a fuzzy entry was made from. Babel 2.18 breaks such lines between their quotes."""
    lines = [
        line
        for keyword, one in zip(("msgid", "msgid_plural"), message.previous_id, strict=False)
        for line in f"{keyword} {normalize(one, width=LINE_WIDTH)}".split("\n")
    ]
    return "\n".join(f"#| {line}" for line in lines)
