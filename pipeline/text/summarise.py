"""Choose what matters most to families from a text, as printable sentences with their blocks. Pure.

Extractive: every sentence is one of the source's, as it stands or in the safe reported form of
reported.py. Never joins facts from two places into one sentence.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.model.blocks import BlockKind
from pipeline.model.drafts import Sentence
from pipeline.text.boilerplate import is_boilerplate
from pipeline.text.cite import supported
from pipeline.text.family_interest import about_send, about_what_stays, acknowledges, interest
from pipeline.text.main_text import MainText, Placed
from pipeline.text.passages import cited
from pipeline.text.reported import Reported, Voice, clean, quoted, reported
from pipeline.text.sentences import split_sentences
from pipeline.text.speakers import first_speaker, outside_speech
from pipeline.text.wording import tidy, word_count

_SPEAKS = re.compile(r"\b(?:I|we|our|us|my|me)\b", re.I)
_INFORMAL = re.compile(r"\w[’'](?:re|ve|ll|d|t)\b|\bit[’']s\b|\bthe truth is\b", re.I)
_WORD = re.compile(r"[^\W_]{4,}")
_PER_BLOCK = 600
_MOST_SENTENCES = 4000


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

    @property
    def words(self) -> int:
        return sum(word_count(s.text) for s in (*self.sentences, *self.items))

    @property
    def key(self) -> frozenset[str]:
        text = " ".join(s.text for s in (*self.sentences, *self.items)).casefold()
        return frozenset(_WORD.findall(text))


def units_of(
    text: MainText, voice: Voice, topic: str, *, speech_like: bool = False, news: bool = False
) -> tuple[Unit, ...]:
    """Return everything that could be printed, best first.

    ``topic`` is title and description: sentences that share its words weigh more. With ``news``, what
    follows "said:" is left out, for a speaker's words must not be printed as the publisher's.
    """
    wanted = frozenset(_WORD.findall(topic.casefold()))
    strand = not about_send(topic)  # SEND is one strand of the document: the draft is about that strand
    found: list[Unit] = []
    budget = _MOST_SENTENCES
    placed = outside_speech(text.placed) if news else text.placed
    for index, one in enumerate(placed):
        if budget <= 0 or one.block.kind in {BlockKind.HEADING, BlockKind.TABLE_ROW} or is_aside(one.heading):
            continue
        sentences = (one.own or split_sentences(one.block.text))[:_PER_BLOCK]
        budget -= len(sentences)
        if one.block.kind is BlockKind.PARAGRAPH and tidy(one.block.text).endswith(":"):
            found.extend(_listed(placed, index, voice))
        found.extend(_in_block(one, sentences, voice, speech_like))
    if news:
        found.extend(_spoken(text.placed))
    weighed = [_weighed(unit, wanted, text, strand=strand) for unit in found]
    return tuple(sorted(weighed, key=lambda u: (-u.score, u.place)))


def is_aside(heading: str) -> bool:
    """Whether a section is about the publication and not of it: contents, references, contacts."""
    return bool(
        re.match(
            r"(?:[\d.]+ )?(?:contents|references|bibliography|glossary|contacts?|contact details"
            r"|further information|feedback"
            r"|media enquiries|press office|notes to editors|footnotes|acknowledgements|print this"
            r"|cookies|related content"
            r"|useful (?:links|resources)|how to respond|enquiries|get help|more information"
            r"|updates? to this page|background notes?)\b",
            tidy(heading),
            re.I,
        )
    )


def _spoken(placed: Sequence[Placed]) -> Iterable[Unit]:
    for one, index, sentence, plain in first_speaker(placed):
        yield Unit((sentence,), interest(plain) - 2.0, (one.place, index), one.heading, True, True)


def _in_block(one: Placed, sentences: Sequence[str], voice: Voice, speech_like: bool) -> Iterable[Unit]:
    if one.block.kind is BlockKind.LIST_ITEM and (
        len(sentences) != 1 or not clean(sentences[0]).endswith(".") or word_count(sentences[0]) < 9
    ):
        return
    told = [reported(sentence, voice) for sentence in sentences]
    for i, first in enumerate(told):
        if first is None:
            spoken = quoted(sentences[i], voice)
            if spoken and (
                unit := _unit(one, i, [(sentences[i], spoken)], voice, -2.0 if speech_like else -3.0)
            ):
                yield unit
            continue
        if first.leans:
            continue
        run = [(sentences[i], first)]
        for j in range(i + 1, min(i + 3, len(told))):
            following = told[j]
            if following is None or not following.leans:
                break
            run.append((sentences[j], following))
        if unit := _unit(one, i, run, voice):
            yield unit


def _unit(
    one: Placed, index: int, run: Sequence[tuple[str, Reported]], voice: Voice, extra: float = 0.0
) -> Unit | None:
    citation = cited(one.block, one.part)
    made: list[Sentence] = []
    for _, told in run:
        sentence = supported(told.text, citation, *voice.proof_for(told.text, one.block.text))
        if sentence is None:
            break
        made.append(sentence)
    if not made:
        return None
    scores = [interest(told.text) for _, told in run[: len(made)]]
    while len(scores) > 1 and scores[-1] < 0.0:
        scores.pop()
    made = made[: len(scores)]
    score = scores[0] + sum(scores[1:]) * 0.3 + extra
    return Unit(tuple(made), score, (one.place, index), one.heading, run[0][1].attributed, run[0][1].quoted)


def _listed(placed: Sequence[Placed], index: int, voice: Voice) -> Iterable[Unit]:
    """A sentence that opens a short list, with the list."""
    one = placed[index]
    opening = split_sentences(one.block.text)[-1]
    intro = cited(one.block, one.part)
    items: list[Sentence] = []
    for following in placed[index + 1 : index + 9]:
        if following.block.kind is not BlockKind.LIST_ITEM or following.block.level > 1:
            break
        item = re.sub(r"[;,] (?:and|or)$", "", clean(following.block.text).rstrip(" .;,"))
        sentence = supported(item, intro, cited(following.block, following.part))
        if sentence is None or not _fits_list(item, voice):
            return
        items.append(sentence)
    opener = _opener(opening, items[0].text, voice) if 2 <= len(items) <= 7 else ""
    proof = voice.proof_for(opener, one.block.text)
    made = supported(opener, intro, *items[0].citations, *proof) if opener else None
    if made and sum(word_count(i.text) for i in items) <= 90:
        score = interest(f"{made.text} {' '.join(i.text for i in items)}")
        yield Unit((made,), score - 1.5, (one.place, 0), one.heading, False, False, tuple(items))


def _fits_list(item: str, voice: Voice) -> bool:
    if not 1 <= word_count(item) <= 30 or is_boilerplate(item) or _SPEAKS.search(item):
        return False
    return voice.reader_is_parent or not re.search(r"\byour?\b", item)


def _opener(opening: str, item: str, voice: Voice) -> str:
    """The opening in a printable form that still runs on into the list, else ""."""
    whole = f"{opening.rstrip(' :')} {item}."
    if word_count(whole) > 45:
        return ""
    told = reported(whole, voice)
    if told is None or told.leans or not told.text.endswith(f" {item}."):
        return ""
    return f"{told.text[: -len(item) - 2].rstrip(' :')}:"


def _weighed(unit: Unit, wanted: frozenset[str], text: MainText, *, strand: bool) -> Unit:
    score, place = unit.score, unit.place[0]
    score += min(2.0, 0.4 * len(unit.key & wanted))
    words = " ".join(s.text for s in (*unit.sentences, *unit.items))
    if strand and about_send(words):
        score += 2.5
    if _INFORMAL.search(words):
        score -= 1.5
    if about_send(unit.heading):
        score += 1.0
    if about_what_stays(unit.heading):
        score += 2.5
    score += 1.0 - min(1.0, place / max(12, len(text.placed)))
    if not text.placed[place].main:
        score -= 1.0
    return replace(unit, score=round(score, 4))


def acknowledgements(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """One or two short attributed sentences that recognise what families carry, or thank people."""
    fit = [
        u
        for u in units
        if u.attributed and not u.quoted and u.words <= 45 and acknowledges(u.sentences[0].text)
    ]
    families = [
        u for u in fit if re.search(r"\b(?:parent|carer|famil|child|young)", u.sentences[0].text, re.I)
    ]
    first = (families or fit)[:1]
    others = [u for u in fit if first and u is not first[0] and abs(u.place[0] - first[0].place[0]) <= 1]
    both = sorted((*first, *(u for u in others[:1] if not _same(u, first[0]))), key=lambda u: u.place)
    return tuple(both) if sum(u.words for u in both) <= 60 else tuple(first)


def chosen(
    units: Sequence[Unit], *, words: int, least: float, taken: Sequence[Unit] = ()
) -> tuple[Unit, ...]:
    """Return the best units that fit in ``words``, none saying again what another says, best first."""
    picked: list[Unit] = []
    left = words
    for unit in units:
        if unit.score < least or unit.words > left or (unit.quoted and any(p.quoted for p in picked)):
            continue
        if unit.items and any(p.items for p in picked):
            continue
        if any(_same(unit, other) for other in (*picked, *taken)):
            continue
        picked.append(unit)
        left -= unit.words
        if left < 12:
            break
    return tuple(picked)


def _same(one: Unit, other: Unit) -> bool:
    if {s.text for s in one.sentences} & {s.text for s in other.sentences}:
        return True
    if not one.key or not other.key:
        return False
    return len(one.key & other.key) / min(len(one.key), len(other.key)) > 0.7
