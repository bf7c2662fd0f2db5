"""The lines of print of a finished PDF: where each stands, how large, in which colour, on what.

Here is the geometry that the listener's reader does without. It reads what our engine writes, and says None where a
file sets a colour in another way than plain RGB or grey.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pikepdf

from handouts.model.artifacts import Colour, Pdf, PrintedLine, PrintedPages
from handouts.verify.tag_reader import INLINE, MAX_TAGS
from handouts.verify.text_reader import MAX_INSTRUCTIONS, TextReader, TooLargeError, codes_in, resources_of

if TYPE_CHECKING:
    from collections.abc import Iterator

WHITE: Colour = (1.0, 1.0, 1.0)
BLACK: Colour = (0.0, 0.0, 0.0)
SAME_BASELINE_PT = 0.6
LEAST_SLANT = 0.05
FURNITURE = (-1, "")

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


def printed(pdf: Pdf) -> PrintedPages:
    """What is printed in `pdf`, which must be one that `verify` could read."""
    with pikepdf.open(io.BytesIO(pdf.data)) as opened:
        blocks = _blocks(opened)
        reader = TextReader()
        sheets: list[tuple[float, float]] = []
        lines: list[PrintedLine] = []
        for number, page in enumerate(opened.pages, 1):
            box = [float(side) for side in page.mediabox]
            sheets.append((box[2] - box[0], box[3] - box[1]))
            pieces = _Page(page, reader, box[3]).pieces()
            lines += _lines(number, pieces, blocks.get(page.obj.objgen, {}))
    return PrintedPages(tuple(sheets), tuple(lines))


def _blocks(pdf: pikepdf.Pdf) -> dict[Any, dict[int, tuple[int, str]]]:
    """By page and marked content id: the number of the block around it, in the order of the tags, and its role."""
    found: dict[Any, dict[int, tuple[int, str]]] = {}
    tree = pdf.Root.get("/StructTreeRoot", pikepdf.Dictionary())
    waiting: list[tuple[Any, Any, tuple[int, str]]] = [(tree.get("/K"), None, FURNITURE)]
    seen = 0
    while waiting:
        kid, page, block = waiting.pop()
        seen += 1
        if seen > MAX_TAGS:
            raise TooLargeError("its tags are more than any that are read")
        if isinstance(kid, pikepdf.Array):
            waiting += [(inner, page, block) for inner in reversed(list(kid))]
        elif isinstance(kid, pikepdf.Dictionary):
            page = kid.Pg.objgen if "/Pg" in kid else page
            role = str(kid.get("/S", ""))[1:]
            if kid.get("/Type") == "/MCR":
                found.setdefault(page, {})[int(kid.MCID)] = block
            elif role:
                waiting.append((kid.get("/K"), page, block if role in INLINE else (seen, role)))
        elif kid is not None:
            found.setdefault(page, {})[int(kid)] = block
    return found


@dataclass(frozen=True, slots=True)
class _State:
    """The graphics state, as far as it matters here."""

    matrix: Matrix = _IDENTITY
    colour: Colour | None = BLACK
    font: str = ""
    size: float = 0.0


@dataclass(frozen=True, slots=True)
class _Piece:
    """One string as it is shown."""

    mcid: int | None
    furniture: bool
    x: float
    y: float
    size: float
    text: str
    font: str
    slanted: bool
    colour: Colour | None
    behind: Colour | None


class _Page:
    """One pass through one page's instructions."""

    def __init__(self, page: pikepdf.Page, reader: TextReader, top: float) -> None:
        self.source = page.obj
        self.resources = resources_of(page.obj)
        self.reader = reader
        self.top = top
        self.state = _State()
        self.saved: list[_State] = []
        self.text_matrix: Matrix = _IDENTITY
        self.boxes: list[tuple[float, float, float, float, Colour]] = []
        self.path: list[tuple[float, float, float, float] | None] = []
        self.marks: list[tuple[str, int | None, str | None]] = []

    def pieces(self) -> Iterator[_Piece]:
        """Every string that the page shows, in the order of drawing."""
        for done, instruction in enumerate(pikepdf.parse_content_stream(self.source)):
            if done > MAX_INSTRUCTIONS:
                raise TooLargeError("a page holds more instructions than any that are read")
            operator, operands = str(instruction.operator), instruction.operands
            if operator in {"Tj", "'", '"', "TJ"}:
                yield from self._show(operands[-1])
            else:
                self._set(operator, operands)

    def _set(self, operator: str, operands: Any) -> None:  # noqa: ANN401
        """What an instruction changes for those after it."""
        if operator in {"q", "Q", "cm", "rg", "g", "k", "sc", "scn", "cs", "Tf"}:
            self._state(operator, operands)
        elif operator in {"BT", "Tm", "Td", "TD"}:
            self._move(operator, operands)
        elif operator in {"BMC", "BDC"}:
            self._mark(operands)
        elif operator == "EMC" and self.marks:
            self.marks.pop()
        elif operator == "re":
            self.path.append(self._corners(*(float(value) for value in operands)))
        elif operator in {"m", "l", "c", "v", "y"}:
            self.path.append(None)
        elif operator in {"f", "F", "f*", "B", "B*", "b", "b*"}:
            self._fill()
        elif operator in {"n", "S", "s"}:
            self.path.clear()

    def _state(self, operator: str, operands: Any) -> None:  # noqa: ANN401
        if operator == "q":
            self.saved.append(self.state)
        elif operator == "Q":
            self.state = self.saved.pop() if self.saved else self.state
        elif operator == "cm":
            self.state = replace(self.state, matrix=_times(_matrix(operands), self.state.matrix))
        elif operator == "rg":
            red, green, blue = (float(value) for value in operands)
            self.state = replace(self.state, colour=(red, green, blue))
        elif operator == "g":
            grey = float(operands[0])
            self.state = replace(self.state, colour=(grey, grey, grey))
        elif operator == "Tf":
            self.state = replace(self.state, font=str(operands[0]), size=float(operands[1]))
        else:
            self.state = replace(self.state, colour=None)

    def _move(self, operator: str, operands: Any) -> None:  # noqa: ANN401
        if operator == "BT":
            self.text_matrix = _IDENTITY
        elif operator == "Tm":
            self.text_matrix = _matrix(operands)
        else:
            x, y = (float(value) for value in operands)
            self.text_matrix = _times((1, 0, 0, 1, x, y), self.text_matrix)

    def _corners(self, x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
        xs, ys = zip(*(_point(self.state.matrix, a, b) for a in (x, x + width) for b in (y, y + height)), strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    def _fill(self) -> None:
        """One rectangle alone is a box; two make the frame of a border, which has nothing on it.

        A box that is filled with a pattern, such as lines to write on, lets what is under it show.
        """
        if len(self.path) == 1 and self.path[0] is not None and self.state.colour is not None:
            self.boxes.append((*self.path[0], self.state.colour))
        self.path.clear()

    def _mark(self, operands: Any) -> None:  # noqa: ANN401
        name, mcid, said = str(operands[0]), None, None
        if len(operands) > 1:
            details = operands[1]
            if isinstance(details, pikepdf.Name):
                details = self.resources.get("/Properties", {}).get(str(details), pikepdf.Dictionary())
            mcid = int(details.MCID) if "/MCID" in details else None
            said = str(details.ActualText) if "/ActualText" in details else None
        self.marks.append((name, mcid, said))

    def _show(self, operand: Any) -> Iterator[_Piece]:  # noqa: ANN401
        font = self.reader.font_of(self.resources, self.state.font)
        if font is None:
            return
        text = font.decode(codes_in(operand))
        spoken = next((i for i, (_, _, said) in enumerate(self.marks) if said is not None), None)
        if spoken is not None:  # the words of the mark stand for all that it shows; they are told once
            name, mcid, said = self.marks[spoken]
            text = said or ""
            self.marks[spoken] = (name, mcid, "")
        whole = _times(self.text_matrix, self.state.matrix)
        x, y = whole[4], whole[5]
        size = self.state.size * math.hypot(whole[2], whole[3])
        slant = abs(whole[0] * whole[2] + whole[1] * whole[3]) / max(
            math.hypot(*whole[:2]) * math.hypot(*whole[2:4]), 1e-9
        )
        named = any(style in font.name.lower() for style in ("italic", "oblique"))
        yield _Piece(
            mcid=next((mcid for _, mcid, _ in reversed(self.marks) if mcid is not None), None),
            furniture=any(name == "/Artifact" for name, _, _ in self.marks),
            x=x,
            y=self.top - y,
            size=size,
            text=text,
            font=font.name,
            slanted=named or slant > LEAST_SLANT,
            colour=self.state.colour,
            behind=self._behind(x, y),
        )

    def _behind(self, x: float, y: float) -> Colour | None:
        for left, bottom, right, top, colour in reversed(self.boxes):
            if left <= x <= right and bottom <= y <= top:
                return colour
        return WHITE


def _lines(page: int, pieces: Iterator[_Piece], blocks: dict[int, tuple[int, str]]) -> Iterator[PrintedLine]:
    """Pieces of one block on one baseline are one line; so are neighbours of the furniture."""
    gathered: list[tuple[tuple[int, str], list[_Piece]]] = []
    for piece in pieces:
        block = FURNITURE if piece.furniture or piece.mcid is None else blocks.get(piece.mcid, FURNITURE)
        if gathered:
            last, run = gathered[-1]
            if last == block and abs(run[-1].y - piece.y) < SAME_BASELINE_PT:
                run.append(piece)
                continue
        gathered.append((block, [piece]))
    for (number, role), run in gathered:
        text = "".join(piece.text for piece in run)
        if not text.strip():
            continue
        main = max(run, key=lambda piece: len(piece.text))
        yield PrintedLine(
            page=page,
            block=number,
            role=role,
            left_pt=min(piece.x for piece in run),
            baseline_pt=main.y,
            size_pt=main.size,
            text=text.strip(),
            font=main.font,
            slanted=any(piece.slanted for piece in run),
            colour=main.colour,
            behind=main.behind,
        )


def _matrix(operands: Any) -> Matrix:  # noqa: ANN401
    a, b, c, d, e, f = (float(value) for value in operands)
    return a, b, c, d, e, f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _point(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
