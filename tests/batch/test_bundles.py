from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pikepdf

from handouts.batch.folder import prove, read_manifest
from handouts.batch.values import Checked
from handouts.model.edition import Format
from handouts.typeset import joined_for_print
from tests.batch.test_run import ALL, OPTIONS, jobs_for, run, states, world
from tests.commands import contents, handouts

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.project import Project

__all__ = ["world"]


def test_a_pdf_that_is_as_recorded_and_unsound_is_found_when_asked(world: Project, tmp_path: Path) -> None:
    """A folder of an older version is proved good, and a blind father hears nothing."""
    out = tmp_path / "out"
    run(world, out, jobs_for("ant", form=Format.PDF), options=replace(OPTIONS, verify=Checked.NONE))
    sound = handouts("batch", "verify", "out", "--deep", cwd=tmp_path)
    assert (sound.code, sound.out) == (0, "every file is as the manifest says, and every PDF is sound\n")
    (out / "ant-family.pdf").write_bytes(blank((595, 842)))
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"][0]["sha256"] = hashlib.sha256((out / "ant-family.pdf").read_bytes()).hexdigest()
    (out / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")

    assert handouts("batch", "verify", "out", "--json", cwd=tmp_path).code == 0
    deep = handouts("batch", "verify", "out", "--deep", "--json", "--jobs", "2", cwd=tmp_path)

    assert deep.code == 1
    assert [(fault["name"], fault["fault"]) for fault in deep.json] == [("ant-family.pdf", "unsound")]
    assert any("pdf-ua-1" in detail for detail in deep.json[0]["details"])


def blank(*sizes: tuple[float, float]) -> bytes:
    """A PDF with an empty page of each size, tagged as ours are."""
    pdf = pikepdf.new()
    for number, size in enumerate(sizes):
        pdf.add_blank_page(page_size=size)
        pdf.pages[number].obj["/StructParents"] = number
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()


def page_number(book: pikepdf.Pdf, mark: pikepdf.OutlineItem) -> int:
    """The page that a bookmark leads to, from 0."""
    assert isinstance(mark.destination, pikepdf.Array)
    return [page.obj.objgen for page in book.pages].index(mark.destination[0].objgen)


A4, LETTER = (595, 842), (612, 792)


def test_each_handout_of_the_printers_file_begins_on_a_sheet_of_its_own_and_has_a_bookmark() -> None:
    """The carrier's handout is printed on the back of the family's."""
    joined = joined_for_print(
        [("One", blank(A4)), ("ثلاثة", blank(LETTER, LETTER, LETTER)), ("Two", blank(A4, A4))], "All", "en"
    )
    book = pikepdf.open(io.BytesIO(joined.data))

    with book.open_outline() as outline:
        begins = {str(mark.title): page_number(book, mark) for mark in outline.root}
    assert begins == {"One": 0, "ثلاثة": 2, "Two": 6}
    assert [tuple(float(edge) for edge in page.mediabox)[2:] for page in book.pages] == [A4] * 2 + [LETTER] * 4 + [
        A4
    ] * 2
    assert str(book.docinfo["/Title"]) == "All"


def test_the_printers_file_does_not_claim_to_be_for_ears() -> None:
    """A checker is told of tags that lead nowhere, and somebody hands the file to a blind reader."""
    book = pikepdf.open(io.BytesIO(joined_for_print([("One", blank(A4))], "All", "ar").data))

    assert "/StructTreeRoot" not in book.Root
    assert "/MarkInfo" not in book.Root
    assert all("/StructParents" not in page.obj for page in book.pages)
    assert str(book.Root.Lang) == "ar"


def test_the_same_handouts_make_the_same_bundles(world: Project, tmp_path: Path) -> None:
    """A printer's file of another digest each month looks like a changed one."""
    jobs = jobs_for("ant", form=Format.PDF)
    options = replace(OPTIONS, join=True, pack=True, verify=Checked.NONE)
    for name in ("one", "two"):
        run(world, tmp_path / name, jobs, options)
        assert prove(tmp_path / name) == []

    one, two = contents(tmp_path / "one"), contents(tmp_path / "two")
    assert one == two
    assert "for-print/en-a4.pdf" in one
    assert {record.verification for record in read_manifest(tmp_path / "one").values()} == {"NOT_RUN"}
    with zipfile.ZipFile(tmp_path / "one/handouts.zip") as archive:
        assert set(archive.namelist()) == {*(job.name for job in jobs), "index.html", "manifest.json", "manifest.csv"}
        assert archive.read(jobs[0].name) == one[jobs[0].name]
        assert archive.testzip() is None


def test_an_archive_or_a_printers_file_that_differs_is_told(world: Project, tmp_path: Path) -> None:
    """Last month's archive lies beside this month's files."""
    out = tmp_path / "out"
    jobs = jobs_for("ant", form=Format.PDF)
    run(world, out, jobs, replace(OPTIONS, join=True, pack=True, verify=Checked.NONE))
    (out / "for-print/en-a4.pdf").write_bytes(b"x")
    with zipfile.ZipFile(out / "handouts.zip", "w") as archive:
        archive.writestr(jobs[0].name, "old")

    assert prove(out) == [("for-print/en-a4.pdf", "changed"), ("handouts.zip", "changed")]
    (out / "for-print/en-a4.pdf").unlink()
    (out / "handouts.zip").write_bytes(b"no archive")
    assert prove(out) == [("for-print/en-a4.pdf", "missing"), ("handouts.zip", "changed")]


def test_nothing_is_bundled_when_something_failed(world: Project, tmp_path: Path) -> None:
    """A printer gets a file with a hole that nobody sees."""
    out = tmp_path / "out"
    path = tmp_path / "ours/conditions/bee.yaml"
    path.write_text("id: bee\n")

    report = run(world, out, ALL, replace(OPTIONS, join=True, pack=True))

    assert "failed" in states(report).values()
    assert not (out / "handouts.zip").exists()
    assert not (out / "for-print").exists()
