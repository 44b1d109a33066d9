"""The words of Versions in SQLite: an FTS5 table without content, its rowid the Version's id.

Knows FTS5 and nothing of what is asked for. Source: sqlite.org/fts5.html. SQLite before 3.43 takes a row out
of such a table only by the very words that were put in. A search that is narrowed to some columns reads every
place of each word: what is looked for apart, the words of titles and the forms of words, is marked instead.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, column, literal_column, select, table, text

from pipeline.model.finding import Asked, Clause, Indexed
from pipeline.store.finding_tables import WORDS, search_rows

Rows = Select[int, int, datetime]
_words = table(WORDS, column("rowid"), column(WORDS))
_FORM, _TITLE = "º", "ª"  # letters for FTS5, and no stem holds them: to fold a word makes o and a of them
_COLUMNS = "rowid, title, description, publishers, body, forms"
_VALUES = ":id, :title, :description, :publishers, :body, :forms"
_PUT = f"INSERT INTO {WORDS} ({_COLUMNS}) VALUES ({_VALUES})"  # noqa: S608
_WEIGHTS = (10.0, 4.0, 2.0, 1.0, 0.0)  # of title, description, publishers, body, forms


def put(tx: Connection, versions: Mapping[int, Indexed]) -> None:
    """Put the words of these Versions in. There must be none of them yet."""
    if versions:
        tx.execute(text(_PUT), [_row(version_id, words) for version_id, words in versions.items()])


def take_out(tx: Connection, version_id: int, words: Indexed) -> None:
    """Take a Version out. ``words`` must be those that were put in."""
    statement = f"INSERT INTO {WORDS} ({WORDS}, {_COLUMNS}) VALUES ('delete', {_VALUES})"  # noqa: S608
    tx.execute(text(statement), _row(version_id, words))


def clear(tx: Connection) -> None:
    """Take everything out."""
    tx.execute(text(f"INSERT INTO {WORDS} ({WORDS}) VALUES ('delete-all')"))  # noqa: S608


def newest(tx: Connection, asked: Asked, rows: Rows, most: int) -> list[tuple[int, int, datetime, float]]:
    """Of ``rows`` (a selection by version ids) those that hold the words, newest first, and how well.

    One statement gives both: FTS5 would look for each id of a list by itself, and count all anew.
    """
    rank: ColumnElement[float] = literal_column(
        f"-bm25({WORDS}, {', '.join(str(weight) for weight in _WEIGHTS)})"
    )
    query = _newest(rows, _match(asked), most).add_columns(rank)
    return [(row[0], row[1], row[2], float(row[3])) for row in tx.execute(query)]


def newest_titled(tx: Connection, asked: Asked, rows: Rows, most: int) -> list[tuple[int, int, datetime]]:
    """Of ``rows`` those whose title holds all the words, newest first, unranked."""
    found = tx.execute(_newest(rows, _match(asked, in_title=True), most))
    return [(row[0], row[1], row[2]) for row in found]


def holding(tx: Connection, wanted: Sequence[Clause], versions: Collection[int]) -> set[int]:
    """Those of these Versions that hold every clause.

    FTS5 looks for each id of a list by itself, and gathers all words of a beginning anew for each: with one,
    it goes through all that lies between the first and the last.
    """
    number: ColumnElement[int] = _words.c.rowid
    query = select(number).where(_match(Asked(tuple(wanted))))
    if any(clause.prefix for clause in wanted):
        query = query.where(number >= min(versions), number <= max(versions))
        number = literal_column(f"+{WORDS}.rowid")
    return set(tx.execute(query.where(number.in_(list(versions)))).scalars())


def _newest(rows: Rows, match: ColumnElement[bool], most: int) -> Rows:
    joined = rows.join(_words, _words.c.rowid == search_rows.c.version_id)
    return joined.where(match).order_by(_words.c.rowid.desc()).limit(most)


def _match(asked: Asked, *, in_title: bool = False) -> ColumnElement[bool]:
    wanted = " AND ".join(_clause(clause, in_title=in_title) for clause in asked.wanted)
    if asked.left_out:
        left_out = " OR ".join(_clause(clause) for clause in asked.left_out)
        wanted = f"({wanted}) NOT ({left_out})"
    return literal_column(WORDS).op("MATCH", is_comparison=True)(wanted)


def _clause(clause: Clause, *, in_title: bool = False) -> str:
    """Stems are letters and digits alone, and stand in quotation marks: nothing of them is syntax."""
    mark = _TITLE if in_title else ""
    row = " ".join(mark + stem for stem in clause.stems)
    if not clause.prefix:
        return f'"{row}"'
    if row:
        return f'"{row} {mark}{clause.prefix}" *'
    begun = f'"{mark}{clause.prefix}" *'
    return begun if in_title else f'({begun} OR "{_FORM}{clause.prefix}" *)'


def _row(version_id: int, words: Indexed) -> dict[str, object]:
    marked = [*(_TITLE + stem for stem in words.title), *(_FORM + form for form in sorted(words.forms))]
    return {
        "id": version_id,
        "title": " ".join(words.title),
        "description": " ".join(words.description),
        "publishers": " ".join(words.publishers),
        "body": " ".join(words.body),
        "forms": " ".join(marked),
    }
