"""What a letter is, apart from its words: who wrote to whom, when, and what is asked of whom by when."""

from dataclasses import dataclass
from datetime import date

from pipeline.model.drafts import Citation


@dataclass(frozen=True, slots=True)
class Sender:
    """Who signed, and the office held; the office is empty where the letter shows none."""

    name: str
    office: str
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that is asked: of whom ("you" is the addressee), the sentence, and by when it is due.

    ``by`` is the day as the letter writes it, in full or not; empty where none is given.
    """

    whom: str
    what: str
    by: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """A letter's facts. Empty fields are facts that the letter does not show; nothing is guessed.

    ``dated`` is the date on the letter, ``published`` that of the page it was published on.
    """

    senders: tuple[Sender, ...]
    addressees: tuple[str, ...]
    subject: str
    dated: date | None
    published: date | None
    asks: tuple[Ask, ...]
    enclosures: tuple[str, ...]
    links: tuple[str, ...]
