"""Colour: contrast of what is printed, and nothing told by colour alone."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from handouts.model.document import Chances, IconArray
from handouts.standards.passages import plain
from handouts.standards.style import colours_in, contrast, luminance, written
from handouts.standards.tags import NO_PDF
from handouts.standards.verdict import Answer, judged, not_run

if TYPE_CHECKING:
    from handouts.model.artifacts import Colour
    from handouts.standards.evidence import Evidence

LEAST_TEXT = 7.0
LEAST_GRAPHICS = 3.0
WHITE: Colour = (1.0, 1.0, 1.0)
NO_STYLE = "the page's stylesheet was not handed in"
LIGHT = 0.5
_STATUS = re.compile(r"\.person\.(\w+)\.([\w-]+)")


def text_contrast(evidence: Evidence) -> Answer:
    """text-contrast: each line of print, measured in the PDF against the box or paper behind it, has 7:1."""
    if not evidence.papers:
        return not_run(NO_PDF)
    lowest: tuple[float, str] | None = None
    for paper in evidence.papers:
        for line in paper.printed.lines:
            if line.colour is None or line.behind is None:
                return not_run(f"the colour of “{line.text}” is set in a way that is not read")
            ratio = contrast(line.colour, line.behind)
            if lowest is None or ratio < lowest[0]:
                where = f"{paper.paper} page {line.page}, {written(line.colour)} on {written(line.behind)}"
                lowest = (ratio, f"{where}: “{line.text}”")
    if lowest is None:
        return not_run("nothing is printed")
    return judged(good=lowest[0] >= LEAST_TEXT, figure=f"lowest {lowest[0]:.1f}:1 (limit 7:1)", look_at=lowest[1])


def graphics_contrast(evidence: Evidence) -> Answer:
    """graphics-contrast: borders, rules and the lines and fills of drawings have 3:1 against paper and tints.

    White is paper. A tint behind text tells nothing by itself, as each box has a border and a heading too.
    """
    if not evidence.style:
        return not_run(NO_STYLE)
    found = evidence.style
    tints = {c for d in found if d.name in {"background", "background-color"} for c in colours_in(d.value)} | {WHITE}
    drawn: dict[Colour, str] = {}
    for d in found:
        if d.name.startswith(("border", "outline")):
            drawn |= dict.fromkeys(colours_in(d.value), f"{d.selector} {d.name}")
    for name, svg in evidence.drawings.items():
        drawn |= {c: name for c in colours_in(svg) if c != WHITE}
    if not drawn:
        return not_run("no colours of borders or drawings were found")
    ratio, colour, tint = min((contrast(c, t), c, t) for c in drawn for t in tints)
    figure = f"lowest {ratio:.1f}:1 (limit 3:1) of {len(drawn)} colours on {len(tints)} grounds"
    return judged(
        good=ratio >= LEAST_GRAPHICS, figure=figure, look_at=f"{drawn[colour]}: {written(colour)} on {written(tint)}"
    )


def not_colour_alone(evidence: Evidence) -> Answer:
    """not-colour-alone: pictures are told in words too, their shapes differ in grey, and links are underlined."""
    faults = []
    told = 0
    for section in evidence.handout.sections:
        for block in section.blocks:
            if isinstance(block, Chances):
                told += len(block.children)
                faults += [
                    f"{block.key}: a person without words"
                    for p in (*block.couple, *block.children)
                    if not plain(p.label)
                ]
            elif isinstance(block, IconArray):
                told += block.total
                faults += [f"{block.key}: a side without words" for side in block.sides if not plain(side)]
    if not evidence.style:
        return not_run(NO_STYLE)
    faults += _same_in_grey(evidence)
    links = [d for d in evidence.style if d.selector == "a" and d.name.startswith("text-decoration")]
    if not any("underline" in d.value for d in links):
        faults.append("links differ from text by colour alone")
    figure = f"{told} drawn shapes have words beside them; shapes differ in grey; links are underlined"
    return judged(good=not faults, figure="; ".join(faults[:3]) or figure, look_at=faults[0] if faults else "")


def _same_in_grey(evidence: Evidence) -> list[str]:
    """Pairs of drawings of one shape that look the same once each colour is only light or dark."""
    grey: dict[str, dict[str, str]] = {}
    for name, svg in evidence.drawings.items():
        match = _STATUS.search(name)
        if match:
            levelled = re.sub(r"#[0-9a-fA-F]{3,6}\b", lambda m: _level(m.group()), svg)
            grey.setdefault(match[1], {})[match[2]] = levelled
    alike = {"has-condition", "has-change"}  # no family picture holds both
    return [
        f"{shape}-{a} and {shape}-{b} look the same in grey"
        for shape, drawings in grey.items()
        for a, b in combinations(drawings, 2)
        if drawings[a] == drawings[b] and {a, b} != alike
    ]


def _level(colour: str) -> str:
    return "light" if luminance(colours_in(colour)[0]) > LIGHT else "dark"
