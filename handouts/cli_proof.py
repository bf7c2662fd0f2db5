"""`handouts catalog proof`: parse, call, write, show."""

from __future__ import annotations

import datetime
from pathlib import Path  # noqa: TC003  typer reads the annotations when the program starts
from typing import Annotated

import typer
from rich.text import Text

from handouts.model.edition import Audience, Edition, Paper
from handouts.problems import Problem, UsageError
from handouts.terminal import ProjectOption, opened_project, out, show

ConditionArgument = Annotated[str, typer.Argument(help="Its id, as `handouts list` shows it.")]
LangOption = Annotated[str, typer.Option("--lang", metavar="TAG", help="Language, as a BCP 47 tag: es, ar, pt-BR.")]


def proof(
    condition: ConditionArgument,
    lang: LangOption,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="The PDF to write.")] = None,
    audience: Annotated[Audience, typer.Option("--for", help="Whom the handout is for.")] = Audience.FAMILY,
    paper: Annotated[Paper, typer.Option(help="The sheet of paper.")] = Paper.A4,
    packed: Annotated[
        Path | None,
        typer.Option(
            "--pack", metavar="FILE.zip", help="Write a pack for work offline: catalogs, proof, English, instructions."
        ),
    ] = None,
    project: ProjectOption = None,
) -> None:
    """Make a proof: the real pages with each string outlined and numbered, then a table of the strings.

    What is not translated, fuzzy, stale or wrong stands in English, in a broken outline, and says so.
    For example: [bold]handouts catalog proof x-linked-hyper-igm --lang es -o proof.pdf[/]
    """
    from handouts.files import write_whole
    from handouts.proofs import State
    from handouts.proofs import proof as made_proof

    if output is None and packed is None:
        hint = "give a PDF after -o, or a zip file after --pack, or both"
        raise UsageError(Problem("options-conflict", "there is nothing to write", hint=hint))
    world = opened_project(project)
    edition = Edition(audience, paper, datetime.datetime.now().astimezone().date())
    made = made_proof(world, condition, lang, edition)
    if output is not None:
        write_whole(output, made.data)
    if packed is not None:
        from handouts.proofs.pack import pack

        write_whole(packed, pack(world, made, edition))
    show(made.problems)
    states = [one.state for one in made.desk.strings.values()]
    told = ", ".join(f"{states.count(state)} {state.told}" for state in State if state in states)
    names = " ".join(str(path) for path in (output, packed) if path is not None)
    out.print(Text.assemble((names, "bold"), f"  {made.report.pages} pages; strings: {told}"))
    if made.report.outcome != "PASSED":
        for finding in made.report.findings:
            if finding.outcome == "FAILED":
                out.print(Text(f"  FAILED  {finding.check}  {'; '.join(finding.details)}"))
        raise typer.Exit(1)


def preview(
    lang: LangOption,
    condition: Annotated[
        str | None, typer.Argument(help="Its id, as `handouts list` shows it; the first one when left out.")
    ] = None,
    audience: Annotated[Audience, typer.Option("--for", help="Whom the handout is for.")] = Audience.FAMILY,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The port on this machine; any that is free when left out.")
    ] = 0,
    project: ProjectOption = None,
) -> None:
    r"""Show the pages beside their strings in a browser, renewed whenever a file is saved. Ctrl-C ends it.

    It answers this machine alone, and writes nothing. The pages need handouts\[preview]; without, there is the web
    page. For example:
    [bold]handouts catalog preview x-linked-hyper-igm --lang es[/]
    """
    from handouts.proofs.preview import Preview
    from handouts.proofs.server import HERE, Server

    world = opened_project(project)
    chosen = condition or world.condition_ids()[0]
    edition = Edition(audience, Paper.A4, datetime.datetime.now().astimezone().date())
    shown = Preview(world, chosen, lang, edition)
    try:
        served = Server(shown, port)
    except OSError as error:
        shown.stop()
        hint = "choose another with --port, or leave it out"
        message = f"{HERE}, port {port} can't be answered at: {error.strerror or error}"
        raise UsageError(Problem("cannot-listen", message, hint=hint)) from None
    with served as server:
        out.print(Text(f"{server.address}  {chosen}, {lang}; Ctrl-C ends it"))
        server.serve_forever()
