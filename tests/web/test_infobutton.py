"""What health records ask, as MedlinePlus Connect's documentation has it, with our codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
import yaml
from starlette.testclient import TestClient

from handouts.project import Project
from handouts.web import application
from handouts.web.infobutton import SYSTEMS, nearest
from handouts.web.values import Settings
from tests.commands import CHECKOUT, lay
from tests.conftest import changed
from tests.web.conftest import DAY

if TYPE_CHECKING:
    from pathlib import Path

ICD, SNOMED, OMIM = "2.16.840.1.113883.6.90", "2.16.840.1.113883.6.96", "2.16.840.1.113883.6.174"
ORPHA = "1.3.6.1.4.1.12559.11.10.1.3.1.44.5"
OIDS = {"ICD-10": "2.16.840.1.113883.6.3", "ICD-10-CM": ICD, "OMIM": OMIM, "ORPHA": ORPHA, "SNOMED CT": SNOMED}
ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def asked(code: str = "", system: str = "", name: str = "", **more: str) -> dict[str, str]:
    given = {"mainSearchCriteria.v.c": code, "mainSearchCriteria.v.cs": system, "mainSearchCriteria.v.dn": name}
    return {name: value for name, value in given.items() if value} | {n.replace("_", "."): v for n, v in more.items()}


def answer(client: TestClient, **given: str) -> dict[str, Any]:
    told = client.get("/infobutton", params=asked(**given) | {"knowledgeResponseType": "application/json"})
    assert told.status_code == 200, told.text
    feed = told.json()["feed"]
    assert isinstance(feed, dict)
    return feed


def conditions_of(feed: dict[str, Any]) -> set[str]:
    return {link["href"].split("/")[4] for entry in feed["entry"] for link in entry["link"]}


def test_each_code_of_the_content_finds_its_condition_alone(drafts: TestClient) -> None:
    """A family is handed the page of another disease."""
    seen = 0
    for name in Project().condition_ids():
        path = Project().find(f"conditions/{name}.yaml")
        assert path is not None
        for code in yaml.safe_load(path.read_text(encoding="utf-8"))["codes"]:
            feed = answer(drafts, code=code["code"], system=OIDS[code["system"]])
            assert conditions_of(feed) == {name}, code
            seen += 1
    assert seen >= 20


def test_a_request_as_health_records_send_it_is_answered(drafts: TestClient) -> None:
    """The button in the record stays grey, or opens a page in English."""
    query = (
        "mainSearchCriteria.v.cs=2.16.840.1.113883.6.90&mainSearchCriteria.v.c=D66&mainSearchCriteria.v.dn=Hemophilia+A"
        "&informationRecipient=PAT&informationRecipient.languageCode.c=es&knowledgeResponseType=application/json"
        "&taskContext.c.c=PROBLISTREV&age.v.v=7&age.v.u=a&patientPerson.administrativeGenderCode.c=M"
    )
    feed = drafts.get(f"/infobutton?{query}").json()["feed"]

    assert [(entry["lang"], entry["title"]["_value"]) for entry in feed["entry"]] == [
        ("es", "Cuando cuesta parar la sangre"),
        ("es", "Ser portadora"),
    ]
    for link in feed["entry"][0]["link"]:
        file = drafts.get(link["href"])
        assert file.status_code == 200
        assert file.headers["content-type"].split(";")[0] == link["type"]
        assert file.headers["content-language"] == link["hreflang"] == "es"


def test_what_is_told_of_the_patient_is_not_told_again(drafts: TestClient) -> None:
    """Age and sex of a child travel on in every copy of the answer."""
    feed = answer(drafts, code="D66", system=ICD, age_v_v="7", patientPerson_administrativeGenderCode_c="M")

    assert {each["scheme"] for each in feed["category"]} == {"mainSearchCriteria.v.c", "mainSearchCriteria.v.cs"}


def test_the_feed_is_atom(drafts: TestClient) -> None:
    """A record that reads by the standard shows nothing. Source: RFC 4287, 4.1.1 and 4.1.2."""
    told = drafts.get("/infobutton", params=asked(code="98878", system=ORPHA))

    assert told.headers["content-type"] == "application/atom+xml"
    read = feedparser.parse(told.content)
    assert not read.bozo
    assert (read.version, len(read.entries)) == ("atom10", 2)
    root = ET.fromstring(told.text)  # noqa: S314  our own answer
    for around in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(around.findall(f"{ATOM}{name}")) == 1
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    (own,) = [link for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own.get("type") == "application/atom+xml"
    ids = [each.text for each in root.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids) == 3
    for entry in root.findall(f"{ATOM}entry"):
        links = [(link.get("rel"), link.get("type"), link.get("hreflang")) for link in entry.findall(f"{ATOM}link")]
        assert len(set(links)) == len(links) == 3
        assert {kind for _, kind, _ in links} == {"text/html", "application/pdf", "text/plain"}


@pytest.mark.parametrize(
    ("code", "system"),
    [("Z99.9", ICD), ("D80.5", "2.16.840.1.113883.6.103"), ("399", SNOMED), ("D6", ICD), ("4038350021", SNOMED)],
)
def test_a_code_that_is_none_of_ours_finds_nothing(drafts: TestClient, code: str, system: str) -> None:
    """Something near is handed out for it."""
    assert answer(drafts, code=code, system=system)["entry"] == []


def test_a_finer_code_of_the_icd_finds_the_condition(drafts: TestClient) -> None:
    """Nobody codes cystic fibrosis without its manifestation."""
    assert conditions_of(answer(drafts, code="E84.19", system=ICD)) == {"cystic-fibrosis"}
    assert conditions_of(answer(drafts, code="e8419", system=ICD)) == {"cystic-fibrosis"}


@pytest.mark.parametrize(
    ("name", "condition"),
    [
        ("mucoviscidosis", "cystic-fibrosis"),
        ("Síndrome de hiper-IgM ligado al cromosoma X", "x-linked-hyper-igm"),
        ("HUNTINGTON  DISEASE", "huntington-disease"),
    ],
)
def test_a_name_finds_the_condition_whose_name_it_is(drafts: TestClient, name: str, condition: str) -> None:
    """Records without codes find nothing."""
    assert conditions_of(answer(drafts, name=name)) == {condition}


@pytest.mark.parametrize("name", ["hemophilia B", "fibrosis", "X-linked"])
def test_a_name_that_is_only_like_one_finds_nothing(drafts: TestClient, name: str) -> None:
    """Nobody looks at the choice of a program: hemophilia B is another disease."""
    assert answer(drafts, name=name)["entry"] == []


def test_a_code_counts_for_more_than_the_name_beside_it(drafts: TestClient) -> None:
    """The name is what a clerk typed; the code is what was diagnosed."""
    assert conditions_of(answer(drafts, code="G10", system=ICD, name="Cystic fibrosis")) == {"huntington-disease"}
    assert answer(drafts, code="D67", system=ICD, name="Hemophilia A")["entry"] == []


def test_several_things_at_once_are_all_answered(drafts: TestClient) -> None:
    """Of a problem list, only the first problem is looked at."""
    more = {"mainSearchCriteria_v_c1": "G10", "mainSearchCriteria_v_cs1": ICD}

    feed = answer(drafts, code="308230", system=OMIM, **more)

    assert conditions_of(feed) == {"x-linked-hyper-igm", "huntington-disease"}


def test_a_language_that_is_not_there_is_said_and_never_replaced(drafts: TestClient) -> None:
    """A family that reads Polish gets English, and nobody notices."""
    feed = answer(drafts, code="D66", system=ICD, informationRecipient_languageCode_c="pl")

    assert feed["entry"] == []
    said = feed["subtitle"]["_value"]
    assert "Hemophilia A: there is no handout in Polish yet. There is one in: English, Spanish." in said


def test_a_draft_is_not_given_out_and_that_is_said(strict: TestClient) -> None:
    """What nobody has reviewed is handed out by a program."""
    feed = answer(strict, code="D66", system=ICD, informationRecipient_languageCode_c="es")
    english = answer(strict, code="308230", system=OMIM, informationRecipient_languageCode_c="fr")

    assert feed["entry"] == english["entry"] == []
    assert "This server does not give out drafts." in english["subtitle"]["_value"]
    assert "Este servidor no entrega borradores." in feed["subtitle"]["_value"]
    assert len(answer(strict, code="D66", system=ICD)["entry"]) == 2


@pytest.mark.parametrize(
    "query",
    [
        "",
        "mainSearchCriteria.v.c=D66",
        "mainSearchCriteria.v.c=D66&mainSearchCriteria.v.cs=ICD",
        "mainSearchCriteria.v.c=D66&mainSearchCriteria.v.cs=2.16..3",
        "mainSearchCriteria.v.x=D66",
        "mainSearchCriteria.v.dn=x&informationRecipient=DOG",
        "mainSearchCriteria.v.dn=x&informationRecipient.languageCode.c=xx-notalanguage",
        "mainSearchCriteria.v.dn=x&informationRecipient.languageCode.c=es&performer.languageCode.c=xx-notalanguage",
        "mainSearchCriteria.v.dn=x&knowledgeResponseType=text/javascript",
        "mainSearchCriteria.v.dn=a%00b",
        "mainSearchCriteria.v.dn=" + "x" * 300,
        "&".join(f"mainSearchCriteria.v.dn{n}=x" for n in range(11)),
    ],
)
def test_what_can_not_be_understood_is_told_so(drafts: TestClient, query: str) -> None:
    """The record's engineers search for an hour in the wrong place."""
    told = drafts.get(f"/infobutton?{query}")

    assert (told.status_code, told.headers["content-type"]) == (400, "application/problem+json")
    assert told.json()["code"] == "infobutton-request"


