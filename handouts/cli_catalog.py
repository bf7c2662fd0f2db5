"""`handouts catalog`: the translators' commands. Parse, call one function, write all of it or nothing, show."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.cells import cell_len, set_cell_size
from rich.text import Text

from handouts.model.approval import RECORDED, Stage
from handouts.problems import Problem, UsageError, did_you_mean
from handouts.terminal import JsonOption, ProjectOption, opened_project, out, print_json, problem_json, show, today

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from handouts.catalogs import ApprovedString
    from handouts.model.approval import Approval
    from handouts.translators import Difference, Status, Updated

catalog = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="rich",
    help="Translators' catalogs: begin a language, keep it up to date, check it, and say who approved it.",
    epilog="First steps: [bold]handouts catalog status[/], then docs/translators.md",
)

TagArgument = Annotated[str, typer.Argument(metavar="TAG", help="Language, as a BCP 47 tag: es, ar, pt-BR.")]
AnyTagArgument = Annotated[
    str | None, typer.Argument(metavar="[TAG]", help="Language, as a BCP 47 tag; all languages when left out.")
]
DomainArgument = Annotated[
    str, typer.Argument(metavar="DOMAIN", help="`shared`, or the id of a condition: each has a catalog of its own.")
]
DomainOption = Annotated[
    str | None,
    typer.Option("--domain", metavar="DOMAIN", help="One domain alone: `shared`, `web`, or a condition's id."),
]
BackupOption = Annotated[
    bool, typer.Option("--backup", help="Keep the old file beside each new one, with .bak after its name.")
]
Day = Annotated[
    datetime.datetime | None,
    typer.Option("--date", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="The day of it; today when left out."),
]


def _written(files: Mapping[Path, bytes], *, backup: bool = False) -> list[str]:
    """Write those of `files` that differ from what is there, all or none; returns their names."""
    from handouts.files import shown, write_all

    old = {path: path.read_bytes() for path in files if path.is_file()}
    new = {path: data for path, data in files.items() if old.get(path) != data}
    kept = {path.with_name(f"{path.name}.bak"): old[path] for path in new if path in old} if backup else {}
    write_all(kept | new)
    return [shown(path) for path in new]


def _tell_written(names: list[str]) -> None:
    for name in names:
        out.print(Text(f"wrote {name}"))
    if not names:
        out.print("nothing to write: all is up to date")


@catalog.command()
def extract(project: ProjectOption = None) -> None:
    """Write the template of each domain, with what translators should know beside each string.

    [bold]handouts catalog update[/] then puts each language to the same English.
    """
    from handouts.translators import templates

    _tell_written(_written(templates(opened_project(project))))


@catalog.command()
def new(
    tag: TagArgument,
    domain: DomainOption = None,
    as_json: JsonOption = False,
    project: ProjectOption = None,
) -> None:
    """Begin a language: an empty catalog for each domain that has none in it.

    For example: [bold]handouts catalog new pl[/]
    """
    from handouts.translators import begun

    names = _written(begun(opened_project(project), tag, today(), domain))
    if as_json:
        print_json({"wrote": names})
    else:
        _tell_written(names)


@catalog.command()
def update(
    tag: AnyTagArgument = None,
    domain: DomainOption = None,
    same_meaning: Annotated[
        list[str] | None,
        typer.Option(
            "--same-meaning",
            metavar="KEY",
            help="The changed English of this string still means the same (a typo was mended): its translations stay, "
            "and approvals that it alone made void hold again. KEY or DOMAIN:KEY; give it once for each string.",
        ),
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="Who finds that it means the same, for the record.")
    ] = None,
    date: Day = None,
    backup: BackupOption = False,
    as_json: JsonOption = False,
    project: ProjectOption = None,
) -> None:
    """Put catalogs to today's English; nothing that a translator wrote is lost.

    Where the English has changed, the old translation stays, marked fuzzy, with the old English beside it. A string
    that is gone is kept at the end of the file. One catalog that can't be read, and none is written.
    """
    from handouts.translators import Claim, updated

    day = date.date() if date else today()
    claim = Claim(tuple(same_meaning or ()), by, day)
    done = updated(opened_project(project), tag, domain, claim, today())
    names = _written(done.files, backup=backup)
    show(done.problems)
    if as_json:
        print_json(
            {
                "wrote": names,
                "catalogs": [_updated_json(one) for one in done.catalogs],
                "problems": [problem_json(problem) for problem in done.problems],
            }
        )
        return
    for one in done.catalogs:
        counts = {"new": one.new, "fuzzy": one.fuzzy, "put aside": one.obsolete, "same meaning": one.same}
        told = ", ".join(f"{len(keys)} {what}" for what, keys in counts.items() if keys)
        if told:
            out.print(Text(f"{one.domain} ({one.language.tag}): {told}"))
    _tell_written(names)


def _updated_json(one: Updated) -> dict[str, Any]:
    lists = {"new": one.new, "fuzzy": one.fuzzy, "obsolete": one.obsolete, "same_meaning": one.same}
    return {"domain": one.domain, "language": one.language.tag} | {name: list(keys) for name, keys in lists.items()}


@catalog.command()
def check(
    tag: AnyTagArgument = None,
    domain: DomainOption = None,
    as_json: JsonOption = False,
    project: ProjectOption = None,
) -> None:
    """Check the catalogs of a language, or of all: each problem with its file and line.

    What is not translated yet is counted and is no problem; [bold]handouts check[/] asks for all of it.
    """
    from handouts.translators import status

    rows = [row for row in status(opened_project(project), tag, domain) if row.file is not None]
    if as_json:
        print_json([_status_json(row) for row in rows])
    for row in () if as_json else rows:
        mark = ("wrong ", "bold red") if row.errors else ("ok    ", "green")
        out.print(Text.assemble(mark, f"{row.file}  {row.ready} of {row.strings} strings"))
        show(row.problems)
    if tag is not None and not rows:
        from handouts.languages import language

        hint = f"begin one with `handouts catalog new {tag}`"
        message = f"there is no {language(tag).english_name} ({tag}) catalog"
        raise UsageError(Problem("no-catalog", message, hint=hint))
    if any(row.errors for row in rows):
        raise typer.Exit(1)


@catalog.command()
def status(
    tag: AnyTagArgument = None,
    domain: DomainOption = None,
    as_json: JsonOption = False,
    project: ProjectOption = None,
) -> None:
    """Show how far each domain is in each language: translated, fuzzy, stale, and who approved it.

    Fuzzy strings wait for a look; stale ones have English that has changed. Neither is printed.
    """
    from handouts.translators import status as status_of

    rows = status_of(opened_project(project), tag, domain)
    if as_json:
        print_json([_status_json(row) for row in rows])
        return
    out.print(_status_table([row for row in rows if row.file or row.language.tag == "en"]))
    for spoken in dict.fromkeys(row.language for row in rows):
        missing = [row.domain for row in rows if row.language == spoken and not row.file and spoken.tag != "en"]
        if missing:
            out.print(Text(f"no {spoken.english_name} ({spoken.tag}) catalog: {', '.join(missing)}"))


def _status_table(rows: list[Status]) -> Text:
    """A line for each catalog, as wide as it needs to be; a column that would be empty in all of them is left out."""
    columns: dict[str, list[str]] = {
        "Language": [row.language.tag for row in rows],
        "Domain": [row.domain for row in rows],
        "Translated": [f"{row.ready} of {row.strings}" for row in rows],
        "Fuzzy": [str(row.fuzzy or "") for row in rows],
        "Stale": [str(row.stale or "") for row in rows],
        "Wrong": [str(row.errors or "") for row in rows],
        "Stage": [row.stage_name.replace("-", " ") for row in rows],
        "By": [row.held.by if row.held else "" for row in rows],
        "Date": [row.held.date.isoformat() if row.held else "" for row in rows],
        "Void": [", ".join(void.approval.stage for void in row.void) for row in rows],
    }
    used = [(name, *cells) for name, cells in columns.items() if any(cells)]
    widths = [max(cell_len(cell) for cell in column) for column in used]
    lines = ["  ".join(map(set_cell_size, row, widths)).rstrip() for row in zip(*used, strict=True)]
    return Text(lines[0], style="bold") + Text("".join(f"\n{line}" for line in lines[1:]), style="not bold")


def _status_json(row: Status) -> dict[str, Any]:
    return {
        "domain": row.domain,
        "language": row.language.tag,
        "file": row.file,
        "strings": row.strings,
        "translated": row.ready,
        "fuzzy": row.fuzzy,
        "stale": row.stale,
        "stage": row.stage_name,
        "by": row.held.by if row.held else None,
        "date": row.held.date.isoformat() if row.held else None,
        "void": [{**_approval_json(void.approval), "changed": list(void.changed)} for void in row.void],
        "problems": [problem_json(problem) for problem in row.problems],
    }


def _approval_json(approval: Approval) -> dict[str, Any]:
    return {"stage": approval.stage.value, "by": approval.by, "date": approval.date.isoformat()}


@catalog.command()
def approve(
    domain: DomainArgument,
    tag: TagArgument,
    stage: Annotated[
        str, typer.Option("--stage", help="translated, then revised (another person), then cleared (a clinician).")
    ],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who answers for it: a name or a role.")],
    date: Day = None,
    backup: BackupOption = False,
    as_json: JsonOption = False,
    project: ProjectOption = None,
) -> None:
    """Record that somebody answers for all the strings of a domain, as they stand now.

    Each stage needs the one before. One word that changes later makes the approval void. English (en) has the stage
    cleared alone. For example:
    [bold]handouts catalog approve shared es --stage revised --by "Ana Pérez" --date 2026-11-21[/]
    """
    from handouts.translators import approve as approved
    from handouts.translators import status as status_of

    if stage not in RECORDED:
        hint = did_you_mean(stage, RECORDED)
        raise UsageError(Problem("approval-stage", f"there is no stage called '{stage}'", hint=hint))
    world = opened_project(project)
    day = date.date() if date else today()
    names = _written(approved(world, domain, tag, Stage(stage), by=by, day=day, today=today()), backup=backup)
    (row,) = status_of(world, tag, domain)
    if as_json:
        print_json({"wrote": names, **_status_json(row)})
        return
    _tell_written(names)
    out.print(Text(f"{domain} ({row.language.tag}) is {row.stage_name}: {row.strings} strings"))


@catalog.command()
def diff(
    domain: DomainArgument,
    tag: TagArgument,
    stage: Annotated[
        str | None, typer.Option("--stage", help="Since this stage was approved; the highest one when left out.")
    ] = None,
    as_json: JsonOption = False,
    project: ProjectOption = None,
) -> None:
    """Show what has changed since a domain was approved: the old words and the new of each string."""
    from handouts.translators import differences

    if stage is not None and stage not in RECORDED:
        hint = did_you_mean(stage, RECORDED)
        raise UsageError(Problem("approval-stage", f"there is no stage called '{stage}'", hint=hint))
    since, found = differences(opened_project(project), domain, tag, None if stage is None else Stage(stage))
    if as_json:
        print_json({**_approval_json(since), "changed": [_difference_json(one) for one in found]})
        return
    told = f"{domain} ({tag}) was {since.stage} by {since.by} on {since.date}."
    out.print(Text(f"{told} Changed since: {len(found)} of its strings." if found else f"{told} Nothing has changed."))
    for one in found:
        out.print(Text(f"\n{one.key}", style="bold"))
        for line in _difference_lines(one):
            out.print(Text(f"  {line}"))


def _difference_json(one: Difference) -> dict[str, Any]:
    return {"key": one.key, "was": _words_json(one.was), "now": _words_json(one.now), "state": one.state.value}


def _words_json(words: ApprovedString | None) -> dict[str, Any] | None:
    if words is None:
        return None
    return {"english": words.english, "facts": dict(words.facts), "translation": words.translation}


def _difference_lines(one: Difference) -> list[str]:
    """What has changed of one string, a line each for what was and what is."""
    was, now = one.was, one.now
    if was is None:
        assert now is not None, "it came or it went"
        return ["a new string", *_said("English", now.english), *_said("translation", now.translation)]
    if now is None:
        return ["no longer there", *_said("English was", was.english), *_said("translation was", was.translation)]
    lines: list[str] = []
    if was.english != now.english:
        lines += [*_said("English was", was.english), *_said("English now", now.english)]
    for name in sorted({name for name, _ in (*was.facts, *now.facts)}):
        before, after = dict(was.facts).get(name), dict(now.facts).get(name)
        if before != after:
            lines.append(f"{{{name}}} was {before or 'not there'}, is now {after or 'not there'}")
    if was.translation != now.translation:
        lines += [*_said("translation was", was.translation), *_said("translation now", now.translation)]
    elif one.state.value == "fuzzy":
        lines += ["the translation is marked fuzzy", *_said("translation", now.translation)]
    elif now.translation:
        lines += _said("translation, as it was", now.translation)
    return lines


def _said(what: str, words: tuple[str, ...]) -> list[str]:
    """The words of a string, or of each of its plural forms."""
    return [f"{what}: {one or '(nothing)'}" for one in words or ("",)]
