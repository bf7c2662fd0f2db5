"""What the tests of the checks share: messages, a small term base, and what is told of one translation."""

from __future__ import annotations

from types import MappingProxyType

from handouts.catalogs import check_translation
from handouts.languages import language
from handouts.model.message import Message
from handouts.model.terms import TermsFile
from handouts.problems import Location, Problem

HERE = Location("small.po", 7)
THERE = Location("x.yaml", 1)

TERMS = TermsFile.model_validate(
    {
        "sources": {"ONE": {"title": "A page", "quality": "official"}},
        "tokens": [{"token": "IgM"}, {"token": "X"}, {"token": "IVIG", "in": {"fr": ["IgIV"]}}],
        "terms": {
            "carrier": {
                "term": "carrier",
                "finds": ["carrier", "carriers"],
                "meaning": "Somebody with one changed copy.",
                "in": {
                    "es": {"accepted": [{"text": "portadora", "finds": ["portador*"], "sources": ["ONE"]}]},
                    "ar": {
                        "accepted": [{"text": "حامل لجين", "finds": ["*حامل* ل*جين*"], "sources": ["ONE"]}],
                        "forbidden": [{"text": "حامل", "finds": ["*حامل*"], "why": "it means pregnant"}],
                    },
                    "zh-Hans": {"accepted": [{"text": "携带者", "ours": "draft"}]},
                },
            }
        },
        "languages": {
            "es": {
                "avoid": [{"finds": ["mutaci*"], "why": "it frightens", "instead": "cambio"}],
                "number_words": ["tres", "cien"],
            }
        },
    }
)
NO_TERMS = TermsFile.model_validate({"sources": {}, "terms": {}})


def message(source: str, *, plural: str | None = None, key: str = "plain", room: int | None = None) -> Message:
    examples = MappingProxyType({"son_has": "1 in 2", "total": "4", "count": "1", "name": "Example Clinic"})
    return Message("small", key, source, THERE, plural=plural, placeholders=examples, room=room)


def told(
    source: str | Message,
    translation: str,
    tag: str = "es",
    *,
    comments: tuple[str, ...] = (),
    terms: TermsFile = TERMS,
) -> tuple[Problem, ...]:
    """Every problem of one string that counts nothing."""
    about = source if isinstance(source, Message) else message(source)
    problems = check_translation(about, (translation,), language(tag), terms, HERE, comments)
    assert all(p.where == HERE and f"'{about.key}'" in p.message for p in problems)
    return problems


def codes(source: str | Message, translation: str, tag: str = "es") -> list[str]:
    return [problem.code for problem in told(source, translation, tag)]
