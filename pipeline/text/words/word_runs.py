"""Compare two texts word by word. Pure. Never says what a difference means.

The words are aligned in their normalised form, so that a curly quotation mark does not lose the place; the
runs hold the very characters, so that they join to exactly both texts.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.model.redlines import Run, RunKind
from pipeline.text.words.align import matched
from pipeline.text.words.normalise import for_comparison

TOKEN = re.compile(
    r"https?://[^\s<>\"“”]{1,2000}"
    r"|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
    r"|[£$€]?\d+(?:[.,:/]\d+)*%?"
    r"|[^\W\d_]+(?:['’‐‑-][^\W\d_]+)*"
    r"|\.{2,}|-{2,}|_+|[^\w\s]"
    r"|\w"
)
_LITTLE = frozenset(
    ["a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "has", "have", "in", "is", "it", "its",
     "of", "on", "or", "that", "the", "their", "this", "to", "was", "were", "which", "will", "with", "you",
     "your"]
)  # fmt: skip
_STOPS = frozenset(".!?;:")
MOST_SLIDES = 60
MARGIN = 600  # characters beside an edit that are looked at, to let it begin with a sentence


_Tokens = list[tuple[str, int, int]]  # the token, and where it begins and ends


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
    head, tail = _ends(old, new)
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    a, b = _tokens(middle_old), _tokens(middle_new)
    inner = _runs(middle_old, middle_new, a, b, _kept(a, b))
    lead, trail = Run(RunKind.SAME, old[:head]), Run(RunKind.SAME, old[len(old) - tail :])
    return tuple(_joined([lead, *inner, trail]))


def _ends(old: str, new: str) -> tuple[int, int]:
    """How many characters at both ends are the same and far from any edit; cut between words."""
    head = max(0, _common(old, new) - MARGIN)
    while head and not old[head - 1].isspace():
        head -= 1
    tail = min(_common(old[::-1], new[::-1]) - MARGIN, len(old) - head, len(new) - head)
    while tail > 0 and not old[len(old) - tail].isspace():
        tail -= 1
    return head, max(0, tail)


def _common(one: str, other: str) -> int:
    low, high = 0, min(len(one), len(other))
    while low < high:  # by halves: comparing slices is far faster than comparing letters
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _tokens(text: str) -> _Tokens:
    return [(found.group(), found.start(), found.end()) for found in TOKEN.finditer(text)]


def _kept(a: _Tokens, b: _Tokens) -> list[_Same]:
    known: dict[str, int] = {}
    plain: dict[str, int] = {}

    def number(token: str) -> int:
        key = token if token.isascii() else for_comparison(token) or token
        return known.setdefault(token, plain.setdefault(key, len(plain)))

    numbers = [[known[token] if token in known else number(token) for token, _, _ in side] for side in (a, b)]
    kept: list[_Same] = []
    i0 = j0 = length = 0
    for i, j in matched(*numbers):
        if a[i][0] != b[j][0]:
            continue
        if length and (i, j) == (i0 + length, j0 + length):
            length += 1
            continue
        if length:
            kept.append(_Same(i0, j0, length))
        i0, j0, length = i, j, 1
    if length:
        kept.append(_Same(i0, j0, length))
    return _without_islands(_slid(kept, a, b), a, len(b))


def _slid(kept: Sequence[_Same], a: _Tokens, b: _Tokens) -> list[_Same]:
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
                if side[start - step - 1][0] in _STOPS
                and all(side[start - k - 1][0] == side[start + size - k - 1][0] for k in range(step))
            ),
            0,
        )
        if slide and left.length > slide:
            result[index] = _Same(left.i, left.j, left.length - slide)
            result[index + 1] = _Same(right.i - slide, right.j - slide, right.length + slide)
    return result


def _without_islands(kept: Sequence[_Same], a: _Tokens, most_new: int) -> list[_Same]:
    """Drop what stayed between two edits when it is less than a reader would hold on to."""
    result: list[_Same] = []
    end_i = end_j = 0
    for index, same in enumerate(kept):
        before = max(same.i - end_i, same.j - end_j)
        following = kept[index + 1] if index + 1 < len(kept) else _Same(len(a), most_new, 0)
        after = max(following.i - same.i, following.j - same.j) - same.length
        if not (before and after and _is_island(same, a, min(before, after))):
            result.append(same)
            end_i, end_j = same.i + same.length, same.j + same.length
    return result


def _is_island(same: _Same, a: _Tokens, beside: int) -> bool:
    words = [token.lower() for token, _, _ in a[same.i : same.i + same.length]]
    if _STOPS.intersection(words):
        return False
    if all(word in _LITTLE or not word[0].isalnum() for word in words):
        return len(words) <= 3
    return len(words) <= 2 and beside >= 4


def _runs(old: str, new: str, a: _Tokens, b: _Tokens, kept: Sequence[_Same]) -> Iterator[Run]:
    at_old = at_new = 0
    for same in kept:
        last_old, last_new = same.i + same.length - 1, same.j + same.length - 1
        if old[a[same.i][1] : a[last_old][2]] == new[b[same.j][1] : b[last_new][2]]:
            rows = [(same.i, last_old, same.j, last_new)]
        else:  # the spaces between the words differ
            rows = [(same.i + k, same.i + k, same.j + k, same.j + k) for k in range(same.length)]
        for i, i_last, j, j_last in rows:
            yield from _edit(old[at_old : a[i][1]], new[at_new : b[j][1]])
            at_old, at_new = a[i_last][2], b[j_last][2]
            yield Run(RunKind.SAME, old[a[i][1] : at_old])
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


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
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
