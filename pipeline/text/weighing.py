"""Weigh one reworded sentence: what kind of words went and came, and does that matter. Pure.

Each finding is a plain sentence that an editor can check against the text.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.model.changes import Significance
from pipeline.model.redlines import RunKind
from pipeline.text.quoting import quoted, quoted_at
from pipeline.text.slips import Vocabulary, is_opposite, is_slip, letters
from pipeline.text.typed_words import Typed, TypedWord, forbids, strength, typed_words
from pipeline.text.word_runs import TOKEN, word_runs

MOST_PHRASE = 80  # characters
REWRITTEN = 8  # content words on one side from which a sentence counts as rewritten
LITTLE_ELSE = 4  # content words up to which a small word ("only", "any") is what the edit is about
_DEADLINE = re.compile(r"\b(?:deadline|clos(?:es|ing|ed)|no later than|due (?:on|by|date))\b", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:by|until)(?: [^ ]{1,9}){0,2} ?$", re.IGNORECASE)
_HELP = re.compile(r"\b(?:helpline|advice|support line|appeal|complain|tribunal|report)", re.IGNORECASE)
_EMPTY = frozenset(
    ["a", "an", "the", "this", "that", "these", "those", "which", "who", "of", "to", "in", "on", "for", "and",
     "or", "as", "at", "by", "with", "from", "is", "are", "be", "been", "was", "were", "has", "have", "it",
     "its", "their", "they", "also", "then", "so"]
)  # fmt: skip
_HOLLOW = frozenset(["a", "an", "the", "this", "that", "these", "those", "which"])
_NAMES = {
    Typed.DATE: "A date",
    Typed.MONEY: "A sum of money",
    Typed.PERCENT: "A percentage",
    Typed.PERIOD: "A period of time",
    Typed.AGE: "An age or year group",
    Typed.LAW: "A reference to the law",
    Typed.NUMBER: "A number",
    Typed.PLACE: "A reference to another place",
    Typed.EMAIL: "An e-mail address",
    Typed.PHONE: "A telephone number",
    Typed.LINK: "A link",
}
_CONTACT = frozenset({Typed.EMAIL, Typed.PHONE, Typed.LINK})
_LIGHT = frozenset({Typed.STAMP, Typed.PAGE})


@dataclass(frozen=True, slots=True)
class Finding:
    """What one edit means. ``rank`` orders findings of one significance, the most telling lowest."""

    significance: Significance
    why: str
    rank: int = 5


def weigh(old: str, new: str, vocabulary: Vocabulary) -> list[Finding]:
    """Return what became of a sentence; both normalised. Empty when no reader would see a difference."""
    gone, come = _touched(old, new)
    typed_gone, typed_come = _left(gone.typed, come.typed), _left(come.typed, gone.typed)
    size = max(_content(gone.words), _content(come.words))
    edit = _Edit(old, new, gone.spans, come.spans, size)
    found = [
        finding
        for kind in Typed
        if kind not in _LIGHT
        for finding in _typed(
            kind, [w for w in typed_gone if w.kind is kind], [w for w in typed_come if w.kind is kind], edit
        )
    ]
    if not any(finding.significance is Significance.SUBSTANTIVE for finding in found) or size > REWRITTEN:
        found.extend(_wording(gone.words, come.words, edit, vocabulary))
    return found


@dataclass(frozen=True, slots=True)
class _Side:
    """The weighty words that an edit touches, the plain words inside it, and its places in the text."""

    typed: Sequence[TypedWord]
    words: Sequence[str]
    spans: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Edit:
    """A sentence in both wordings, the places that differ, and how many words of content do."""

    old: str
    new: str
    gone: Sequence[tuple[int, int]]
    come: Sequence[tuple[int, int]]
    size: int

    @property
    def at_old(self) -> int:
        """Where the old wording begins to differ."""
        return self.gone[0][0] if self.gone else 0

    @property
    def at_new(self) -> int:
        """Where the new wording begins to differ."""
        return self.come[0][0] if self.come else min(self.at_old, len(self.new))

    @staticmethod
    def phrase(word: TypedWord, text: str, spans: Sequence[tuple[int, int]]) -> str:
        """The words that came or went together with a weighty word, when they are few."""
        for start, end in spans:
            if start < word.end and word.start < end:
                words = text[min(start, word.start) : max(end, word.end)].strip(" ,;:.()")
                return words if len(words) <= MOST_PHRASE else word.text
        return word.text

    @property
    def said(self) -> str:
        """Both wordings, as two sentences."""
        before, after = quoted_at(self.old, self.at_old), quoted_at(self.new, self.at_new)
        return f"It said: {before}. It now says: {after}."


def _touched(old: str, new: str) -> tuple[_Side, _Side]:
    spans: dict[RunKind, list[tuple[int, int]]] = {RunKind.REMOVED: [], RunKind.ADDED: []}
    at_old = at_new = 0
    for run in word_runs(old, new):
        size = len(run.text)
        if run.kind is not RunKind.SAME:
            at = at_old if run.kind is RunKind.REMOVED else at_new
            spans[run.kind].append((at, at + size))
        at_old += size if run.kind is not RunKind.ADDED else 0
        at_new += size if run.kind is not RunKind.REMOVED else 0
    return _side(old, spans[RunKind.REMOVED]), _side(new, spans[RunKind.ADDED])


def _side(text: str, spans: Sequence[tuple[int, int]]) -> _Side:
    typed = [word for word in typed_words(text) if _overlaps(word.start, word.end, spans)] if spans else []
    covered = [(word.start, word.end) for word in typed]
    words = [
        token.group()
        for start, end in spans
        for token in TOKEN.finditer(text, start, end)
        if token.group()[0].isalnum() and not _overlaps(token.start(), token.end(), covered)
    ]
    return _Side(typed, words, spans)


def _overlaps(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    low, high = 0, len(spans)
    while low < high:  # spans are in order: find the first that ends after start
        middle = (low + high) // 2
        if spans[middle][1] <= start:
            low = middle + 1
        else:
            high = middle
    return low < len(spans) and spans[low][0] < end


def _left(mine: Sequence[TypedWord], theirs: Sequence[TypedWord]) -> list[TypedWord]:
    """Those of mine that the other side does not have as well."""
    others = Counter((word.kind, word.value) for word in theirs)
    left = []
    for word in mine:
        if others[word.kind, word.value] > 0:
            others[word.kind, word.value] -= 1
        else:
            left.append(word)
    return left


def _typed(
    kind: Typed, gone: Sequence[TypedWord], come: Sequence[TypedWord], edit: _Edit
) -> Iterator[Finding]:
    """Weighty words of one kind: paired where as many went as came, else told as a list."""
    if len(gone) == len(come):
        pairs = [(was.text, now.text, now) for was, now in zip(gone, come, strict=True)]
    elif gone and come:
        pairs = [(_list(gone), _list(come), come[0])]
    elif edit.size > REWRITTEN:
        return  # the whole sentence is new: its words are told with it
    else:
        pairs = [(edit.phrase(word, edit.old, edit.gone), "", word) for word in gone]
        pairs += [("", edit.phrase(word, edit.new, edit.come), word) for word in come]
    for was, now, word in pairs:
        if kind is Typed.DUTY and len(gone) == len(come):
            yield _duty(was, now, edit)
        else:
            yield _fact(was, now, word, edit)


def _fact(was: str, now: str, word: TypedWord, edit: _Edit) -> Finding:
    kind, both = word.kind, was and now
    where = quoted_at(edit.new, word.start if now else edit.at_new)
    if both and kind is Typed.DATE and _is_deadline(edit, word):
        return Finding(Significance.SUBSTANTIVE, f"The deadline moved from {was} to {now}: {where}.", 0)
    if both and kind in _NAMES:
        why = f"{_NAMES[kind]} changed from {was} to {now}: {where}."
    elif both:
        why = f"“{was}” became “{now}”: {where}."
    else:
        why = f"“{now}” was added: {where}." if now else f"“{was}” was taken out; it now says: {where}."
    if kind in _CONTACT:
        helps = _HELP.search(edit.old) or _HELP.search(edit.new)
        return Finding(Significance.MINOR if helps else Significance.COSMETIC, why, 6)
    if kind is Typed.PLACE:
        return Finding(Significance.MINOR, why, 6)
    weak = kind is Typed.LIMIT or (kind is Typed.DUTY and strength(was or now) == 1)
    if weak and edit.size > LITTLE_ELSE and not forbids(was or now):
        return Finding(Significance.MINOR, why, 4)
    return Finding(Significance.SUBSTANTIVE, why, 1 if kind in (Typed.DUTY, Typed.NOT) else 2)


def _is_deadline(edit: _Edit, word: TypedWord) -> bool:
    ahead = edit.new[max(0, word.start - 30) : word.start]
    return bool(_UNTIL.search(ahead) or _DEADLINE.search(edit.new) or _DEADLINE.search(edit.old))


def _duty(was: str, now: str, edit: _Edit) -> Finding:
    both = f"“{was}” became “{now}”"
    if forbids(was) != forbids(now):
        why = f"{both}, which turns the meaning round. {edit.said}"
        return Finding(Significance.SUBSTANTIVE, why, 0)
    before, after = strength(was), strength(now)
    if before == after:
        return Finding(Significance.MINOR, f"{both}: {quoted_at(edit.new, edit.at_new)}.", 4)
    how = "stronger" if after > before else "weaker"
    return Finding(Significance.SUBSTANTIVE, f"{both}: a duty was made {how}. {edit.said}", 0)


def _wording(
    gone: Sequence[str], come: Sequence[str], edit: _Edit, vocabulary: Vocabulary
) -> Iterator[Finding]:
    small_gone, small_come = [w.lower() for w in gone], [w.lower() for w in come]
    if letters(small_gone) == letters(small_come):
        if edit.old != edit.new:
            yield Finding(Significance.COSMETIC, "", 9)
    elif is_opposite(small_gone, small_come):
        words = f"“{' '.join(gone)}” became “{' '.join(come)}”"
        yield Finding(Significance.SUBSTANTIVE, f"{words}, which turns the meaning round. {edit.said}", 0)
    elif not (set(small_gone) ^ set(small_come)) - _HOLLOW or is_slip(small_gone, small_come, vocabulary):
        yield Finding(Significance.COSMETIC, "", 9)
    elif edit.size > REWRITTEN:
        yield Finding(Significance.SUBSTANTIVE, f"A sentence was rewritten. {edit.said}", 3)
    else:
        yield Finding(Significance.MINOR, _reworded(gone, come, edit), 5)


def _reworded(gone: Sequence[str], come: Sequence[str], edit: _Edit) -> str:
    where = quoted_at(edit.new, edit.at_new)
    if not gone:
        return f"{quoted(' '.join(come), 60)} was added: {where}."
    if not come:
        return f"{quoted(' '.join(gone), 60)} was taken out; it now says: {where}."
    return f"{quoted(' '.join(gone), 60)} became {quoted(' '.join(come), 60)}: {where}."


def _list(words: Sequence[TypedWord]) -> str:
    return ", ".join(dict.fromkeys(word.text for word in words))


def _content(words: Sequence[str]) -> int:
    return sum(word.lower() not in _EMPTY for word in words)
