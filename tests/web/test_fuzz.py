"""Requests made from the description of the API, right ones and wrong ones: none may be our own mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode

from handouts.project import Project

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.testclient import TestClient

PATHS = (
    "/handouts/{condition}/{language}/{audience}.{format}",
    "/handouts/{condition}/{language}/{audience}.pdf/first-page.png",
    "/api/conditions",
    "/api/conditions/{condition}",
    "/api/broken",
    "/api/languages",
    "/api/brands",
    "/infobutton",
    "/health",
    "/ready",
)
SAID_BY_ALL = {405, 414, 421, 431}
"""What the guard before all routes answers."""


def bounded(examples: int) -> Callable[..., Any]:
    """As many examples, the same ones each time."""
    return settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def is_as_described(described: dict[str, Any], path: str, status: int, media_type: str) -> bool:
    """Whether an answer is one that the description tells of."""
    responses = described["paths"][path]["get"]["responses"]
    if str(status) not in responses:
        return status in SAID_BY_ALL and media_type == "application/problem+json"
    content = responses[str(status)].get("content")
    return content is None or media_type in content


def test_the_description_tells_of_each_route(drafts: TestClient) -> None:
    """A route that nobody described is fuzzed by nobody."""
    described = drafts.get("/openapi.json").json()

    assert set(PATHS) <= set(described["paths"])
    for path in PATHS:
        for parameter in described["paths"][path]["get"].get("parameters", ()):
            parts = [parameter["schema"], *parameter["schema"].get("anyOf", ())]
            kinds = {part.get("type") for part in parts} | {"ref" for part in parts if "$ref" in part}
            bounds = any("maxLength" in part or "enum" in part or "$ref" in part for part in parts)
            assert bounds or kinds <= {None, "boolean"}, (path, parameter["name"])


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("path", PATHS)
def test_no_request_finds_a_mistake_of_ours(drafts: TestClient, path: str, mode: GenerationMode) -> None:
    """One odd request, and the server answers nobody any more, or shows its insides."""
    described = drafts.get("/openapi.json").json()
    operation = schemathesis.openapi.from_dict(described)[path]["GET"]
    if mode is GenerationMode.NEGATIVE and not described["paths"][path]["get"].get("parameters"):
        assert path.startswith(("/api", "/health", "/ready"))
        return

    @bounded(30)
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:  # noqa: ANN401  the library's own
        answer = drafts.request("GET", case.formatted_path or "/", params=case.query or None)
        kind = answer.headers.get("content-type", "").partition(";")[0]
        assert answer.status_code < 500 or answer.status_code == 503, (answer.url, answer.text)
        wrong = mode is GenerationMode.NEGATIVE or answer.status_code in {400, 404}
        assert wrong or is_as_described(described, path, answer.status_code, kind), (answer.url, answer.status_code)

    ask()


CONDITIONS = Project().condition_ids()


@bounded(25)
@given(
    condition=st.sampled_from(CONDITIONS),
    language=st.sampled_from(["en", "es", "ar", "ES", "pt-br", "zh-Hant", "pl", "und"]),
    audience=st.sampled_from(["family", "carrier"]),
    ending=st.sampled_from(["txt", "html"]),
    query=st.fixed_dictionaries(
        {},
        optional={
            "paper": st.sampled_from(["a4", "letter"]),
            "size": st.sampled_from(["standard", "large"]),
            "kind": st.sampled_from(["handout", "questions"]),
            "bilingual": st.sampled_from(["en", "es", "ar"]),
            "place": st.sampled_from(["US", "gb", "ZZ", "MX"]),
            "brand": st.text(alphabet="abc.-_/", max_size=6),
        },
    ),
)
def test_no_combination_of_what_there_is_finds_a_mistake_of_ours(
    drafts: TestClient, condition: str, language: str, audience: str, ending: str, query: dict[str, str]
) -> None:
    """The one combination that nobody tried is what a clinic needs."""
    answer = drafts.get(f"/handouts/{condition}/{language}/{audience}.{ending}", params=query)

    assert answer.status_code in {200, 400, 404}, (answer.url, answer.text)
    assert answer.status_code == 200 or answer.json()["code"] != "internal"


@bounded(60)
@given(query=st.dictionaries(st.text(max_size=40), st.text(max_size=60), max_size=6))
def test_no_query_at_all_finds_a_mistake_of_ours(drafts: TestClient, query: dict[str, str]) -> None:
    """A record sends what its programmer thought of."""
    plain = {
        name.encode(errors="replace").decode(): value.encode(errors="replace").decode() for name, value in query.items()
    }
    for path in ("/infobutton", "/api/conditions", f"/handouts/{CONDITIONS[0]}/en/family.txt"):
        assert drafts.get(path, params=plain).status_code in {200, 400, 404, 414}


def test_the_description_tells_of_no_answer_that_there_is_not(drafts: TestClient) -> None:
    """A programmer handles a status that never comes, and not the one that does."""
    described = drafts.get("/openapi.json").json()

    assert "422" not in str([operation["get"]["responses"].keys() for operation in described["paths"].values()])
    assert "HTTPValidationError" not in described["components"]["schemas"]
