"""Drafts: the machine's proposed news item, each sentence with the passage it rests on."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a sentence comes from: the words of the block, which part, and page or fragment."""

    passage: str
    part: str = ""  # title of the file or child; empty for the page itself
    anchor: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the draft and what it rests on. ``citations`` is never empty.

    ``by_model`` says that a language model worded it; the gate held it to the same citations.
    """

    text: str
    citations: tuple[Citation, ...]
    by_model: bool = False


class PieceKind(StrEnum):
    LEAD = "lead"
    POINT = "point"
    ALSO = "also"  # the sentence that introduces the list
    LINK = "link"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph of the draft; ``items`` are the bullets below it, each a Sentence of its own."""

    kind: PieceKind
    sentences: tuple[Sentence, ...]
    items: tuple[Sentence, ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class StandingBlock:
    """A standing block of the charity's own words from house.yaml."""

    title: str
    text: str
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """Headline (5-14 words), body (120-260 words), standing blocks.

    ``empty_because`` is set, and ``pieces`` is bare, when there was no text to draft from.
    """

    headline: Sentence
    pieces: tuple[Piece, ...]
    standing: tuple[StandingBlock, ...]
    url: str
    empty_because: str = ""

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Headline and every sentence and bullet, in reading order."""
        body = tuple(s for piece in self.pieces for s in (*piece.sentences, *piece.items))
        return (self.headline, *body)

    @property
    def by_model(self) -> tuple[int, ...]:
        """The numbers, from 1 in reading order, of the sentences that a language model worded."""
        return tuple(number for number, s in enumerate(self.sentences, 1) if s.by_model)

    @property
    def words(self) -> int:
        """Words of the body: everything but the headline and the standing blocks."""
        return sum(len(s.text.split()) for s in self.sentences[1:])
