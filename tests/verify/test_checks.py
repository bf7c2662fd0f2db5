"""Every check fails on the fault that it is for, tells it in words, and passes without it."""

from __future__ import annotations

import inspect
import io
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from handouts.model.artifacts import Finding, Outcome, Pdf
from handouts.model.document import Text
from handouts.verify import checks, verify, web
from handouts.verify.finding import MAX_DETAILS
from handouts.verify.outline import HeardBlock
from handouts.verify.tag_reader import Tag, read_pdf
from tests.typeset.pages import DOT, made, page
from tests.verify.pdfs import saved

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    import page as page_validation

    from handouts.model.document import Line

DOCS = Path(__file__).resolve().parent.parent.parent / "docs" / "verify.md"
BODY = (
    f"<h1>One</h1><h2>Two</h2><h3>Three</h3><h2>Four</h2><p>See <a href='https://example.org/'>a link</a>.</p>"
    f"<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table><img src='{DOT}' alt='A dot'>"
)


@cache
def good() -> bytes:
    return made(page(BODY, style="@page { @top-left { content: 'head' } }"))


def spoilt(spoil: Callable[[pikepdf.Pdf], object]) -> bytes:
    """The good page with one thing changed."""
    with pikepdf.open(io.BytesIO(good())) as pdf:
        spoil(pdf)
        return saved(pdf)


def tagged(pdf: pikepdf.Pdf, role: str) -> Any:  # noqa: ANN401  pikepdf's own
    """The first tag of a role."""
    return next(
        thing
        for thing in pdf.objects
        if isinstance(thing, pikepdf.Dictionary) and "/P" in thing and thing.get("/S") == f"/{role}"
    )


def put(thing: Any, **entries: Any) -> Any:  # noqa: ANN401  pikepdf's own
    """`thing`, a dictionary, with changed entries; None takes one away."""
    for name, value in entries.items():
        if value is None:
            del thing[f"/{name}"]
        else:
            thing[f"/{name}"] = value
    return thing


def add_content(pdf: pikepdf.Pdf, content: bytes) -> None:
    sheet = pdf.pages[0]
    sheet.contents_add(pdf.make_stream(content), prepend=False)


def font_name(pdf: pikepdf.Pdf) -> bytes:
    return str(next(iter(pdf.pages[0].obj.Resources.Font.keys()))).encode()


def font(pdf: pikepdf.Pdf) -> Any:  # noqa: ANN401  pikepdf's own
    return next(iter(pdf.pages[0].obj.Resources.Font.values()))


def drop_from_tree(pdf: pikepdf.Pdf, role: str) -> None:
    tag = tagged(pdf, role)
    around = tag.P
    around.K = Array([kid for kid in around.K if kid.objgen != tag.objgen])


def link(pdf: pikepdf.Pdf) -> Any:  # noqa: ANN401  pikepdf's own
    return pdf.pages[0].obj.Annots[0]


