"""The square code (QR) of an address, as a drawing: for a phone's camera, with the empty edge that it needs."""

from __future__ import annotations

from dataclasses import dataclass

QUIET = 4
"""Empty modules on each side. ISO/IEC 18004."""
SMALLEST_MM = 25.0
"""The code itself, without its edge: what a phone held at a reader's distance finds."""
MODULE_MM = 0.7
"""The smallest square that an office printer prints clean."""


@dataclass(frozen=True, slots=True)
class SquareCode:
    """A drawing, and how wide it is printed with its empty edge."""

    svg: str
    width_mm: float


def square_code(address: str) -> SquareCode:
    """The code of `address`, black on white whatever the brand: so it is read on grey paper too."""
    import segno  # noqa: PLC0415  few handouts have a code

    code = segno.make_qr(address, error="m")
    modules, _ = code.symbol_size(border=0)
    side = modules + 2 * QUIET
    runs = "".join(
        f"M{column + QUIET} {row + QUIET}h1v1h-1z"
        for row, line in enumerate(code.matrix)
        for column, dark in enumerate(line)
        if dark
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}">'
        f'<rect width="{side}" height="{side}" fill="#ffffff"/><path d="{runs}" fill="#000000"/></svg>'
    )
    module_mm = max(SMALLEST_MM / modules, MODULE_MM)
    return SquareCode(svg, round(module_mm * side, 1))
