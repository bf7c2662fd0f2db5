"""Catalogs made and brought up to date: nothing that a translator wrote is lost, and nothing is half done."""

from __future__ import annotations

import datetime
import subprocess
from typing import TYPE_CHECKING

import pytest

from handouts import pipeline
from handouts.files import write_all
from handouts.model.approval import SameMeaning, Stage
from handouts.problems import HandoutsError, UsageError
from handouts.project import Project, opened
from handouts.translators import Claim, Update, begun, status, templates, updated
from tests.commands import CATALOG, CHECKOUT, CONDITION, SHIPPED, SPANISH, contents, lay
from tests.conftest import changed, edition, line_of
from tests.translators.conftest import SMALL, TODAY, edit, sign

if TYPE_CHECKING:
    from pathlib import Path

NOBODY = Claim((), None, TODAY)
MOVED = "About {frequency} newborn boys had it."


def bring(
    project: Project, *keys: str, by: str | None = None, tag: str | None = None, domain: str | None = None
) -> Update:
    """Run an update and write it."""
    done = updated(project, tag, domain, Claim(keys, by, TODAY), TODAY)
    write_all(done.files)
    return done


def text_of(project: Project, name: str = CATALOG) -> str:
    assert project.root is not None
    return (project.root / name).read_text(encoding="utf-8")


def entry(text: str, key: str) -> str:
    (found,) = (part for part in text.split("\n\n") if f'msgctxt "{key}"' in part)
    return found.strip()


def codes(error: pytest.ExceptionInfo[HandoutsError]) -> list[str]:
    return [problem.code for problem in error.value.problems]


# ---------------------------------------------------------------------------------------------- templates


def test_the_shipped_templates_and_catalogs_are_up_to_date() -> None:
    """A translator who works on yesterday's text works for nothing."""
    files = {**templates(Project()), **updated(Project(), None, None, NOBODY, TODAY).files}
    names = {str(path.relative_to(CHECKOUT)) for path in files}

    assert {"locales/shared.pot", f"locales/ar/LC_MESSAGES/{SHIPPED}.po", "locales/es/LC_MESSAGES/shared.po"} <= names
    assert names == {str(path.relative_to(CHECKOUT)) for path in (CHECKOUT / "locales").rglob("*.po*")}
    stale = [str(path.relative_to(CHECKOUT)) for path, data in files.items() if path.read_bytes() != data]
    assert stale == [], "run `make catalogs`"


def test_a_project_gets_templates_of_what_it_looks_after_alone(draft: Project) -> None:
    """A copy of our shared texts would hide every correction that we make to them."""
    assert draft.root is not None
    assert {path.relative_to(draft.root / "locales").name for path in templates(draft)} == {"small-condition.pot"}

    lay(draft.root, {"locales/pl/LC_MESSAGES/shared.po": ""})
    assert {path.name for path in templates(draft)} == {"small-condition.pot", "shared.pot"}


