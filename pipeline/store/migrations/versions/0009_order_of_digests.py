"""The order that an editor gave to the next digest of a plan."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the tables forward."""
    op.create_table(
        "digest_orders",
        sa.Column("plan", sa.String(length=60), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_digest_orders_story_id")),
        sa.PrimaryKeyConstraint("plan", "story_id", name=op.f("pk_digest_orders")),
    )
