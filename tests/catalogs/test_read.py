from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from types import MappingProxyType

import pytest

from handouts.catalogs import CatalogFile, merged_catalog, read_catalog, template, translations_of
from handouts.languages import language
from handouts.model.message import Message, Translations
from handouts.problems import HandoutsError, Location, Problem
from handouts.project import Project, messages_of
from tests.catalogs.checks.strings import NO_TERMS
from tests.conftest import changed

SPANISH = language("es")
ARABIC = language("ar")
HEADER = (
    'msgid ""\n'
    'msgstr ""\n'
    '"Language: es\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
    '"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n'
)
ENTRY = '\nmsgctxt "rare.heading"\nmsgid "How rare it is"\nmsgstr "Qué tan rara es"\n'
GOOD = HEADER + ENTRY

HEADING = Message("small", "rare.heading", "How rare it is", Location("small.yaml", 1))
COUNTED = Message(
    "small",
    "overall",
    "{count} child",
    Location("small.yaml", 2),
    plural="{count} children",
    placeholders=MappingProxyType({"count": "1"}),
)
MESSAGES = {("small", m.key): m for m in (HEADING, COUNTED)}


def read(data: str | bytes, tag: str = "es") -> CatalogFile:
    return read_catalog(data if isinstance(data, bytes) else data.encode(), "small.po", "small", language(tag))


def refused(data: str | bytes, tag: str = "es") -> tuple[Problem, ...]:
    with pytest.raises(HandoutsError) as caught:
        read(data, tag)
    return caught.value.problems


def places(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(p.code, str(p.where)) for p in problems]


def said(text: str, tag: str = "es") -> Translations:
    return translations_of([read(text, tag)], MESSAGES, language(tag), NO_TERMS)[0]


def words(text: str) -> tuple[str, ...] | None:
    """What the catalog says for the heading, or None when that is absent."""
    return said(text).by_key.get(("small", "rare.heading"))


# -------------------------------------------------------------------------------------- the whole file


def test_a_good_catalog_is_read() -> None:
    """The other tests change this one; a fault in it would hide what they look for."""
    assert words(GOOD) == ("Qué tan rara es",)


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + GOOD.encode(),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace("charset=UTF-8", "charset=utf-8").encode(),
        GOOD.rstrip("\n").encode(),
        GOOD.replace("plural=(n != 1);", "plural=(n != 1);;").encode(),
        GOOD.replace("plural=(n != 1);", "plural= n>1 ? 1 : n==0 ? 1 : 0").encode(),
        GOOD.replace('msgstr "Qué', 'msgstr ""\n  "Qué').encode(),
        (GOOD + '\n#~ msgctxt "rare.heading"\n#~ msgid "old"\n#~ msgstr "viejo"\n').encode(),
    ],
    ids=["bom", "crlf", "charset", "no-last-newline", "two-semicolons", "other-rule", "indented", "obsolete"],
)
def test_what_editors_and_tools_do_to_a_catalog_changes_nothing(data: bytes) -> None:
    """A translator on Windows, or with another tool, sees a week of work refused."""
    assert translations_of([read(data)], MESSAGES, SPANISH, NO_TERMS)[0].by_key == {
        ("small", "rare.heading"): ("Qué tan rara es",)
    }


def test_a_catalog_that_gettext_wrapped_is_read() -> None:
    """Poedit and Weblate break long header lines in two: every Arabic catalog would be refused."""
    msgcat = shutil.which("msgcat")
    assert msgcat, "msgcat is one of the test command's system packages (gettext)"
    shipped = Path("locales/ar/LC_MESSAGES/shared.po")
    path = Project().find(str(shipped))
    assert path is not None
    wrapped = subprocess.run([msgcat, "--width=60", str(path)], capture_output=True, check=True).stdout

    assert b"n==2 ? 2 :" in wrapped
    assert b'"Plural-Forms: ' in wrapped
    assert b"4 : 5);" not in next(line for line in wrapped.splitlines() if b"Plural-Forms" in line)
    catalog = read_catalog(wrapped, "shared.po", "shared", ARABIC).catalog
    assert {(m.context, m.id, m.string) for m in catalog if m.id} == {
        (m.context, m.id, m.string)
        for m in read_catalog(path.read_bytes(), "shared.po", "shared", ARABIC).catalog
        if m.id
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"Language: es\\n"\n', ""),
        ("Language: es", "Language: "),
        ("Language: es", "Language: pt_BR"),
        ("Language: es", "Language: español"),
        ('"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n', ""),
        ("nplurals=2", "nplurals=3"),
        ("nplurals=2", "nplurals=two"),
        ("plural=(n != 1)", "plural=(n > 1)"),
        ("plural=(n != 1)", "plural=(n != 1 && n != 21)"),
        ("plural=(n != 1)", "plural=(n != )"),
        ("plural=(n != 1)", "plural=n/0"),
        ("plural=(n != 1)", "plural=" + "(" * 400 + "n" + ")" * 400),
        ("plural=(n != 1)", "plural=__import__('os')"),
        ("nplurals=2; plural=(n != 1)", "nplurals=INTEGER; plural=EXPRESSION"),
    ],
)
def test_a_header_of_another_language_or_rule_is_refused(old: str, new: str) -> None:
    """Portuguese on a Spanish page, or the words for one child where there are none."""
    assert GOOD.count(old) == 1

    (problem,) = refused(GOOD.replace(old, new))

    assert problem.code == "catalog-header"
    assert problem.hint is not None
    assert "Language: es" in problem.hint or "Plural-Forms: nplurals=2" in problem.hint


