from __future__ import annotations

import pytest

from handouts.problems import HandoutsError, Location, Problem, Severity, UsageError, did_you_mean, errors_in


def test_a_problem_is_told_as_place_severity_code_message_and_hint() -> None:
    """A message without its place or its remedy sends an author hunting through a file."""
    problem = Problem(
        "bare-number",
        "'1 in 2' is typed into the text",
        Location("conditions/hemophilia.yaml", 14),
        hint="put it under facts: and write {chance_son} here",
    )

    assert str(problem) == (
        "conditions/hemophilia.yaml:14: error[bare-number]: '1 in 2' is typed into the text\n"
        "  hint: put it under facts: and write {chance_son} here"
    )


def test_a_problem_without_place_or_hint_is_one_line() -> None:
    """An empty place or hint would be printed as 'None'."""
    assert str(Problem("yaml-empty", "the file is empty")) == "error[yaml-empty]: the file is empty"


def test_a_place_without_a_line_is_the_file_alone() -> None:
    """An editor that is sent to line None opens nothing."""
    assert str(Location("labels.yaml")) == "labels.yaml"
    assert str(Location("labels.yaml", 3)) == "labels.yaml:3"


def test_trouble_ends_with_exit_code_one_and_a_wrong_command_with_two() -> None:
    """A script that calls us could not tell a bad file from a mistyped option."""
    assert HandoutsError(Problem("a", "b")).exit_code == 1
    assert UsageError(Problem("a", "b")).exit_code == 2


def test_an_error_keeps_its_problems_in_order() -> None:
    """The first fault of a file is the one to mend first."""
    first, second = Problem("one", "first"), Problem("two", "second")

    assert HandoutsError(first, second).problems == (first, second)
    assert str(HandoutsError(first, second)) == "error[one]: first\nerror[two]: second"


def test_a_warning_does_not_stop_the_work() -> None:
    """A warning taken for an error would keep a good handout from a family, and the reverse print a bad one."""
    warning = Problem("unused-fact", "told only", severity=Severity.WARNING)
    error = Problem("bare-number", "stops")

    assert errors_in([warning, error]) == (error,)
    assert errors_in([warning]) == ()


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("hemofilia", "did you mean hemophilia?"),
        ("HEMOPHILIA", "did you mean hemophilia?"),
        ("qqqq", "known: cystic-fibrosis, hemophilia"),
    ],
)
def test_a_mistyped_name_is_answered_with_the_nearest_or_with_all(typed: str, hint: str) -> None:
    """'Not found' alone leaves a nurse without a next step."""
    assert did_you_mean(typed, ["hemophilia", "cystic-fibrosis"]) == hint


def test_a_name_where_none_is_known_says_so() -> None:
    """A hint that ends in 'known: ' and nothing looks broken."""
    assert did_you_mean("x", []) == "none is known"
