"""Find the steps that a page gives to parents, in their order: "Follow these steps in order". Pure.

Never gives some of the steps for all of them, and nothing where the reader may be somebody else.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from pipeline.model.blocks import BlockKind
from pipeline.model.drafts import Sentence
from pipeline.text.citing.gate import supported
from pipeline.text.drafting.matters import Matter
from pipeline.text.drafting.units import Unit
from pipeline.text.papers.main_text import Placed
from pipeline.text.papers.own_words import Unfit
from pipeline.text.papers.passages import around, cited
from pipeline.text.reporting.reported import Reported, Voice, clean, is_step
from pipeline.text.reporting.start import written_out
from pipeline.text.words.boilerplate import is_boilerplate, points_elsewhere
from pipeline.text.words.family_interest import interest
from pipeline.text.words.patterns import pattern
from pipeline.text.words.sentences import split_sentences
from pipeline.text.words.wording import word_count

MOST_STEPS = 6
_ORDERED = re.compile(r"^(?:Follow|Take) (?:these|the following) steps(?: in (?:this )?order)?[.:]$")
_ON = re.compile(r"^Only (?:move|go) on to the next step if [\w’' ]{5,60}\.$")
_DEPENDS = pattern(r"\b(?:if|unless|when|where|only|until|in this case|not)\b", re.I)
_LONGEST = 40


def steps_in(placed: Sequence[Placed], index: int, voice: Voice, unfit: Unfit) -> Iterator[Unit]:
    """The paragraph at ``index`` with the list below it, where those are steps that parents take."""
    one = placed[index]
    if not voice.reader_is_parent or one.block.kind is not BlockKind.PARAGRAPH or one.place in unfit.lists:
        return
    whole = split_sentences(one.block.text)
    if not 1 <= len(whole) <= 2 or not _ORDERED.match(whole[0]) or not all(map(_ON.match, whole[1:])):
        return
    below = takewhile(
        lambda p: p.block.kind is BlockKind.LIST_ITEM, placed[index + 1 : index + MOST_STEPS + 2]
    )
    steps = [_step(p, voice) for p in below if p.place not in unfit.lists]
    items = tuple(step for step in steps if step)
    if not 2 <= len(steps) <= MOST_STEPS or len(items) < len(steps):
        return
    made = [supported(s, cited(one.block, one.part, around(whole, n, n))) for n, s in enumerate(whole)]
    sentences = tuple(s for s in made if s)
    if len(sentences) == len(whole):
        score = interest(" ".join(s.text for s in (*sentences, *items)))
        yield Unit(sentences, score, (one.place, 0), one.heading, False, False, items, Matter.NEXT)


def further_on(before: str, told: Reported | None) -> bool:
    """Whether what follows a sentence is not the first of its steps, or may not be.

    ``told`` is the sentence ``before`` in its printable form.
    """
    return (told is None or told.step or bool(_DEPENDS.search(before))) and not _ON.match(before)


def _step(one: Placed, voice: Voice) -> Sentence | None:
    text = written_out(clean(one.block.text))
    ended = text if text.endswith(".") else f"{text}."
    if word_count(text) > _LONGEST or is_boilerplate(text) or points_elsewhere(text):
        return None
    if not all(is_step(sentence, voice) for sentence in split_sentences(ended)[:1]):
        return None
    return supported(text.rstrip("."), cited(one.block, one.part))
