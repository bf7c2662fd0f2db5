"""Holds a value against a JSON Schema, as an editor does. Knows the keywords that ours use, and refuses any other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Json = Any

_TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}

# Keywords that only tell; and `format`, which editors do not enforce for dates that YAML reads itself.
_SILENT = {"$schema", "$defs", "title", "description", "default", "discriminator", "format", "examples"}


def _is_of(value: Json, names: str | list[str]) -> bool:
    wanted = [names] if isinstance(names, str) else names
    if isinstance(value, bool):  # to Python a boolean is a number, to JSON it is none
        return "boolean" in wanted
    return any(isinstance(value, _TYPES[name]) for name in wanted)


# A keyword that speaks of one type says nothing of values of another.
_HOLDS: dict[str, Callable[[Json, Json], bool]] = {
    "type": _is_of,
    "const": lambda value, wanted: value == wanted,
    "enum": lambda value, wanted: value in wanted,
    "pattern": lambda value, wanted: not isinstance(value, str) or re.search(wanted, value) is not None,
    "minLength": lambda value, wanted: not isinstance(value, str) or len(value) >= wanted,
    "maxLength": lambda value, wanted: not isinstance(value, str) or len(value) <= wanted,
    "minimum": lambda value, wanted: not isinstance(value, (int, float)) or value >= wanted,
    "maximum": lambda value, wanted: not isinstance(value, (int, float)) or value <= wanted,
    "minItems": lambda value, wanted: not isinstance(value, list) or len(value) >= wanted,
    "maxItems": lambda value, wanted: not isinstance(value, list) or len(value) <= wanted,
    "required": lambda value, wanted: not isinstance(value, dict) or set(wanted) <= set(value),
}


def complaints(value: Json, schema: Json, root: Json, path: str = "") -> Iterator[str]:
    """Where `value` is not what `schema`, a part of `root`, asks for; `LookupError` for a keyword that is unknown."""
    if isinstance(schema, bool):
        if not schema:
            yield f"{path}: nothing may stand here"
        return
    for keyword, wanted in schema.items():
        if keyword in _HOLDS:
            if not _HOLDS[keyword](value, wanted):
                yield f"{path}: {keyword} {wanted}"
        elif keyword not in _SILENT:
            yield from _within(keyword, wanted, value, schema, root, path)


def _within(keyword: str, wanted: Json, value: Json, schema: Json, root: Json, path: str) -> Iterator[str]:
    """The complaints of a keyword that holds schemas."""
    match keyword:
        case "$ref":
            yield from complaints(value, _resolved(wanted, root), root, path)
        case "anyOf" | "oneOf":
            fitting = sum(not list(complaints(value, option, root, path)) for option in wanted)
            if fitting == 0 or (keyword == "oneOf" and fitting > 1):
                yield f"{path}: {fitting} of {keyword} fit"
        case "items":
            for index, item in enumerate(value if isinstance(value, list) else ()):
                yield from complaints(item, wanted, root, f"{path}/{index}")
        case "propertyNames":
            for name in value if isinstance(value, dict) else ():
                yield from complaints(name, wanted, root, f"{path}/{name}")
        case "properties" | "patternProperties" | "additionalProperties":
            for name, item in value.items() if isinstance(value, dict) else ():
                for part in _schemas_of(name, keyword, schema):
                    yield from complaints(item, part, root, f"{path}/{name}")
        case _:
            raise LookupError(keyword)


def _schemas_of(name: str, keyword: str, schema: Json) -> Iterator[Json]:
    """What `keyword` of `schema` asks of the property called `name`."""
    fixed = schema.get("properties", {})
    patterns = [part for pattern, part in schema.get("patternProperties", {}).items() if re.search(pattern, name)]
    match keyword:
        case "properties" if name in fixed:
            yield fixed[name]
        case "patternProperties":
            yield from patterns
        case "additionalProperties" if name not in fixed and not patterns:
            yield schema["additionalProperties"]


def _resolved(reference: str, root: Json) -> Json:
    """The part of `root` that `reference` (`#/$defs/Name`) names."""
    found = root
    for step in reference.removeprefix("#/").split("/"):
        found = found[step]
    return found
