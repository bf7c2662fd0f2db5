from __future__ import annotations

import json
from importlib.metadata import distribution
from typing import TYPE_CHECKING

import pytest
import weasyprint

from handouts.model.artifacts import Html
from handouts.problems import HandoutsError
from handouts.typeset import typeset
from handouts.typeset.fidelity import guard
from tests.typeset.pages import FONTS, page

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def looking_again() -> Iterator[None]:
    """The guard looks once a process; make it look now, and again for whoever comes after."""
    guard.refuse_unknown_engine.cache_clear()
    yield
    guard.refuse_unknown_engine.cache_clear()


def one_thing() -> int:
    return 1


def another_thing() -> int:
    return 2


@pytest.mark.usefixtures("looking_again")
def test_the_engine_that_is_installed_is_the_one_we_know() -> None:
    """The tests would all have run on another engine than users have."""
    guard.refuse_unknown_engine()

    assert weasyprint.VERSION == guard.KNOWN_VERSION == distribution("weasyprint").version


@pytest.mark.usefixtures("looking_again")
def test_an_engine_with_other_source_is_refused_before_a_page_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """A patch on an engine that it was not written for garbles words, and says nothing."""
    known = [(one_thing, guard.digest_of(one_thing)), (another_thing, guard.digest_of(one_thing))]
    monkeypatch.setattr(guard, "RELIED_ON", (*known, (one_thing, "0" * 16)))

    with pytest.raises(HandoutsError) as caught:
        typeset(Html(page("<p>a</p>")), FONTS, "page.html")

    (problem,) = caught.value.problems
    assert problem.code == "engine-unknown"
    assert problem.message.endswith("these differ: another_thing, one_thing")
    assert problem.hint == f"pip install 'weasyprint=={guard.KNOWN_VERSION}'"


def test_a_digest_is_of_the_source() -> None:
    """A digest that is always the same lets every engine through."""
    assert guard.digest_of(one_thing) != guard.digest_of(another_thing)
    assert len(guard.digest_of(one_thing)) == 16
    assert int(guard.digest_of(one_thing), 16) > 0


def test_every_function_that_is_known_is_one_of_the_engine() -> None:
    """A digest of our own wrapper would always be right."""
    names = [f"{function.__module__}.{function.__qualname__}" for function, _ in guard.RELIED_ON]

    assert [name for name in names if not name.startswith("weasyprint.")] == []
    assert len(set(names)) == len(names), json.dumps(names)
