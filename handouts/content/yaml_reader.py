"""YAML text to plain values that remember their lines; hostile files are refused before they are built.

Refused: anchors and aliases (a few lines of them can unfold to gigabytes), tags, more than one document,
duplicate keys, deep nesting and very many nodes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from handouts.model.characters import unreadable
from handouts.problems import HandoutsError, Location, Problem

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Mapping

MAX_DEPTH = 20
MAX_NODES = 50_000

Path = tuple[str | int, ...]

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A file's value, and the line on which the value at each path begins."""

    name: str
    value: Any
    lines: Mapping[Path, int]

    def where(self, *path: str | int) -> Location:
        """The place of the value at `path`, or of the nearest value around it.

        Steps that are not in the file are passed over: the schema names union members, the file does not.
        """
        known: Path = ()
        for step in path:
            if (*known, step) in self.lines:
                known = (*known, step)
        return Location(self.name, self.lines.get(known, 1))


def read_yaml(text: str, name: str) -> YamlFile:
    """The value in `text`; `name` is told in problems.

    Raises `HandoutsError` with every problem that the reader can see.
    """
    try:
        _refuse_hostile(text, name)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if "quoted scalar" in (error.context or "") and error.context_mark:
            mark = error.context_mark  # where the quote opens; it fails to close at the end of the file
        line = mark.line + 1 if mark else None
        raise HandoutsError(
            Problem(
                "yaml-syntax",
                f"this is not YAML: {error.problem or error.context}",
                Location(name, line),
                hint="look at this line and the one above it: quotes, colons and indentation",
            )
        ) from None
    except yaml.YAMLError as error:
        unprintable = yaml.reader.Reader.NON_PRINTABLE.search(text)
        line = text.count("\n", 0, unprintable.start()) + 1 if unprintable else None
        raise HandoutsError(
            Problem("yaml-syntax", f"this is not YAML: {error}", Location(name, line), hint="delete that character")
        ) from None
    if node is None:
        raise HandoutsError(Problem("yaml-empty", "the file is empty", Location(name)))
    lines: dict[Path, int] = {}
    problems: list[Problem] = []
    value = _build(node, (), name, lines, problems)
    if problems:
        raise HandoutsError(*problems)
    return YamlFile(name, value, lines)


def _refuse_hostile(text: str, name: str) -> None:
    """Walk the events, which build nothing, and refuse what would not be safe to build."""
    depth = nodes = documents = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = _line(event)
        documents += isinstance(event, yaml.DocumentStartEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        nodes += isinstance(event, yaml.NodeEvent)
        if getattr(event, "anchor", None):
            _refuse("yaml-alias", "anchors (&name) and aliases (*name) are not allowed", name, line)
        if getattr(event, "tag", None):
            _refuse("yaml-tag", "tags (!name) are not allowed", name, line)
        if documents > 1:
            _refuse("yaml-documents", "a file holds one document", name, line)
        if depth > MAX_DEPTH or nodes > MAX_NODES:
            _refuse("yaml-too-deep", "the file is nested too deeply or holds too many values", name, line)


def _line(place: yaml.Event | yaml.Node) -> int:
    return place.start_mark.line + 1 if place.start_mark else 1


def _refuse(code: str, message: str, name: str, line: int) -> None:
    hint = "write the value out where it is needed"
    raise HandoutsError(Problem(code, message, Location(name, line), hint=hint))


def _build(node: yaml.Node, path: Path, name: str, lines: dict[Path, int], problems: list[Problem]) -> Any:  # noqa: ANN401  YAML holds any value; pydantic gives it a type
    """The plain value of `node`; its lines go into `lines`, duplicate keys into `problems`."""
    lines.setdefault(path, _line(node))
    match node:
        case yaml.MappingNode():
            return dict(_pairs(node, path, name, lines, problems))
        case yaml.SequenceNode():
            return [_build(child, (*path, i), name, lines, problems) for i, child in enumerate(node.value)]
        case yaml.ScalarNode():
            for fault in unreadable(node.value):
                where = Location(name, _line(node))
                problems.append(Problem("hidden-character", f"this text holds {fault}", where, hint="delete it"))
            return _scalar(node)
        case _:
            raise AssertionError(node)


def _pairs(
    node: yaml.MappingNode, path: Path, name: str, lines: dict[Path, int], problems: list[Problem]
) -> Iterator[tuple[str, Any]]:
    first_line: dict[str, int] = {}
    for key_node, value_node in node.value:
        line = _line(key_node)
        if not isinstance(key_node, yaml.ScalarNode):
            problems.append(Problem("yaml-key", "a key must be a word", Location(name, line)))
            continue
        key = key_node.value
        if key in first_line:
            problems.append(
                Problem(
                    "duplicate-key",
                    f"'{key}' stands twice; it stood first on line {first_line[key]}",
                    Location(name, line),
                    hint="keep one of the two, or give one another name",
                )
            )
            continue
        first_line[key] = line
        lines[(*path, key)] = line
        yield key, _build(value_node, (*path, key), name, lines, problems)


_CONSTRUCTORS = {
    "tag:yaml.org,2002:int": yaml.constructor.SafeConstructor.construct_yaml_int,
    "tag:yaml.org,2002:float": yaml.constructor.SafeConstructor.construct_yaml_float,
    "tag:yaml.org,2002:bool": yaml.constructor.SafeConstructor.construct_yaml_bool,
    "tag:yaml.org,2002:null": yaml.constructor.SafeConstructor.construct_yaml_null,
    "tag:yaml.org,2002:timestamp": yaml.constructor.SafeConstructor.construct_yaml_timestamp,
}


_WHOLE_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9_]*)")


def _scalar(node: yaml.ScalarNode) -> str | int | float | bool | datetime.date | None:
    """A scalar's value; one that looks like a date or number but is none stays text, for the schema to judge.

    So does a number that YAML 1.1 would read as another: 010 as eight, 1:30 as ninety. So does a word that it would
    read as true or false: NO is Norway.
    """
    construct = _CONSTRUCTORS.get(node.tag)
    odd = node.tag == "tag:yaml.org,2002:int" and not _WHOLE_NUMBER.fullmatch(node.value)
    odd = odd or (node.tag == "tag:yaml.org,2002:bool" and node.value.lower() not in {"true", "false"})
    if construct is None or odd or (node.tag == "tag:yaml.org,2002:float" and ":" in node.value):
        return str(node.value)
    try:
        value: str | int | float | bool | datetime.date | None = construct(yaml.constructor.SafeConstructor(), node)
    except (ValueError, OverflowError):
        return str(node.value)
    return value
