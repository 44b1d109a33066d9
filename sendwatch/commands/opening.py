"""Open the house for a command, and close it behind it. Raises ConfigError for what is set wrong."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sendwatch.settings import read_settings

if TYPE_CHECKING:
    from alerts.tokens import Tokens
    from pipeline.model.plans import Plan
    from pipeline.store.database import Database
    from sendwatch.settings import Settings
    from sendwatch.wiring import Wiring


@contextmanager
def opened() -> "Iterator[Wiring]":
    """The wired-up house, from the environment."""
    from sendwatch.schedules import read_schedules
    from sendwatch.wiring import wire

    settings = read_settings(os.environ, cwd=Path.cwd())
    wiring = wire(settings, read_schedules(settings.schedules))
    try:
        yield wiring
    finally:
        wiring.db.close()


@contextmanager
def opened_plans() -> "Iterator[tuple[Database, tuple[Plan, ...]]]":
    """The store and the plans of schedules.yaml, for commands that need no crawler and no drafter."""
    from sendwatch.schedules import read_schedules

    settings = read_settings(os.environ, cwd=Path.cwd())
    plans = read_schedules(settings.schedules).plans
    with _store(settings) as db:
        yield db, plans


@contextmanager
def opened_store() -> "Iterator[Database]":
    """The store alone, for commands that only look: neither Scrapy nor the drafter is loaded."""
    with _store(read_settings(os.environ, cwd=Path.cwd())) as db:
        yield db


@contextmanager
def opened_links() -> "Iterator[tuple[Settings, Database, Tokens]]":
    """Settings, store, and what signs links: for commands that see to what digests send and get back."""
    from alerts.tokens import Tokens
    from sendwatch.secret import signing_secret

    settings = read_settings(os.environ, cwd=Path.cwd())
    settings.var.mkdir(parents=True, exist_ok=True)
    tokens = Tokens(signing_secret(settings.mailing.secret, settings.var))
    with _store(settings) as db:
        yield settings, db, tokens


@contextmanager
def _store(settings: "Settings") -> "Iterator[Database]":
    from pipeline.store.database import open_database

    db = open_database(settings.database_url)
    try:
        yield db
    finally:
        db.close()
