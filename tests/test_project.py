"""Which file wins, what may be read, and how files are written: the one room that opens them."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
import threading
import tomllib
from pathlib import Path

import pytest

from handouts.files import read_text, write_all, write_whole
from handouts.languages import language
from handouts.problems import HandoutsError, UsageError
from handouts.project import Project, discover, font_problems, opened
from tests.commands import CATALOG, CHECKOUT, CONDITION, SHIPPED, SPANISH, contents, lay
from tests.conftest import changed

SMALL = "conditions/small-condition.yaml"
FONTS = CHECKOUT / "fonts"


def codes(error: pytest.ExceptionInfo[HandoutsError]) -> list[str]:
    return [problem.code for problem in error.value.problems]


# -------------------------------------------------------------------------------------------- which wins


def test_a_condition_of_ones_own_wins_over_the_shipped_one(tmp_path: Path) -> None:
    """A hospital that rewrote a handout must not find ours on the table."""
    own = changed(changed(CONDITION, "id: small-condition", f"id: {SHIPPED}"), "Small condition", "Our own words")
    project = opened(lay(tmp_path, {f"conditions/{SHIPPED}.yaml": own}))

    condition, _ = project.condition(SHIPPED)

    assert condition.content.name == "Our own words"
    assert Project().condition(SHIPPED)[0].content.name == "X-linked hyper IgM syndrome"


def test_a_translation_of_ones_own_wins_over_the_shipped_one(tmp_path: Path) -> None:
    """A clinic that mended a word for its region must not print the old word."""
    shipped = (CHECKOUT / "locales/es/LC_MESSAGES/shared.po").read_text(encoding="utf-8")
    entry = 'msgctxt "label.audience.family"\nmsgid "For families"\nmsgstr "Para las familias"'
    own = changed(shipped, entry, entry.replace("Para las familias", "Para tu familia"))
    project = opened(lay(tmp_path, {"locales/es/LC_MESSAGES/shared.po": own}))

    ours, theirs = ((p, p.condition(SHIPPED)[0]) for p in (project, Project()))

    key = ("shared", "label.audience.family")
    assert project.translations(ours[1], "es")[0].by_key[key] == ("Para tu familia",)
    assert Project().translations(theirs[1], "es")[0].by_key[key] == ("Para las familias",)


def test_a_project_keeps_all_that_it_does_not_replace(tmp_path: Path) -> None:
    """One file of one's own must not cost the clinic everything else."""
    project = opened(lay(tmp_path, {SMALL: CONDITION, CATALOG: SPANISH}))

    assert {"small-condition", SHIPPED} <= set(project.condition_ids())
    assert project.language_tags("small-condition") == ("en", "es")
    assert {"ar", "en", "es"} <= set(project.language_tags(SHIPPED))


def test_every_language_of_the_clinics_page_has_all_its_words() -> None:
    """At the counter, a page that is half in a language that staff can't read is as good as none."""
    english, _ = Project().page_words("en")

    assert Project().page_tags() == ("ar", "en", "es")
    for tag in ("ar", "es"):
        words, doubts = Project().page_words(tag)
        assert (list(words), doubts) == (list(english), ())
        assert words["ready.print"] != english["ready.print"]


def test_a_language_that_lacks_one_word_of_the_clinics_page_is_refused_for_all(tmp_path: Path) -> None:
    """One English button between Spanish ones is pressed by mistake."""
    shipped = (CHECKOUT / "locales/es/LC_MESSAGES/web.po").read_text(encoding="utf-8")
    project = opened(
        lay(tmp_path, {"locales/es/LC_MESSAGES/web.po": changed(shipped, 'msgstr "Imprimir"', 'msgstr ""')})
    )

    with pytest.raises(HandoutsError) as error:
        project.page_words("es")

    assert codes(error) == ["absent-translation"]
    assert "web:ready.print" in error.value.problems[0].message


