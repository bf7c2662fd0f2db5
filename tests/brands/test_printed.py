"""A brand on the page: what is read, what is heard, and what a phone's camera finds."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pypdfium2  # type: ignore[import-untyped]  # it has no types
import pytest
import zxingcpp
from hypothesis import given, settings

from handouts import pipeline
from handouts.brands import build_brand
from handouts.brands.svg import clean_svg
from handouts.content import build_condition
from handouts.localize import localize
from handouts.localize.inline import plain
from handouts.model.artifacts import Html, Pdf
from handouts.model.document import WebCode
from handouts.model.edition import Audience, Edition, Format, Kind, Paper, Size
from handouts.model.message import Translations
from handouts.model.reading import in_words_alone, reading_order
from handouts.problems import HandoutsError
from handouts.project import Project, opened
from handouts.render import render
from handouts.render.square_code import square_code
from handouts.typeset import typeset
from handouts.verify import heard
from tests.brands import logos
from tests.brands.organisations import ASSOCIATION, BRANDS, CLINIC, with_brands
from tests.brands.test_load import FILES, TEXT
from tests.brands.test_svg import FIGMA, ILLUSTRATOR, INKSCAPE, drawings, problems_of
from tests.commands import CHECKOUT, CONDITION, SHIPPED, lay
from tests.conftest import DAY, SMALL, changed

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image

    from handouts.model.brand import Brand
    from handouts.model.condition import Library
    from handouts.model.document import LocalizedHandout, Text


def brand_of(text: str, name: str = CLINIC) -> Brand:
    return build_brand(name, "brand.toml", text, lambda file, _: (file, FILES[file]))[0]


@cache
def tree(tag: str, name: str | None) -> LocalizedHandout:
    """The shipped family handout as a brand gives it out, or nobody."""
    project = Project()
    condition, _ = project.condition(SHIPPED)
    brand = brand_of(BRANDS[name], name) if name is not None else None
    return localize(
        condition, project.translations(condition, tag)[0], Edition(Audience.FAMILY, Paper.A4, DAY), brand=brand
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with both brands."""
    return with_brands(tmp_path_factory.mktemp("ours"))


@cache
def made(
    folder: Path,
    tag: str,
    name: str | None,
    kind: Format = Format.PDF,
    size: Size = Size.STANDARD,
    second: str | None = None,
) -> pipeline.Made:
    """The shipped family handout as a finished file, given out by a brand of the project."""
    edition = Edition(Audience.FAMILY, Paper.A4, DAY, size=size, second=second, brand=name)
    return pipeline.make(opened(folder), SHIPPED, tag, edition, kind, draft=True)


def lines(handout: LocalizedHandout, key: str) -> list[str]:
    """The words of each line whose key begins with `key`."""
    return [plain(line) for found, line in reading_order(handout) if found.startswith(key)]


def runs(handout: LocalizedHandout) -> list[Text]:
    return [run for key, line in reading_order(handout) if key.startswith("brand") for run in line]


# ------------------------------------------------------------------------------------------------ the words


def test_who_gives_it_out_and_how_to_reach_them_is_said() -> None:
    """A family that was sent home with a guide has nobody to call."""
    assert lines(tree("en", CLINIC), "brand") == [
        "Logo of Example Children's Clinic",
        "Given to you by Example Children's Clinic",
        "How to reach us",
        "Example Children's Clinic",
        "Phone: +1 555 010 0100",
        "Phone: 555-0199",
        "Email: team@example.org",
        "Web: www.example.org",
        "Address: 1 Example Street",
        "Example Town",
        "Open: Mon-Fri 9:00-17:00",
        "Square code for a phone’s camera. It leads to the web address written beside it.",
        "This guide on the web: example.org/guides/x-linked-hyper-igm/en?for=family",
    ]


