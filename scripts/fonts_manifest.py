"""Write fonts/manifest.toml: the sha256 sum of each font, so that a changed or broken font is seen."""

from __future__ import annotations

import hashlib
from pathlib import Path

FONTS = Path(__file__).resolve().parent.parent / "fonts"


def main() -> None:
    """Renew the manifest from the files that are there."""
    lines = [
        "# The fonts that handouts are set in. Made by scripts/fonts_manifest.py; licences stand beside the fonts.",
        "# Noto Sans 2.015 and Noto Naskh Arabic 2.021: static TrueType instances as Google Fonts publishes them.",
        "",
        "[sha256]",
    ]
    lines += [
        f'"{path.name}" = "{hashlib.sha256(path.read_bytes()).hexdigest()}"' for path in sorted(FONTS.glob("*.ttf"))
    ]
    (FONTS / "manifest.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
