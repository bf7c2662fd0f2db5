"""YAML files in, checked content out: with line numbers, all problems at once, and the strings to translate."""

from handouts.content.load import build_condition, build_library, build_page_words, build_tone, list_messages
from handouts.content.schema import SCHEMAS, json_schema
from handouts.content.terms import build_terms

__all__ = [
    "SCHEMAS",
    "build_condition",
    "build_library",
    "build_page_words",
    "build_terms",
    "build_tone",
    "json_schema",
    "list_messages",
]
