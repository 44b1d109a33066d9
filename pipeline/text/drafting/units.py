"""A Unit: sentences of a source that stand together and can be printed, with what speaks for them. Pure."""

import re
from dataclasses import dataclass

from pipeline.model.drafts import Sentence
from pipeline.text.drafting.matters import Matter
from pipeline.text.words.wording import word_count

_WORD = re.compile(r"[^\W_]{4,}")


@dataclass(frozen=True, slots=True)
class Unit:
    """One to three sentences of one block that stand together, and what speaks for them."""

    sentences: tuple[Sentence, ...]
    score: float
    place: tuple[int, int]  # of the block in the text, of the sentence in the block
    heading: str
    attributed: bool
    quoted: bool = False
    items: tuple[Sentence, ...] = ()
    matter: Matter = Matter.OTHER

    @property
    def words(self) -> int:
        return sum(word_count(s.text) for s in (*self.sentences, *self.items))

    @property
    def key(self) -> frozenset[str]:
        text = " ".join(s.text for s in (*self.sentences, *self.items)).casefold()
        return frozenset(_WORD.findall(text))


def same(one: Unit, other: Unit) -> bool:
    if {s.text for s in one.sentences} & {s.text for s in other.sentences}:
        return True
    if not one.key or not other.key:
        return False
    return len(one.key & other.key) / min(len(one.key), len(other.key)) > 0.7
