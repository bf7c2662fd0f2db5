"""The commands, each as a process of its own: what a user, a script and a terminal see."""

from __future__ import annotations

import io
import json
import re
import signal
import subprocess
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING

import pikepdf
import pytest
import typer.main
import yaml

from handouts.cli import app
from tests.commands import (
    CATALOG,
    CHECKOUT,
    CONDITION,
    SECONDS,
    SHIPPED,
    SPANISH,
    contents,
    environment,
    handouts,
    lay,
    made,
)
from tests.conftest import changed, line_of
from tests.json_schema import complaints

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SMALL = "conditions/small-condition.yaml"
KINDS = ("condition", "glossary", "organisations", "inheritance", "labels", "sources", "tone")
A4_PT = (595.28, 841.89)
LETTER_PT = (612.0, 792.0)


# ------------------------------------------------------------------------------------------------ list


def test_list_shows_each_condition_with_its_languages_and_editions(tmp_path: Path) -> None:
    """A clinic can't print what it doesn't know is there."""
    ran = handouts("list", cwd=tmp_path)

    assert ran.code == 0
    for word in (SHIPPED, "X-linked hyper IgM syndrome", "family", "carrier", "English", "español", "العربية"):
        assert word in ran.out


def test_list_tells_a_program_the_same_as_json(tmp_path: Path) -> None:
    """A program that reads a drawn table breaks with the next column."""
    (row,) = (row for row in handouts("list", "--json", cwd=tmp_path).json if row["condition"] == SHIPPED)

    assert row["for"] == ["family", "carrier"]
    assert {"en": "English", "es": "español", "ar": "العربية"}.items() <= row["languages"].items()


@pytest.mark.parametrize(("encoding", "as_json"), [("ascii", False), ("ascii", True), ("latin-1", False)])
def test_list_works_in_a_terminal_that_has_no_arabic(tmp_path: Path, encoding: str, as_json: bool) -> None:  # noqa: FBT001  pytest passes it by name
    """One language's own name must not take the command away from everyone on an old terminal."""
    command = [sys.executable, "-m", "handouts", "list", *(["--json"] if as_json else [])]
    env = environment(PYTHONIOENCODING=encoding)

    ran = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, timeout=SECONDS, check=False)

    assert ran.returncode == 0
    assert b"Traceback" not in ran.stderr
    if as_json:
        names = {name for row in json.loads(ran.stdout.decode(encoding)) for name in row["languages"].values()}
        assert "العربية" in names


# ------------------------------------------------------------------------------------------------ make


@pytest.mark.parametrize("audience", ["family", "carrier"])
@pytest.mark.parametrize("tag", ["en", "es", "ar"])
def test_make_makes_a_verified_pdf_in_each_language_for_each_reader(tag: str, audience: str) -> None:
    """A handout that a screen reader stumbles over shuts out the reader it was made for."""
    done = made(tag, audience)

    assert done.ran.code == 0, done.ran.told
    assert done.ran.json["verification"] == "PASSED"
    assert done.pdf.startswith(b"%PDF-")
    with pikepdf.open(io.BytesIO(done.pdf)) as pdf:
        assert str(pdf.Root.Lang) == tag
        assert len(pdf.pages) == done.ran.json["pages"] > 1


@pytest.mark.parametrize(("paper", "size_pt"), [("a4", A4_PT), ("letter", LETTER_PT)])
def test_make_sets_the_page_on_the_paper_that_was_asked_for(paper: str, size_pt: tuple[float, float]) -> None:
    """A page made for the wrong sheet is cut off, or shrunk until it can't be read."""
    done = made("en", "family", paper)

    assert done.ran.code == 0, done.ran.told
    with pikepdf.open(io.BytesIO(done.pdf)) as pdf:
        sizes = {tuple(float(side) for side in page.mediabox[2:]) for page in pdf.pages}
    (size,) = sizes
    assert size == pytest.approx(size_pt, abs=0.1)


