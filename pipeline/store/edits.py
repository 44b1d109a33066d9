"""What editors saved of a Story's text: every one is kept, and none is written over."""

from datetime import datetime

from sqlalchemy import Connection, Row, select

from pipeline.model.edits import Edit, EditedText
from pipeline.store.desk_tables import edits
from pipeline.store.packing import from_json, to_json
from pipeline.store.upserts import upsert


def save(
    tx: Connection, story_id: int, text: EditedText, *, after: int, revision: int, by: str, now: datetime
) -> bool:
    """Keep a text as the one after number ``after``. False: somebody has saved one meanwhile."""
    row = {
        "story_id": story_id,
        "number": after + 1,
        "revision": revision,
        "at": now,
        "by": by,
        "content": to_json(text),
    }
    return upsert(tx, edits, [row], key=["story_id", "number"], update=[]) > 0


def latest(tx: Connection, story_id: int) -> Edit | None:
    """The newest text of a Story; None while there is only the machine's Draft."""
    query = select(edits).where(edits.c.story_id == story_id).order_by(edits.c.number.desc()).limit(1)
    row = tx.execute(query).one_or_none()
    return _read(row) if row else None


def numbered(tx: Connection, story_id: int, number: int) -> Edit | None:
    """The text with this number."""
    query = select(edits).where(edits.c.story_id == story_id, edits.c.number == number)
    row = tx.execute(query).one_or_none()
    return _read(row) if row else None


def history(tx: Connection, story_id: int, *, limit: int = 50) -> list[Edit]:
    """Every text, newest first."""
    query = select(edits).where(edits.c.story_id == story_id).order_by(edits.c.number.desc()).limit(limit)
    return [_read(row) for row in tx.execute(query)]


def _read(row: Row[tuple[object, ...]]) -> Edit:
    text = from_json(row.content, EditedText)
    return Edit(row.story_id, row.number, row.revision, row.at, row.by, text)
