"""Tone: the words that hurt, the words that promise, and those that comfort."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handouts.model.reading import reading_order
from handouts.model.tone import tone_faults
from handouts.standards.passages import plain
from handouts.standards.verdict import Answer, counted, judged, not_run, person, scored

if TYPE_CHECKING:
    from handouts.standards.evidence import Evidence

_CHANCE = re.compile(r"\bchances?\b", re.IGNORECASE)
_RISK = re.compile(r"\brisks?\b", re.IGNORECASE)
_BLAME = re.compile(r"\b(?:nobody|no one) is to blame\b|\b(?:nobody|no one)'s fault\b", re.IGNORECASE)
_CURE = re.compile(r"\bcure[sd]?\b", re.IGNORECASE)


def tone_words(evidence: Evidence) -> Answer:
    """tone-words: none of the words of tone.yaml in this language. Names and titles of sources stay as they are."""
    if evidence.tone is None:
        return not_run(f"tone.yaml lists no words for {evidence.spoken.english_name}")
    for key, line in reading_order(evidence.handout):
        if key.startswith(("sources.", "organisations.")):
            continue
        for fault in tone_faults(plain(line), evidence.tone):
            hint = f"say: {fault.entry.say}"
            return judged(good=False, figure=f"“{fault.found}”; {hint}", look_at=f"{key}: “{plain(line)}”")
    return judged(good=True, figure=f"none of {len(evidence.tone)} words to avoid")


def chance_beside_risk(evidence: Evidence) -> Answer:
    """chance-beside-risk: odds are called chances; risk is for harm."""
    if evidence.primary != "en":
        return person("are odds called by a word that does not frighten?")
    chances = sum(len(_CHANCE.findall(p.text)) for p in evidence.passages)
    risks = [(p.key, p.text) for p in evidence.passages if _RISK.search(p.text)]
    return scored(
        f"“chance” {counted(chances, 'time')}, “risk” in {counted(len(risks), 'passage')}",
        f"{risks[0][0]}: “{risks[0][1]}”" if risks else "",
    )


def nobody_to_blame(evidence: Evidence) -> Answer:
    """nobody-to-blame: the handout says so; where it is said in another language, a person sees."""
    if evidence.primary != "en":
        return person("does it say that nobody is to blame?")
    found = [p for p in evidence.passages if _BLAME.search(p.text)]
    return judged(
        good=bool(found),
        figure=f"said {counted(len(found), 'time')}",
        look_at=f"{found[0].key}: “{found[0].text}”" if found else "",
    )


def no_promise(evidence: Evidence) -> Answer:
    """no-promise: nothing promises a cure; a person reads each sentence that names one."""
    if evidence.primary != "en":
        return person("does anything promise a cure?")
    found = [p for p in evidence.passages if _CURE.search(p.text)]
    return person(
        f"{counted(len(found), 'passage')} on cures: is nothing promised?",
        f"{found[0].key}: “{found[0].text}”" if found else "",
    )