@pytest.mark.parametrize(("tag", "audience"), [("en", "family"), ("ar", "carrier")])
def test_make_gives_the_same_bytes_in_another_process_with_another_hash_seed(tag: str, audience: str) -> None:
    """A file that changes for no reason can't be approved, compared or kept by its sum."""
    first, second = made(tag, audience, seed="1").pdf, made(tag, audience, seed="2").pdf

    assert first.startswith(b"%PDF-")
    assert first == second


def test_make_tells_what_it_made_and_each_check_of_it(tmp_path: Path) -> None:
    """Someone who prints for a clinic must see that the file was checked, and by what."""
    lay(tmp_path, {SMALL: CONDITION})

    ran = handouts("make", "small-condition", "-o", "out/small.pdf", cwd=tmp_path)

    assert ran.code == 0
    assert "out/small.pdf" in ran.out
    assert re.search(r"PASSED +pdf-ua-1", ran.out)
    assert (tmp_path / "out/small.pdf").read_bytes().startswith(b"%PDF-")


def test_make_prints_the_date_that_was_asked_for(tmp_path: Path) -> None:
    """A wrong date makes an old handout look new."""
    lay(tmp_path, {SMALL: CONDITION})
    handouts("make", "small-condition", "--date", "2026-05-17", "-o", "small.pdf", cwd=tmp_path)

    heard = handouts("verify", "--heard", "small.pdf", cwd=tmp_path).out

    assert "May 17, 2026" in heard


def test_make_refuses_a_draft_that_nobody_asked_for(tmp_path: Path) -> None:
    """An unreviewed translation would reach a family as if it were reviewed."""
    ran = handouts("make", SHIPPED, "--lang", "es", "-o", "es.pdf", cwd=tmp_path)

    assert ran.code == 1
    assert "error[draft-refused]" in ran.err
    assert "--draft" in ran.err
    assert contents(tmp_path) == {}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((SHIPPED, "--lang", "it"), ["unknown-language", "Italian", "en, es"]),
        ((SHIPPED, "--lang", "no_such tag"), ["unknown-language", "BCP 47"]),
        ((SHIPPED, "--lang", "../../es"), ["unknown-language"]),
        ((SHIPPED, "--lang", ""), ["unknown-language"]),
        (("x-linked-hiper-igm",), ["unknown-condition", f"did you mean {SHIPPED}?"]),
        (("measles",), ["unknown-condition", SHIPPED]),
        ((f"../conditions/{SHIPPED}",), ["unknown-condition"]),
        ((SHIPPED, "--for", "nobody"), ["--for", "family", "carrier"]),
        ((SHIPPED, "--paper", "a3"), ["--paper", "letter"]),
        ((SHIPPED, "--date", "2026-02-30"), ["--date", "2026-02-30"]),
        ((SHIPPED, "--bilingual", "en"), ["options-conflict", "--bilingual"]),
        ((SHIPPED, "--bilingual", "fr-CA"), ["unknown-language", "French"]),
        ((SHIPPED, "--bilingual", ""), ["unknown-language", "BCP 47"]),
        ((SHIPPED, "--place", "UK"), ["unknown-place", "did you mean GB (United Kingdom)?"]),
        ((SHIPPED, "--place", "Germny"), ["unknown-place", "did you mean DE (Germany)?"]),
        ((SHIPPED, "--place", ""), ["unknown-place", "ISO 3166"]),
        ((SHIPPED, "--large-print", "--format", "txt"), ["options-conflict", "--large-print"]),
        ((SHIPPED, "--colour"), ["No such option", "--colour"]),
        ((SHIPPED, "--project", "nowhere"), ["not-a-project", "handouts init"]),
        ((), ["Missing argument"]),
    ],
)
def test_make_refuses_a_wrong_command_and_says_what_is_right(
    tmp_path: Path, arguments: tuple[str, ...], said: list[str]
) -> None:
    """A typing mistake must neither print something else nor leave the user to guess."""
    ran = handouts("make", *arguments, "-o", "a.pdf", cwd=tmp_path)

    assert ran.code == 2
    assert [word for word in said if word not in ran.err] == []
    assert "Traceback" not in ran.told
    assert contents(tmp_path) == {}