@pytest.mark.parametrize("tag", ["en", "ar"])
@pytest.mark.parametrize("name", [CLINIC, ASSOCIATION])
def test_a_brand_changes_no_word_that_was_checked(tag: str, name: str) -> None:
    """An organization's own words stand between those that a clinician read, and take their place."""
    plainly, given = reading_order(tree(tag, None)), reading_order(tree(tag, name))

    reach_us = tree(tag, name).sections[[s.key for s in tree(tag, name).sections].index("brand")].heading
    without = [(key, line) for key, line in given if not key.startswith("brand") and line != reach_us]
    assert without == list(plainly)


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_the_edition_id_is_that_of_the_checked_words(tag: str) -> None:
    """Two clinics with one text have two ids, and nobody can tell that it is one text."""
    ids = {tree(tag, name).edition for name in (None, CLINIC, ASSOCIATION)}

    assert len(ids) == 1


def test_words_are_said_in_the_reader_s_language_where_the_brand_has_them() -> None:
    """Somebody who reads English is given an Arabic name that they can't say on the telephone."""
    english, arabic = tree("en", ASSOCIATION), tree("ar", ASSOCIATION)

    assert lines(english, "brand.from") == ["Given to you by Example Support Association"]
    assert {run.language for run in runs(english) if "شارع" in run.value} == {"ar"}
    assert {run.direction for run in runs(english) if "شارع" in run.value} == {"rtl"}
    assert "جمعية مثال للدعم" in lines(arabic, "brand.from")[0]
    assert {run.language for run in runs(tree("ar", CLINIC)) if "Example Street" in run.value} == {"en"}


def test_an_address_is_said_in_the_reader_s_language_where_the_brand_has_it() -> None:
    """A visitor looks for a street by a name that stands on no sign."""
    text = changed(TEXT, "[in.es]", '[in.es]\naddress = ["Calle Ejemplo 1", "Ciudad Ejemplo"]')
    project = Project()
    condition, _ = project.condition(SHIPPED)
    edition = Edition(Audience.FAMILY, Paper.A4, DAY)

    spanish = localize(condition, project.translations(condition, "es")[0], edition, brand=brand_of(text))

    assert {run.language for run in runs(spanish) if "Calle Ejemplo" in run.value} == {"es"}
    assert [words for words in lines(spanish, "brand.contact") if "Example Street" in words] == []


def test_numbers_and_addresses_run_from_left_to_right_in_arabic() -> None:
    """The phone number is printed from its end."""
    for value in ("+971 4 555 0100", "info@jamiyya.example.org", "https://jamiyya.example.org", "9:00-17:00"):
        assert {run.direction for run in runs(tree("ar", ASSOCIATION)) if value in run.value} == {"ltr"}, value


def test_addresses_are_links() -> None:
    """On a phone, the address is typed letter by letter."""
    links = {run.value: run.link for run in runs(tree("ar", CLINIC)) if run.link}

    assert links == {
        "team@example.org": "mailto:team@example.org",
        "www.example.org": "https://www.example.org",
        "example.org/guides/x-linked-hyper-igm/ar?for=family": (
            "https://example.org/guides/x-linked-hyper-igm/ar?for=family"
        ),
    }


def test_a_brand_of_one_name_has_no_section() -> None:
    """A heading with nothing under it is a door to nowhere."""
    project = Project()
    condition, _ = project.condition(SHIPPED)
    edition = Edition(Audience.FAMILY, Paper.A4, DAY)

    handout = localize(condition, project.translations(condition, "en")[0], edition, brand=brand_of('name = "A group"'))

    assert lines(handout, "brand") == ["Given to you by A group"]
    assert "How to reach us" not in lines(handout, "covers")


def test_what_must_never_be_printed_is_refused_in_a_brand_too(library: Library) -> None:
    """The name of a drug that a source lists by mistake comes back as the name of a clinic."""
    condition, _ = build_condition("small.yaml", SMALL, library, "small")
    brand = brand_of(changed(TEXT, 'name = "Example Children\'s Clinic"', 'name = "The Wrongdrug Clinic"'))

    with pytest.raises(HandoutsError) as caught:
        localize(condition, Translations("en", {}, {}), Edition(Audience.FAMILY, Paper.A4, DAY), brand=brand)

    assert {problem.code for problem in caught.value.problems} == {"never-printed"}


