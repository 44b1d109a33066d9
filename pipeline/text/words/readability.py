"""How hard a text is to read: reading age, sentence lengths, share of passive sentences. Pure.

The reading age is that of Flesch and Kincaid (grade = 0.39 x words a sentence + 11.8 x syllables a word
- 15.59; Kincaid and others, 1975), plus five years, the age at which a child begins with grade 0. Names of
more than one word, acronyms and the law's own terms make any text on SEND look harder than it is: the
figure is there to compare drafts, not to pass them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

TARGET = (9, 11)  # years; what GOV.UK and the charities aim at
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:(?<=[^sxzcghlaeiouy])es|(?<=[^aeiouydt])ed|(?<=[^aeiouyl])e)$")
_BLENDED = re.compile(r"(?<=[tcsg])i(?:on|al|an|ous)(s?)$")  # tion, cial, cian, gious: one syllable
_APART = re.compile(  # two vowels that are said one after the other
    r"i[ea](?=nc|nt|ts?$)|ue(?=nc|nt)|io(?=d|l|r)|ea$|eas$|eate|uiet|eo(?=[nl])|ui(?=ty)"
)
_BE = r"(?:am|is|are|was|were|be|been|being|get|gets|got)"
_PARTICIPLE = (
    r"(?:\w{2,}[^e\W]ed|made|given|taken|sent|put|set|kept|told"
    r"|held|paid|found|seen|shown|known|written|drawn|met|built|brought|bought|left|cut|read|heard|led|said"
    r"|spent|lost|won|done|understood|undertaken|chosen|driven|hidden|withdrawn|begun|agreed|required|used|based)"
)
_PASSIVE = re.compile(
    rf"\b{_BE}\b(?: (?:not|also|now|only|being|been|no longer|\w+ly))* {_PARTICIPLE}\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Readability:
    """``reading_age`` in years, ``longest`` and ``average`` in words a sentence, ``passive`` from 0 to 1."""

    reading_age: float
    sentences: int
    longest: int
    average: float
    passive: float

    @property
    def words(self) -> str:
        """The figures in one line that an editor can read."""
        return (
            f"Reading age {self.reading_age:.0f} (aim for {TARGET[0]} to {TARGET[1]}); "
            f"sentences of {self.average:.0f} words on average, the longest {self.longest}; "
            f"{self.passive:.0%} of them in the passive"
        )


def measure(sentences: Sequence[str]) -> Readability:
    """Return the figures for whole sentences, each a text of its own. Empty for no words."""
    counted = [(words, text) for text in sentences if (words := _WORD.findall(text))]
    if not counted:
        return Readability(0.0, 0, 0, 0.0, 0.0)
    lengths = [len(words) for words, _ in counted]
    total = sum(lengths)
    syllables = sum(syllables_in(word) for words, _ in counted for word in words)
    grade = 0.39 * total / len(counted) + 11.8 * syllables / total - 15.59
    passive = sum(bool(_PASSIVE.search(text)) for _, text in counted) / len(counted)
    return Readability(
        max(5.0, round(grade + 5, 1)), len(counted), max(lengths), total / len(counted), passive
    )


def reading_age(sentences: Sequence[str]) -> float:
    """Return the reading age in years; 0 without words."""
    return measure(sentences).reading_age


def syllables_in(word: str) -> int:
    """Return how many syllables an English word has, by its vowels: right for about nine words in ten.

    An acronym in capitals is read letter by letter only where it cannot be said: SEND has one, EHC three.
    """
    if word.isupper() and len(word) > 1:
        return 1 if _VOWELS.search(word.lower()) and len(word) > 3 else len(word)
    plain = re.sub(r"[^a-z]", "", word.lower())
    if len(plain) <= 3:
        return 1
    said = _BLENDED.sub(r"on\1", _SILENT.sub("", plain))
    return max(1, len(_VOWELS.findall(said.removeprefix("y"))) + len(_APART.findall(plain)))
