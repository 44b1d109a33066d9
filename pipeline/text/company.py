"""Look at what a document speaks of as a whole, which tells what its ambiguous words mean.

SEN is a currency without schools and children near it, short breaks are holidays without carers, and an
acronym that a document spells out to something else is somebody else's. This module gives no weight.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.text.lexicon import Lexicon

_NOTE = 800  # letters; a title and a summary, or a short message
_SPELT_OUT = re.compile(r"\(([A-Z]{3,5})s?\)")
_BEFORE = 90  # letters before the bracket in which the words that it stands for are looked for
_MOST = 200  # acronyms that are spelt out; a document has a few dozen


@dataclass(frozen=True, slots=True)
class Company:
    """``at_home``: schools, children or families are spoken of. ``circles``: see lexicon.yaml.

    ``foreign``: acronyms that this document spells out to something that is not ours.
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
    circles = frozenset(
        name
        for name, words in lexicon.circles
        if any(word in (lowered if word.islower() else whole) for word in words)
    )
    return Company(_at_home(lowered, lexicon), circles, _foreign(whole, lexicon))


def whole_company(lexicon: Lexicon) -> Company:
    """The company of a text that is taken to be about schools and families."""
    return Company(at_home=True, circles=frozenset(name for name, _ in lexicon.circles))


def _at_home(lowered: str, lexicon: Lexicon) -> bool:
    """Whether two of the lexicon's words of company stand in the text; in a short note one will do."""
    needed = 1 if len(lowered) <= _NOTE else 2
    return sum(word in lowered for word in lexicon.company) >= needed


def _foreign(whole: str, lexicon: Lexicon) -> frozenset[str]:
    ours: set[str] = set()
    theirs: set[str] = set()
    for number, found in enumerate(_SPELT_OUT.finditer(whole)):
        if number >= _MOST:
            break
        letters = found[1]
        words = re.split(r"[\n.;:()]", whole[max(0, found.start() - _BEFORE) : found.start()])[-1]
        lowered = words.lower()
        if any(piece in lowered for piece in lexicon.spelt_out):
            ours.add(letters)
        elif _spells(words, letters):
            theirs.add(letters)
    return frozenset(theirs - ours)


def _spells(words: str, letters: str) -> bool:
    """Whether the last words before an acronym begin with its letters; small words may stand between."""
    initials = [word[0].upper() for word in words.split() if word[0].isalpha()]
    wanted = list(letters)
    while wanted and initials:
        if initials.pop() == wanted[-1]:
            wanted.pop()
    return not wanted
