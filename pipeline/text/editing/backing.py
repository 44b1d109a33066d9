"""Find the passages that an editor's sentence rests on. Pure; never says that a passage supports it.

The machine's own sentence keeps its citations. A reworded one takes those of the sentence that it was, and
the blocks of the source that share most of its uncommon words; one that shares few has none.
"""

import re
from collections import Counter
from collections.abc import Sequence

from rapidfuzz import fuzz

from pipeline.model.blocks import BlockKind
from pipeline.model.documents import Part
from pipeline.model.drafts import Citation, Draft, Sentence
from pipeline.text.papers.passages import cited
from pipeline.text.words.wording import tidy

ALIKE = 60  # of 100: from here on a sentence is a rewording of the machine's
SHARED = 0.34  # of its uncommon words, weighed, that a passage must hold
MOST_BLOCKS = 6_000
MOST_PASSAGES = 3
_WORD = re.compile(r"[^\W_]{2,}")


class Backing:
    """The machine's Draft and the source, made ready for many sentences."""

    def __init__(self, draft: Draft, parts: Sequence[Part]) -> None:
        self._own = {sentence.text: sentence for sentence in draft.sentences}
        placed = [(block, part) for part in parts for block in part.blocks if block.text.strip()]
        self._blocks = placed[:MOST_BLOCKS]
        self._words = [_words(block.text) for block, _ in self._blocks]
        self._count = Counter(word for words in self._words for word in words)

    def backed(self, text: str) -> Sentence:
        """The sentence with its nearest passages; without any where nothing comes near."""
        words = tidy(text)
        if words in self._own:
            return self._own[words]
        return Sentence(
            words, tuple(dict.fromkeys((*self._of_the_draft(words), *self._of_the_source(words))))
        )

    def _of_the_draft(self, text: str) -> tuple[Citation, ...]:
        scored = [(fuzz.token_set_ratio(text, own), own) for own in self._own]
        best = max(scored, default=(0.0, ""))
        return self._own[best[1]].citations if best[0] >= ALIKE else ()

    def _of_the_source(self, text: str) -> list[Citation]:
        wanted = _words(text)
        weights = {word: 1 / (1 + self._count[word]) for word in wanted}
        whole = sum(weights.values())
        if not whole:
            return []
        scored = []
        for index, held in enumerate(self._words):
            shared = sum(weights[word] for word in wanted & held) / whole
            if shared >= SHARED:
                block = self._blocks[index][0]
                scored.append((-shared, block.kind is BlockKind.HEADING, index))
        return [cited(*self._blocks[index]) for _, _, index in sorted(scored)[:MOST_PASSAGES]]


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text))