@pytest.mark.parametrize("kind", ["application/atom+xml", "application/json", "text/html"])
def test_what_was_asked_is_told_again_without_harm(drafts: TestClient, kind: str) -> None:
    """A link in a mail runs a script in the clinic's browser."""
    name = "<script>alert(1)</script>&\"'"
    told = drafts.get("/infobutton", params=asked(name=name) | {"knowledgeResponseType": kind})

    assert told.status_code == 200
    assert "<script>" not in told.text or kind == "application/json"
    assert told.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in told.headers["content-security-policy"]


# ------------------------------------------------------------------------------ in whose words it is answered


@pytest.mark.parametrize(
    ("named", "header", "tag"),
    [
        ({"informationRecipient.languageCode.c": "ar"}, "es", "ar"),
        ({"informationRecipient.languageCode.c": "es-MX"}, "", "es"),
        ({"informationRecipient.languageCode.c": "en"}, "es", "en"),
        ({"informationRecipient.languageCode.c": "vi", "performer.languageCode.c": "es"}, "ar", "es"),
        ({"informationRecipient.languageCode.c": "vi"}, "ar;q=0.9, fr", "ar"),
        ({"informationRecipient.languageCode.c": "vi"}, "fr", "en"),
        ({}, "es-ES,es;q=0.9,en;q=0.8", "es"),
        ({}, "", "en"),
    ],
)
@pytest.mark.parametrize("kind", ["application/atom+xml", "application/json", "text/html"])
def test_it_is_answered_in_the_language_that_is_asked_for(
    drafts: TestClient, kind: str, named: dict[str, str], header: str, tag: str
) -> None:
    """A mother who was sent the link reads of her son's handouts in English."""
    query = asked(code="308230", system=OMIM) | named | {"knowledgeResponseType": kind}
    told = drafts.get("/infobutton", params=query, headers={"accept-language": header})

    title = {
        "en": "Handouts about genetic conditions",
        "es": "Guías sobre afecciones genéticas",
        "ar": "أدلة عن الحالات الوراثية",
    }
    assert (told.headers["content-language"], told.headers["vary"]) == (tag, "Accept-Language")
    assert title[tag] in told.text
    match kind:
        case "application/atom+xml":
            root = ET.fromstring(told.text)  # noqa: S314  our own answer
            assert root.get(XML_LANG) == tag
            assert {each.get(XML_LANG) for each in root.iter(f"{ATOM}summary")} == {tag}
        case "application/json":
            feed = told.json()["feed"]
            assert {feed["lang"], *(entry["summary"]["lang"] for entry in feed["entry"])} == {tag}
        case _:
            assert f'<html lang="{tag}" dir="{"rtl" if tag == "ar" else "ltr"}">' in told.text