def test_nothing_is_written_where_there_is_no_project(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An installed program that writes into its own folder changes what everybody on the machine prints."""
    monkeypatch.setattr("handouts.project.CHECKOUT", tmp_path)

    with pytest.raises(UsageError) as error:
        templates(Project())

    assert codes(error) == ["not-a-project"]


# --------------------------------------------------------------------------------------------- a new language


def test_a_new_language_gets_an_empty_catalog_of_every_domain(draft: Project) -> None:
    """A translator who has to ask for each file finds the last one missing on the day of printing."""
    assert draft.root is not None
    files = begun(draft, "pl", TODAY)

    names = {str(path.relative_to(draft.root)) for path in files}
    assert names == {f"locales/pl/LC_MESSAGES/{d}.po" for d in ("shared", "web", *draft.condition_ids())}
    write_all(files)
    assert all(row.ready == 0 and row.errors == 0 for row in status(draft, "pl"))
    assert updated(draft, "pl", None, NOBODY, TODAY).files == files
    for path in files:
        done = subprocess.run(["msgfmt", "--check", "-o", "-", str(path)], capture_output=True, check=False)  # noqa: S607  gettext from the path
        assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(("tag", "folder"), [("pt-BR", "pt_BR"), ("zh-hant", "zh_Hant"), ("AR", "ar")])
def test_a_new_language_is_named_as_gettext_names_it(draft: Project, tag: str, folder: str) -> None:
    """In a folder of another name, no tool finds the catalog again."""
    (path,) = begun(draft, tag, TODAY, "small-condition")

    assert path.parts[-3:] == (folder, "LC_MESSAGES", "small-condition.po")


def test_a_language_that_is_begun_is_not_begun_again(draft: Project) -> None:
    """A week of work would be an empty file again."""
    before = contents(draft.root) if draft.root else {}
    with pytest.raises(UsageError) as one:
        begun(draft, "es", TODAY, "small-condition")
    with pytest.raises(UsageError) as shipped:
        begun(draft, "es", TODAY)

    assert codes(one) == codes(shipped) == ["catalog-exists"]
    assert before == (contents(draft.root) if draft.root else {})


def test_only_what_is_missing_is_begun(draft: Project) -> None:
    """A copy of a catalog that we ship would hide its later corrections."""
    assert {path.name for path in begun(draft, "ar", TODAY)} == {
        "small-condition.po",
        *(f"{name}.po" for name in draft.condition_ids() if "ar" not in draft.language_tags(name)),
    }


@pytest.mark.parametrize(
    ("tag", "domain", "code"),
    [
        ("xx-nope", None, "unknown-language"),
        ("not a tag", None, "unknown-language"),
        ("../../etc", None, "unknown-language"),
        ("en", None, "english-is-the-source"),
        ("qps-ploc", None, "unknown-language"),
        ("pl", "nope", "unknown-domain"),
        ("pl", "../shared", "unknown-domain"),
    ],
)
def test_what_can_not_be_begun_is_a_wrong_command(draft: Project, tag: str, domain: str | None, code: str) -> None:
    """A folder of a misspelt name is filled for weeks, and never read."""
    with pytest.raises(UsageError) as error:
        begun(draft, tag, TODAY, domain)

    assert codes(error) == [code]


# ------------------------------------------------------------------------------------------------ up to date


def test_changed_english_makes_its_translation_fuzzy_with_the_old_english_beside_it(draft: Project) -> None:
    """The old words under new English would be printed as if they said the same."""
    edit(draft, SMALL, "have it.", "had it.")

    (done,) = bring(draft).catalogs

    assert (done.fuzzy, done.new, done.obsolete) == (("main.rare",), (), ())
    assert entry(text_of(draft), "main.rare").splitlines()[-5:] == [
        "#, fuzzy, python-brace-format",
        '#| msgid "About {frequency} newborn boys have it."',
        'msgctxt "main.rare"',
        f'msgid "{MOVED}"',
        'msgstr "La tienen aproximadamente {frequency} niños recién nacidos."',
    ]


def test_a_changed_string_is_stale_before_anybody_runs_update(draft: Project) -> None:
    """The editor changes a dose, and the page is printed with the old one in sixteen languages."""
    edit(draft, SMALL, "have it.", "had it.")

    with pytest.raises(HandoutsError) as error:
        pipeline.worded(draft, "small-condition", "es", edition(), draft=True)

    assert codes(error) == ["absent-translation"]


def test_a_new_string_and_one_that_is_gone_are_told(draft: Project) -> None:
    """A translator who is not told what is new reads the whole file again."""
    edit(draft, SMALL, "id: rare, sources", "id: seldom, sources")

    (done,) = bring(draft).catalogs

    assert (done.new, done.fuzzy, done.obsolete) == (("main.seldom",), (), ("main.rare",))
    assert '#~ msgstr "La tienen aproximadamente {frequency} niños recién nacidos."' in text_of(draft)
    (again,) = bring(draft).catalogs
    assert (again.new, again.fuzzy, again.obsolete) == ((), (), ())


HEADER = (
    "# Ana Pérez <ana@example.org>, 2026.\n#\n"
    "# Please ask before you change a term.\n"
    'msgid ""\nmsgstr ""\n'
    '"Project-Id-Version: handouts\\n"\n'
    '"PO-Revision-Date: 2026-11-20 10:00+0100\\n"\n'
    '"Last-Translator: Ana Pérez <ana@example.org>\\n"\n'
    '"Language-Team: Equipo \\"A\\"\\n"\n'
    '"Language: es\\n"\n'
    '"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n'
    '"Plural-Forms: nplurals=2; plural=n != 1;\\n"\n'
    '"X-Generator: Poedit 3.4\\n"\n'
)


def test_the_header_and_the_remarks_of_translators_and_their_tools_are_kept(draft: Project) -> None:
    """Whom to ask about a word stands there, and nowhere else."""
    body = SPANISH[SPANISH.index('\nmsgctxt "name"') :].replace(
        'msgctxt "main.heading"', '# Better "principal"?\nmsgctxt "main.heading"'
    )
    asked = body.replace('msgstr "Una cosa pequeña"', 'msgstr ""').replace(
        'msgctxt "edition.family.title"', '# What is a small thing?\nmsgctxt "edition.family.title"'
    )
    assert draft.root is not None
    lay(draft.root, {CATALOG: HEADER + asked})

    bring(draft)
    text = text_of(draft)

    assert text.startswith("# Spanish translation of the domain small-condition.\n" + HEADER.replace("utf-8", "UTF-8"))
    assert '# Better "principal"?' in entry(text, "main.heading")
    assert "# What is a small thing?" in entry(text, "edition.family.title")
    bring(draft)
    assert text_of(draft) == text


def test_one_language_or_domain_alone_can_be_brought_up_to_date(draft: Project) -> None:
    """A translator's own file must not wait for somebody else's broken one."""
    assert draft.root is not None
    lay(draft.root, {"locales/pl/LC_MESSAGES/small-condition.po": "broken"})

    assert [one.language.tag for one in bring(draft, tag="es").catalogs] == ["es"]
    with pytest.raises(HandoutsError) as error:
        bring(draft, domain="small-condition")
    assert codes(error) == ["catalog-syntax"]
    with pytest.raises(UsageError) as none:
        bring(draft, tag="de")
    assert codes(none) == ["no-catalog"]


def test_a_catalog_of_no_domain_is_told_and_left(draft: Project) -> None:
    """A file that was misnamed, or a condition that was taken out: somebody's work all the same."""
    assert draft.root is not None
    name = "locales/es/LC_MESSAGES/smal-condition.po"
    lay(draft.root, {name: SPANISH})

    (problem,) = bring(draft).problems

    assert (problem.code, problem.severity) == ("unknown-domain", "warning")
    assert problem.hint == "did you mean small-condition?"
    assert text_of(draft, name) == SPANISH


def test_strings_of_a_newer_version_are_told_with_their_lines_and_kept(draft: Project) -> None:
    """A translator is ahead of the clinic's version: her new strings must not vanish on the clinic's machine."""
    assert draft.root is not None
    newer = SPANISH + '\nmsgctxt "main.soon"\nmsgid "Soon."\nmsgstr "Pronto."\n'
    lay(draft.root, {CATALOG: newer})

    (row,) = status(draft, "es", "small-condition")
    (problem,) = row.problems

    assert (problem.code, problem.severity) == ("catalog-unknown-string", "warning")
    assert f"'main.soon' (line {line_of(newer, 'Soon.')})" in problem.message
    bring(draft)
    assert '#~ msgstr "Pronto."' in text_of(draft)
    assert status(draft, "es", "small-condition")[0].problems == ()


# ------------------------------------------------------------------------------------------------- bad input

CONFLICT = '<<<<<<< ours\nmsgstr "Lo principal"\n=======\nmsgstr "Lo más importante"\n>>>>>>> theirs\n'


@pytest.mark.parametrize(
    ("data", "code", "marker"),
    [
        (SPANISH.replace("Language: es", "Language: fr").encode(), "catalog-header", 'msgstr ""'),
        (SPANISH.replace("nplurals=2", "nplurals=6").encode(), "catalog-header", 'msgstr ""'),
        (SPANISH.replace("plural=(n != 1)", "plural=(n !=").encode(), "catalog-header", 'msgstr ""'),
        (SPANISH.replace('msgstr "Lo más importante"\n', CONFLICT).encode(), "catalog-conflict", "<<<<<<< ours"),
        (SPANISH.encode()[: SPANISH.encode().index(b"importante")], "catalog-syntax", "Lo m"),
        (SPANISH.encode("latin-1"), "catalog-charset", "Afecci"),
        (SPANISH.replace("UTF-8", "ISO-8859-1").encode("latin-1"), "catalog-charset", None),
        ((SPANISH + SPANISH[SPANISH.index("msgctxt") :]).encode(), "catalog-duplicate", None),
        (SPANISH.encode("utf-16"), "catalog-charset", None),
        (b"\0" * 1000, "catalog-syntax", None),
        (b"", "catalog-header", None),
        (SPANISH.encode() + b"#" * 5_000_001, "file-too-large", None),
    ],
    ids=[
        "other-language", "other-plurals", "broken-plurals", "conflict", "cut-off", "latin-1", "says-latin-1", "twice",
        "utf-16", "zeros", "empty", "too-large",
    ],
)  # fmt: skip
def test_a_catalog_that_can_not_be_used_is_named_with_its_line_and_nothing_is_written(
    draft: Project, data: bytes, code: str, marker: str | None
) -> None:
    """Half of an update beside a broken file: nobody knows any more what is translated."""
    assert draft.root is not None
    edit(draft, SMALL, "have it.", "had it.")
    french = SPANISH.replace("Language: es", "Language: fr").replace("(n != 1)", "(n > 1)")
    lay(draft.root, {"locales/fr/LC_MESSAGES/small-condition.po": french})
    (draft.root / CATALOG).write_bytes(data)
    before = contents(draft.root)

    with pytest.raises(HandoutsError) as error:
        bring(draft)

    places = {problem.where for problem in error.value.problems}
    lines = data.decode("latin-1").split("\n")
    expected = next(number for number, line in enumerate(lines, 1) if marker in line) if marker else None
    assert set(codes(error)) == {code}
    assert all(where and where.file.endswith(CATALOG) for where in places)
    assert expected is None or expected in {where.line for where in places if where}
    assert contents(draft.root) == before


@pytest.mark.parametrize(
    "data",
    [b"\xef\xbb\xbf" + SPANISH.encode(), SPANISH.replace("\n", "\r\n").encode()],
    ids=["bom", "crlf"],
)
def test_a_catalog_from_windows_is_taken_as_it_is(draft: Project, data: bytes) -> None:
    """A translator's editor puts a mark at the start or ends its lines otherwise: that is no fault of theirs."""
    assert draft.root is not None
    (draft.root / CATALOG).write_bytes(data)

    bring(draft)

    assert status(draft, "es", "small-condition")[0].ready == 5
    assert "\r" not in text_of(draft)
    assert text_of(draft).startswith("# Spanish")


# ---------------------------------------------------------------------------------------------- same meaning


def test_a_mended_typo_keeps_every_translation(draft: Project) -> None:
    """A comma in English must not cost sixteen translators an evening."""
    edit(draft, SMALL, "have it.", "had it.")

    (done,) = bring(draft, "main.rare").catalogs

    assert (done.same, done.fuzzy) == (("main.rare",), ())
    assert "fuzzy" not in entry(text_of(draft), "main.rare")
    assert "#|" not in entry(text_of(draft), "main.rare")
    assert status(draft, "es", "small-condition")[0].ready == 5


def test_a_mended_typo_can_be_said_to_be_one_after_the_update(draft: Project) -> None:
    """Most people run update first, and then see what it did."""
    edit(draft, SMALL, "have it.", "had it.")
    bring(draft)

    (done,) = bring(draft, "small-condition:main.rare").catalogs

    assert done.same == ("main.rare",)
    assert status(draft, "es", "small-condition")[0].ready == 5


def test_a_translation_that_somebody_doubted_stays_in_doubt(draft: Project) -> None:
    """The editor speaks for the English; what the translator marked, the translator looks at."""
    edit(draft, CATALOG, 'msgctxt "main.rare"', '#, fuzzy\nmsgctxt "main.rare"')
    edit(draft, SMALL, "have it.", "had it.")

    done = bring(draft, "main.rare")

    assert done.catalogs[0].same == ()
    assert "fuzzy" in entry(text_of(draft), "main.rare")
    assert [problem.code for problem in done.problems] == ["same-meaning-unused"]


def test_english_that_changed_before_the_typo_is_still_looked_at(draft: Project) -> None:
    """The claim is of the last change alone; the one before it changed the meaning."""
    edit(draft, SMALL, "have it.", "may have it.")
    bring(draft)
    edit(draft, SMALL, "may have it.", "might have it.")

    done = bring(draft, "main.rare")

    assert done.catalogs[0].same == ()
    assert '#| msgid "About {frequency} newborn boys have it."' in entry(text_of(draft), "main.rare")


def test_approvals_hold_on_and_the_record_says_why(cleared: Project) -> None:
    """The clinician's name stands under a sentence that was touched: the record must say by whom."""
    edit(cleared, SMALL, "have it.", "had it.")

    bring(cleared, "main.rare", by="Ed Tor")

    assert pipeline.worded(cleared, "small-condition", "es", edition(), draft=False)[0].stage == "cleared"
    assert pipeline.worded(cleared, "small-condition", "en", edition(), draft=False)[0].stage == "cleared"
    for tag in ("es", "en"):
        record = cleared.record("small-condition", tag)
        assert {one.same_meaning for one in record.approvals} == {(SameMeaning(("main.rare",), "Ed Tor", TODAY),)}


def test_somebody_must_stand_for_it_when_an_approval_rests_on_it(cleared: Project) -> None:
    """A nameless "it means the same" would carry a clinician's name over any change."""
    assert cleared.root is not None
    edit(cleared, SMALL, "have it.", "had it.")
    before = contents(cleared.root)

    with pytest.raises(UsageError) as nobody:
        bring(cleared, "main.rare")
    with pytest.raises(HandoutsError) as nameless:
        bring(cleared, "main.rare", by=" ")
    with pytest.raises(HandoutsError) as early:
        updated(cleared, None, None, Claim(("main.rare",), "Ed", datetime.date(2027, 1, 1)), TODAY)

    assert (codes(nobody), codes(nameless)) == (["name-needed"], ["approval-name"])
    assert set(codes(early)) == {"approval-date"}
    assert contents(cleared.root) == before


def test_a_claim_for_one_language_leaves_the_others_to_theirs(cleared: Project) -> None:
    """What still means the same in Spanish may not in Arabic."""
    edit(cleared, SMALL, "have it.", "had it.")

    bring(cleared, "main.rare", by="Ed Tor", tag="es")

    stages = [pipeline.worded(cleared, "small-condition", t, edition(), draft=True)[0].stage for t in ("es", "en")]
    assert stages == ["revised", "not-clinically-reviewed"]


def test_a_changed_number_is_never_a_typo(cleared: Project) -> None:
    """An editor's word that "1 in 500" means the same as "1 in 5,000" must not carry the clinician's name."""
    edit(cleared, SMALL, "have it.", "had it.")
    edit(cleared, SMALL, "total: 5000", "total: 500")

    bring(cleared, "main.rare", by="Ed Tor")

    assert pipeline.worded(cleared, "small-condition", "es", edition(), draft=True)[0].stage == "draft"


def test_a_key_that_is_nowhere_or_in_several_places_is_a_wrong_command(draft: Project) -> None:
    """The claim would be made of another condition's heading."""
    with pytest.raises(UsageError) as error:
        bring(draft, "main.rar", "name", f"{SHIPPED}:main.rare")

    assert codes(error) == ["unknown-string", "ambiguous-string", "unknown-string"]
    assert "small-condition:name" in (error.value.problems[1].hint or "")
    bring(draft, "small-condition:name")
    bring(draft, "name", domain="small-condition")


def test_approvals_of_what_is_not_touched_stay_as_they_are(cleared: Project) -> None:
    """An update that rewrites every record makes every diff unreadable."""
    assert cleared.root is not None
    before = contents(cleared.root)

    bring(cleared)

    after = contents(cleared.root)
    assert {name for name in after if after[name] != before.get(name)} == {CATALOG}


def test_a_project_that_signs_what_we_ship_keeps_its_own_record(draft: Project) -> None:
    """A clinic's approval stands in the clinic's folder, and not in ours."""
    assert draft.root is not None
    sign(draft, "shared", "es", Stage.TRANSLATED)

    assert {name for name in contents(draft.root) if "approv" in name} == {
        "locales/es/approvals.toml",
        "locales/es/approved/shared.json",
    }
    assert not (CHECKOUT / "locales/es/approvals.toml").exists()


def test_an_update_of_a_condition_with_problems_writes_nothing(draft: Project) -> None:
    """The strings of a condition that can't be read would all be put aside as gone."""
    assert draft.root is not None
    (draft.root / SMALL).write_text(changed(CONDITION, "id: main", "id: ["), encoding="utf-8")
    before = contents(draft.root)

    with pytest.raises(HandoutsError):
        bring(draft)

    assert contents(draft.root) == before
    assert opened(draft.root).root == draft.root
