"""Hold a name against every other process: a crawl and a delivery round never run twice at once.

A lock dies with its process, however that dies: a file lock beside an SQLite database, an advisory lock on
a connection of its own with PostgreSQL (postgresql.org/docs, section 13.3.5), in no transaction, so that no
idle time-out of the server ends it.
"""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from pipeline.store.database import Database


@contextmanager
def hold(db: Database, name: str) -> Iterator[bool]:
    """Hold ``name`` while the block runs. Gives False, at once, when another process holds it."""
    held = _advisory(db, name) if db.engine.dialect.name == "postgresql" else _beside(db, name)
    with held as mine:
        yield mine


@contextmanager
def _beside(db: Database, name: str) -> Iterator[bool]:
    place = db.engine.url.database
    if not place or place == ":memory:":
        yield True
        return
    with Path(f"{place}.{name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


@contextmanager
def _advisory(db: Database, name: str) -> Iterator[bool]:
    number = int.from_bytes(hashlib.sha256(f"sendwatch:{name}".encode()).digest()[:8], "big", signed=True)
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        mine = bool(connection.execute(text("SELECT pg_try_advisory_lock(:n)"), {"n": number}).scalar())
        try:
            yield mine
        finally:
            if mine:
                connection.execute(text("SELECT pg_advisory_unlock(:n)"), {"n": number})
