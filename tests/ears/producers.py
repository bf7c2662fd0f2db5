"""Four ways to make a PDF of a sample: ours, and three others with the same words, fonts and sizes."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handouts.languages import language
from handouts.model.artifacts import Html
from handouts.project import Project
from handouts.typeset import typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.ears.corpus import Sample

CHROMIUM = "chromium"
_FLAGS = (
    *("--headless", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--host-resolver-rules=MAP * ~NOTFOUND", "--export-tagged-pdf", "--no-pdf-header-footer"),
)
_SECONDS = 120
_CAPITALS = 0.7  # Typst measures a line's height without it, CSS with it


def handouts(sample: Sample) -> bytes:
    """Ours."""
    return typeset(Html(sample.html), Project().fonts(), sample.tag).pdf.data


def weasyprint(sample: Sample) -> bytes:
    """WeasyPrint as it comes, asked for PDF/UA-1."""
    configuration = _weasyprint_fonts()
    from weasyprint import CSS, HTML  # noqa: PLC0415  it must follow the choice of fonts

    sheet = CSS(string=type_of(sample))
    data: bytes = HTML(string=sample.html).write_pdf(
        font_config=configuration, stylesheets=[sheet], pdf_variant="pdf/ua-1"
    )
    return data


def typst(sample: Sample) -> bytes:
    """Typst, asked for PDF/UA-1."""
    compiler: Any = importlib.import_module("typst")  # in the group `ears` alone
    fonts = [str(Project().fonts())]
    source = typst_source(sample).encode()
    data: bytes = compiler.compile(
        source, font_paths=fonts, ignore_system_fonts=True, format="pdf", pdf_standards=["ua-1"]
    )
    return data


def chromium(samples: Sequence[Sample]) -> tuple[bytes, ...]:
    """Chromium's "Save as PDF", with tags."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return tuple(pool.map(_printed_by_chromium, samples))


def type_of(sample: Sample) -> str:
    """The style that our engine gives a page that names no font, for those that give none."""
    rules = [f"html {{ line-height: {language(sample.tag).leading}; }}"]
    for tag in dict.fromkeys((sample.tag, "en")):
        families = ", ".join(f'"{family}"' for family in language(tag).font_families)
        rules.append(f'[lang="{tag}"] {{ font-family: {families}; }}')
    return "\n".join(rules)


@cache
def _weasyprint_fonts() -> Any:  # noqa: ANN401  WeasyPrint has no types
    os.environ["FONTCONFIG_FILE"] = str(Project().fonts() / "fonts.conf")
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415  see above

    return FontConfiguration()


def _printed_by_chromium(sample: Sample) -> bytes:
    program = shutil.which(CHROMIUM)
    assert program is not None, "scripts/system-packages.sh ears"
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        page, pdf = folder / "page.html", folder / "page.pdf"
        page.write_text(sample.html.replace("<style>", f"<style>{type_of(sample)} "), encoding="utf-8")
        user = f"--user-data-dir={folder / 'user'}"
        command = [program, *_FLAGS, *root, user, f"--print-to-pdf={pdf}", page.as_uri()]
        fonts = {"FONTCONFIG_FILE": str(Project().fonts() / "fonts.conf")}
        subprocess.run(command, env=os.environ | fonts, check=True, timeout=_SECONDS, stderr=subprocess.DEVNULL)
        return pdf.read_bytes()


def typst_source(sample: Sample) -> str:
    """The sample in Typst's own language: the same elements, words, fonts and sizes."""
    spoken = language(sample.tag)
    families = ", ".join(f'"{family}"' for family in spoken.font_families)
    code, _, script = spoken.tag.partition("-")
    leading = spoken.leading - _CAPITALS
    writer = _TypstWriter()
    writer.feed(sample.html)
    return "\n".join(
        (
            f"#set document(title: {_quoted(spoken.own_name)})",
            '#set page(paper: "a4", margin: 22mm)',
            f'#set text(font: ({families},), size: 14pt, lang: "{code}", dir: {spoken.direction})',
            f'#set text(script: "{script.lower()}")' if script else "",
            f"#set par(leading: {leading:.2f}em)",
            f"#set table(stroke: none, align: start, inset: (x: 8pt, y: 3pt + {leading / 2:.2f}em))",
            "".join(writer.parts),
        )
    )


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


class _TypstWriter(HTMLParser):
    """Writes a sample's elements as calls, each with its words in brackets."""

    OPEN = {  # noqa: RUF012  a table
        "h1": "\n#heading(level: 1)[",
        "h2": "\n#heading(level: 2)[",
        "p": "\n#par[",
        "strong": "#strong[",
        "ul": "\n#list(",
        "li": "[",
        "table": "\n#table(columns: 2,",
        "thead": "table.header(",
        "th": "[",
        "td": "[",
    }
    CLOSE = {  # noqa: RUF012  a table
        **dict.fromkeys(("h1", "h2", "p", "strong", "a", "span"), "]"),
        **dict.fromkeys(("li", "th", "td", "thead"), "],"),
        **dict.fromkeys(("ul", "table"), ")\n"),
        "thead": "),",
    }

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.in_body = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_body |= tag == "body"
        values = dict(attrs)
        match tag:
            case "a":
                self.parts.append(f"#link({_quoted(values['href'] or '')})[")
            case "span":
                spoken = f'lang: "{values["lang"]}", ' if values.get("lang") else ""
                self.parts.append(f"#text({spoken}dir: {values['dir']})[")
            case _:
                self.parts.append(self.OPEN.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(self.CLOSE.get(tag, ""))

    def handle_data(self, data: str) -> None:
        if self.in_body:
            self.parts.append(f"#{_quoted(data)};")
