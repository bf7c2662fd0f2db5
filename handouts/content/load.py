"""From the texts of the files to checked values: read, validate, then hold the clinical rules against them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from handouts.content import messages as m
from handouts.content import rules
from handouts.content.schema import SCHEMAS, validate
from handouts.content.yaml_reader import YamlFile, read_yaml
from handouts.languages import is_language
from handouts.model.condition import (
    Condition,
    ConditionContent,
    GlossaryFile,
    InheritanceFile,
    LabelsFile,
    Library,
    OrganisationsFile,
    SourcesFile,
)
from handouts.model.tone import ToneFile
from handouts.problems import HandoutsError, Problem, errors_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handouts.model.message import Message
    from handouts.model.tone import ToneWord


def build_library(texts: Mapping[str, tuple[str, str]]) -> Library:
    """The shared library from its five files: name -> (file name to tell, text).

    Raises `HandoutsError` with all the problems of all the files.
    """
    files: dict[str, YamlFile] = {}
    problems: list[Problem] = []
    for kind, (name, text) in texts.items():
        try:
            files[kind] = read_yaml(text, name)
        except HandoutsError as error:
            problems.extend(error.problems)
    if problems:
        raise HandoutsError(*problems)
    try:
        sources = validate(files["sources"], SourcesFile)
        glossary = validate(files["glossary"], GlossaryFile)
        organisations = validate(files["organisations"], OrganisationsFile)
        inheritance = validate(files["inheritance"], InheritanceFile)
        labels = validate(files["labels"], LabelsFile)
    except HandoutsError:
        raise HandoutsError(*_schema_problems(files)) from None
    for source_id in organisations.sources:
        if source_id in sources.sources:
            where = files["organisations"].where("sources", source_id)
            message = f"the source id '{source_id}' is taken by {files['sources'].name}"
            problems.append(Problem("duplicate-source", message, where, hint="choose another id"))
    messages = m.by_key(
        iter(
            (
                *m.label_messages(labels, files["labels"]),
                *m.inheritance_messages(inheritance, files["inheritance"]),
                *m.glossary_messages(glossary, files["glossary"]),
                *m.organisation_messages(organisations, files["organisations"]),
            )
        )
    )
    library = Library(
        sources=MappingProxyType({**organisations.sources, **sources.sources}),
        glossary=glossary.terms,
        organisations=organisations.organisations,
        inheritance=inheritance,
        messages=messages,
    )
    problems += [p for message in messages.values() for p in rules.check_text(message)]
    problems += rules.check_library_sources(library, files)
    problems += rules.check_organisation_places(library, files["organisations"])
    if errors_in(problems):
        raise HandoutsError(*problems)
    return library


def build_page_words(name: str, text: str) -> Mapping[str, Message]:
    """The words of the clinic's page by key, from the text of web.yaml.

    Raises `HandoutsError` with all its problems.
    """
    file = read_yaml(text, name)
    messages = m.by_key(m.page_messages(validate(file, LabelsFile), file))
    problems = [problem for message in messages.values() for problem in rules.check_text(message)]
    if errors_in(problems):
        raise HandoutsError(*problems)
    return messages


def build_tone(name: str, text: str) -> Mapping[str, tuple[ToneWord, ...]]:
    """The words to avoid, by language, from the text of tone.yaml. Raises `HandoutsError` with all its problems."""
    file = read_yaml(text, name)
    avoid = validate(file, ToneFile).avoid
    problems = [
        Problem(
            "unknown-language",
            f"'{tag}' is not a language tag that we know",
            file.where("avoid", tag),
            hint="use a BCP 47 tag such as es or pt-BR",
        )
        for tag in avoid
        if not is_language(tag)
    ]
    if problems:
        raise HandoutsError(*problems)
    return avoid


def _schema_problems(files: Mapping[str, YamlFile]) -> Iterator[Problem]:
    """What the schemas say of every one of the files, not of the first bad one alone."""
    for kind, file in files.items():
        try:
            validate(file, SCHEMAS[kind])
        except HandoutsError as error:
            yield from error.problems


def build_condition(name: str, text: str, library: Library, expected_id: str) -> tuple[Condition, tuple[Problem, ...]]:
    """The condition in `text`, and its warnings; `expected_id` is what its file is called.

    Raises `HandoutsError` with all its problems.
    """
    file = read_yaml(text, name)
    content = validate(file, ConditionContent)
    problems = [
        *rules.check_id(content, file, expected_id),
        *rules.check_ids(content, file),
        *rules.check_sources(content, library, file),
        *rules.check_parents(content, library, file),
        *rules.check_places(content, file),
        *rules.check_icon_arrays(content, file),
        *rules.check_references(content, library, file),
        *rules.check_names_never_printed(content, file),
    ]
    messages = m.by_key(m.condition_messages(content, file))
    for message in messages.values():
        problems += rules.check_text(message)
        problems += rules.check_never_printed(message, content)
    problems += rules.check_facts_used(content, messages.values(), file)
    if errors_in(problems):
        raise HandoutsError(*problems)
    return Condition(content, library, messages), tuple(problems)


def list_messages(condition: Condition) -> tuple[Message, ...]:
    """The condition's own strings, in the order of its file."""
    return tuple(condition.messages.values())
