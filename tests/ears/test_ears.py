"""The PDFs of 39 languages, held against what our own reader and other people's software make of them.

docs/fidelity.md has the whole matrix, beside other ways to make a PDF; `make ears` measures it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from handouts.model.reading import reading_order
from handouts.verify import heard
from handouts.verify.outline import normal
from tests.ears.conftest import HANDOUTS
from tests.ears.corpus import TAGS
from tests.ears.readers import READERS
from tests.ears.scores import letters, mended_at_pages, score, words

if TYPE_CHECKING:
    from handouts.model.artifacts import Pdf
    from handouts.model.edition import Audience
    from tests.conftest import Localized
    from tests.ears.conftest import Readings
    from tests.ears.corpus import Sample

# Readers that see no tags put a line's pieces in order by where they stand, and have to guess where a stretch that
# runs from left to right begins and ends in a line from right to left.
RIGHT_TO_LEFT = ("ar", "fa", "ur", "he")
OTHERS = tuple(tag for tag in TAGS if tag not in RIGHT_TO_LEFT)
BY_POSITION = ("PDFium", "poppler", "MuPDF")
# The share of letters that are out of place there, a little above what was measured; MuPDF reads the lines backwards.
MOST_OUT_OF_PLACE = {"PDFium": 0.075, "poppler": 0.0075}
# pdf.js without tags gives Lao SARA AM in two.
UNLIKE_IN_PDFJS = {"lo": 0.002}


def said(page: Sample) -> str:
    return "\n".join(page.texts)


def test_nobody_is_left_out() -> None:
    """A language that falls out of the list is never measured again."""
    assert (len(set(TAGS)), len(OTHERS)) == (39, 35)


@pytest.mark.parametrize("tag", TAGS)
def test_every_word_is_heard_through_the_tags(tag: str, samples: dict[str, Sample], pdfs: dict[str, Pdf]) -> None:
    """A garbled word in a screen reader is worse than no handout."""
    assert tuple(block.text for block in heard(pdfs[tag])) == tuple(normal(text) for text in samples[tag].texts)


@pytest.mark.parametrize("tag", TAGS)
def test_every_passage_is_heard_in_its_language(tag: str, samples: dict[str, Sample], pdfs: dict[str, Pdf]) -> None:
    """English words in a Hindi voice can't be understood, nor Hindi ones in an English voice."""
    wanted = [tuple((normal(text), language) for text, language in block) for block in samples[tag].blocks]

    assert [block.stretches for block in heard(pdfs[tag])] == wanted


@pytest.mark.parametrize("tag", TAGS)
def test_firefox_hears_every_word_in_tag_order(tag: str, samples: dict[str, Sample], readings: Readings) -> None:
    """Most people open a PDF in their browser. pdf.js sees one page at a time: a word that a page breaks is two."""
    text = readings["pdf.js tags"][tag]

    assert letters(text) == letters(said(samples[tag]))
    assert words(mended_at_pages(said(samples[tag]), text)) == words(said(samples[tag]))


@pytest.mark.parametrize(("tag", "audience"), HANDOUTS)
def test_firefox_hears_every_letter_of_the_shipped_handouts(
    tag: str, audience: Audience, handout: Localized, readings: Readings
) -> None:
    """These are the pages that families get: tables of chances, questions, sources and all."""
    wanted = "\n".join("".join(run.value for run in line) for _, line in reading_order(handout(tag, audience)))

    assert letters(readings["pdf.js tags"][f"{tag}.{audience}"]) == letters(wanted)


@pytest.mark.parametrize("tag", OTHERS)
@pytest.mark.parametrize("reader", BY_POSITION)
def test_every_letter_survives_where_no_tags_are_seen(
    reader: str, tag: str, samples: dict[str, Sample], readings: Readings
) -> None:
    """Search, copy, translation and read-aloud tools take the text from there, and many never look at tags."""
    assert letters(readings[reader][tag]) == letters(said(samples[tag]))


@pytest.mark.parametrize("tag", RIGHT_TO_LEFT)
@pytest.mark.parametrize("reader", BY_POSITION)
def test_no_letter_is_lost_from_right_to_left(
    reader: str, tag: str, samples: dict[str, Sample], readings: Readings
) -> None:
    """A moved name can still be found and asked about; a lost or changed letter can't."""
    assert Counter(letters(readings[reader][tag])) == Counter(letters(said(samples[tag])))


@pytest.mark.parametrize("tag", RIGHT_TO_LEFT)
@pytest.mark.parametrize("reader", MOST_OUT_OF_PLACE)
def test_few_letters_are_out_of_place_from_right_to_left(
    reader: str, tag: str, samples: dict[str, Sample], readings: Readings
) -> None:
    """Only left-to-right names and numbers may move; were whole lines backwards, nobody could search or copy them."""
    assert score(said(samples[tag]), readings[reader][tag]).error <= MOST_OUT_OF_PLACE[reader]


@pytest.mark.parametrize("tag", OTHERS)
def test_firefox_finds_the_letters_without_the_tags(tag: str, samples: dict[str, Sample], readings: Readings) -> None:
    """Firefox searches and copies the text as the page paints it, not as the tags say it."""
    assert score(said(samples[tag]), readings["pdf.js"][tag]).error <= UNLIKE_IN_PDFJS.get(tag, 0)


def test_all_readers_were_asked(readings: Readings) -> None:
    """A reader that is left out agrees with everything."""
    assert tuple(readings) == READERS
    assert all(len(texts) == len(TAGS) + len(HANDOUTS) for texts in readings.values())
