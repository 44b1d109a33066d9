"""The tables of approvals, digests and subscribers, with the unique keys that make a replay a no-op.

Holds no query. What a person is known by stands in ``subscribers`` and ``consents`` alone, so that they can
be forgotten: other tables know them by a number that then leads nowhere.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from pipeline.store.columns import Instant, metadata, number

approvals = Table(
    "approvals",
    metadata,
    number(),
    Column("story_id", Integer, ForeignKey("stories.id"), nullable=False, index=True),
    Column("revision", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Column("content", Text, nullable=False),  # JSON of pipeline.model.digests.ApprovedItem
    Column("digest", String(64), nullable=False),  # SHA-256 of content
    Column("sources", Text, nullable=False),  # JSON list of [document id, version id]
    Column("lapsed_at", Instant, index=True),
    Column("lapsed_because", Text, nullable=False, default=""),
    Column("told_at", Instant),  # when the team was told that it lapsed
)

reviews = Table(
    "reviews",
    metadata,
    number(),
    Column("story_id", Integer, ForeignKey("stories.id"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Column("act", String(20), nullable=False),  # approve | reject | hold | reopen
    Column("why", Text, nullable=False, default=""),
)

digests = Table(
    "digests",
    metadata,
    number(),
    Column("key", String(120), nullable=False, unique=True),
    Column("plan", String(60), nullable=False),
    Column("day", Date, nullable=False),
    Column("state", String(12), nullable=False, index=True),  # see pipeline.model.digests.DigestState
    Column("made_at", Instant, nullable=False),
    Column("opening", Text, nullable=False, default=""),
    Column("finished_at", Instant),
    Column("owed_to", Integer, nullable=False, default=0),  # mails are owed up to this subscriber's id
    Index("ix_digests_plan_day", "plan", "day"),
)

digest_openings = Table(
    "digest_openings",
    metadata,
    Column("plan", String(60), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("words", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

digest_orders = Table(
    "digest_orders",
    metadata,
    Column("plan", String(60), primary_key=True),
    Column("story_id", Integer, ForeignKey("stories.id"), primary_key=True, autoincrement=False),
    Column("position", Integer, nullable=False),  # in the plan's next digest, as an editor wants it
)

digest_items = Table(
    "digest_items",
    metadata,
    number(),
    Column("digest_id", Integer, ForeignKey("digests.id"), nullable=False, index=True),
    Column("plan", String(60), nullable=False),
    Column("story_id", Integer, ForeignKey("stories.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("approval_id", Integer, nullable=False, default=0),  # 0: a bare link
    Column("position", Integer, nullable=False),
    Column("content", Text, nullable=False),  # JSON of pipeline.model.digests.DigestEntry, as it was assigned
    Column("importance", Float, nullable=False, default=0.0),
    UniqueConstraint("plan", "story_id", "revision"),
)

digest_mails = Table(
    "digest_mails",
    metadata,
    number(),
    Column("digest_id", Integer, ForeignKey("digests.id"), nullable=False),
    Column("key", String(64), nullable=False),  # SHA-256 of the positions that it holds, and of its form
    Column("positions", Text, nullable=False),  # JSON list of positions in digest_items
    Column("plain", Boolean, nullable=False),
    Column("subject", Text, nullable=False),
    Column("packed", LargeBinary, nullable=False),  # pipeline.model.mails.Mail: JSON, zlib
    UniqueConstraint("digest_id", "key"),
)

digest_deliveries = Table(
    "digest_deliveries",
    metadata,
    number(),
    Column("digest_id", Integer, ForeignKey("digests.id"), nullable=False),
    Column("subscriber_id", Integer, nullable=False, index=True),  # leads nowhere once a person is forgotten
    Column("mail_id", Integer, ForeignKey("digest_mails.id"), nullable=False),
    Column("state", String(10), nullable=False),  # owed | sent | failed | withheld | dropped
    Column("due_at", Instant, nullable=False),
    Column("lease", String(40), nullable=False, default=""),
    Column("lease_until", Instant),
    Column("attempts", Integer, nullable=False, default=0),
    Column("last_error", Text, nullable=False, default=""),
    Column("sent_at", Instant),
    UniqueConstraint("digest_id", "subscriber_id"),
    Index("ix_digest_deliveries_state_due_at", "state", "due_at"),
)

subscribers = Table(
    "subscribers",
    metadata,
    number(),
    Column("key", String(32), nullable=False, unique=True),  # random; stands for the person in links
    Column("address", String(320), nullable=False, unique=True),  # normalised
    Column("state", String(12), nullable=False),  # see pipeline.model.subscribers.SubscriberState
    Column("created_at", Instant, nullable=False),
    Column("confirmed_at", Instant),
    Column("asked_at", Instant),  # when the confirmation was last asked for
    Column("reminded_at", Instant),
    Column("left_at", Instant),
    Column("topics", Text, nullable=False, default="[]"),  # JSON list of names of Topic
    Column("nations", Text, nullable=False, default="[]"),
    Column("phases", Text, nullable=False, default="[]"),
    Column("paused_until", Date),
    Column("plain", Boolean, nullable=False, default=False),
    Column("refusals", Integer, nullable=False, default=0),  # for good, in a row
    Column("soft_bounces", Integer, nullable=False, default=0),  # in a row
    Column("rest_until", Instant),  # after a soft bounce: no mail before then
    Column("suspended_because", Text, nullable=False, default=""),
    Column("consent_source", Text, nullable=False, default=""),
    Column("consent_at", Instant),
    Column("consent_words", Text, nullable=False, default=""),
    Index("ix_subscribers_state_id", "state", "id"),
    Index("ix_subscribers_rest_until", "rest_until"),
    Index("ix_subscribers_state_asked_at", "state", "asked_at"),
    Index("ix_subscribers_state_left_at", "state", "left_at"),
    sqlite_autoincrement=True,  # a number is never given again: a forgotten person's letters lead nowhere
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("plan", String(60), primary_key=True),
    Column("subscriber_id", Integer, ForeignKey("subscribers.id"), primary_key=True),
    Column("since", Instant, nullable=False),
    Index("ix_subscriptions_subscriber_id", "subscriber_id"),
)

consents = Table(
    "consents",
    metadata,
    number(),
    Column("subscriber_id", Integer, ForeignKey("subscribers.id"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column(
        "way", String(20), nullable=False
    ),  # form | api | link | one-click | mail | import | command | bounce | complaint
    Column("what", Text, nullable=False),
    sqlite_autoincrement=True,  # its number stands in the key of a confirmation mail
)

suppressions = Table(
    "suppressions",
    metadata,
    Column("digest", String(64), primary_key=True),  # keyed hash of a normalised address
    Column("at", Instant, nullable=False),
    Column("why", String(20), nullable=False),  # forgotten | left | complaint
)

bounce_reports = Table(
    "bounce_reports",
    metadata,
    Column("digest", String(64), primary_key=True),  # SHA-256 of the report, or of its name: it counts once
    Column("at", Instant, nullable=False, index=True),
    Column("kind", String(12), nullable=False),  # see pipeline.model.bounces.Kind
)
