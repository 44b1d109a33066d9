"""Two texts side by side: what went, what came, what was rewritten. Pure."""
