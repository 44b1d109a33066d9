"""Measure the verdicts on labelled documents, and what judging costs.

    python -m bench.relevance [--corpus FOLDER] [--lexicon FILE]

FOLDER is ``../shared/corpus``, or what ``sendwatch labels export --texts FOLDER > FOLDER/index.csv`` wrote.
The floor of the verdicts is the best rule that counts the capitals SEND in title and text, with the two
limits that suit these very labels best; that of the speed is lowering the text and one pass of one pattern.
Exits with 1 when a goal is missed.
"""

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import combinations_with_replacement
from pathlib import Path

from bench.corpus import WAYS, Case, read_corpus
from pipeline.model.blocks import Block, BlockKind
from pipeline.text.relevance.judge import judge_text
from pipeline.text.relevance.lexicon import Lexicon, load_lexicon

LABELS = ("relevant", "partial", "not")
SHARED = Path(__file__).resolve().parents[2] / "shared" / "corpus"
PRECISION, SECONDS, DOCUMENTS, LETTERS = 0.95, 5.0, 1000, 10_000
_SEND = re.compile(r"\bSEND\b")
_WORDS = re.compile(r"send|sen\b|special educational|ehc|high needs")
Pairs = list[tuple[str, str]]  # label, verdict


def main(arguments: Sequence[str]) -> int:
    """Print figures, confusions, the floor and the speed; return the exit code."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--corpus", type=Path, default=SHARED)
    options.add_argument("--lexicon", type=Path)
    given = options.parse_args(arguments)
    if not (given.corpus / "index.csv").is_file():
        print(f"{given.corpus} has no index.csv: name a folder with --corpus", file=sys.stderr)
        return 66
    lexicon = load_lexicon(given.lexicon)
    cases, unread = read_corpus(given.corpus)
    if not cases:
        print(f"no row of {given.corpus}/index.csv has a text: use labels export --texts", file=sys.stderr)
        return 66
    counts = Counter(case.label for case in cases)
    print(f"{len(cases)} documents: {', '.join(f'{counts[label]} {label}' for label in LABELS)}", end="")
    print(f"; {unread} without a text" if unread else "")
    print(f"\n{'judged as':38}" + "".join(f"{label + ' P':>12}{'R':>7}" for label in LABELS))
    missed: list[str] = []
    _row("floor: capitals SEND", _floor(cases))
    for name, way in WAYS.items():
        verdicts = [way(case, lexicon).verdict.value for case in cases]
        pairs = [(case.label, verdict) for case, verdict in zip(cases, verdicts, strict=True)]
        _row(name, pairs)
        missed += [f"{name}: {words}" for words in _goals(cases, verdicts)]
        for case, verdict in zip(cases, verdicts, strict=True):
            if verdict != case.label:
                print(f"    {case.label:8} -> {verdict:8}  {case.file}{'  TRAP' if case.trap else ''}")
    missed += _speed(cases, lexicon)
    print("\n" + ("\n".join(f"MISSED {words}" for words in missed) or "every goal is reached"))
    return 1 if missed else 0


def _goals(cases: Sequence[Case], verdicts: Sequence[str]) -> list[str]:
    pairs = list(zip(cases, verdicts, strict=True))
    passed = sum(case.label == "relevant" and verdict == "not" for case, verdict in pairs)
    traps = sum(bool(case.trap) and verdict != case.label for case, verdict in pairs)
    precision = _precision([(case.label, verdict) for case, verdict in pairs], "relevant")
    return [
        *([f"{passed} relevant documents are called not"] if passed else []),
        *([f"{traps} traps are judged wrong"] if traps else []),
        *([f"precision of relevant is {precision:.3f}, below {PRECISION}"] if precision < PRECISION else []),
    ]


def _row(name: str, pairs: Pairs) -> None:
    figures = "".join(f"{_precision(pairs, label):12.3f}{_recall(pairs, label):7.3f}" for label in LABELS)
    print(f"{name:38}{figures}")


def _precision(pairs: Pairs, label: str) -> float:
    called = [truth for truth, verdict in pairs if verdict == label]
    return called.count(label) / len(called) if called else 1.0


def _recall(pairs: Pairs, label: str) -> float:
    there = [verdict for truth, verdict in pairs if truth == label]
    return there.count(label) / len(there) if there else 1.0


def _floor(cases: Sequence[Case]) -> Pairs:
    """The best of the trivial rules, by documents called right: partial from a, relevant from b capitals."""
    counts = [(case.label, len(_SEND.findall(f"{case.title}\n{case.reading.text}"))) for case in cases]
    most = max(count for _, count in counts) + 2
    limits = sorted({1, *(count for _, count in counts), most} - {0})
    tries = (
        [(label, "relevant" if n >= high else "partial" if n >= low else "not") for label, n in counts]
        for low, high in combinations_with_replacement(limits, 2)
    )
    return max(tries, key=lambda pairs: sum(label == verdict for label, verdict in pairs))


def _speed(cases: Sequence[Case], lexicon: Lexicon) -> list[str]:
    """Judge documents of 10 kB made of the corpus's own text, as dense in SEND as that is."""
    whole = "\n".join(block.text for case in cases for block in case.reading.blocks)
    whole *= 1 + 20 * LETTERS // max(1, len(whole))
    step = max(1, (len(whole) - LETTERS) // DOCUMENTS)
    texts = [whole[start : start + LETTERS] for start in range(0, step * DOCUMENTS, step)][:DOCUMENTS]
    documents = [[Block(BlockKind.PARAGRAPH, line) for line in text.splitlines()] for text in texts]
    judge_text(documents[0], lexicon)
    floor = _cpu(lambda: [_WORDS.findall(text.casefold()) for text in texts])
    spent = _cpu(lambda: [judge_text(blocks, lexicon) for blocks in documents])
    print(f"\n{DOCUMENTS:,} documents of {LETTERS // 1000} kB: {spent:.2f} s of CPU; ", end="")
    print(f"floor {floor:.2f} s, ratio {spent / floor:.1f}")
    return [] if spent < SECONDS else [f"speed: {spent:.2f} s of CPU, goal {SECONDS:g} s"]


def _cpu(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
