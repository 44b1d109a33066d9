"""The words of Versions in SQLite: an FTS5 table without content, its rowid the Version's id.

Knows FTS5 and nothing of what is asked for. Source: sqlite.org/fts5.html. SQLite before 3.43 takes a row out
of such a table only by the very words that were put in.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Connection, Select, column, literal_column, select, table, text

from pipeline.model.finding import Asked, Clause, Indexed
from pipeline.store.finding_tables import WORDS, search_rows

_words = table(WORDS, column("rowid"), column(WORDS))
_READ = "{title description publishers body}"
_COLUMNS = "rowid, title, description, publishers, body, forms"
_VALUES = ":id, :title, :description, :publishers, :body, :forms"
PUT = f"INSERT INTO {WORDS} ({_COLUMNS}) VALUES ({_VALUES})"  # noqa: S608
_WEIGHTS = (10.0, 4.0, 2.0, 1.0, 0.0)  # of title, description, publishers, body, forms


def put(tx: Connection, version_id: int, words: Indexed) -> None:
    """Put the words of a Version in. There must be none of it yet."""
    tx.execute(text(PUT), row_for(version_id, words))


def take_out(tx: Connection, version_id: int, words: Indexed) -> None:
    """Take a Version out. ``words`` must be those that were put in."""
    statement = f"INSERT INTO {WORDS} ({WORDS}, {_COLUMNS}) VALUES ('delete', {_VALUES})"  # noqa: S608
    tx.execute(text(statement), row_for(version_id, words))


def clear(tx: Connection) -> None:
    """Take everything out."""
    tx.execute(text(f"INSERT INTO {WORDS} ({WORDS}) VALUES ('delete-all')"))  # noqa: S608


def newest(
    tx: Connection, asked: Asked, rows: Select[int], most: int, *, in_title: bool = False
) -> dict[int, float]:
    """Of ``rows`` (a selection of version ids) those that hold the words, newest first, and how well.

    One statement gives both: FTS5 would look for each id of a list by itself, and count all anew.
    """
    rank: ColumnElement[float] = literal_column(
        f"bm25({WORDS}, {', '.join(str(weight) for weight in _WEIGHTS)})"
    )
    joined = rows.join(_words, _words.c.rowid == search_rows.c.version_id).add_columns(rank)
    query = joined.where(_match(asked, in_title=in_title)).order_by(_words.c.rowid.desc()).limit(most)
    return {row[0]: -float(row[1]) for row in tx.execute(query)}


def holding(tx: Connection, wanted: Sequence[Clause], versions: Collection[int]) -> set[int]:
    """Those of these Versions that hold every clause."""
    query = select(_words.c.rowid).where(_match(Asked(tuple(wanted))), _words.c.rowid.in_(list(versions)))
    return set(tx.execute(query).scalars())


def _match(asked: Asked, *, in_title: bool = False) -> ColumnElement[bool]:
    where = "{title}" if in_title else _READ
    wanted = " AND ".join(_clause(clause, where) for clause in asked.wanted)
    if asked.left_out:
        left_out = " OR ".join(_clause(clause, _READ) for clause in asked.left_out)
        wanted = f"({wanted}) NOT ({left_out})"
    return literal_column(WORDS).op("MATCH", is_comparison=True)(wanted)


def _clause(clause: Clause, where: str) -> str:
    """Stems are letters and digits alone, and stand in quotation marks: nothing of them is syntax."""
    row = " ".join(clause.stems)
    if not clause.prefix:
        return f'({where} : "{row}")'
    if row:
        return f'({where} : "{row} {clause.prefix}" *)'
    begun = f'{where} : "{clause.prefix}" *'
    return f"({begun})" if where == "{title}" else f'(({begun}) OR ({{forms}} : "{clause.prefix}" *))'


def row_for(version_id: int, words: Indexed) -> dict[str, object]:
    """What ``PUT`` takes."""
    return {
        "id": version_id,
        "title": " ".join(words.title),
        "description": " ".join(words.description),
        "publishers": " ".join(words.publishers),
        "body": " ".join(words.body),
        "forms": " ".join(sorted(words.forms)),
    }
