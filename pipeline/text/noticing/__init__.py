"""Two states of a Document side by side: what happened to it. Pure."""
