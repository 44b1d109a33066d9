"""A source's sentence told by somebody else: reported speech. Pure."""
