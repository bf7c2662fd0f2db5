"""Plain values to models, with each complaint of the schema put on its line; and the schemas for editors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from handouts.model.brand import BrandContent
from handouts.model.condition import (
    ConditionContent,
    GlossaryFile,
    InheritanceFile,
    LabelsFile,
    OrganisationsFile,
    SourcesFile,
)
from handouts.model.terms import TermsFile
from handouts.model.tone import ToneFile
from handouts.problems import HandoutsError, Location, Problem, did_you_mean

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

SCHEMAS: dict[str, type[BaseModel]] = {
    "condition": ConditionContent,
    "glossary": GlossaryFile,
    "organisations": OrganisationsFile,
    "inheritance": InheritanceFile,
    "labels": LabelsFile,
    "web": LabelsFile,
    "sources": SourcesFile,
    "brand": BrandContent,
    "tone": ToneFile,
    "terms": TermsFile,
}
"""The kinds of content file, by the name that `handouts schema` takes."""

LONGEST_QUOTED = 60


class ReadFile(Protocol):
    """A file that was read: its plain value, and where in the file each part of it stands."""

    @property
    def value(self) -> Any:  # noqa: ANN401  a file holds any value
        """What the file says."""

    def where(self, *path: str | int) -> Location:
        """The place of the value at `path`, or of the nearest value around it."""


Model = TypeVar("Model", bound=BaseModel)


def json_schema(kind: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one kind of content file."""
    schema = SCHEMAS[kind].model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": f"handouts {kind}"}


def validate(file: ReadFile, model: type[Model]) -> Model:
    """The file's value as `model`; raises `HandoutsError` with one problem for each complaint."""
    try:
        return model.model_validate(file.value)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        raise HandoutsError(*(_problem(file, e, model) for e in errors if not _follows(e, errors))) from None


def _follows(error: ErrorDetails, errors: list[ErrorDetails]) -> bool:
    """Whether `error` only says that a list is too short because its members, told themselves, were refused."""
    length = len(error["loc"])
    inside = (e for e in errors if len(e["loc"]) > length and e["loc"][:length] == error["loc"])
    return error["type"] == "too_short" and next(inside, None) is not None


def _problem(file: ReadFile, error: ErrorDetails, model: type[BaseModel]) -> Problem:
    path = tuple(error["loc"])
    where = file.where(*path)
    name = next((str(step) for step in reversed(path) if isinstance(step, str) and step != "[key]"), "the file")
    match error["type"]:
        case "extra_forbidden":
            keys = _keys_near(model, path, file)
            return Problem("unknown-key", f"'{name}' is not a key here", where, hint=did_you_mean(name, keys))
        case "missing":
            return Problem("missing-key", f"'{name}' is missing", where, hint=f"add `{name}:` to this entry")
        case "union_tag_invalid" | "union_tag_not_found" | "literal_error" | "enum":
            return Problem("wrong-value", f"'{name}': {_lower(error['msg'])}", where)
        case "value_error":
            return Problem("wrong-value", error["msg"].removeprefix("Value error, "), where)
        case _:
            got = error.get("input")
            brief = isinstance(got, (str, int, float, bool)) and len(str(got)) <= LONGEST_QUOTED
            shown = f", not {got!r}" if brief else ""
            return Problem("wrong-type", f"'{name}': {_lower(error['msg'])}{shown}", where)


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]


def _keys_near(model: type[BaseModel], path: tuple[str | int, ...], file: ReadFile) -> set[str]:
    """Keys that any model of this schema knows, less those that stand in the entry already."""
    entry: Any = file.value
    for step in path[:-1]:
        match entry, step:
            case dict(), _ if step in entry:
                entry = entry[step]
            case list(), int() if step < len(entry):
                entry = entry[step]
            case _:
                continue  # a member of a union, which the schema names and the file does not
    present = set(entry) if isinstance(entry, dict) else set()
    definitions = json_schema_of(model).get("$defs", {}).values()
    tops = [json_schema_of(model), *definitions]
    fitting = [
        set(top.get("properties", {}))
        for top in tops
        if len(present - set(top.get("properties", {}))) <= 1 + len(present) // 3
    ]
    return set().union(*fitting) - present if fitting else set()


def json_schema_of(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema of `model`, with the names that files use."""
    return model.model_json_schema(by_alias=True)
