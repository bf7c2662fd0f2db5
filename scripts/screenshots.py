"""Take the pictures of the page for clinics. Run it with `make screenshots`."""

from __future__ import annotations

import datetime
import io
import shutil
import sys
import tempfile
import threading
from pathlib import Path

import uvicorn
from PIL import Image
from playwright.sync_api import Browser, expect, sync_playwright

from handouts.files import shown, write_whole
from handouts.web import application
from handouts.web.values import Settings

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
DAY = datetime.date(2026, 11, 21)  # fixed, so that a picture changes only when the page does
X = "condition=x-linked-hyper-igm"
DESKTOP, PHONE = (1100, 860), (390, 860)
SHOTS = {
    "clinic-search.png": (("/?ui=en", (1100, 520)),),
    "clinic-ready.png": ((f"/?ui=en&{X}&language=ar&audience=carrier", DESKTOP),),
    "clinic-phones.png": (
        (f"/?ui=es&{X}", PHONE),
        (f"/?ui=ar&{X}&language=es", PHONE),
        ("/?ui=en&condition=cystic-fibrosis&lq=polski", PHONE),
    ),
}
"""The pictures, each of one or more states of the page side by side."""
GAP_PX = 12
GREY = (176, 176, 176)
SECONDS = 60


def taken(browser: Browser, address: str, size: tuple[int, int]) -> Image.Image:
    """What a browser window of `size` shows."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, locale="en-US")
    page.goto(address)
    if "language=" in address:
        expect(page.locator("#pages")).to_be_visible(timeout=SECONDS * 1000)
    page.evaluate("document.fonts.ready.then(() => document.activeElement.blur())")
    page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.close()
    return picture


def side_by_side(pictures: list[Image.Image]) -> Image.Image:
    """The `pictures` in a row on grey."""
    width = sum(each.width + GAP_PX for each in pictures) + GAP_PX
    row = Image.new("RGB", (width, max(each.height for each in pictures) + 2 * GAP_PX), GREY)
    left = GAP_PX
    for each in pictures:
        row.paste(each, (left, GAP_PX))
        left += each.width + GAP_PX
    return row


def main() -> int:
    """Take them, and say what was written."""
    program = shutil.which("chromium")
    if program is None:
        print("run scripts/system-packages.sh test")
        return 1
    with tempfile.TemporaryDirectory() as cache, sync_playwright() as playwright:
        settings = Settings(allow_drafts=True, cache_dir=Path(cache), date=DAY, workers=1)
        server = uvicorn.Server(uvicorn.Config(application(None, settings), port=0, log_config=None, ws="none"))
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            thread.join(0.05)
        address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for name, shots in SHOTS.items():
            sheet = side_by_side([taken(browser, f"{address}{path}", size) for path, size in shots]).quantize(64)
            data = io.BytesIO()
            sheet.save(data, format="PNG", optimize=True)
            write_whole(PICTURES / name, data.getvalue())
            print(f"wrote {shown(PICTURES / name)}: {sheet.width} x {sheet.height} pixels")
        browser.close()
        server.should_exit = True
        thread.join()
    return 0


if __name__ == "__main__":
    sys.exit(main())
