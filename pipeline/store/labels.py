"""Labels: what editors say of a verdict. Nothing is overwritten: the latest of an address counts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from pipeline.model.changes import Verdict
from pipeline.store.tables import labels
from pipeline.store.upserts import upsert


@dataclass(frozen=True, slots=True)
class Label:
    """One editor's word on one address. ``at`` and ``seen_at`` are aware UTC.

    ``judged`` is the verdict that stood, empty for a document that was never seen; then ``version_id`` and
    ``seen_at`` are None and ``fingerprint`` is empty, too.
    """

    url: str
    at: datetime
    label: Verdict
    why: str = ""
    by: str = ""
    title: str = ""
    version_id: int | None = None
    fingerprint: str = ""
    seen_at: datetime | None = None
    judged: str = ""

    @property
    def agrees(self) -> bool:
        """Whether the editor says what was judged; what was never seen was judged as not relevant."""
        return self.label.value == (self.judged or Verdict.NOT.value)


def add(tx: Connection, label: Label) -> bool:
    """Keep a label. False when this address has one of this very moment already."""
    row = {
        "url": label.url,
        "at": label.at,
        "label": label.label.value,
        "why": label.why,
        "by": label.by,
        "title": label.title,
        "version_id": label.version_id,
        "fingerprint": label.fingerprint,
        "seen_at": label.seen_at,
        "judged": label.judged,
    }
    return upsert(tx, labels, [row], key=["url", "at"], update=[]) > 0


def every(tx: Connection) -> list[Label]:
    """All labels, oldest first."""
    return [_read(row) for row in tx.execute(select(labels).order_by(labels.c.at, labels.c.id))]


def counting(every_label: list[Label]) -> list[Label]:
    """The latest label of each address, in the order of their moments."""
    latest = {label.url: label for label in every_label}
    return [label for label in every_label if latest[label.url] is label]


def _read(row: Row[Any]) -> Label:
    values = {name: value for name, value in row._asdict().items() if name != "id"}
    return Label(**{**values, "label": Verdict(values["label"])})
