from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from handouts.web import application
from handouts.web.values import Settings
from tests.commands import DATE

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = datetime.date.fromisoformat(DATE)


@pytest.fixture(scope="session")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A server of what we ship, that prints drafts."""
    settings = Settings(allow_drafts=True, cache_dir=tmp_path_factory.mktemp("cache"), date=DAY, workers=1)
    with TestClient(application(None, settings), base_url="http://localhost") as client:
        yield client


@pytest.fixture(scope="session")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A server of what we ship, as it is started without any option."""
    settings = Settings(cache_dir=tmp_path_factory.mktemp("cache"), date=DAY, workers=1)
    with TestClient(application(None, settings), base_url="http://localhost") as client:
        yield client
