"""Problems as HTTP tells them: a status, and a body after RFC 9457 that staff and programs can read."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

from handouts.problems import HandoutsError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handouts.problems import Problem

MEDIA_TYPE = "application/problem+json"
MOST_TOLD = 10

_STATUS = {
    "unknown-condition": HTTPStatus.NOT_FOUND,
    "unknown-language": HTTPStatus.NOT_FOUND,
    "unknown-edition": HTTPStatus.NOT_FOUND,
    "unknown-brand": HTTPStatus.NOT_FOUND,
    "not-found": HTTPStatus.NOT_FOUND,
    "no-questions": HTTPStatus.NOT_FOUND,
    "absent-translation": HTTPStatus.NOT_FOUND,
    "unknown-place": HTTPStatus.BAD_REQUEST,
    "options-conflict": HTTPStatus.BAD_REQUEST,
    "draft-refused": HTTPStatus.FORBIDDEN,
    "review-expired": HTTPStatus.FORBIDDEN,
}


def status_of(error: HandoutsError) -> HTTPStatus:
    """The status for trouble: what is not there, what must not be printed, what was asked wrongly, and our own."""
    for problem in error.problems:
        if problem.code in _STATUS:
            return _STATUS[problem.code]
    return HTTPStatus.BAD_REQUEST if isinstance(error, UsageError) else HTTPStatus.INTERNAL_SERVER_ERROR


def problem_body(status: HTTPStatus, problems: Sequence[Problem]) -> bytes:
    """The body of an answer that tells `problems`, the first one in full.

    Where a problem stands in a file of the server's is nobody's business outside.
    """
    first = problems[0]
    told = {
        "type": f"urn:handouts:problem:{first.code}",
        "title": status.phrase,
        "status": int(status),
        "detail": first.message,
        "code": first.code,
        "hint": first.hint,
        "problems": [{"code": p.code, "detail": p.message, "hint": p.hint} for p in problems[:MOST_TOLD]],
    }
    return json.dumps(told, ensure_ascii=False).encode()
