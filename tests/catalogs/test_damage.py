"""Whatever happens to a file on its way, it is read or it is told, and what we write can be read back."""

from __future__ import annotations

import contextlib
import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.catalogs import (
    ApprovedString,
    CatalogFile,
    Record,
    digest_of,
    entries_of,
    merged_catalog,
    read_approvals,
    read_catalog,
    with_words,
    written_approvals,
    written_words,
)
from handouts.languages import language
from handouts.model.approval import Approval, SameMeaning, Stage
from handouts.model.message import Message
from handouts.problems import HandoutsError, Location
from tests.commands import SPANISH

SPOKEN = language("es")
DAY = datetime.date(2026, 11, 20)
HERE = Location("small.yaml", 1)
MESSAGES = (
    Message("small", "name", "Small condition", HERE),
    Message("small", "main.heading", "The main message, in other words", HERE),
    Message("small", "overall", "{count} child", HERE, "{count} children"),
)
WORDS = {"name": ApprovedString(("Small condition",), (("odds", "1 in 2"),), ("Afección pequeña",))}
RECORD = Record(
    "small",
    "es",
    "approvals.toml",
    (Approval(Stage.TRANSLATED, "Ana", DAY, digest_of(WORDS), (SameMeaning(("name",), "Ed", DAY),)),),
    {digest_of(WORDS): WORDS},
)

Damage = list[tuple[str, int, bytes]]

_BITS = [
    b'"', b"\\", b"\n", b"\r\n", b"\xff", b"\xef\xbb\xbf", b"\0", b"[", b"]", b"{", b"}", b"#", b"#~ ", b"#| ", b"=",
    b"#~| ", b'msgid "', b'msgctxt "x"\n', b'msgstr[7] "x"\n', b'msgid_plural "y"\n', b"nplurals=9", b"charset=x",
    b"#, fuzzy\n", b"\xe2\x80\xae", b"\xed\xa0\x80", b"<<<<<<< a\n", b"1e999", b"domain x\n",
]  # fmt: skip
DAMAGE = st.lists(
    st.tuples(st.sampled_from(["put", "cut", "end", "twice"]), st.integers(0, 5000), st.sampled_from(_BITS)),
    min_size=1,
    max_size=4,
)


def damaged(data: bytes, damage: Damage) -> bytes:
    """`data` after what editors, mails, merges and broken lines do to a file."""
    for what, place, bits in damage:
        at = place % (len(data) + 1)
        match what:
            case "put":
                data = data[:at] + bits + data[at:]
            case "cut":
                data = data[:at] + data[at + len(bits) * 7 :]
            case "end":
                data = data[:at]
            case _:
                data = data[:at] + data[at // 2 : at] + data[at:]
    return data


@settings(max_examples=300, deadline=None)
@given(DAMAGE)
def test_a_damaged_catalog_is_read_or_told_and_what_we_make_of_it_can_be_read(
    damage: Damage,
) -> None:
    """The one file that ends in a traceback is the one with a month of work in it."""
    with contextlib.suppress(HandoutsError):
        file = read_catalog(damaged(SPANISH.encode(), damage), "small.po", "small", SPOKEN)
        entries_of(file, {message.key: message for message in MESSAGES})
        text = merged_catalog("small", MESSAGES, SPOKEN, file, ("main.heading",))
        again = merged_catalog("small", MESSAGES, SPOKEN, _read(text), ())
        assert _read(again).catalog.num_plurals == 2


def _read(text: str) -> CatalogFile:
    try:
        return read_catalog(text.encode(), "again.po", "small", SPOKEN)
    except HandoutsError as error:
        raise AssertionError(str(error)) from error


@settings(max_examples=300, deadline=None)
@given(DAMAGE, DAMAGE)
def test_damaged_approvals_are_told_or_are_the_words_that_were_approved(toml: Damage, words: Damage) -> None:
    """A damaged record that still counts for other words would be a forged signature."""
    names = damaged(written_approvals([RECORD]).encode(), toml).decode(errors="replace")
    kept = damaged(written_words(RECORD).encode(), words).decode(errors="replace")
    for file in (names, written_approvals([RECORD])):
        with contextlib.suppress(HandoutsError):
            for record in read_approvals(file, "approvals.toml", "es").values():
                done = with_words(record, kept, "small.json")
                assert all(digest_of(done.words[approval.digest]) == approval.digest for approval in done.approvals)


def test_the_examples_of_this_file_are_sound() -> None:
    """Damage to what is broken already finds nothing."""
    assert damaged(b"abc", [("put", 1, b"x")]) == b"axbc"
    record = read_approvals(written_approvals([RECORD]), "f", "es")["small"]
    assert with_words(record, written_words(RECORD), "w").words == RECORD.words
    assert read_catalog(SPANISH.encode(), "small.po", "small", SPOKEN).domain == "small"