def test_the_browsers_language_chooses_the_words_and_never_the_handout(drafts: TestClient) -> None:
    """A nurse with an Arabic browser asks for a family that reads English, and prints Arabic."""
    told = drafts.get(
        "/infobutton",
        params=asked(code="308230", system=OMIM) | {"knowledgeResponseType": "application/json"},
        headers={"accept-language": "ar"},
    )

    feed = told.json()["feed"]
    assert feed["lang"] == "ar"
    assert {entry["lang"] for entry in feed["entry"]} == {"en"}


def test_whom_it_is_for_and_how_far_it_is_checked_is_said_in_that_language(drafts: TestClient) -> None:
    """A draft is taken for a text that doctors stand for, by those who can't read the warning."""
    family, carrier = (
        entry["summary"]["_value"]
        for entry in answer(drafts, code="308230", system=OMIM, informationRecipient_languageCode_c="es")["entry"]
    )

    assert family == (
        "Síndrome de hiper-IgM ligado al cromosoma X: guía para familias, en español. "
        "Borrador de traducción. Todavía no lo ha revisado una segunda persona ni un profesional de la salud. "
        "Se debe revisar a más tardar el 21 de noviembre de 2027."
    )
    assert "guía para personas portadoras, en español." in carrier


@pytest.mark.parametrize("tag", ["es", "ar"])
@pytest.mark.parametrize("kind", ["application/atom+xml", "application/json", "text/html"])
def test_words_that_nobody_has_checked_say_so(drafts: TestClient, tag: str, kind: str) -> None:
    """What nobody has reviewed looks reviewed."""
    query = asked(name="no such thing", informationRecipient_languageCode_c=tag, knowledgeResponseType=kind)
    english = asked(name="no such thing", knowledgeResponseType=kind)

    said = {"es": "borrador de traducción que nadie ha revisado", "ar": "مسودّة ترجمة لم يراجعها أحد"}[tag]
    assert said in drafts.get("/infobutton", params=query).text
    assert "nobody has checked" not in drafts.get("/infobutton", params=english).text