def test_a_section_can_not_take_the_place_of_the_brand_s(tmp_path: Path) -> None:
    """The clinic's own number is printed under a heading of the condition's."""
    project = opened(
        lay(tmp_path, {"conditions/small-condition.yaml": changed(CONDITION, "- id: main", "- id: brand")})
    )

    with pytest.raises(HandoutsError) as caught:
        project.condition("small-condition")

    assert [problem.code for problem in caught.value.problems] == ["duplicate-id"]


# ---------------------------------------------------------------------------------------------- the markup


def test_words_of_a_brand_are_words_whatever_they_look_like() -> None:
    """An organization's name closes the page, or opens a program in the clinic's browser."""
    words = """&amp; "quotes" 'x' {{ 7 * 7 }} {name} **bold** /* */ ]]> --> %s \\0"""
    toml = words.replace("\\", "\\\\").replace('"', '\\"')
    # the door refuses < and >; the page must hold without it
    brand = brand_of(f'name = "{toml.replace("]]> -->", "")}"')
    content = brand.content.model_copy(update={"name": words})
    project = Project()
    condition, _ = project.condition(SHIPPED)
    handout = localize(
        condition,
        project.translations(condition, "en")[0],
        Edition(Audience.FAMILY, Paper.A4, DAY),
        brand=replace(brand, content=content),
    )

    markup = render(handout, project.templates(), Paper.A4).markup
    pdf = typeset(Html(markup), CHECKOUT / "fonts", "page").pdf

    assert f"Given to you by {words}" in [block.text for block in heard(Pdf(pdf.data))]


def test_the_colours_of_the_brand_are_those_of_the_page() -> None:
    """A leaflet in the colours of another house."""
    markup = render(tree("en", CLINIC), Project().templates(), Paper.A4).markup
    drawings = [
        base64.b64decode(data).decode() for data in re.findall(r"image/svg\+xml;base64,([A-Za-z0-9+/=]+)", markup)
    ]

    assert "--ink-title: #5b1e6e; --ink-accent: #5b1e6e; --tint-cool: #f3eaf6; --tint-warm: #fff6e0;" in markup
    assert len(drawings) > 10
    assert [drawing for drawing in drawings if "#14304d" in drawing or "#14507d" in drawing] == []
    assert any("#8a2a0b" in drawing for drawing in drawings)  # the sign of "When to get help" stays as it is


def test_a_brand_brings_no_file_of_its_own_to_the_page(tmp_path: Path) -> None:
    """A style sheet beside the logo hides the line that says that nobody checked the text."""
    lay(
        tmp_path,
        {
            "brands/clinic/brand.toml": 'name = "A clinic"',
            "brands/clinic/templates/handout.html.jinja": "no",
            "brands/clinic/css/handout.css": ".notice { display: none }",
            "brands/clinic/style.css": ".notice { display: none }",
        },
    )
    edition = Edition(Audience.FAMILY, Paper.A4, DAY, brand=CLINIC)

    project = opened(tmp_path)
    handout, _ = pipeline.worded(project, SHIPPED, "en", edition, draft=True)

    assert project.templates() == Project().templates()
    assert handout.notices == tree("en", None).notices


# ------------------------------------------------------------------------------------------------- the page


@pytest.mark.parametrize("tag", ["en", "ar"])
@pytest.mark.parametrize("name", [CLINIC, ASSOCIATION])
def test_the_pdf_is_heard_as_it_was_meant(folder: Path, tag: str, name: str) -> None:
    """The blind father hears "graphic" where the clinic's name is, or hears Arabic spelt by an English voice."""
    report = made(folder, tag, name).report

    assert {f.check: f.outcome.value for f in report.findings if f.check != "verapdf"} == dict.fromkeys(
        [
            *("pdf-ua-1", "words-heard", "languages-heard", "document", "headings", "tables", "figures", "links"),
            *("artifacts", "fonts"),
        ],
        "PASSED",
    )


