"""Quote a passage in a sentence of a mail: in quotation marks, cut at words. Pure."""

MOST_QUOTED = 140  # characters
LONG = 600  # characters of a sentence that is given whole


def quoted(text: str, most: int = MOST_QUOTED) -> str:
    """Return the text in quotation marks, cut at a word when long, without a full stop at its end."""
    return quoted_at(text, 0, most)


def quoted_at(text: str, at: int, most: int = MOST_QUOTED) -> str:
    """The same, of the words around the place ``at`` when the text is long."""
    begin = max(0, at - LONG)  # a thousand edits of one long sentence each look at their own surroundings
    text, at = " ".join(text[begin : at + LONG].split()), at - begin
    start = max(0, min(at - most // 2, len(text) - most))
    start = text.find(" ", start) + 1 if start or begin else 0
    cut = text[start:]
    if len(cut) > most:
        cut = cut[:most].rsplit(" ", 1)[0] + " …"
    return f"“{'… ' if start else ''}{cut.rstrip('.')}”"


def around(text: str, at: int) -> str:
    """Return a normalised sentence, or when it is long those of its very words that stand around ``at``."""
    if len(text) <= LONG:
        return text
    start = text.find(" ", max(0, at - LONG // 4)) + 1 if at > LONG // 4 else 0
    return text[min(start, at) : at + LONG // 4].rpartition(" ")[0] or text[at : at + LONG // 4]
