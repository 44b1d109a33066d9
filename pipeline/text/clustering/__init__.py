"""Which documents belong to one announcement. Pure."""
