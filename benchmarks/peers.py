"""Other ways to make the same handouts, for comparison: WeasyPrint as its documentation shows it, Chromium, and Typst.

Each is given what it needs ready made, and is warm before its time is taken. Ours has to find its words itself.
"""

from __future__ import annotations

import importlib
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from handouts.languages import language
from handouts.localize.inline import plain
from handouts.model.edition import Paper
from handouts.model.reading import reading_order
from handouts.project import Project
from handouts.render import render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from handouts.model.document import LocalizedHandout

T = TypeVar("T")


def plain_loop(trees: Sequence[LocalizedHandout]) -> float | None:
    """Seconds of WeasyPrint, told its fonts by @font-face for each document, as its documentation shows."""
    from weasyprint import CSS, HTML  # noqa: PLC0415  heavy, and not in the process of the others
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415  see above

    def work(page: tuple[str, str]) -> None:
        configuration = FontConfiguration()
        sheet = CSS(string=page[1], font_config=configuration)
        HTML(string=page[0]).write_pdf(stylesheets=[sheet], font_config=configuration, pdf_variant="pdf/ua-1")

    return timed(work, [(markup(tree), faces(tree)) for tree in trees])


def chromium(trees: Sequence[LocalizedHandout]) -> float | None:
    """Seconds of one browser that prints every page over its debugging protocol; None when it is not installed."""
    program = shutil.which("chromium")
    if program is None:
        return None
    api: Any = importlib.import_module("playwright.sync_api")
    with tempfile.TemporaryDirectory() as folder, api.sync_playwright() as playwright:
        pages = [Path(folder) / f"{number}.html" for number in range(len(trees))]
        for page, tree in zip(pages, trees, strict=True):
            page.write_text(markup(tree).replace("<style>", f"<style>{faces(tree)}", 1), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page()

        def work(page: Path) -> None:
            tab.goto(page.as_uri())
            tab.pdf(prefer_css_page_size=True, tagged=True)

        seconds = timed(work, pages)
        browser.close()
    return seconds


def typst(trees: Sequence[LocalizedHandout]) -> float | None:
    """Seconds of Typst for the same words, without our design; None when it is not installed."""
    try:
        compiler: Any = importlib.import_module("typst")
    except ImportError:
        return None
    fonts = [str(Project().fonts())]

    def work(source: bytes) -> None:
        compiler.compile(source, font_paths=fonts, ignore_system_fonts=True, format="pdf", pdf_standards=["ua-1"])

    return timed(work, [typst_source(tree) for tree in trees])


def timed(work: Callable[[T], None], things: Iterable[T]) -> float:
    """Seconds of `work` for all `things`, after the first of them has warmed it up."""
    things = list(things)
    work(things[0])
    started = time.perf_counter()
    for thing in things:
        work(thing)
    return time.perf_counter() - started


def markup(tree: LocalizedHandout) -> str:
    """The page that we typeset."""
    return render(tree, Project().templates(), Paper.A4).markup


def faces(tree: LocalizedHandout) -> str:
    """@font-face rules of the families of its language."""
    rules = []
    for family in language(tree.language).font_families:
        for path in sorted(Project().fonts().glob(f"{family.replace(' ', '')}-*.ttf")):
            weight = "bold" if path.stem.endswith("Bold") else "normal"
            rules.append(
                f'@font-face {{ font-family: "{family}"; font-weight: {weight}; src: url("{path.as_uri()}") }}'
            )
    return "\n".join(rules)


def typst_source(tree: LocalizedHandout) -> bytes:
    """The words of `tree` as headings and paragraphs."""
    spoken = language(tree.language)
    families = ", ".join(f'"{family}"' for family in spoken.font_families)
    code = spoken.tag.partition("-")[0]
    lines = [
        f"#set document(title: {quoted(plain(tree.name))})",
        f'#set text(lang: "{code}", dir: {spoken.direction}, size: 14pt, font: ({families},))',
    ]
    for key, line in reading_order(tree):
        words = f"#{quoted(plain(line))};"
        lines.append(f"#heading(level: 1)[{words}]" if key.endswith(".heading") else f"#par[{words}]")
    return "\n\n".join(lines).encode()


def quoted(text: str) -> str:
    """`text` as Typst writes a string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
