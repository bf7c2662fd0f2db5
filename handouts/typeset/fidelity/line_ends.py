"""Where a line ends at a space, the space is kept for the reader; an automatic hyphen is not heard.

Fault: WeasyPrint strips the spaces at the end of a line and draws none, so through the tags "with reason" is heard
as "withreason"; a hyphen that only the line break put in is heard as part of the word.
Shown by: <p style="width: 3em">with reason</p>.
May go when: WeasyPrint draws the space at a soft line end, and marks automatic hyphens.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

if TYPE_CHECKING:
    from collections.abc import Iterator

SPACE = "_handouts_space_follows"
HYPHEN = "_handouts_automatic_hyphen"
LINE_END = "_handouts_line_goes_on"


@contextmanager
def line_ends_kept() -> Iterator[None]:
    """While pages are laid out, mark each text box after which a space or an automatic hyphen stands."""
    lay_out_line = inline.get_next_linebox
    strip_line = inline.remove_last_whitespace

    def remove_last_whitespace(context: Any, line: Any) -> None:  # noqa: ANN401  WeasyPrint's boxes have no types
        last = _last_text(line)
        before = last.text if last is not None else ""
        strip_line(context, line)
        if last is not None and last.text != before:
            setattr(last, SPACE, True)

    def get_next_linebox(context: Any, linebox: Any, *arguments: Any) -> tuple[Any, Any]:  # noqa: ANN401
        line, resume_at = lay_out_line(context, linebox, *arguments)
        if line is not None and resume_at is not None:
            _mark_end(linebox, line, resume_at)
        return line, resume_at

    inline.get_next_linebox = get_next_linebox
    inline.remove_last_whitespace = remove_last_whitespace
    try:
        yield
    finally:
        inline.get_next_linebox = lay_out_line
        inline.remove_last_whitespace = strip_line


def _mark_end(linebox: Any, line: Any, resume_at: Any) -> None:  # noqa: ANN401
    last = _last_text(line)
    if last is None:
        return
    setattr(last, LINE_END, True)
    before = _text_before(linebox, resume_at)
    skips = inline.skip_first_whitespace(linebox, resume_at) != resume_at
    if skips or before.endswith((" ", "\n")):
        setattr(last, SPACE, True)
    hyphen = last.style["hyphenate_character"]
    if hyphen and last.text.endswith(hyphen) and not before.rstrip(" ").endswith(hyphen):
        setattr(last, HYPHEN, True)


def _last_text(box: Any) -> Any | None:  # noqa: ANN401
    """The last text box of a line, or None when the line ends with something else."""
    if isinstance(box, boxes.TextBox):
        return box
    if isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        for child in reversed(box.children):
            if not _is_hollow(child):
                return _last_text(child)
    return None


def _is_hollow(box: Any) -> bool:  # noqa: ANN401
    """Whether an inline box holds nothing, as what is left of a <br> does."""
    return isinstance(box, boxes.InlineBox) and all(_is_hollow(child) for child in box.children)


def _text_before(box: Any, resume_at: dict[int, Any] | None) -> str:  # noqa: ANN401
    """The source text just before the point at which the next line resumes."""
    if resume_at is None:
        return _whole_text(box)
    ((index, below),) = resume_at.items()
    if isinstance(box, boxes.TextBox):
        return str(box.text.encode()[:index].decode())
    if below is not None and index < len(box.children):
        inside = _text_before(box.children[index], below)
        if inside:
            return inside
    return _whole_text(box.children[index - 1]) if index else ""


def _whole_text(box: Any) -> str:  # noqa: ANN401
    if isinstance(box, boxes.TextBox):
        return str(box.text)
    return "".join(_whole_text(child) for child in getattr(box, "children", ()))


def heard_text(box: Any) -> str:  # noqa: ANN401
    """What a reader should hear for a text box: its words, with the space that follows and without added hyphens."""
    words: str = box.text
    if getattr(box, HYPHEN, False):
        words = words.removesuffix(box.style["hyphenate_character"])
    words = words.replace("\u00ad", "")
    if getattr(box, SPACE, False) and not words.endswith(" "):
        words += " "
    return words