def test_a_catalog_without_a_header_is_refused() -> None:
    """Nothing says which language it is in."""
    assert [p.code for p in refused(ENTRY)] == ["catalog-header", "catalog-header"]


def test_a_word_of_the_text_is_not_taken_for_the_header() -> None:
    """A sentence that begins with "Language: es" would pass for the header that the file lacks."""
    text = GOOD.replace('"Language: es\\n"\n', "") + '\nmsgctxt "a"\nmsgid ""\n"Language: es\\n"\nmsgstr "x"\n'

    assert [p.code for p in refused(text)] == ["catalog-header"]


@pytest.mark.parametrize("tag", ["es-419", "pt-BR", "zh-Hant"])
def test_a_language_with_a_region_or_script_is_known_by_its_gettext_name(tag: str) -> None:
    """Latin American Spanish would be refused for the digits in its name."""
    forms = {"es-419": "nplurals=2; plural=(n != 1);", "pt-BR": "nplurals=2; plural=(n > 1);"}
    text = (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {tag.replace("-", "_")}\\n"\n'
        f'"Plural-Forms: {forms.get(tag, "nplurals=1; plural=0;")}\\n"\n'
    )

    assert read(text, tag).language.tag == tag


def test_another_character_set_is_refused() -> None:
    """Latin-1 read as UTF-8 turns every accent into rubbish, or the reverse."""
    declared = GOOD.replace("charset=UTF-8", "charset=ISO-8859-1")

    assert places(refused(declared.encode("latin-1"))) == [("catalog-charset", "small.po:1")]
    assert "ISO-8859-1" in refused(declared)[0].message


@pytest.mark.parametrize(
    "header",
    [
        '"Content-Type: text/plain; charset=UTF-9\\n"',
        '"Content-Type: text/plain; charset=}8\\n"',
        '"Content-Type: text/plain; char"\n"set=latin-1\\n"',
    ],
)
def test_a_character_set_that_is_none_or_is_hidden_in_two_lines_is_refused(header: str) -> None:
    """The library that reads catalogs asks the machine for it, and ends in a page of Python."""
    text = GOOD.replace('"Content-Type: text/plain; charset=UTF-8\\n"', header)

    assert header in text
    assert [p.code for p in refused(text)] == ["catalog-charset"]


@pytest.mark.parametrize("date", ["", "unknown", "2026-13-40 99:99+0000", "2026-11-21T12:00:00Z", r"\""])
def test_a_date_that_is_none_costs_nothing(date: str) -> None:
    """A whole catalog is refused, without a line, for what some tools write into its header."""
    dates = f'"PO-Revision-Date: {date}\\n"\n"POT-Creation-Date: {date}\\n"\n'
    text = GOOD.replace('"Language: es\\n"\n', f'"Language: es\\n"\n{dates}')
    file, plain = (read_catalog(each.encode(), "small.po", "small", SPANISH) for each in (text, GOOD))

    assert dict(file.header)["PO-Revision-Date"] == date.replace("\\", "")
    assert [(e.context, e.string, e.lineno) for e in file.catalog if e.id] == [
        (e.context, e.string, (e.lineno or 0) + 2) for e in plain.catalog if e.id
    ]


