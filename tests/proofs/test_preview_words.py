"""The preview's own words: in the language of the translator who looks at it."""

from __future__ import annotations

import http.client
import re
import threading
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from handouts.problems import HandoutsError
from handouts.project import Project, opened
from handouts.proofs import preview as preview_room
from handouts.proofs.preview import FILTERS, Preview
from handouts.proofs.server import HERE, Server
from tests.commands import CHECKOUT, lay
from tests.conftest import changed, edition
from tests.proofs.desks import ID, desk_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OURS = "locales/es/LC_MESSAGES/web.po"


class Heard(HTMLParser):
    """The words of a page, each piece with the language that is said to be its own."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.languages: list[str] = []
        self.pieces: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go into a part, and keep what its attributes say."""
        given = dict(attrs)
        spoken = given.get("lang") or (self.languages[-1] if self.languages else "")
        spoken_names = ("title", "aria-label", "alt")
        self.pieces += [(spoken, given[name] or "") for name in spoken_names if name in given]
        self.pieces += [(spoken, value or "") for name, value in attrs if tag == "main" and name.startswith("data-")]
        if tag not in {"meta", "link", "img", "br", "rect"}:
            self.languages.append(spoken)

    def handle_endtag(self, tag: str) -> None:
        """Leave it."""
        if tag != "rect":
            self.languages.pop()

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self.pieces.append((self.languages[-1] if self.languages else "", data))

    def said_in(self, tag: str) -> str:
        """All that is said in a language."""
        return " ".join(" ".join(words for spoken, words in self.pieces if spoken == tag).split())


@pytest.fixture
def preview(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Preview]:
    """A preview of the small condition in Spanish, without pictures of pages."""
    monkeypatch.setattr(preview_room, "can_draw", lambda: False)
    made = Preview(desk_project(tmp_path), ID, "es", edition())
    yield made
    made.stop()


@pytest.mark.parametrize(
    ("header", "tag"),
    [
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("ar", "ar"),
        ("en-US,en;q=0.9,ar;q=0.8", "en"),
        ("fr, ar;q=0.5", "ar"),
        ("fr", "en"),
        ("", "en"),
        (";;;q=, *", "en"),
    ],
)
def test_it_speaks_the_language_that_the_browser_likes_best(preview: Preview, header: str, tag: str) -> None:
    """A translator who learnt English from books works in a tool that speaks nothing else."""
    ui = preview.ui(header)
    text = preview.page("all", "web", ui)

    assert ui.tag == tag
    assert f'<html lang="{tag}" dir="{"rtl" if tag == "ar" else "ltr"}">' in text
    title = {"en": "Preview", "es": "Vista previa", "ar": "معاينة"}[tag]
    assert f"<title>{title}: {ID}" in text


@pytest.mark.parametrize("tag", ["es", "ar"])
@pytest.mark.parametrize("seen", ["web", "pages"])
def test_none_of_its_own_words_stays_english(preview: Preview, tag: str, seen: str) -> None:
    """The one button that can't be read is the one that was needed."""
    english, _ = Project().page_words("en")
    parts = {part.strip() for text in english.values() for part in re.split(r"\{\w+\}|[().:]", text)}
    long = [part for part in parts if len(part) > 7]

    for shown in FILTERS:
        said = Heard(preview.page(shown, seen, preview.ui(tag))).said_in(tag)
        assert len(said) > 200
        assert [part for part in long if part in said] == []


@pytest.mark.parametrize("tag", ["es", "ar"])
def test_what_stays_english_is_said_to_be_english(preview: Preview, tag: str) -> None:
    """A Spanish voice reads out an English sentence, and nobody understands it."""
    heard = Heard(preview.page("all", "web", preview.ui(tag)))

    for words in ("The main message", "placeholder-missing"):
        assert words in heard.said_in("en")
        assert words not in heard.said_in(tag)


@pytest.mark.parametrize(("tag", "said"), [("es", "borrador de traducción"), ("ar", "مسودّة ترجمة"), ("en", "")])
def test_words_that_nobody_has_checked_say_so(preview: Preview, tag: str, said: str) -> None:
    """What nobody has reviewed looks reviewed."""
    header = Heard(preview.page("all", "web", preview.ui(tag))).said_in(tag)

    assert said in header
    assert "nobody has checked" not in header


def test_a_language_with_a_gap_is_not_used_and_the_next_best_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a page in Spanish, and half in a language that this translator did not ask for."""
    monkeypatch.setattr(preview_room, "can_draw", lambda: False)
    shipped = (CHECKOUT / OURS).read_text(encoding="utf-8")
    gap = changed(shipped, 'msgstr "Vista previa"', 'msgstr ""')
    desk_project(tmp_path)
    made = Preview(opened(lay(tmp_path, {OURS: gap})), ID, "es", edition())

    assert (made.ui("es, ar;q=0.5").tag, made.ui("es").tag) == ("ar", "en")
    made.stop()


def test_english_words_that_are_wrong_are_told_before_it_starts(tmp_path: Path) -> None:
    """The browser shows an empty page, and the reason is in no file."""
    desk_project(tmp_path)
    project = opened(lay(tmp_path, {"web.yaml": "labels:\n  title: {text: One}\n"}))

    with pytest.raises(HandoutsError) as error:
        Preview(project, ID, "es", edition())
    assert [problem.code for problem in error.value.problems] == ["missing-text"]


def test_the_server_passes_on_what_the_browser_likes(preview: Preview) -> None:
    """The page is in Spanish, and each list that is renewed on it in English."""
    with Server(preview, 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        for path, said in (
            ("/", "Vista previa"),
            ("/strings", "Sin traducir"),
            ("/pages", "instale el programa que las dibuja"),
        ):
            connection = http.client.HTTPConnection(HERE, server.server_port, timeout=30)
            connection.request("GET", path, headers={"Accept-Language": "es"})
            answer = connection.getresponse()
            assert answer.headers["Vary"] == "Accept-Language"
            assert said in answer.read().decode()
            connection.close()
        server.shutdown()
        thread.join()


def test_each_word_of_the_preview_is_said_somewhere() -> None:
    """Translators work on sentences that nobody ever sees."""
    files = (CHECKOUT / "templates" / "preview").glob("*.jinja")
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    begun = {"preview.view.", "preview.filter.", "preview.state."}
    assert all(f'"{each}" ~' in text for each in begun)

    words = [key for key in Project().page_words("en")[0] if key.startswith(("preview.", "proof."))]

    begun |= {"proof.column."}
    text += (CHECKOUT / "handouts/proofs/pages.py").read_text(encoding="utf-8")
    told = {"preview.family", "preview.carrier"}
    assert [
        key for key in words if f'"{key}"' not in text and key not in told and not key.startswith(tuple(begun))
    ] == []
    assert len(words) > 30
