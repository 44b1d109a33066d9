"""What sendwatch remembers, in SQL: one file per aggregate. Decides nothing, fetches nothing."""
