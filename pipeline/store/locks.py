"""Hold a name against every other process: a crawl and a delivery round never run twice at once.

A lock dies with its process, however that dies: a file lock beside an SQLite database, an advisory lock on
a connection of its own with PostgreSQL (postgresql.org/docs, section 13.3.5), in no transaction, so that no
idle time-out of the server ends it.
"""

import fcntl
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from pipeline.store.database import Database


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Held:
    """What ``hold`` gives: true when the name is ours. ``still`` asks whether it is even now.

    PostgreSQL frees a lock when its connection is cut, while the program goes on. ``regained`` takes it again
    in that case, over a new connection; false when another process has it by then. Raises SQLAlchemyError
    while the database does not answer.
    """

    mine: bool
    still: Callable[[], bool] = _always
    regained: Callable[[], bool] = _always

    def __bool__(self) -> bool:
        return self.mine


@contextmanager
def hold(db: Database, name: str) -> Iterator[Held]:
    """Hold ``name`` while the block runs. Gives what is false, at once, when another process holds it."""
    held = _advisory(db, name) if db.engine.dialect.name == "postgresql" else _beside(db, name)
    with held as mine:
        yield mine


@contextmanager
def _beside(db: Database, name: str) -> Iterator[Held]:
    place = db.engine.url.database
    if not place or place == ":memory:":
        yield Held(True)
        return
    with Path(f"{place}.{name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield Held(False)
            return
        yield Held(True)


@contextmanager
def _advisory(db: Database, name: str) -> Iterator[Held]:
    number = int.from_bytes(hashlib.sha256(f"sendwatch:{name}".encode()).digest()[:8], "big", signed=True)
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        mine = _taken(connection, number)
        try:
            yield Held(mine, lambda: _is_held(connection), lambda: _regained(connection, number))
        finally:
            if mine:
                with suppress(SQLAlchemyError):  # the connection was cut, and the lock went with it
                    connection.execute(text("SELECT pg_advisory_unlock(:n)"), {"n": number})


def _taken(connection: Connection, number: int) -> bool:
    return bool(connection.execute(text("SELECT pg_try_advisory_lock(:n)"), {"n": number}).scalar())


def _regained(connection: Connection, number: int) -> bool:
    if _is_held(connection):  # locks are counted: it is not taken twice
        return True
    connection.rollback()
    connection.execution_options(isolation_level="AUTOCOMMIT")  # the new one does not know that it should
    return _taken(connection, number)


def _is_held(connection: Connection) -> bool:
    """Whether this connection is still the one that took the lock: a cut one comes back without it."""
    own = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
    try:
        return bool(connection.execute(text(own)).scalar())
    except SQLAlchemyError:
        return False
