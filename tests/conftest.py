"""Fixtures that all rooms of the tests share: the shared folder, both databases, loopback only."""

import os
import socket
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from pipeline.store.database import Database, open_database
from tests.support.databases import MODEL, fresh_sqlite, make_model
from tests.support.postgres import NoPostgres, a_postgres_server

ROOT = Path(__file__).resolve().parents[1]


def pytest_configure() -> None:
    """Nothing in a test may speak to anybody but this machine."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else "127.0.0.1"
        if host not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {host}")
        return real(self, address)  # type: ignore[arg-type]

    socket.socket.connect = connect  # type: ignore[method-assign]


# Pages whose questions to the database other tests ask of PostgreSQL, too; `pytest -m long` asks them all.
PAGES = {
    "test_desk_all_well",
    "test_desk_careless",
    "test_desk_documents",
    "test_desk_item_in_the_digest",
    "test_desk_sources",
    "test_desk_subscribers",
    "test_desk_ways_in",
}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The desk's pages are tested on SQLite, and on PostgreSQL in the long run."""
    for item in items:
        if item.path.stem in PAGES and "[postgresql" in item.name:
            item.add_marker(pytest.mark.long)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the publishers' contract and the corpus; absent from a stranger's clone."""
    place = Path(os.environ.get("SENDWATCH_SHARED") or ROOT.parent / "shared")
    if not place.is_dir():
        pytest.skip("needs the shared folder (contract examples and corpus) beside the project")
    return place


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A real PostgreSQL server for the whole run."""
    try:
        with a_postgres_server() as url:
            yield url
    except NoPostgres as why:
        pytest.skip(str(why))


@pytest.fixture(scope="session")
def postgres_model(postgres_server: str) -> str:
    """The name of a database on that server with all tables and no row, for copies."""
    engine = _server(postgres_server)
    make_model(engine, _on(postgres_server, MODEL))
    engine.dispose()
    return MODEL


@pytest.fixture
def postgres_url(postgres_server: str, postgres_model: str) -> Iterator[str]:
    """A fresh PostgreSQL database with all tables and no row."""
    with _a_database(postgres_server, f"TEMPLATE {postgres_model}") as url:
        yield url


@pytest.fixture
def empty_postgres_url(postgres_server: str) -> Iterator[str]:
    """A fresh PostgreSQL database without a table."""
    with _a_database(postgres_server, "") as url:
        yield url


@contextmanager
def _a_database(postgres_server: str, made: str) -> Iterator[str]:
    name = f"t{uuid.uuid4().hex}"
    engine = _server(postgres_server)
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} {made}"))
    yield _on(postgres_server, name)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


def _server(url: str) -> Engine:
    driver = url.replace("postgresql://", "postgresql+psycopg://")
    return create_engine(driver, isolation_level="AUTOCOMMIT")


def _on(postgres_server: str, name: str) -> str:
    return postgres_server.rsplit("/", 1)[0] + f"/{name}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Each database that sendwatch promises to run on, one after the other: with all tables and no row."""
    if request.param == "sqlite":
        return fresh_sqlite(tmp_path / "sendwatch.db")
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The same without a table: as a new operator has it."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'sendwatch.db'}"
    return str(request.getfixturevalue("empty_postgres_url"))


@pytest.fixture
def db(database_url: str) -> Iterator[Database]:
    """An open store on each database."""
    database = open_database(database_url)
    yield database
    database.close()
