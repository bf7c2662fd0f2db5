"""The command line: parse, call one function, show, exit. 0 is done, 1 is a problem, 2 is a wrong command."""

from __future__ import annotations

import datetime  # noqa: TC003  typer reads the annotations when the program starts
import gc
import io
import json
import sys
from collections import Counter
from contextlib import contextmanager
from pathlib import Path  # noqa: TC003  see above
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text

from handouts import __version__, cli_batch, cli_proof, cli_web
from handouts.cli_catalog import catalog
from handouts.model.edition import Audience, Edition, Format, Kind, Paper, Size
from handouts.problems import HandoutsError, Location, Problem, UsageError, did_you_mean, errors_in
from handouts.terminal import (
    JsonOption,
    ProjectOption,
    err,
    opened_project,
    out,
    print_json,
    problem_json,
    show,
    today,
    wrapped,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handouts.model.artifacts import Report
    from handouts.pipeline import Made
    from handouts.scoring import Held

STOPPED = 130  # what a shell expects of a program that Ctrl-C ended

app = typer.Typer(
    name="handouts",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="Plain-language handouts about genetic conditions, as PDFs that people can read or hear.",
    epilog="First steps: [bold]handouts list[/], then [bold]handouts make x-linked-hyper-igm -o family.pdf[/]",
)


app.add_typer(cli_batch.app, name="batch")


def main() -> None:
    """Run the command line; expected trouble ends with a message and an exit code, never a traceback."""
    gc.set_threshold(50_000, 20, 20)  # a program that loads much and soon ends has little to collect
    try:
        _run()
    finally:
        gc.freeze()  # nor is it worth a last look through everything


def _run() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that has no Arabic still gets the rest
    try:
        code = app(standalone_mode=False)
    except HandoutsError as error:
        show(error.problems)
        sys.exit(error.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        code = STOPPED
    except _click_error() as error:
        error.show()
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except OSError as error:
        where = Location(str(error.filename)) if error.filename else None
        hint = "look whether it is there, whether you may use it, and whether the disk is full"
        show([Problem("cannot-read", f"a file or folder can't be used: {error.strerror or error}", where, hint=hint)])
        sys.exit(1)
    if code == STOPPED:  # some versions of typer hand Ctrl-C on, others turn it into this code
        err.print("stopped; nothing was left half-written")
    sys.exit(code if isinstance(code, int) else 0)


def _click_error() -> type[Any]:
    """The class of the command-line parser's own complaints, wherever this typer keeps it."""
    found: type[Any] = next(c for c in typer.BadParameter.__mro__ if c.__name__ == "ClickException")
    return found


def _version(*, asked: bool) -> None:
    if asked:
        out.print(f"handouts {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=lambda asked: _version(asked=asked), is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Plain-language handouts about genetic conditions, as PDFs that people can read or hear."""


@app.command("list")
def list_(project: ProjectOption = None, as_json: JsonOption = False) -> None:
    """List the conditions: the editions of each, its languages, and how far each language is reviewed."""
    from handouts.languages import language

    world = opened_project(project)
    rows: list[dict[str, Any]] = []
    broken: list[Problem] = []
    for condition_id in world.condition_ids():
        try:
            condition, _ = world.condition(condition_id)
        except HandoutsError as error:
            broken.extend(error.problems)
            continue
        tags = world.language_tags(condition_id)
        stages = {}
        for tag in tags:
            try:
                stages[tag] = world.standing(condition, tag).named(tag)
            except HandoutsError as error:
                broken.extend(error.problems)
        rows.append(
            {
                "condition": condition_id,
                "name": condition.content.name,
                "for": [audience.value for audience in condition.content.editions],
                "languages": {tag: language(tag).own_name for tag in tags},
                "stages": stages,
            }
        )
    if as_json:
        print_json(rows)
    else:
        out.print(_conditions_table(rows))
    show(broken)
    if broken:
        raise typer.Exit(1)


def _conditions_table(rows: list[dict[str, Any]]) -> Table:
    table = Table(Column("Condition", no_wrap=True), "Name", "For", "Languages")
    for row in rows:
        stages = {tag: stage.replace("-", " ") for tag, stage in row["stages"].items()}
        tags = "\n".join(f"{tag}  {name}, {stages.get(tag, 'unknown')}" for tag, name in row["languages"].items())
        table.add_row(row["condition"], row["name"], "\n".join(row["for"]), tags)
    return table


@app.command()
def brands(project: ProjectOption = None, as_json: JsonOption = False) -> None:
    """List your brands, with what each prints, and what is wrong with them."""
    world = opened_project(project)
    rows: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for brand_id in world.brand_ids():
        try:
            brand, notes = world.brand(brand_id)
        except HandoutsError as error:
            problems.extend(error.problems)
            continue
        problems.extend(notes)
        said = brand.content
        contact = [
            *said.contact.phones,
            said.contact.email,
            said.contact.web,
            *said.contact.address,
            said.contact.hours,
        ]
        rows.append(
            {
                "brand": brand_id,
                "name": said.name,
                "contact": [line for line in contact if line is not None],
                "accent": brand.colours.accent,
                "logo": said.logo.file if said.logo is not None else None,
                "web_edition": said.web_edition.address if said.web_edition is not None else None,
            }
        )
    if as_json:
        print_json(rows)
    elif rows:
        out.print(_brands_table(rows))
    elif not problems:
        out.print("there is no brand here: a brand is a folder in your project's brands/")
    show(problems)
    if errors_in(problems):
        raise typer.Exit(1)


def _brands_table(rows: list[dict[str, Any]]) -> Table:
    table = Table(Column("Brand", no_wrap=True), "Name", Column("How to reach it", overflow="fold"), "Accent", "Logo")
    for row in rows:
        contact = "\n".join([*row["contact"], *filter(None, [row["web_edition"]])])
        table.add_row(Text(row["brand"]), Text(row["name"]), Text(contact), row["accent"], row["logo"] or "none")
    return table


@app.command()
def make(
    condition: Annotated[str, typer.Argument(help="Its id, as `handouts list` shows it.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The file to write.")],
    lang: Annotated[str, typer.Option("--lang", metavar="TAG", help="Language, as a BCP 47 tag: en, es, ar.")] = "en",
    audience: Annotated[Audience, typer.Option("--for", help="Whom the handout is for.")] = Audience.FAMILY,
    paper: Annotated[Paper, typer.Option(help="The sheet of paper.")] = Paper.A4,
    kind: Annotated[
        Format | None,
        typer.Option("--format", help="A PDF, one web page, or plain text; by the file's ending when left out."),
    ] = None,
    date: Annotated[
        datetime.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="The date to print; today when left out."),
    ] = None,
    large: Annotated[bool, typer.Option("--large-print", help="Set everything in large letters.")] = False,
    questions: Annotated[bool, typer.Option("--questions", help="Make a sheet with its questions alone.")] = False,
    second: Annotated[
        str | None,
        typer.Option("--bilingual", metavar="TAG", help="Say everything in the staff's language too, beside it."),
    ] = None,
    place: Annotated[
        str | None,
        typer.Option(metavar="CC", help="Tell of this country's services alone: an ISO 3166 code such as US or GB."),
    ] = None,
    brand: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Who gives it out: a folder in your project's brands/."),
    ] = None,
    draft: Annotated[bool, typer.Option("--draft", help="Print a translation that nobody has reviewed yet.")] = False,
    expired: Annotated[
        bool, typer.Option("--allow-expired", help="Print a text whose review date has passed.")
    ] = False,
    as_json: JsonOption = False,
    project: ProjectOption = None,
) -> None:
    """Make one handout as a PDF, a web page or plain text, and verify it.

    For example: [bold]handouts make x-linked-hyper-igm --lang es --for carrier --draft -o carrier.pdf[/]
    """
    from handouts import pipeline
    from handouts.files import write_whole

    day = date.date() if date else today()
    edition = Edition(
        audience,
        paper,
        day,
        size=Size.LARGE if large else Size.STANDARD,
        kind=Kind.QUESTIONS if questions else Kind.HANDOUT,
        second=second,
        place=place.upper() if place is not None else None,
        brand=brand,
    )
    with _no_search_for_garbage():
        made = pipeline.make(
            opened_project(project), condition, lang, edition, _format(kind, output), draft=draft, expired=expired
        )
    write_whole(output, made.data)
    show(made.problems)
    if as_json:
        print_json(_summary(made, output))
    else:
        out.print(_told(made, output))
    if made.report.outcome != "PASSED":
        raise typer.Exit(1)


@contextmanager
def _no_search_for_garbage() -> Iterator[None]:
    """For one handout: all that it makes is needed to its end, and each search through it takes long."""
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()


def _format(kind: Format | None, output: Path) -> Format:
    """The kind of file that was asked for, or that the ending of `output` names; a PDF when it names none."""
    if kind is not None:
        return kind
    ending = output.suffix.lower().removeprefix(".")
    return Format(ending) if ending in set(Format) else Format.PDF


def _summary(made: Made, output: Path) -> dict[str, Any]:
    return {
        "file": str(output),
        "condition": made.handout.condition,
        "language": made.handout.language,
        "for": made.handout.audience,
        "edition": made.handout.edition,
        "size": made.handout.size,
        "kind": made.handout.kind,
        "second": made.handout.second,
        "place": made.handout.place,
        "brand": made.handout.giver.brand if made.handout.giver is not None else None,
        "stage": made.handout.stage,
        "pages": made.report.pages,
        "verification": made.report.outcome.value,
        "findings": _findings(made.report),
    }


def _findings(report: Report) -> list[dict[str, Any]]:
    return [{"check": f.check, "outcome": f.outcome.value, "details": list(f.details)} for f in report.findings]


def _told(made: Made, output: Path) -> Text:
    stage = made.handout.stage.replace("-", " ")
    told = f"  {made.report.pages} pages, edition {made.handout.edition}, {stage}"
    return Text.assemble((str(output), "bold"), told) + _listed(made.report)


def _listed(report: Report) -> Text:
    """A report's findings, one on a line, in colour when it is a terminal."""
    style = {"PASSED": "green", "FAILED": "bold red", "NOT_RUN": "yellow"}
    text = Text()
    for finding in report.findings:
        text.append(f"\n  {finding.outcome:<8}", style=style[finding.outcome.value])
        text.append(f"{finding.check}  {'; '.join(finding.details)}")
    return text


@app.command("typeset")
def typeset_(
    page: Annotated[Path, typer.Argument(metavar="PAGE.html", help="A self-contained page; nothing is fetched.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The PDF to write.")],
) -> None:
    """Set any HTML page as a tagged PDF, with the engine alone.

    Its lang and dir count; text that names no font is set in the fonts of its language.
    """
    from handouts.files import read_text, shown, write_whole
    from handouts.model.artifacts import Html
    from handouts.project import MAX_PAGE_BYTES, Project
    from handouts.typeset import typeset

    done = typeset(Html(read_text(page, MAX_PAGE_BYTES)), Project().fonts(), shown(page))
    write_whole(output, done.pdf.data)
    show(done.problems)
    out.print(f"wrote {shown(output)}")


@app.command("verify")
def verify_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Tagged PDFs, from any program.")],
    heard: Annotated[bool, typer.Option("--heard", help="Print what a listener gets, as an outline.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Check finished PDFs: what a screen reader would hear, and the rules of PDF/UA-1.

    The words themselves are compared when a handout is made; here there is no text to compare with.
    """
    from handouts.files import read_bytes, shown
    from handouts.model.artifacts import Outcome, Pdf
    from handouts.project import MAX_PDF_BYTES
    from handouts.verify import heard as heard_in
    from handouts.verify import verify

    rows: list[dict[str, Any]] = []
    bad = False
    for path in files:
        try:
            pdf = Pdf(read_bytes(path, MAX_PDF_BYTES))
            report = verify(pdf)
        except HandoutsError as error:
            bad = True
            show(error.problems)
            rows.append({"file": str(path), "problems": [problem_json(p) for p in error.problems]})
            continue
        bad = bad or report.outcome is not Outcome.PASSED
        rows.append({"file": str(path), "pages": report.pages, "verification": report.outcome.value})
        rows[-1]["findings"] = _findings(report)
        if heard:
            rows[-1]["heard"] = [{"role": b.role, "text": b.text, "languages": b.stretches} for b in heard_in(pdf)]
        if not as_json:
            out.print(Text.assemble((shown(path), "bold"), f"  {report.pages} pages"), _listed(report))
            if heard:
                for block in heard_in(pdf):
                    out.print(Text(f"{'  ' * block.depth}{block.role:<6} {block.text}"))
    if as_json:
        print_json(rows)
    if bad:
        raise typer.Exit(1)


@app.command()
def check(
    condition: Annotated[
        str | None, typer.Argument(help="With --standards: one condition, or all of them when left out.")
    ] = None,
    standards: Annotated[
        bool, typer.Option("--standards", help="Hold handouts against the table of what a handout must meet.")
    ] = False,
    lang: Annotated[str | None, typer.Option("--lang", metavar="TAG", help="With --standards: the language.")] = None,
    audience: Annotated[
        Audience | None, typer.Option("--for", help="With --standards: one edition; all when left out.")
    ] = None,
    brand: Annotated[
        str | None, typer.Option(metavar="NAME", help="With --standards: in the colours of this brand.")
    ] = None,
    project: ProjectOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check everything: content, catalogs, brands, templates and fonts. Tells all problems at once.

    With --standards, make the handouts and print the table of docs/standards.md for each, line by line.
    """
    if standards:
        from handouts import scoring

        world, day = opened_project(project), today()
        wanted = scoring.handouts_of(world, condition, lang or "en", audience)
        held = (scoring.held(world, each, lang or "en", who, day, brand) for each, who in wanted)
        _tell_standards(held, as_json=as_json)
        return
    if (condition, lang, audience, brand) != (None, None, None, None):
        raise typer.BadParameter("a condition, --lang, --for and --brand go with --standards")
    from handouts import pipeline

    rows: list[dict[str, Any]] = []
    bad = False
    for name, problems in pipeline.check(opened_project(project), today()):
        good = pipeline.passed(problems)
        bad = bad or not good
        rows.append({"checked": name, "passed": good, "problems": [problem_json(p) for p in problems]})
        if not as_json:
            out.print(Text.assemble(("ok    ", "green") if good else ("wrong ", "bold red"), name))
            show(problems)
    if as_json:
        print_json(rows)
    if bad:
        raise typer.Exit(1)


def _tell_standards(found: Iterable[Held], *, as_json: bool) -> None:
    """Print the table of each handout as it is done; exit with 1 when a line of one FAILED."""
    from handouts.standards import passed

    rows: list[dict[str, Any]] = []
    bad = False
    for held in found:
        show(held.problems)
        bad = bad or not passed(held.lines)
        if as_json:
            rows.append(_held_json(held))
        else:
            _print_held(held)
    if as_json:
        print_json(rows)
    if bad:
        raise typer.Exit(1)


_VERDICT_STYLE = {"PASSED": "green", "FAILED": "bold red", "SCORED": "cyan", "PERSON": "magenta", "NOT_RUN": "yellow"}


def _print_held(held: Held) -> None:
    """One handout's table: a group, its lines, and under a line what to look at."""
    handout = held.handout
    title = f"{''.join(text.value for text in handout.name)}, {handout.language}, for {handout.audience}"
    out.print(Text.assemble(("\n" + title, "bold"), f"  edition {handout.edition}"))
    group = ""
    for line in held.lines:
        if line.criterion.group != group:
            group = line.criterion.group
            out.print(Text(f"\n{group}", style="bold"))
        verdict, answer = line.answer.verdict.value, line.answer
        row = Table.grid(Column(width=11), Column(width=22), Column())
        row.add_row(Text(f"  {verdict}", style=_VERDICT_STYLE[verdict]), line.criterion.id, Text(answer.figure))
        wrapped.print(row)
        if answer.look_at:
            whole = verdict in {"FAILED", "SCORED"}
            told = Padding(Text(answer.look_at, style="dim"), (0, 0, 0, 11))
            wrapped.print(told, no_wrap=not whole, overflow="fold" if whole else "ellipsis")
    counts = Counter(line.answer.verdict.value for line in held.lines)
    words = {"PASSED": "passed", "FAILED": "failed", "SCORED": "scored", "PERSON": "for a person", "NOT_RUN": "not run"}
    summary = ", ".join(f"{counts[verdict]} {word}" for verdict, word in words.items())
    out.print(Text(f"\n{summary}. What each line means: docs/standards.md", style="bold"))


def _held_json(held: Held) -> dict[str, Any]:
    from handouts.standards import passed

    return {
        "condition": held.handout.condition,
        "language": held.handout.language,
        "for": held.handout.audience,
        "edition": held.handout.edition,
        "passed": passed(held.lines),
        "problems": [problem_json(p) for p in held.problems],
        "lines": [
            {
                "criterion": line.criterion.id,
                "group": line.criterion.group,
                "verdict": line.answer.verdict.value,
                "figure": line.answer.figure,
                "look_at": line.answer.look_at or None,
            }
            for line in held.lines
        ],
    }


@app.command()
def doctor(as_json: JsonOption = False) -> None:
    """Look whether this machine has what is needed, and say the remedy for what is missing."""
    from handouts.doctor import examine

    rows = examine()
    if as_json:
        print_json([{"what": r.what, "good": r.good, "found": r.found, "remedy": r.remedy} for r in rows])
    else:
        for row in rows:
            mark = ("ok    ", "green") if row.good else ("wrong ", "bold red") if row.needed else ("slow  ", "yellow")
            out.print(Text.assemble(mark, f"{row.what}: {row.found}"))
            if not row.good:
                out.print(Text(f"      remedy: {row.remedy}", style="cyan"))
    if any(not row.good and row.needed for row in rows):
        raise typer.Exit(1)


@app.command()
def schema(
    kind: Annotated[str, typer.Argument(help="Which kind of file; `condition` when left out.")] = "condition",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write it here instead of printing it.")
    ] = None,
) -> None:
    """Print the JSON Schema of a kind of file, for editors that check while you type."""
    from handouts.batch import schemas
    from handouts.content import SCHEMAS, json_schema
    from handouts.files import write_whole

    known = (*SCHEMAS, *schemas.SCHEMAS)
    if kind not in known:
        hint = did_you_mean(kind, known)
        raise UsageError(Problem("unknown-schema", f"there is no schema called '{kind}'", hint=hint))
    value = json_schema(kind) if kind in SCHEMAS else schemas.json_schema(kind)
    if output is None:
        print_json(value)
    else:
        text = json.dumps(value, indent=2, ensure_ascii=False) + "\n"
        write_whole(output, text.encode())


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or an empty one.")],
) -> None:
    """Make a project of your own, which lies over the conditions and translations that we ship."""
    from handouts.starter import start_project

    for path in start_project(folder):
        out.print(f"made {path}")
    out.print(Text(f"Next: cd {folder}, then `handouts list` and `handouts check`."))


@app.command()
def where(
    name: Annotated[str, typer.Argument(help="A condition's id, or a file such as locales/es/LC_MESSAGES/shared.po.")],
    project: ProjectOption = None,
) -> None:
    """Say which file wins for a name: yours, or the one that we ship."""
    world = opened_project(project)
    wanted = name if "/" in name or name.endswith(".yaml") else f"conditions/{name}.yaml"
    winner = world.find(wanted)
    if winner is None:
        hint = did_you_mean(name, world.condition_ids())
        raise UsageError(Problem("unknown-name", f"no file is called '{wanted}'", hint=hint))
    for path in world.candidates(wanted):
        if path.is_file():
            out.print(Text(f"{'wins  ' if path == winner else 'hidden'} {path}"))


app.command("serve")(cli_web.serve)
catalog.command("proof")(cli_proof.proof)
catalog.command("preview")(cli_proof.preview)
app.add_typer(catalog, name="catalog")
