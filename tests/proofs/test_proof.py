from __future__ import annotations

import re
import socket
from typing import TYPE_CHECKING

import pytest

from handouts.model.artifacts import Outcome, Pdf
from handouts.model.edition import Audience
from handouts.problems import HandoutsError, UsageError
from handouts.project import Project
from handouts.proofs import Proof, State, desk_of, proof
from handouts.proofs.pages import spoken_to
from handouts.proofs.preview import Preview
from handouts.proofs.server import HERE, Server
from handouts.verify import heard
from tests.commands import CATALOG, SHIPPED, handouts
from tests.conftest import changed, edition
from tests.proofs.desks import ID, desk_project

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Proof:
    """The proof of the small condition in Spanish."""
    return proof(desk_project(tmp_path_factory.mktemp("proof")), ID, "es", edition())


def said(made: Proof) -> list[str]:
    return [" ".join(block.text.split()) for block in heard(Pdf(made.data)) if block.text.strip()]


def test_the_desk_knows_what_each_string_is_worth(tmp_path: Path) -> None:
    """A translator leaves a gap because the desk calls it done."""
    desk = desk_of(desk_project(tmp_path), ID, "es")
    own = {one.message.key: one.state for one in desk.strings.values() if one.message.domain == ID}

    assert own == {
        "name": State.READY,
        "edition.family.title": State.STALE,
        "edition.family.summary": State.FUZZY,
        "main.heading": State.EMPTY,
        "main.rare": State.WRONG,
    }
    (problem,) = [p for p in desk.strings[f"{ID}:main.rare"].problems if p.code == "placeholder-missing"]
    assert problem.where is not None
    assert problem.where.line == desk.strings[f"{ID}:main.rare"].line


def test_a_proof_passes_every_check_of_a_page(made: Proof) -> None:
    """A blind translator can't use what the project itself hands out."""
    assert [(f.check, f.details) for f in made.report.findings if f.outcome is Outcome.FAILED] == []
    assert made.report.outcome is Outcome.PASSED


def test_what_is_not_ready_is_in_english_and_says_so(made: Proof) -> None:
    """English that looks like a translation is taken for one."""
    words = said(made)

    assert any(re.fullmatch(r"\d+ not translated The main message", text) for text in words)
    assert any(re.fullmatch(r"\d+ wrong About 1 de cada 5000 newborn boys have it\.", text) for text in words)
    assert any(re.fullmatch(r"\d+ fuzzy This guide is for families\.", text) for text in words)
    (at,) = [i for i, (_, line) in enumerate(_lines(made)) if "newborn boys" in line]
    assert _lines(made)[at][0] == "en"


def _lines(made: Proof) -> list[tuple[str, str]]:
    return [
        (language, words)
        for block in heard(Pdf(made.data))
        for words, language in block.stretches
        if "newborn boys have it" in words and "{" not in words
    ]


def test_each_page_says_that_it_is_a_proof(made: Proof) -> None:
    """A proof is handed to a family."""
    assert "Proof for translators. Not for readers." in said(made)
    assert "Proof for translators" in str(made.handout.notices)


def test_the_table_tells_number_key_english_translation_and_checks(made: Proof) -> None:
    """A number on the page leads nowhere."""
    words = said(made)
    at = words.index("Comprobaciones")
    rows = words[at + 1 :]
    first = next(i for i, text in enumerate(rows) if text.startswith(f"{ID}:main.rare"))

    assert re.fullmatch(r"\d+", rows[first - 1])
    assert rows[first + 1] == "About {frequency} newborn boys have it."
    assert rows[first + 2].startswith("La tienen aproximadamente muchos")
    assert "placeholder-missing" in rows[first + 3]
    number = rows[first - 1]
    assert any(text.startswith(f"{number} wrong About") for text in words[:at])


def test_english_has_a_proof_too() -> None:
    """Translators see where a string stands before there is a word of their own."""
    desk = desk_of(Project(), "x-linked-hyper-igm", "en")

    assert {one.state for one in desk.strings.values()} == {State.READY}


@pytest.mark.parametrize(("condition", "tag"), [("smal-condition", "es"), (ID, "xx"), (ID, "de")])
def test_a_name_that_is_not_there_is_a_wrong_command(condition: str, tag: str, tmp_path: Path) -> None:
    """A typing error ends in a traceback."""
    with pytest.raises(UsageError):
        desk_of(desk_project(tmp_path), condition, tag)


def test_an_edition_that_is_not_there_is_a_wrong_command(tmp_path: Path) -> None:
    """An empty proof says that there is nothing to translate."""
    with pytest.raises(UsageError) as caught:
        proof(desk_project(tmp_path), ID, "es", edition(Audience.CARRIER))

    assert [p.code for p in caught.value.problems] == ["unknown-edition"]


def test_a_catalog_that_cant_be_read_is_told_with_its_line(tmp_path: Path) -> None:
    """A translator whose editor broke the file is told nothing that helps."""
    project = desk_project(tmp_path)
    path = tmp_path / CATALOG
    path.write_text(path.read_text(encoding="utf-8") + '\nmsgid "cut', encoding="utf-8")

    with pytest.raises(HandoutsError) as caught:
        desk_of(project, ID, "es")
    assert [(p.code, p.where and p.where.line) for p in caught.value.problems] == [
        ("catalog-syntax", path.read_text(encoding="utf-8").count("\n") + 1)
    ]


