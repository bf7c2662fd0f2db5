"""Where each shared string stands on the page, for translators, and about how many characters fit there.

Room is counted for the narrowest sheet (a column of 166 mm) and Noto Sans, whose letters are on the average 0.55 em
wide and 0.58 em in bold; the sizes are those of templates/css/handout.css. It is a hint: longer text breaks its line.
"""

from __future__ import annotations

ROOM = {
    "title": 60,  # two lines of 28 pt bold
    "name": 50,  # the foot of the page: two thirds of a line of 11 pt
    "heading": 80,  # two lines of 19 pt bold
    "pair": 100,  # two lines of 15 pt bold
    "parent": 50,  # two lines of 12 pt in two fifths of the picture
    "child": 48,  # three lines of 12 pt in a quarter of the picture
}

_OF_LABEL: tuple[tuple[str, str, int | None], ...] = (
    ("audience.", "Small line above the title", 40),
    ("language.line", "First page, and the foot of each page, so that staff can file it", 50),
    ("page.of", "Foot of each page", 24),
    ("edition.id", "Foot of each page", 24),
    ("edition.", "First page", None),
    ("draft.notice", "Notice on the first page and at the head of each page", None),
    ("revised.notice", "Notice on the first page and at the head of each page", None),
    ("english.notice", "Notice on the first page and at the head of each page, in English handouts", None),
    ("covers.heading", "Heading over the list of the parts, on the first page", ROOM["heading"]),
    ("words.heading", "Heading of the list of words and their meanings", ROOM["heading"]),
    ("organisations.heading", "Heading over names and addresses", ROOM["heading"]),
    ("organisations.", "Under the name of an organization", None),
    ("sources.heading", "Heading of the list of sources, at the end", ROOM["heading"]),
    ("sources.of-section", "Small line at the end of a part", None),
    ("sources.", "List of sources, at the end", None),
    ("about.heading", "Heading near the end", ROOM["heading"]),
    ("about.", "Near the end, under “About this guide”", None),
    ("questions.room", "Over empty lines to write on", None),
    ("sheet.title", "Title of the sheet of questions", ROOM["title"]),
    ("sheet.", "Sheet of questions", None),
    ("chances.child", "Head of the first column of the table of chances", 80),
    ("chances.each", "Head of the second column of the table of chances", 40),
    ("array.alt", "In place of a row of shapes", None),
    ("brand.", "Part about the organization that gives the handout out", None),
    ("web.", "Web page", None),
    ("number.", "Within sentences, wherever there is such a number", None),
)


def place_of_label(key: str) -> tuple[str | None, int | None]:
    """Where the label stands, and its room in characters; None when nothing is known of it."""
    for prefix, place, room in _OF_LABEL:
        if key.startswith(prefix):
            return place, room
    return None, None
