from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.brands import build_brand, gaps
from handouts.brands.contrast import ratio
from handouts.model.brand import Brand, Colours
from handouts.problems import HandoutsError, Problem
from tests.brands import logos
from tests.conftest import changed, line_of

TEXT = """\
name = "Example Children's Clinic"
language = "en"

[contact]
phones = ["+1 555 010 0100", "555-0199"]
email = "team@example.org"
web = "www.example.org"
address = ["1 Example Street", "Example Town"]
hours = "Mon-Fri 9:00-17:00"

[colours]
accent = "#5b1e6e"
cool = "#f3eaf6"
warm = "#fff6e0"

[logo]
file = "logo.svg"
alt = "Logo of Example Children's Clinic"

[web_edition]
address = "https://example.org/guides/{condition}/{language}?for={audience}"

[in.es]
name = "Clínica Infantil Ejemplo"
hours = "lun-vie 9:00-17:00"
alt = "Logotipo de la Clínica Infantil Ejemplo"
"""
FILES = {"logo.svg": logos.DRAWN.encode(), "logo.png": logos.of_points()}


def read(name: str, most: int) -> tuple[str, bytes] | None:
    assert most <= 1_000_000
    return (name, FILES[name]) if name in FILES else None


def built(text: str = TEXT, logo: bytes | None = None) -> tuple[Brand, tuple[Problem, ...]]:
    return build_brand("example", "brand.toml", text, lambda name, most: (name, logo) if logo else read(name, most))


def refused(text: str) -> tuple[Problem, ...]:
    with pytest.raises(HandoutsError) as caught:
        built(text)
    return caught.value.problems


def problems_of(text: str) -> tuple[Problem, ...]:
    """Why a brand is refused; nothing when it is not."""
    try:
        built(text)
    except HandoutsError as error:
        return error.problems
    return ()


def told(text: str) -> list[tuple[str, str]]:
    return [(problem.code, str(problem.where)) for problem in refused(text)]


def test_a_brand_fills_its_slots() -> None:
    """A phone number that is not printed is a call that nobody makes."""
    brand, problems = built()

    content = brand.content
    assert problems == ()
    assert content.name == "Example Children's Clinic"
    assert content.contact.phones == ("+1 555 010 0100", "555-0199")
    assert content.contact.address == ("1 Example Street", "Example Town")
    assert brand.colours == Colours("#5b1e6e", "#5b1e6e", "#f3eaf6", "#fff6e0")
    assert brand.logo is not None
    assert (brand.logo.kind, brand.logo.width_mm, brand.logo.height_mm) == ("image/svg+xml", 41.6, 13.0)


def test_a_name_is_enough() -> None:
    """A small group has a name, and neither logo nor colours: they are asked for what they don't have."""
    brand, problems = built('name = "A small group"\n')

    assert problems == ()
    assert (brand.colours, brand.logo) == (Colours(), None)


