"""A handout's tree to one self-contained HTML page, through the templates. Adds no words of its own."""

from handouts.render.page import Templates, render

__all__ = ["Templates", "render"]
