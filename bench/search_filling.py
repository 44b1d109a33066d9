"""Made-up documents that can be searched, filled in: their words are as frequent as words are (Zipf)."""

import random
import time
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from sqlalchemy import Connection, Table, insert, text

from pipeline.model.blocks import Block, BlockKind, ReadStatus
from pipeline.model.documents import Part, PartKind, Record
from pipeline.steps import indexing
from pipeline.store import search, versions
from pipeline.store.database import Database
from pipeline.store.packing import pack
from pipeline.store.tables import documents
from pipeline.store.tables import versions as versions_table
from pipeline.text.finding.tokens import words_of
from pipeline.text.words.normalise import NORMALISER

BEGUN = datetime(2020, 1, 1, tzinfo=UTC)
WORDS, BATCH, MEASURED = 300, 500, 1_000
SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "le", "mi", "no", "pu", "ra", "lem", "pil", "tan", "ver")
Made = tuple[int, Record, Part]


def vocabulary_of(chance: random.Random) -> list[str]:
    """20,000 words, the frequent ones first: they are the short ones."""
    made = {"".join(chance.choices(SYLLABLES, k=chance.choice([1, 2, 2, 3, 3, 4]))) for _ in range(40_000)}
    words = sorted(made)
    chance.shuffle(words)
    return sorted(words[:20_000], key=len)


def fill(
    db: Database, count: int, vocabulary: list[str], chance: random.Random, *, first: int = 0
) -> tuple[float, float]:
    """Returns seconds for each document: to keep it, and to put it into the index.

    The first MEASURED are kept as the watch keeps them; the rest the same way, in bulk.
    """
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(vocabulary))))
    bare = indexed = 0.0
    measured = min(count, MEASURED)
    for start in range(first, count, BATCH):
        numbers = range(start, min(count, start + BATCH))
        made = [(n, *_document(n, chance.choices(vocabulary, cum_weights=weights, k=WORDS))) for n in numbers]
        with db.begin() as tx:
            if start >= measured:
                _in_bulk(tx, made)
                continue
            for number, record, part in made:
                seen = BEGUN + timedelta(minutes=number)
                before = time.process_time()
                tx.execute(insert(documents).values(_row(number, record, seen)))
                kept = versions.insert_new(
                    tx,
                    document_id=number + 1,
                    seen_at=seen,
                    fingerprint="f" * 64,
                    normaliser=NORMALISER,
                    record=record,
                    parts=(part,),
                )
                between = time.process_time()
                indexing.index_version(
                    tx, document_id=number + 1, version_id=kept, seen_at=seen, record=record, parts=(part,)
                )
                after = time.process_time()
                bare += between - before
                indexed += after - between
    if db.engine.dialect.name != "sqlite":  # as its autovacuum does within a minute
        with db.begin() as tx:
            tx.execute(text("SELECT gin_clean_pending_list('ix_search_words_words')"))
            tx.execute(text("ANALYZE"))
    return bare / measured, indexed / measured


def _in_bulk(tx: Connection, made: list[Made]) -> None:
    """The rows that ``fill`` makes one by one, many at a time."""
    rows: dict[Table, list[dict[str, object]]] = {documents: [], versions_table: []}
    found = []
    for number, record, part in made:
        seen, key = BEGUN + timedelta(minutes=number), number + 1
        rows[documents].append(_row(number, record, seen))
        row = {"id": key, "document_id": key, "seen_at": seen, "fingerprint": "f" * 64, "digest": "d" * 64}
        packed = pack({"record": record, "parts": (part,)})
        rows[versions_table].append({**row, "normaliser": NORMALISER, "packed": packed})
        whole = search.Row(
            key, key, seen, record.public_updated, record.title, record.publishers[0], text_kept=True
        )
        found.append((whole, words_of(record, (part,))))
    for table, many in rows.items():
        tx.execute(insert(table), many)
    search.put(tx, *found)


def _document(number: int, words: list[str]) -> tuple[Record, Part]:
    url = f"https://www.gov.example/{number}"
    blocks = tuple(
        Block(BlockKind.PARAGRAPH, " ".join(words[at : at + 50]) + ".") for at in range(8, WORDS, 50)
    )
    record = Record(
        url=url,
        title=" ".join(words[:8]).capitalize(),
        description=" ".join(words[8:28]),
        publishers=("Department for Education",),
        public_updated=BEGUN + timedelta(minutes=number),
    )
    return record, Part(PartKind.PAGE, "", url, "", ReadStatus.READ, "", 0, blocks)


def _row(number: int, record: Record, seen: datetime) -> dict[str, object]:
    return {
        "id": number + 1,
        "identity": record.url,
        "source": "govuk-send",
        "dialect": "govuk",
        "url": record.url,
        "title": record.title,
        "state": "live",
        "first_seen": seen,
        "last_seen": seen,
        "version_id": number + 1,
    }
