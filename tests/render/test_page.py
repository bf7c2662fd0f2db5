from __future__ import annotations

import re
from dataclasses import asdict, replace
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING, get_args

import pytest

from handouts.languages import language
from handouts.localize.inline import plain
from handouts.model.brand import Colours
from handouts.model.document import Block, LocalizedHandout, Table, Text, WebCode
from handouts.model.edition import Paper
from handouts.model.reading import reading_order
from handouts.problems import HandoutsError, Problem
from handouts.render import Templates, render

if TYPE_CHECKING:
    from tests.conftest import Localized

STAFF = ("preview/", "batch/", "proof.html.jinja", "web-proof.html.jinja")
"""Pages for translators and staff, in English alone."""

VOID = {"meta", "br", "link", "img", "hr", "input"}
EVERY = [(tag, audience) for tag in ("en", "es", "ar") for audience in ("family", "carrier")]


class Page(HTMLParser):
    """Reads a page with the standard library: its tags, and its words with the language and direction they have.

    What stands for a picture is words too, for that is what a listener gets.
    """

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[tuple[str, str | None, str | None, tuple[str, ...]]] = []
        self.feed(markup)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember the tag, and that it is open."""
        self.tags.append((tag, dict(attrs)))
        self.open.append((tag, dict(attrs)))
        self.handle_data(dict(attrs).get("alt") or "")
        if tag in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Close the tag that was opened last; no other may be closed."""
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        """Remember the words with what holds for them."""
        self.words.append((data, self._inherited("lang"), self._inherited("dir"), tuple(tag for tag, _ in self.open)))

    def _inherited(self, name: str) -> str | None:
        return next((attrs[name] for _, attrs in reversed(self.open) if name in attrs), None)

    def text(self, inside: str) -> str:
        """All the words inside the tags called `inside`."""
        return "".join(words for words, _, _, tags in self.words if inside in tags)


def page_of(handout: LocalizedHandout, templates: Templates, paper: Paper = Paper.A4) -> Page:
    return Page(render(handout, templates, paper).markup)


def letters(text: str) -> str:
    """The letters and digits of `text` alone: spaces and punctuation are the template's to set."""
    return re.sub(r"[\W_]+", "", text)


def with_title(handout: LocalizedHandout, *runs: Text) -> LocalizedHandout:
    return replace(handout, title=runs)


# --------------------------------------------------------------------------------------- the words


@pytest.mark.parametrize(("tag", "audience"), EVERY)
def test_the_page_says_the_words_of_the_tree_in_their_order_and_no_others(
    handout: Localized, templates: Templates, tag: str, audience: str
) -> None:
    """A word that the template adds was never translated; one that it drops was never read."""
    tree = handout(tag, audience)

    said = page_of(tree, templates).text("main")

    assert letters(said) == letters("".join(plain(line) for _, line in reading_order(tree)))


@pytest.mark.parametrize(("tag", "audience"), EVERY)
def test_every_word_on_the_page_has_the_language_and_direction_of_its_run(
    handout: Localized, templates: Templates, tag: str, audience: str
) -> None:
    """A gene's name is spelt by an Arabic voice, or set from its end."""
    tree = handout(tag, audience)
    expected = {
        (run.value, run.language, run.direction) for _, line in reading_order(tree) for run in line if run.value.strip()
    }

    page = page_of(tree, templates)
    got = {(words, lang, direction) for words, lang, direction, tags in page.words if "main" in tags}

    wholly = {(w, lang, d) for w, lang, d in expected if (lang, d) != (tag, tree.direction)}
    assert wholly
    assert wholly <= got
    own = "".join(w for w, lang, d, tags in page.words if "main" in tags and (lang, d) == (tag, tree.direction))
    assert letters(own) == letters(
        "".join(
            run.value
            for _, line in reading_order(tree)
            for run in line
            if (run.language, run.direction) == (tag, tree.direction)
        )
    )