def test_the_command_writes_the_proof_and_counts_the_strings(tmp_path: Path) -> None:
    """A proof that is not where it was asked for."""
    desk_project(tmp_path)
    ran = handouts("catalog", "proof", ID, "--lang", "es", "-o", "proof.pdf", cwd=tmp_path)

    assert (ran.code, ran.err) == (0, "")
    assert re.match(
        r"proof\.pdf  \d+ pages; strings: \d+ translated, 1 fuzzy, 1 stale, 1 not translated, 1 wrong", ran.out
    )
    assert (tmp_path / "proof.pdf").read_bytes().startswith(b"%PDF-")


UNPRINTABLE = [("\u200f", "hidden-character"), ("\x07", "hidden-character"), ("\U00012000", "missing-glyph")]


@pytest.mark.parametrize(("character", "code"), UNPRINTABLE)
def test_one_character_that_can_not_be_printed_costs_its_string_alone(
    character: str, code: str, tmp_path: Path
) -> None:
    """A translator is refused the whole proof for a mark that her editor hides from her."""
    project = desk_project(tmp_path)
    path = tmp_path / CATALOG
    text = changed(path.read_text(encoding="utf-8"), "Afección pequeña", f"Afección{character} pequeña")
    path.write_text(text, encoding="utf-8")
    made = proof(project, ID, "es", edition())
    words = said(made)
    name = made.desk.strings[f"{ID}:name"]

    assert made.report.outcome is Outcome.PASSED
    assert any(f"Afección[U+{ord(character):04X}] pequeña" in text for text in words)
    assert not any(character in text for text in words)
    assert any(code in text for text in words)
    assert (name.state, name.problems[-1].where and name.problems[-1].where.line) == (State.WRONG, name.line)


def test_a_preview_whose_port_is_taken_says_so(tmp_path: Path) -> None:
    """A second preview is started, and a translator is sent to look for a full disk."""
    desk_project(tmp_path)
    with socket.create_server((HERE, 0)) as taken:
        port = taken.getsockname()[1]
        ran = handouts("catalog", "preview", ID, "--lang", "es", "--port", str(port), cwd=tmp_path)

    assert ran.code == 2
    assert f"error[cannot-listen]: {HERE}, port {port} can't be answered at: Address already in use" in ran.err


# ------------------------------------------------------------------------------------ the words of the table


HEADS = {
    "es": ["Número", "Texto, con notas", "Inglés", "Traducción", "Comprobaciones"],
    "ar": ["الرقم", "النص مع ملاحظات", "بالإنجليزية", "الترجمة", "التحقّق"],
}


def test_the_table_is_headed_and_explained_in_the_language_of_the_proof(made: Proof) -> None:
    """A translator who works without a network finds the one page that explains the rest in English alone."""
    words = said(made)
    at = words.index("Los textos de estas páginas", words.index("Número") - 8)

    assert words[at + 2] == (
        "Lo que no está listo aparece en inglés, en un recuadro de línea discontinua. Junto a su número dice «fuzzy» "
        "si hay dudas sobre la traducción, «stale» si el inglés ha cambiado después, «not translated» si no hay "
        "traducción y «wrong» si una comprobación encontró un error."
    )
    assert "borrador de traducción que nadie ha revisado" in words[at + 4]
    assert [head for head in HEADS["es"] if head not in words[at:]] == []
    assert "The strings of these pages" not in words


def test_an_arabic_proof_passes_too_and_the_english_in_its_table_is_english() -> None:
    """Keys and states are spelt out in Arabic sounds, and nobody finds the string that is meant."""
    made = proof(Project(), SHIPPED, "ar", edition())
    stretches = [(" ".join(words.split()), tag) for block in heard(Pdf(made.data)) for words, tag in block.stretches]

    assert made.report.outcome is Outcome.PASSED
    assert [head for head in HEADS["ar"] if (head, "ar") not in stretches] == []
    assert ("not translated", "en") in stretches
    assert {tag for words, tag in stretches if words.startswith(f"{SHIPPED}:main.heading")} == {"en"}


def test_a_language_without_these_words_has_an_english_table() -> None:
    """Spanish heads stand over a French table, or English ones that say they are French."""
    project = Project()
    spoken = {
        tag: spoken_to(project, desk_of(project, SHIPPED, tag)).tag for tag in ("fr", "zh-Hant", "qps-ploc", "en")
    }

    assert spoken == dict.fromkeys(spoken, "en")


def test_a_browser_that_hangs_up_is_no_news(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A tab is closed, and a page of Python runs down the translator's terminal."""
    with Server(Preview(desk_project(tmp_path), ID, "es", edition()), 0) as server:
        for error in (ConnectionResetError(104, "Connection reset by peer"), KeyError("ours")):
            try:
                raise error
            except (OSError, KeyError):
                server.handle_error(None, (HERE, 1))
            told = capsys.readouterr().err

            assert bool(told) is isinstance(error, KeyError)
