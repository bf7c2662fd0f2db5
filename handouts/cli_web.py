"""`handouts serve`: parse, call, show."""

from __future__ import annotations

import datetime  # noqa: TC003  typer reads the annotations when the program starts
import os
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from handouts.terminal import ProjectOption, err, opened_project

TLS = "https://"


def serve(
    host: Annotated[str, typer.Option(help="The address to answer at; this machine alone by itself.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to answer at.")] = 8080,
    allowed: Annotated[
        list[str] | None,
        typer.Option(
            "--allow-host",
            metavar="NAME",
            help="Another name that it is reached by; with https:// if a proxy before it speaks TLS. May be repeated.",
        ),
    ] = None,
    draft: Annotated[bool, typer.Option("--draft", help="Print translations that nobody has reviewed yet.")] = False,
    expired: Annotated[bool, typer.Option("--allow-expired", help="Print texts whose review date has passed.")] = False,
    jobs: Annotated[int, typer.Option(min=1, max=64, help="How many handouts are made at the same time.")] = 2,
    queue: Annotated[int, typer.Option(min=0, max=1000, help="How many may wait to be made.")] = 32,
    timeout: Annotated[int, typer.Option(min=1, max=600, help="Seconds after which a handout is given up.")] = 60,
    cache: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where finished files are kept; a folder of its own when left out."),
    ] = None,
    cache_mb: Annotated[int, typer.Option(min=0, max=100_000, help="How much is kept at most, in megabytes.")] = 512,
    date: Annotated[
        datetime.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="The date to print; today's when left out."),
    ] = None,
    project: ProjectOption = None,
) -> None:
    """Serve a page for clinic staff, the HTTP API and the HL7 Infobutton. Ctrl-C ends it.

    It answers this machine alone unless told otherwise. For example: [bold]handouts serve --draft[/]
    """
    from handouts.web import application, refuse_without_extra
    from handouts.web.values import LOOPBACK, Settings

    refuse_without_extra()
    from handouts.web.run import listen, run
    from handouts.web.safety import is_name

    others = {given.removeprefix(TLS): given.startswith(TLS) for given in allowed or []}
    for name in others:
        if not is_name(name):
            message = f"'{name}' would never be heard: write a name alone, such as handouts.clinic.example"
            raise typer.BadParameter(message, param_hint="'--allow-host'")

    world = opened_project(project)
    names = [host, f"[{host}]"] if ":" in host else [host]
    settings = Settings(
        allow_drafts=draft,
        allow_expired=expired,
        hosts=tuple(dict.fromkeys([*LOOPBACK, *names, *others])),
        encrypted=tuple(name for name, by_tls in others.items() if by_tls),
        workers=jobs,
        queue=queue,
        seconds=float(timeout),
        cache_dir=cache or own_cache(),
        cache_bytes=cache_mb * 1_000_000,
        date=date.date() if date else None,
    )
    app = application(world.root, settings)
    with listen(host, port) as listening:
        shown = f"[{host}]" if ":" in host else host
        err.print(Text(f"http://{shown}:{listening.getsockname()[1]}/  Ctrl-C ends it"))
        run(app, listening)


def own_cache() -> Path:
    """The folder in which this user's programs, or this service, keep what can be made anew.

    Source: the XDG Base Directory Specification; CACHE_DIRECTORY is systemd's.
    """
    given = os.environ.get("CACHE_DIRECTORY", "").split(":")[0] or os.environ.get("XDG_CACHE_HOME", "")
    base = Path(given) if Path(given).is_absolute() else Path(os.path.expanduser("~/.cache"))  # noqa: PTH111  never raises
    return base / "handouts" / "web"
