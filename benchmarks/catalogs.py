"""How long the translators' work takes on this machine: update, check, and from saving a catalog to the page.

Run it from the top of a checkout: python benchmarks/catalogs.py [TAG]. It writes nothing, and no test looks at it.
"""

from __future__ import annotations

import datetime
import statistics
import sys
import time
from typing import TYPE_CHECKING

from handouts.model.edition import Audience, Edition, Paper
from handouts.project import Project
from handouts.proofs.desk import desk_of
from handouts.proofs.pages import numbered, numbers_of, states_of, worded
from handouts.render import render_web_proof
from handouts.translators import Claim, status, updated

if TYPE_CHECKING:
    from collections.abc import Callable

CONDITION = "x-linked-hyper-igm"
DAY = datetime.date(2026, 11, 21)
RUNS = 5


def told(what: str, work: Callable[[], object]) -> None:
    """Print the median of a few runs, after one that warms up."""
    seconds = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    print(f"{what:<48} {statistics.median(seconds[1:]):6.2f} s")


def main() -> None:
    """Time each of them for one language."""
    tag = sys.argv[1] if len(sys.argv) > 1 else "es"
    project = Project()
    edition = Edition(Audience.FAMILY, Paper.A4, DAY)
    templates = project.templates()

    def page() -> None:
        desk = desk_of(project, CONDITION, tag)
        handout = worded(desk, edition)
        numbers = numbers_of(handout, desk)
        render_web_proof(numbered(handout, desk, numbers), templates, edition.paper, states_of(desk, numbers))

    told(f"catalog update {tag}, all domains", lambda: updated(project, tag, None, Claim((), None, DAY), DAY))
    told(f"catalog check {tag}, all domains", lambda: status(project, tag))
    told(f"from a saved catalog to the page ({tag})", page)


if __name__ == "__main__":
    main()
