"""What a listener's software sees of three pages, kept as outlines that a person can read in a diff.

`pytest --update-refs` renews them; read them before you commit them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from handouts.model.artifacts import Html
from handouts.project import Project
from handouts.typeset import typeset
from handouts.verify.tag_reader import Tag, read_pdf

if TYPE_CHECKING:
    from collections.abc import Iterator

REFS = Path(__file__).parent.parent / "ref"

# language -> heading, sentence around an English name, list, table head and cell, link, figure's alternative
WORDS = {
    "en": ("A heading", "The gene is called", "CD40LG", ("one", "two"), "Sons", "1 in 2", "a link", "A picture"),
    "ar": ("عنوان", "اسم الجين هو", "CD40LG", ("واحد", "اثنان"), "الأبناء", "1 من كل 2", "رابط", "صورة"),
    "hi": ("शीर्षक", "जीन का नाम है", "CD40LG", ("एक", "दो"), "बेटे", "2 में से 1", "एक कड़ी", "एक चित्र"),
}
DOT = "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSI5IiBoZWlnaHQ9IjkiLz4="


def page(tag: str) -> Html:
    heading, sentence, name, items, head, cell, link, picture = WORDS[tag]
    direction = "rtl" if tag == "ar" else "ltr"
    body = (
        f'<h1>{heading}</h1><p>{sentence} <span lang="en" dir="ltr">{name}</span>.</p>'
        f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"
        f'<table><tr><th scope="col">{head}</th></tr><tr><td>{cell}</td></tr></table>'
        f'<p><a href="https://example.org/">{link}</a></p>'
        f'<figure><img src="{DOT}" alt="{picture}"><figcaption>{heading}</figcaption></figure>'
    )
    start = f'<!DOCTYPE html><html lang="{tag}" dir="{direction}">'
    return Html(f'{start}<head><meta charset="utf-8"><title>{heading}</title></head><body>{body}</body></html>')


def outline(tag: Tag, depth: int = 0, language: str = "") -> Iterator[str]:
    """One tag a line: its role, what matters of it, and its words."""
    marks = [f"lang={tag.language}"] if tag.language != language else []
    marks += [f"{name[1:].casefold()}={value}" for a in tag.attributes for name, value in a.items() if name == "/Scope"]
    marks += [f"alt={tag.alt!r}"] if tag.alt is not None else []
    marks += [f"link={a['contents']!r} to {a['address']}" for a in tag.annotations]
    words = "".join(kid for kid in tag.kids if isinstance(kid, str))
    yield f"{'  ' * depth}{tag.role} {' '.join(marks)}{f' “{words}”' if words else ''}".replace("  “", " “").rstrip()
    for kid in tag.kids:
        if isinstance(kid, Tag):
            yield from outline(kid, depth + 1, tag.language)


@pytest.mark.parametrize("tag", WORDS)
def test_the_tag_tree_is_the_one_that_was_read(tag: str, pytestconfig: pytest.Config) -> None:
    """A change of the tags that nobody looked at is heard by everybody."""
    pdf = typeset(page(tag), Project().fonts(), tag).pdf
    (document,) = (kid for kid in read_pdf(pdf.data).root.kids if isinstance(kid, Tag))
    tree = "\n".join(outline(document)) + "\n"
    path = REFS / f"tags-{tag}.txt"
    if pytestconfig.getoption("--update-refs"):
        path.write_text(tree, encoding="utf-8")

    assert tree == path.read_text(encoding="utf-8")
