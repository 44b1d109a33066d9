"""What differs between two wordings of a sentence: the weighty words and the plain ones. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.model.redlines import RunKind
from pipeline.text.quoting import quoted_at
from pipeline.text.typed_words import Typed, TypedWord, typed_words
from pipeline.text.word_runs import TOKEN, word_runs

MOST_PHRASE = 80  # characters
_EMPTY = frozenset(
    ["a", "an", "the", "this", "that", "these", "those", "which", "who", "of", "to", "in", "on", "for", "and",
     "or", "as", "at", "by", "with", "from", "is", "are", "be", "been", "was", "were", "has", "have", "it",
     "its", "their", "they", "also", "then", "so"]
)  # fmt: skip

Span = tuple[int, int]
Spans = Sequence[Span]


@dataclass(frozen=True, slots=True)
class Side:
    """One wording: its text, the places that differ, and what stands there.

    ``typed`` are the weighty words that only this side has, ``words`` the plain words inside the places.
    """

    text: str
    spans: Spans
    typed: Sequence[TypedWord]
    words: Sequence[str]

    @property
    def at(self) -> int:
        """Where this wording begins to differ."""
        return self.spans[0][0] if self.spans else 0

    def phrase(self, word: TypedWord) -> str:
        """The words that came or went together with a weighty word, when they are few."""
        for start, end in self.spans:
            if start < word.end and word.start < end:
                words = self.text[min(start, word.start) : max(end, word.end)].strip(" ,;:.()")
                return words if len(words) <= MOST_PHRASE else word.text
        return word.text


@dataclass(frozen=True, slots=True)
class Edit:
    """A sentence in both wordings; both normalised."""

    gone: Side
    come: Side
    in_place: Sequence[
        tuple[TypedWord, TypedWord]
    ] = ()  # weighty words where one took the other's very place

    def paired(
        self, gone: Sequence[TypedWord], come: Sequence[TypedWord]
    ) -> list[tuple[TypedWord, TypedWord]]:
        """Which of the weighty words that went became which that came: all where there are as many of both.

        ``gone`` and ``come`` are words of one kind; else only those that took each other's place.
        """
        if len(gone) == len(come):
            return list(zip(gone, come, strict=True))
        return [(was, now) for was, now in self.in_place if was in gone and now in come]

    @property
    def size(self) -> int:
        """How many words of content differ, on the side that has more of them."""
        return max(sum(word.lower() not in _EMPTY for word in side.words) for side in (self.gone, self.come))

    @property
    def said(self) -> str:
        """Both wordings, as two sentences."""
        before = quoted_at(self.gone.text, self.gone.at or self.come.at)
        after = quoted_at(self.come.text, self.come.at or self.gone.at)
        return f"It said: {before}. It now says: {after}."


def edit_between(old: str, new: str) -> Edit:
    """Return what differs between two normalised sentences."""
    spans: dict[RunKind, list[Span]] = {RunKind.REMOVED: [], RunKind.ADDED: []}
    at_old = at_new = 0
    replaced: list[tuple[Span, Span]] = []
    runs = word_runs(old, new)
    for number, run in enumerate(runs):
        size = len(run.text)
        if run.kind is not RunKind.SAME:
            at = at_old if run.kind is RunKind.REMOVED else at_new
            spans[run.kind].append((at, at + size))
            if run.kind is RunKind.ADDED and number and runs[number - 1].kind is RunKind.REMOVED:
                replaced.append((spans[RunKind.REMOVED][-1], spans[RunKind.ADDED][-1]))
        at_old += size if run.kind is not RunKind.ADDED else 0
        at_new += size if run.kind is not RunKind.REMOVED else 0
    if not any(spans.values()):
        return Edit(Side(old, (), (), ()), Side(new, (), (), ()))
    gone, come = _side(old, spans[RunKind.REMOVED]), _side(new, spans[RunKind.ADDED])
    pairs = _in_each_others_place(gone.typed, come.typed, replaced)
    old_words, new_words = ({pair[side] for pair in pairs} for side in (0, 1))
    return Edit(
        replace(gone, typed=_left(gone, come, old_words, new_words)),
        replace(come, typed=_left(come, gone, new_words, old_words)),
        pairs,
    )


def _side(text: str, spans: Spans) -> Side:
    typed = typed_words(text)
    covered = [(word.start, word.end) for word in typed if word.kind is not Typed.BODY]
    words = [
        token.group()
        for start, end in spans
        for token in TOKEN.finditer(text, start, end)
        if token.group()[0].isalnum() and not _overlaps(token.start(), token.end(), covered)
    ]
    return Side(text, spans, typed, words)


def _overlaps(start: int, end: int, spans: Spans) -> bool:
    low, high = 0, len(spans)
    while low < high:  # spans are in order: find the first that ends after start
        middle = (low + high) // 2
        if spans[middle][1] <= start:
            low = middle + 1
        else:
            high = middle
    return low < len(spans) and spans[low][0] < end


def _in_each_others_place(
    gone: Sequence[TypedWord], come: Sequence[TypedWord], replaced: Sequence[tuple[Span, Span]]
) -> list[tuple[TypedWord, TypedWord]]:
    """Words of one kind where the one took the other's very place: they differ wherever else they stand.

    So that "must plan and should tell" is not the same as "should plan and must tell".
    """
    found = [(_around(old, gone), _around(new, come)) for old, new in replaced]
    pairs = [(was, now) for was, now in found if was and now and was.kind is now.kind]
    return list(dict.fromkeys((was, now) for was, now in pairs if was.value != now.value))


def _around(span: Span, typed: Sequence[TypedWord]) -> TypedWord | None:
    return next((word for word in typed if word.start <= span[0] and span[1] <= word.end), None)


def _left(mine: Side, theirs: Side, swapped: set[TypedWord], others: set[TypedWord]) -> list[TypedWord]:
    """Those of mine that the other side does not have as well; a body is one in small letters, too."""
    known = Counter((word.kind, word.value) for word in theirs.typed if word not in others)
    left = []
    for word in mine.typed:
        if word in swapped:
            left.append(word)
        elif word.kind is Typed.BODY and word.text.lower() in theirs.text.lower():
            continue
        elif known[word.kind, word.value] > 0:
            known[word.kind, word.value] -= 1
        else:
            left.append(word)
    return left
