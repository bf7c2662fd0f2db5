"""The answer of the Infobutton as an Atom feed (RFC 4287), or as JSON in the form of MedlinePlus Connect."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    import datetime

    from handouts.web.infobutton import Entry, Feed

ATOM = "http://www.w3.org/2005/Atom"
XML = "http://www.w3.org/XML/1998/namespace"
NAME = "handouts"


def as_atom(feed: Feed) -> bytes:
    """`feed` as XML."""
    ET.register_namespace("", ATOM)
    root = ET.Element(f"{{{ATOM}}}feed", {f"{{{XML}}}lang": feed.spoken.tag, f"{{{XML}}}base": f"{feed.base}/"})
    _add(root, "id", feed.id)
    _add(root, "title", feed.spoken.words["infobutton.title"], type="text")
    _add(root, "subtitle", feed.subtitle, type="text")
    _add(root, "updated", _time(feed.updated))
    author = _add(root, "author")
    _add(author, "name", NAME)
    _add(author, "uri", f"{feed.base}/")
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.address)
    for name, value in feed.context:
        _add(root, "category", scheme=name, term=value)
    for entry in feed.entries:
        _add_entry(root, entry, feed)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode").encode()


def _add_entry(root: ET.Element, entry: Entry, feed: Feed) -> None:
    around = ET.SubElement(root, f"{{{ATOM}}}entry", {f"{{{XML}}}lang": entry.language})
    _add(around, "id", entry.id)
    _add(around, "title", entry.title, type="text")
    _add(around, "updated", _time(entry.updated))
    for kind, address in entry.links:
        _add(around, "link", rel="alternate", type=kind, hreflang=entry.language, title=entry.title, href=address)
    summary = _add(around, "summary", feed.said(entry.told), type="text")
    summary.set(f"{{{XML}}}lang", feed.spoken.tag)
    for system, code in entry.codes:
        _add(around, "category", scheme=f"urn:handouts:codes:{system.lower().replace(' ', '-')}", term=code)


def _add(around: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    added = ET.SubElement(around, f"{{{ATOM}}}{name}", attributes)
    added.text = text
    return added


def as_json(feed: Feed) -> bytes:
    """`feed` as JSON."""
    value: dict[str, Any] = {
        "base": f"{feed.base}/",
        "lang": feed.spoken.tag,
        "title": {"_value": feed.spoken.words["infobutton.title"], "type": "text"},
        "subtitle": {"_value": feed.subtitle, "type": "text"},
        "author": {"name": {"_value": NAME}, "uri": {"_value": f"{feed.base}/"}},
        "updated": {"_value": _time(feed.updated)},
        "category": [{"scheme": name, "term": term} for name, term in feed.context],
        "id": {"_value": feed.id},
        "entry": [_entry_json(entry, feed) for entry in feed.entries],
    }
    return json.dumps({"feed": value}, ensure_ascii=False).encode()


def _entry_json(entry: Entry, feed: Feed) -> dict[str, Any]:
    links = [
        {"title": entry.title, "rel": "alternate", "type": kind, "hreflang": entry.language, "href": address}
        for kind, address in entry.links
    ]
    return {
        "lang": entry.language,
        "title": {"_value": entry.title, "type": "text"},
        "link": links,
        "id": {"_value": entry.id},
        "updated": {"_value": _time(entry.updated)},
        "summary": {"_value": feed.said(entry.told), "type": "text", "lang": feed.spoken.tag},
    }


def _time(at: datetime.datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