# check -> what is done to the good page, and a part of what is told
FAULTS: list[tuple[str, Callable[[pikepdf.Pdf], object], str]] = [
    ("document", lambda pdf: put(pdf.Root, StructTreeRoot=None), "not tagged"),
    ("document", lambda pdf: put(pdf.Root, MarkInfo=None), "not tagged"),
    ("document", lambda pdf: put(pdf.Root.MarkInfo, Marked=False), "not tagged"),
    ("document", lambda pdf: put(pdf.trailer.Info, Title=None), "no title"),
    ("document", lambda pdf: put(pdf.trailer.Info, Title=String("  ")), "no title"),
    ("document", lambda pdf: put(pdf.Root.ViewerPreferences, DisplayDocTitle=False), "instead of the title"),
    ("document", lambda pdf: put(pdf.Root, ViewerPreferences=None), "instead of the title"),
    ("document", lambda pdf: put(pdf.Root, Lang=None), "names no language"),
    ("document", lambda pdf: put(pdf.pages[0].obj, Tabs=None), "tab order"),
    ("document", lambda pdf: put(pdf.pages[0].obj, Tabs=Name.R), "tab order"),
    ("headings", lambda pdf: put(tagged(pdf, "H1"), S=Name.P), "first heading is not an H1"),
    ("headings", lambda pdf: put(tagged(pdf, "H2"), S=Name.H1), "there are 2 H1"),
    ("headings", lambda pdf: put(tagged(pdf, "H2"), S=Name.H3), "H1 is followed by H3"),
    ("headings", lambda pdf: put(tagged(pdf, "H3"), S=Name.H4), "H2 is followed by H4"),
    (
        "tables",
        lambda pdf: (put(tagged(pdf, "TH"), S=Name.TD), put(tagged(pdf, "TH"), S=Name.TD)),
        "table 1 has no header cells",
    ),
    ("tables", lambda pdf: put(tagged(pdf, "TH"), A=None), "no Scope"),
    ("tables", lambda pdf: put(tagged(pdf, "TH").A, Scope=None), "no Scope"),
    ("tables", lambda pdf: put(tagged(pdf, "TH"), A=Array([Dictionary(O=Name.Layout)])), "no Scope"),
    ("figures", lambda pdf: put(tagged(pdf, "Figure"), Alt=None), "figure 1 has no alternative text"),
    ("figures", lambda pdf: put(tagged(pdf, "Figure"), Alt=String(" ")), "figure 1 has no alternative text"),
    ("links", lambda pdf: put(link(pdf), StructParent=None), "outside the tags"),
    ("links", lambda pdf: put(link(pdf), Contents=None), "says nothing"),
    ("links", lambda pdf: put(link(pdf), Contents=String(" ")), "says nothing"),
    ("links", lambda pdf: put(link(pdf), F=None), "no Print flag"),
    ("links", lambda pdf: put(link(pdf), F=2), "no Print flag"),
    ("links", lambda pdf: put(link(pdf), Contents=String("https://example.org/")), "its address instead of its words"),
    (
        "links",
        lambda pdf: put(tagged(pdf, "Link"), K=Array([kid for kid in tagged(pdf, "Link").K if "/Obj" in kid])),
        "holds no words",
    ),
    ("artifacts", lambda pdf: add_content(pdf, b"BT " + font_name(pdf) + b" 9 Tf <0024> Tj ET"), "is neither"),
    ("artifacts", lambda pdf: drop_from_tree(pdf, "H1"), "One"),
    ("fonts", lambda pdf: put(font(pdf).DescendantFonts[0].FontDescriptor, FontFile2=None), "is not embedded"),
    ("fonts", lambda pdf: put(font(pdf), ToUnicode=None), "codes have no text"),
    ("pdf-ua-1", lambda pdf: put(pdf.Root, Metadata=None), "PDFUA1-"),
    ("pdf-ua-1", lambda pdf: put(tagged(pdf, "Figure"), Alt=None), "ALTERNATIVE-TEXT"),
]


def finding(data: bytes, check: str) -> Finding:
    (found,) = (found for found in verify(Pdf(data)).findings if found.check == check)
    return found


@pytest.mark.parametrize(("check", "spoil", "told"), FAULTS, ids=[f"{c}-{t}-{i}" for i, (c, _, t) in enumerate(FAULTS)])
def test_a_fault_is_found_by_its_check_and_told(check: str, spoil: Callable[[pikepdf.Pdf], object], told: str) -> None:
    """A check that can't fail says nothing, and one that fails without a word helps nobody."""
    assert finding(good(), check).outcome is Outcome.PASSED

    found = finding(spoilt(spoil), check)

    assert found.outcome is Outcome.FAILED
    assert any(told in detail for detail in found.details), found.details


def test_a_page_without_headings_tables_figures_and_links_passes() -> None:
    """A short letter needs none of them."""
    report = verify(Pdf(made(page("<p>Only words.</p>"))))

    assert report.outcome is Outcome.PASSED


def test_a_header_cell_may_say_more_than_its_scope() -> None:
    """Other programs write more than one set of attributes, and each of their tables would fail."""
    attributes = Array([Dictionary(O=Name.Layout), Dictionary(O=Name.Table, Scope=Name.Column)])

    assert finding(spoilt(lambda pdf: put(tagged(pdf, "TH"), A=attributes)), "tables").outcome is Outcome.PASSED


def test_a_link_whose_words_are_its_address_may_say_so() -> None:
    """On paper the address itself is what is needed, and it stands there in words."""
    data = made(page("<h1>x</h1><p><a href='https://example.org/'>https://example.org/</a></p>"))

    assert finding(data, "links").outcome is Outcome.PASSED