def test_bytes_that_are_not_utf_8_are_told_with_their_line() -> None:
    """A file that says UTF-8 and is not: an editor would find the line only by eye."""
    line = GOOD[: GOOD.index("Qué")].count("\n") + 1

    assert places(refused(GOOD.encode("latin-1"))) == [("catalog-charset", f"small.po:{line}")]
    assert [p.code for p in refused(GOOD.encode("utf-16"))] == ["catalog-charset"]


@pytest.mark.parametrize("mark", ["# ", 'msgctxt "', 'msgstr "'])
def test_a_file_that_was_not_written_to_its_end_is_told_with_its_line(mark: str) -> None:
    """A crash leaves zeros in a file; in a remark or in a string, they go on into the next catalog."""
    text = GOOD if mark in GOOD else f"# Remark.\n{GOOD}"
    at = text.rindex(mark) + len(mark)
    line = text[:at].count("\n") + 1

    assert places(refused(f"{text[:at]}\0{text[at:]}".encode())) == [("catalog-syntax", f"small.po:{line}")]


def test_every_mark_of_a_merge_conflict_is_told_with_its_line() -> None:
    """Two people's words, and the marks between them, would be printed."""
    ours = '<<<<<<< HEAD\nmsgstr "Qué tan rara es"\n=======\nmsgstr "Su frecuencia"\n>>>>>>> theirs\n'
    text = GOOD.replace('msgstr "Qué tan rara es"\n', ours)
    lines = text.splitlines()

    problems = places(refused(text))

    assert ("catalog-conflict", f"small.po:{lines.index('<<<<<<< HEAD') + 1}") in problems
    assert ("catalog-conflict", f"small.po:{lines.index('>>>>>>> theirs') + 1}") in problems


@pytest.mark.parametrize("cut", range(2, len('"Qué tan rara es"\n'.encode()) + 1))
def test_a_file_that_ends_in_the_middle_is_never_taken_for_whole(cut: int) -> None:
    """A download that broke off prints half a word, or half an instruction, as if it were all."""
    codes = {p.code for p in refused(GOOD.encode()[:-cut])}

    assert codes <= {"catalog-syntax", "catalog-charset"}


@pytest.mark.parametrize(
    ("bad", "line"),
    [
        ('msgctxt "a"\nmsgid "x"\nmsgstr "no end\n', 3),
        ('msgctxt "a"\nmsgid "x"\nmsgstr no quotes\n', 3),
        ('msgctxt "a"\nmsgid "x"\nmsgstr "one" two "three"\n', 3),
        ('msgctxt "a"\nmsgid "x"\nmsgstr "one"\nmsgstr "two"\n', 4),
        ('msgctxt "a"\nmsgid "x"\nmsgid_plural "y"\nmsgstr[0] "a"\nmsgstr[0] "b"\n', 5),
        ('msgctxt "a"\nmsgid "x"\nmsgstr[z] "a"\n', 3),
        ('msgctxt "a"\nmgsid "x"\nmsgstr "a"\n', 2),
        ("just words\n", 1),
        ("\x7fELF\x02\n", 1),
    ],
)
def test_a_line_that_is_no_gettext_is_told(bad: str, line: int) -> None:
    """The library that reads catalogs drops a letter, or one of two translations, and says nothing."""
    before = GOOD.count("\n") + 1

    problems = places(refused(f"{GOOD}\n{bad}"))

    assert problems[0] == ("catalog-syntax", f"small.po:{before + line}")


@pytest.mark.parametrize(
    "bad",
    [
        'msgctxt "a"\nmsgid "x"\n',
        'msgctxt "a"\nmsgid "x"\nmsgid_plural "y"\nmsgstr[0] "a"\nmsgstr[7] "b"\n',
    ],
)
def test_an_entry_with_too_few_or_too_many_strings_is_refused(bad: str) -> None:
    """A form that the language does not have is words for nothing; an entry cut short may be half a file."""
    assert [p.code for p in refused(f"{GOOD}\n{bad}")] == ["catalog-syntax"]


def test_a_key_that_stands_twice_is_told_with_both_lines() -> None:
    """The later of two translations wins without a word, and the wrong one is corrected for weeks."""
    problems = refused(GOOD + ENTRY.replace("Qué tan rara es", "Su frecuencia"))

    first = GOOD[: GOOD.index("msgctxt")].count("\n") + 1
    assert places(problems) == [("catalog-duplicate", f"small.po:{GOOD.count(chr(10)) + 2}")]
    assert problems[0].message == f"the key 'rare.heading' stands twice; it stood first on line {first}"


