"""The tables of the desk: ways in, what editors made of Drafts, and what was done there. Holds no query.

Of cookies only a hash is kept, and a link works in the browser alone that asked for it: whoever reads the
database can sign in nowhere.
"""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from pipeline.store.columns import Instant, metadata

sign_ins = Table(
    "sign_ins",
    metadata,
    Column("digest", String(64), primary_key=True),  # SHA-256 of the link's token
    Column("address", String(320), nullable=False),
    Column("browser", String(64), nullable=False),  # SHA-256 of the cookie of the browser that asked
    Column("made_at", Instant, nullable=False, index=True),
    Column("used_at", Instant),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", String(64), primary_key=True),  # SHA-256 of the cookie
    Column("address", String(320), nullable=False, index=True),
    Column("role", String(10), nullable=False),  # see pipeline.model.desk.Role
    Column("made_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
)

acts = Table(
    "acts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Column("what", String(40), nullable=False),
    Column("about", String(120), nullable=False),  # story:7, source:govuk-send, digest:weekly:2026-11-27
    Column("details", Text, nullable=False, default=""),
    Index("ix_acts_about_id", "about", "id"),
)

edits = Table(
    "edits",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("story_id", Integer, ForeignKey("stories.id"), nullable=False),
    Column("number", Integer, nullable=False),  # 1, 2, 3: what an editor saved; the Draft itself is 0
    Column("revision", Integer, nullable=False),  # the Draft that stood when it was saved
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Column("content", Text, nullable=False),  # JSON of pipeline.model.edits.EditedText
    UniqueConstraint("story_id", "number"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("story_id", Integer, primary_key=True, autoincrement=False),
    Column("shelf", String(10), nullable=False),  # see pipeline.model.inbox.Shelf
    Column("revision", Integer, nullable=False),  # the Draft that the row was made of
    Column("title", Text, nullable=False),
    Column("kind", String(30), nullable=False),  # of the newest Change
    Column("type", String(60), nullable=False),  # of the main document, as its publisher names it
    Column("publisher", Text, nullable=False),
    Column("source", String(100), nullable=False),
    Column("topics", Text, nullable=False),  # names of topics between blanks: " LETTERS LAW "
    Column("seen_at", Instant, nullable=False),
    Column("deadline", Date),  # the first day by which somebody can act, when the row was made
    Column("by", Text, nullable=False),  # who said the last word on it
    Column("by_at", Instant),
    Index("ix_inbox_shelf_seen_at_story_id", "shelf", "seen_at", "story_id"),
    Index("ix_inbox_seen_at_story_id", "seen_at", "story_id"),
    Index("ix_inbox_publisher", "publisher"),
)
