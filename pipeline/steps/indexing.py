"""Keep the index of the search in step with the Versions, in the transaction that keeps them.

What was captured before there was an index, or before its words changed, is put in by ``index_some``, a
little at each turn. The index is never in the way of the news: a Version that could not be put in is left for
later.
"""

import logging
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from pipeline.model.documents import Part, PartKind, Record
from pipeline.model.finding import Indexed
from pipeline.steps.kindred import ROTTEN
from pipeline.store import documents, memory, search, versions
from pipeline.store.database import Database
from pipeline.text.finding.tokens import INDEXER, stems_of, words_of

logger = logging.getLogger("sendwatch")
INDEX, THROUGH = "search:indexer", "search:through"
MOST_A_TURN = 500  # Versions
BYTES_A_TURN = 3_000_000  # of packed text
BYTES_AT_ONCE = 200_000  # in one transaction
_WHAT = {PartKind.PAGE: "page", PartKind.CHILD: "child", PartKind.FILE: "file"}


def index_version(
    tx: Connection,
    *,
    document_id: int,
    version_id: int,
    seen_at: datetime,
    record: Record,
    parts: tuple[Part, ...],
) -> None:
    """Put a new Version into the index, and each address that it names. Never raises for the index itself."""
    try:
        with tx.begin_nested():
            _put(tx, document_id, version_id, seen_at, record, parts)
    except SQLAlchemyError:
        logger.exception("version %s could not be put into the index; it is tried again", version_id)
        _go_back(tx, version_id, seen_at)


def reread_version(tx: Connection, version_id: int, record: Record, parts: tuple[Part, ...]) -> None:
    """A Version is put into the words of a newer normaliser: call it before it is written."""
    row = versions.row_of(tx, version_id)
    if search.row_of(tx, version_id) is None:
        return
    try:
        with tx.begin_nested():
            _take_out(tx, row)
            _put(tx, row.document_id, version_id, row.seen_at, record, parts)
    except (SQLAlchemyError, *ROTTEN):
        logger.exception("version %s could not be put into the index again", version_id)


def let_text_go(tx: Connection, version_id: int) -> None:
    """Retention lets the text of a Version go: call it before. It is found by its title from now on."""
    known = search.row_of(tx, version_id)
    if known is None or not known.text_kept:
        return
    try:
        with tx.begin_nested():
            _take_out(tx, versions.row_of(tx, version_id))
            title = Indexed(tuple(stems_of(known.title)))
            search.put(tx, (replace(known, text_kept=False), title))
    except (SQLAlchemyError, *ROTTEN):
        logger.exception("version %s could not be taken out of the index", version_id)
        search.mark_text_let_go(tx, version_id)


def index_some(db: Database, now: datetime, *, most: int = MOST_A_TURN) -> int:
    """Put in what is not there yet, up to ``most`` Versions, oldest first, and go on there the next time.

    Returns how many were put in. An index of other words than today's is emptied and filled anew.
    """
    put = packed = 0
    with db.begin() as tx:
        begun = memory.recall(tx, INDEX)
        if begun is None or begun.value != str(INDEXER):
            search.clear(tx)
            memory.keep(tx, INDEX, str(INDEXER), now)
            memory.keep(tx, THROUGH, "0", now)
    while put < most and packed < BYTES_A_TURN:
        with db.begin() as tx:
            last = memory.recall(tx, THROUGH)
            through = int(last.value) if last else 0
            at_once = 0
            rows = versions.all_after(tx, through, min(50, most - put))
            for row in rows:
                if at_once > BYTES_AT_ONCE:
                    break
                put += _put_old(tx, row)
                through = row.id
                at_once += len(row.packed)
            if not rows:
                break
            memory.keep(tx, THROUGH, str(through), now)
            packed += at_once
    return put


def _put_old(tx: Connection, row: versions.VersionRow) -> int:
    if search.row_of(tx, row.id) is not None:
        return 0
    try:
        version = row.opened() if row.packed else None
    except ROTTEN:
        version = None  # verify says so to the operator
    with tx.begin_nested():
        if version is not None:
            _put(tx, row.document_id, row.id, row.seen_at, version.record, version.parts)
        else:
            title = documents.get(tx, row.document_id).title
            bare = search.Row(row.id, row.document_id, row.seen_at, None, title, "", False)
            search.put(tx, (bare, Indexed(tuple(stems_of(title)))))
    return 1


def _put(
    tx: Connection,
    document_id: int,
    version_id: int,
    seen_at: datetime,
    record: Record,
    parts: tuple[Part, ...],
) -> None:
    publishers = "; ".join(record.publishers)
    row = search.Row(
        version_id, document_id, seen_at, record.public_updated, record.title, publishers, text_kept=True
    )
    search.put(tx, (row, words_of(record, parts)))
    search.keep_address(tx, record.url, document_id, "page")
    search.keep_address(tx, record.moved_to, document_id, "moved")
    for part in parts:
        search.keep_address(tx, part.url, document_id, _WHAT[part.kind])


def _take_out(tx: Connection, row: versions.VersionRow) -> None:
    """By the words that are in it; those of an earlier indexer are gone with the whole index, soon."""
    begun = memory.recall(tx, INDEX)
    version = row.opened()
    if begun is not None and begun.value != str(INDEXER):
        raise KeyError(row.id)
    search.take_out(tx, row.id, words_of(version.record, version.parts))


def _go_back(tx: Connection, version_id: int, now: datetime) -> None:
    last = memory.recall(tx, THROUGH)
    if last is not None and int(last.value) >= version_id - 1:
        memory.keep(tx, THROUGH, str(version_id - 1), now)
