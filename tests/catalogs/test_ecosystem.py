"""Our catalogs in the tools that translators use: what comes back is what was sent."""

from __future__ import annotations

import io
import json
import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from translate.convert.csv2po import convertcsv as csv2po
from translate.convert.po2csv import convertcsv as po2csv
from translate.convert.po2xliff import convertpo as po2xliff
from translate.convert.xliff2po import convertxliff as xliff2po

from handouts.languages import language
from handouts.problems import HandoutsError
from handouts.project import Project, opened
from tests.commands import CHECKOUT, SHIPPED, lay

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from handouts.model.condition import Condition

TAGS = ("ar", "es", "ru", "zh-Hant")
DOMAINS = ("shared", SHIPPED)
GUIDE = (CHECKOUT / "docs" / "weblate.md").read_text(encoding="utf-8")


def catalog(tag: str, domain: str) -> str:
    path = CHECKOUT / "locales" / language(tag).gettext_name / "LC_MESSAGES" / f"{domain}.po"
    return path.read_text(encoding="utf-8")


def said(
    condition: Condition, tag: str, folder: Path, rewritten: Callable[[str, str], bytes]
) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """What the shipped catalogs of a language say once a tool has `rewritten` each of them (text, domain)."""
    lay(folder, {})
    for domain in DOMAINS:
        path = folder / "locales" / language(tag).gettext_name / "LC_MESSAGES" / f"{domain}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(rewritten(catalog(tag, domain), domain))
    return opened(folder).translations(condition, tag)[0].by_key


@pytest.mark.parametrize("tag", TAGS)
def test_what_poedit_does_to_a_catalog_changes_no_word(condition: Condition, tag: str, tmp_path: Path) -> None:
    """A translator saves once in Poedit, and half the page is gone. It wraps at 79 and writes a header of its own."""

    def poedit(text: str, _: str) -> bytes:
        done = subprocess.run(
            ["msgcat", "--width=79", "--no-location", "-"],  # noqa: S607  gettext from the path
            input=text.encode(),
            capture_output=True,
            check=True,
        ).stdout.decode()
        header, entries = done.split("\n\n", 1)
        fields = re.findall(r'^"[A-Z].*(?:\n"[^A-Z].*)*', header, re.MULTILINE)
        own = ['"Project-Id-Version: handouts\\n"', '"Last-Translator: Ana <ana@example.org>\\n"']
        assert len(fields) >= 5
        comments = "#. moved\n# a remark of the translator's\n"
        entries = entries.replace("\n\n", f"\n\n{comments}", 3)
        text = "\n".join(['msgid ""', 'msgstr ""', *own, *reversed(fields), '"X-Generator: Poedit 3.4\\n"'])
        return f"\ufeff{text}\n\n{entries}".replace("\n", "\r\n").encode()

    assert said(condition, tag, tmp_path, poedit) == Project().translations(condition, tag)[0].by_key


@pytest.mark.parametrize("tag", TAGS)
def test_a_spreadsheet_brings_every_string_back(condition: Condition, tag: str, tmp_path: Path) -> None:
    """An agency works in a spreadsheet, and strings of the same English come back with each other's words."""

    def spreadsheet(text: str, _: str) -> bytes:
        table, back = io.BytesIO(), io.BytesIO()
        po2csv(io.BytesIO(text.encode()), table, None)
        header, entries = text.split("\n\n", 1)
        # the table has no room for a third plural form: those stay as they are in the file
        entries = re.sub(r'^msgstr "(?:.*\n)(?:".*\n)*', 'msgstr ""\n', entries, flags=re.MULTILINE)
        untranslated = f"{header}\n\n{entries}"
        csv2po(io.BytesIO(table.getvalue()), back, io.BytesIO(untranslated.encode()))
        return back.getvalue()

    assert said(condition, tag, tmp_path, spreadsheet) == Project().translations(condition, tag)[0].by_key


def xliff(text: str, _: str) -> bytes:
    there, back = io.BytesIO(), io.BytesIO()
    po2xliff(io.BytesIO(text.encode()), there, None)
    xliff2po(io.BytesIO(there.getvalue()), back, None)
    return back.getvalue()


@pytest.mark.parametrize("tag", [tag for tag in TAGS if tag != "zh-Hant"])
def test_xliff_brings_every_string_back(condition: Condition, tag: str, tmp_path: Path) -> None:
    """An agency works in XLIFF, and strings of the same English come back with each other's words."""
    assert said(condition, tag, tmp_path, xliff) == Project().translations(condition, tag)[0].by_key


def test_what_xliff_adds_to_a_language_of_one_plural_form_is_told_with_its_line(
    condition: Condition, tmp_path: Path
) -> None:
    """A catalog that half a page would come from; docs/weblate.md says what to delete."""
    with pytest.raises(HandoutsError) as caught:
        said(condition, "zh-Hant", tmp_path, xliff)

    (problem,) = caught.value.problems
    assert problem.code == "catalog-syntax"
    assert problem.where is not None
    lines = (tmp_path / "locales" / "zh_Hant" / "LC_MESSAGES" / "shared.po").read_text(encoding="utf-8").splitlines()
    assert problem.where.line is not None
    assert 'msgstr[1] ""' in lines[problem.where.line - 1 : problem.where.line + 6]


# --------------------------------------------------------------------------------------------- Weblate


def test_weblates_component_finds_every_catalog_of_the_shared_domain() -> None:
    """Weblate shows no language at all, or begins new ones from nothing."""
    (component,) = json.loads(re.findall(r"^```json\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)[0])
    found = {path.parent.parent.name for path in CHECKOUT.glob(component["filemask"])}

    assert found == {path.parent.parent.name for path in CHECKOUT.glob("locales/*/LC_MESSAGES/shared.po")}
    assert len(found) > 10
    assert (CHECKOUT / component["new_base"]).is_file()
    assert component["filemask"] == f"locales/*/LC_MESSAGES/{component['slug']}.po"


def test_weblates_discovery_finds_every_domain_in_every_language() -> None:
    """A new condition never reaches the translators."""
    (mask,) = re.findall(r"match translation files against \| `(.+)` \|", GUIDE)
    (base,) = re.findall(r"base file for new translations \| `(.+)` \|", GUIDE)
    names = [str(path.relative_to(CHECKOUT)) for path in CHECKOUT.glob("locales/**/*.po")]
    matches = [re.fullmatch(mask, name) for name in names]

    assert [name for name, match in zip(names, matches, strict=True) if match is None] == []
    domains = {match["component"] for match in matches if match is not None}
    assert {"shared", SHIPPED} <= domains
    assert [d for d in domains if not (CHECKOUT / base.replace("{{ component }}", d)).is_file()] == []
    templates = {path.stem for path in (CHECKOUT / "locales").glob("*.pot")}
    assert {*Project().condition_ids(), "shared", "web"} == templates


def test_weblates_placeholder_check_finds_our_placeholders() -> None:
    """Weblate lets a lost fact through, and it is found weeks later."""
    (component,) = json.loads(re.findall(r"^```json\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)[0])
    pattern = component["check_flags"].removeprefix('placeholders:r"').removesuffix('"')

    assert re.findall(pattern, "{count} in {total_2}, { } and {A}") == ["{count}", "{total_2}"]