def test_the_logo_is_heard_first_and_in_its_own_language(folder: Path) -> None:
    """The alternative of a picture has a language too."""
    first, second = heard(Pdf(made(folder, "ar", CLINIC).data))[:2]

    assert (first.role, first.stretches) == ("Figure", (("Logo of Example Children's Clinic", "en"),))
    assert "Example Children's Clinic" in second.text


@pytest.mark.parametrize(
    ("kind", "size"), [(Format.HTML, Size.STANDARD), (Format.TXT, Size.STANDARD), (Format.PDF, Size.LARGE)]
)
@pytest.mark.parametrize("name", [CLINIC, ASSOCIATION])
def test_every_edition_says_who_gives_it_out(folder: Path, kind: Format, size: Size, name: str) -> None:
    """The people who need another edition are those who have to call most."""
    one = made(folder, "ar", name, kind, size)

    assert one.report.outcome == "PASSED"
    assert lines(one.handout, "brand.from") == lines(tree("ar", name), "brand.from")


@pytest.mark.parametrize("kind", Format)
def test_a_copy_for_staff_too_says_both_how_to_reach_them(folder: Path, kind: Format) -> None:
    """The nurse can't read the number out, because it stands in the family's language alone."""
    both = made(folder, "ar", ASSOCIATION, kind, second="en")
    said = [plain(line) for key, line in reading_order(both.handout) if key == "brand.contact"]
    codes = [block for section in both.handout.sections for block in section.blocks if isinstance(block, WebCode)]

    assert both.report.outcome == "PASSED"
    assert len([words for words in said if "+971 4 555 0100" in words]) == 2
    assert len([words for words in said if "Example Support Association" in words]) == 1
    assert len(codes) == (0 if kind is Format.TXT else 1)
    assert both.handout.edition == made(folder, "ar", None, kind, second="en").handout.edition


@pytest.mark.parametrize(("tag", "name"), [("en", CLINIC), ("ar", ASSOCIATION)])
def test_the_sheet_of_questions_stays_one_page(folder: Path, tag: str, name: str) -> None:
    """The second page, with the clinic's address alone, stays in the printer."""
    edition = Edition(Audience.FAMILY, Paper.A4, DAY, kind=Kind.QUESTIONS, brand=name)

    sheet = pipeline.make(opened(folder), SHIPPED, tag, edition, draft=True)

    assert (sheet.report.outcome, sheet.report.pages) == ("PASSED", 1)
    assert {key for key, _ in reading_order(sheet.handout) if key.startswith("brand")} == {"brand.logo", "brand.from"}


def test_plain_text_speaks_of_no_picture(folder: Path) -> None:
    """A square code is spoken of where there is none."""
    words = made(folder, "en", CLINIC, Format.TXT).data.decode()

    assert "Square code" not in words
    assert "Logo of" not in words
    assert "This guide on the web: example.org/guides/" in words
    assert in_words_alone(tree("en", None)) == tree("en", None)


def test_what_the_brand_does_not_say_in_a_language_is_told_when_it_is_printed(folder: Path) -> None:
    """The hours stand in English on two thousand Arabic sheets."""
    told = [(p.code, p.severity.value) for p in made(folder, "ar", CLINIC).problems]

    assert told == [("brand-language", "warning")] * 2
    assert made(folder, "en", CLINIC).problems == ()


# ------------------------------------------------------------------------------------- what a camera finds


def raster(pdf: bytes, page: int, dots_per_mm: float) -> Image.Image:
    """One page as a grey picture, as a camera or a grey office printer has it."""
    with pypdfium2.PdfDocument(pdf) as document:
        image: Image.Image = document[page].render(scale=dots_per_mm * 25.4 / 72).to_pil()
        return image.convert("L")


