"""INSERT … ON CONFLICT in the dialect of the connection. Both engines speak the same form of it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def upsert(
    tx: Connection,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    *,
    key: Iterable[str],
    update: Iterable[str],
) -> int:
    """Insert ``rows``; where ``key`` is taken, overwrite the ``update`` columns. Returns rows touched.

    With no ``update`` columns a taken key is left as it is, and does not count.
    """
    if not rows:
        return 0
    make = sqlite.insert if tx.dialect.name == "sqlite" else postgresql.insert
    statement = make(table)
    columns = list(update)
    if columns:
        statement = statement.on_conflict_do_update(
            index_elements=list(key), set_={c: statement.excluded[c] for c in columns}
        )
    else:
        statement = statement.on_conflict_do_nothing(index_elements=list(key))
    if len(rows) == 1:
        touched = tx.execute(statement.returning(*table.primary_key), dict(rows[0]))
        return len(touched.all())  # a rowcount is not to be had from every driver
    tx.execute(statement, [dict(row) for row in rows])
    return len(rows)
