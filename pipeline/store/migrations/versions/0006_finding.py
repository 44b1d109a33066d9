"""What was captured can be found by its words, and a Document by every address that led to it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables, empty: pipeline.steps.indexing fills them from what was captured before."""
    op.create_table(
        "search_rows",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("public", sa.DateTime(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("publishers", sa.Text(), nullable=False),
        sa.Column("text_kept", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name=op.f("fk_search_rows_version_id")),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_search_rows")),
    )
    op.create_index(op.f("ix_search_rows_document_id"), "search_rows", ["document_id"])
    op.create_table(
        "addresses",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_addresses_document_id")),
        sa.PrimaryKeyConstraint("url", "document_id", name=op.f("pk_addresses")),
    )
    op.add_column("entries", sa.Column("wanted_by", sa.Text(), nullable=False, server_default=""))
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE search_words USING fts5(title, description, publishers, body, forms, "
            "content='', tokenize='unicode61 remove_diacritics 0')"
        )
        return
    op.execute(
        "CREATE TABLE search_words (version_id INTEGER NOT NULL REFERENCES versions (id), "
        "chunk INTEGER NOT NULL, words TSVECTOR NOT NULL, PRIMARY KEY (version_id, chunk))"
    )
    op.execute("CREATE INDEX ix_search_words_words ON search_words USING gin (words)")
