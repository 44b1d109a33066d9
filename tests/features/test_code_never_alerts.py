"""A new version of sendwatch reads pages otherwise than the one before, and nobody hears of that."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from pipeline.model.documents import Part, PartKind
from pipeline.store import versions
from pipeline.store.database import open_database
from pipeline.text.words.normalise import NORMALISER
from sendwatch.demo.demo_documents import DAY_ONE, DAY_TWO, GUIDANCE_TEXT, demo_day_two
from tests.support.stories import tags, the_first_day

REMOVED = "/government/publications/high-needs-funding-2026-to-2027"
EVERYTHING = ["New blog post", "New letter", "Quiet change", "Removed", "Withdrawn"]


def test_an_upgrade_alerts_nobody_and_what_was_edited_in_that_moment_is_told(tmp_path: Path) -> None:
    with the_first_day(tmp_path) as (watch, shelf, postbox):
        shelf.remove(REMOVED, "This page was published in error.", at=DAY_ONE + timedelta(hours=3))
        watch.once()
        assert tags(postbox) == ["Removed"]
        known = len(watch.ledger("--all"))
        altered = _as_an_older_sendwatch_would_have_kept_it(watch.folder)
        assert altered > 10

        demo_day_two(shelf)
        for path in list(shelf.documents):
            if path != GUIDANCE_TEXT.rpartition("/")[0]:
                shelf.touch(path, at=DAY_TWO)
        _look_at_everything(watch.folder)
        watch.once()
        assert tags(postbox) == EVERYTHING, "the day's four events, and not one page that is read otherwise"
        assert len(watch.ledger("--all")) == known + 4, "nothing is even recorded as changed"

        edit = next(line for line in watch.changes() if line["kind"] == "quietly_updated")
        assert "older" not in " ".join(edit["details"]), "the edit is told, and not how it used to be read"
        told = watch.command("verify").stdout
        assert "1 by an earlier normaliser" in told, f"the removed page's first state was not needed: {told}"
        watch.once()
        assert tags(postbox) == EVERYTHING


def _as_an_older_sendwatch_would_have_kept_it(folder: Path) -> int:
    """Write each Version as another reader and normaliser might have: other words for the same bytes."""
    db = open_database(f"sqlite:///{folder / 'var' / 'sendwatch.db'}")
    with db.begin() as tx:
        rows = versions.all_after(tx, 0, 1000)
        for row in rows:
            version = row.opened()
            record = replace(version.record, description=f"{version.record.description} (older)")
            parts = tuple(_read_otherwise(part) for part in version.parts)
            versions.rewrite(
                tx, row.id, fingerprint="0" * 64, normaliser=NORMALISER - 1, record=record, parts=parts
            )
    db.close()
    return len(rows)


def _read_otherwise(part: Part) -> Part:
    if part.kind is PartKind.FILE or not part.blocks:
        return part
    blocks = tuple(replace(block, text=f"{block.text} (older)") for block in part.blocks)
    return replace(part, blocks=(*blocks, blocks[0]))


def _look_at_everything(folder: Path) -> None:
    """What the daily sweep does: each document, of each source, is owed a look."""
    with closing(sqlite3.connect(folder / "var" / "sendwatch.db")) as database, database:
        database.execute("UPDATE documents SET look_due_at = '2026-01-01 00:00:00.000000'")
