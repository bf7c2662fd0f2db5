"""A real handout with something broken in it, a few hundred times: a report or a clear error, never anything else."""

from __future__ import annotations

import io
import random
import time
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from handouts.model.artifacts import Outcome, Pdf
from handouts.problems import HandoutsError
from handouts.verify import heard, verify
from tests.commands import made
from tests.typeset.pages import made as typeset_page
from tests.typeset.pages import page
from tests.verify.pdfs import saved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SECONDS = 5
"""What one file may take. Most take a twentieth of one."""

CODES = {"not-a-pdf", "pdf-encrypted", "pdf-too-large"}
BODY = (
    "<h1>One</h1><p>See <a href='https://example.org/'>a <b>bold</b> link</a>.</p><ul><li>one</li><li>two</li></ul>"
    "<table><tr><th>A</th></tr><tr><td>1</td></tr></table><p lang='hi'>सिर सही</p>"
)


def outcome(data: bytes) -> str:
    """How looking at a file ends: the report's outcome, or the code of the error. Anything else is a fault of ours."""
    begun = time.monotonic()
    try:
        report = verify(Pdf(data))
        heard(Pdf(data))
    except HandoutsError as error:
        found = error.problems[0].code
        assert found in CODES
    else:
        found = str(report.outcome)
    assert time.monotonic() - begun < SECONDS
    return found


@cache
def unpacked() -> bytes:
    """A handout without compression, so that a changed byte changes what is in it and not only its wrapping."""
    with pikepdf.open(io.BytesIO(made("en", "family").pdf)) as pdf:
        modes = pikepdf.ObjectStreamMode.disable, pikepdf.StreamDecodeLevel.generalized
        return saved(pdf, object_stream_mode=modes[0], compress_streams=False, stream_decode_level=modes[1])


def with_changed_bytes(data: bytes, seed: int) -> bytes:
    """`data` with a few bytes changed, taken out or put in."""
    chance = random.Random(seed)  # noqa: S311  the same faults each time; nothing secret
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(changed))
        match chance.randrange(6):
            case 0:
                del changed[at : at + chance.randrange(1, 60)]
            case 1:
                changed[at:at] = chance.randbytes(chance.randrange(1, 20))
            case _:
                changed[at] = chance.randrange(256)
    return bytes(changed)


@pytest.mark.parametrize("start", range(0, 200, 50))
def test_changed_bytes_never_end_in_anything_but_a_report_or_an_error(start: int) -> None:
    """A traceback tells a clinic nothing, and in a batch it takes the other thousand files with it."""
    ends = [outcome(with_changed_bytes(unpacked(), seed)) for seed in range(start, start + 50)]

    assert len(set(ends)) > 1


def junk(chance: random.Random, pdf: pikepdf.Pdf) -> Any:  # noqa: ANN401  pikepdf's own
    """Something that no program means to write there."""
    makers: list[Callable[[], Any]] = [
        lambda: -1,
        lambda: 10**12,
        lambda: Decimal("1e30"),
        lambda: True,
        lambda: Name.Foo,
        lambda: String("x"),
        lambda: String(b"\xfe\xff\xd8\x00"),
        lambda: Array([]),
        lambda: Array([1, Name.X, String("s"), Dictionary(), Array([])]),
        Dictionary,
        lambda: Dictionary(S=Name.P, K=3),
        lambda: pdf.Root,
        lambda: pdf.Root.get("/StructTreeRoot", 0),
        lambda: chance.choice(list(pdf.objects)),
        lambda: pdf.make_stream(b"q BT (a) Tj ET \xff"),
    ]
    return chance.choice(makers)()


def holders(thing: Any, depth: int = 0) -> Iterator[Any]:  # noqa: ANN401  pikepdf's own
    """The dictionaries and arrays in an object, itself among them."""
    if depth > 4 or not isinstance(thing, (Dictionary, Array, pikepdf.Stream)):
        return
    yield thing
    inside = list(thing) if isinstance(thing, Array) else [thing[key] for key in thing.keys()]  # noqa: SIM118  no dict
    for value in inside:
        if isinstance(value, (Dictionary, Array)) and not value.is_indirect:
            yield from holders(value, depth + 1)


def with_changed_objects(data: bytes, seed: int) -> bytes | None:
    """`data` with one to five entries replaced by junk; None when it can't even be saved."""
    chance = random.Random(seed)  # noqa: S311  the same faults each time; nothing secret
    with pikepdf.open(io.BytesIO(data)) as pdf:
        objects = [thing for thing in pdf.objects if isinstance(thing, (Dictionary, Array, pikepdf.Stream))]
        first = [pdf.Root, pdf.pages[0].obj, pdf.Root.StructTreeRoot, pdf.Root.StructTreeRoot.K[0]]
        for _ in range(chance.choice((1, 1, 2, 5))):
            thing = chance.choice(list(holders(chance.choice(objects if chance.random() < 0.7 else first))))
            if isinstance(thing, Array):
                if len(thing):
                    thing[chance.randrange(len(thing))] = junk(chance, pdf)
                continue
            key = chance.choice([*thing.keys(), "/K", "/ActualText", "/Pg", "/A", "/MCID"])
            if key == "/Length":
                continue
            if chance.random() < 0.2 and key in thing:
                del thing[key]
            else:
                thing[key] = junk(chance, pdf)
        try:
            return saved(pdf)
        except (pikepdf.PdfError, RuntimeError, ValueError, TypeError):
            return None


@pytest.mark.parametrize("start", range(0, 200, 50))
def test_changed_objects_never_end_in_anything_but_a_report_or_an_error(start: int) -> None:
    """A file that another program has been at is whole, and strange inside."""
    files = [with_changed_objects(typeset_page(page(BODY)), seed) for seed in range(start, start + 50)]
    ends = [outcome(data) for data in files if data is not None]

    assert len(ends) > 40
    assert len(set(ends)) > 1


def test_a_file_that_only_its_owner_may_change_is_read() -> None:
    """It opens without a password: a listener can read it, and so must we."""
    with pikepdf.open(io.BytesIO(typeset_page(page(BODY)))) as pdf:
        locked = saved(pdf, encryption=pikepdf.Encryption(owner="owner", user=""))

    assert heard(Pdf(locked)) == heard(Pdf(typeset_page(page(BODY))))


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.99, 0.999])
def test_the_rest_of_a_file_is_no_file(share: float) -> None:
    """A download that began in the middle, or ended there, is not a handout."""
    data = unpacked()
    cut = int(len(data) * share)

    assert outcome(data[:cut]) in {"not-a-pdf", "FAILED"}
    if cut:
        assert outcome(data[cut:]) in {"not-a-pdf", "FAILED"}


def test_the_whole_file_passes() -> None:
    """All the others would end as they should for a file that was broken from the start."""
    assert outcome(unpacked()) == Outcome.PASSED
    assert outcome(typeset_page(page(BODY))) == Outcome.PASSED
