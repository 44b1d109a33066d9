"""Plain tools for words: what counts as the same text, sentences, dates, terms. Pure."""
