"""What other people's software reads in a PDF, beside our own walk through its tags.

    tags         our verifier: the tag tree in order, as a screen reader walks it, and no guess from positions
    pdf.js tags  Firefox, in the order of the tags, page by page
    pdf.js       Firefox, as the page paints it
    PDFium       Chrome and Edge
    poppler      Evince and Okular (`pdftotext`)
    MuPDF        `mutool`

All but the first two see no tags: they put words together from where glyphs stand.
"""

from __future__ import annotations

import json
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2  # type: ignore[import-untyped]  # it has no types

from handouts.model.artifacts import Pdf
from handouts.verify import heard

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

READERS = ("tags", "pdf.js tags", "pdf.js", "PDFium", "poppler", "MuPDF")
PAGE_BREAK = "\f"

_HERE = Path(__file__).parent
_NPM = "npm install --omit=optional --no-package-lock --no-audit --no-fund --silent"
# What PDFium says for a hyphen that it takes for one of the line break's.
_PDFIUM_HYPHENS = str.maketrans("", "", "\x02\ufffe")
_SECONDS = 300


def read_by_all(paths: Sequence[Path]) -> dict[str, tuple[str, ...]]:
    """What each of `READERS` reads in each of the PDFs at `paths`."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        javascript = pool.submit(_pdfjs, paths)
        poppler = pool.map(_poppler, paths)
        mupdf = pool.map(_mupdf, paths)
        # in this thread: PDFium is not safe in several
        texts: dict[str, tuple[str, ...]] = {
            "tags": tuple(map(_tags, paths)),
            "PDFium": tuple(map(_pdfium, paths)),
            "poppler": tuple(poppler),
            "MuPDF": tuple(mupdf),
            **javascript.result(),
        }
    return {reader: texts[reader] for reader in READERS}


def _tags(path: Path) -> str:
    return "\n".join(block.text for block in heard(Pdf(path.read_bytes())))


def _pdfium(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return PAGE_BREAK.join(pages).translate(_PDFIUM_HYPHENS)


def _poppler(path: Path) -> str:
    return _said(["pdftotext", "-enc", "UTF-8", str(path), "-"])


def _mupdf(path: Path) -> str:
    return _said(["mutool", "draw", "-q", "-F", "txt", str(path)])


def _pdfjs(paths: Sequence[Path]) -> dict[str, tuple[str, ...]]:
    """One process for all files: it starts slowly, and then is quick."""
    _install_pdfjs()
    pages = json.loads(_said(["node", str(_HERE / "pdfjs.mjs"), *map(str, paths)]))
    told: Callable[[str], tuple[str, ...]] = lambda way: tuple(PAGE_BREAK.join(pages[str(p)][way]) for p in paths)  # noqa: E731
    return {"pdf.js tags": told("tags"), "pdf.js": told("flat")}


def pdfjs_version() -> str:
    """The version of pdf.js that package.json asks for."""
    return str(json.loads((_HERE / "package.json").read_text())["dependencies"]["pdfjs-dist"])


def _install_pdfjs() -> None:
    """Get that version of pdf.js, unless it is there."""
    there = _HERE / "node_modules" / "pdfjs-dist" / "package.json"
    if not there.exists() or json.loads(there.read_text())["version"] != pdfjs_version():
        subprocess.run(_NPM.split(), cwd=_HERE, check=True, timeout=_SECONDS)


def _said(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, check=False, timeout=_SECONDS)
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace"))
    return done.stdout.decode("utf-8", errors="replace")
