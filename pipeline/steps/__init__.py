"""One verb a file, over an injected database and clock. Opens one transaction at a time; no network."""
