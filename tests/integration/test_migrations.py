"""A database that an earlier sendwatch filled is brought up to date with all that is in it."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, MetaData, create_engine, insert, text
from sqlalchemy.engine import make_url
from sqlalchemy.types import Boolean, DateTime, Float, Integer, LargeBinary

from pipeline.store import changes, deliveries, stories
from pipeline.store.changes import Fate
from pipeline.store.columns import metadata
from pipeline.store.database import MIGRATIONS, newest_revision, open_database
from pipeline.store.finding_tables import WORDS
from pipeline.store.packing import pack
from tests.support.ledgers import NOW

EARLIER = NOW.replace(tzinfo=None)


def test_a_full_database_of_the_first_revision_is_upgraded_with_every_row(empty_database_url: str) -> None:
    engine = _engine(empty_database_url)
    with engine.begin() as tx:
        _upgrade(tx, "0001")
        first = MetaData()
        first.reflect(tx, only=lambda name, _: name != "alembic_version")
        for table in first.sorted_tables:
            _fill(tx, first, table.name)
        counts = {name: _count(tx, name) for name in first.tables}
    engine.dispose()
    assert set(counts.values()) == {12}, counts
    assert len(counts) >= 13, "every table of the first revision has rows"

    db = open_database(empty_database_url)
    with db.begin() as tx:
        context = MigrationContext.configure(tx, opts={"include_object": _is_ours})
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == newest_revision()
        assert {name: _count(tx, name) for name in counts} == counts, "not a row is lost"
        lines = changes.of_story(tx, 1)
        assert len(lines) == 12
        assert {(line.fate, line.told_in, line.is_copy) for line in lines} == {(Fate.TOLD, 1, False)}
        assert stories.living(tx, NOW) != []
        assert stories.waiting_storms(tx) == []
        assert deliveries.counts(tx).owed == 12
    db.close()


def _is_ours(_thing: object, name: str | None, _kind: str, _reflected: bool, _beside: object) -> bool:
    """The tables of words are each engine's own: no model of ours describes them."""
    return not str(name).startswith((WORDS, f"ix_{WORDS}"))


def test_the_migrations_make_the_tables_and_nothing_else(empty_database_url: str) -> None:
    db = open_database(empty_database_url)
    with db.begin() as tx:
        context = MigrationContext.configure(tx, opts={"include_object": _is_ours})
        assert compare_metadata(context, metadata) == []
    db.close()


def _engine(url: str) -> Engine:
    place = make_url(url)
    return create_engine(place if "sqlite" in url else place.set(drivername="postgresql+psycopg"))


def _upgrade(tx: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = tx
    command.upgrade(config, revision)


def _fill(tx: Connection, tables: MetaData, name: str) -> None:
    """Twelve rows with a value in every column; all Changes belong to the first Story."""
    known = {
        "details": "[]",
        "evidence": "[]",
        "counts": "{}",
        "content": "{}",
        "significance": "cosmetic",
        "kind": "quietly_updated",
        "verdict": "relevant",
        "fate": "told",
        "state": "owed" if name == "deliveries" else "live",
        "story_id": 1,
        "packed": pack(("what was kept",)),
    }
    for number in range(1, 13):
        row: dict[str, object] = {}
        for column in tables.tables[name].columns:
            if column.name in known and not (name == "drafts" and column.name == "story_id"):
                row[column.name] = known[column.name]
            elif column.primary_key and isinstance(column.type, Integer):
                row[column.name] = number
            elif isinstance(column.type, Boolean):
                row[column.name] = False
            elif isinstance(column.type, Integer | Float):
                row[column.name] = number
            elif isinstance(column.type, DateTime):
                row[column.name] = EARLIER
            elif isinstance(column.type, LargeBinary):
                row[column.name] = b"bytes"
            else:
                row[column.name] = f"{column.name[:20]} {number}"
        tx.execute(insert(tables.tables[name]).values(row))
    if tx.dialect.name == "postgresql" and "id" in tables.tables[name].columns:
        tx.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), 12)"))


def _count(tx: Connection, name: str) -> int:
    return int(tx.execute(text(f"SELECT count(*) FROM {name}")).scalar_one())
