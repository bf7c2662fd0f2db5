"""A handout's tree to HTML, through the templates, or to plain text. Adds no words of its own."""

from handouts.render.listing import Entry, Group, Shelf, Trouble, render_index, render_report
from handouts.render.page import (
    Templates,
    render,
    render_marked,
    render_proof,
    render_web,
    render_web_proof,
)
from handouts.render.plain import plain_text
from handouts.render.preview import render_preview

__all__ = [
    "Entry",
    "Group",
    "Shelf",
    "Templates",
    "Trouble",
    "plain_text",
    "render",
    "render_index",
    "render_marked",
    "render_preview",
    "render_proof",
    "render_report",
    "render_web",
    "render_web_proof",
]
