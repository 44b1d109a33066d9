"""Read what a person asks: words that must all be there, "a phrase", -not, prefix*. Pure.

Whatever is not of that form is taken as plain words: nothing that is typed is ever an error, and no sign of a
database's own language gets through, because only letters and digits do.
"""

import re

from pipeline.model.finding import Asked, Clause
from pipeline.text.finding.tokens import folded, stems_of

MOST_LETTERS = 500
MOST_CLAUSES = 16
MOST_IN_A_ROW = 20  # words of one phrase
SHORTEST_PREFIX = 2

_PIECE = re.compile(r'(?:(?<=\s)|^)(-?)"([^"]*)"|(\S+)')
_QUOTES = str.maketrans(dict.fromkeys("“”„‟″＂«»", '"'))
_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|§+")


def read_asked(typed: str) -> Asked:
    """Return what was asked. Without a word that must be there nothing can be found: see ``Asked.wanted``."""
    text = typed[:MOST_LETTERS].translate(_QUOTES)
    clauses: list[Clause] = []
    for match in _PIECE.finditer(text):
        minus, phrase, word = match.groups()
        if phrase is not None:
            clauses += _clause(phrase, left_out=bool(minus))
        else:
            left_out = word.startswith("-") and len(word) > 1
            clauses += _clause(word[1:] if left_out else word, left_out=left_out)
    return Asked(tuple(dict.fromkeys(clauses))[:MOST_CLAUSES])


def _clause(words: str, *, left_out: bool) -> list[Clause]:
    """The words in a row; what was written without a space, like follow-up, is in a row, too."""
    bare = words.rstrip(".,;:!?)\"'")
    prefix = ""
    if bare.endswith("*"):
        written = _WORDS.findall(bare)
        last = folded(written[-1]) if written else ""
        if len(last) >= SHORTEST_PREFIX or last.isdigit():
            prefix = last
    whole = stems_of(words)
    stems = whole[:MOST_IN_A_ROW]
    if not stems:
        return []
    if prefix and len(stems) == len(whole):
        many = len(stems_of(prefix)) > 1  # EHCP*: the plan begins so
        return [Clause(tuple(stems[:-1]), stems[-1] if many else prefix, left_out)]
    return [Clause(tuple(stems), "", left_out)]