@pytest.mark.parametrize("tag", ["es", "ar"])
def test_no_english_stands_in_an_answer_in_another_language(drafts: TestClient, strict: TestClient, tag: str) -> None:
    """The one sentence that says why there is nothing is the one that can't be read."""
    english, _ = Project().page_words("en")
    parts = {part.strip() for text in english.values() for part in re.split(r"\{\w+\}", text)}
    long = [part for part in parts if len(part) > 12]

    for client in (drafts, strict):
        for given in ({"code": "308230", "system": OMIM}, {"code": "D66", "system": ICD}, {"name": "no such thing"}):
            query = asked(**given, informationRecipient_languageCode_c=tag, knowledgeResponseType="text/html")
            text = client.get("/infobutton", params=query).text
            assert [part for part in long if part in text] == []


def test_a_name_that_runs_the_other_way_is_set_apart(drafts: TestClient) -> None:
    """In an Arabic line, the English name drags the full stop to the wrong end. Source: UAX #9, FSI, LRI and PDI."""
    feed = answer(drafts, code="D66", system=ICD, informationRecipient_languageCode_c="ar")
    page = drafts.get(
        "/infobutton",
        params=asked(
            code="D66", system=ICD, informationRecipient_languageCode_c="ar", knowledgeResponseType="text/html"
        ),
    )

    assert "\u2066Hemophilia A\u2069: لا يوجد دليل بهذه اللغة بعد: العربية." in feed["subtitle"]["_value"]
    assert "الإنجليزية والإسبانية" in feed["subtitle"]["_value"]
    assert '<bdi lang="en" dir="ltr">Hemophilia A</bdi>: ' in page.text


def test_each_link_of_the_page_says_its_kind_and_its_title_in_its_own_language(drafts: TestClient) -> None:
    """A list of links that all say the same is no list to a listener."""
    query = asked(code="D66", system=ICD, informationRecipient_languageCode_c="es", knowledgeResponseType="text/html")
    text = drafts.get("/infobutton", params=query, headers={"accept-language": "ar"}).text

    for kind in ("Página web", "Archivo PDF", "Texto sin formato"):
        assert f'{kind}: <bdi lang="es" dir="ltr">Ser portadora</bdi></a>' in text
    assert text.count("<h1>") == 1