@pytest.mark.parametrize(("tag", "outcome"), [("R2L", Outcome.PASSED), ("L2R", Outcome.FAILED), (None, Outcome.FAILED)])
def test_a_right_to_left_document_must_say_so(tag: str | None, outcome: Outcome) -> None:
    """Its pages are shown in the wrong order, two by two."""
    name = Name(f"/{tag}") if tag else None
    pdf = read_pdf(spoilt(lambda pdf: put(pdf.Root.ViewerPreferences, **({"Direction": name} if name else {}))))

    assert checks.document(pdf, "rtl").outcome is outcome
    assert checks.document(pdf, "ltr").outcome is Outcome.PASSED
    assert checks.document(pdf, None).outcome is Outcome.PASSED


def test_only_the_first_faults_are_told_and_the_rest_are_counted() -> None:
    """Ten thousand lines of the same fault hide what else is wrong."""
    root = Tag("Root", "en", kids=[Tag("Figure", "en") for _ in range(50)])
    pdf = read_pdf(good())
    pdf = type(pdf)(**{name: getattr(pdf, name) for name in pdf.__slots__} | {"root": root})

    found = checks.figures(pdf)

    assert len(found.details) == MAX_DETAILS + 1
    assert found.details[-1] == "… and 30 more"


# ------------------------------------------------------------------------------------------------- words


def block(*stretches: tuple[str, str]) -> HeardBlock:
    return HeardBlock("P", 1, " ".join(words for words, _ in stretches), stretches)


def line(*stretches: tuple[str, str]) -> Line:
    return tuple(Text(words, language, "ltr") for words, language in stretches)


INTENDED = (
    ("title", line(("A title", "en"))),
    ("cause.gene", line(("The gene is ", "en"), ("CD40LG", "la"), (".", "en"))),
)
HEARD = (
    block(("A title", "en")),
    HeardBlock("P", 1, "The gene is CD40LG.", (("The gene is ", "en"), ("CD40LG", "la"), (".", "en"))),
)


def test_words_that_are_heard_as_intended_pass() -> None:
    """The tests below would all pass for a check that never does."""
    assert checks.words_heard(HEARD, INTENDED) == Finding("words-heard", Outcome.PASSED, ("2 blocks",))
    assert checks.languages_heard(HEARD, INTENDED).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("heard", "told"),
    [
        (
            (HEARD[0], block(("The gene is CD40.", "en"))),
            "at cause.gene: heard “The gene is CD40.” instead of “The gene is CD40LG.”",
        ),
        ((HEARD[1], HEARD[0]), "at title: heard “The gene is CD40LG.” instead of “A title”"),
        ((HEARD[0],), "at cause.gene: heard “(nothing)” instead of “The gene is CD40LG.”"),
        ((), "at title: heard “(nothing)” instead of “A title”"),
        ((*HEARD, block(("More", "en"))), "heard after the end: “More”"),
        ((block(("Atitle", "en")), HEARD[1]), "at title: heard “Atitle” instead of “A title”"),
    ],
)
def test_words_that_differ_are_told_with_their_key_and_what_was_heard(heard: tuple[HeardBlock, ...], told: str) -> None:
    """A translator must find the string, and see what a listener would hear."""
    assert checks.words_heard(heard, INTENDED) == Finding("words-heard", Outcome.FAILED, (told,))


def test_the_way_a_letter_is_composed_and_how_much_space_there_is_do_not_count() -> None:
    """They sound alike; a false alarm on each accent teaches people to ignore the check."""
    intended = (("a", line(("cafe\u0301  au\nlait", "fr"))),)

    assert checks.words_heard((block(("caf\u00e9 au lait", "fr")),), intended).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("heard", "key"),
    [
        ((block(("A title", "fr")), HEARD[1]), "title"),
        ((HEARD[0], block(("The gene is CD40LG.", "en"))), "cause.gene"),
        ((HEARD[0], block(("The gene ", "en"), ("is CD40LG", "la"), (".", "en"))), "cause.gene"),
        ((HEARD[0],), "cause.gene"),
    ],
)
def test_a_passage_in_the_wrong_language_is_told(heard: tuple[HeardBlock, ...], key: str) -> None:
    """A Latin name in an English voice, or a whole page that was never heard at all."""
    found = checks.languages_heard(heard, INTENDED)

    assert found.outcome is Outcome.FAILED
    assert [detail.split(":")[0] for detail in found.details] == [f"at {key}"]


def test_nothing_heard_is_not_the_right_language() -> None:
    """An untagged page has no word in a wrong language."""
    found = checks.languages_heard((), INTENDED)

    assert (found.outcome, len(found.details)) == (Outcome.FAILED, 2)


