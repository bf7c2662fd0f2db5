from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from handouts.web.safety import is_name
from tests.commands import SHIPPED, handouts

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

PAGE = f"/handouts/{SHIPPED}/ar/carrier.html"


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost@evil.example", "", "127.0.0.2"])
def test_a_name_that_is_not_the_servers_is_not_answered(strict: TestClient, host: str) -> None:
    """A page on the web reads the clinic's server through a name that it has bent to this machine."""
    answer = strict.get("/health", headers={"Host": host})

    assert (answer.status_code, answer.json()["code"]) == (421, "bad-host")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8080", "127.0.0.1:9", "[::1]:8080"])
def test_this_machine_is_answered_by_each_of_its_names(strict: TestClient, host: str) -> None:
    """The shortcut on the desktop leads to a refusal."""
    assert strict.get("/health", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_there_is_nothing_to_send_or_to_change(strict: TestClient, method: str) -> None:
    """Something is written that nobody thought of."""
    answer = strict.request(method, "/health")

    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_requests_without_measure_are_refused_unread(strict: TestClient) -> None:
    """One request costs as much as a thousand."""
    assert strict.get("/health?" + "x" * 2049).status_code == 414
    assert strict.get("/" + "x" * 600).status_code == 414
    assert strict.get("/health", headers={"X-Long": "x" * 20_000}).status_code == 431
    assert strict.get("/health", headers={f"X-{n}": "x" for n in range(101)}).status_code == 431
    assert strict.get("/health?" + "&".join(f"a{n}=1" for n in range(50))).status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "/handouts/../../etc/passwd/en/family.pdf",
        "/handouts/..%2f..%2fetc%2fpasswd/en/family.pdf",
        f"/handouts/{SHIPPED}/..%2f/family.pdf",
        f"/handouts/{SHIPPED}/en/family.pdf?brand=..%2f..%2fetc",
        f"/handouts/{SHIPPED}/en/family.pdf?brand=..",
        "/handouts/%00/en/family.pdf",
        f"/handouts/{SHIPPED}.yaml/en/family.pdf",
        "/templates/handout.html.jinja",
        "/locales/es/LC_MESSAGES/shared.po",
        "/static/../values.py",
        "//etc/passwd",
    ],
)
def test_no_file_is_reached_by_its_name(drafts: TestClient, path: str) -> None:
    """A request reads the clinic's disk."""
    answer = drafts.get(path)

    assert answer.status_code in {400, 404}
    assert "root:" not in answer.text
    assert "msgid" not in answer.text


@pytest.mark.parametrize("path", ["/health", "/nothing", PAGE, "/openapi.json", "/infobutton"])
def test_every_answer_is_closed_to_other_pages_and_leaves_no_trace(drafts: TestClient, path: str) -> None:
    """Another page frames it, reads it, or learns where staff have been."""
    headers = drafts.get(path, headers={"Origin": "https://evil.example"}).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert re.search(r"frame-ancestors '(none|self)'", headers["content-security-policy"])
    assert "unsafe-inline" not in headers["content-security-policy"]
    assert "private" in headers["cache-control"] or headers["cache-control"] == "no-store"
    assert not {"set-cookie", "access-control-allow-origin", "server"} & set(headers)


def test_nothing_outside_is_told_where_the_servers_files_are(drafts: TestClient) -> None:
    """Whoever looks for a way in is shown the map."""
    told = drafts.get(f"/handouts/{SHIPPED}/en/family.pdf?brand=x").text + drafts.get("/openapi.json").text

    assert not re.search(r"/(home|work|tmp|usr|root)/|\.yaml|\.po\b|site-packages", told)


UNHEARD = ["http://clinic", "https://clinic/x", "https://", "clinic.example:8080", "clinic.example/", "fd00::7", ""]


@pytest.mark.parametrize("name", UNHEARD)
def test_a_name_that_no_browser_could_ask_for_is_refused_at_the_start(name: str, tmp_path: Path) -> None:
    """The server starts, and answers nobody under the name that it was given."""
    ran = handouts("serve", "--port", "0", "--allow-host", name, cwd=tmp_path)

    assert ran.code == 2
    assert "write a name alone" in " ".join(ran.err.split())


@pytest.mark.parametrize("name", ["clinic", "Handouts.Clinic.Example", "10.0.0.7", "[fd00::7]"])
def test_a_name_that_a_browser_asks_for_is_taken(name: str) -> None:
    """A clinic is refused its own name."""
    assert is_name(name)
