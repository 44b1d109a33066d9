"""Who speaks in a source, and its sentences told of that person or body in the third person. Pure.

Part of reported.py. Refuses (None) wherever a first or second person would be left over.
"""

import re
from dataclasses import dataclass, field

from pipeline.model.drafts import Citation
from pipeline.text.reporting.we import i_reported, we_reported
from pipeline.text.words.patterns import pattern
from pipeline.text.words.wording import Forms

_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"")
_PERSONAL = pattern(
    r"\b(?:I|me|my|mine|myself|we|us|our|ours|ourselves|you|your|yours|yourself|yourselves)\b", re.I
)
_FIRST = pattern(r"\b(?:I|me|my|mine|myself|we|us|our|ours|ourselves)\b", re.I)
_WE = pattern(r"\b(?:we|us|our|ours|ourselves)\b", re.I)
_I = re.compile(r"\b(?:I|me|my)\b")
_HE = pattern(r"\b(?:he|she|his|her|him|hers)\b", re.I)
_DEEDS = re.compile(  # what a minister who speaks can only say of the government
    r"\b(?:told|tell) us\b|\bwe(?:[’'](?:re|ve|ll)| are| have| will)? (?:also |now |already |recently )?"
    r"(?:put|provid|invest|extend|introduc|publish|announc|expect|fund|mak|gave|giv|spend|train|legislat"
    r"|consult|set|launch|pay|increas|chang|reform|requir|allocat|award)\w*",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks in the source. ``we`` is empty where no single body can be shown to be "we"."""

    noun: str = "document"
    plural: bool = False
    we: str = ""
    author: str = ""  # the one person who is "I"
    office: str = ""  # "the minister": how that person reads where others are to write to "me"
    reader_is_parent: bool = False  # "you" is the parent or young person, as it is for the charity
    forms: Forms = field(default_factory=Forms)
    proof: tuple[Citation, ...] = ()  # where the source says who speaks
    deeds: bool = False  # "we" is that body only where it does what bodies do: funds, publishes, expects
    to: str = ""  # whom the source addresses, where it says so

    def proof_for(self, told: str, source: str) -> tuple[Citation, ...]:
        """What else a sentence rests on that names the speaker where the source says "we" or "I"."""
        names = [name for name in (self.we, self.author, self.office, self.to) if name]
        added = [n for n in names if n.lower() in told.lower() and n.lower() not in source.lower()]
        return self.proof if added else ()


@dataclass(frozen=True, slots=True)
class Reported:
    """``attributed`` when the sentence itself says who says so; ``leans`` when it needs the one before.

    ``step``: it tells the reader, who is a parent, to do something.
    """

    text: str
    attributed: bool = False
    leans: bool = False
    quoted: bool = False
    step: bool = False


def unquoted(text: str) -> str:
    """The text without its quotations."""
    return _QUOTED.sub("", text)


def told_of(text: str, voice: Voice) -> str | None:
    """The text with "we" and "I" told of who speaks; None where that is not known for certain."""
    if not _FIRST.search(unquoted(text)):
        return text
    told: str | None = text
    if _WE.search(unquoted(text)):
        told = None if voice.deeds and not _DEEDS.search(text) else we_reported(text, voice.we)
    if told is not None and _I.search(unquoted(told)):
        told = i_reported(told, voice.author, voice.office)
    return told


def third_person(text: str, voice: Voice) -> bool:
    """Whether nobody speaks or is spoken to outside quotations."""
    return not (_FIRST if voice.reader_is_parent else _PERSONAL).search(unquoted(text))


def pronoun_loose(text: str) -> bool:
    """Whether "he" or "she" stands there with nobody named before it."""
    match = _HE.search(unquoted(text))
    return bool(match) and not re.search(r"[A-Z]\w+ [A-Z]\w+", text[: match.start()] if match else "")
