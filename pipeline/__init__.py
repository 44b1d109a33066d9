"""Faces nobody but the database: what sendwatch knows, and what follows from it."""
