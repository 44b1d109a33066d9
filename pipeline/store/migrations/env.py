"""Alembic's environment: always online, always over a connection that the caller has opened."""

from alembic import context

from pipeline.store import (  # noqa: F401 - they add their tables
    desk_tables,
    finding_tables,
    mailing_tables,
    notice_tables,
    tables,
)
from pipeline.store.columns import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