def test_the_words_of_the_clinics_page_can_be_replaced_as_a_whole_alone(tmp_path: Path) -> None:
    """A page without the word on a button stops in front of a family."""
    shipped = (CHECKOUT / "handouts/library/web.yaml").read_text(encoding="utf-8")
    line = next(line for line in shipped.splitlines() if "ready.print:" in line)
    own = opened(lay(tmp_path / "own", {"web.yaml": changed(shipped, "{text: Print,", "{text: Print it,")}))
    gap = opened(lay(tmp_path / "gap", {"web.yaml": changed(shipped, line + "\n", "")}))

    assert own.page_words("en")[0]["ready.print"] == "Print it"
    with pytest.raises(HandoutsError) as error:
        gap.page_words("en")
    assert codes(error) == ["missing-text"]
    assert "ready.print" in error.value.problems[0].message


def test_a_language_needs_the_shared_words_too(tmp_path: Path) -> None:
    """A language offered with half its words ends in a refusal at the printer."""
    catalog = SPANISH.replace("Language: es", "Language: eu")
    project = opened(lay(tmp_path, {SMALL: CONDITION, CATALOG.replace("/es/", "/eu/"): catalog}))

    assert project.language_tags("small-condition") == ("en",)


def test_the_fonts_are_ours_whatever_a_project_holds(tmp_path: Path) -> None:
    """A font without the right glyphs prints boxes in place of words."""
    project = opened(lay(tmp_path, {"fonts/fonts.conf": "<fontconfig/>"}))

    assert project.fonts() == FONTS
    assert project.find("fonts/fonts.conf") == FONTS / "fonts.conf"


def test_the_project_is_found_from_any_folder_inside_it(tmp_path: Path) -> None:
    """Someone who stands in conditions/ must not print the shipped pages unawares."""
    lay(tmp_path, {SMALL: CONDITION})

    assert discover(tmp_path / "conditions") == Project(tmp_path)


def test_a_folder_without_a_marker_is_no_project(tmp_path: Path) -> None:
    """A misspelled folder must be told, not taken for an empty project."""
    with pytest.raises(UsageError) as error:
        opened(tmp_path)

    assert codes(error) == ["not-a-project"]
    assert discover(tmp_path).root not in {tmp_path, tmp_path.parent}


def test_a_marker_that_is_no_toml_is_told(tmp_path: Path) -> None:
    """Settings that are silently dropped are believed to hold."""
    (tmp_path / "handouts.toml").write_text("name = ", encoding="utf-8")

    for enter in (opened, discover):
        with pytest.raises(HandoutsError) as error:
            enter(tmp_path)
        assert codes(error) == ["toml-syntax"]


# --------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("link", "name"),
    [(SMALL, SMALL), ("conditions", SMALL), (CATALOG, CATALOG), ("templates/handout.html.jinja",) * 2],
)
def test_a_link_that_leads_out_of_the_project_is_refused(tmp_path: Path, link: str, name: str) -> None:
    """A project from somewhere else must not read this machine's files into a page."""
    outside = lay(tmp_path / "outside", {name: CONDITION})
    project = Project(lay(tmp_path / "project", {}))
    assert project.root is not None
    (project.root / link).parent.mkdir(parents=True, exist_ok=True)
    (project.root / link).symlink_to(outside / link)

    with pytest.raises(HandoutsError) as error:
        project.find(name)

    assert codes(error) == ["outside-project"]


def test_a_link_inside_the_project_is_followed(tmp_path: Path) -> None:
    """Two names for one file are a user's good right."""
    lay(tmp_path, {"texts/one.yaml": CONDITION, "conditions/.gitkeep": ""})
    (tmp_path / SMALL).symlink_to(tmp_path / "texts/one.yaml")

    assert opened(tmp_path).condition("small-condition")[0].content.name == "Small condition"


@pytest.mark.parametrize(
    "name",
    [
        "conditions/../../outside.yaml",
        "../outside.yaml",
        "conditions/..",
        "conditions//small-condition.yaml",
        "conditions/small-condition.yaml/",
        "./conditions/small-condition.yaml",
        ".hidden",
        "conditions/small-condition.yaml\n",
        "conditions\\small-condition.yaml",
        "",
    ],
)
def test_a_name_that_could_lead_elsewhere_finds_nothing(tmp_path: Path, name: str) -> None:
    """A name comes from a web form one day; it must not become a way through the disk."""
    (tmp_path / "outside.yaml").write_text(CONDITION, encoding="utf-8")
    project = Project(lay(tmp_path / "project", {SMALL: CONDITION, ".hidden": "words"}))

    assert project.find(name) is None


