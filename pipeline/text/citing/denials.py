"""Whether a sentence denies what its passages deny, and obliges where they oblige. Pure; part of the gate.

A "not" counts only where the passage says it of the same words; a "not" or a "must" of the passage may not
be left out where the sentence says the rest.
"""

from collections.abc import Sequence

from pipeline.text.citing.context import (
    DENIED,
    DUTIES,
    MODALS,
    Place,
    Read,
    all_places,
    places_of,
    read,
    sentences_of,
    stem,
)
from pipeline.text.words.wording import word_set

_WINDOW = 9  # words before and after the one that is denied
_OTHER_WAYS = word_set("have has need needs expected required")


def misplaced_denials(text: str, passages: Sequence[str]) -> list[str]:
    """Return each not, no, never and the like that the passages do not say of the same words."""
    held = [place for place in all_places(passages) if DENIED.fullmatch(place.word)]
    found = []
    for place in places_of(read(text)):
        if not DENIED.fullmatch(place.word) or place.bare:
            continue
        match = next((o for o in held if _denies_the_same(place, o)), None)
        if match is None:
            found.append(place.word)
        else:
            held.remove(match)
    return found


def lost_denials(text: str, passages: Sequence[str]) -> list[str]:
    """Return ``not (left out)`` where the sentence says plainly what its passage denies."""
    said = read(text)
    if len(said.meaning) < 3:
        return []
    for place in all_places(passages):
        if DENIED.fullmatch(place.word) and _stands_bare(place, said, passages):
            return [f"{'no' if place.word == 'no' else 'not'} (left out)"]
    return []


def lost_duties(text: str, passages: Sequence[str]) -> list[str]:
    """Return each must, should and may of a passage whose place in the sentence holds no such word."""
    said = read(text)
    if len(said.meaning) < 3:
        return []
    modals = set(said.words) & (MODALS | _OTHER_WAYS)
    if modals:
        return []  # weighed by ``misplaced_duties``
    return [
        place.word
        for place in all_places(passages)
        if place.word in DUTIES and _stands_bare(place, said, passages)
    ]


def _denies_the_same(place: Place, other: Place) -> bool:
    """Whether the next word of meaning, or the one after it, is the one that the other denies."""
    if place.right:
        return bool({*place.right[:1]} & {*other.right[:2]} or {*other.right[:1]} & {*place.right[:2]})
    return bool(set(place.left[:2]) & set(other.left)) or other.bare


def _stands_bare(place: Place, said: Read, passages: Sequence[str]) -> bool:
    """Whether ``said`` says what stands around the place, and leaves out the place's own word.

    Only where no other sentence of the passages says the same without it.
    """
    if not place.right or not place.left:
        return False
    stems = [stem(word) for word in said.words]
    target = next((r for r in place.right[:2] if r in stems), "")
    if not target:
        return False
    at = stems.index(target)
    before, after = stems[max(0, at - _WINDOW) : at], stems[at + 1 : at + 1 + _WINDOW]
    likeness = len(set(place.left[:3]) & set(before)) + len((set(place.right) - {target}) & set(after))
    needed = min(2, len(place.left) + len(place.right) - 1)
    if likeness < needed or not set(place.left[:3]) & set(before):
        return False
    if any(DENIED.fullmatch(w) or w in MODALS & {place.word} for w in said.words[max(0, at - _WINDOW) : at]):
        return False
    return not any(
        target in words
        and not any(w == place.word or DENIED.fullmatch(w) for w in source.words)
        and len(set(stems) & set(words)) >= 0.7 * len(set(said.meaning))
        for source in sentences_of(tuple(passages))
        for words in [[stem(w) for w in source.words]]
    )