def test_keys_too_long_for_one_line_are_told_apart() -> None:
    """The tools break a long key over lines; two such keys would pass for one, and the catalog be refused."""
    one = 'msgctxt ""\n"a-very-long-"\n"key"\nmsgid "x"\nmsgstr "y"\n'

    assert read(f"{GOOD}\n{one}\n{one.replace('key', 'other')}").name == "small.po"
    assert [p.code for p in refused(f"{GOOD}\n{one}\n{one.replace('-long-', '-').replace('key', 'long-key')}")] == [
        "catalog-duplicate"
    ]


# ----------------------------------------------------------------------------------- what it says


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('msgctxt "rare.heading"', '#, fuzzy\nmsgctxt "rare.heading"'),
        ('msgctxt "rare.heading"', '#, fuzzy, python-brace-format\nmsgctxt "rare.heading"'),
        ("Qué tan rara es", ""),
        ('msgid "How rare it is"', 'msgid "How rare is it"'),
        ('msgctxt "rare.heading"', 'msgctxt "rare.other"'),
        ('msgctxt "rare.heading"\n', ""),
        (ENTRY, ENTRY.replace("\nmsg", "\n#~ msg")),
    ],
    ids=["fuzzy", "fuzzy-and-more", "empty", "stale", "other-key", "no-key", "obsolete"],
)
def test_a_fuzzy_empty_or_stale_translation_is_absent(old: str, new: str) -> None:
    """Words that nobody has looked at since the English changed would be printed as if they said the same."""
    assert GOOD.count(old) == 1

    assert words(GOOD.replace(old, new)) is None


PLURAL = '\nmsgctxt "overall"\nmsgid "{count} child"\nmsgid_plural "{count} children"\n'


def test_a_plural_string_has_all_the_forms_of_the_language() -> None:
    """A count without its form would be said with another count's words."""
    full = GOOD + PLURAL + 'msgstr[0] "un niño"\nmsgstr[1] "{count} niños"\n'

    assert said(full).by_key["small", "overall"] == ("un niño", "{count} niños")
    empty = full.replace('"un niño"', '""').replace('"{count} niños"', '""')
    assert ("small", "overall") not in said(empty).by_key


@pytest.mark.parametrize(
    ("old", "new"),
    [('msgstr[1] "{count} niños"', 'msgstr[1] ""'), ('msgstr[1] "{count} niños"\n', ""), ('"un niño"', '""')],
)
def test_a_plural_string_that_lacks_some_of_its_forms_is_told(old: str, new: str) -> None:
    """Nobody sees the hole until a count falls into it."""
    full = GOOD + PLURAL + 'msgstr[0] "un niño"\nmsgstr[1] "{count} niños"\n'
    with pytest.raises(HandoutsError) as caught:
        said(changed(full, old, new))

    assert [p.code for p in caught.value.problems] == ["plural-missing"]


def test_a_form_for_many_counts_that_says_none_is_told() -> None:
    """French uses one form for none and for one: the rule in the header decides what a form may leave out."""
    head = HEADER.replace("Language: es", "Language: fr").replace("(n != 1)", "(n > 1)")
    with pytest.raises(HandoutsError) as caught:
        said(f'{head}{PLURAL}msgstr[0] "un enfant"\nmsgstr[1] "{{count}} enfants"\n', "fr")

    assert [p.code for p in caught.value.problems] == ["placeholder-missing"]


def test_words_are_printed_in_the_normal_form_whatever_was_typed() -> None:
    """A letter and its accent apart are found by no search; the catalog is told, and the page is right."""
    text = GOOD.replace("é", "e\u0301")
    translations, problems = translations_of([read(text)], MESSAGES, SPANISH, NO_TERMS)

    assert translations.by_key["small", "rare.heading"] == ("Qué tan rara es",)
    assert [(p.code, p.severity) for p in problems] == [("not-nfc", "warning")]


def test_a_comment_above_an_entry_ignores_a_check_of_that_entry_alone() -> None:
    """One false alarm is silenced, and with it the true one in the next string."""
    comment = "# by Ana\n# handouts-ignore: end-punctuation (a label)\n"
    text = GOOD.replace("rara es", "rara es.").replace("\nmsgctxt", f"\n{comment}msgctxt")
    plural = PLURAL + 'msgstr[0] "un niño."\nmsgstr[1] "{count} niños"\n'
    _, problems = translations_of([read(text + plural)], MESSAGES, SPANISH, NO_TERMS)

    assert [(p.code, p.message.split("'")[1]) for p in problems] == [("end-punctuation", "overall")]


