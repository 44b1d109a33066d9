"""The tables behind the search: what each Version is called, and every address that led to a Document.

Holds no query. The words themselves lie in ``search_words``, which each engine makes in its own way
(migration 0006): an FTS5 table without content in SQLite, tsvectors in PostgreSQL. No text is stored twice.
"""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table, Text

from pipeline.store.columns import Instant, metadata

WORDS = "search_words"  # made by the migration; SQLite adds tables of its own with this beginning

search_rows = Table(
    "search_rows",
    metadata,
    Column("version_id", Integer, ForeignKey("versions.id"), primary_key=True),
    Column("document_id", Integer, nullable=False, index=True),
    Column("seen_at", Instant, nullable=False),
    Column("public", Instant),  # the date that the publisher shows
    Column("title", Text, nullable=False),
    Column("publishers", Text, nullable=False),
    Column("text_kept", Boolean, nullable=False),  # False: found by its title alone
)

addresses = Table(
    "addresses",
    metadata,
    Column("url", Text, primary_key=True),
    Column("document_id", Integer, ForeignKey("documents.id"), primary_key=True),
    Column("what", Text, nullable=False),  # page | child | file | moved: what lies there
)
