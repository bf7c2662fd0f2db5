"""The term base's YAML to checked values."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from handouts.content.schema import validate
from handouts.content.yaml_reader import read_yaml
from handouts.languages import is_language
from handouts.model.terms import TermsFile
from handouts.problems import HandoutsError, Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.content.yaml_reader import Path, YamlFile


@lru_cache(maxsize=4)  # every language of a check asks for the same text
def build_terms(name: str, text: str) -> TermsFile:
    """The term base in `text`; `name` is told in problems. Raises `HandoutsError` with all of them."""
    file = read_yaml(text, name)
    terms = validate(file, TermsFile)
    problems = [*_check_sources(terms, file), *_check_languages(terms, file)]
    if problems:
        raise HandoutsError(*problems)
    return terms


def _check_sources(terms: TermsFile, file: YamlFile) -> Iterator[Problem]:
    """unknown-source: a rendering that claims to be seen on a page that nobody names."""
    for term_id, term in terms.terms.items():
        for tag, known in term.languages.items():
            for i, rendering in enumerate(known.accepted):
                for source_id in rendering.sources:
                    if source_id not in terms.sources:
                        where = file.where("terms", term_id, "in", tag, "accepted", i, "sources")
                        hint = did_you_mean(source_id, terms.sources)
                        yield Problem("unknown-source", f"no source is called '{source_id}'", where, hint=hint)


def _check_languages(terms: TermsFile, file: YamlFile) -> Iterator[Problem]:
    """unknown-language: what is said of a language that does not exist is never looked at."""
    named: list[tuple[str, Path]] = [(tag, ("languages", tag)) for tag in terms.languages]
    named += [(tag, ("terms", key, "in", tag)) for key, term in terms.terms.items() for tag in term.languages]
    named += [(tag, ("tokens", i, "in", tag)) for i, token in enumerate(terms.tokens) for tag in token.languages]
    for tag, path in named:
        if not is_language(tag):
            hint = "use a BCP 47 tag such as es, ar or pt-BR"
            yield Problem(
                "unknown-language", f"'{tag}' is not a language tag that we know", file.where(*path), hint=hint
            )