def test_make_asks_where_to_write(tmp_path: Path) -> None:
    """A file that lands where nobody looks is printed by nobody."""
    ran = handouts("make", SHIPPED, cwd=tmp_path)

    assert ran.code == 2
    assert "--output" in ran.err
    assert contents(tmp_path) == {}


def test_make_tells_a_program_which_edition_it_made(tmp_path: Path) -> None:
    """A program that files handouts mixes the large with the small, and one country's with another's."""
    lay(tmp_path, {SMALL: CONDITION})
    options = ("--large-print", "--place", "us", "--json")

    ran = handouts("make", "small-condition", *options, "-o", "a.pdf", cwd=tmp_path)

    told = {"size": "large", "kind": "handout", "second": None, "place": "US"}
    assert {name: ran.json[name] for name in told} == told
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        kept = {str(name): str(value) for name, value in pdf.docinfo.items()}
    assert {"/size": "large", "/kind": "handout", "/place": "US"}.items() <= kept.items()
    assert "/second-language" not in kept


def test_make_refuses_an_edition_that_the_condition_lacks(tmp_path: Path) -> None:
    """A carrier given the family's pages reads about someone else."""
    lay(tmp_path, {SMALL: CONDITION})

    ran = handouts("make", "small-condition", "--for", "carrier", "-o", "a.pdf", cwd=tmp_path)
    sheet = handouts("make", "small-condition", "--questions", "-o", "a.pdf", cwd=tmp_path)

    assert (ran.code, sheet.code) == (2, 2)
    assert "unknown-edition" in ran.err
    assert "it has: family" in ran.err
    assert "no-questions" in sheet.err
    assert not (tmp_path / "a.pdf").exists()


@pytest.mark.parametrize("output", ["occupied/a.pdf", "folder"])
def test_make_leaves_nothing_where_it_cannot_write(tmp_path: Path, output: str) -> None:
    """A half-written PDF opens, and lacks its last pages."""
    lay(tmp_path, {SMALL: CONDITION, "occupied": "words", "folder/words.txt": "words"})
    before = contents(tmp_path)

    ran = handouts("make", "small-condition", "-o", output, cwd=tmp_path)

    assert ran.code == 1
    assert f"{output}: error[cannot-write]" in ran.err
    assert "Traceback" not in ran.told
    assert contents(tmp_path) == before


def test_make_replaces_a_handout_that_it_made_before(tmp_path: Path) -> None:
    """A clinic that renews its handouts must not keep the old page under the new name."""
    lay(tmp_path, {SMALL: CONDITION, "a.pdf": "old"})

    ran = handouts("make", "small-condition", "-o", "a.pdf", cwd=tmp_path)

    assert ran.code == 0
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")


