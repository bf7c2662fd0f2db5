from __future__ import annotations

import datetime
import io
import os
import re
import shutil
import subprocess
from dataclasses import replace
from types import MappingProxyType

import pytest
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.catalogs import merged_catalog, read_catalog, template
from handouts.catalogs.write import plural_forms
from handouts.languages import language
from handouts.model.message import Message
from handouts.problems import Location

HERE = Location("small.yaml", 1)
SPANISH = language("es")
FREQUENCY = Message(
    "small",
    "rare.frequency",
    "About {frequency} have it.",
    HERE,
    note="Said to parents.",
    placeholders=MappingProxyType({"frequency": "2 in 1,000,000", "unused": "7"}),
)
HEADING = Message("small", "rare.heading", "How rare it is", HERE)
COUNTED = Message("small", "overall", "{count} child", HERE, "{count} children", None, MappingProxyType({"count": "1"}))
MESSAGES = (HEADING, FREQUENCY, COUNTED)
DAY = datetime.date(2026, 11, 21)


def merged(messages: tuple[Message, ...], old: str | None = None, day: datetime.date = DAY) -> str:
    before = None if old is None else read_catalog(old.encode(), "small.po", "small", SPANISH)
    return merged_catalog("small", messages, SPANISH, before, day=day)


def entry(text: str, key: str) -> str:
    """The lines of one entry, with its comments."""
    (found,) = (part for part in text.split("\n\n") if f'msgctxt "{key}"' in part)
    return found.strip()


def translated(text: str, key: str, words: str) -> str:
    """`text` with one empty entry filled in, as a translator does it by hand."""
    before = entry(text, key)
    assert before.endswith('msgstr ""')
    return text.replace(before, f'{before[:-2]}"{words}"')


def assert_gettext_reads(text: str) -> None:
    """GNU gettext's own check: what it refuses, no translator's tool opens."""
    msgfmt = shutil.which("msgfmt")
    assert msgfmt, "msgfmt is one of the test command's system packages (gettext)"
    command, plainly = [msgfmt, "--check", "-o", os.devnull, "-"], {**os.environ, "LC_ALL": "C"}
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=False, env=plainly)
    told = "" if text.startswith("# Template") else done.stderr.decode()  # a template has no translator and no language
    assert (done.returncode, told) == (0, "")


FRESH = merged(MESSAGES)
DONE = translated(translated(FRESH, "rare.heading", "Qué tan rara es"), "rare.frequency", "La tienen {frequency}.")

# ------------------------------------------------------------------------------------------- template


def test_a_template_holds_every_string_with_its_key_note_and_example() -> None:
    """A translator who lacks the key, the note or the example puts the wrong word in."""
    assert template("small", MESSAGES) == (
        "# Template of the domain small. Made by `handouts catalog extract`; do not edit.\n"
        'msgid ""\n'
        'msgstr ""\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        "\n"
        "#: rare.heading\n"
        'msgctxt "rare.heading"\n'
        'msgid "How rare it is"\n'
        'msgstr ""\n'
        "\n"
        "#. Said to parents.\n"
        "#. {frequency} becomes, for example: 2 in 1,000,000\n"
        "#: rare.frequency\n"
        "#, python-brace-format\n"
        'msgctxt "rare.frequency"\n'
        'msgid "About {frequency} have it."\n'
        'msgstr ""\n'
        "\n"
        "#. {count} becomes, for example: 1\n"
        "#: overall\n"
        "#, python-brace-format\n"
        'msgctxt "overall"\n'
        'msgid "{count} child"\n'
        'msgid_plural "{count} children"\n'
        'msgstr[0] ""\n'
        'msgstr[1] ""\n'
        "\n"
    )


def test_a_template_says_where_a_string_stands_to_whom_it_speaks_and_how_long_it_may_be() -> None:
    """A word that fits one place is too long for another, or wrong to another reader."""
    placed = replace(HEADING, place="Under one child", audiences=("carrier",), note="A girl.", room=48, spoken=True)

    assert entry(template("small", [placed]), "rare.heading").splitlines()[:5] == [
        "#. Under one child. For carriers.",
        "#. Spoken only: nobody sees it, a screen reader says it.",
        "#. A girl.",
        "#. Room for about 48 characters.",
        "#: rare.heading",
    ]


