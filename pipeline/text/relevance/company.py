"""Look at what a document speaks of as a whole, which tells what its ambiguous words mean.

SEN is a currency without schools and children near it, short breaks are holidays without carers, and an
acronym that a document spells out to something else is somebody else's. This module gives no weight.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, takewhile

from pipeline.text.relevance.lexicon import Lexicon

_NOTE = 800  # letters; a title and a summary, or a short message
_NEAR = 90  # letters before the bracket, or behind the colon, in which its words are looked for
_SMALL = frozenset(["of", "and", "the", "for", "in", "a", "an", "to", "on", "or", "&"])
_BREAK = re.compile(r"[\n.;:()]")
_MOST = 200  # acronyms that are spelt out; a document has a few dozen


@dataclass(frozen=True, slots=True)
class Company:
    """``at_home``: schools, children or families are spoken of. ``circles``: see lexicon.yaml.

    ``foreign``: acronyms that this document uses for something that is not ours.
    """

    at_home: bool
    circles: frozenset[str]
    foreign: frozenset[str] = frozenset()

    def is_foreign(self, mention: str) -> bool:
        """Whether a mention begins with an acronym that this document uses for something else."""
        return bool(self.foreign) and any(
            mention.startswith(letters) and not mention[len(letters) : len(letters) + 1].isalnum()
            for letters in self.foreign
        )


def read_company(texts: Sequence[str], lexicon: Lexicon) -> Company:
    """What the texts, which are one document's, speak of."""
    whole = "\n".join(texts)
    lowered = whole.lower()
    circles = frozenset(name for name, words in lexicon.circles if _holds(lowered, whole, words))
    foreign = _foreign(whole, lexicon)
    if "ours" not in circles:
        foreign |= {letters for letters, words in lexicon.elsewhere if _holds(lowered, whole, words)}
    return Company(_at_home(lowered, lexicon), circles, foreign)


def whole_company(lexicon: Lexicon) -> Company:
    """The company of a text that is taken to be about schools and families."""
    return Company(at_home=True, circles=frozenset(name for name, _ in lexicon.circles))


def _holds(lowered: str, whole: str, words: Sequence[str]) -> bool:
    return any(word in (lowered if word.islower() else whole) for word in words)


def _at_home(lowered: str, lexicon: Lexicon) -> bool:
    """Whether two of the lexicon's words of company stand in the text; in a short note one will do."""
    needed = 1 if len(lowered) <= _NOTE else 2
    return sum(word in lowered for word in lexicon.company) >= needed


def _foreign(whole: str, lexicon: Lexicon) -> frozenset[str]:
    ours: set[str] = set()
    theirs: set[str] = set()
    for found in islice(_spelt_out(_acronyms(lexicon)).finditer(whole), _MOST):
        start = found.start()
        if whole[max(0, start - 1) : start].isalnum():
            continue
        before = _BREAK.split(whole[max(0, start - _NEAR) : start].rstrip("("))[-1]
        behind = _BREAK.split(whole[found.end() : found.end() + _NEAR])[0]
        last = found[2].endswith(")")
        letters, words = found[1], before if last else behind
        if any(piece in words.lower() for piece in lexicon.spelt_out):
            ours.add(letters)
        elif _spells(words, letters, last=last):
            theirs.add(letters)
    return frozenset(theirs - ours)


def _acronyms(lexicon: Lexicon) -> tuple[str, ...]:
    """The capitals with which the lexicon's acronyms begin."""
    cased = (term.phrase.source for term in lexicon.terms if term.phrase.cased)
    found = {"".join(takewhile(str.isupper, source)) for source in cased}
    return tuple(sorted((letters for letters in found if len(letters) > 1), key=len, reverse=True))


@cache
def _spelt_out(acronyms: tuple[str, ...]) -> re.Pattern[str]:
    """An acronym in brackets, or before a bracket or a colon."""
    return re.compile(rf"({'|'.join(acronyms) or '$^'})(s?\)|: | \()")


def _spells(words: str, letters: str, *, last: bool) -> bool:
    """Whether the last (or the first) words begin with these letters; small words may stand between."""
    initials = "".join(word[0].upper() for word in words.split() if word.lower() not in _SMALL)
    return initials.endswith(letters) if last else initials.startswith(letters)
