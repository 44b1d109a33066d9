"""Chromium for the tests of the desk; where there is none they are skipped and say so."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from pipeline.store.database import open_database
from tests.support.browser import NoBrowser, a_browser
from tests.support.databases import fresh_sqlite
from tests.support.newsdesk import Newsdesk, a_newsdesk


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One for a module: Playwright keeps an event loop running in its thread, which others must not meet."""
    try:
        with a_browser() as running:
            yield running
    except NoBrowser as why:
        pytest.skip(str(why))


@pytest.fixture
def newsdesk(tmp_path: Path) -> Iterator[Newsdesk]:
    """A desk that is served, with nothing on it."""
    db = open_database(fresh_sqlite(tmp_path / "desk.db"))
    with a_newsdesk(db) as running:
        yield running
    db.close()
