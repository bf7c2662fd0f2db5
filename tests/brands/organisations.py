"""Two organizations that do not exist: an English clinic with a drawn logo, and an Arabic association with a PNG."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.brands.test_load import FILES, TEXT
from tests.commands import lay

if TYPE_CHECKING:
    from pathlib import Path

ARABIC = """\
name = "جمعية مثال للدعم"
language = "ar"

[contact]
phones = ["+971 4 555 0100"]
email = "info@jamiyya.example.org"
web = "https://jamiyya.example.org"
address = ["شارع المثال 12", "مدينة المثال"]
hours = "من الأحد إلى الخميس، 9:00-17:00"

[colours]
accent = "#0b5b3c"
cool = "#e8f5ee"

[logo]
file = "logo.png"
alt = "شعار جمعية مثال للدعم"

[web_edition]
address = "https://jamiyya.example.org/higm/"

[in.en]
name = "Example Support Association"
alt = "Logo of the Example Support Association"
hours = "Sun-Thu 9:00-17:00"
"""
CLINIC, ASSOCIATION = "clinic", "association"
BRANDS = {CLINIC: TEXT, ASSOCIATION: ARABIC}


def with_brands(folder: Path) -> Path:
    """Lay a project with both brands in `folder`."""
    lay(folder, {f"brands/{name}/brand.toml": text for name, text in BRANDS.items()})
    for name in BRANDS:
        for file, data in FILES.items():
            (folder / "brands" / name / file).write_bytes(data)
    return folder
