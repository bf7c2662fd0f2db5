from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.progress import BatchProgress

if TYPE_CHECKING:
    import pytest


def test_a_long_look_tells_how_far_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing moves for minutes, and somebody takes it for hung."""
    with BatchProgress(1000, as_json=False) as progress:
        progress.looked(900)
        progress.last -= 60  # a minute passes
        progress.looked(400)

    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("600 of 1000, looked at, ")
    assert told.err.count("\n") == 1


def test_a_program_that_reads_json_is_told_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    """A line for people stands among the JSON."""
    with BatchProgress(1000, as_json=True) as progress:
        progress.last -= 60
        progress.looked(400)

    assert capsys.readouterr() == ("", "")
