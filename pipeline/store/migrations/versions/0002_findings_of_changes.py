"""What lies below the headline of a Change, and the mark by which like edits are known."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the tables forward; what was called cosmetic is called typographical."""
    op.add_column("changes", sa.Column("findings", sa.Text(), nullable=False, server_default="{}"))
    op.add_column("changes", sa.Column("edit", sa.String(length=32), nullable=False, server_default=""))
    op.create_index(op.f("ix_changes_edit"), "changes", ["edit"])
    op.execute("UPDATE changes SET significance = 'typographical' WHERE significance = 'cosmetic'")