def test_a_template_keeps_the_order_of_the_content() -> None:
    """Sorted by letters, a text is translated without its context; reordered, its diff says nothing."""
    keys = re.findall(r'msgctxt "([^"]+)"', template("small", tuple(reversed(MESSAGES))))

    assert keys == ["overall", "rare.frequency", "rare.heading"]


def test_catalogs_hold_no_date_and_no_line_numbers() -> None:
    """A file that changes for nothing hides the change that matters."""
    begun = '"PO-Revision-Date: 2026-11-21 00:00+0000\\n"\n'

    for text in (template("small", MESSAGES), FRESH.replace(begun, "", 1)):
        assert not re.search(r"Date|\d{4}-\d{2}|POT|^#:.*:[0-9]", text, re.MULTILINE)
    assert merged(MESSAGES, FRESH, datetime.date(2027, 1, 1)) == FRESH


def test_the_same_content_gives_the_same_files() -> None:
    """A catalog that differs from run to run can't be checked by a machine."""
    assert template("small", MESSAGES) == template("small", MESSAGES)
    assert merged(MESSAGES) == FRESH


def test_two_strings_of_the_same_english_stay_two_entries() -> None:
    """Two places that share a translation can't differ where the language needs it."""
    twice = (HEADING, replace(HEADING, key="other.heading"))

    assert template("small", twice).count('msgid "How rare it is"') == 2


# --------------------------------------------------------------------------------------- bringing up to date


def test_a_fresh_catalog_names_its_language_and_plural_forms() -> None:
    """A tool that doesn't know the language offers the wrong number of forms."""
    assert FRESH.startswith(
        "# Spanish translation of the domain small.\n"
        'msgid ""\n'
        'msgstr ""\n'
        '"Project-Id-Version: handouts\\n"\n'
        '"PO-Revision-Date: 2026-11-21 00:00+0000\\n"\n'
        '"Last-Translator: \\n"\n'
        '"Language-Team: \\n"\n'
        '"Language: es\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
    )


def test_gettext_reads_what_we_write() -> None:
    """A catalog that Poedit or Weblate refuses comes back as a mail with a screenshot, if at all."""
    removed = merged((FREQUENCY, COUNTED), DONE)
    fuzzy = merged((HEADING, replace(COUNTED, plural="{count} boys")), DONE)

    for text in (template("small", MESSAGES), FRESH, DONE, removed, fuzzy):
        assert_gettext_reads(text)


def test_what_is_translated_is_kept() -> None:
    """A translator's week is gone after one command."""
    assert merged(MESSAGES, DONE) == DONE
    assert 'msgstr "Qué tan rara es"' in DONE


def test_changed_english_makes_the_translation_fuzzy_with_the_english_it_was_made_from() -> None:
    """The old words under new English would be printed as if they said the same."""
    text = merged((HEADING, replace(FREQUENCY, source="Only {frequency} have it."), COUNTED), DONE)

    assert entry(text, "rare.frequency").split("\n", 3)[3] == (
        "#, fuzzy, python-brace-format\n"
        '#| msgid "About {frequency} have it."\n'
        'msgctxt "rare.frequency"\n'
        'msgid "Only {frequency} have it."\n'
        'msgstr "La tienen {frequency}."'
    )
    assert "fuzzy" not in entry(text, "rare.heading")


def test_a_fuzzy_translation_keeps_the_english_it_was_made_from_until_somebody_looks() -> None:
    """The second run would forget what had changed, and a translator could not see it any more."""
    once = (HEADING, replace(FREQUENCY, source="Only {frequency} have it."), COUNTED)
    twice = (HEADING, replace(FREQUENCY, source="No more than {frequency} have it."), COUNTED)
    first = merged(once, DONE)

    assert merged(once, first) == first
    assert '#| msgid "About {frequency} have it."' in entry(merged(twice, first), "rare.frequency")


def test_previous_english_of_several_lines_is_kept_whole() -> None:
    """Half a sentence as the previous English misleads more than none."""
    long = replace(HEADING, source="How rare it is, " * 12 + "and so on.")
    done = translated(merged((long,)), "rare.heading", "Qué tan rara es")
    first = merged((HEADING,), done)

    assert "".join(re.findall(r'^#\| (?:msgid )?"(.*)"$', first, re.MULTILINE)) == long.source
    assert merged((HEADING,), first) == first
    assert_gettext_reads(first)


