"""What lies below the headline of a Change, the mark by which like edits are known, digests of Versions."""

import hashlib

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
    op.add_column("versions", sa.Column("digest", sa.String(length=64), nullable=False, server_default=""))
    _fill_digests(op.get_bind())
    op.execute("UPDATE changes SET significance = 'typographical' WHERE significance = 'cosmetic'")


def _fill_digests(bind: sa.Connection) -> None:
    versions = sa.table("versions", sa.column("id"), sa.column("packed"), sa.column("digest"))
    last = 0
    while rows := bind.execute(
        sa.select(versions.c.id, versions.c.packed)
        .where(versions.c.id > last)
        .order_by(versions.c.id)
        .limit(200)
    ).all():
        for row in rows:
            digest = hashlib.sha256(row.packed).hexdigest()
            bind.execute(sa.update(versions).where(versions.c.id == row.id).values(digest=digest))
        last = rows[-1].id
