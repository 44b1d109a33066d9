"""The tables of the watch: what is looked at, what it said, what changed, and what the team was told.

With the unique keys that make a replay a no-op. Holds no query.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from pipeline.store.columns import Instant, metadata, number

sources = Table(
    "sources",
    metadata,
    Column("key", String(100), primary_key=True),
    Column("baselined_at", Instant),  # end of the first whole crawl; until then nothing alerts
    Column("cursor", Instant),  # newest system date that was read to the end
    Column("entries_seen", Integer, nullable=False, default=0),
    Column("newest_entry_at", Instant),
    Column("announced_at", Instant),  # when the team was told that the watch has begun
)

entries = Table(
    "entries",
    metadata,
    Column("source", String(100), primary_key=True),
    Column("url", Text, primary_key=True),
    Column("content_id", Text, nullable=False, default=""),
    Column("title", Text, nullable=False),
    Column("document_type", String(100), nullable=False, default=""),
    Column("updated", Instant),
    Column("public", Instant),
    Column("matters", Boolean, nullable=False, default=True),  # worth fetching, by the cheap filter
    Column("listed", Boolean, nullable=False, default=True),  # was in the last whole inventory
    Column("baseline", Boolean, nullable=False, default=False),  # known before the watch began
    Column("first_seen", Instant, nullable=False),
    Column("answered", Instant),  # the listing's date that the last look answered
    Column("tries", Integer, nullable=False, default=0),
    Column("retry_at", Instant),  # a look that failed is owed again at this time
    Column("trouble", Text, nullable=False, default=""),  # plain words for why it failed
    Column("wanted_by", Text, nullable=False, server_default=""),  # who asked for it by hand
)

documents = Table(
    "documents",
    metadata,
    number(),
    Column("identity", Text, nullable=False, unique=True),
    Column("source", String(100), nullable=False),
    Column("dialect", String(20), nullable=False),
    Column("url", Text, nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("state", String(20), nullable=False),
    Column("first_seen", Instant, nullable=False),
    Column("last_seen", Instant, nullable=False),
    Column("system_updated", Instant),
    Column("public_updated", Instant),
    Column("version_id", Integer),  # the newest Version
    Column("verdict", String(20), nullable=False, default=""),
    Column("degraded", Text, nullable=False, default=""),
    Column("missing_since", Instant),  # first 404 in a row
    Column("look_due_at", Instant, index=True),
    Column("look_reason", Text, nullable=False, default=""),
)

bodies = Table(
    "bodies",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("packed", LargeBinary, nullable=False),  # zlib
)

validators = Table(
    "validators",
    metadata,
    Column("url", Text, primary_key=True),
    Column("etag", Text, nullable=False, default=""),
    Column("last_modified", Text, nullable=False, default=""),
    Column("sha256", String(64), nullable=False),
    Column("kept_at", Instant, nullable=False),
)

versions = Table(
    "versions",
    metadata,
    number(),
    Column("document_id", Integer, ForeignKey("documents.id"), nullable=False, index=True),
    Column("seen_at", Instant, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("normaliser", Integer, nullable=False),
    Column("packed", LargeBinary, nullable=False),  # record and parts: JSON, zlib; empty: let go by retention
    Column("digest", String(64), nullable=False, server_default=""),  # SHA-256 of what is packed
)

stories = Table(
    "stories",
    metadata,
    number(),
    Column("title", Text, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("revision", Integer, nullable=False, default=1),
    Column("drafted", Integer, nullable=False, default=0),  # the revision that has a Draft
    Column("alerted", Integer, nullable=False, default=0),  # the revision that has an Alert
    Column("edit", String(32), nullable=False, server_default="", index=True),  # of a storm: its mark
    Column("main_document_id", Integer),  # the Document that the Draft rests on; none in a storm
    Column("grown_at", Instant),  # when the last Change joined
    Column("waits_since", Instant),  # of a storm: when the first page joined that nobody was told of
    Column("merged_into", Integer),  # the Story that an editor has merged this one into
)

changes = Table(
    "changes",
    metadata,
    number(),
    Column("document_id", Integer, ForeignKey("documents.id"), nullable=False, index=True),
    Column("from_version", Integer, nullable=False, default=0),  # 0: there was none, so that unique holds
    Column("to_version", Integer, ForeignKey("versions.id"), nullable=False),
    Column("seen_at", Instant, nullable=False, index=True),
    Column("kind", String(30), nullable=False),
    Column("details", Text, nullable=False),  # JSON list of sentences
    Column("significance", String(20), nullable=False),
    Column("public_note", Text, nullable=False, default=""),
    Column("verdict", String(20), nullable=False),
    Column("score", Float, nullable=False),
    Column("evidence", Text, nullable=False),  # JSON list
    Column("story_id", Integer, ForeignKey("stories.id"), index=True),
    Column("held_since", Instant),  # when the first of a run of edits was seen
    Column("held_until", Instant),  # a change must last this long before it is told
    Column("fate", String(20), nullable=False),  # see pipeline.store.changes.Fate
    Column("findings", Text, nullable=False, server_default="{}"),  # JSON of pipeline.model.changes.Findings
    Column("edit", String(32), nullable=False, server_default="", index=True),  # equal for equal edits
    Column("nations", Text, nullable=False, server_default="[]"),  # JSON list
    Column("phases", Text, nullable=False, server_default="[]"),  # JSON list
    Column("section", Text, nullable=False, server_default=""),  # what concerns SEND, where that is a part
    Column("told_in", Integer, nullable=False, server_default="0"),  # the revision of the Story that tells it
    Column("joined", Text, nullable=False, server_default=""),  # why it belongs to the Story, in words
    Column("is_copy", Boolean, nullable=False, server_default=false()),  # says what the Story says already
    UniqueConstraint("document_id", "from_version", "to_version"),
)

labels = Table(
    "labels",
    metadata,
    number(),
    Column("url", Text, nullable=False),  # not of a Document: what was never seen can be labelled, too
    Column("at", Instant, nullable=False),
    Column("label", String(20), nullable=False),  # relevant | partial | not
    Column("why", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("version_id", Integer),  # the Version that was labelled; none for what was never seen
    Column("fingerprint", String(64), nullable=False),
    Column("seen_at", Instant),
    Column("judged", String(20), nullable=False),  # the verdict that the label answers
    UniqueConstraint("url", "at"),
)

drafts = Table(
    "drafts",
    metadata,
    number(),
    Column("story_id", Integer, ForeignKey("stories.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("content", Text, nullable=False),  # JSON of pipeline.model.drafts.Draft
    UniqueConstraint("story_id", "revision"),
)

alerts = Table(
    "alerts",
    metadata,
    number(),
    Column("key", String(200), nullable=False, unique=True),  # story:7:1, baseline:govuk-send, problem:12
    Column("made_at", Instant, nullable=False),
    Column("subject", Text, nullable=False),
    Column("packed", LargeBinary, nullable=False),  # the composed Mail: JSON, zlib
)

deliveries = Table(
    "deliveries",
    metadata,
    number(),
    Column("alert_id", Integer, ForeignKey("alerts.id"), nullable=False),
    Column("recipient", Text, nullable=False),
    Column("message_id", Text, nullable=False, unique=True),
    Column("state", String(10), nullable=False),  # owed | sent | failed
    Column("due_at", Instant, nullable=False),
    Column("lease", String(40), nullable=False, default=""),
    Column("lease_until", Instant),
    Column("attempts", Integer, nullable=False, default=0),
    Column("last_error", Text, nullable=False, default=""),
    Column("sent_at", Instant),
    UniqueConstraint("alert_id", "recipient"),
    Index("ix_deliveries_state_due_at", "state", "due_at"),
)

runs = Table(
    "runs",
    metadata,
    number(),
    Column("job", String(100), nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("outcome", String(20), nullable=False, default="running"),  # running | whole | degraded | failed
    Column("requests", Integer, nullable=False, default=0),
    Column("counts", Text, nullable=False, default="{}"),  # JSON
    Column("words", Text, nullable=False, default=""),
    Index("ix_runs_job_started_at", "job", "started_at"),
)

problems = Table(
    "problems",
    metadata,
    number(),
    Column("source", String(100), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("cleared_at", Instant),
    Column("words", Text, nullable=False),
    Column("told_at", Instant),
    Column("told_clear_at", Instant),
    Index("ix_problems_source_kind", "source", "kind"),
)

memory = Table(
    "memory",
    metadata,
    Column("key", String(300), primary_key=True),  # taxon ids, robots.txt bodies, the last sweep
    Column("value", Text, nullable=False),
    Column("kept_at", Instant, nullable=False),
)
