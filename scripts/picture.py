"""Draw the picture of the README: the first pages of two handouts, side by side. Run it with `make picture`."""

from __future__ import annotations

import datetime
import io
import subprocess
import sys
from pathlib import Path

from PIL import Image

from handouts import pipeline
from handouts.files import shown, write_whole
from handouts.model.edition import Audience, Edition, Paper
from handouts.project import Project

CONDITION = "x-linked-hyper-igm"
LANGUAGES = ("en", "ar")
PRINTED_ON = datetime.date(2026, 11, 21)  # fixed, so that the picture changes only when the page does
DOTS_PER_INCH = 60
GAP_PX = 8
GREY = (176, 176, 176)
PICTURE = Path(__file__).resolve().parent.parent / "docs" / "pictures" / "two-pages.png"


def first_page(tag: str) -> Image.Image:
    """The first page of the family handout in the language `tag`."""
    edition = Edition(Audience.FAMILY, Paper.A4, PRINTED_ON)
    made = pipeline.make(Project(), CONDITION, tag, edition, draft=True)
    command = ["pdftoppm", "-r", str(DOTS_PER_INCH), "-png", "-f", "1", "-l", "1", "-"]
    drawn = subprocess.run(command, input=made.data, stdout=subprocess.PIPE, check=True)  # noqa: S603  our own words
    return Image.open(io.BytesIO(drawn.stdout)).convert("RGB")


def side_by_side(pages: list[Image.Image]) -> Image.Image:
    """The `pages` in a row, with a grey gap between and around them."""
    width = sum(page.width + GAP_PX for page in pages) + GAP_PX
    height = max(page.height for page in pages) + 2 * GAP_PX
    sheet = Image.new("RGB", (width, height), GREY)
    left = GAP_PX
    for page in pages:
        sheet.paste(page, (left, GAP_PX))
        left += page.width + GAP_PX
    return sheet


def main() -> int:
    """Draw it, and say what was written."""
    sheet = side_by_side([first_page(tag) for tag in LANGUAGES])
    data = io.BytesIO()
    sheet.save(data, format="PNG", optimize=True)
    write_whole(PICTURE, data.getvalue())
    print(f"wrote {shown(PICTURE)}: {sheet.width} x {sheet.height} pixels")
    return 0


if __name__ == "__main__":
    sys.exit(main())
