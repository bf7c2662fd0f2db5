"""An SVG logo to a clean one. Nothing of the file is passed on: what it draws is understood, checked and written anew.

Shapes, groups, gradients, clips and copies are drawn. Whatever could act or reach out is refused with its line, and
so is what could not be drawn faithfully: text, pictures, masks, filters, patterns. An editor's own notes are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html import escape
from typing import TYPE_CHECKING

from handouts.brands.svg_values import (
    CHANGES,
    LENGTH,
    MAX_NUMBER,
    PROPERTIES,
    QUIET,
    READ,
    WrongValueError,
    numbers,
    written,
)
from handouts.brands.xml_reader import read_xml
from handouts.problems import HandoutsError, Location, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.brands.xml_reader import Node

MAX_BYTES = 500_000
MAX_PATH = 100_000
"""Characters of all the paths together."""
MAX_DRAWN = 5_000
"""Elements that are drawn when every copy and clip is followed."""
MAX_CHAIN = 100
"""Elements that stand in, or are drawn by, one another."""
MOST_TOLD = 20
"""Kinds of fault that are told of one file."""
MOST_QUOTED = 40
"""Characters of the file that are told."""

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XHTML = "http://www.w3.org/1999/xhtml"
XML = "http://www.w3.org/XML/1998/namespace"

SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
GRADIENTS = frozenset({"linearGradient", "radialGradient"})
KEPT = SHAPES | GRADIENTS | {"g", "defs", "clipPath", "stop", "use"}
ACTIVE = frozenset(
    {"script", "foreignObject", "a", "iframe", "audio", "video", "canvas", "handler", "listener", "animation"}
    | {"animate", "animateColor", "animateMotion", "animateTransform", "set", "discard", "cursor"}
)
WORDS = frozenset({"text", "tspan", "tref", "textPath", "altGlyph", "font", "font-face", "flowRoot"})
NOTES = frozenset({"title", "desc", "metadata"})

_AS_PNG = "or save the logo as a PNG"
_URL = re.compile(r"url\(\s*['\"]?#([^'\")]+)['\"]?\s*\)")
_RULE = re.compile(r"\s*(\.[\w-]+(?:\s*,\s*\.[\w-]+)*)\s*\{([^{}]*)\}\s*")
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}


# ------------------------------------------------------------------------------------------- the drawing


@dataclass(slots=True)
class Shape:
    """An element of the clean drawing."""

    name: str
    attributes: dict[str, str]
    line: int
    kids: list[Shape] = field(default_factory=list)

    def walk(self) -> Iterator[Shape]:
        """This element and all below it, in order."""
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def refers_to(self) -> Iterator[str]:
        """The ids that this element itself draws with."""
        for name, value in self.attributes.items():
            if name == "href":
                yield value[1:]
            elif value.startswith("url(#"):
                yield value[5:-1]

    def markup(self) -> str:
        """This element as it is written."""
        said = "".join(f' {name}="{escape(value)}"' for name, value in self.attributes.items())
        inside = "".join(kid.markup() for kid in self.kids)
        return f"<{self.name}{said}>{inside}</{self.name}>" if inside else f"<{self.name}{said}/>"


@dataclass(frozen=True, slots=True)
class CleanSvg:
    """A drawing that is safe to print: its markup, its size in its own units, and the colours of its shapes."""

    markup: str
    width: float
    height: float
    colours: frozenset[str]


def clean_svg(data: bytes, name: str) -> tuple[CleanSvg, tuple[Problem, ...]]:
    """The drawing in `data`, and warnings of what was left out; `name` is told in problems.

    Raises `HandoutsError` with everything for which the file is refused.
    """
    root = read_xml(data, name)
    if (root.space, root.name) != (SVG, "svg"):
        message = f"this is no SVG drawing: it begins with <{_quoted(root.name)}>"
        hint = f'an SVG begins with <svg xmlns="{SVG}">'
        raise HandoutsError(Problem("logo-syntax", message, Location(name, root.line), hint=hint))
    cleaner = _Cleaner(name)
    cleaner.learn_styles(root)
    cleaner.refuse_handlers(root)
    drawing = Shape("svg", cleaner.attributes(root), root.line, cleaner.kids(root))
    box = cleaner.box(root)
    if not cleaner.told:
        cleaner.check_references(drawing)
    if not cleaner.told and not any(shape.name in SHAPES for shape in drawing.walk()):
        hint = "look whether its layers are hidden or empty"
        cleaner.tell(Problem("logo-syntax", "nothing is drawn in it", cleaner.at(root.line), hint=hint))
    if cleaner.told:
        raise HandoutsError(*cleaner.problems())
    drawing.attributes = {
        "xmlns": SVG,
        "viewBox": " ".join(map(written, box)),
        "width": written(box[2]),
        "height": written(box[3]),
        **drawing.attributes,
    }
    colours = frozenset(_colours(drawing, "#000000"))
    return CleanSvg(drawing.markup(), box[2], box[3], colours), cleaner.notes()


class _Cleaner:
    """Goes through one file: keeps what is drawn, and tells what is wrong, each kind once."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.told: dict[tuple[str, str], list[Problem]] = {}
        self.left_out: dict[str, int] = {}
        self.classes: dict[str, dict[str, str]] = {}
        self.ids: dict[str, str] = {}
        self.path_length = 0

    def at(self, line: int) -> Location:
        return Location(self.name, line)

    def tell(self, problem: Problem) -> None:
        self.told.setdefault((problem.code, problem.message), []).append(problem)

    def problems(self) -> tuple[Problem, ...]:
        """One problem of each kind, at the place where it was met first."""
        kinds = list(self.told.values())[:MOST_TOLD]
        return tuple(
            replace(first, message=f"{first.message} ({len(more) + 1:,} times in all)") if more else first
            for first, *more in kinds
        )

    def notes(self) -> tuple[Problem, ...]:
        """What was left out, as one warning."""
        if not self.left_out:
            return ()
        names = sorted(self.left_out)
        more = f" and {len(names) - MOST_TOLD} more" if len(names) > MOST_TOLD else ""
        message = f"left out, because no page needs it: {', '.join(names[:MOST_TOLD])}{more}"
        where = self.at(min(self.left_out.values()))
        hint = "save it as plain SVG, and look whether it is still what you want printed"
        return (Problem("logo-cleaned", message, where, hint=hint, severity=Severity.WARNING),)

    # ------------------------------------------------------------------------------------------- elements

    def kids(self, node: Node) -> list[Shape]:
        """What is in `node`, cleaned."""
        return [kid for kid in map(self.shape, node.kids) if kid is not None]

    def shape(self, node: Node) -> Shape | None:
        """`node` cleaned, or None when it is left out."""
        if self.acts(node):
            return None
        if node.space != SVG or node.name in NOTES:
            self.left_out.setdefault(f"<{_quoted(node.name)}>", node.line)
            for inner in (below for kid in node.kids for below in kid.walk()):
                self.acts(inner)
            return None
        if node.name == "style" or self.is_lost_in_print(node):
            return None
        return Shape(node.name, self.attributes(node), node.line, self.kids(node))

    def acts(self, node: Node) -> bool:
        """Whether `node` could do something, even where it is left out; then it is told."""
        self.refuse_handlers(node)
        if node.space == XHTML or (node.space == SVG and node.name in ACTIVE):
            message = f"<{_quoted(node.name)}> can act or lead elsewhere; a logo is only drawn"
            self.tell(Problem("logo-unsafe", message, self.at(node.line), hint="delete it"))
            return True
        return False

    def refuse_handlers(self, node: Node) -> None:
        for (_, key), value in node.attributes:
            plain = "".join(value[:200].split()).lower()
            does = "runs a program" if key.lower().startswith("on") else ""
            if plain.startswith(("javascript:", "vbscript:", "data:text")):
                does = "holds a program"
            if does:
                message = f"the attribute '{_quoted(key)}' {does}"
                self.tell(Problem("logo-unsafe", message, self.at(node.line), hint="delete it"))

    def is_lost_in_print(self, node: Node) -> bool:
        """Whether `node` is something that we can't print as it looks; then it is told."""
        if node.name in KEPT:
            return False
        where, told = self.at(node.line), f"<{_quoted(node.name)}>"
        if node.name in WORDS:
            message = f"{told}: text would need a font that we do not have"
            hint = f"turn the text into outlines (Inkscape: Object to Path; Illustrator: Create Outlines), {_AS_PNG}"
            self.tell(Problem("logo-unsupported", message, where, hint=hint))
        elif node.name == "image" and any(k[1] == "href" and v.strip().startswith("data:") for k, v in node.attributes):
            message = f"{told}: the drawing holds a picture of points"
            self.tell(Problem("logo-unsupported", message, where, hint=f"trace it, {_AS_PNG}"))
        elif node.name == "image":
            hint = f"redraw it as shapes, {_AS_PNG}"
            self.tell(Problem("logo-unsafe", f"{told} {_LEADS_OUT}", where, hint=hint))
        else:
            message = f"{told} can't be printed as it looks"
            self.tell(Problem("logo-unsupported", message, where, hint=f"flatten the drawing, {_AS_PNG}"))
        return True

    # ------------------------------------------------------------------------------------------ attributes

    def attributes(self, node: Node) -> dict[str, str]:
        """The attributes that are kept, with those that its classes and its style set."""
        found: dict[str, str] = {}
        styled: dict[str, str] = {}
        style = ""
        for (space, key), value in node.attributes:
            match space, key:
                case _, "href" if space in {"", XLINK}:
                    found["href"] = value
                case "", "class":
                    styled |= {k: v for name in value.split() for k, v in self.classes.get(name, {}).items()}
                case "", "style":
                    style = value
                case "", _:
                    found[key] = value
                case _, _ if space not in {XML, XLINK}:
                    self.left_out.setdefault(f"{_quoted(key)}=", node.line)
                case _:
                    pass
        styled |= self.declarations(style, node.line)
        kept: dict[str, str] = {}
        for key, value in [*found.items(), *styled.items()]:
            clean = self.attribute(key, value.strip(), node)
            if clean is not None:
                kept[key] = clean
        return kept

    def attribute(self, key: str, value: str, node: Node) -> str | None:
        """The value as it is written anew, or None when it is left out."""
        address = _URL.match(value)
        if ("url(" in value.lower() and not address) or (key == "href" and not value.startswith("#")):
            message = f'{_quoted(key)}="{_quoted(value)}" {_LEADS_OUT}'
            self.tell(Problem("logo-unsafe", message, self.at(node.line), hint="delete it"))
        elif key in CHANGES:
            if value != CHANGES[key]:
                message, hint = f"{key} can't be printed as it looks", f"flatten the drawing, {_AS_PNG}"
                self.tell(Problem("logo-unsupported", message, self.at(node.line), hint=hint))
        elif key == "id":
            return self.renamed(value)
        elif key == "href":
            return f"#{self.renamed(value[1:])}" if node.name in {*GRADIENTS, "use"} else None
        elif address and key in {"fill", "stroke", "clip-path"}:
            return f"url(#{self.renamed(address[1])})"
        elif key in READ and value and not (node.name == "svg" and key in {"x", "y", "width", "height"}):
            return self.read(key, value, node.line)
        elif key not in READ and not QUIET.fullmatch(key):
            self.left_out.setdefault(f"{_quoted(key)}=", node.line)
        return None

    def renamed(self, name: str) -> str:
        """Our own id for an element that the file calls `name`."""
        return self.ids.setdefault(name, f"n{len(self.ids)}")

    def read(self, key: str, value: str, line: int) -> str | None:
        """The value of an attribute that is kept, unless it can't be understood."""
        if key in {"d", "points"}:
            self.path_length += len(value)
            if self.path_length > MAX_PATH:
                message = f"its paths are longer than {MAX_PATH:,} characters together"
                hint = f"simplify the paths, {_AS_PNG}"
                self.tell(Problem("logo-too-large", message, self.at(line), hint=hint))
                return None
        try:
            return READ[key](value)
        except WrongValueError as error:
            message = f'{key}="{_quoted(value)}" is not understood: {error}'
            hint = f"open the file in a drawing program and save it again as plain SVG, {_AS_PNG}"
            self.tell(Problem("logo-unsupported", message, self.at(line), hint=hint))
            return None

    # --------------------------------------------------------------------------------------------- styles

    def learn_styles(self, root: Node) -> None:
        """The rules of style sheets in the file, where they are as simple as drawing programs write them."""
        for node in root.walk():
            if (node.space, node.name) == (SVG, "style"):
                self.learn(_without_comments(node.text).strip(), node.line)

    def learn(self, sheet: str, line: int) -> None:
        hint = f"save it with presentation attributes in place of CSS, {_AS_PNG}"
        if "@" in sheet:
            message = "its style sheet asks for more than colours: fonts, or another file"
            self.tell(Problem("logo-unsafe", message, self.at(line), hint=hint))
            return
        end = 0
        while end < len(sheet):
            rule = _RULE.match(sheet, end)
            if rule is None:
                message = "its style sheet is richer than rules such as .a { fill: #1a2b3c }"
                self.tell(Problem("logo-unsupported", message, self.at(line), hint=hint))
                return
            said = self.declarations(rule[2], line)
            for name in re.findall(r"\.([\w-]+)", rule[1]):
                self.classes.setdefault(name, {}).update(said)
            end = rule.end()

    def declarations(self, text: str, line: int) -> dict[str, str]:
        """What a style sets, by property."""
        found: dict[str, str] = {}
        for said in _without_comments(text).split(";"):
            key, colon, value = (part.strip() for part in said.partition(":"))
            if "\\" in said or "@" in said or "expression" in said:
                message = f"the style '{_quoted(said)}' hides what it does"
                self.tell(Problem("logo-unsafe", message, self.at(line), hint="delete it"))
            elif "url(" in value.lower() and not _URL.match(value):
                message = f"the style '{_quoted(said)}' {_LEADS_OUT}"
                self.tell(Problem("logo-unsafe", message, self.at(line), hint="delete it"))
            elif colon and (key in PROPERTIES or key in CHANGES):
                found[key] = value.removesuffix("!important").strip()
            elif colon and not QUIET.fullmatch(key):
                self.left_out.setdefault(f"{_quoted(key)}:", line)
        return found

    # ------------------------------------------------------------------------------------------- the whole

    def box(self, root: Node) -> tuple[float, float, float, float]:
        """(left, top, width, height) of the drawing in its own units."""
        said = {key: value.strip() for (space, key), value in root.attributes if not space}
        try:
            if "viewBox" in said:
                found = numbers(said["viewBox"])
            else:
                sizes = [LENGTH.fullmatch(said.get(key, "")) for key in ("width", "height")]
                found = [0.0, 0.0, *(float(m[1]) * _PIXELS[m[2] or ""] for m in sizes if m and m[2] != "%")]
            left, top, width, height = found
        except ValueError:
            left = top = width = height = 0.0
        if 0 < width <= MAX_NUMBER and 0 < height <= MAX_NUMBER and max(abs(left), abs(top)) <= MAX_NUMBER:
            return left, top, width, height
        hint = 'write viewBox="0 0 WIDTH HEIGHT" into <svg>, or save it again as plain SVG'
        self.tell(Problem("logo-shape", "the drawing does not say how large it is", self.at(root.line), hint=hint))
        return 0, 0, 1, 1

    def check_references(self, drawing: Shape) -> None:
        """That every name leads somewhere, none leads to itself, and all that is drawn can be drawn.

        An id that nothing refers to, and the second of two that are the same, are left out.
        """
        named: dict[str, Shape] = {}
        for shape in drawing.walk():
            named.setdefault(shape.attributes.get("id", ""), shape)
        used = {name for shape in drawing.walk() for name in shape.refers_to()}
        for shape in drawing.walk():
            name = shape.attributes.get("id", "")
            if name not in used or named[name] is not shape:
                shape.attributes.pop("id", None)
        if self.drawn(drawing, named, {}, ()) > MAX_DRAWN:
            message = f"more than {MAX_DRAWN:,} elements are drawn when all copies are counted"
            hint = f"simplify it, {_AS_PNG}"
            self.tell(Problem("logo-too-large", message, self.at(drawing.line), hint=hint))

    def drawn(self, shape: Shape, named: dict[str, Shape], known: dict[int, int], inside: tuple[int, ...]) -> int:
        """How many elements are drawn for `shape`, its copies and clips included."""
        if id(shape) in inside or len(inside) > MAX_CHAIN:
            message = "an element draws itself again, or is a copy of a copy of very many copies"
            self.tell(Problem("logo-too-large", message, self.at(shape.line), hint="delete the copies"))
            return 0
        if id(shape) in known:
            return known[id(shape)]
        within = (*inside, id(shape))
        total = 1 + sum(self.drawn(kid, named, known, within) for kid in shape.kids)
        for name in shape.refers_to():
            if name in named:
                total += self.drawn(named[name], named, known, within)
            else:
                lost = next(said for said, ours in self.ids.items() if ours == name)
                message = f"nothing in the file is called '{_quoted(lost)}'"
                where = self.at(shape.line)
                self.tell(Problem("logo-unsupported", message, where, hint="delete what refers to it"))
        known[id(shape)] = total
        return total


_LEADS_OUT = "leads out of the file; a logo holds all that it needs"


def _quoted(text: str) -> str:
    """The beginning of words from the file, fit to be told."""
    seen = "".join(char if char.isprintable() else "\ufffd" for char in " ".join(text[:MOST_QUOTED].split()))
    return seen + ("…" if len(text) > MOST_QUOTED else "")


def _without_comments(css: str) -> str:
    before, *after = css.split("/*")
    return before + "".join(" " + part.partition("*/")[2] for part in after)


def _colours(shape: Shape, fill: str) -> Iterator[str]:
    """Each colour in which something is drawn; `fill` is what the elements around `shape` say."""
    fill = shape.attributes.get("fill", fill)
    painted = {shape.attributes.get("stroke", ""), shape.attributes.get("stop-color", "")}
    if shape.name in SHAPES:
        painted.add(fill)
    yield from (colour[:7] for colour in painted if colour.startswith("#"))
    for kid in shape.kids:
        if kid.name != "clipPath" and (shape.name != "defs" or kid.name in GRADIENTS):
            yield from _colours(kid, fill)
