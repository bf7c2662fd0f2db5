"""A finished file as an HTTP answer: its headers, whether the asker has it already, and parts of it."""

from __future__ import annotations

import re
import unicodedata
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import Response

from handouts.problems import Problem
from handouts.web.safety import NOTHING, PAPER, handout_policy
from handouts.web.trouble import MEDIA_TYPE, problem_body

if TYPE_CHECKING:
    import datetime

    from starlette.datastructures import Headers

    from handouts.web.values import Asked, Printed

_RANGE = re.compile(r"bytes=([0-9]{0,100})-([0-9]{0,100})", re.IGNORECASE)
_AGAIN = "ask without If-Match and If-Unmodified-Since for the file that there is now"
PRIVATE = "private, no-cache"
"""A browser may keep a file, and asks each time whether it is still the one; nobody between may."""


def file_answer(printed: Printed, asked: Asked, headers: Headers, *, download: bool, head: bool) -> Response:
    """The answer to a request with `headers` for a finished file.

    That to HEAD is of the whole file (RFC 9110, 14.2); its body is left out elsewhere.
    """
    etag = f'"{printed.etag}"'
    told = {
        "ETag": etag,
        "Last-Modified": format_datetime(printed.made, usegmt=True),
        "Cache-Control": PRIVATE,
        "Accept-Ranges": "bytes",
    }
    if _is_another(etag, printed.made, headers):
        problem = Problem("precondition-failed", "it is another file than the one that is asked for", hint=_AGAIN)
        status = HTTPStatus.PRECONDITION_FAILED
        return Response(problem_body(status, (problem,)), status, told, MEDIA_TYPE)
    if _is_known(etag, printed.made, headers):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=told)
    told |= {
        "Content-Language": ", ".join(dict.fromkeys(filter(None, (printed.language, asked.second)))),
        "Content-Disposition": disposition(printed.name, _plain_name(printed, asked), download=download),
        "Content-Type": printed.media_type,
        "Content-Security-Policy": _policy(printed),
        "X-Handout-Edition": printed.edition,
        "X-Handout-Stage": printed.stage,
        "X-Handout-Review-By": printed.review_by.isoformat(),
    }
    if printed.pages:
        told["X-Handout-Pages"] = str(printed.pages)
    size = len(printed.data)
    part = _part(headers, size, etag, printed.made) if not head else None
    if part is None:
        return Response(printed.data, headers=told)
    if part == range(0):
        told["Content-Range"] = f"bytes */{size}"
        return Response(status_code=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers=told)
    told["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    return Response(printed.data[part.start : part.stop], HTTPStatus.PARTIAL_CONTENT, headers=told)


def disposition(name: str, plain: str, *, download: bool) -> str:
    """Content-Disposition for a file called `name`, and `plain` where only ASCII is understood.

    Source: RFC 6266, RFC 8187.
    """
    kind = "attachment" if download else "inline"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _plain_name(printed: Printed, asked: Asked) -> str:
    """A name in ASCII, without anything that a header would have to quote."""
    told = [asked.condition, asked.language, str(asked.audience), *(str(value) for value in asked.query.values())]
    stem = unicodedata.normalize("NFKD", "-".join(told)).encode("ascii", "ignore").decode()
    ending = printed.name.rpartition(".")[2]
    return f"{re.sub(r'[^A-Za-z0-9._-]', '-', stem)}.{ending}"


def _policy(printed: Printed) -> str:
    """What a browser may load for it."""
    if printed.media_type.startswith("text/html"):
        return handout_policy(printed.data)
    return PAPER if printed.media_type == "application/pdf" else NOTHING


def _is_another(etag: str, made: datetime.datetime, headers: Headers) -> bool:
    """Whether the asker wants another state of the file, and no other. Source: RFC 9110, 13.1.1 and 13.1.4."""
    wanted = headers.getlist("if-match")
    if wanted:
        tags = {tag.strip() for tag in ",".join(wanted).split(",")}
        return tags != {"*"} and etag not in tags
    until = _date(headers.get("if-unmodified-since"))
    return until is not None and made > until


def _is_known(etag: str, made: datetime.datetime, headers: Headers) -> bool:
    """Whether the asker has exactly this file. Source: RFC 9110, 13.2.2."""
    wanted = headers.getlist("if-none-match")
    if wanted:
        tags = {tag.strip().removeprefix("W/") for tag in ",".join(wanted).split(",")}
        return tags == {"*"} or etag in tags
    since = _date(headers.get("if-modified-since"))
    return since is not None and made <= since


def _part(headers: Headers, size: int, etag: str, made: datetime.datetime) -> range | None:
    """The bytes that are asked for: None for all of them, an empty range for none that there are.

    Several ranges at once are answered with everything, as is a part of a file that has changed.
    Source: RFC 9110, 13.1.5 and 14.2.
    """
    wanted = headers.get("range")
    found = _RANGE.fullmatch(wanted.strip()) if wanted is not None else None
    if found is None or not (found[1] or found[2]):
        return None
    only_if = headers.get("if-range")
    if only_if is not None and only_if.strip() != etag and _date(only_if) != made:
        return None
    if not found[1]:
        last = min(int(found[2]), size)
        return range(size - last, size) if last else range(0)
    first = int(found[1])
    stop = min(int(found[2]) + 1, size) if found[2] else size
    if found[2] and int(found[2]) < first:
        return None
    return range(first, stop) if first < size else range(0)


def _date(text: str | None) -> datetime.datetime | None:
    """A date of HTTP's, or None when it is none."""
    if text is None or not text.endswith("GMT"):
        return None
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return at if at.tzinfo is not None else None  # "-0000 GMT" is no zone, and can't be compared
