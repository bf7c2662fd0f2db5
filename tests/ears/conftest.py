"""The PDFs to be heard and looked at, made once for all tests of this folder."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest

from handouts.model.artifacts import Html, Pdf
from handouts.model.edition import Audience, Paper
from handouts.project import Project
from handouts.render import Templates, render
from handouts.typeset import typeset
from tests.ears.corpus import TAGS, Sample, sample
from tests.ears.readers import read_by_all

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Localized

HANDOUTS = tuple(product(("en", "es", "ar"), Audience))
"""The shipped handouts: (language, audience)."""

Readings = dict[str, dict[str, str]]
"""What each reader made of each file, by the reader's and the file's name."""


@pytest.fixture(scope="session")
def samples() -> dict[str, Sample]:
    return {tag: sample(tag) for tag in TAGS}


@pytest.fixture(scope="session")
def pdfs(samples: dict[str, Sample], handout: Localized, templates: Templates) -> dict[str, Pdf]:
    """The samples and the shipped handouts as PDFs."""
    pages = {tag: Html(page.html) for tag, page in samples.items()}
    for tag, audience in HANDOUTS:
        pages[f"{tag}.{audience}"] = render(handout(tag, audience), templates, Paper.A4)
    return {name: typeset(page, Project().fonts(), name).pdf for name, page in pages.items()}


@pytest.fixture(scope="session")
def paths(pdfs: dict[str, Pdf], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Where they were written."""
    folder = tmp_path_factory.mktemp("ears")
    written = {name: folder / f"{name}.pdf" for name in pdfs}
    for name, pdf in pdfs.items():
        written[name].write_bytes(pdf.data)
    return written


@pytest.fixture(scope="session")
def readings(paths: dict[str, Path]) -> Readings:
    texts_of = read_by_all(list(paths.values()))
    return {reader: dict(zip(paths, texts, strict=True)) for reader, texts in texts_of.items()}
