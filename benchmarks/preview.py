"""How long it takes in the live preview from saving a catalog to the changed page's picture, on this machine.

Run it from the top of a checkout: python benchmarks/preview.py [TAG]. It works on a copy in a temporary folder.
"""

from __future__ import annotations

import datetime
import http.client
import json
import re
import shutil
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.files import CHECKOUT, MARKER
from handouts.model.edition import Audience, Edition, Paper
from handouts.project import opened
from handouts.proofs.preview import Preview
from handouts.proofs.server import HERE, Server

if TYPE_CHECKING:
    from collections.abc import Iterator

CONDITION = "x-linked-hyper-igm"
EDITION = Edition(Audience.FAMILY, Paper.A4, datetime.date(2026, 11, 21))
RUNS = 7
SETTLE_SECONDS = 1.5
STRING = re.compile(r'msgctxt "main.message"\nmsgid (?:".*"\n)+msgstr (?:""\n)?"')


def events(port: int) -> Iterator[dict[str, int]]:
    """What the preview tells a browser, as it tells it."""
    connection = http.client.HTTPConnection(HERE, port)
    connection.request("GET", "/events")
    answer = connection.getresponse()
    while line := answer.readline():
        if line.startswith(b"data: "):
            yield json.loads(line[6:])


def got(port: int, path: str) -> bytes:
    """What is at an address of the preview."""
    connection = http.client.HTTPConnection(HERE, port)
    connection.request("GET", path)
    data = connection.getresponse().read()
    connection.close()
    return data


def pictures(port: int) -> list[str]:
    """The address of the picture of each page."""
    return re.findall(r'src="(/picture/[^"]+)"', got(port, "/pages").decode())


def main() -> None:
    """Save one longer string again and again, and time what follows."""
    tag = sys.argv[1] if len(sys.argv) > 1 else "es"
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / MARKER).touch()
        shutil.copytree(CHECKOUT / "locales" / tag.replace("-", "_"), root / "locales" / tag.replace("-", "_"))
        catalog = root / "locales" / tag.replace("-", "_") / "LC_MESSAGES" / f"{CONDITION}.po"
        text = catalog.read_text(encoding="utf-8")
        found = STRING.search(text)
        assert found, "the main message is in every catalog"
        with Server(Preview(opened(root), CONDITION, tag, EDITION), 0) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            listed, shown = timed(server.server_port, catalog, text, found.end())
            server.shutdown()
    print(f"from a saved catalog to the list of strings ({tag}) {statistics.median(listed[1:]):6.2f} s")
    print(f"from a saved catalog to the page's picture ({tag})  {statistics.median(shown[1:]):6.2f} s")


def timed(port: int, catalog: Path, text: str, at: int) -> tuple[list[float], list[float]]:
    """Seconds to the list, and to the picture of the page that changed, for each run."""
    heard = events(port)
    while next(heard)["pages"] == 0:
        pass
    before = pictures(port)
    listed, shown = [], []
    for run in range(RUNS + 1):
        time.sleep(SETTLE_SECONDS)
        start = time.perf_counter()
        catalog.write_text(f"{text[:at]}{'X' * (run + 1)} {text[at:]}", encoding="utf-8")
        next(heard)
        listed.append(time.perf_counter() - start)
        next(heard)
        now = pictures(port)
        changed = next(new for old, new in zip(before, now, strict=False) if old != new)
        got(port, changed)
        shown.append(time.perf_counter() - start)
        before = now
    return listed, shown


if __name__ == "__main__":
    main()