def test_an_absolute_name_finds_nothing(tmp_path: Path) -> None:
    """A whole path given as a name must not open that file."""
    project = Project(lay(tmp_path, {SMALL: CONDITION}))

    assert project.find(str(tmp_path / SMALL)) is None
    assert project.find(SMALL) == tmp_path / SMALL


def test_a_file_longer_than_its_limit_is_not_read(tmp_path: Path) -> None:
    """A file that fills the memory takes the machine with it."""
    path = tmp_path / "long.yaml"
    path.write_bytes(b"a" * 11)

    assert read_text(path, 11) == "a" * 11
    with pytest.raises(HandoutsError) as error:
        read_text(path, 10)
    assert codes(error) == ["file-too-large"]


def test_a_file_that_never_ends_is_read_no_further_than_its_limit(tmp_path: Path) -> None:
    """A pipe or a device in place of a file must not hold the program for ever."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    kept_open = os.open(pipe, os.O_RDWR)
    os.write(kept_open, b"a" * 11)
    told: list[str] = []

    def read() -> None:
        with pytest.raises(HandoutsError) as error:
            read_text(pipe, 10)
        told.extend(codes(error))

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    reader.join(10)
    os.close(kept_open)

    assert told == ["file-too-large"]


def test_a_file_that_is_not_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    """Read in the wrong encoding, every accent of a translation prints as rubbish."""
    path = tmp_path / "old.yaml"
    path.write_bytes("name: one\nnote: señal\n".encode("latin-1"))

    with pytest.raises(HandoutsError) as error:
        read_text(path, 1000)

    (problem,) = error.value.problems
    assert (problem.code, problem.where and problem.where.line) == ("not-utf-8", 2)


@pytest.mark.parametrize("name", ["missing.yaml", "folder"])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, name: str) -> None:
    """A traceback tells a nurse nothing."""
    (tmp_path / "folder").mkdir()

    with pytest.raises(HandoutsError) as error:
        read_text(tmp_path / name, 1000)

    assert codes(error) == ["cannot-read"]


# --------------------------------------------------------------------------------------- how files are written


def test_a_file_is_written_whole_with_the_rights_of_any_new_file(tmp_path: Path) -> None:
    """A handout that only its maker may open can't be printed by the next desk."""
    plain = tmp_path / "plain"
    plain.touch()

    write_whole(tmp_path / "new" / "a.pdf", b"words")

    assert contents(tmp_path) == {"plain": b"", "new/a.pdf": b"words"}
    assert stat.S_IMODE((tmp_path / "new/a.pdf").stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)


@pytest.mark.parametrize(
    ("trouble", "told"),
    [(KeyboardInterrupt(), KeyboardInterrupt), (OSError(errno.ENOSPC, "No space left on device"), HandoutsError)],
)
def test_a_write_that_is_cut_short_leaves_the_old_file_and_no_piece(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: BaseException, told: type[BaseException]
) -> None:
    """A full disk or Ctrl-C must not turn a good handout into half of one."""
    (tmp_path / "a.pdf").write_bytes(b"old")

    def cut_short(_file: int) -> None:
        raise trouble

    monkeypatch.setattr(os, "fsync", cut_short)
    with pytest.raises(told):
        write_whole(tmp_path / "a.pdf", b"new words")

    assert contents(tmp_path) == {"a.pdf": b"old"}


@pytest.mark.parametrize("trouble", [KeyboardInterrupt(), OSError(errno.EACCES, "Permission denied")])
@pytest.mark.parametrize("fails_at", [1, 2, 3])
def test_several_files_are_written_all_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: BaseException, fails_at: int
) -> None:
    """Catalogs of the new English beside approvals of the old: half of an update is worse than none."""
    lay(tmp_path, {"a.po": "old a", "b.po": "old b"})
    before = contents(tmp_path)
    replace = Path.replace
    left = iter(range(1, 9))

    def stuck(self: Path, target: Path) -> Path:
        if next(left) == fails_at:
            raise trouble
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", stuck)
    with pytest.raises((HandoutsError, KeyboardInterrupt)):
        write_all({tmp_path / "a.po": b"new a", tmp_path / "c/c.po": b"new c", tmp_path / "b.po": b"new b"})

    assert contents(tmp_path) == before


