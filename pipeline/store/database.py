"""Open the database and hand out transactions. Knows both engines' habits; holds no query."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import NullPool, QueuePool

from pipeline.model.errors import ConfigError
from pipeline.store import (  # noqa: F401 - they add their tables
    desk_tables,
    finding_tables,
    mailing_tables,
    notice_tables,
    tables,
)

MIGRATIONS = Path(__file__).parent / "migrations"
LOOKS = "sendwatch_looks"  # the mark of a connection that only reads
LOOKERS = 8
UPGRADING = 7_303_014  # the number of an advisory lock


class Database:
    """One database, SQLite or PostgreSQL. A transaction is the only way in."""

    def __init__(self, engine: Engine, looker: Engine | None = None) -> None:
        self._engine = engine
        self._looker = looker or engine

    @property
    def engine(self) -> Engine:
        """The SQLAlchemy engine, for migrations and for doctor."""
        return self._engine

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """One transaction: committed at the end, rolled back by any exception.

        On SQLite it takes the write lock at once (BEGIN IMMEDIATE) and waits up to 30 s for it.
        """
        with self._engine.begin() as connection:
            yield connection

    @contextmanager
    def kept_open(self) -> Iterator[None]:
        """Keep one idle connection while the block runs: for whoever answers people who are waiting.

        SQLite clears up its write-ahead log whenever the last connection closes, which is several times as
        slow as the transaction itself (sqlite.org/wal.html, 2.2). It holds no lock.
        """
        with self._engine.connect():
            yield

    @contextmanager
    def kept(self) -> Iterator["Database"]:
        """The same database over one connection that stays open: for one thread with many short transactions.

        Opening SQLite anew for each, and closing it, costs more than the transaction: the last one to close
        folds the write-ahead log into the file.
        """
        with self._engine.connect() as connection:
            yield _Kept(self._engine, connection)

    @contextmanager
    def look(self) -> Iterator[Connection]:
        """One transaction that only reads: one state of everything, and on SQLite it waits for nobody.

        A page that is looked at must neither stand in a queue behind the crawl nor keep it waiting.
        """
        with self._looker.connect().execution_options(**{LOOKS: True}) as connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()
        self._looker.dispose()


class _Kept(Database):
    """A Database whose transactions follow one another on one connection."""

    def __init__(self, engine: Engine, connection: Connection) -> None:
        super().__init__(engine)
        self._connection = connection

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        with self._connection.begin():
            yield self._connection


def open_database(url: str) -> Database:
    """Open the database behind ``url`` and bring its tables up to date.

    ``sqlite:///path`` (folders are made) or ``postgresql://user:password@host/name``.

    Raises:
        ConfigError: the URL is no database URL of a kind that sendwatch knows, or the database was written
            by a newer sendwatch.
    """
    engine = _engine(url)
    database = Database(engine, _looker(url))
    try:
        with database.begin() as connection:
            _upgrade(connection)
    except BaseException:
        database.close()
        raise
    return database


def _engine(url: str) -> Engine:
    try:
        place = make_url(url)
    except ArgumentError as error:
        raise ConfigError(f"SENDWATCH_DATABASE_URL: {error}") from None
    if place.get_backend_name() == "sqlite":
        if place.database and place.database != ":memory:":
            Path(place.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(
            place, connect_args={"timeout": 30}, poolclass=NullPool, hide_parameters=True
        )  # an error that is logged must not show an address
        event.listen(engine, "connect", _on_sqlite_connect)
        event.listen(engine, "begin", _on_sqlite_begin)
        return engine
    if place.get_backend_name() == "postgresql":
        try:
            return create_engine(
                place.set(drivername="postgresql+psycopg"),
                pool_pre_ping=True,
                pool_size=2,
                hide_parameters=True,
            )
        except NoSuchModuleError as error:
            raise ConfigError(f"SENDWATCH_DATABASE_URL: {error}") from None
    raise ConfigError(
        "SENDWATCH_DATABASE_URL: sendwatch keeps its memory in SQLite (sqlite:///var/sendwatch.db) or "
        f"PostgreSQL (postgresql://user:password@host/name), not in {place.get_backend_name()!r}"
    )


def _looker(url: str) -> Engine | None:
    """For SQLite a few connections that are kept, for looking alone: to open one costs more than to look."""
    place = make_url(url)
    if place.get_backend_name() != "sqlite" or place.database in (None, "", ":memory:"):
        return None
    arguments = {"timeout": 30, "check_same_thread": False}
    engine = create_engine(
        place,
        connect_args=arguments,
        poolclass=QueuePool,
        pool_size=LOOKERS,
        max_overflow=40,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _on_sqlite_connect)
    event.listen(engine, "begin", _on_sqlite_begin)
    return engine


def _on_sqlite_connect(raw: Any, _record: object) -> None:
    raw.isolation_level = None  # the driver must not emit its own, deferred BEGIN
    cursor = raw.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")  # "sent" must survive a power cut
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA busy_timeout=30000")
    cursor.close()


def _on_sqlite_begin(connection: Connection) -> None:
    looks = connection.get_execution_options().get(LOOKS)
    connection.exec_driver_sql("BEGIN" if looks else "BEGIN IMMEDIATE")


def _upgrade(connection: Connection) -> None:
    """Bring the tables up to date. Alembic is loaded only when there is something to do."""
    if (
        connection.dialect.name == "postgresql"
    ):  # two processes that start at once upgrade one after the other
        connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": UPGRADING})
    found = _revision(connection)
    if found == newest_revision():
        return
    if found > newest_revision():
        raise ConfigError(
            f"SENDWATCH_DATABASE_URL: the database was written by a newer sendwatch (tables {found}, this "
            f"program knows {newest_revision()}): install that version again, or restore an older backup"
        )
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def newest_revision() -> str:
    """The revision that this program's tables have: migrations are numbered files."""
    return max(file.name for file in (MIGRATIONS / "versions").glob("[0-9]*.py")).partition("_")[0]


def _revision(connection: Connection) -> str:
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")