def test_behind_a_proxy_that_encrypts_all_links_are_encrypted(tmp_path: Path) -> None:
    """A health record is led from an encrypted page to one that anybody on the way can read and change."""
    names = ("clinic.example", "plain.example")
    settings = Settings(cache_dir=tmp_path, date=DAY, workers=1, hosts=names, encrypted=names[:1])
    client = TestClient(application(None, settings))
    query = {"mainSearchCriteria.v.dn": "hemophilia A", "knowledgeResponseType": "application/json"}

    for host, begins in (
        ("clinic.example", "https://clinic.example/"),
        ("plain.example:81", "http://plain.example:81/"),
    ):
        feed = client.get("/infobutton", params=query, headers={"host": host}).json()["feed"]
        links = [link["href"] for entry in feed["entry"] for link in entry["link"]]
        page = client.get("/?condition=hemophilia-a&language=en", headers={"host": host}).text

        assert links
        assert all(link.startswith(begins) for link in [feed["base"], *links])
        assert f"{begins}handouts/hemophilia-a/en/family.html" in page


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_what_could_not_be_looked_at_is_said_when_nothing_is_found(tag: str, tmp_path: Path) -> None:
    """A slip in a file, and a health record is told that there is no handout about its patient's condition."""
    root = lay(tmp_path / "own", {"conditions/hemophilia-a.yaml": "id: ["})
    client = TestClient(application(root, Settings(cache_dir=tmp_path / "cache", date=DAY, workers=1)))
    query = {"knowledgeResponseType": "application/json", "informationRecipient.languageCode.c": tag}

    told = {
        name: client.get(
            "/infobutton", params=query | {"mainSearchCriteria.v.dn": name}, headers={"host": "localhost"}
        ).json()["feed"]["subtitle"]["_value"]
        for name in ("hemophilia A", "Huntington disease")
    }

    assert "hemophilia-a" in told["hemophilia A"]
    assert "hemophilia-a" not in told["Huntington disease"]
    assert tag != "en" or "Not shown, because there is a mistake in their files: hemophilia-a" in told["hemophilia A"]


def test_a_language_with_a_gap_is_answered_in_english_as_a_whole(tmp_path: Path) -> None:
    """Half an answer in Spanish hides which half is missing."""
    shipped = (CHECKOUT / "locales/es/LC_MESSAGES/web.po").read_text(encoding="utf-8")
    gap = changed(shipped, 'msgstr "Archivo PDF: {title}"', 'msgstr ""')
    root = lay(tmp_path / "own", {"locales/es/LC_MESSAGES/web.po": gap})
    client = TestClient(application(root, Settings(cache_dir=tmp_path / "cache", date=DAY, workers=1)))

    query = asked(code="D66", system=ICD, informationRecipient_languageCode_c="es", knowledgeResponseType="text/html")
    told = client.get("/infobutton", params=query, headers={"host": "localhost"})

    assert told.headers["content-language"] == "en"
    assert '<html lang="en" dir="ltr">' in told.text


# --------------------------------------------------------------------------------------------- the languages


@pytest.mark.parametrize(
    ("tag", "there", "found"),
    [
        ("en-US", ["en", "es"], "en"),
        ("pt", ["en", "pt-BR"], "pt-BR"),
        ("zh-TW", ["zh-Hans", "zh-Hant"], "zh-Hant"),
        ("zh", ["zh-Hans", "zh-Hant"], "zh-Hans"),
        ("spa", ["en", "es"], "es"),
        ("sr-Latn", ["sr"], None),
        ("pl", ["en"], None),
    ],
)
def test_a_language_is_found_where_it_is_written_alike(tag: str, there: list[str], found: str | None) -> None:
    """Records say en-US and zh-TW; somebody who reads one script can't read the other."""
    assert nearest(tag, there) == found


def test_each_system_of_the_content_has_a_name_that_requests_have_for_it() -> None:
    """A code is in the content, and no record can ask for it."""
    assert {system for systems in SYSTEMS.values() for system in systems} == set(OIDS)
    assert DAY.year == 2026