def test_the_space_between_two_languages_may_be_in_either() -> None:
    """Nobody hears in which language a space is."""
    heard = (HEARD[0], block(("The gene is", "en"), (" CD40LG", "la"), (".", "en")))

    assert checks.languages_heard(heard, INTENDED).outcome is Outcome.PASSED


def test_without_intended_words_the_checks_of_words_do_not_run() -> None:
    """'Passed' would say that somebody had looked."""
    for check in (checks.words_heard, checks.languages_heard):
        found = check(HEARD, None)
        assert (found.outcome, found.required) == (Outcome.NOT_RUN, False)


# --------------------------------------------------------------------------------------------- validators


@dataclass(frozen=True)
class Counts:
    """How many rules were looked at, and how many failed."""

    total: int
    failed: int


@dataclass(frozen=True)
class Judged:
    """What a validator would say that finds nothing to look at, or fails without telling why."""

    rules: Counts
    is_compliant: bool
    failures: tuple[object, ...] = ()


@pytest.mark.parametrize(
    ("judged", "outcome"),
    [
        (Judged(Counts(0, 0), is_compliant=True), Outcome.NOT_RUN),
        (Judged(Counts(104, 0), is_compliant=True), Outcome.PASSED),
        (Judged(Counts(104, 2), is_compliant=False), Outcome.FAILED),
    ],
)
def test_what_the_validator_does_not_say_is_never_a_pass(judged: Judged, outcome: Outcome) -> None:
    """A validator that looked at nothing has passed nothing."""
    found = checks.pdf_ua_1(cast("page_validation.ValidationReport", judged))

    assert found.outcome is outcome
    assert found.details[0]


def verapdf(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> Finding:
    """What is found when `verapdf` on the PATH is this script."""
    program = folder / "verapdf"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=":")
    return checks.verapdf(b"%PDF-1.7 the file")


@pytest.mark.parametrize(
    ("script", "outcome"),
    [
        ('echo "PASS $5 ua1"', Outcome.PASSED),
        ('echo "FAIL $5 ua1"; exit 1', Outcome.FAILED),
        ('echo "no Java was found" >&2; exit 1', Outcome.NOT_RUN),
        ("exit 3", Outcome.NOT_RUN),
        ('grep -q "the file" "$5" && echo "PASS it is handed the bytes"', Outcome.PASSED),
        ('test "$1 $2" = "--flavour ua1" && echo "PASS it is asked for PDF/UA-1"', Outcome.PASSED),
    ],
)
def test_verapdf_is_taken_at_its_word_and_only_then(
    script: str, outcome: Outcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A validator that could not start has found no fault, and no absence of one."""
    assert verapdf(tmp_path, script, monkeypatch).outcome is outcome


def test_verapdf_that_hangs_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One file stops a whole batch."""
    monkeypatch.setattr(checks, "VERAPDF_SECONDS", 0.2)

    assert verapdf(tmp_path, "exec sleep 30", monkeypatch).outcome is Outcome.NOT_RUN


def test_verapdf_that_is_not_installed_has_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Most machines have none: it must be neither a fault nor a pass."""
    monkeypatch.setenv("PATH", str(tmp_path))

    found = checks.verapdf(b"")

    assert (found.outcome, found.required) == (Outcome.NOT_RUN, False)


# -------------------------------------------------------------------------------------------------- docs


def check_ids(module: ModuleType) -> list[str]:
    """The ids that the checks of `module` give themselves, in the file's order."""
    functions = [
        function
        for name, function in vars(module).items()
        if inspect.isfunction(function) and function.__module__ == module.__name__
        if not name.startswith(("_", "verify_"))
    ]
    return [(inspect.getdoc(function) or "").partition(":")[0] for function in functions]


def test_every_check_says_its_id_first() -> None:
    """The id is what is printed, looked up and searched for."""
    assert check_ids(checks) == [found.check for found in verify(Pdf(good())).findings]


def test_every_check_is_explained_and_no_other() -> None:
    """Somebody looks up the check that failed, and finds nothing, or one that no longer exists."""
    entries = re.findall(r"^### (\S+)\n+(\S.*)$", DOCS.read_text(encoding="utf-8"), re.MULTILINE)

    assert [name for name, _ in entries] == check_ids(checks) + check_ids(web)
    assert all(len(words) > 20 for _, words in entries)


def test_every_explanation_tells_what_to_do() -> None:
    """To know what failed is half of it; the page must still be mended."""
    parts = re.split(r"^### ", DOCS.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]

    assert [part.partition("\n")[0] for part in parts if "**What to do:**" not in part] == []