def test_make_that_is_stopped_leaves_no_file(tmp_path: Path) -> None:
    """Ctrl-C must not leave a piece of a handout that someone prints later."""
    # The handler is set by hand, for a shell that starts this in the background has its children ignore Ctrl-C.
    start = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); import handouts.__main__"
    command = [sys.executable, "-X", "importtime", "-c", start, "make", SHIPPED, "-o", "a.pdf"]
    process = subprocess.Popen(
        command, cwd=tmp_path, env=environment(), text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    with process:
        # The engine has just been loaded: typesetting begins.
        while not re.search(r"\| +weasyprint$", line := process.stderr.readline().rstrip()):
            assert line, "the engine was never loaded"
        process.send_signal(signal.SIGINT)
        told = process.stderr.read()

    # A shell shows both as 130: Python ends itself by the signal when that came while a class was being made.
    assert process.returncode in {130, -signal.SIGINT}
    assert "Traceback" not in told
    assert "stopped" in told
    assert contents(tmp_path) == {}


# ------------------------------------------------------------------------------------ hostile projects


@pytest.mark.parametrize("command", ["check", "make"])
def test_a_content_file_of_fifty_megabytes_is_refused_unread(tmp_path: Path, command: str) -> None:
    """A file that fills the memory takes the clinic's computer with it."""
    lay(tmp_path, {SMALL: CONDITION + "# " + "x" * 98 + "\n" + "- x\n" * 12_500_000})
    arguments = ("check",) if command == "check" else ("make", "small-condition", "-o", "a.pdf")

    ran = handouts(*arguments, cwd=tmp_path, seconds=120)

    assert ran.code == 1
    assert f"{SMALL}: error[file-too-large]" in ran.err
    assert not (tmp_path / "a.pdf").exists()


def test_a_yaml_bomb_is_refused_before_it_unfolds(tmp_path: Path) -> None:
    """Nine lines of aliases unfold to a billion words."""
    levels = [f"{name}: &{name} [{', '.join([f'*{below}'] * 9)}]" for below, name in zip("abcdefgh", "bcdefghi")]  # noqa: B905  the last has none above
    lay(tmp_path, {SMALL: "\n".join(["id: small-condition", "a: &a [x, x, x, x, x, x, x, x, x]", *levels])})

    ran = handouts("make", "small-condition", "-o", "a.pdf", cwd=tmp_path, seconds=120)

    assert ran.code == 1
    assert f"{SMALL}:2: error[yaml-alias]" in ran.err
    assert not (tmp_path / "a.pdf").exists()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Lo más importante", "Lo <script>alert()</script>", "html"),
        ("Lo más importante", "Lo <img src=file:///etc/passwd>", "html"),
        ("aproximadamente {frequency} niños", "algunos niños", "placeholder-missing"),
        ("aproximadamente {frequency} niños", "aproximadamente {frecuencia} niños", "placeholder-unknown"),
    ],
)
def test_a_catalog_that_would_harm_the_page_is_refused_by_check_and_make(
    tmp_path: Path, old: str, new: str, code: str
) -> None:
    """A translation can carry a program or lose the odds; neither may reach a page."""
    catalog = changed(SPANISH, old, new)
    lay(tmp_path, {SMALL: CONDITION, CATALOG: catalog})
    line = line_of(catalog, new) - 2  # an entry begins at its msgctxt, two lines above its msgstr

    checked = handouts("check", cwd=tmp_path)
    done = handouts("make", "small-condition", "--lang", "es", "--draft", "-o", "a.pdf", cwd=tmp_path)

    for ran in (checked, done):
        assert ran.code == 1
        assert re.search(rf"^{CATALOG}:({line}|{line + 1}|{line + 2}): error\[{code}\]", ran.err, re.MULTILINE), ran.err
        assert "Traceback" not in ran.told
    assert not (tmp_path / "a.pdf").exists()


def test_a_catalog_that_lacks_a_string_is_refused_with_its_key(tmp_path: Path) -> None:
    """A page that falls back to English says half of what it should to a reader who has no English."""
    catalog = changed(SPANISH, '"Lo más importante"', '""')
    lay(tmp_path, {SMALL: CONDITION, CATALOG: catalog})

    ran = handouts("make", "small-condition", "--lang", "es", "--draft", "-o", "a.pdf", cwd=tmp_path)

    assert ran.code == 1
    assert "main.heading" in ran.err
    assert not (tmp_path / "a.pdf").exists()


# ----------------------------------------------------------------------------------------------- check


def test_check_finds_what_we_ship_clean(tmp_path: Path) -> None:
    """A release that fails its own check teaches everyone to ignore the check."""
    ran = handouts("check", cwd=tmp_path)

    assert ran.code == 0, ran.told
    assert ran.err == ""
    for name in ("fonts", "library", SHIPPED, f"{SHIPPED}, ar", f"{SHIPPED}, es"):
        assert f"ok    {name}" in ran.out


def test_check_tells_every_problem_of_a_project_with_its_line(tmp_path: Path) -> None:
    """An author who is told one fault at a time gives up before the last."""
    text = changed(CONDITION, "This guide is for families.", "This guide is for 3 families.")
    text = changed(text, "id: rare, sources: [ONE]", "id: rare, sources: [ONE, NOWHERE]")
    lay(tmp_path, {SMALL: text})

    ran = handouts("check", cwd=tmp_path)

    assert ran.code == 1
    assert f"{SMALL}:{line_of(text, 'for 3 families')}: error[bare-number]" in ran.err
    assert f"{SMALL}:{line_of(text, 'NOWHERE')}: error[unknown-source]" in ran.err
    assert f"ok    {SHIPPED}" in ran.out


