"""One message and what to do: what a program can count for the CDC index and PEMAT-P. Nothing here is a pass.

Items are numbered as in the CDC Clear Communication Index (2019) and in PEMAT for printed materials (AHRQ, 2014).
What is looked for by words is looked for in English alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handouts.model.document import Bullets, Chances, FillIn, IconArray, Paragraph, Questions, Steps, Terms
from handouts.model.reading import FRONT_ROLES
from handouts.standards.passages import plain
from handouts.standards.sentences import sentences_of, words_of
from handouts.standards.verdict import Answer, counted, person, scored

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.model.document import Block, Section
    from handouts.standards.evidence import Evidence

IN_ENGLISH_ALONE = "counted in English alone; here a person looks"

_ACTION = re.compile(
    r"^(?:please )?(?:ask|bring|call|choose|get|give|have|keep|let|look|read|say|share|stay|take|talk|tell|treat|watch|"
    r"write)\b|\byou can (?:ask|say|also)\b",
    re.IGNORECASE,
)
_BE = r"(?:am|is|are|was|were|be|been|being|gets?|got)"
_PARTICIPLES = (
    "born brought built called caused chosen done drawn felt found given gone kept known left let lost made meant met "
    "paid passed put read said seen sent set shown sold taken taught thought told understood written"
)
_NOT_PASSIVE = "advanced alone blessed tired worried scared related used needed married interested swollen"
_PASSIVE = re.compile(
    rf"\b{_BE}(?:\s+(?:not|also|often|usually|still|now|then|only|called))*\s+"
    rf"(?!(?:{'|'.join(_NOT_PASSIVE.split())})\b)(?:[a-z]+ed|{'|'.join(_PARTICIPLES.split())})\b",
    re.IGNORECASE,
)
_NOT_KNOWN = re.compile(
    r"(?:nobody|no one|no test|doctors|we|it|they) (?:can(?:no|')?t?|do(?:es)?n[o']t|do not|is not|are not) "
    r"(?:\w+ ){0,2}(?:say|tell|know|clear|sure|agree)|not (?:yet )?clear|hard to tell|can(?:'|no)t (?:say|tell|show)|"
    r"studies do not agree|nobody (?:can say|knows)",
    re.IGNORECASE,
)
_YOU = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
_EXPLAINS = re.compile(
    r"\((?:[^)]+)\)|\bcalled\b|\b(?:is|are) (?:a|an|the|in)?\b|\bmeans?\b|, (?:a|an|the|another|or) "
)


def main_message(evidence: Evidence) -> Answer:
    """main-message: CDC 1, 2, 3; PEMAT 12. One, first on the page, in a box of its own, with words in bold."""
    boxes = [s for s in evidence.handout.sections if s.role == "main-message"]
    if not boxes:
        return scored("no section is marked as the main message")
    words = [plain(b.text) for b in boxes[0].blocks if isinstance(b, Paragraph)]
    bold = any(run.strong for b in boxes[0].blocks if isinstance(b, Paragraph) for run in b.text)
    first = evidence.handout.sections[0].role == "main-message"
    figure = (
        f"{counted(len(boxes), 'box')}, {'first' if first else 'not first'}, "
        f"{'with' if bold else 'without'} words in bold, "
        f"{counted(sum(len(sentences_of(text, evidence.primary)) for text in words), 'sentence')}"
    )
    return scored(figure, f"{boxes[0].key}: “{words[0]}”" if words else boxes[0].key)


def purpose(evidence: Evidence) -> Answer:
    """purpose: PEMAT 1. The front says whom the handout is for and what it covers."""
    said = plain(evidence.handout.summary)
    return scored(
        f"{counted(len(sentences_of(said, evidence.primary)), 'sentence')} under the title", f"summary: “{said}”"
    )


def summary_first(evidence: Evidence) -> Answer:
    """summary-first: CDC 10, PEMAT 11. What matters most stands on the first page, before everything else."""
    front = [s for s in evidence.handout.sections if s.role in FRONT_ROLES]
    listed = len(evidence.handout.sections) - len(front)
    return scored(
        f"{counted(len(front), 'box')} before the rest, then a list of {counted(listed, 'section')}", _headings(front)
    )


def call_to_action(evidence: Evidence) -> Answer:
    """call-to-action: CDC 5, 12, 14; PEMAT 20. Sentences that tell the reader what to do."""
    if evidence.primary != "en":
        return person(IN_ENGLISH_ALONE)
    found = [(key, said) for key, said in _sentences(evidence) if _ACTION.search(said)]
    return scored(f"{counted(len(found), 'sentence')} to act on", _told(found))


def active_voice(evidence: Evidence) -> Answer:
    """active-voice: CDC 6, PEMAT 5. Sentences with a form of be or get before a participle, by rule of thumb."""
    if evidence.primary != "en":
        return person(IN_ENGLISH_ALONE)
    said = list(_sentences(evidence))
    found = [(key, sentence) for key, sentence in said if _PASSIVE.search(sentence)]
    figure = f"{len(said) - len(found)} of {len(said)} sentences look active"
    return scored(figure, _told(sorted(found, key=lambda pair: -len(pair[1]))))


def lists(evidence: Evidence) -> Answer:
    """lists: CDC 8. How many lists, and the longest."""
    found = [(b.key, len(b.items)) for b in _blocks(evidence) if isinstance(b, (Bullets, Steps, Questions))]
    if not found:
        return scored("no lists")
    longest = max(found, key=lambda pair: pair[1])
    return scored(
        f"{counted(len(found), 'list')}, {counted(sum(n for _, n in found), 'item')}",
        f"longest: {longest[0]}, {longest[1]} items",
    )


def chunks(evidence: Evidence) -> Answer:
    """chunks: CDC 9, PEMAT 8, 9. Sections with a heading, and the longest of them."""
    sizes: dict[str, int] = {}
    sections = [s for s in evidence.handout.sections if s.role != "back"]
    for section in sections:
        keys = {block.key for block in section.blocks}
        texts = [p.text for p in evidence.passages if any(p.key == k or p.key.startswith(f"{k}.") for k in keys)]
        sizes[plain(section.heading)] = sum(len(words_of(text)) for text in texts)
    heading, words = max(sizes.items(), key=lambda pair: pair[1])
    mean = sum(sizes.values()) / len(sizes)
    return scored(f"{len(sizes)} sections of {mean:.0f} words on average", f"longest: “{heading}”, {words} words")


def known_and_unknown(evidence: Evidence) -> Answer:
    """known-and-unknown: CDC 11. Sentences that say what nobody can tell."""
    if evidence.primary != "en":
        return person(IN_ENGLISH_ALONE)
    found = [(key, said) for key, said in _sentences(evidence) if _NOT_KNOWN.search(said)]
    return scored(f"{counted(len(found), 'sentence')} on what nobody can tell", _told(found))


def numbers_with_words(evidence: Evidence) -> Answer:
    """numbers-with-words: CDC 15, 16, 20; PEMAT 6. Numbers in running text, and pictures that say them again."""
    found = [p for p in evidence.passages if any(c.isdigit() for c in p.text) and not p.aside]
    drawn = sum(isinstance(b, (Chances, IconArray)) for b in _blocks(evidence))
    look_at = max(found, key=lambda p: sum(c.isdigit() for c in p.text), default=None)
    told = f"{look_at.key}: “{look_at.text}”" if look_at else ""
    return scored(
        f"{counted(len(found), 'passage')} with numbers, {counted(drawn, 'picture')} with the same in words", told
    )


def no_sums(evidence: Evidence) -> Answer:
    """no-sums: CDC 17, PEMAT 7. Percentages, which a reader may have to turn into people."""
    found = [p for p in evidence.passages if any(c in p.text for c in "%٪％")]
    told = f"{found[0].key}: “{found[0].text}”" if found else ""
    return scored(f"{counted(len(found), 'passage')} with percentages", told)


def terms_explained(evidence: Evidence) -> Answer:
    """terms-explained: PEMAT 4. Explained words that are explained in the paragraph where they first stand, too."""
    terms = [plain(t.term) for b in _blocks(evidence) if isinstance(b, Terms) for t in b.items]
    if not terms:
        return scored("no words are explained at the end")
    if evidence.primary != "en":
        return person(f"{len(terms)} words are explained at the end; where each first stands, a person looks")
    late = []
    for term in terms:
        stem = re.escape(term.removesuffix("y"))
        form = re.compile(rf"\b{stem}(?:y|s|es|ies)?\b", re.IGNORECASE)
        first = next((p for p in evidence.passages if form.search(p.text)), None)
        if first is not None and not first.key.startswith("glossary.") and not _EXPLAINS.search(first.text):
            late.append(f"{term} ({first.key})")
    return scored(f"{len(terms) - len(late)} of {len(terms)} explained where they first stand", ", ".join(late))


def pictures(evidence: Evidence) -> Answer:
    """pictures: CDC 4; PEMAT 15, 16, 17. Pictures, each with a heading or lead-in and sentences that say the same."""
    found = [b for b in _blocks(evidence) if isinstance(b, (Chances, IconArray))]
    titled = sum(bool(b.heading if isinstance(b, Chances) else b.lead) for b in found)
    return scored(f"{counted(len(found), 'picture')}, {titled} with a title", ", ".join(b.key for b in found))


def tables(evidence: Evidence) -> Answer:
    """tables: PEMAT 19. Small tables, with a head for each column."""
    found = [b for b in _blocks(evidence) if isinstance(b, Chances)]
    rows = max((len(b.rows) for b in found), default=0)
    return scored(f"{counted(len(found), 'table')} of 2 columns, {counted(rows, 'row')} at most")


def speaks_to_you(evidence: Evidence) -> Answer:
    """speaks-to-you: PEMAT 21. How often the reader is spoken to."""
    if evidence.primary != "en":
        return person(IN_ENGLISH_ALONE)
    said = list(_sentences(evidence))
    found = sum(bool(_YOU.search(sentence)) for _, sentence in said)
    return scored(f"“you” or “your” in {found} of {len(said)} sentences")


def steps(evidence: Evidence) -> Answer:
    """steps: PEMAT 22. Actions broken into numbered steps."""
    found = [b for b in _blocks(evidence) if isinstance(b, Steps)]
    told = f"{found[0].key}: “{plain(found[0].lead)}”" if found else ""
    return scored(f"{counted(len(found), 'list')}, {counted(sum(len(b.items) for b in found), 'step')}", told)


def checklist(evidence: Evidence) -> Answer:
    """checklist: PEMAT 23. Something to fill in or to take along: numbers to write down, questions with room."""
    fields = sum(len(b.labels) for b in _blocks(evidence) if isinstance(b, FillIn))
    questions = sum(len(b.items) for b in _blocks(evidence) if isinstance(b, Questions))
    return scored(f"{counted(questions, 'question')} with room to write, {counted(fields, 'line')} to fill in")


def own_words(evidence: Evidence) -> Answer:
    """own-words: CDC 7, PEMAT 3. Whether these are the words that such families use."""
    del evidence
    return person("ask two or three readers which words stopped them")


def reasons(evidence: Evidence) -> Answer:
    """reasons: CDC 13. Whether each thing to do comes with its reason."""
    del evidence
    return person("read each thing to do: does it say why?")


def risks_and_benefits(evidence: Evidence) -> Answer:
    """risks-and-benefits: CDC 18, 19. Whether each treatment and test tells what may go wrong beside what may help."""
    del evidence
    return person("read each treatment and test: are both sides there?")


def nothing_distracts(evidence: Evidence) -> Answer:
    """nothing-distracts: PEMAT 2, 10, 18. Whether something could go, and whether one thing leads to the next."""
    del evidence
    return person("read it from the front: what could go, what comes too early?")


def _blocks(evidence: Evidence) -> Iterator[Block]:
    return (block for section in evidence.handout.sections for block in section.blocks)


def _sentences(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Every sentence of the sections, with its key; captions and what every handout ends with are left out."""
    body = (p for p in evidence.passages if not p.aside)
    return ((p.key, said) for p in body for said in sentences_of(p.text, evidence.primary))


def _told(found: list[tuple[str, str]]) -> str:
    return f"{found[0][0]}: “{found[0][1]}”" if found else ""


def _headings(sections: list[Section]) -> str:
    return ", ".join(f"“{plain(section.heading)}”" for section in sections)
