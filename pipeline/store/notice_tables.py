"""The table of notices: what other programs are owed about an Alert. Holds no query."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from pipeline.store.columns import Instant, metadata

notices = Table(
    "notices",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("channel", String(20), nullable=False),  # hook | chat:0123456789ab
    Column("alert_id", Integer, ForeignKey("alerts.id"), nullable=False),
    Column("key", String(200), nullable=False),  # the Alert's: story:7:1
    Column("state", String(10), nullable=False),  # owed | sent | failed
    Column("made_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("last_error", Text, nullable=False, default=""),
    Column("sent_at", Instant),
    UniqueConstraint("channel", "alert_id"),
    Index("ix_notices_state_due_at", "state", "due_at"),
)
