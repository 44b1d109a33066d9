"""Quote a passage in a sentence of a mail: in quotation marks, cut at words. Pure."""

MOST_QUOTED = 140  # characters


def quoted(text: str, most: int = MOST_QUOTED) -> str:
    """Return the text in quotation marks, cut at a word when long, without a full stop at its end."""
    return quoted_at(text, 0, most)


def quoted_at(text: str, at: int, most: int = MOST_QUOTED) -> str:
    """The same, of the words around the place ``at`` when the text is long."""
    text = " ".join(text.split())
    start = max(0, min(at - most // 2, len(text) - most))
    start = text.find(" ", start) + 1 if start else 0
    cut = text[start:]
    if len(cut) > most:
        cut = cut[:most].rsplit(" ", 1)[0] + " …"
    return f"“{'… ' if start else ''}{cut.rstrip('.')}”"
