"""XML from a stranger to plain nodes that remember their lines; hostile files are refused before they are built.

The parser's events are followed one by one. Refused: entities of the file's own (a few lines of them can unfold to
gigabytes, or read a file), instructions to load a style sheet, deep nesting and very many elements. A DOCTYPE that
only names the kind of file is passed over; nothing is ever fetched.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from handouts.problems import HandoutsError, Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH = 30
MAX_ELEMENTS = 2_000


@dataclass(slots=True)
class Node:
    """An element: its namespace and name, its attributes as ((namespace, name), value), and what is in it.

    `text` holds the words of style sheets alone.
    """

    space: str
    name: str
    attributes: tuple[tuple[tuple[str, str], str], ...]
    line: int
    kids: list[Node] = field(default_factory=list)
    text: str = ""

    def walk(self) -> Iterator[Node]:
        """This element and all below it, in order."""
        yield self
        for kid in self.kids:
            yield from kid.walk()


def read_xml(data: bytes, name: str) -> Node:
    """The root element of `data`; `name` is told in problems. Raises `HandoutsError`."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = Location(name, data[: error.start].count(b"\n") + 1)
        hint = "save the file as UTF-8"
        raise HandoutsError(Problem("not-utf-8", "this line is not UTF-8", where, hint=hint)) from None
    reader = _Reader(name)
    try:
        reader.parser.Parse(text.encode(), True)  # noqa: FBT003  expat's own "this is all of it"
    except expat.ExpatError as error:
        message = f"this is not XML: {expat.errors.messages[error.code]}"
        hint = "open the file in a drawing program and save it again as plain SVG"
        raise HandoutsError(Problem("logo-syntax", message, Location(name, error.lineno), hint=hint)) from None
    assert reader.root is not None, "expat refuses a file without an element"
    return reader.root


class _Reader:
    """Follows the events of one file."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.root: Node | None = None
        self.open: list[Node] = []
        self.count = 0
        self.parser = expat.ParserCreate("UTF-8", namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.SkippedEntityHandler = self.skipped
        self.parser.ProcessingInstructionHandler = self.instruction

    @property
    def here(self) -> Location:
        """The place that the parser has reached."""
        return Location(self.name, self.parser.CurrentLineNumber)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > MAX_ELEMENTS:
            message = f"the drawing has more than {MAX_ELEMENTS:,} elements"
            hint = "simplify it, or save it as PNG"
            raise HandoutsError(Problem("logo-too-large", message, self.here, hint=hint))
        if len(self.open) >= MAX_DEPTH:
            message = f"its elements are nested more than {MAX_DEPTH} deep"
            hint = "ungroup its parts, or save it as PNG"
            raise HandoutsError(Problem("logo-too-large", message, self.here, hint=hint))
        named = tuple((_name(key), value) for key, value in attributes.items())
        node = Node(*_name(name), named, self.parser.CurrentLineNumber)
        if self.open:
            self.open[-1].kids.append(node)
        else:
            self.root = node
        self.open.append(node)

    def end(self, _: str) -> None:
        self.open.pop()

    def characters(self, text: str) -> None:
        if self.open[-1].name == "style":  # other words are never drawn
            self.open[-1].text += text

    def doctype(self, _name: str, _system: str | None, _public: str | None, internal: int) -> None:
        if internal:
            hint = "save it as plain SVG, which needs no DOCTYPE"
            message = "its DOCTYPE declares things of its own"
            raise HandoutsError(Problem("logo-unsafe", message, self.here, hint=hint))

    def skipped(self, name: str, *_: object) -> None:
        message = f"the file uses an entity, '{name}'"
        raise HandoutsError(Problem("logo-unsafe", message, self.here, hint="save it as plain SVG"))

    def instruction(self, target: str, _: str) -> None:
        if target == "xml-stylesheet":
            message = "the file asks for a style sheet"
            raise HandoutsError(Problem("logo-unsafe", message, self.here, hint="delete this line"))


def _name(name: str) -> tuple[str, str]:
    """(namespace, local name); no namespace is an empty one."""
    space, _, local = name.rpartition(" ")
    return space, local
