"""How to read one dialect: bytes in, records out. Pure; no network, no clock, no database."""