def test_a_page_declares_its_language_and_direction(handout: Localized, templates: Templates) -> None:
    """A screen reader that isn't told begins in the voice of the machine."""
    for tag, direction in (("en", "ltr"), ("es", "ltr"), ("ar", "rtl")):
        root = next(attrs for name, attrs in page_of(handout(tag, "family"), templates).tags if name == "html")
        assert root == {"lang": tag, "dir": direction}


def test_foreign_runs_carry_lang_and_dir_only_where_they_differ(handout: Localized, templates: Templates) -> None:
    """A tag around every word is a pause around every word."""
    small = with_title(
        handout("ar", "family"),
        Text("تغيّر ", "ar", "rtl"),
        Text("CD40LG", "en", "ltr"),
        Text(" ", "ar", "rtl"),
        Text("10-20", "ar", "ltr"),
        Text("بقوة", "ar", "rtl", strong=True),
    )
    markup = render(small, templates, Paper.A4).markup

    assert (
        '<h1>تغيّر <span lang="en" dir="ltr">CD40LG</span> <span dir="ltr">10-20</span><strong>بقوة</strong></h1>'
        in markup
    )


def test_an_english_name_in_spanish_has_a_language_and_no_direction(handout: Localized, templates: Templates) -> None:
    """Both languages run the same way; a direction set for nothing shields words from their neighbours."""
    small = with_title(handout("es", "family"), Text("El gen ", "es", "ltr"), Text("CD40LG", "en", "ltr"))

    assert '<h1>El gen <span lang="en">CD40LG</span></h1>' in render(small, templates, Paper.A4).markup


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "<img src=file:///etc/passwd>",
        "</h1></main><h1>",
        "a & b &amp; c &lt;",
        "{{ handout }} {% for x in y %}",
        "\"quoted\" and 'quoted'",
    ],
)
def test_words_are_words_whatever_they_look_like(handout: Localized, templates: Templates, words: str) -> None:
    """A translation that slips through as tags can run a script, read a file, or close the page."""
    tree = handout("en", "family")
    before = page_of(tree, templates)

    after = page_of(with_title(tree, Text(words, "en", "ltr")), templates)

    assert after.text("h1") == words
    assert after.text("title").endswith(f": {words}")
    assert [tag for tag, _ in after.tags] == [tag for tag, _ in before.tags]


def test_an_address_can_not_leave_its_attribute(handout: Localized, templates: Templates) -> None:
    """A quote in an address would begin an attribute of the attacker's choice."""
    address = 'https://example.org/" onclick="alert(1)'
    page = page_of(with_title(handout("en", "family"), Text("here", "en", "ltr", link=address)), templates)

    assert ("a", {"href": address}) in page.tags


@pytest.mark.parametrize(("tag", "audience"), EVERY)
def test_the_page_holds_all_that_it_needs(handout: Localized, templates: Templates, tag: str, audience: str) -> None:
    """A page that asks for something from outside is another page without a network, and tells who reads it."""
    markup = render(handout(tag, audience), templates, Paper.A4).markup
    page = Page(markup)

    assert {url[:5] for url in re.findall(r"url\(\s*[\"']?([^\"')]*)", markup)} == {"data:"}
    assert not re.search(r"@import|<script|<link|<iframe|\bsrc=(?!\"data:)", markup)
    links = {attrs["href"] for name, attrs in page.tags if "href" in attrs}
    assert all(re.match(r"https?://", link or "") for link in links)
    assert {name for name, attrs in page.tags if "href" in attrs} == {"a"}


def test_every_heading_is_under_a_higher_one(handout: Localized, templates: Templates) -> None:
    """A gap between headings is a door that a screen reader's user looks for and doesn't find."""
    for tag, audience in EVERY:
        levels = [
            int(name[1]) for name, _ in page_of(handout(tag, audience), templates).tags if re.match(r"h\d$", name)
        ]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_no_two_places_have_one_id(handout: Localized, templates: Templates) -> None:
    """A link to one of two leads to the first."""
    for tag, audience in EVERY:
        ids = [attrs["id"] for _, attrs in page_of(handout(tag, audience), templates).tags if "id" in attrs]
        assert ids
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, "a4"), (Paper.LETTER, "letter")])
def test_the_page_has_the_size_of_the_paper(handout: Localized, templates: Templates, paper: Paper, size: str) -> None:
    """A page cut for another sheet loses its foot in the printer."""
    assert f"@page {{ size: {size};" in render(handout("en", "family"), templates, paper).markup


