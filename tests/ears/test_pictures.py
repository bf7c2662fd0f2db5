"""What is done for the ear must not be seen: our pages look like those of WeasyPrint as it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ears import producers
from tests.ears.pictures import LOOKED_AT, apart

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ears.corpus import Sample

# Plain WeasyPrint cuts each kern to a whole thousandth of the size, always towards zero. Urdu has one at most
# glyphs, so that lines come out up to half a pixel longer than they were laid out; ours do not.
MOST_APART = {"ur": 0.2}
MOST_APART_ELSEWHERE = 0.03


@pytest.mark.parametrize("tag", LOOKED_AT)
def test_the_page_looks_as_it_was_laid_out(
    tag: str, samples: dict[str, Sample], paths: dict[str, Path], tmp_path: Path
) -> None:
    """A letter that stands beside its place is hard to read, most of all for those who read with effort."""
    plain = tmp_path / "plain.pdf"
    plain.write_bytes(producers.weasyprint(samples[tag]))

    assert apart(paths[tag], plain) <= MOST_APART.get(tag, MOST_APART_ELSEWHERE)