def codes_in(pdf: bytes, dots_per_mm: float) -> list[tuple[Any, Image.Image]]:
    """Each square code of a PDF, with the picture of its page."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = len(document)
    pictures = [raster(pdf, page, dots_per_mm) for page in range(pages)]
    return [(code, picture) for picture in pictures for code in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize(
    ("tag", "name", "address"),
    [
        ("en", CLINIC, "https://example.org/guides/x-linked-hyper-igm/en?for=family"),
        ("ar", ASSOCIATION, "https://jamiyya.example.org/higm/"),
    ],
)
def test_the_square_code_on_the_page_leads_to_the_address_beside_it(
    folder: Path, tag: str, name: str, address: str
) -> None:
    """A code that can't be read, or leads elsewhere, is found out by the family."""
    ((code, _),) = codes_in(made(folder, tag, name).data, 6)

    assert (code.text, str(code.format)) == (address, str(zxingcpp.BarcodeFormat.QRCode))


def test_the_square_code_is_large_enough_for_a_phone(folder: Path) -> None:
    """A phone held at a reader's distance does not find a code of a thumbnail's size."""
    dots_per_mm = 8.0

    ((code, _),) = codes_in(made(folder, "en", CLINIC).data, dots_per_mm)

    assert (code.position.bottom_right.x - code.position.top_left.x + 1) / dots_per_mm >= 25
    assert (code.position.bottom_right.y - code.position.top_left.y + 1) / dots_per_mm >= 25


@pytest.mark.parametrize("length", [20, 60, 120, 200])
def test_a_long_address_has_a_larger_code(length: int) -> None:
    """Squares finer than an office printer's dots run into each other."""
    address = "https://example.org/".ljust(length, "x")

    code = square_code(address)

    side = int(re.findall(r'viewBox="0 0 (\d+) ', code.svg)[0])
    dark = {int(number) for place in re.findall(r"M(\d+) (\d+)", code.svg) for number in place}
    assert (min(dark), max(dark)) == (4, side - 5)  # four empty modules on each side: ISO/IEC 18004
    assert code.width_mm / side >= 0.69
    assert code.width_mm * (side - 8) / side >= 24.9
    page = f'<img alt="x" style="width:{code.width_mm}mm" src="{url(code.svg)}">'
    ((found, _),) = codes_in(typeset(Html(document(page)), CHECKOUT / "fonts", "page").pdf.data, 6)
    assert found.text == address


# -------------------------------------------------------------------------------------------------- logos


def url(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def document(body: str) -> str:
    return f'<!DOCTYPE html><html lang="en"><head><title>t</title></head><body><p>{body}</p></body></html>'


def drawn(svg: str) -> Image.Image:
    page = document(f'<img alt="x" style="width: 100mm" src="{url(svg)}">')
    return raster(typeset(Html(page), CHECKOUT / "fonts", "page").pdf.data, 0, 4)


@pytest.mark.parametrize(
    "svg", [logos.DRAWN, ILLUSTRATOR, INKSCAPE, FIGMA], ids=["plain", "Illustrator", "Inkscape", "Figma"]
)
def test_a_logo_looks_as_it_did(svg: str) -> None:
    """An organization does not know its own logo again."""
    before, after = drawn(svg), drawn(clean_svg(svg.encode(), "logo.svg")[0].markup)

    assert min(before.tobytes()) < 200
    assert after.tobytes() == before.tobytes()


@settings(deadline=None, max_examples=40)
@given(drawings())
def test_every_logo_that_is_accepted_can_be_printed(inside: str) -> None:
    """The check says that all is well, and the engine stops at the printer."""
    text = f'<rect width="9" height="9"/>{inside}'
    if problems_of(text):
        return
    markup = clean_svg(f"{logos.SVG}{text}</svg>".encode(), "logo.svg")[0].markup

    done = typeset(Html(document(f'<img alt="x" style="width: 40mm" src="{url(markup)}">')), CHECKOUT / "fonts", "page")

    assert done.problems == ()
