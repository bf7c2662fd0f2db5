from __future__ import annotations

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile, PngImagePlugin

from handouts.brands.png import MAX_POINTS, MAX_SIDE, CleanPng, clean_png
from handouts.problems import HandoutsError
from tests.brands.logos import chunk, header, of_points, png, saved


def refused(data: bytes) -> str:
    with pytest.raises(HandoutsError) as caught:
        clean_png(data, "logo.png")
    (problem,) = caught.value.problems
    assert str(problem.where) == "logo.png"
    assert problem.hint
    return problem.code


def tried(data: bytes) -> CleanPng | list[str]:
    """The clean picture, or the codes of the problems for which it is refused."""
    try:
        return clean_png(data, "logo.png")
    except HandoutsError as error:
        return [problem.code for problem in error.problems]


def chunks_of(data: bytes) -> list[bytes]:
    """The kinds of the chunks of a PNG. Source: PNG specification, 5.3."""
    kinds, at = [], 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kinds.append(data[at + 4 : at + 8])
        at += 12 + length
    return kinds


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_the_points_stay_and_all_else_is_left_out(mode: str) -> None:
    """The place where a photograph was taken, or the name of who drew the logo, goes out with every handout."""
    image = Image.linear_gradient("L").resize((40, 10)).convert(mode)
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "A. Person")
    notes.add_itxt("GPS", "48.2, 16.4")
    before = saved(image, pnginfo=notes, dpi=(300, 300), icc_profile=b"A. Person", exif=Image.Exif())

    clean = clean_png(before, "logo.png")

    with Image.open(io.BytesIO(clean.data)) as after:
        assert after.convert("RGBA").tobytes() == image.convert("RGBA").tobytes()
        assert after.info == {}
    assert b"Person" in before
    assert {*chunks_of(clean.data)} == {b"IHDR", b"IDAT", b"IEND"}
    assert (clean.width, clean.height) == (40, 10)


def test_a_logo_that_shows_through_keeps_doing_so() -> None:
    """A white box around the logo lies on the clinic's own tint."""
    with Image.open(io.BytesIO(clean_png(of_points(), "logo.png").data)) as after:
        assert after.convert("RGBA").getpixel((0, 0)) == (255, 255, 255, 0)


def test_the_same_logo_gives_the_same_bytes() -> None:
    """Two copies of one handout differ, and nobody knows which is the right one."""
    again = clean_png(of_points(), "logo.png").data

    assert again == clean_png(of_points(), "logo.png").data
    assert clean_png(again, "logo.png").data == again


@pytest.mark.parametrize(
    ("colour", "darkest"), [("#0b5b3c", "#0b5b3c"), ("#ffffff", "#ffffff"), ("#eeeeaa", "#eeeeaa")]
)
def test_the_darkest_colour_is_that_on_white_paper(colour: str, darkest: str) -> None:
    """A white logo for dark grounds is printed as nothing at all."""
    assert clean_png(of_points(colour=colour), "logo.png").darkest == darkest


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    """A file of a few kilobytes unfolds to gigabytes, and the machine stands still."""
    rows = zlib.compress(b"\0" * 30_000_000, 9)
    bomb = png(header(60_000, 60_000), chunk(b"IDAT", rows))

    assert len(bomb) < 50_000
    assert refused(bomb) == "logo-too-large"


@pytest.mark.parametrize("size", [(MAX_SIDE + 1, 1), (1, MAX_SIDE + 1), (2_001, 2_000), (2**31, 2**31)])
def test_too_many_points_are_refused(size: tuple[int, int]) -> None:
    """Every page waits for a photograph that nobody sees at that size."""
    assert size[0] * size[1] > MAX_POINTS or max(size) > MAX_SIDE
    assert refused(png(header(*size), chunk(b"IDAT", b""))) == "logo-too-large"


def test_a_second_size_is_refused() -> None:
    """The size that was checked is not the one that is unpacked."""
    assert refused(png(header(10, 10), header(3_000, 3_000), chunk(b"IDAT", zlib.compress(b"\0" * 9)))) == "logo-syntax"


@pytest.mark.parametrize("kind", [b"zTXt", b"iTXt", b"iCCP"])
def test_a_bomb_in_the_notes_does_not_go_off(kind: bytes) -> None:
    """The notes are unpacked too, and nobody asked how long they are."""
    packed = zlib.compress(b"a" * 50_000_000, 9)
    between = b"\0\0" if kind != b"iTXt" else b"\0\1\0\0\0"
    good = of_points(60, 20)
    data = good[:33] + chunk(kind, b"note" + between + packed) + good[33:]

    match tried(data):
        case CleanPng() as clean:
            assert b"note" not in clean.data
        case codes:
            assert codes == ["logo-syntax"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a" + b"\0" * 40,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>" * 2,
        of_points()[:200],
        of_points()[:-40],
        png(header(0, 5)),
        png(chunk(b"tEXt", b"a\0b"), header(5, 5)),
        png(header(5, 5), chunk(b"IDAT", b"not packed")),
        png(header(5, 5)),
        of_points().replace(b"IDAT", b"IDAX"),
    ],
)
@pytest.mark.parametrize("engine_loaded", [False, True])
def test_what_is_no_whole_png_is_told(monkeypatch: pytest.MonkeyPatch, data: bytes, engine_loaded: bool) -> None:  # noqa: FBT001  a parameter
    """A photograph called logo.png, or half a download, ends in a traceback. WeasyPrint has Pillow take half files."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", engine_loaded)

    assert refused(data) == "logo-syntax"


@settings(deadline=None, max_examples=200)
@given(st.integers(8, 400), st.binary(min_size=1, max_size=8))
def test_a_broken_file_ends_in_a_picture_or_in_a_problem(at: int, wrong: bytes) -> None:
    """One bit that a disk turned round ends the program."""
    good = of_points(60, 20)
    data = good[:at] + wrong + good[at + len(wrong) :]

    match tried(data):
        case CleanPng() as clean:
            assert {*chunks_of(clean.data)} == {b"IHDR", b"IDAT", b"IEND"}
        case codes:
            assert codes in (["logo-syntax"], ["logo-too-large"])
