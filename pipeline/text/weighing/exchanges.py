"""Find texts that took each other's place: an answer under another question, a sum in another band. Pure.

Each text by itself only moved; together they say something else. Never looks at texts that were reworded.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from pipeline.model.blocks import Block
from pipeline.model.redlines import LAYOUT, BlockChangeKind, Redline
from pipeline.text.weighing.sentence_steps import Moved, sentences
from pipeline.text.words.normalise import for_comparison

Exchange = tuple[str, str]


def exchanges(redline: Redline, moved: Sequence[Moved]) -> list[Exchange]:
    """Return the pairs of texts that changed places: (what stood first, what stands there now).

    ``moved`` are the sentences that changed their place. Two things are looked at: what follows right after
    the same words, and which heading a text belongs to.
    """
    found = [*_after_the_same_words(redline), *_under_headings(redline, moved)]
    return list({frozenset(pair): pair for pair in reversed(found)}.values())[::-1]


def _after_the_same_words(redline: Redline) -> Iterator[Exchange]:
    kept = [change for change in redline.changes if change.kind is not BlockChangeKind.MOVED]
    whole = [change.kind in LAYOUT for change in kept]
    before = _followers(zip((change.old for change in kept), whole, strict=True))
    after = _followers(zip((change.new for change in kept), whole, strict=True))
    became = {
        (was, after[head]): head for head, was in before.items() if head in after and was != after[head]
    }
    for was, now in became:
        if (now, was) in became and not {was, now} & {became[was, now], became[now, was]}:
            yield was, now


def _followers(blocks: Iterable[tuple[Block | None, bool]]) -> dict[str, str]:
    """What follows after each sentence that stands only once; a block that stayed is taken as a whole."""
    texts: list[str] = []
    for block, whole in blocks:
        if block is not None:
            texts += [for_comparison(block.text)] if whole else sentences(block.text)
    often = Counter(texts)
    return {head: text for head, text in pairwise(texts) if often[head] == 1}


def _under_headings(redline: Redline, moved: Sequence[Moved]) -> Iterator[Exchange]:
    places = [(one.text, one.was.anchor, one.now.anchor) for one in moved]
    places += [
        (change.new.text, change.old.anchor, change.new.anchor)
        for change in redline.changes
        if change.kind is BlockChangeKind.MOVED and change.old and change.new
    ]
    went: dict[tuple[str, str], list[str]] = defaultdict(list)
    for text, was, now in places:
        if was != now and was.startswith("#") and now.startswith("#"):
            went[was, now].append(text)
    for (was, now), texts in went.items():
        if was < now:
            yield from zip(texts, went.get((now, was), ()), strict=False)
