"""Who gives the handout out, in typed slots. A brand fills slots; it changes no word that was checked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of a page, each as #rrggbb: of titles, of marks and lines, and the tints behind the two boxes."""

    title: str = "#14304d"
    accent: str = "#14507d"
    cool: str = "#e6f0f7"
    warm: str = "#fdf1e7"
