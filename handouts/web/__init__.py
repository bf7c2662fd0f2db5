"""The clinic's page, the HTTP API and the HL7 Infobutton: what is asked for over HTTP, printed by warm workers.

FastAPI and uvicorn are an extra, and workers need neither: nothing here imports them before it must.
"""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

from handouts.problems import Problem, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.types import ASGIApp

    from handouts.web.values import Settings

EXTRA = ("fastapi", "uvicorn", "pypdfium2")


def application(root: Path | None, settings: Settings) -> ASGIApp:
    """The server of the project in `root`, or of what we ship, as an ASGI application.

    Raises `UsageError` when the extra is not installed.
    """
    refuse_without_extra()
    from handouts.web.server import build  # noqa: PLC0415  see the docstring of the room

    return build(root, settings)


def refuse_without_extra() -> None:
    """Raise `UsageError` when the extra is not installed."""
    missing = [name for name in EXTRA if importlib.util.find_spec(name) is None]
    if missing:
        message = f"the server needs {', '.join(missing)}, which a plain installation does not bring"
        raise UsageError(Problem("extra-missing", message, hint="pip install 'handouts[web]'"))
