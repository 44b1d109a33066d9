"""The desk's inbox: a row for each Story, and what an editor has merged."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the tables forward. The inbox is filled by the first cycles."""
    op.create_index(op.f("ix_approvals_lapsed_at"), "approvals", ["lapsed_at"])
    op.add_column("stories", sa.Column("merged_into", sa.Integer(), nullable=True))
    op.create_table(
        "inbox",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("shelf", sa.String(length=10), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("type", sa.String(length=60), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("by_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("story_id", name=op.f("pk_inbox")),
    )
    op.create_index("ix_inbox_shelf_seen_at_story_id", "inbox", ["shelf", "seen_at", "story_id"])
    op.create_index("ix_inbox_seen_at_story_id", "inbox", ["seen_at", "story_id"])
    op.create_index("ix_inbox_publisher", "inbox", ["publisher"])
