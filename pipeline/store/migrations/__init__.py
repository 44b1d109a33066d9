"""Alembic migrations, run at every start over the caller's own connection."""
