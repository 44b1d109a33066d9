"""Open the house for a command, and close it behind it. Raises ConfigError for what is set wrong."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sendwatch.settings import read_settings

if TYPE_CHECKING:
    from pipeline.model.plans import Plan
    from pipeline.store.database import Database
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
    from pipeline.store.database import open_database
    from sendwatch.schedules import read_schedules

    settings = read_settings(os.environ, cwd=Path.cwd())
    plans = read_schedules(settings.schedules).plans
    db = open_database(settings.database_url)
    try:
        yield db, plans
    finally:
        db.close()


@contextmanager
def opened_store() -> "Iterator[Database]":
    """The store alone, for commands that only look: neither Scrapy nor the drafter is loaded."""
    from pipeline.store.database import open_database

    db = open_database(read_settings(os.environ, cwd=Path.cwd()).database_url)
    try:
        yield db
    finally:
        db.close()
