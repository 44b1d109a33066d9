"""Fill a desk with many Stories, and with many documents that can be searched. Only benchmarks call it."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import insert

from bench.search_filling import fill as fill_others
from bench.search_filling import vocabulary_of
from pipeline.model.changes import ChangeKind
from pipeline.model.finding import Indexed
from pipeline.model.inbox import Shelf
from pipeline.store import changes, inbox, search
from pipeline.store.database import Database
from pipeline.store.mailing_tables import reviews
from pipeline.store.packing import pack
from pipeline.store.tables import changes as changes_table
from pipeline.store.tables import documents, drafts, stories, versions
from pipeline.store.versions import VersionRow
from pipeline.text.finding.tokens import stems_of
from tests.support.newsdesk import ANNA, Newsdesk
from tests.support.newsroom import LETTER

BATCH = 2_000
SAMPLE = 100  # Stories that are listed as the program does it; the rest are copies of their rows
WORDS = [
    "breaks",
    "transport",
    "funding",
    "tribunal",
    "reviews",
    "music",
    "therapy",
    "inclusion",
    "nurseries",
]


def fill(desk: Newsdesk, document_count: int, story_count: int) -> list[str]:
    """One real page with its Story and Draft, copied for each Story with another title; then other documents.

    Only the latter are found by their text. Returns the words that they are made of, the frequent ones first.
    """
    first = desk.room.page("short breaks", text=LETTER + "\n" + "\n".join(_paragraphs()))
    with desk.db.begin() as tx:
        line = changes.of_story(tx, first)[0]
        version = tx.execute(versions.select().where(versions.c.id == line.change.to_version)).one()
        draft = tx.execute(drafts.select()).one().content
        document = tx.execute(documents.select()).one()._asdict()
        change = tx.execute(changes_table.select()).one()._asdict()
    pick = random.Random(1)
    opened = VersionRow(**version._asdict()).opened()
    packed = pack({"record": opened.record, "parts": opened.parts})
    digest = sha256(packed).hexdigest()
    for start in _batches(story_count):
        with desk.db.begin() as tx:
            numbers = range(start, min(start + BATCH, story_count + 1))
            rows = []
            for n in numbers:
                url = f"https://www.gov.uk/government/publications/page-{n}"
                title = f"About {pick.choice(WORDS)} and {pick.choice(WORDS)}, number {n}"
                own = {"id": n, "identity": url, "url": url, "title": title, "version_id": n}
                rows.append({**document, **own})
            tx.execute(insert(documents), rows)
            titles = {row["id"]: row["title"] for row in rows}
            packs = {"packed": packed, "digest": digest, "normaliser": version.normaliser}
            tx.execute(
                insert(versions),
                [
                    {"id": n, "document_id": n, "seen_at": desk.now, "fingerprint": f"{n:064}", **packs}
                    for n in numbers
                ],
            )
            search.put(
                tx,
                *(
                    (
                        search.Row(n, n, desk.now, None, title, "", text_kept=True),
                        Indexed(tuple(stems_of(title))),
                    )
                    for n, title in titles.items()
                ),
            )
    for start in _batches(story_count):
        with desk.db.begin() as tx:
            numbers = range(start, min(start + BATCH, story_count + 1))
            seen = {n: desk.now - timedelta(minutes=n) for n in numbers}
            tx.execute(
                insert(stories),
                [
                    {
                        "id": n,
                        "title": f"About {pick.choice(WORDS)} and {pick.choice(WORDS)}, number {n}",
                        "opened_at": seen[n],
                        "revision": 1,
                        "drafted": 1,
                        "alerted": 1,
                        "edit": "",
                        "main_document_id": n,
                        "grown_at": seen[n],
                    }
                    for n in numbers
                ],
            )
            tx.execute(
                insert(drafts),
                [{"story_id": n, "revision": 1, "made_at": seen[n], "content": draft} for n in numbers],
            )
            kinds = [ChangeKind.NEW.value, ChangeKind.UPDATED.value, ChangeKind.WITHDRAWN.value]
            rows = []
            for n in numbers:
                own = {"id": n, "document_id": n, "to_version": n, "story_id": n, "seen_at": seen[n]}
                rows.append({**change, **own, "kind": kinds[0] if n % 5 else pick.choice(kinds)})
            tx.execute(insert(changes_table), rows)
    chance = random.Random(7)
    vocabulary = vocabulary_of(chance)
    fill_others(desk.db, document_count, vocabulary, chance, first=story_count)
    _review(desk.db, story_count, desk)
    return vocabulary


def list_the_rest(desk: Newsdesk, story_count: int) -> None:
    """Rows for all Stories, copied from those that the program has made."""
    pick = random.Random(3)
    with desk.db.begin() as tx:
        made = inbox.newest(tx, SAMPLE)
        for start in _batches(story_count):
            numbers = range(start, min(start + BATCH, story_count + 1))
            rows = [replace(pick.choice(made), story_id=n, shelf=pick.choice(list(Shelf))) for n in numbers]
            rows = [
                replace(
                    row,
                    seen_at=desk.now - timedelta(minutes=row.story_id),
                    publisher=f"P {row.story_id % 60}",
                )
                for row in rows
            ]
            inbox.keep(tx, rows)
        inbox.mark(tx, inbox.marks(tx), desk.now)


def _review(db: Database, story_count: int, desk: Newsdesk) -> None:
    """Half of the Stories were decided on long ago."""
    acts = ["hold", "reject", "reopen"]
    rows = [
        {"story_id": n, "at": desk.now, "by": ANNA, "act": acts[n % 3], "why": ""}
        for n in range(2, story_count, 2)
    ]
    with db.begin() as tx:
        tx.execute(insert(reviews), rows)
        tx.exec_driver_sql("ANALYZE")


def _paragraphs() -> Iterator[str]:
    """A paper of some length, so that finding passages costs what it does."""
    for number in range(120):
        words = " ".join(WORDS[(number + k) % len(WORDS)] for k in range(12))
        yield f"Paragraph {number} says what local authorities do about {words} for children with SEND."


def _batches(count: int) -> Iterator[int]:
    return iter(range(2, count + 1, BATCH))