def test_nothing_is_written_when_one_of_several_files_can_not_be(tmp_path: Path) -> None:
    """The name of the last file is no reason to lose the first."""
    lay(tmp_path, {"a.po": "old a", "taken": ""})
    before = contents(tmp_path)

    with pytest.raises(HandoutsError) as error:
        write_all({tmp_path / "a.po": b"new a", tmp_path / "taken/b.po": b"new b"})

    assert codes(error) == ["cannot-write"]
    assert contents(tmp_path) == before


def test_a_device_or_a_folder_is_never_replaced(tmp_path: Path) -> None:
    """Written as root over a device such as the null device, a handout would break the whole machine."""
    os.mkfifo(tmp_path / "device")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "device")

    for name in ("device", "folder", "link"):
        with pytest.raises(HandoutsError) as error:
            write_whole(tmp_path / name, b"words")
        assert codes(error) == ["cannot-write"]

    assert (tmp_path / "device").is_fifo()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["device", "folder", "link"]


def test_a_file_where_the_folder_should_be_is_told_as_that(tmp_path: Path) -> None:
    """Told only that a file exists, a user deletes the wrong one."""
    (tmp_path / "taken").touch()

    with pytest.raises(HandoutsError, match="a file stands where its folder should be"):
        write_whole(tmp_path / "taken" / "a.pdf", b"words")


def test_a_name_as_long_as_the_disk_allows_can_be_written(tmp_path: Path) -> None:
    """The piece that is written first must not need a longer name than the file itself."""
    name = "x" * 251 + ".pdf"

    write_whole(tmp_path / name, b"words")

    assert contents(tmp_path) == {name: b"words"}


# ----------------------------------------------------------------------------------------------- upkeep


def test_a_fuzzy_translation_is_not_used_until_someone_looks(tmp_path: Path) -> None:
    """Words for another sentence, printed as if they were for this one, can be plainly wrong."""
    project = opened(
        lay(tmp_path, {SMALL: CONDITION, CATALOG: SPANISH.replace('msgctxt "name"', '#, fuzzy\nmsgctxt "name"')})
    )
    condition, _ = project.condition("small-condition")

    found = project.translations(condition, "es")[0].by_key

    assert ("small-condition", "name") not in found
    assert found["small-condition", "main.heading"] == ("Lo más importante",)


def test_a_catalog_that_is_not_there_is_none() -> None:
    """A language without catalogs must be told as absent, not as empty."""
    assert Project().catalog(SHIPPED, language("de")) is None


# ------------------------------------------------------------------------------------------------ fonts


def test_each_font_is_the_one_in_the_manifest_and_has_its_licence() -> None:
    """A font that changed draws other glyphs than those that were checked; one without a licence may not be shipped."""
    manifest = tomllib.loads((FONTS / "manifest.toml").read_text(encoding="utf-8"))
    fonts = sorted(FONTS.glob("*.ttf"))
    licences = {path.name.removesuffix("-OFL.txt"): path for path in (FONTS / "licences").glob("*-OFL.txt")}

    assert fonts
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in fonts} == {
        name: font["sha256"] for name, font in manifest.items()
    }
    assert {path.name.split("-")[0] for path in fonts} == set(licences)
    for path in licences.values():
        assert "SIL OPEN FONT LICENSE Version 1.1" in path.read_text(encoding="utf-8")
    assert font_problems(FONTS) == ()


def test_a_changed_and_a_missing_font_are_told(tmp_path: Path) -> None:
    """A font cut off in a download prints boxes; the page must not be the first to say so."""
    folder = shutil.copytree(FONTS, tmp_path / "fonts")
    with (folder / "NotoSans-Bold.ttf").open("ab") as font:
        font.write(b"\0")
    (folder / "NotoNaskhArabic-Regular.ttf").unlink()

    problems = font_problems(folder)

    assert {(p.code, Path(p.where.file).name) for p in problems if p.where} == {
        ("font-changed", "NotoSans-Bold.ttf"),
        ("font-missing", "NotoNaskhArabic-Regular.ttf"),
    }
