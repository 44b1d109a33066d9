"""Whether a document is news about SEND in England, for whom, and why. Pure."""
