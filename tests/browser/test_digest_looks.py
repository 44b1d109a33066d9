"""The digest in a real browser, wide and narrow, light and dark; and by the data of caniemail.com.

axe-core (contrast, headings, links) and doiuse-email are installed by scripts/test where npm is; without
them, or without Chromium, these tests are skipped and say so.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from alerts.digest_web import inner_html
from tests.support.digest_samples import a_bare_link, closing_of, entries_of, mail_of, page_of

ROOT = Path(__file__).resolve().parents[2]
MODULES = ROOT / ".node-test" / "node_modules"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
OF_A_WHOLE_PAGE = {"landmark-one-main", "region"}  # a mail stands inside somebody else's page
CLIENTS = ["gmail.*", "apple-mail.*", "outlook.*", "yahoo.*", "samsung-email.*", "thunderbird.*"]
LINT = """
import { doIUseEmail } from '@jsx-email/doiuse-email';
import { readFileSync } from 'fs';
const found = doIUseEmail(readFileSync(0, 'utf8'), { emailClients: %s });
console.log(JSON.stringify(found.errors ?? []));
"""
KNOWN = {
    "@media": "dark and narrow screens alone; without it the mail is as on a wide, light one",
    "<body> element": "its colours are repeated on the table inside",
    "display:none": "the preview line is also of one pixel in the colour of the ground",
    "overflow": "of that same preview line",
    "role attribute": "for screen readers where it is read; a table without borders elsewhere",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("needs Chromium (Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def axe() -> str:
    script = MODULES / "axe-core" / "axe.min.js"
    if not script.is_file():
        pytest.skip("needs axe-core: scripts/test installs it where npm is")
    return script.read_text("utf-8")


def a_mail() -> str:
    return mail_of([*entries_of(7), a_bare_link(99, "A page")], closing_of(3)).html


def a_web_page() -> str:
    inner = inner_html(page_of(entries_of(7), closing_of(3)))
    return f'<!doctype html><html lang="en-GB"><title>Archive</title><main>{inner}</main></html>'


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 600, 800])
def test_a_digest_fits_its_screen_and_has_buttons_that_a_thumb_can_hit(
    browser: Any, width: int, scheme: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.set_content(a_mail())
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "nobody scrolls sideways"
    tall = "[...document.querySelectorAll('td.button, p.do')].map(a => a.getBoundingClientRect().height)"
    assert min(page.evaluate(tall)) >= 44
    sizes = "[...document.querySelectorAll('p, li, a')].map(e => parseFloat(getComputedStyle(e).fontSize))"
    assert min(page.evaluate(sizes)) >= 16
    ground = page.evaluate("getComputedStyle(document.querySelector('.sheet')).backgroundColor")
    assert ground == ("rgb(255, 255, 255)" if scheme == "light" else "rgb(31, 34, 38)")
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("made", [a_mail, a_web_page], ids=["mail", "web version"])
def test_axe_finds_nothing_to_mend_in_contrast_and_structure(
    browser: Any, axe: str, made: Any, scheme: str
) -> None:
    page = browser.new_page(viewport={"width": 600, "height": 800}, color_scheme=scheme)
    page.set_content(made())
    page.evaluate(axe)
    found = page.evaluate("axe.run()")
    page.close()
    bad = [(one["id"], one["nodes"][0]["html"][:80]) for one in found["violations"]]
    assert [one for one in bad if one[0] not in OF_A_WHOLE_PAGE] == []
    assert len(found["passes"]) > 10, "it has looked"


def test_what_mail_programs_do_not_support_does_no_harm_there() -> None:
    node = shutil.which("node")
    if node is None or not (MODULES / "@jsx-email" / "doiuse-email").is_dir():
        pytest.skip("needs node and doiuse-email: scripts/test installs it where npm is")
    program = LINT % json.dumps(CLIENTS)
    command = [node, "--input-type=module", "-e", program]
    done = subprocess.run(
        command, cwd=MODULES.parent, input=a_mail(), capture_output=True, text=True, check=True, timeout=60
    )
    errors: list[str] = json.loads(done.stdout)
    assert errors, "it has looked"
    features = {match[1] for error in errors if (match := re.match(r"`(.+?)` is not supported", error))}
    assert features <= set(KNOWN), "each of these needs a reason why it does no harm"
