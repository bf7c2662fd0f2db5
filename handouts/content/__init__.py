"""YAML files in, checked content out: with line numbers, all problems at once, and the strings to translate."""

from handouts.content.load import build_condition, build_library, build_tone, list_messages
from handouts.content.schema import SCHEMAS, json_schema

__all__ = ["SCHEMAS", "build_condition", "build_library", "build_tone", "json_schema", "list_messages"]
