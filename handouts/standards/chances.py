"""Chances as people understand them: natural frequencies, both sides, one denominator, and one model for all of it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from handouts.inheritance import CHANGED
from handouts.model.condition import Percent, Ratio, SharedContent
from handouts.model.document import Chances, IconArray
from handouts.standards.passages import plain
from handouts.standards.verdict import Answer, Verdict, counted, judged, not_run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.model.document import Line
    from handouts.standards.evidence import Evidence

NO_CHANCES = "this edition prints no chances"
EACH_TIME = "chances.each-time"
SIDES = 2

_RELATIVE = re.compile(
    r"\b(?:twice|double|triple|half) (?:as|the) (?:likely|risk|chance)|\btimes (?:more|less|as) likely|"
    r"\b(?:increases?|doubles?|raises?) (?:the|your|a) (?:risk|chance)",
    re.IGNORECASE,
)
_PERCENT_SIGNS = "%٪％"


def natural_frequencies(evidence: Evidence) -> Answer:
    """natural-frequencies: chances are people out of people; no percentage and no relative risk stands for one.

    A percentage that measures something else, such as the activity of a clotting factor, is a fact of the kind
    `percent` and stands in no sentence about chances.
    """
    ratios = sum(isinstance(fact, Ratio) for fact in evidence.condition.content.facts.values())
    measured = sum(isinstance(fact, Percent) for fact in evidence.condition.content.facts.values())
    for p in evidence.passages:
        if evidence.primary == "en" and _RELATIVE.search(p.text):
            return judged(good=False, figure="a relative risk", look_at=f"{p.key}: “{p.text}”")
        if p.key.startswith("inheritance.") and any(sign in p.text for sign in _PERCENT_SIGNS):
            return judged(good=False, figure="a percentage for a chance", look_at=f"{p.key}: “{p.text}”")
    percent = [p for p in evidence.passages if any(sign in p.text for sign in _PERCENT_SIGNS)]
    look_at = f"a measure in percent: {percent[0].key}: “{percent[0].text}”" if percent else ""
    return judged(
        good=True, figure=f"{counted(ratios, 'ratio')}, {counted(measured, 'measure')} in percent", look_at=look_at
    )


def one_denominator(evidence: Evidence) -> Answer:
    """one-denominator: numbers that stand side by side count the same whole.

    The table and the sentences under one picture count its children; both sides of a row of shapes count its shapes.
    Sons alone, or daughters alone, are half the picture and are counted as such in sentences that say so.
    """
    wholes, faults = [], []
    for block in _drawn(evidence):
        if isinstance(block, Chances):
            whole = len(block.children)
            beside = [numbers_in(cell) for _, cell in block.rows] + [numbers_in(line) for line in block.overall]
        else:
            whole = block.total
            beside = [numbers_in(line) for line in block.sides]
        wholes.append(whole)
        faults += [
            f"{block.key}: {found} is not out of {whole}" for found in beside if not found or max(found) != whole
        ]
    if not wholes:
        return not_run(NO_CHANCES)
    told = ", ".join(f"out of {whole} in {count}" for whole, count in sorted(Counter(wholes).items()))
    return judged(good=not faults, figure=f"{counted(len(wholes), 'picture')}: {told}", look_at="; ".join(faults[:2]))


def both_frames(evidence: Evidence) -> Answer:
    """both-frames: each picture says how many have it and how many do not."""
    drawn = list(_drawn(evidence))
    if not drawn:
        return not_run(NO_CHANCES)
    faults = []
    for block in drawn:
        whole, lines = (
            (len(block.children), block.overall) if isinstance(block, Chances) else (block.total, block.sides)
        )
        counts = [count_in(line, whole) for line in lines if line]
        in_figures = [count for count in counts if count is not None]
        if len(counts) != SIDES or (len(in_figures) == SIDES and sum(in_figures) != whole):
            faults.append(f"{block.key}: {in_figures} of {whole}")
    return judged(
        good=not faults, figure=f"{counted(len(drawn), 'picture')}, with both sides", look_at="; ".join(faults)
    )


def one_model(evidence: Evidence) -> Answer:
    """one-model: the children drawn, the table and the sentence of each picture say the same."""
    chances = [block for block in _drawn(evidence) if isinstance(block, Chances)]
    if not chances:
        return not_run(NO_CHANCES)
    changed = CHANGED[evidence.condition.content.pattern]
    faults = []
    for block in chances:
        drawn = Counter((child.sex, child.status) for child in block.children)
        table = [count_in(cell, len(block.children)) for _, cell in block.rows]
        if len(table) != len(drawn) or any(
            n not in {None, count} for n, count in zip(table, drawn.values(), strict=True)
        ):
            faults.append(f"{block.key}: drawn {list(drawn.values())}, in the table {table}")
        having = sum(count for (_, status), count in drawn.items() if status == changed)
        said = count_in(block.overall[0], len(block.children)) if block.overall else None
        if said not in {None, having}:
            faults.append(f"{block.key}: {having} drawn, {said} said")
    return judged(
        good=not faults, figure=f"{counted(len(chances), 'picture')} held against the words", look_at="; ".join(faults)
    )


def each_pregnancy(evidence: Evidence) -> Answer:
    """each-pregnancy: the shared text stands with the chances, which says that they are the same in each pregnancy."""
    return _shared_text(evidence, "said with the chances")


def no_memory(evidence: Evidence) -> Answer:
    """no-memory: the same shared text says that chance has no memory."""
    return _shared_text(evidence, "said in the same text")


def _shared_text(evidence: Evidence, figure: str) -> Answer:
    sections = {s.key for s in evidence.handout.sections if any(isinstance(b, Chances) for b in s.blocks)}
    if not sections:
        return not_run(NO_CHANCES)
    for section in evidence.condition.content.sections:
        for block in section.blocks:
            if section.id in sections and isinstance(block, SharedContent) and block.text == EACH_TIME:
                said = next((p.text for p in evidence.passages if p.key == f"inheritance.{EACH_TIME}"), "")
                return Answer(Verdict.PASSED, figure, f"inheritance.{EACH_TIME}: “{said}”")
    return judged(good=False, figure=f"no block `shared: {EACH_TIME}` beside the pictures", look_at=", ".join(sections))


def _drawn(evidence: Evidence) -> Iterator[Chances | IconArray]:
    for section in evidence.handout.sections:
        for block in section.blocks:
            if isinstance(block, (Chances, IconArray)):
                yield block


def count_in(line: Line, whole: int) -> int | None:
    """What a line counts out of `whole`; None where it says the count in a word, as plurals of many languages do."""
    found = numbers_in(line)
    if whole in found:
        found.remove(whole)
    return found[0] if found else None


def numbers_in(line: Line) -> list[int]:
    """The whole numbers of a line, in the digits of any script; a point, comma or space may group them."""
    figures = "".join(str(unicodedata.digit(c)) if unicodedata.category(c) == "Nd" else c for c in plain(line))
    return [int(re.sub(r"\D", "", found)) for found in re.findall(r"\d+(?:[.,\u066c\u00a0\u202f]\d{3})*", figures)]
