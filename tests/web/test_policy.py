"""The policies that answers carry, held by a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import browser
from tests.commands import SHIPPED

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route
    from starlette.testclient import TestClient

__all__ = ["browser"]


@pytest.mark.parametrize(
    "path",
    [
        f"/handouts/{SHIPPED}/ar/family.html?bilingual=en",
        f"/handouts/{SHIPPED}/en/carrier.html",
        "/infobutton?mainSearchCriteria.v.dn=mucoviscidosis&knowledgeResponseType=text/html",
    ],
)
def test_a_page_keeps_its_look_under_its_policy(browser: Browser, drafts: TestClient, path: str) -> None:
    """The web edition comes without its style: no sizes, no columns, numbers in another script."""

    def answer(route: Route) -> None:
        told = drafts.get(route.request.url.removeprefix("http://localhost"))
        route.fulfill(status=told.status_code, headers=dict(told.headers), body=told.content)

    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.route("**/*", answer)
    page.goto(f"http://localhost{path}")

    assert [line for line in said if "Content Security Policy" in line or "Refused" in line] == []
    assert page.evaluate("document.styleSheets[0].cssRules.length") > 10
    styled = "[...document.querySelectorAll('[style]')].filter(e => e.style.length == 0).length"
    assert page.evaluate(styled) == 0
    page.close()


def test_a_script_in_a_handout_would_not_run(browser: Browser, drafts: TestClient) -> None:
    """A translator's catalog, or a brand's logo, runs a program on the clinic's computer."""

    def answer(route: Route) -> None:
        told = drafts.get(f"/handouts/{SHIPPED}/en/family.html")
        harm = b"<script>document.title = 'harmed'</script><style>h1 { display: none }</style></body>"
        body = told.content.replace(b"</body>", harm + b"<img src=x onerror=\"document.title = 'harmed'\">")
        assert body != told.content
        headers = {name: value for name, value in told.headers.items() if name != "content-length"}
        route.fulfill(status=200, headers=headers, body=body)

    page = browser.new_page()
    page.route("**/*", answer)
    page.goto("http://localhost/")

    assert page.title() != "harmed"
    assert page.locator("h1").first.is_visible()
    page.close()