def test_the_same_tree_gives_the_same_page(handout: Localized, templates: Templates) -> None:
    """Two copies that differ can't be told from two editions."""
    assert render(handout("ar", "family"), templates, Paper.A4) == render(handout("ar", "family"), templates, Paper.A4)


# ------------------------------------------------------------------------------------ the templates


def test_every_kind_of_block_is_drawn(handout: Localized, templates: Templates) -> None:
    """A kind without its template is found by the first author who uses it, as a traceback."""
    drawn = {type(block) for _, audience in EVERY for s in handout("en", audience).sections for block in s.blocks}
    drawn |= {WebCode, Table}  # which brands and proofs alone bring: tests/brands/test_printed.py, tests/proofs
    files = {name for name, _ in templates.files if re.match(r"blocks/[a-z]", name)}

    assert drawn == set(get_args(Block))
    assert files == {
        "blocks/paragraph.html.jinja",
        "blocks/bullets.html.jinja",
        "blocks/steps.html.jinja",
        "blocks/fill-in.html.jinja",
        "blocks/questions.html.jinja",
        "blocks/chances.html.jinja",
        "blocks/icon-array.html.jinja",
        "blocks/table.html.jinja",
        "blocks/terms.html.jinja",
        "blocks/contacts.html.jinja",
        "blocks/citations.html.jinja",
        "blocks/web-code.html.jinja",
    }


def without_code(template: str) -> str:
    """A template without its comments, its Jinja and its style sheet: tags, and whatever words stand between them."""
    style = r"\{% block page %\}.*?\{% endblock %\}"
    for pattern in (style, r"\{#.*?#\}", r"\{%.*?%\}", r"\{\{.*?\}\}", r"<style>.*?</style>"):
        template = re.sub(pattern, "", template, flags=re.DOTALL)
    return template


def test_templates_hold_no_words_of_their_own(templates: Templates) -> None:
    """A word in a template is English on every page, and no translator ever sees it. The preview is for translators."""
    pages = [(n, text) for n, text in templates.files if n.endswith(".jinja") and not n.startswith(STAFF)]

    assert len(pages) > 10
    for name, text in pages:
        between = re.sub(r"<[^<>]*>|&[a-z]+;", "", without_code(text))
        assert not re.search(r"[^\W_]", between), (name, between.split())


def test_no_attribute_speaks_words_of_its_own(templates: Templates) -> None:
    """A label or a title in an attribute is read out, and is English everywhere."""
    for name, text in templates.files:
        if name.startswith(STAFF):
            continue
        spoken = r'\s(?:alt|title|aria-(?!labelledby|describedby|current)[a-z]+|placeholder|summary|label)="([^"]*)"'
        said = re.findall(spoken, without_code(text))
        assert not re.search(r"[^\W_]", " ".join(said)), name


def test_styles_and_drawings_hold_no_words(templates: Templates) -> None:
    """Words drawn in a picture or set by a style sheet can't be translated, nor heard."""
    drawings = [(name, text) for name, text in templates.files if name.endswith(".svg")]
    styles = [(name, text) for name, text in templates.files if name.endswith((".css", ".jinja"))]

    assert len(drawings) >= 7
    for name, text in drawings:
        assert not re.search(r"<(?:text|title|desc|script|image|foreignObject)\b|href", text), name
    for name, text in styles:
        for content in re.findall(r"(?<![\w-])content:\s*([^;}]*)", text):
            assert not re.search(r"[\"'][^\"']*[^\W_][^\"']*[\"']", content), (name, content)


# ----------------------------------------------------------------------------------- broken templates


def broken(templates: Templates, name: str, text: str) -> Templates:
    """`templates` with the file called `name` saying `text`."""
    assert name in dict(templates.files)
    return Templates(tuple((n, text if n == name else old) for n, old in templates.files))


