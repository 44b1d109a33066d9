"""Compare two texts: first block by block, then word by word inside what was rewritten. Pure.

Never says what a difference means; see significance.py. Time is bounded by caps, not by luck.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from pipeline.model.blocks import Block
from pipeline.model.redlines import BlockChange, BlockChangeKind, Redline, Run, RunKind
from pipeline.text.normalise import for_comparison

ALIKE = 55.0  # per cent of likeness from which one block is a rewording of another
MOST_WORDS = 4_000  # longer blocks are told as a whole: a word diff of them would take minutes
MOST_PAIRS = 250_000  # pairs of blocks that are measured for likeness in one replaced run
_WORD = re.compile(r"\s+|[\w£$€%]+(?:[.,'’/-]\w+)*|.", re.DOTALL)


def compare_blocks(old: Sequence[Block], new: Sequence[Block]) -> Redline:
    """Return how ``old`` became ``new``, in the order of ``new`` with removed blocks in their old places.

    A block that only changed its place is MOVED; one that was reworded is CHANGED, with its runs of words.
    """
    before, after = [_key(b) for b in old], [_key(b) for b in new]
    changes: list[BlockChange] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            changes += [_same(o, n) for o, n in zip(old[i1:i2], new[j1:j2], strict=True)]
        else:
            changes += _replaced(old[i1:i2], new[j1:j2])
    return Redline(tuple(_moves(changes)))


def word_runs(old: str, new: str) -> tuple[Run, ...]:
    """Runs of words; the same and removed ones joined give ``old``, the same and added ones ``new``."""
    a, b = _WORD.findall(old), _WORD.findall(new)
    if len(a) > MOST_WORDS or len(b) > MOST_WORDS:
        return (Run(RunKind.REMOVED, old), Run(RunKind.ADDED, new))
    runs: list[Run] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(Run(RunKind.SAME, "".join(b[j1:j2])))
            continue
        if i2 > i1:
            runs.append(Run(RunKind.REMOVED, "".join(a[i1:i2])))
        if j2 > j1:
            runs.append(Run(RunKind.ADDED, "".join(b[j1:j2])))
    return _without_islands(runs)


def _key(block: Block) -> tuple[str, int, str]:
    return (block.kind.value, block.level, for_comparison(block.text))


def _same(old: Block, new: Block) -> BlockChange:
    return BlockChange(BlockChangeKind.SAME, old, new)


def _replaced(old: Sequence[Block], new: Sequence[Block]) -> list[BlockChange]:
    """Pair rewordings in order; what has no partner was removed or added."""
    changes: list[BlockChange] = []
    done_old = done_new = 0
    for i, j in _pairs(old, new):
        changes += [BlockChange(BlockChangeKind.REMOVED, b, None) for b in old[done_old:i]]
        changes += [BlockChange(BlockChangeKind.ADDED, None, b) for b in new[done_new:j]]
        runs = word_runs(old[i].text, new[j].text)
        changes.append(BlockChange(BlockChangeKind.CHANGED, old[i], new[j], runs))
        done_old, done_new = i + 1, j + 1
    changes += [BlockChange(BlockChangeKind.REMOVED, b, None) for b in old[done_old:]]
    changes += [BlockChange(BlockChangeKind.ADDED, None, b) for b in new[done_new:]]
    return changes


def _pairs(old: Sequence[Block], new: Sequence[Block]) -> list[tuple[int, int]]:
    if not old or not new or len(old) * len(new) > MOST_PAIRS:
        return []
    texts_old, texts_new = [for_comparison(b.text) for b in old], [for_comparison(b.text) for b in new]
    likeness = [[fuzz.ratio(o, n, score_cutoff=ALIKE) for n in texts_new] for o in texts_old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            pair = float(likeness[i][j]) + best[i + 1][j + 1] if likeness[i][j] else 0.0
            best[i][j] = max(pair, best[i + 1][j], best[i][j + 1])
    found, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if likeness[i][j] and best[i][j] == float(likeness[i][j]) + best[i + 1][j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _moves(changes: Sequence[BlockChange]) -> list[BlockChange]:
    """A removed block whose very text was added elsewhere has moved."""
    added: dict[tuple[str, int, str], list[int]] = {}
    for index, change in enumerate(changes):
        if change.kind is BlockChangeKind.ADDED and change.new is not None and len(change.new.text) > 20:
            added.setdefault(_key(change.new), []).append(index)
    result: list[BlockChange | None] = list(changes)
    for index, change in enumerate(changes):
        if change.kind is BlockChangeKind.REMOVED and change.old is not None:
            places = added.get(_key(change.old))
            if places:
                at = places.pop(0)
                result[at] = BlockChange(BlockChangeKind.MOVED, change.old, changes[at].new)
                result[index] = None
    return [change for change in result if change is not None]


def _without_islands(runs: list[Run]) -> tuple[Run, ...]:
    """Join neighbours, and swallow a lone space or comma between two edits: people read words."""
    joined: list[Run] = []
    removed = added = ""

    def flush() -> None:
        nonlocal removed, added
        if removed:
            joined.append(Run(RunKind.REMOVED, removed))
        if added:
            joined.append(Run(RunKind.ADDED, added))
        removed = added = ""

    for index, run in enumerate(runs):
        if run.kind is RunKind.REMOVED:
            removed += run.text
        elif run.kind is RunKind.ADDED:
            added += run.text
        elif (removed or added) and index + 1 < len(runs) and not run.text.strip():
            removed += run.text
            added += run.text
        else:
            flush()
            joined.append(run)
    flush()
    return tuple(joined)
