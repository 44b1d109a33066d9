"""Compare two texts word by word. Pure. Never says what a difference means.

The words are aligned in their normalised form, so that a curly quotation mark does not lose the place; the
runs hold the very characters, so that they join to exactly both texts.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.model.redlines import Run, RunKind
from pipeline.text.align import matched, numbered
from pipeline.text.normalise import for_comparison

TOKEN = re.compile(
    r"https?://[^\s<>\"“”]{1,2000}"
    r"|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
    r"|[£$€]?\d+(?:[.,:/]\d+)*%?"
    r"|[^\W\d_]+(?:['’‐‑-][^\W\d_]+)*"
    r"|_+|[^\w\s]"
    r"|\w"
)
_LITTLE = frozenset(
    ["a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "has", "have", "in", "is", "it", "its",
     "of", "on", "or", "that", "the", "their", "this", "to", "was", "were", "which", "will", "with", "you",
     "your"]
)  # fmt: skip
_STOPS = frozenset(".!?;:")
MOST_SLIDES = 60


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Same:
    """Tokens that stayed: from ``i`` in the old, from ``j`` in the new, ``length`` of them."""

    i: int
    j: int
    length: int


def word_runs(old: str, new: str) -> tuple[Run, ...]:
    """Return runs of words: same and removed joined give ``old``, same and added joined give ``new``.

    Lone little words between two edits are taken into the edit: people read phrases. Removed comes before
    added. Equal texts give one run, two empty ones none.
    """
    a, b = _tokens(old), _tokens(new)
    return tuple(_joined(_runs(old, new, a, b, _kept(a, b))))


def _tokens(text: str) -> list[_Token]:
    return [_Token(found.group(), found.start(), found.end()) for found in TOKEN.finditer(text)]


def _kept(a: Sequence[_Token], b: Sequence[_Token]) -> list[_Same]:
    known: dict[str, str] = {}
    words = [
        [known.setdefault(token.text, for_comparison(token.text) or token.text) for token in side]
        for side in (a, b)
    ]
    kept: list[_Same] = []
    for i, j in matched(*numbered(*words)):
        if a[i].text != b[j].text:
            continue
        last = kept[-1] if kept else None
        if last and (last.i + last.length, last.j + last.length) == (i, j):
            kept[-1] = _Same(last.i, last.j, last.length + 1)
        else:
            kept.append(_Same(i, j, 1))
    return _without_islands(_slid(kept, a, b), a, b)


def _slid(kept: Sequence[_Same], a: Sequence[_Token], b: Sequence[_Token]) -> list[_Same]:
    """Let an insertion or a removal begin where a sentence begins, where the words allow it."""
    result = list(kept)
    for index in range(len(result) - 1):
        left, right = result[index], result[index + 1]
        gone = right.i - left.i - left.length
        come = right.j - left.j - left.length
        if (gone == 0) == (come == 0):
            continue
        side, start = (b, right.j - come) if come else (a, right.i - gone)
        size = gone or come
        slide = next(
            (
                step
                for step in range(min(left.length, MOST_SLIDES))
                if side[start - step - 1].text in _STOPS
                and all(side[start - k - 1].text == side[start + size - k - 1].text for k in range(step))
            ),
            0,
        )
        if slide and left.length > slide:
            result[index] = _Same(left.i, left.j, left.length - slide)
            result[index + 1] = _Same(right.i - slide, right.j - slide, right.length + slide)
    return result


def _without_islands(kept: Sequence[_Same], a: Sequence[_Token], b: Sequence[_Token]) -> list[_Same]:
    """Drop what stayed between two edits when it is less than a reader would hold on to."""
    result: list[_Same] = []
    end_i = end_j = 0
    for index, same in enumerate(kept):
        before = max(same.i - end_i, same.j - end_j)
        following = kept[index + 1] if index + 1 < len(kept) else _Same(len(a), len(b), 0)
        after = max(following.i - same.i, following.j - same.j) - same.length
        if not (before and after and _is_island(same, a, min(before, after))):
            result.append(same)
            end_i, end_j = same.i + same.length, same.j + same.length
    return result


def _is_island(same: _Same, a: Sequence[_Token], beside: int) -> bool:
    words = [token.text.lower() for token in a[same.i : same.i + same.length]]
    if _STOPS.intersection(words):
        return False
    if all(word in _LITTLE or not word[0].isalnum() for word in words):
        return len(words) <= 3
    return len(words) <= 2 and beside >= 4


def _runs(
    old: str, new: str, a: Sequence[_Token], b: Sequence[_Token], kept: Sequence[_Same]
) -> Iterator[Run]:
    at_old = at_new = 0
    for same in kept:
        for k in range(same.length):
            left, right = a[same.i + k], b[same.j + k]
            yield from _edit(old[at_old : left.start], new[at_new : right.start])
            yield Run(RunKind.SAME, left.text)
            at_old, at_new = left.end, right.end
    yield from _edit(old[at_old:], new[at_new:])


def _edit(gone: str, come: str) -> Iterator[Run]:
    """What lies between two words that stayed; spaces that both have at the edges stay too."""
    if gone == come:
        yield Run(RunKind.SAME, gone)
        return
    head = _shared(gone, come)
    lead, gone, come = gone[:head], gone[head:], come[head:]
    tail = _shared(gone[::-1], come[::-1])
    trail = gone[len(gone) - tail :]
    yield Run(RunKind.SAME, lead)
    yield Run(RunKind.REMOVED, gone[: len(gone) - tail])
    yield Run(RunKind.ADDED, come[: len(come) - tail])
    yield Run(RunKind.SAME, trail)


def _shared(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right or not left.isspace():
            break
        count += 1
    return count


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    kind, texts = RunKind.SAME, [""]
    for run in runs:
        if not run.text:
            continue
        if run.kind is not kind:
            if any(texts):
                yield Run(kind, "".join(texts))
            kind, texts = run.kind, []
        texts.append(run.text)
    if any(texts):
        yield Run(kind, "".join(texts))