# ---------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('name = "Example Children\'s Clinic"', "", "missing-key"),
        ('"Example Children\'s Clinic"\nl', '""\nl', "wrong-type"),
        ('"Example Children\'s Clinic"\nl', f'"{"a" * 81}"\nl', "wrong-type"),
        ('"Example Children\'s Clinic"\nl', '"<b>Clinic</b>"\nl', "wrong-value"),
        ('"Example Children\'s Clinic"\nl', '"two\\nlines"\nl', "wrong-value"),
        ('"Example Children\'s Clinic"\nl', '"\\u200b"\nl', "wrong-value"),
        ('"Example Children\'s Clinic"\nl', '"a\\u202eb"\nl', "hidden-character"),
        ('"Example Children\'s Clinic"\nl', '"a\\u0007b"\nl', "hidden-character"),
        ('"Example Children\'s Clinic"\nl', "5\nl", "wrong-type"),
        ('language = "en"', 'language = "english"', "unknown-language"),
        ("[in.es]", "[in.spanish]", "unknown-language"),
        ('"555-0199"', '"call us"', "wrong-value"),
        ('"555-0199"', '"٠١٢٣٤٥"', "wrong-value"),
        ('"555-0199"', '"1", "2", "3", "4", "5"', "wrong-value"),
        ('"team@example.org"', '"team"', "wrong-value"),
        ('"team@example.org"', '"team@example.org?bcc=you@example.com"', "wrong-value"),
        ('"www.example.org"', '"http://example.org"', "wrong-value"),
        ('"www.example.org"', '"https://clinic.example.org@evil.example.com"', "wrong-value"),
        ('"www.example.org"', '"javascript:alert(1)"', "wrong-value"),
        ('"www.example.org"', "\"www.example.org/' onclick='\"", "wrong-value"),
        ('"www.example.org"', '"www.exаmple.org"', "wrong-value"),
        ('"1 Example Street"', '"a", "b", "c", "d", "e", "f"', "wrong-type"),
        ('"#5b1e6e"', '"purple"', "wrong-value"),
        ('"#5b1e6e"', '"#5b1e6e; } body { display: none"', "wrong-value"),
        ('"logo.svg"', '"../other/logo.svg"', "wrong-value"),
        ('"logo.svg"', '"/etc/logo.svg"', "wrong-value"),
        ('"logo.svg"', '"logo.gif"', "wrong-value"),
        ('"logo.svg"', '"gone.svg"', "missing-file"),
        ('alt = "Logo of', 'all = "Logo of', "unknown-key"),
        ("https://example.org/guides", "http://example.org/guides", "wrong-value"),
        ("https://example.org/guides", "https://{language}.example.org/guides", "wrong-value"),
        ("{condition}", "{patient}", "wrong-value"),
        ("[web_edition]", "[web-edition]", "unknown-key"),
        ("[colours]", "[colors]", "unknown-key"),
        ('hours = "Mon', 'css = "Mon', "unknown-key"),
    ],
)
def test_a_slot_takes_its_own_kind_of_value_alone(old: str, new: str, code: str) -> None:
    """A name becomes a sentence of advice, an address becomes a program, a colour hides the text."""
    assert TEXT.count(old) == 1
    text = TEXT.replace(old, new)

    problems = refused(text)

    assert code in {problem.code for problem in problems}
    assert {problem.where.file for problem in problems if problem.where} == {"brand.toml"}
    assert all(problem.where is not None and problem.where.line for problem in problems)


def test_all_the_problems_are_told_at_once() -> None:
    """Somebody corrects one line, starts again, and is told the next: nine times."""
    text = changed(TEXT, '"team@example.org"', '"team"')
    text = changed(text, 'alt = "Logo of', 'all = "Logo of')
    text = changed(text, '"555-0199"', '"none"')

    assert sorted(told(text)) == sorted(
        [
            ("wrong-value", f"brand.toml:{line_of(text, 'email =')}"),
            ("missing-key", f"brand.toml:{line_of(text, '[logo]')}"),
            ("unknown-key", f"brand.toml:{line_of(text, 'all =')}"),
            ("wrong-value", f"brand.toml:{line_of(text, 'phones =')}"),
        ]
    )


def test_colours_languages_and_the_logo_are_told_together() -> None:
    """The colours are right at last, and then the logo is refused."""
    text = changed(TEXT, '"#5b1e6e"', '"#aa66cc"')
    text = changed(changed(text, '"logo.svg"', '"gone.png"'), 'language = "en"', 'language = "xx"')

    assert [code for code, _ in told(text)] == ["unknown-language", "low-contrast", "missing-file"]


@pytest.mark.parametrize(
    ("written", "meant"), [("phone", "phones"), ("colors", "colours"), ("adress", "address"), ("logos", "logo")]
)
def test_a_key_that_is_not_one_is_told_with_the_nearest(written: str, meant: str) -> None:
    """The key "phone" is passed over without a word, and the number is missing on each page."""
    old = f"[{meant}]" if f"[{meant}]" in TEXT else f"\n{meant} = ["
    (problem,) = refused(changed(TEXT, old, old.replace(meant, written)))

    assert problem.code == "unknown-key"
    assert meant in (problem.hint or "")


# -------------------------------------------------------------------------------------------- the colours


def test_a_colour_that_can_not_be_read_is_told_with_its_ratio_and_the_nearest_that_can() -> None:
    """A pale title is read by those alone who need no handout. #767676 on white is 4.54:1 (WebAIM)."""
    problems = refused(changed(TEXT, '"#5b1e6e"', '"#767676"'))

    accent = problems[0]
    assert (accent.code, str(accent.where)) == ("low-contrast", f"brand.toml:{line_of(TEXT, 'accent =')}")
    assert "white paper (#ffffff) is 4.54:1, and 7:1 is needed" in accent.message
    better = (accent.hint or "")[-7:]
    assert ratio(better, "#ffffff") >= 7
    built(changed(TEXT, '"#5b1e6e"', f'"{better}"'))