def test_a_removed_string_is_kept_as_obsolete_for_good() -> None:
    """A block that comes back next year would be translated again, and otherwise."""
    first = merged((FREQUENCY, COUNTED), DONE)
    kept = '#~ msgctxt "rare.heading"\n#~ msgid "How rare it is"\n#~ msgstr "Qué tan rara es"\n'

    assert kept in first
    assert merged((FREQUENCY, COUNTED), first) == first


def test_a_string_that_comes_back_brings_its_translation_as_fuzzy() -> None:
    """What was out of everybody's sight may have been fuzzy, or out of date: somebody looks before it is printed."""
    gone = merged((FREQUENCY, COUNTED), DONE)
    back = entry(merged(MESSAGES, gone), "rare.heading")

    assert back == '#: rare.heading\n#, fuzzy\nmsgctxt "rare.heading"\nmsgid "How rare it is"\nmsgstr "Qué tan rara es"'


def test_a_removed_string_that_nobody_translated_leaves_nothing() -> None:
    """Obsolete entries without words bury those that hold somebody's work."""
    assert "#~" not in merged((FREQUENCY, COUNTED), FRESH)


def test_a_string_that_begins_to_count_does_not_lose_its_translation() -> None:
    """One form can't stand for six, but the words are still worth having."""
    counting = replace(HEADING, plural="How rare they are")
    text = merged((counting, FREQUENCY, COUNTED), DONE)

    assert '#~ msgstr "Qué tan rara es"' in text
    assert merged((counting, FREQUENCY, COUNTED), text) == text


def test_what_a_translator_wrote_beside_an_entry_is_kept() -> None:
    """A translator's question to the clinic would vanish unread."""
    asked = DONE.replace("#: rare.heading", "# Is this the word for parents?\n#: rare.heading")

    assert merged(MESSAGES, asked) == asked


def test_nothing_is_guessed_from_a_similar_string() -> None:
    """A guess that nobody asked for reads well and says something else."""
    similar = Message("small", "rare.other", "How rare it was", HERE)

    assert entry(merged((*MESSAGES, similar), DONE), "rare.other").endswith('msgstr ""')


# ------------------------------------------------------------------------------------- and what it says


@pytest.mark.parametrize(
    ("tag", "forms", "rule"),
    [
        ("es", 2, {0: 1, 1: 0, 2: 1, 21: 1}),
        ("ar", 6, {0: 0, 1: 1, 2: 2, 3: 3, 10: 3, 11: 4, 99: 4, 100: 5, 102: 5, 103: 3}),
        ("ar-EG", 6, {0: 0, 1: 1, 2: 2, 3: 3, 11: 4, 100: 5}),
        ("vi", 1, {0: 0, 1: 0, 5: 0}),
        ("ru", 3, {1: 0, 2: 1, 5: 2, 11: 2, 21: 0}),
    ],
)
def test_plural_forms_are_those_of_the_translators_tools(tag: str, forms: int, rule: dict[int, int]) -> None:
    """A count with another count's words. The forms are GNU gettext's, as in its manual and in Weblate."""
    header = plural_forms(language(tag))
    catalog = read_po(io.BytesIO(f'msgid ""\nmsgstr ""\n"Plural-Forms: {header}\\n"\n'.encode()))

    assert catalog.num_plurals == forms
    assert {count: _form(header, count) for count in rule} == rule


def _form(header: str, count: int) -> int:
    from gettext import c2py  # noqa: PLC0415  the interpreter's own reader of the rule

    form: int = c2py(header.split("plural=")[1].rstrip(";"))(count)
    return form


WORDS = st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), min_size=1)


@settings(max_examples=60)
@given(english=WORDS, spanish=WORDS)
def test_any_words_come_back_from_the_file_as_they_were_written(english: str, spanish: str) -> None:
    """A quote or a backslash that is lost changes a word, or breaks the whole catalog."""
    message = replace(HEADING, source=english)
    file = read_catalog(merged((message,)).encode(), "small.po", "small", SPANISH)
    for one in file.catalog:
        if one.id:
            one.string = spanish
    text = merged_catalog("small", (message,), SPANISH, file)

    again = read_catalog(text.encode(), "small.po", "small", SPANISH).catalog
    (found,) = (one for one in again if one.id)
    assert (found.context, found.id, found.string) == ("rare.heading", english, spanish)
