"""What differs between two wordings of a sentence: the weighty words and the plain ones. Pure."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.model.redlines import RunKind
from pipeline.text.weighing.moved_words import Pair, Place, Span, paired, sort_words
from pipeline.text.weighing.typed_words import Typed, TypedWord, typed_words
from pipeline.text.words.quoting import quoted_at
from pipeline.text.words.table_cells import cells_beside
from pipeline.text.words.word_runs import TOKEN, word_runs

MOST_PHRASE = 80  # characters
MOST_SIGNS = 8  # characters of a cell that holds signs only
_TICKS = frozenset("✓✔☑✅✗✘☒✕✖❌☐")
LITTLE = frozenset(
    ["a", "an", "the", "this", "that", "these", "those", "which", "who", "of", "to", "in", "on", "for", "and",
     "or", "as", "at", "by", "with", "from", "is", "are", "be", "been", "was", "were", "has", "have", "it",
     "its", "their", "they", "also", "then", "so"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Side:
    """One wording: its text, the places that differ, and what stands there.

    ``typed`` are the weighty words that only this side has, ``words`` the plain words inside the places.
    """

    text: str
    spans: Sequence[Span]
    typed: Sequence[TypedWord]
    words: Sequence[str]

    @property
    def at(self) -> int:
        """Where this wording begins to differ."""
        return self.spans[0][0] if self.spans else 0

    def phrase(self, word: TypedWord) -> str:
        """The words that came or went together with a weighty word, when they are few."""
        at = bisect_right(self.spans, word.start, key=lambda span: span[1])
        if at == len(self.spans) or self.spans[at][0] >= word.end:
            return word.text
        start, end = self.spans[at]
        words = self.text[min(start, word.start) : max(end, word.end)].strip(" ,;:.()|")
        return words if len(words) <= MOST_PHRASE else word.text


@dataclass(frozen=True, slots=True)
class Edit:
    """A sentence in both wordings; both normalised.

    ``pairs`` are the weighty words of one kind where one became the other, ``moved`` those that both have,
    but in another place (as they stand now).
    """

    gone: Side
    come: Side
    places: Sequence[Place] = ()
    pairs: Sequence[Pair] = ()
    moved: Sequence[TypedWord] = ()

    def of_kind(self, kind: Typed) -> tuple[list[TypedWord], list[TypedWord], list[Pair]]:
        """The weighty words of one kind that went and that came, and the pairs among them."""
        gone, come = ([word for word in side.typed if word.kind is kind] for side in (self.gone, self.come))
        return gone, come, [pair for pair in self.pairs if pair[0].kind is kind]

    @property
    def size(self) -> int:
        """How many words of content differ, on the side that has more of them."""
        return max(sum(word.lower() not in LITTLE for word in side.words) for side in (self.gone, self.come))

    @property
    def said(self) -> str:
        """Both wordings, as two sentences."""
        before = quoted_at(self.gone.text, self.gone.at or self.come.at)
        after = quoted_at(self.come.text, self.come.at or self.gone.at)
        return f"It said: {before}. It now says: {after}."


def edit_between(old: str, new: str) -> Edit:
    """Return what differs between two normalised sentences, or two rows of a table: there cell by cell."""
    beside = [((a, b), (c, d)) for (a, b), (c, d) in cells_beside(old, new) if old[a:b] != new[c:d]]
    edits = [_shifted(_edit(old[a:b], new[c:d]), a, c) for (a, b), (c, d) in beside]
    if not edits:
        return _edit(old, new)
    return Edit(
        _joined(old, [edit.gone for edit in edits]),
        _joined(new, [edit.come for edit in edits]),
        [place for edit in edits for place in edit.places],
        [pair for edit in edits for pair in edit.pairs],
        [word for edit in edits for word in edit.moved],
    )


def _edit(old: str, new: str) -> Edit:
    before, after = typed_words(old), typed_words(new)
    places = list(_places(old, new, before, after))
    gone, come = ([word for place in places for word in (place.gone, place.come)[side]] for side in (0, 1))
    found = sort_words(before, after, places, clauses=bool(_content(gone) & _content(come)))
    swapped = {word for pair in found.pairs for word in pair}
    went, came = _unknown(found.gone, after, new, swapped), _unknown(found.come, before, old, swapped)
    return Edit(
        Side(old, [place.old for place in places], went, gone),
        Side(new, [place.new for place in places], came, come),
        places,
        paired(went, came, found.pairs),
        found.moved,
    )


def _content(words: Iterable[str]) -> set[str]:
    return {word.lower() for word in words if word[0].isalnum()} - LITTLE


def _places(old: str, new: str, before: Sequence[TypedWord], after: Sequence[TypedWord]) -> Iterator[Place]:
    covered = [
        [(word.start, word.end) for word in side if word.kind is not Typed.BODY] for side in (before, after)
    ]
    at, ends, kept = (0, 0), (0, 0), 0  # where the place began, and where it ends
    for run in word_runs(old, new):
        i, j = ends
        if run.kind is RunKind.REMOVED:
            ends = i + len(run.text), j
        elif run.kind is RunKind.ADDED:
            ends = i, j + len(run.text)
        else:
            if at != ends:
                yield _place(old, new, at, ends, covered, kept)
            at = ends = i + len(run.text), j + len(run.text)
            kept += len(_content(TOKEN.findall(run.text)))
    if at != ends:
        yield _place(old, new, at, ends, covered, kept)


def _place(old: str, new: str, at: Span, ends: Span, covered: Sequence[Sequence[Span]], kept: int) -> Place:
    spans = (at[0], ends[0]), (at[1], ends[1])
    gone, come = (
        [
            "and" if token.group() == "&" else token.group()
            for token in TOKEN.finditer(text, *span)
            if _speaks(token.group(), text) and not _overlaps(token.start(), token.end(), typed)
        ]
        for text, span, typed in zip((old, new), spans, covered, strict=True)
    )
    return Place(*spans, gone, come, kept)


def _speaks(sign: str, text: str) -> bool:
    """Words do, "&", ticks and crosses, and any sign that is all there is in a cell."""
    if sign[0].isalnum() or sign == "&" or sign in _TICKS:
        return True
    return not sign.isascii() and len(text) <= MOST_SIGNS and not any(c.isalnum() for c in text)


def _overlaps(start: int, end: int, spans: Sequence[Span]) -> bool:
    at = bisect_right(spans, start, key=lambda span: span[1])  # the first that ends after start
    return at < len(spans) and spans[at][0] < end


def _unknown(
    words: Sequence[TypedWord], others: Sequence[TypedWord], other: str, swapped: set[TypedWord]
) -> list[TypedWord]:
    """Leave out bodies that the other wording names as well, by a short name or in small letters."""
    if not any(word.kind is Typed.BODY for word in words):
        return list(words)
    low, named = other.lower(), {word.value for word in others if word.kind is Typed.BODY}
    return [
        word
        for word in words
        if word.kind is not Typed.BODY
        or word in swapped
        or not (word.value in named or word.text.lower() in low)
    ]


def _joined(text: str, sides: Sequence[Side]) -> Side:
    return Side(
        text,
        [span for side in sides for span in side.spans],
        [word for side in sides for word in side.typed],
        [word for side in sides for word in side.words],
    )


def _shifted(edit: Edit, by_old: int, by_new: int) -> Edit:
    """The same, of a cell that begins so many characters after the row does."""
    return Edit(
        _side_shifted(edit.gone, by_old),
        _side_shifted(edit.come, by_new),
        edit.places,
        [(_word_shifted(was, by_old), _word_shifted(now, by_new)) for was, now in edit.pairs],
        [_word_shifted(word, by_new) for word in edit.moved],
    )


def _side_shifted(side: Side, by: int) -> Side:
    spans = [(start + by, end + by) for start, end in side.spans]
    return Side(side.text, spans, [_word_shifted(word, by) for word in side.typed], side.words)


def _word_shifted(word: TypedWord, by: int) -> TypedWord:
    return replace(word, start=word.start + by, end=word.end + by)
