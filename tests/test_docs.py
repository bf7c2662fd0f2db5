"""The documents say what is so: they are held against the code, and what they tell people to type is typed."""

from __future__ import annotations

import ast
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer.main

from handouts.brands import build_brand
from handouts.catalogs import CHECKS
from handouts.cli import app
from handouts.content import SCHEMAS, build_condition, json_schema
from handouts.project import Project
from tests.brands.logos import DRAWN

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
DOCS = sorted({*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")})
WITH_COMMANDS = ("README.md", "CONTRIBUTING.md", "docs/content.md", "docs/batch.md", "docs/editions.md")

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks_of(name: str, *kinds: str) -> list[str]:
    return [block for kind, block in _FENCE.findall(text_of(name)) if kind in kinds]


def typed_lines(name: str) -> list[str]:
    """What a document tells people to type, line by line."""
    lines = [line for block in blocks_of(name, "sh", "console") for line in block.splitlines()]
    return [line.removeprefix("$ ") for line in lines if line.strip()]


def anchor_of(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


# ---------------------------------------------------------------------------------------- problem codes


def codes_in(path: Path) -> Iterator[str]:
    """Every code that a module can put into a Problem."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    for call in calls:
        assert isinstance(call.func, ast.Name)
        if call.func.id not in {"Problem", "Check"}:
            continue
        around = [f for f in functions if f.lineno <= call.lineno <= (f.end_lineno or 0)]
        match call.args:
            case [ast.Constant(value=str(code)), *_]:
                yield code
            case [ast.Attribute(attr="code"), *_]:  # of a Check, which names it
                pass
            case [ast.JoinedStr(), *_]:  # the function's docstring names the codes that it puts together
                yield from (ast.get_docstring(around[-1]) or "").partition(":")[0].split(", ")
            case [ast.Name(id=name), *_]:  # a parameter: the codes stand where the function is called
                place = [argument.arg for argument in around[-1].args.args].index(name)
                named = (c for c in calls if isinstance(c.func, ast.Name) and c.func.id == around[-1].name)
                yield from (ast.literal_eval(c.args[place]) for c in named)
            case _:
                pytest.fail(f"{path.name}:{call.lineno}: no code can be read here")


def test_every_problem_code_is_explained_and_no_other() -> None:
    """Somebody looks up the code that they were shown, and finds nothing, or advice on what no longer exists."""
    told = {code for path in (ROOT / "handouts").rglob("*.py") for code in codes_in(path)}
    explained = re.findall(r"^### (\S+)$", text_of("docs/problems.md"), re.MULTILINE)

    assert sorted(explained) == sorted(told)


def test_every_explanation_has_words_under_its_heading() -> None:
    """An empty entry is found, clicked, and helps nobody."""
    entries = re.split(r"^### ", text_of("docs/problems.md"), flags=re.MULTILINE)[1:]

    assert len(entries) > 10
    assert [entry for entry in entries if not entry.partition("\n")[2].partition("\n#")[0].strip()] == []


def test_the_table_of_checks_is_that_of_the_code() -> None:
    """A translator reads that a check may be ignored, and is refused; or never learns that it may."""
    row_of = r"^\| \[`([^`]+)`\]\(problems.md#([^)]+)\) \| (\w+) \| (\w+) \| (.+) \|$"
    rows = re.findall(row_of, text_of("docs/checks.md"), re.MULTILINE)

    assert [(code, anchor, severity, ignorable) for code, anchor, severity, ignorable, _ in rows] == [
        (check.code, check.code, check.severity.value, "yes" if check.ignorable else "no") for check in CHECKS
    ]
    promises = [(check.look.__doc__ or "").split("\n")[0].rstrip(".") for check in CHECKS]
    assert [row[4].casefold() for row in rows] == [promise.casefold() for promise in promises]


# --------------------------------------------------------------------------------------------- commands


def commands() -> dict[str, set[str]]:
    """Each command by the words that call it, with its options."""
    found: dict[str, set[str]] = {}

    def walk(command: object, words: str) -> None:
        options = {o for p in getattr(command, "params", ()) for o in p.opts if o.startswith("-")}
        found[words] = options - {"--help"}
        for name, child in getattr(command, "commands", {}).items():
            walk(child, f"{words} {name}".strip())

    walk(typer.main.get_command(app), "")
    return found


def test_every_command_and_option_stands_in_the_readme() -> None:
    """What the README leaves out does not exist for most people."""
    readme = text_of("README.md")
    known = commands()

    assert {"list", "make", "catalog extract"} <= set(known)
    leaves = {words for words in known if words and not any(other.startswith(f"{words} ") for other in known)}
    assert [words for words in sorted(leaves) if f"handouts {words}" not in readme] == []
    wanted = set().union(*known.values())
    assert [option for option in sorted(wanted) if not re.search(rf"(?<![\w-]){option}\b", readme)] == []


@pytest.mark.parametrize("name", [str(path.relative_to(ROOT)) for path in DOCS])
def test_a_document_names_only_commands_and_options_that_exist(name: str) -> None:
    """A command that was renamed lives on in the docs and fails at somebody's desk."""
    known = commands()
    spans = re.findall(r"`(handouts [^`]+)`", _FENCE.sub("", text_of(name)))

    for span in spans:
        words = [word for word in span.split()[1:] if not word.startswith("-")]
        options = {word for word in span.split()[1:] if word.startswith("-")}
        called = " ".join(words[:2]) if " ".join(words[:2]) in known else " ".join(words[:1])
        assert called in known, span
        assert options <= known[called], span


@pytest.mark.parametrize("name", WITH_COMMANDS)
def test_the_commands_of_a_document_work_in_an_empty_folder(name: str, tmp_path: Path) -> None:
    """The first line that a newcomer copies ends in an error."""
    lines = [line for line in typed_lines(name) if line.startswith("handouts ")]

    assert lines
    for plan in blocks_of(name, "toml"):
        (tmp_path / "batch.toml").write_text(plan, encoding="utf-8")
    for line in lines:
        done = subprocess.run(
            [sys.executable, "-m", "handouts", *shlex.split(line)[1:]],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONWARNINGS": "error"},
        )
        said = [told for told in done.stderr.splitlines() if not re.match(r"\d+ of \d+, 0 failed", told)]  # progress
        assert (line, done.returncode, said) == (line, 0, [])


@pytest.mark.parametrize("name", [str(path.relative_to(ROOT)) for path in DOCS])
def test_a_document_names_only_make_targets_that_exist(name: str) -> None:
    """`make` says "No rule to make target", and the newcomer is gone."""
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))
    named = re.findall(r"`make ([a-z]+)`", text_of(name))
    named += [line.removeprefix("make ") for line in typed_lines(name) if line.startswith("make ")]

    assert {"demo", "test"} <= targets
    assert set(named) <= targets


# ---------------------------------------------------------------------------------------------- content


def test_the_example_of_the_content_guide_is_a_condition_without_problems() -> None:
    """The example is what authors copy: its faults come back in every file."""
    (example,) = blocks_of("docs/content.md", "yaml")

    condition, problems = build_condition("example", example, Project().library(), "x-linked-agammaglobulinemia")

    assert problems == ()
    assert condition.content.name == "X-linked agammaglobulinemia"


def first_column(title: str) -> list[str]:
    """The names in the first column of the table under a heading of the content guide."""
    section = text_of("docs/content.md").split(f"\n## {title}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE)


def kinds_of(part: object) -> set[str]:
    """The `kind` of each member of the union that stands in a part of the schema."""
    return set(re.findall(r"'([a-z-]+)': '#/[$]defs/", str(part)))


def test_the_content_guide_tells_every_key_block_and_fact_of_the_schema() -> None:
    """What authors do not find in the guide they type into the text instead: a number, for one."""
    schema = json_schema("condition")

    assert sorted(first_column("The keys")) == sorted(schema["properties"])
    assert sorted(first_column("Blocks")) == sorted(kinds_of(schema["$defs"]["SectionContent"]["properties"]["blocks"]))
    assert sorted(first_column("Facts")) == sorted(kinds_of(schema["properties"]["facts"]))
    assert sorted(first_column("Sources")) == sorted(schema["$defs"]["Source"]["properties"])


def test_the_brand_guide_tells_every_key_of_the_schema() -> None:
    """An organization calls to ask where its fax number goes."""
    schema = json_schema("brand")
    guide = text_of("docs/brands.md").split("\n## What a brand says\n")[1].split("\n## ")[0]
    (example,) = blocks_of("docs/brands.md", "toml")

    assert re.findall(r"^\| `([^`]+)` \|", guide, re.MULTILINE) == list(schema["properties"])
    inner = {key for part in schema["$defs"].values() for key in part["properties"]}
    assert sorted(key for key in inner if f"`{key}`" not in guide or f"{key} = " not in example) == []


def test_the_brand_that_the_guide_shows_has_no_fault() -> None:
    """The example is what organizations copy."""
    (example,) = blocks_of("docs/brands.md", "toml")

    brand, problems = build_brand("example", "brand.toml", example, lambda name, _: (name, DRAWN.encode()))

    assert problems == ()
    assert brand.content.name == "Example Children's Clinic"


def test_the_first_five_minutes_of_the_brand_guide_end_in_a_handout(tmp_path: Path) -> None:
    """The third of five lines ends in an error, and the organization prints what it printed before."""
    program = 'set -eu\nhandouts() { "$PYTHON" -m handouts "$@"; }\n' + "\n".join(typed_lines("docs/brands.md"))
    where = {"PYTHON": sys.executable, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}

    done = subprocess.run(
        ["bash", "-c", program],  # noqa: S607  bash from the path
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **where},
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "our-handouts/family.pdf").read_bytes().startswith(b"%PDF-")


def test_the_content_guide_names_each_shared_file() -> None:
    """A shared file that nobody knows of is written a second time."""
    guide = text_of("docs/content.md")

    assert [
        kind for kind in SCHEMAS if kind not in {"condition", "brand", "terms"} and f"{kind}.yaml" not in guide
    ] == []


# ---------------------------------------------------------------------------------------- links and files


@pytest.mark.parametrize("name", [str(path.relative_to(ROOT)) for path in DOCS])
def test_every_relative_link_leads_to_a_file(name: str) -> None:
    """A dead link in the middle of a task is where people give up."""
    here = (ROOT / name).parent
    for target in _LINK.findall(_FENCE.sub("", text_of(name))):
        if "://" in target:
            continue
        file, _, anchor = target.partition("#")
        led_to = here / file if file else ROOT / name
        assert led_to.exists(), target
        if anchor:
            headings = _HEADING.findall(led_to.read_text(encoding="utf-8"))
            assert anchor in {anchor_of(heading) for heading in headings}, target


def test_decisions_are_numbered_without_gaps() -> None:
    """Two decisions of one number, or a missing one, and a reference in the code leads to the wrong reason."""
    files = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    titles = [file.read_text(encoding="utf-8").splitlines()[0] for file in files]

    assert len(files) >= 12
    assert [file.name[:5] for file in files] == [f"{n:04}-" for n in range(1, len(files) + 1)]
    assert [title.split(" ")[:2] for title in titles] == [["#", f"{n}."] for n in range(1, len(files) + 1)]


def test_the_rooms_of_the_contributing_guide_are_those_of_the_import_rules() -> None:
    """A newcomer puts an import where the guide allows it and the build does not."""
    rules = tomllib.loads(text_of("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    (layers,) = (rule["layers"] for rule in rules if rule["type"] == "layers")
    drawn = [block.splitlines() for block in blocks_of("CONTRIBUTING.md", "")]

    assert [layer for layer in layers if layer != "__main__"] in drawn


def test_every_document_that_the_code_refers_to_is_there() -> None:
    """A comment that gives its reason as a file nobody wrote gives no reason."""
    sources = [*(ROOT / "handouts").rglob("*.py"), *(ROOT / "templates").rglob("*.*"), *(ROOT / "scripts").glob("*")]
    named = {
        (path.name, document)
        for path in sources
        if path.is_file()
        for document in re.findall(r"docs/[\w/.-]+\.md", path.read_text(encoding="utf-8", errors="ignore"))
    }

    assert named
    assert sorted(pair for pair in named if not (ROOT / pair[1]).is_file()) == []


# The names are written so that this file does not hold them itself.
_REGISTRIES = re.compile(
    r"(?:pypi|pythonhosted|npmjs|yarnpkg|crates|rubygems|anaconda|docker|ghcr|golang)[.](?:org|com|io)"
    r"|index[-_]url",
    re.IGNORECASE,
)
_MACHINE_PATHS = re.compile(r"(?<![\w.~/-])/(?:work|root|home|Users)/\w")


def test_no_file_names_a_package_registry_or_a_path_of_this_machine() -> None:
    """Somebody else's clone asks a host, or opens a folder, that only the author's machine has."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],  # noqa: S607  git from the path
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    found = []
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if not path.is_file():
            continue
        data = path.read_bytes()
        if b"\0" in data:
            continue
        words = data.decode(errors="replace")
        found += [(name, hit.group()) for p in (_REGISTRIES, _MACHINE_PATHS) for hit in p.finditer(words)]

    assert "README.md" in listed
    assert found == []
