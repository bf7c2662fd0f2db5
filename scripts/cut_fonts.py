"""Fill fonts/ from the fonts that Google Fonts publishes: copy, cut the Han and Hangul ones, write the manifest.

Usage: python scripts/cut_fonts.py SOURCE
SOURCE is a folder in which the npm packages @expo-google-fonts/noto-… are installed (static TrueType instances with
their licences): npm install in an empty folder, then give its node_modules/@expo-google-fonts.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import unicodedata
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "fonts"
WEIGHTS = {"Regular": "400Regular", "Bold": "700Bold"}
WHOLE = (
    *("NotoSans", "NotoNaskhArabic", "NotoNastaliqUrdu", "NotoSansHebrew", "NotoSansDevanagari", "NotoSansBengali"),
    *("NotoSansGurmukhi", "NotoSansGujarati", "NotoSansTamil", "NotoSansTelugu", "NotoSansKannada"),
    *("NotoSansMalayalam", "NotoSansSinhala", "NotoSansThai", "NotoSansLao", "NotoSansKhmer", "NotoSansMyanmar"),
    *("NotoSansEthiopic", "NotoSansGeorgian", "NotoSansArmenian"),
)
# Family: (name of the published set, Python's codec that enumerates it, whether Hangul takes the place of Han)
CUT = {
    "NotoSansSC": ("GB/T 2312-1980", "gb2312", False),
    "NotoSansTC": ("Big5 (1984)", "big5", False),
    "NotoSansJP": ("JIS X 0208:1990", "shift_jis", False),
    "NotoSansKR": ("KS X 1001 without Han, and all 11,172 modern Hangul syllables", "euc_kr", True),
}
PUNCTUATION = "‐‑–—‘’“”…•‹›«»·×−©®™°€£¥₩"  # noqa: RUF001  these very characters


def main(source: Path) -> None:
    """Renew every font, licence and the manifest."""
    for folder in (FONTS / "licences",):
        folder.mkdir(exist_ok=True)
    rows = []
    for family in (*WHOLE, *CUT):
        package = source / _package(family)
        shutil.copyfile(package / "LICENSE_FONT", FONTS / "licences" / f"{family}-OFL.txt")
        for weight, folder in WEIGHTS.items():
            (original,) = (package / folder).glob("*.ttf")
            target = FONTS / f"{family}-{weight}.ttf"
            if family in CUT:
                _cut(original, target, characters(*CUT[family][1:]))
            else:
                shutil.copyfile(original, target)
            rows.append(_row(family, target))
    head = "# The fonts that handouts are set in. Made by scripts/cut_fonts.py; their licences are in licences/.\n"
    (FONTS / "manifest.toml").write_text(head + "\n" + "\n".join(rows), encoding="utf-8")
    size = sum(path.stat().st_size for path in FONTS.glob("*.ttf"))
    print(f"{len(rows)} fonts, {size / 1e6:.1f} MB")


def _package(family: str) -> str:
    """NotoSansSC comes in the package noto-sans-sc."""
    words, word = [], ""
    for char in family:
        if char.isupper() and word and not word[-1].isupper():
            words.append(word)
            word = ""
        word += char
    return "-".join([*words, word]).lower()


def characters(codec: str, hangul: bool) -> set[int]:  # noqa: FBT001  a column of the table above
    """The code points of a published set, with ASCII and common punctuation."""
    found = set(range(0x20, 0x7F)) | {ord(char) for char in PUNCTUATION}
    for code in (*range(0x80, 0xD800), *range(0xE000, 0x10000)):
        char = chr(code)
        if hangul and "CJK UNIFIED" in unicodedata.name(char, ""):
            continue
        try:
            char.encode(codec)
        except UnicodeEncodeError:
            continue
        found.add(code)
    return found | set(range(0xAC00, 0xD7A4)) if hangul else found


def _cut(original: Path, target: Path, wanted: set[int]) -> None:
    options = subset.Options(hinting=False, layout_features=["*"], name_IDs=["*"], notdef_outline=True)
    options.drop_tables += ["vhea", "vmtx", "VORG"]
    font = TTFont(original, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    font.save(target)


def _row(family: str, path: Path) -> str:
    version = str(TTFont(path, lazy=True)["name"].getDebugName(5)).split(";")[0]
    rows = [f'["{path.name}"]', f'version = "{version}"']
    if family in CUT:
        rows.append(f'cut_to = "{CUT[family][0]}"')
    rows.append(f'sha256 = "{hashlib.sha256(path.read_bytes()).hexdigest()}"')
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
