"""Take plainer wordings for a Draft from a rewriter that nobody trusts. Pure: no network, no clock.

The rewriter (a language model, as a rule) proposes a text for a sentence by its number. A proposal is taken
only when it is one plain English sentence that the gate in gate.py holds against the citations of the very
sentence it replaces; else the sentence stays as it is. Never adds, moves or drops a sentence or a citation.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.model.drafts import Draft, Piece, PieceKind, Sentence
from pipeline.text.citing.gate import reasons
from pipeline.text.rewriting.rules import faults_of_wording
from pipeline.text.words.wording import tidy

MOST_WORDS = 260  # of a body, as the drafter has it
MOST_PROPOSALS = 100
_WORDED = frozenset({PieceKind.LEAD, PieceKind.POINT, PieceKind.CHANGE})


@dataclass(frozen=True, slots=True)
class Proposal:
    """Another wording for the sentence ``number`` of ``Draft.sentences``; the headline is 0."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A proposal that was not taken, and why, in words."""

    proposal: Proposal
    reasons: tuple[str, ...]


def rewritable(draft: Draft) -> dict[int, Sentence]:
    """The sentences that may be worded anew, by number: headline, lead, points and what changed.

    Bullets, the sentence that opens a list and the link stay as they are.
    """
    found = {0: draft.headline}
    number = 0
    for piece in draft.pieces:
        for at, sentence in enumerate((*piece.sentences, *piece.items)):
            number += 1
            if piece.kind in _WORDED and at < len(piece.sentences) and not sentence.text.endswith(":"):
                found[number] = sentence
    return found


def apply_rewrites(draft: Draft, proposals: Iterable[Proposal]) -> tuple[Draft, tuple[Refused, ...]]:
    """Return the draft with every proposal that passes, and those that do not, with their reasons."""
    open_ones = rewritable(draft)
    taken: dict[int, Sentence] = {}
    refused: list[Refused] = []
    for proposal in list(proposals)[:MOST_PROPOSALS]:
        old = open_ones.get(proposal.number)
        if old is None:
            refused.append(Refused(proposal, ("there is no such sentence to word anew",)))
            continue
        if proposal.number in taken:
            refused.append(Refused(proposal, ("the sentence was worded anew already",)))
            continue
        if tidy(proposal.text) == old.text:
            continue
        new = Sentence(proposal.text, old.citations, by_model=True)
        faults = (*faults_of_wording(new, old, headline=proposal.number == 0), *reasons(new))
        if faults:
            refused.append(Refused(proposal, faults))
            continue
        if _with(draft, {**taken, proposal.number: new}).words > max(MOST_WORDS, draft.words):
            refused.append(Refused(proposal, (f"the item would have more than {MOST_WORDS} words",)))
            continue
        taken[proposal.number] = new
    return _with(draft, taken), tuple(refused)


def _with(draft: Draft, taken: dict[int, Sentence]) -> Draft:
    if not taken:
        return draft
    pieces: list[Piece] = []
    number = 1
    for piece in draft.pieces:
        sentences = tuple(taken.get(number + at, s) for at, s in enumerate(piece.sentences))
        pieces.append(replace(piece, sentences=sentences))
        number += len(piece.sentences) + len(piece.items)
    return replace(draft, headline=taken.get(0, draft.headline), pieces=tuple(pieces))
