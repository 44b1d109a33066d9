"""To whom a Change applies and which section concerns SEND; an editor's labels on verdicts."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the tables forward. Changes that are in the ledger already name no nation, phase or section."""
    op.add_column("changes", sa.Column("nations", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("changes", sa.Column("phases", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("changes", sa.Column("section", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "labels",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("label", sa.String(length=20), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=True),
        sa.Column("judged", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_labels")),
        sa.UniqueConstraint("url", "at", name=op.f("uq_labels_url_at")),
    )
