"""One Story of several Documents: which is the main one, what tells each Change, and what is a copy."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the tables forward. Stories of several Changes were storms, and all was told in their one mail."""
    op.add_column("stories", sa.Column("edit", sa.String(length=32), nullable=False, server_default=""))
    op.add_column("stories", sa.Column("main_document_id", sa.Integer(), nullable=True))
    op.add_column("stories", sa.Column("grown_at", sa.DateTime(), nullable=True))
    op.add_column("stories", sa.Column("waits_since", sa.DateTime(), nullable=True))
    op.create_index(op.f("ix_stories_edit"), "stories", ["edit"])
    op.add_column("changes", sa.Column("told_in", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("changes", sa.Column("joined", sa.Text(), nullable=False, server_default=""))
    op.add_column("changes", sa.Column("is_copy", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE changes SET told_in = 1 WHERE story_id IS NOT NULL")
    of_story = "SELECT {} FROM changes WHERE changes.story_id = stories.id"
    several = f"({of_story.format('count(*)')}) > 1"
    op.execute(f"UPDATE stories SET edit = ({of_story.format('max(edit)')}) WHERE {several}")  # noqa: S608
    op.execute(
        f"UPDATE stories SET main_document_id = ({of_story.format('max(document_id)')}) "  # noqa: S608
        f"WHERE ({of_story.format('count(*)')}) = 1"
    )
