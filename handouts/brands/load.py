"""From the text of brand.toml to a brand: all problems of the file, of its colours and of its logo at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.brands import contrast, png, svg
from handouts.brands.toml_reader import read_toml
from handouts.content.schema import validate
from handouts.languages import is_language
from handouts.model.brand import Brand, BrandContent, Colours, Picture
from handouts.problems import HandoutsError, Location, Problem, Severity, errors_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from handouts.brands.toml_reader import TomlFile

    ReadFile = Callable[[str, int], tuple[str, bytes] | None]

MAX_WIDTH_MM = 45.0
MAX_HEIGHT_MM = 13.0
MOST_WIDE, MOST_TALL = 8.0, 3.0
FEWEST_POINTS_PER_MM = 6.0
"""About 150 to the inch: with fewer, the edges of a printed picture are seen to be steps."""

_LOGO_BYTES = {".svg": svg.MAX_BYTES, ".png": png.MAX_BYTES}


def build_brand(brand_id: str, name: str, text: str, read: ReadFile) -> tuple[Brand, tuple[Problem, ...]]:
    """The brand in `text`, the brand.toml that is told as `name`, and warnings.

    `read` gives a file beside it, by its name and the most bytes to read, as (name to tell, bytes), or None.

    Raises `HandoutsError` with every problem.
    """
    file = read_toml(text, name)
    content = validate(file, BrandContent)
    problems = [*_languages(content, file), *_colours(content, file)]
    logo = None
    if content.logo is not None:
        try:
            found = read(content.logo.file, _LOGO_BYTES[content.logo.file[-4:]])
            if found is None:
                message = f"no file called '{content.logo.file}' lies beside this one"
                problems.append(Problem("missing-file", message, file.where("logo", "file")))
            else:
                logo, notes = _logo(*found)
                problems += notes
        except HandoutsError as error:
            problems += error.problems
    if errors_in(problems):
        raise HandoutsError(*problems)
    said = content.colours
    plain = Colours()
    colours = Colours(
        title=said.accent or plain.title,
        accent=said.accent or plain.accent,
        cool=said.cool or plain.cool,
        warm=said.warm or plain.warm,
    )
    return Brand(brand_id, content, colours, logo), tuple(problems)


def _languages(content: BrandContent, file: TomlFile) -> Iterator[Problem]:
    """unknown-language: what nobody reads is never printed, and nobody would know."""
    for tag, path in [(content.language, ("language",)), *((tag, ("in", tag)) for tag in content.in_)]:
        if not is_language(tag):
            message = f"'{tag}' is not a language tag that we know"
            yield Problem("unknown-language", message, file.where(*path), hint="use a BCP 47 tag such as es or pt-BR")


def _colours(content: BrandContent, file: TomlFile) -> Iterator[Problem]:
    """low-contrast: each tint against what stands on it, then the accent against paper and both tints."""
    said, plain = content.colours, Colours()
    inks = [(what, ink, contrast.TEXT) for what, ink in contrast.INKS.items()]
    tints = {
        "cool": [*inks, *([("the titles", plain.title, contrast.TEXT)] if said.accent is None else [])],
        "warm": [*inks, ("the words and lines of “When to get help”", contrast.URGENT, contrast.TEXT)],
    }
    good = {"cool": plain.cool, "warm": plain.warm}
    for key, beside in tints.items():
        tint = getattr(said, key)
        if tint is None:
            continue
        if any(contrast.faults(tint, beside)):
            yield _unreadable(key, tint, beside, file)
        else:
            good[key] = tint
    ground = [
        ("white paper", contrast.PAPER, contrast.TEXT),
        ("the ground of the main message", good["cool"], contrast.TEXT),
        ("the ground of “When to get help”", good["warm"], contrast.GRAPHICS),
    ]
    if said.accent is not None and any(contrast.faults(said.accent, ground)):
        yield _unreadable("accent", said.accent, ground, file)


def _unreadable(key: str, colour: str, beside: list[tuple[str, str, float]], file: TomlFile) -> Problem:
    better = contrast.nearest(colour, beside)
    assert better is not None, "black on the tints, and white under the inks, have no fault"
    message = f"the {key} colour {colour} can't be read: {'; '.join(contrast.faults(colour, beside))}"
    hint = f"the nearest that can be read is {better}"
    return Problem("low-contrast", message, file.where("colours", key), hint=hint)


def _logo(name: str, data: bytes) -> tuple[Picture, tuple[Problem, ...]]:
    """The logo made anew, and warnings. Raises `HandoutsError`."""
    problems: list[Problem] = []
    if name.endswith(".svg"):
        drawing, notes = svg.clean_svg(data, name)
        problems += notes
        kind, clean, width, height = "image/svg+xml", drawing.markup.encode(), drawing.width, drawing.height
        darkest = min(drawing.colours, key=contrast.luminance, default=contrast.PAPER)
    else:
        points = png.clean_png(data, name)
        kind, clean, width, height = "image/png", points.data, float(points.width), float(points.height)
        darkest = points.darkest
    where = Location(name)
    if width / height > MOST_WIDE or height / width > MOST_TALL:
        message = f"the logo is {width / height:.2g} times as wide as it is high"
        hint = f"choose one from 1:{MOST_TALL:g} to {MOST_WIDE:g}:1, or cut off the empty space around it"
        raise HandoutsError(*problems, Problem("logo-shape", message, where, hint=hint))
    scale = min(MAX_WIDTH_MM / width, MAX_HEIGHT_MM / height)
    picture = Picture(kind, clean, round(width * scale, 2), round(height * scale, 2))
    if contrast.ratio(darkest, contrast.PAPER) < contrast.GRAPHICS:
        found = contrast.told(contrast.ratio(darkest, contrast.PAPER))
        message = f"its darkest colour, {darkest}, has a contrast of {found} to white paper"
        hint = "take the logo that is made for a white ground"
        problems.append(Problem("logo-faint", message, where, hint=hint, severity=Severity.WARNING))
    if kind == "image/png" and width / picture.width_mm < FEWEST_POINTS_PER_MM:
        message = f"the logo has {width:,.0f} points for {picture.width_mm:g} mm: its edges will look like steps"
        hint = "take the SVG, or a PNG of 600 points across or more"
        problems.append(Problem("logo-coarse", message, where, hint=hint, severity=Severity.WARNING))
    return picture, tuple(problems)


def gaps(brand: Brand, tag: str) -> tuple[Problem, ...]:
    """brand-language: what the organization says in its own language alone, on a page in the language `tag`."""
    content = brand.content
    if tag.partition("-")[0] == content.language.partition("-")[0]:
        return ()
    other = brand.other_words(tag)
    hours = content.contact.hours if brand.member is None else None
    said = {"hours": (hours, other.hours), "alt": (content.logo, other.alt)}
    missing = [key for key, (own, translated) in said.items() if own is not None and translated is None]
    message = f"the brand {brand.id} gives no {{}} in {tag}: the page says it in {content.language}"
    of_member: tuple[Problem, ...] = ()
    if brand.member is not None and brand.member.hours is not None:
        told = f"the hours '{brand.member.hours}' stand on the page in {tag} as they are, in {content.language}"
        hint = "give lines for handouts in other languages their own contact.hours, or none"
        of_member = (Problem("brand-language", told, hint=hint, severity=Severity.WARNING),)
    return of_member + tuple(
        Problem(
            "brand-language",
            message.format(key),
            hint=f"add {key} under [in.{tag}] in its brand.toml",
            severity=Severity.WARNING,
        )
        for key in missing
    )