def test_check_tells_a_program_the_same_as_json(tmp_path: Path) -> None:
    """An editor or a build that can't read the problems can't show them on their lines."""
    text = changed(CONDITION, "This guide is for families.", "This guide is for 3 families.")
    lay(tmp_path, {SMALL: text})

    ran = handouts("check", "--json", cwd=tmp_path)

    assert ran.code == 1
    rows = {row["checked"]: row for row in ran.json}
    assert rows[SHIPPED]["passed"] is True
    (problem,) = rows["small-condition"]["problems"]
    place = {"code": problem["code"], "file": problem["file"], "line": problem["line"]}
    assert place == {"code": "bare-number", "file": SMALL, "line": line_of(text, "for 3 families")}


def test_check_finds_a_broken_page_design_of_ones_own(tmp_path: Path) -> None:
    """A design that can't be filled is found before the clinic's busy morning, not in it."""
    lay(tmp_path, {"templates/handout.html.jinja": "<html>{{ nonsense }}</html>"})

    ran = handouts("check", cwd=tmp_path)

    assert ran.code == 1
    assert "error[template]" in ran.err
    assert "nonsense" in ran.err


def test_check_standards_prints_each_line_with_its_group_and_figure(tmp_path: Path) -> None:
    """Whoever clears a handout needs all lines, and the sentence that each is about."""
    lay(tmp_path, {SMALL: CONDITION})

    ran = handouts("check", "--standards", "small-condition", cwd=tmp_path)

    assert ran.code == 1
    assert "Plain language\n" in ran.out
    assert re.search(r"PASSED +heard-as-written +A4 and Letter", ran.out)
    assert re.search(r"FAILED +nobody-to-blame", ran.out)
    assert re.search(r"\d+ passed, \d+ failed, \d+ scored, \d+ for a person, \d+ not run", ran.out)


def test_check_standards_tells_a_program_the_same_as_json(tmp_path: Path) -> None:
    """A build that reads a drawn table breaks with the next column."""
    plain = "Nobody is to blame. You can ask us. We can help. It is free. It is close. Call us. Do it soon. "
    lay(tmp_path, {SMALL: CONDITION.replace("have it.", f"have it. {plain * 2}")})

    ran = handouts("check", "--standards", "small-condition", "--for", "family", "--json", cwd=tmp_path)
    (row,) = ran.json

    assert (ran.code, row["passed"], row["language"], row["for"]) == (0, True, "en", "family")
    assert {line["verdict"] for line in row["lines"]} == {"PASSED", "SCORED", "PERSON", "NOT_RUN"}
    assert set(row["lines"][0]) == {"criterion", "group", "verdict", "figure", "look_at"}


@pytest.mark.parametrize("words", [(SHIPPED,), ("--lang", "es"), ("--for", "family")])
def test_check_takes_a_condition_only_with_standards(tmp_path: Path, words: tuple[str, ...]) -> None:
    """Told to check one thing and checking all, it would be believed."""
    ran = handouts("check", *words, cwd=tmp_path)

    assert ran.code == 2
    assert "--standards" in ran.err


# ---------------------------------------------------------------------------------------------- schema


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    """What `handouts schema` prints, by kind."""
    here = tmp_path_factory.mktemp("schemas")
    ran = {kind: handouts("schema", kind, cwd=here) for kind in KINDS}
    assert {r.code for r in ran.values()} == {0}
    return {kind: r.json for kind, r in ran.items()}


