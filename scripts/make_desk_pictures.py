"""Make the pictures of the desk in docs/pictures: in Chromium, wide and narrow.

The demonstration's desk, and for the next digest a desk with three approved Stories.

    python scripts/make_desk_pictures.py [FOLDER]

Needs Chromium, playwright and pillow. Each picture is cut to what a reader needs and kept below 150 kB.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from pipeline.store.database import open_database  # noqa: E402 - the folder above is not a package
from tests.support.newsdesk import ANNA, a_newsdesk  # noqa: E402
from tests.support.newsroom import AT_ONCE, FRAME, WEEKLY  # noqa: E402

MOST_BYTES = 150_000
WIDTHS = {"wide": 1280, "narrow": 360}
TALLEST = {"wide": 1700, "narrow": 1500}


def make_pictures(folder: Path) -> None:
    """Take a picture of each page at each width."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with _a_desk() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = browser.new_context()
        page = context.new_page()
        page.goto(address)
        page.click("main button")
        root = address.partition("/desk/")[0]
        for name, path in _pages(page, root):
            for width, pixels in WIDTHS.items():
                page.set_viewport_size({"width": pixels, "height": 900})
                page.goto(root + path)
                _keep(page.screenshot(full_page=True), folder / f"desk-{name}-{width}.png", TALLEST[width])
        _asked(context, root, folder)
        _next_digest(browser, folder)
        browser.close()


def _pages(page: Any, root: str) -> list[tuple[str, str]]:
    """Name and path of each page; a Story with a redline and one without, one of them approved."""
    page.goto(f"{root}/desk?list=all")
    links = page.eval_on_selector_all(".stories a", "all => all.map(one => [one.textContent, one.pathname])")
    quiet = next(path for title, path in links if _has(page, root + path, "#changed del, #changed ins"))
    letter = next(path for title, path in links if path != quiet and _has(page, root + path, "#body"))
    page.goto(root + letter)
    page.fill("#post", page.input_value("#post") + " Please share.")
    page.click("text=Save and approve for the digest")
    page.goto(root + quiet)
    for one in page.locator(".sentence summary").all()[:2]:
        one.click()
    return [
        ("inbox", "/desk?list=all"),
        ("story", letter),
        ("change", quiet),
        ("text", f"{letter}/texts/1"),
    ]


def _has(page: Any, address: str, selector: str) -> bool:
    page.goto(address)
    return bool(page.locator(selector).count())


def _asked(context: Any, root: str, folder: Path) -> None:
    context.clear_cookies()
    page = context.new_page()
    for width, pixels in WIDTHS.items():
        page.set_viewport_size({"width": pixels, "height": 700})
        page.goto(f"{root}/desk/sign-in")
        _keep(page.screenshot(full_page=True), folder / f"desk-sign-in-{width}.png", TALLEST[width])


def _next_digest(browser: Any, folder: Path) -> None:
    """The digest's page while there is something to put in order: in the demonstration it is sent already."""
    with tempfile.TemporaryDirectory() as place:
        db = open_database(f"sqlite:///{place}/desk.db")
        with a_newsdesk(db, frame=FRAME, plans=(WEEKLY, AT_ONCE)) as desk:
            desk.room.gathers(WEEKLY, AT_ONCE)
            for what in ("short breaks", "transport", "exclusions"):
                desk.room.page(what)
                desk.room.approves(what)
            context = browser.new_context()
            cookie = desk.signed_in(ANNA).client.cookies["desk"]
            context.add_cookies([{"name": "desk", "value": cookie, "url": desk.root}])
            page = context.new_page()
            for width, pixels in WIDTHS.items():
                page.set_viewport_size({"width": pixels, "height": 900})
                page.goto(f"{desk.root}/desk/digest")
                _keep(page.screenshot(full_page=True), folder / f"desk-digest-{width}.png", TALLEST[width])
        db.close()


@contextmanager
def _a_desk() -> Iterator[str]:
    """The demonstration's desk; gives the address that signs in."""
    with tempfile.TemporaryDirectory() as place:
        command = [sys.executable, "-u", "-m", "sendwatch", "demo", "--desk", "--folder", f"{place}/demo"]
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        try:
            assert process.stdout is not None
            for line in process.stdout:
                found = re.search(r"http://127\.0\.0\.1:\d+/desk/demo/\S+", line)
                if found:
                    yield found[0]
                    break
        finally:
            process.terminate()
            process.wait(60)


def _keep(raw: bytes, file: Path, tallest: int) -> None:
    picture = Image.open(BytesIO(raw)).convert("RGB")
    picture = picture.crop((0, 0, picture.width, min(picture.height, tallest)))
    for colours in (128, 64, 32, 16):
        picture.quantize(colours).save(file, optimize=True)
        if file.stat().st_size <= MOST_BYTES:
            return
    raise SystemExit(f"{file} is larger than {MOST_BYTES:,} bytes")


if __name__ == "__main__":
    make_pictures(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures")