@given(*[st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")] * 3)
def test_whatever_colours_are_accepted_can_be_read(accent: str, cool: str, warm: str) -> None:
    """WCAG 2.2, 1.4.6 and 1.4.11: text 7:1 on its ground, the marks 3:1."""
    text = TEXT.replace("#5b1e6e", accent).replace("#f3eaf6", cool).replace("#fff6e0", warm)

    problems = problems_of(text)

    assert {problem.code for problem in problems} <= {"low-contrast"}
    if problems:
        return
    brand, _ = built(text)
    for ink, ground in (
        *((ink, ground) for ink in ("#1a1a1a", "#33404d") for ground in ("#ffffff", cool, warm)),
        *((brand.colours.title, ground) for ground in ("#ffffff", cool)),
        ("#8a2a0b", warm),
    ):
        assert ratio(ink, ground) >= 7
    assert ratio(brand.colours.accent, warm) >= 3


@given(st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}"))
def test_following_the_hints_leads_to_colours_that_are_accepted(accent: str) -> None:
    """Two colours wait for each other, and each hint undoes the last."""
    text = f'name = "A"\n[colours]\naccent = "{accent}"\n'

    for _ in range(2):
        for problem in problems_of(text):
            text = f'name = "A"\n[colours]\naccent = "{(problem.hint or "")[-7:]}"\n'

    assert built(text)[1] == ()


# ----------------------------------------------------------------------------------------------- the logo


@pytest.mark.parametrize(
    ("size", "on_paper"), [((600, 200), (39.0, 13.0)), ((400, 400), (13.0, 13.0)), ((2400, 300), (45.0, 5.62))]
)
def test_a_logo_keeps_its_shape_in_the_room_that_it_has(size: tuple[int, int], on_paper: tuple[float, float]) -> None:
    """A logo that fills the page is the first thing that a frightened mother sees."""
    brand, _ = built(TEXT.replace("logo.svg", "logo.png"), logos.of_points(*size))

    assert brand.logo is not None
    assert (brand.logo.kind, brand.logo.width_mm, brand.logo.height_mm) == ("image/png", *on_paper)


@pytest.mark.parametrize("size", [(1800, 200), (200, 700)])
def test_a_logo_too_long_or_too_tall_to_be_read_is_refused(size: tuple[int, int]) -> None:
    """It is printed one millimetre high."""
    with pytest.raises(HandoutsError) as caught:
        built(TEXT.replace("logo.svg", "logo.png"), logos.of_points(*size))

    assert [problem.code for problem in caught.value.problems] == ["logo-shape"]


@pytest.mark.parametrize(
    ("name", "logo", "code"),
    [
        ("logo.png", logos.of_points(colour="#ffffff"), "logo-faint"),
        ("logo.svg", logos.DRAWN.replace("#5b1e6e", "#ffffff").encode(), "logo-faint"),
        ("logo.png", logos.of_points(90, 30), "logo-coarse"),
        ("logo.svg", logos.DRAWN.replace("<path", "<title>t</title><path").encode(), "logo-cleaned"),
    ],
)
def test_a_logo_that_prints_badly_is_a_warning(name: str, logo: bytes, code: str) -> None:
    """Two thousand sheets come from the printer, without the logo that was made for dark grounds."""
    _, problems = built(TEXT.replace("logo.svg", name), logo)

    assert [(problem.code, problem.severity.value) for problem in problems] == [(code, "warning")]


# ------------------------------------------------------------------------------------------- the languages


def test_what_is_said_in_one_language_alone_is_told() -> None:
    """On an Arabic page the hours stand in English, and the clinic finds out from a family."""
    brand, _ = built()

    assert gaps(brand, "en") == ()
    assert gaps(brand, "en-GB") == ()
    assert gaps(brand, "es") == ()
    assert gaps(brand, "es-MX") == ()
    assert [(p.code, p.severity.value) for p in gaps(brand, "ar")] == [("brand-language", "warning")] * 2
    assert ["hours" in gaps(brand, "ar")[0].message, "alt" in gaps(brand, "ar")[1].message] == [True, True]


def test_a_brand_that_says_nothing_that_could_be_translated_has_no_gaps() -> None:
    """A warning on each run teaches people to pass over warnings."""
    assert gaps(built('name = "A small group"\n')[0], "ar") == ()
