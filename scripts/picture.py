"""Draw the pictures of the documents: pages of handouts, side by side. Run it with `make picture`."""

from __future__ import annotations

import datetime
import io
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

from handouts import pipeline
from handouts.files import MARKER, shown, write_whole
from handouts.model.edition import Audience, Edition, Kind, Paper, Size
from handouts.model.reading import reading_order
from handouts.project import Project, opened

CONDITION = "x-linked-hyper-igm"
LANGUAGES = ("en", "ar")
PRINTED_ON = datetime.date(2026, 11, 21)  # fixed, so that a picture changes only when the page does
DOTS_PER_INCH = 60
GAP_PX = 8
GREY = (176, 176, 176)
PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"

CLINIC = """\
name = "Example Children's Clinic"
[contact]
phones = ["+1 555 010 0100"]
email = "team@example.org"
address = ["1 Example Street", "Example Town"]
hours = "Mon-Fri 9:00-17:00"
[colours]
accent = "#5b1e6e"
cool = "#f3eaf6"
[logo]
file = "logo.svg"
alt = "Logo of Example Children's Clinic"
[web_edition]
address = "https://example.org/guides/{condition}"
"""
ASSOCIATION = """\
name = "جمعية مثال للدعم"
language = "ar"
[contact]
phones = ["+971 4 555 0100"]
email = "info@jamiyya.example.org"
web = "www.jamiyya.example.org"
address = ["شارع المثال 12", "مدينة المثال"]
[colours]
accent = "#0b5b3c"
cool = "#e8f5ee"
[logo]
file = "logo.svg"
alt = "شعار جمعية مثال للدعم"
[web_edition]
address = "https://jamiyya.example.org/guide"
"""
BRANDS = {
    ("en", "clinic"): (CLINIC, '<path fill="#5b1e6e" d="M50 4 94 28V72L50 96 6 72V28ZM50 32a18 18 0 1 0 .1 0Z"/>'),
    ("ar", "association"): (
        ASSOCIATION,
        '<path fill="#0b5b3c" d="M50 92C10 62 4 40 20 22S46 18 50 34C54 18 64 6 80 22S90 62 50 92Z"/>',
    ),
}
"""Two organizations that do not exist, by the language in which they are shown: brand.toml, and what is in the logo."""


def page(made: pipeline.Made, number: int) -> Image.Image:
    """Page `number` of a handout, counted from 1."""
    command = ["pdftoppm", "-r", str(DOTS_PER_INCH), "-png", "-f", str(number), "-l", str(number), "-"]
    drawn = subprocess.run(command, input=made.data, stdout=subprocess.PIPE, check=True)  # noqa: S603  our own words
    return Image.open(io.BytesIO(drawn.stdout)).convert("RGB")


def made(project: Project, tag: str, **options: Any) -> pipeline.Made:  # noqa: ANN401  the fields of Edition
    """The family handout in the language `tag`, in the edition with these `options`."""
    edition = Edition(Audience.FAMILY, Paper.A4, PRINTED_ON, **options)
    return pipeline.make(project, CONDITION, tag, edition, draft=True)


def branded() -> list[Image.Image]:
    """Of each brand the first page, and the one that says how to reach it."""
    pages = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_whole(folder / MARKER, b"")
        for (tag, brand), (toml, shape) in BRANDS.items():
            svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{shape}</svg>'
            write_whole(folder / "brands" / brand / "brand.toml", toml.encode())
            write_whole(folder / "brands" / brand / "logo.svg", svg.encode())
            handout = made(opened(folder), tag, brand=brand)
            pages += [page(handout, 1), page(handout, page_of_contacts(handout))]
    return pages


EDITIONS = (
    {},
    {"size": Size.LARGE},
    {"second": "es"},
    {"kind": Kind.QUESTIONS},
)


def editions() -> list[Image.Image]:
    """The first page of each edition, in English."""
    return [page(made(Project(), "en", **options), 1) for options in EDITIONS]


def inside() -> list[Image.Image]:
    """The page with a family's picture: standard, large, in two languages; and a sheet of questions in Arabic."""
    pages = []
    for tag, options in (("en", {}), ("en", {"size": Size.LARGE}), ("ar", {"second": "en"})):
        handout = made(Project(), tag, **options)
        pages.append(page(handout, page_with(handout, "just as likely")))
    return [*pages, page(made(Project(), "ar", kind=Kind.QUESTIONS), 1)]


def page_of_contacts(handout: pipeline.Made) -> int:
    """The page on which the brand's email address stands."""
    (address,) = {
        run.value
        for key, line in reading_order(handout.handout)
        if key == "brand.contact"
        for run in line
        if "@" in run.value
    }
    return page_with(handout, address)


def page_with(handout: pipeline.Made, wanted: str) -> int:
    """The first page on which `wanted` stands."""
    number = 1
    while True:
        command = ["pdftotext", "-f", str(number), "-l", str(number), "-", "-"]
        words = subprocess.run(command, input=handout.data, stdout=subprocess.PIPE, check=True)  # noqa: S603  see above
        if wanted in words.stdout.decode():
            return number
        number += 1


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
    """Draw them, and say what was written."""
    pictures = {
        "two-pages.png": [page(made(Project(), tag), 1) for tag in LANGUAGES],
        "brands.png": branded(),
        "editions.png": editions(),
        "editions-inside.png": inside(),
    }
    for name, pages in pictures.items():
        sheet = side_by_side(pages).quantize(128)
        data = io.BytesIO()
        sheet.save(data, format="PNG", optimize=True)
        write_whole(PICTURES / name, data.getvalue())
        print(f"wrote {shown(PICTURES / name)}: {sheet.width} x {sheet.height} pixels")
    return 0


if __name__ == "__main__":
    sys.exit(main())