def test_gettext_and_our_own_update_keep_the_comment_that_ignores_a_check(tmp_path: Path) -> None:
    """A week later the English of another string changes, the tools run, and the false alarm is back."""
    msgmerge = shutil.which("msgmerge")
    assert msgmerge, "msgmerge is one of the test command's system packages (gettext)"
    comment = "# handouts-ignore: end-punctuation (a label)"
    text = GOOD.replace("rara es", "rara es.").replace("\nmsgctxt", f"\n{comment}\nmsgctxt")
    (tmp_path / "es.po").write_text(text, encoding="utf-8")
    (tmp_path / "new.pot").write_text(template("small", [COUNTED, HEADING]), encoding="utf-8")
    command = [msgmerge, "--quiet", str(tmp_path / "es.po"), str(tmp_path / "new.pot")]
    merged = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    ours = merged_catalog("small", [COUNTED, HEADING], SPANISH, read(merged))

    for result in (merged, ours):
        assert comment in result
        assert translations_of([read(result)], MESSAGES, SPANISH, NO_TERMS)[1] == ()


def test_a_plural_whose_english_for_many_has_changed_is_stale() -> None:
    """As with any string: half of the English is English too."""
    text = GOOD + PLURAL.replace("} children", "} boys") + 'msgstr[0] "un niño"\nmsgstr[1] "{count} niños"\n'

    assert ("small", "overall") not in said(text).by_key


def test_a_string_that_now_counts_is_stale() -> None:
    """One form can't stand for two."""
    text = GOOD + '\nmsgctxt "overall"\nmsgid "{count} child"\nmsgstr "{count} niño"\n'

    assert ("small", "overall") not in said(text).by_key


def test_errors_of_all_the_entries_are_told_at_once_with_their_lines() -> None:
    """A translator mends what was told, sends the file, and gets the next fault back a week later."""
    text = (
        HEADER
        + ENTRY.replace("Qué tan rara es", "<b>Qué</b>")
        + PLURAL
        + 'msgstr[0] "un niño de 4"\nmsgstr[1] "{cuenta} niños"\n'
    )

    with pytest.raises(HandoutsError) as caught:
        said(text)

    line = text.splitlines().index('msgid "How rare it is"') + 1
    assert places(caught.value.problems) == [
        ("html", f"small.po:{line}"),
        ("number-in-translation", f"small.po:{line + 4}"),
        ("placeholder-missing", f"small.po:{line + 4}"),
        ("placeholder-unknown", f"small.po:{line + 4}"),
    ]


def test_errors_in_a_fuzzy_entry_are_not_told() -> None:
    """A draft that nobody prints keeps the finished part of a catalog from being printed."""
    text = GOOD + '\n#, fuzzy\nmsgctxt "overall"\nmsgid "{count} child"\nmsgstr "<b>4</b>"\n'

    assert words(text) == ("Qué tan rara es",)


# ------------------------------------------------------------------------------------------- shipped

SHIPPED = [(tag, domain) for tag in ("es", "ar") for domain in ("shared", "x-linked-hyper-igm")]


@pytest.mark.parametrize("tag", ["es", "ar"])
def test_the_shipped_catalogs_are_complete(tag: str) -> None:
    """A family gets a refusal instead of a handout."""
    project = Project()
    condition, _ = project.condition("x-linked-hyper-igm")
    translations, problems = project.translations(condition, tag)

    assert set(translations.by_key) == set(messages_of(condition))
    assert problems == ()


@pytest.mark.parametrize(("tag", "domain"), SHIPPED)
def test_gettext_accepts_the_shipped_catalogs(tag: str, domain: str) -> None:
    """A translator's tool refuses the file, and the next language is never begun."""
    msgfmt = shutil.which("msgfmt")
    assert msgfmt, "msgfmt is one of the test command's system packages (gettext)"
    path = Project().find(f"locales/{tag}/LC_MESSAGES/{domain}.po")
    done = subprocess.run(
        [msgfmt, "--check", "--statistics", "-o", os.devnull, str(path)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LC_ALL": "C"},
    )

    assert done.returncode == 0, done.stderr
    assert "warning" not in done.stderr
    assert "fuzzy" not in done.stderr
    assert "untranslated" not in done.stderr