def as_an_editor_reads(path: Path) -> object:
    """A YAML file's value; editors read YAML 1.2, to which a date is text."""

    class Editor(yaml.SafeLoader):
        yaml_implicit_resolvers = {  # noqa: RUF012  PyYAML's own way
            first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
            for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

    return yaml.load(path.read_text(encoding="utf-8"), Loader=Editor)  # noqa: S506  a SafeLoader, less dates


@pytest.mark.parametrize("kind", KINDS)
def test_each_file_that_we_ship_fits_the_schema_of_its_kind(kind: str, schemas: dict[str, dict[str, object]]) -> None:
    """An editor that marks right files as wrong is switched off, and then marks nothing."""
    library = CHECKOUT / "handouts" / "library"
    files = sorted(library.glob("conditions/*.yaml")) if kind == "condition" else [library / f"{kind}.yaml"]
    schema = schemas[kind]

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert files
    for file in files:
        assert list(complaints(as_an_editor_reads(file), schema, schema)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_each_schema_refuses_a_key_that_is_misspelled(kind: str, schemas: dict[str, dict[str, object]]) -> None:
    """A key that nobody reads is a fact that never reaches the page."""
    assert any("surces" in text for text in complaints({"surces": []}, schemas[kind], schemas[kind]))


def test_schema_writes_a_file_for_an_editor(tmp_path: Path, schemas: dict[str, dict[str, object]]) -> None:
    """The file that editors are pointed to must be the schema that is printed."""
    ran = handouts("schema", "-o", "here/condition.schema.json", cwd=tmp_path)

    assert ran.code == 0
    assert json.loads((tmp_path / "here/condition.schema.json").read_text(encoding="utf-8")) == schemas["condition"]


def test_schema_refuses_a_kind_that_is_not_there(tmp_path: Path) -> None:
    """A typing mistake must not leave an empty schema that accepts everything."""
    ran = handouts("schema", "glosary", cwd=tmp_path)

    assert ran.code == 2
    assert ran.out == ""
    assert "did you mean glossary?" in ran.err
    assert handouts("schema", "nonsense", cwd=tmp_path).code == 2


# ------------------------------------------------------------------------------- init, where, catalog


def test_init_makes_a_project_that_is_sound_and_holds_what_it_says(tmp_path: Path) -> None:
    """The first five minutes decide whether a hospital writes its own handouts."""
    ran = handouts("init", "ours", cwd=tmp_path)
    project = tmp_path / "ours"

    assert ran.code == 0
    assert {"conditions", "locales", "brands", "handouts.toml"} <= {path.name for path in project.iterdir()}
    assert handouts("check", cwd=project).code == 0


def test_init_leaves_a_folder_in_use_as_it_is(tmp_path: Path) -> None:
    """Someone's own work must not be written over."""
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours/handouts.toml").write_text("# my own", encoding="utf-8")
    (tmp_path / "a-file").write_text("words", encoding="utf-8")
    before = contents(tmp_path)

    for folder in ("ours", "a-file", "a-file/ours"):
        ran = handouts("init", folder, cwd=tmp_path)

        assert ran.code == 1, folder
        assert "error[" in ran.err
        assert "Traceback" not in ran.told
    assert contents(tmp_path) == before


def test_where_says_which_of_two_files_wins(tmp_path: Path) -> None:
    """Someone who edits the hidden file wonders for a day why nothing changes."""
    name = f"conditions/{SHIPPED}.yaml"
    lay(tmp_path, {name: changed(CONDITION, "id: small-condition", f"id: {SHIPPED}")})
    shipped = CHECKOUT / "handouts" / "library" / name

    ran = handouts("where", SHIPPED, cwd=tmp_path)

    assert ran.code == 0
    assert ran.out.splitlines() == [f"wins   {tmp_path / name}", f"hidden {shipped}"]


def test_where_says_that_fonts_are_ours_whatever_a_project_holds(tmp_path: Path) -> None:
    """A project's fonts are not used; to say that they win would be a lie."""
    lay(tmp_path, {"fonts/fonts.conf": "<fontconfig/>"})

    ran = handouts("where", "fonts/fonts.conf", cwd=tmp_path)

    assert ran.out.splitlines() == [f"wins   {CHECKOUT / 'fonts/fonts.conf'}"]


@pytest.mark.parametrize("name", ["x-linked-hyper", "../../../etc/passwd", "/etc/passwd", ".git/config", ""])
def test_where_knows_nothing_outside_the_project(tmp_path: Path, name: str) -> None:
    """A name must not be a way to files that are none of ours."""
    ran = handouts("where", name, cwd=tmp_path)

    assert ran.code == 2
    assert "error[unknown-name]" in ran.err
    assert ran.out == ""


def test_extracting_twice_writes_nothing_the_second_time(tmp_path: Path) -> None:
    """Files that change for nothing hide the change that matters from a translator."""
    lay(tmp_path, {SMALL: CONDITION, CATALOG: SPANISH})
    first = handouts("catalog", "extract", cwd=tmp_path)
    after_first = contents(tmp_path)

    second = handouts("catalog", "extract", cwd=tmp_path)

    assert (first.code, second.code) == (0, 0)
    assert "wrote locales/small-condition.pot" in first.out
    assert second.out == "nothing to write: all is up to date\n"
    assert contents(tmp_path) == after_first


# -------------------------------------------------------------------------------- help, version, doctor


def commands() -> Iterator[tuple[str, ...]]:
    """Every command that there is, and the bare program."""
    yield ()
    for name, command in getattr(typer.main.get_command(app), "commands", {}).items():
        yield (name,)
        for inner in getattr(command, "commands", {}):
            yield (name, inner)


def test_help_of_every_command_shows_and_loads_no_heavy_library(tmp_path: Path) -> None:
    """Help that takes two seconds, or that needs a system library to be read, helps nobody."""
    names = list(commands())
    program = f"""
import sys
from handouts.cli import main
for name in {names!r}:
    sys.argv = ["handouts", *name, "--help"]
    try:
        main()
    except SystemExit as end:
        print("EXIT", end.code, *name)
print("LOADED", *sorted(sys.modules))
"""
    command = [sys.executable, "-c", program]

    ran = subprocess.run(
        command, cwd=tmp_path, env=environment(), capture_output=True, text=True, timeout=SECONDS, check=False
    )
    loaded = set(ran.stdout.split("LOADED")[1].split())

    assert {("make",), ("check",), ("catalog", "extract")} <= set(names)
    assert re.findall(r"^EXIT (.*)$", ran.stdout, re.MULTILINE) == [" ".join(("0", *name)) for name in names]
    assert ran.stdout.count("Usage: handouts") == len(names)
    assert ran.stderr == ""
    assert "typer" in loaded
    assert loaded & {"weasyprint", "fastapi", "dask", "babel", "pikepdf"} == set()


def test_version_is_the_one_that_was_installed(tmp_path: Path) -> None:
    """A report of a fault that names the wrong version sends us to the wrong code."""
    ran = handouts("--version", cwd=tmp_path)

    assert (ran.code, ran.out.strip()) == (0, f"handouts {version('handouts')}")


@pytest.mark.parametrize("arguments", [("nonsense",), ("--nonsense",), ("catalog", "nonsense"), ("list", "--nonsense")])
def test_a_command_that_is_not_there_is_a_wrong_command(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """A script that calls what does not exist must stop there."""
    ran = handouts(*arguments, cwd=tmp_path)

    assert ran.code == 2
    assert "nonsense" in ran.err
    assert "Traceback" not in ran.told


def test_doctor_finds_this_machine_well(tmp_path: Path) -> None:
    """Whoever installs needs one command that says whether all is there."""
    ran = handouts("doctor", cwd=tmp_path)
    rows = handouts("doctor", "--json", cwd=tmp_path).json

    assert ran.code == 0, ran.told
    assert {"Python", "Pango", "HarfBuzz subset", "WeasyPrint", "fonts"} <= {row["what"] for row in rows}
    for row in rows:
        assert f"{row['what']}: {row['found']}" in ran.out


def test_output_that_nobody_reads_to_the_end_is_no_trouble(tmp_path: Path) -> None:
    """`handouts check | head` must not end in a traceback."""
    command = [sys.executable, "-m", "handouts", "schema"]
    process = subprocess.Popen(
        command, cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    with process.stderr:
        told = process.stderr.read()
    process.wait(SECONDS)

    assert told == ""


@pytest.mark.parametrize("arguments", [("where", "x" * 300), ("list", "--project", "x" * 300), ("init", "x" * 300)])
def test_a_name_too_long_for_the_disk_is_told_without_a_traceback(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """A pasted paragraph in place of a name must not look like a broken program."""
    ran = handouts(*arguments, cwd=tmp_path)

    assert ran.code in {1, 2}
    assert "error[" in ran.err
    assert "Traceback" not in ran.told
