"""Join the lines of a paragraph into running text. Pure.

Never drops a hyphen that belongs to a word: the document's own spelling elsewhere decides, then a short
list of first parts that English keeps hyphenated.
"""

import re
from collections.abc import Sequence

_LAST_PIECE = re.compile(r"([^\W\d_][\w’'-]*?)[-\u00ad\u2010]$")
_FIRST_PIECE = re.compile(r"^[\w’']+")
_KEPT = re.compile(
    r"(?:long|well|short|self|non|high|low|full|half|two|three|four|five|six|ten|mid|cross|decision|evidence|"
    r"large|small|whole|year|first|second|third|follow|fast|top|ever|so|socio|vice|wide|world|need|school)"
)


def join_lines(lines: Sequence[str], document: str) -> str:
    """Return the lines as one text. ``document`` is the whole text, to see how a cut word is spelt."""
    text = ""
    for line in lines:
        line = line.strip()
        if not text or not line:
            text = text or line
            continue
        cut = _LAST_PIECE.search(text)
        rest = _FIRST_PIECE.match(line)
        if cut and rest:
            keeps = _keeps_hyphen(cut.group(1), rest.group(), document)
            text = text[:-1] + ("-" if keeps else "") + line
        elif text.endswith(("-", "\u2010", "–", "/")) and not text.endswith((" -", " –", " /")):
            text = text + line
        else:
            text = f"{text} {line}"
    return re.sub("\u00ad$", "-", text)


def _keeps_hyphen(first: str, rest: str, document: str) -> bool:
    if not rest[0].islower() or rest[0].isdigit():
        return True
    if re.search(rf"\b{re.escape(first)}-{re.escape(rest)}\b", document, re.IGNORECASE):
        return True
    if re.search(rf"\b{re.escape(first + rest)}\b", document, re.IGNORECASE):
        return False
    if "-" in first:
        return True
    return bool(_KEPT.fullmatch(first.lower()))
