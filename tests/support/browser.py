"""Debian's Chromium, driven by Playwright, and axe-core to look for barriers; or the reason why not."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / ".node-test" / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
needs_axe = pytest.mark.skipif(not AXE.is_file(), reason="needs axe-core: scripts/test fetches it with npm")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class NoBrowser(Exception):
    """Why there is no browser to test with, in words for the skipped test."""


@contextmanager
def a_browser() -> Iterator[Browser]:
    """Chromium, started and stopped. Raises NoBrowser."""
    program = next(
        (found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), None
    )
    if program is None:
        raise NoBrowser("Chromium is not installed (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def barriers(page: Page) -> list[str]:
    """What axe-core finds wrong with the page as it stands, by WCAG 2.2 AA and its best practices.

    Raises NoBrowser where axe-core is not installed (scripts/test does it where npm is there).
    """
    if not AXE.is_file():
        raise NoBrowser("axe-core is not installed: scripts/test fetches it where npm is there")
    page.evaluate(AXE.read_text("utf-8"))  # through the debugger: the page's own policy lets no script in
    options = {"runOnly": {"type": "tag", "values": RULES}}
    found: dict[str, Any] = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{one['id']}: {one['help']}: {node['html'][:160]} {node.get('failureSummary', '')}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its screen."""
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return int(page.evaluate(wide))


def look(page: Page, what: str, *, leaving_out: str = "") -> None:
    """Hold a page to what holds for each: no barrier, light or dark, and nobody scrolls sideways.

    ``leaving_out`` is the beginning of rules that are not for this kind of page, as a regular expression.
    """
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found = [one for one in barriers(page) if not (leaving_out and re.match(leaving_out, one))]
        assert found == [], f"{what}, {scheme}: {found}"
    assert sideways(page) <= 0, f"{what} scrolls sideways by {sideways(page)} px"
