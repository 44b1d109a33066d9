"""The words of Versions in PostgreSQL: tsvectors with a GIN index, several rows for a long text.

Knows tsvectors and nothing of what is asked for. A tsvector keeps 256 places of a word and counts no further
than 16,383 (postgresql.org/docs, section 12.11): a text is cut before it gets there, with a lap, so that a
phrase is found wherever it stands. The first row of a text names the words of all its rows, so that single
words are looked for in it alone. The index knows no weights: the words of titles are marked.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    bindparam,
    cast,
    column,
    delete,
    exists,
    func,
    insert,
    intersect,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from pipeline.model.finding import Asked, Clause, Indexed
from pipeline.store.finding_tables import WORDS, search_rows

Rows = Select[int, int, datetime]
_words = table(WORDS, column("version_id"), column("chunk"), column("words"))
LAP = 20  # words that two chunks share: a phrase is no longer
MOST_WORDS, MOST_PLACES = 8_000, 250
_APART = 10  # places between two fields, so that no phrase spans them
_FORM, _TITLE = "=", "+"  # begin a word as it was written, for prefixes, and one of the title
MOST_NAMED = 600_000  # letters of words that are named without a place; a tsvector holds a megabyte


def put(tx: Connection, versions: Mapping[int, Indexed]) -> None:
    """Put the words of these Versions in. There must be none of them yet."""
    rows = [
        {"version": version_id, "number": number, "vector": vector}
        for version_id, words in versions.items()
        for number, vector in enumerate(_vectors(words))
    ]
    given = cast(bindparam("vector", type_=Text), TSVECTOR)
    values = {"version_id": bindparam("version"), "chunk": bindparam("number"), "words": given}
    if rows:
        tx.execute(insert(_words).values(values), rows)


def take_out(tx: Connection, version_id: int, _words_then: Indexed) -> None:
    """Take a Version out."""
    tx.execute(delete(_words).where(_words.c.version_id == version_id))


def clear(tx: Connection) -> None:
    """Take everything out."""
    tx.execute(text(f"DELETE FROM {WORDS}"))  # noqa: S608


def newest(tx: Connection, asked: Asked, rows: Rows, most: int) -> list[tuple[int, int, datetime, float]]:
    """Of ``rows`` (a selection by version ids) those that hold the words, newest first, and how well.

    Each question is planned for its own words: the way to a common word would be a long one to a rare word.
    """
    tx.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))
    found = tx.execute(_newest(asked, rows, most)).all()
    any_of = cast(" | ".join(f"({_tsquery(clause)})" for clause in asked.wanted), TSQUERY)
    rank = func.max(func.ts_rank(_words.c.words, any_of, 1))
    ids = [row[0] for row in found]
    query = (
        select(_words.c.version_id, rank).where(_words.c.version_id.in_(ids)).group_by(_words.c.version_id)
    )
    scores: dict[int, float] = {row[0]: float(row[1]) for row in tx.execute(query)}
    return [(row[0], row[1], row[2], scores.get(row[0], 0.0)) for row in found]


def newest_titled(tx: Connection, asked: Asked, rows: Rows, most: int) -> list[tuple[int, int, datetime]]:
    """Of ``rows`` those whose title holds all the words, newest first."""
    return [(row[0], row[1], row[2]) for row in tx.execute(_newest(asked, rows, most, _TITLE))]


def holding(tx: Connection, wanted: Sequence[Clause], versions: Collection[int]) -> set[int]:
    """Those of these Versions that hold every clause."""
    found = set(versions)
    for clause in wanted:
        query = select(_words.c.version_id).where(
            _words.c.version_id.in_(list(found)), _holds(_tsquery(clause))
        )
        found = set(tx.execute(query).scalars())
    return found


def _newest(asked: Asked, rows: Rows, most: int, mark: str = "") -> Rows:
    rows = rows.where(search_rows.c.version_id.in_(_all_of(asked.wanted, mark)))
    for clause in asked.left_out:
        within = (_words.c.version_id == search_rows.c.version_id, _holds(_tsquery(clause)))
        rows = rows.where(~exists(select(1).where(*within)))
    return rows.order_by(search_rows.c.version_id.desc()).limit(most)


def _all_of(wanted: Sequence[Clause], mark: str) -> Select[int]:
    """Single words are all in the first row of a text; each phrase may be met in another one."""
    phrases = [_tsquery(clause, mark) for clause in wanted if _is_phrase(clause)]
    single = [f"({_tsquery(clause, mark)})" for clause in wanted if not _is_phrase(clause)]
    queries = [*phrases, *([" & ".join(single)] if single else [])]
    each = [select(_words.c.version_id).where(_holds(query)) for query in queries]
    return each[0] if len(each) == 1 else intersect(*each)  # type: ignore[return-value]


def _is_phrase(clause: Clause) -> bool:
    return len(clause.stems) + bool(clause.prefix) > 1


def _holds(query: str) -> ColumnElement[bool]:
    return _words.c.words.op("@@", is_comparison=True)(cast(query, TSQUERY))


def _tsquery(clause: Clause, mark: str = "") -> str:
    """Stems are letters and digits alone, and stand in quotation marks: nothing of them is syntax."""
    row = [f"'{mark}{stem}'" for stem in clause.stems]
    if clause.prefix:
        row.append(f"'{mark}{clause.prefix}':*")
    phrase = " <-> ".join(row)
    if clause.prefix and not clause.stems and not mark:
        return f"{phrase} | '{_FORM}{clause.prefix}':*"
    return phrase


def _vectors(words: Indexed) -> Iterator[str]:
    """The text form of one tsvector or more, each within what a tsvector holds."""
    head: defaultdict[str, list[str]] = defaultdict(list)
    at = 1
    for row, weight in ((words.title, "A"), (words.description, "B"), (words.publishers, "C")):
        for stem in row[:1000]:
            for marked in (stem, _TITLE + stem) if weight == "A" else (stem,):
                if len(head[marked]) < MOST_PLACES // 2:
                    head[marked].append(f"{at}{weight}")
            at += 1
        at += _APART
    body, first = words.body, True
    while body or first:
        places = {stem: list(at_places) for stem, at_places in head.items()} if first else {}
        counts = Counter({stem: len(found) for stem, found in places.items()})
        taken = 0
        for stem in body[:MOST_WORDS]:
            if counts[stem] >= MOST_PLACES:
                break
            counts[stem] += 1
            places.setdefault(stem, []).append(str(at + taken))
            taken += 1
        lexemes = [f"'{stem}':{','.join(found)}" for stem, found in places.items()]
        if first:
            lexemes += [f"'{_FORM}{form}'" for form in sorted(words.forms)]
            lexemes += _named(set(body[taken:]) - places.keys())
        yield " ".join(lexemes)
        done = taken >= len(body)
        body = () if done else body[max(1, taken - LAP) :]
        at, first = 1, False


def _named(stems: Iterable[str]) -> Iterator[str]:
    """Words that stand in later rows, as long as there is room for them."""
    letters = 0
    for stem in sorted(stems):
        letters += len(stem.encode())
        if letters > MOST_NAMED:
            return
        yield f"'{stem}'"
