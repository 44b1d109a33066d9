"""Databases whose tables are made already: the migrations run once for a worker, not once for a test.

What tests the migrations takes an empty one instead (``empty_database_url`` in tests/conftest.py).
"""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from sqlalchemy import Engine, text

from pipeline.store.database import open_database

MODEL = "sendwatch_model"  # the PostgreSQL database that the others are copies of


def fresh_sqlite(place: Path) -> str:
    """Put a database without a row at ``place``, and give its URL."""
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_model_file(), place)
    return f"sqlite:///{place}"


def make_model(server: Engine, url: str) -> None:
    """Make the database MODEL on a server. ``url`` names it, ``server`` commits each statement by itself."""
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {MODEL}"))
    open_database(url).close()


@cache
def _model_file() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="sendwatch-model-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    place = folder / "model.db"
    open_database(f"sqlite:///{place}").close()
    assert not place.with_name("model.db-wal").exists(), "the last to close folds the log into the file"
    return place
