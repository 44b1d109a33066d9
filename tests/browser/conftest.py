"""Chromium for the tests of the desk; where there is none they are skipped and say so."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.support.browser import NoBrowser, a_browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One for a module: Playwright keeps an event loop running in its thread, which others must not meet."""
    try:
        with a_browser() as running:
            yield running
    except NoBrowser as why:
        pytest.skip(str(why))
