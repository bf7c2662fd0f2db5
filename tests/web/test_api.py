from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from tests.commands import SHIPPED, made

if TYPE_CHECKING:
    from starlette.testclient import TestClient

SPANISH = f"/handouts/{SHIPPED}/es/carrier.pdf"


@pytest.mark.parametrize(("tag", "audience", "paper"), [("es", "carrier", "a4"), ("ar", "family", "letter")])
def test_the_server_prints_the_bytes_of_the_command_line(
    drafts: TestClient, tag: str, audience: str, paper: str
) -> None:
    """What was cleared on one way is handed out on the other, and differs."""
    answer = drafts.get(f"/handouts/{SHIPPED}/{tag}/{audience}.pdf", params={"paper": paper})

    assert answer.status_code == 200
    assert answer.content == made(tag, audience, paper).pdf


def test_a_file_says_what_it_is(drafts: TestClient) -> None:
    """A browser saves "family.pdf" a hundred times over, and a proxy serves Arabic for Spanish."""
    answer = drafts.get(SPANISH)

    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-language"] == "es"
    assert answer.headers["etag"] == f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    assert answer.headers["x-handout-stage"] == "draft"
    kind, plain, name = answer.headers["content-disposition"].split("; ")
    assert (kind, plain) == ("inline", f'filename="{SHIPPED}-es-carrier.pdf"')
    assert unquote(name) == "filename*=UTF-8''Síndrome de hiper-IgM ligado al cromosoma X (es, carrier).pdf"


def test_the_skeleton_answers(strict: TestClient) -> None:
    """Whoever watches over the server restarts it for nothing."""
    assert strict.get("/health").json()["status"] == "ok"
    assert strict.get("/ready").status_code == 200
