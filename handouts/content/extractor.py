"""Babel's door to the content: with it, plain `pybabel extract` finds the strings of our YAML files.

It is registered as `handouts` under `babel.extractors`; locales/babel.cfg names it. It knows Babel by the shape of what
it hands over alone, and imports nothing of it.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO

from handouts.content import messages as m
from handouts.content.schema import SCHEMAS, validate
from handouts.content.yaml_reader import read_yaml
from handouts.model.condition import ConditionContent, GlossaryFile, InheritanceFile, LabelsFile, OrganisationsFile
from handouts.problems import HandoutsError, Location, Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from handouts.content.yaml_reader import YamlFile
    from handouts.model.message import Message

Found = tuple[int, str, tuple[str, ...], list[str]]
"""A line, gettext's function for what stands there, its strings, and the comments for translators."""


def extract(
    fileobj: BinaryIO,
    keywords: Mapping[str, object],  # noqa: ARG001  Babel hands them over by place
    comment_tags: Collection[str],  # noqa: ARG001  see above
    options: Mapping[str, str],  # noqa: ARG001  see above
) -> Iterator[Found]:
    """Every string of one content file, its key as the context. Raises `HandoutsError` when the file is wrong."""
    name = str(getattr(fileobj, "name", "content"))
    try:
        text = fileobj.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = Location(name, error.object[: error.start].count(b"\n") + 1)
        hint = "save the file as UTF-8"
        raise HandoutsError(Problem("not-utf-8", "this line is not UTF-8", where, hint=hint)) from None
    for message in _messages(PurePath(name).stem, read_yaml(text, name)):
        function = "pgettext" if message.plural is None else "npgettext"
        yield message.where.line or 1, function, (message.key, *message.english), list(message.comments)


def _messages(kind: str, file: YamlFile) -> Iterator[Message]:
    """The strings of a file; what it holds is known by its name, as in a project."""
    match kind:
        case "labels":
            yield from m.label_messages(validate(file, LabelsFile), file)
        case "web":
            yield from m.page_messages(validate(file, LabelsFile), file)
        case "inheritance":
            yield from m.inheritance_messages(validate(file, InheritanceFile), file)
        case "glossary":
            yield from m.glossary_messages(validate(file, GlossaryFile), file)
        case "organisations":
            yield from m.organisation_messages(validate(file, OrganisationsFile), file)
        case _ if kind in SCHEMAS:
            return  # sources and lists of words to avoid are for authors
        case _:
            yield from m.condition_messages(validate(file, ConditionContent), file)
