from __future__ import annotations

import pytest

from handouts.model.artifacts import Pdf
from handouts.verify import printed
from tests.typeset.pages import made, page, plain, words

WIDE = "p { width: 9em; margin: 0 }"
TEXT = "담당 의료진에게 빨리 전화하세요. 감염은 심각해질 수 있습니다."


def lines(data: bytes) -> list[str]:
    return [line.text.strip() for line in printed(Pdf(data)).lines]


def test_korean_lines_end_between_words() -> None:
    """A word in two halves is hard to read for a tired reader, and no Korean book does it."""
    found = lines(made(page(f"<p>{TEXT}</p>", "ko", WIDE)))

    assert len(found) > 3
    assert " ".join(found).split() == TEXT.split()


@pytest.mark.xfail(strict=True, raises=AssertionError, reason="WeasyPrint knows no `word-break: keep-all`")
def test_the_engine_alone_breaks_them_so() -> None:
    """When this passes, upstream has mended it, and the patch goes."""
    assert " ".join(lines(plain(page(f"<p>{TEXT}</p>", "ko", WIDE)))).split() == TEXT.split()


def test_words_in_bold_and_after_it_are_whole_too() -> None:
    """What is stressed is what must be read at a glance."""
    found = lines(made(page("<p>정기적인 <b>치료로 감염을</b> 많이 막을 수 있습니다.</p>", "ko", WIDE)))

    assert " ".join(found).split() == ["정기적인", "치료로", "감염을", "많이", "막을", "수", "있습니다."]


def test_what_is_heard_stays_the_same() -> None:
    """A reader spells a word that was put together for the eye."""
    assert words(made(page(f"<p>{TEXT}</p>", "ko", WIDE))) == [TEXT]


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("의료진에게 전화하세요", "p { width: 3em; overflow-wrap: anywhere }"),
        ("가나다라마바사아자차카타파하거너더러", "p { width: 9em }"),  # longer than any word
    ],
)
def test_what_is_too_long_for_its_column_is_parted(text: str, style: str) -> None:
    """A word runs over the edge, and its end is lost."""
    sheet = printed(Pdf(made(page(f"<p>{text}</p>", "ko", style))))

    assert len(sheet.lines) > 1
    assert all(len(line.text.strip()) <= 9 for line in sheet.lines)


def test_other_languages_break_as_before() -> None:
    """Chinese and Japanese have no spaces, and would run over the edge."""
    assert len(lines(made(page("<p>日本語のテキストは長い文になります</p>", "ja", "p { width: 5em }")))) > 2
