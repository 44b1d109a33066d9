"""Measure what comparing two versions of a long guidance document costs, and the worst that it can cost.

    python -m bench.compare [--profile CASE]

The floor is hashing both texts and finding the longest common subsequence of their blocks with rapidfuzz.
To reach: 200 kB under 100 ms and 1 MB under 1 s (edits scattered over the text), and at 4 MB at most four
times the cost of a character at 200 kB, where a quadratic part would cost twenty times. Four and not one:
the memory of normalised blocks is bounded, and past about 2 MB no longer spares each block a second look.
"""

import argparse
import cProfile
import hashlib
import pstats
import random
import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from rapidfuzz.distance import LCSseq

from pipeline.model.blocks import Block, BlockKind, ReadStatus
from pipeline.model.documents import Part, PartKind, Record, Version
from pipeline.text.noticing.notice import notice
from pipeline.text.weighing.typed_words import typed_words
from pipeline.text.words.normalise import NORMALISER, for_comparison

SIZES = (200_000, 1_000_000, 4_000_000)
WORDS = [
    "school", "local", "authority", "family", "young", "person", "plan", "review", "support", "needs",
    "education", "health", "care", "provision", "assessment", "decision", "appeal", "tribunal",
    "advice", "evidence", "meeting", "record", "service", "teacher", "child", "parent", "setting",
    "college", "training", "funding", "report", "inspection", "guidance", "duty", "right",
    "information", "request", "outcome", "term", "year",
]  # fmt: skip
DUTIES = ("must", "should", "may", "will", "are expected to", "are required to")

Blocks = list[Block]
Pair = tuple[Blocks, Blocks]