def refused(handout: LocalizedHandout, templates: Templates) -> Problem:
    with pytest.raises(HandoutsError) as caught:
        render(handout, templates, Paper.A4)
    (problem,) = caught.value.problems
    assert problem.code == "template"
    return problem


@pytest.mark.parametrize(
    ("name", "text", "line", "says"),
    [
        ("handout.html.jinja", "<p>\n{{ hanodut.title }}</p>", 2, "'hanodut' is undefined"),
        ("handout.html.jinja", "\n\n{{ handout.tilte }}", 3, "tilte"),
        ("blocks/paragraph.html.jinja", "<p>\n\n{{ block.txet }}</p>", 3, "txet"),
        ("blocks/_section.html.jinja", "\n{{ section.nothing }}", 2, "nothing"),
        ("handout.html.jinja", "<p>\n{% if handout %}", 2, "endif"),
        ("blocks/bullets.html.jinja", "<ul>\n<li>{{ block.items </li>", 2, "template syntax"),
        ("blocks/terms.html.jinja", "a\n{% include 'blocks/gone.html.jinja' %}", 2, "'blocks/gone.html.jinja'"),
        ("handout.html.jinja", "a\n{{ asset('shapes/gone.svg') }}", 2, "'shapes/gone.svg'"),
        ("handout.html.jinja", "a\n\n{{ css('gone.css') }}", 3, "'gone.css'"),
    ],
)
def test_a_fault_in_a_template_is_told_with_its_file_and_line(
    handout: Localized, templates: Templates, name: str, text: str, line: int, says: str
) -> None:
    """A clinic that changes a template gets a traceback, or a page with a hole where the odds were."""
    problem = refused(handout("en", "family"), broken(templates, name, text))

    assert str(problem.where) == f"templates/{name}:{line}"
    assert says in problem.message


def test_a_project_without_the_main_template_is_told(handout: Localized) -> None:
    """An empty folder of templates ends in a traceback."""
    problem = refused(handout("en", "family"), Templates(()))

    assert "'handout.html.jinja'" in problem.message


def test_the_drawing_of_a_shape_follows_sex_and_status(handout: Localized, templates: Templates) -> None:
    """Genetics draws a square for a man, a circle for a woman: a mixed-up sign shows another family."""
    page = page_of(handout("en", "family"), templates)
    people = [str(attrs["class"]) for name, attrs in page.tags if name == "li" and "person" in str(attrs.get("class"))]

    assert people == [
        "person mother carrier",
        "person father unchanged",
        "person son has-condition",
        "person son unchanged",
        "person daughter carrier",
        "person daughter unchanged",
        "person mother unchanged",
        "person father has-condition",
        "person son unchanged",
        "person son unchanged",
        "person daughter carrier",
        "person daughter carrier",
    ]


def test_the_fonts_of_the_language_come_first(handout: Localized, templates: Templates) -> None:
    """Arabic letters in a Latin font are boxes."""
    for tag in ("en", "ar"):
        families = ", ".join(f'"{family}"' for family in language(tag).font_families)
        assert f"--family: {families};" in render(handout(tag, "family"), templates, Paper.A4).markup


# ------------------------------------------------------------------------------------------ the colours


def test_the_style_sheet_names_no_colour_that_a_brand_may_change(templates: Templates) -> None:
    """A title in the clinic's green above a box in our blue looks like a leaflet put together from two."""
    sheet = dict(templates.files)["css/handout.css"]

    assert [colour for colour in asdict(Colours()).values() if colour in sheet] == []
    assert set(re.findall(r"var\(--((?:ink|tint)-\w+)\)", sheet)) == {
        "ink-title",
        "ink-accent",
        "tint-cool",
        "tint-warm",
    }


def test_a_page_without_a_brand_has_the_colours_of_the_house(handout: Localized, templates: Templates) -> None:
    """A name of a colour that nothing defines prints as black, and the boxes lose their ground."""
    markup = render(handout("en", "family"), templates, Paper.A4).markup

    assert "--ink-title: #14304d; --ink-accent: #14507d; --tint-cool: #e6f0f7; --tint-warm: #fdf1e7;" in markup
