"""The wheel: what it holds, and that it works where there is no checkout."""

from __future__ import annotations

import importlib.util
import io
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pikepdf
import pytest

from tests.commands import CHECKOUT, DATE, SHIPPED, Ran, environment

SECONDS = 120


def run(*command: str, cwd: Path) -> Ran:
    ran = subprocess.run(command, cwd=cwd, env=environment(), capture_output=True, timeout=SECONDS, check=False)
    return Ran(ran.returncode, ran.stdout.decode(), ran.stderr.decode())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    isolation = ["--no-build-isolation"] if importlib.util.find_spec("hatchling") else []
    options = ["--no-deps", "--disable-pip-version-check", "--wheel-dir", str(folder), *isolation]
    ran = run(sys.executable, "-m", "pip", "wheel", *options, str(CHECKOUT), cwd=folder)
    assert ran.code == 0, ran.told
    (file,) = folder.glob("handouts-*.whl")
    return file


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a clean environment that holds the wheel, and our dependencies beside it."""
    folder = tmp_path_factory.mktemp("clean") / "venv"
    assert run(sys.executable, "-m", "venv", "--without-pip", str(folder), cwd=folder.parent).code == 0
    names = {"base": str(folder), "platbase": str(folder)}
    python = Path(sysconfig.get_path("scripts", "venv", names)) / "python"
    packages = Path(sysconfig.get_path("purelib", "venv", names))
    options = ["--no-deps", "--no-index", "--no-compile", "--disable-pip-version-check"]
    ran = run(sys.executable, "-m", "pip", "--python", str(python), "install", *options, str(wheel), cwd=folder.parent)
    assert ran.code == 0, ran.told
    # Dependencies are read from where the tests run; a .pth file there, such as one that leads to a checkout, is not.
    ours = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "dependencies.pth").write_text("\n".join(sorted(ours)) + "\n", encoding="utf-8")
    return python.parent


def files_below(folder: str, *suffixes: str) -> set[str]:
    """The files of the checkout below `folder`, by their name there."""
    top = CHECKOUT / folder
    return {str(p.relative_to(top)) for p in top.rglob("*") if p.is_file() and (not suffixes or p.suffix in suffixes)}


def test_the_wheel_holds_all_that_a_handout_is_made_of(wheel: Path) -> None:
    """A missing template, catalog, font or licence is found by the first user, who can't mend it."""
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())

    assert {f"handouts/_shipped/fonts/{name}" for name in files_below("fonts")} <= held
    assert {f"handouts/_shipped/locales/{name}" for name in files_below("locales", ".po")} <= held
    assert {f"handouts/_shipped/templates/{name}" for name in files_below("templates")} <= held
    assert {f"handouts/library/{name}" for name in files_below("handouts/library", ".yaml")} <= held
    assert {f"handouts/{name}" for name in files_below("handouts", ".py")} <= held
    for name in ("locales/glossary.yaml", "fonts/fonts.conf", "fonts/manifest.toml", "fonts/licences/NotoSans-OFL.txt"):
        assert f"handouts/_shipped/{name}" in held
    assert f"handouts/_shipped/locales/ar/LC_MESSAGES/{SHIPPED}.po" in held


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    """Tests, caches and someone's own drafts are nobody's to install."""
    with zipfile.ZipFile(wheel) as archive:
        held = archive.namelist()

    assert {name.split("/")[0].split("-")[0] for name in held} == {"handouts"}
    parts = {part for name in held for part in name.split("/")}
    assert parts & {"tests", "__pycache__", ".git", ".venv", "out"} == set()
    assert [name for name in held if name.endswith((".pyc", ".pdf", ".orig", "~"))] == []


def test_the_installed_program_is_the_wheel_s_own(installed: Path, tmp_path: Path) -> None:
    """A test that runs the checkout in place of the wheel says nothing of the wheel."""
    ran = run(str(installed / "python"), "-c", "import handouts; print(handouts.__file__)", cwd=tmp_path)

    assert Path(ran.out.strip()).is_relative_to(installed.parent)


def test_the_installed_program_makes_a_verified_handout_from_any_folder(installed: Path, tmp_path: Path) -> None:
    """What works in the checkout alone works for nobody else."""
    options = ["--lang", "ar", "--for", "carrier", "--draft", "--date", DATE]
    ran = run(str(installed / "handouts"), "make", SHIPPED, *options, "-o", "out/carrier.pdf", cwd=tmp_path)

    assert ran.code == 0, ran.told
    assert "PASSED  pdf-ua-1" in ran.out
    with pikepdf.open(io.BytesIO((tmp_path / "out/carrier.pdf").read_bytes())) as pdf:
        assert str(pdf.Root.Lang) == "ar"


def test_the_installed_program_checks_and_names_its_own_files(installed: Path, tmp_path: Path) -> None:
    """A user must be able to see, and trust, what was installed."""
    checked = run(str(installed / "handouts"), "check", cwd=tmp_path)
    where = run(str(installed / "handouts"), "where", "locales/es/LC_MESSAGES/shared.po", cwd=tmp_path)

    assert checked.code == 0, checked.told
    assert "ok    fonts" in checked.out
    assert Path(where.out.removeprefix("wins   ").strip()).is_relative_to(installed.parent)


def test_babel_finds_our_extractor_once_we_are_installed(installed: Path, tmp_path: Path) -> None:
    """`pybabel extract` says "unknown extraction method", and a team that lives by Babel can't translate at all."""
    config = tmp_path / "babel.cfg"
    config.write_text("[handouts: **.yaml]\n", encoding="utf-8")
    page = CHECKOUT / f"handouts/library/conditions/{SHIPPED}.yaml"
    options = ["extract", "-F", str(config), "--no-location", "-o", "out.pot", str(page)]

    ran = run(str(installed / "python"), "-m", "babel.messages.frontend", *options, cwd=tmp_path)

    assert ran.code == 0, ran.told
    assert 'msgctxt "main.heading"' in (tmp_path / "out.pot").read_text(encoding="utf-8")