def main() -> None:
    """Print time, memory and the ratio to the floor for each case and size; exit 1 when a reach is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profile", metavar="CASE", help="profile this case at 1 MB and stop")
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    if given.profile:
        _profile(*CASES[given.profile](guidance(1_000_000, given.seed), random.Random(given.seed)))
        return
    missed = False
    print(f"seed {given.seed}; seconds of CPU, best of 3 (1 at 4 MB); memory is the peak of Python's own")
    print(f"{'case':28} {'size':>8} {'floor':>8} {'notice':>8} {'ratio':>7} {'peak MB':>8} {'per char':>9}")
    for name, case in CASES.items():
        first = 0.0
        for size in SIZES:
            old, new = case(guidance(size, given.seed), random.Random(given.seed))
            floor, took, peak = _measure(old, new, rounds=1 if size > 1_000_000 else 3)
            first = first or took / size
            growth = took / size / first
            slow = name == "scattered edits" and took > {200_000: 0.1, 1_000_000: 1.0}.get(size, 9e9)
            steep = size == SIZES[-1] and growth > 4
            missed |= slow or steep
            mark = "  MISSED" if slow or steep else ""
            print(
                f"{name:28} {size // 1000:>5} kB {floor:8.4f} {took:8.4f} {took / max(floor, 1e-6):7.0f} "
                f"{peak / 1e6:8.1f} {growth:9.1f}{mark}",
                flush=True,
            )
    sys.exit(1 if missed else 0)


def guidance(size: int, seed: int) -> Blocks:
    """Guidance of about ``size`` characters: headings, paragraphs and points with duties, dates and sums."""
    pick = random.Random(seed)
    blocks: Blocks = []
    done = 0
    while done < size:
        roll = pick.random()
        if roll < 0.08:
            block = Block(BlockKind.HEADING, " ".join(pick.choices(WORDS, k=5)).capitalize(), 2)
        elif roll < 0.35:
            block = Block(BlockKind.LIST_ITEM, _sentence(pick, 9), 1)
        else:
            text = " ".join(_sentence(pick, pick.randint(12, 28)) for _ in range(pick.randint(1, 5)))
            block = Block(BlockKind.PARAGRAPH, text)
        blocks.append(block)
        done += len(block.text)
    return blocks


def _sentence(pick: random.Random, words: int) -> str:
    chosen = pick.choices(WORDS, k=words)
    chosen.insert(2, pick.choice(DUTIES))
    roll = pick.random()
    if roll < 0.2:
        chosen += ["by", f"{pick.randint(1, 28)} May {pick.randint(2026, 2029)}"]
    elif roll < 0.3:
        chosen += ["within", f"{pick.randint(2, 40)} weeks"]
    elif roll < 0.4:
        chosen += ["under section", str(pick.randint(1, 90))]
    return f"{' '.join(chosen).capitalize()}."


def _scattered(old: Blocks, pick: random.Random) -> Pair:
    """Thirty edits, a section that moved and one that came."""
    new = list(old)
    for at in pick.sample(range(len(new)), min(30, len(new))):
        new[at] = _reworded(new[at])
    cut = len(new) // 3
    section, new = new[cut : cut + 12], new[:cut] + new[cut + 12 :]
    new[len(new) // 2 : len(new) // 2] = section
    return old, [*new, *guidance(3_000, 99)]


def _reworded(block: Block) -> Block:
    words = block.text.split(" ")
    words[len(words) // 2] = "otherwise"
    return replace(block, text=" ".join(words))


def _repeated(old: Blocks, _pick: random.Random) -> Pair:
    """One block over and over: at 1 MB about ten thousand times; one came, and one of them went."""
    same = Block(
        BlockKind.PARAGRAPH, "Schools must keep a record of each meeting held with the family. " + "x" * 34
    )
    many = [same] * (sum(len(block.text) for block in old) // len(same.text))
    return many, [*many[: len(many) // 2], guidance(100, 5)[0], *many[len(many) // 2 + 2 :]]


def _repeated_half(old: Blocks, pick: random.Random) -> Pair:
    many, _ = _repeated(old, pick)
    return many, [_reworded(block) if at % 2 else block for at, block in enumerate(many)]


def _shuffled(old: Blocks, pick: random.Random) -> Pair:
    new = list(old)
    pick.shuffle(new)
    return old, new


def _split(old: Blocks, _pick: random.Random) -> Pair:
    new: Blocks = []
    for block in old:
        head, stop, tail = block.text.partition(". ")
        new += [replace(block, text=head + stop.strip()), replace(block, text=tail)] if tail else [block]
    return old, new


def _giant(old: Blocks, _pick: random.Random) -> Pair:
    text = " ".join(block.text for block in old)
    return [Block(BlockKind.PARAGRAPH, text)], [
        Block(BlockKind.PARAGRAPH, text.replace(" must ", " should ", 40))
    ]


CASES: dict[str, Callable[[Blocks, random.Random], Pair]] = {
    "scattered edits": _scattered,
    "all blocks equal": lambda old, _: (old, list(old)),
    "all blocks other": lambda old, _: (old, guidance(sum(len(b.text) for b in old), 1234)),
    "a word changed in every block": lambda old, _: (old, [_reworded(block) for block in old]),
    "one block, over and over": _repeated,
    "the same, half reworded": _repeated_half,
    "all blocks shuffled": _shuffled,
    "every block split": _split,
    "one giant block": _giant,
}


def _measure(old: Blocks, new: Blocks, *, rounds: int) -> tuple[float, float, int]:
    floor = min(_timed(lambda: _floor(old, new)) for _ in range(rounds))
    took = min(_timed(lambda: _notice(old, new)) for _ in range(rounds))
    if sum(len(block.text) for block in old) > 2_000_000:
        return floor, took, 0  # tracing would take minutes
    tracemalloc.start()
    _notice(old, new)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return floor, took, peak


def _timed(work: Callable[[], object]) -> float:
    for_comparison.cache_clear()
    typed_words.cache_clear()
    start = time.process_time()
    work()
    return time.process_time() - start


def _floor(old: Sequence[Block], new: Sequence[Block]) -> object:
    before, after = ([hashlib.sha256(b.text.encode()).digest() for b in side] for side in (old, new))
    return LCSseq.similarity(before, after)


def _notice(old: Blocks, new: Blocks) -> object:
    record = Record(url="https://www.gov.uk/guidance/a", title="Guidance")
    seen = datetime(2026, 11, 24, tzinfo=UTC)
    before = Version(1, 1, seen, "", NORMALISER, record, (_page(old),))
    return notice(before, record, (_page(new),))


def _page(blocks: Blocks) -> Part:
    return Part(
        PartKind.PAGE, "", "https://www.gov.uk/guidance/a", "Guidance", ReadStatus.READ, "", 0, tuple(blocks)
    )


def _profile(old: Blocks, new: Blocks) -> None:
    profile = cProfile.Profile()
    profile.runcall(_notice, old, new)
    pstats.Stats(profile).sort_stats("tottime").print_stats(22)


if __name__ == "__main__":
    main()
