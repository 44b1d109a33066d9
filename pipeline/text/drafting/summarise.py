"""Choose what matters most to families from a text, as printable sentences with their blocks. Pure.

Extractive: every sentence is one of the source's, as it stands or in the safe reported form of
reported.py. Never joins facts from two places into one sentence.
"""

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

from pipeline.model.blocks import BlockKind
from pipeline.model.drafts import Sentence
from pipeline.text.citing.gate import supported, unsupported
from pipeline.text.drafting.feelings import thanks_in
from pipeline.text.drafting.matters import Matter, exactness, matter_of
from pipeline.text.drafting.steps import MOST_STEPS, further_on, steps_in
from pipeline.text.drafting.units import Unit
from pipeline.text.papers.main_text import MainText, Placed
from pipeline.text.papers.own_words import unfit_in
from pipeline.text.papers.passages import around, cited
from pipeline.text.papers.speakers import first_speaker, outside_speech
from pipeline.text.reporting.reported import Reported, Voice, clean, quoted, reported
from pipeline.text.words.boilerplate import is_boilerplate
from pipeline.text.words.family_interest import about_send, about_what_stays, interest
from pipeline.text.words.patterns import pattern
from pipeline.text.words.sentences import split_sentences
from pipeline.text.words.wording import tidy, word_count

_SPEAKS = re.compile(r"\b(?:I|we|our|us|my|me)\b", re.I)
_INFORMAL = pattern(r"\w[’'](?:re|ve|ll|d|t)\b|\bit[’']s\b|\bthe truth is\b", re.I)
_WORD = re.compile(r"[^\W_]{4,}")
_SOME = re.compile(r"\b(?:includes?|including|such as|for example):$")  # what is named is not all there is
_PER_BLOCK = 600
_MOST_SENTENCES = 4000
_BEST = 150  # units that are held against the gate; what is weighed less is never printed
_FIRST_BLOCKS = 12  # blocks in which letters recognise what families carry
_ADDS = 0.8  # weight from which a sentence that leans on the one before is worth its words


def units_of(
    text: MainText,
    voice: Voice,
    topic: str,
    *,
    speech_like: bool = False,
    news: bool = False,
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
    unfit = unfit_in(text.placed, consulting=voice.noun in {"consultation", "call for evidence"})
    for index, one in enumerate(placed):
        if budget <= 0 or one.block.kind in {BlockKind.HEADING, BlockKind.TABLE_ROW} or is_aside(one.heading):
            continue
        whole = split_sentences(one.block.text)[:_PER_BLOCK]
        sentences = one.own or whole
        budget -= len(sentences)
        if one.block.kind is BlockKind.PARAGRAPH and tidy(one.block.text).endswith(":"):
            found.extend(_listed(placed, index, voice, unfit.lists))
        found.extend(steps_in(placed, index, voice, unfit))
        barred = unfit.sentences.get(one.place, frozenset())
        found.extend(_in_block(one, sentences, whole, voice, speech_like, barred))
        if not barred:
            found.extend(thanks_in(one, whole, voice))
    if news:
        found.extend(_spoken(text.placed))
    weighed = [_weighed(unit, wanted, text, strand=strand) for unit in found]
    ranked = sorted(weighed, key=lambda u: (-u.score, u.place))
    return tuple(
        unit
        for rank, one in enumerate(ranked)
        if (rank < _BEST or one.attributed or one.place[0] < _FIRST_BLOCKS) and (unit := _passed(one))
    )


def _passed(unit: Unit) -> Unit | None:
    """The unit as far as its sentences pass the gate, which looks at no more of them than may be printed."""
    kept: list[Sentence] = []
    for sentence in unit.sentences:
        if unsupported(sentence):
            break
        kept.append(sentence)
    if len(kept) == len(unit.sentences):
        return unit
    return replace(unit, sentences=tuple(kept)) if kept and not unit.items else None


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


def _in_block(
    one: Placed,
    sentences: Sequence[str],
    whole: Sequence[str],
    voice: Voice,
    speech_like: bool,
    barred: Set[str],
) -> Iterable[Unit]:
    if one.block.kind is BlockKind.LIST_ITEM and (
        len(sentences) != 1 or not clean(sentences[0]).endswith(".") or word_count(sentences[0]) < 9
    ):
        return
    told = [None if sentence in barred else reported(sentence, voice) for sentence in sentences]
    for i, first in enumerate(told):
        if first is None:
            spoken = None if sentences[i] in barred else quoted(sentences[i], voice)
            if spoken:
                less = -2.0 if speech_like else -3.0
                yield _unit(one, i, [(sentences[i], spoken)], whole, voice, less)
            continue
        if first.leans or (first.step and i and further_on(sentences[i - 1], told[i - 1])):
            continue  # a step further on is no step to begin with
        run = [(sentences[i], first)]
        at = whole.index(sentences[i])
        for j in range(i + 1, min(i + (MOST_STEPS if first.step else 3), len(told))):
            following = told[j]
            if following is None or not (following.leans or (first.step and following.step)):
                break
            if whole[at + j - i : at + j - i + 1] != (sentences[j],):
                break  # what stood between is left out
            run.append((sentences[j], following))
        yield _unit(one, i, run, whole, voice)


def _unit(
    one: Placed,
    index: int,
    run: Sequence[tuple[str, Reported]],
    whole: Sequence[str],
    voice: Voice,
    extra: float = 0.0,
) -> Unit:
    made: list[Sentence] = []
    for source, told in run:
        at = whole.index(source) if source in whole else index
        citation = cited(one.block, one.part, around(whole, at, at))
        proof = dict.fromkeys((citation, *voice.proof_for(told.text, source)))
        made.append(Sentence(tidy(told.text), tuple(proof)))
    scores = [interest(told.text) for _, told in run]
    while len(scores) > 1 and scores[-1] < _ADDS and not run[len(scores) - 1][1].step:
        scores.pop()
    made = made[: len(scores)]
    score = scores[0] + sum(scores[1:]) * 0.3 + extra
    return Unit(tuple(made), score, (one.place, index), one.heading, run[0][1].attributed, run[0][1].quoted)


def _listed(placed: Sequence[Placed], index: int, voice: Voice, barred: Set[int]) -> Iterable[Unit]:
    """A sentence that opens a short list, with the list."""
    one = placed[index]
    if one.place in barred:
        return
    whole = split_sentences(one.block.text)
    opening = whole[-1]
    intro = cited(one.block, one.part, around(whole, len(whole) - 1, len(whole) - 1))
    items: list[Sentence] = []
    for following in placed[index + 1 : index + 9]:
        if following.block.kind is not BlockKind.LIST_ITEM or following.block.level > 1:
            break
        if following.place in barred:
            return
        item = re.sub(r"[;,] (?:and|or)$", "", clean(following.block.text).rstrip(" .;,"))
        sentence = supported(item, intro, cited(following.block, following.part))
        if sentence is None or not _fits_list(item, voice):
            if _SOME.search(opening):
                continue
            return
        items.append(sentence)
    opener = _opener(opening, items[0].text, voice) if 2 <= len(items) <= 7 else ""
    proof = voice.proof_for(opener, one.block.text)
    made = supported(opener, intro, *items[0].citations, *proof) if opener else None
    if made and sum(word_count(i.text) for i in items) <= 90:
        score = interest(f"{made.text} {' '.join(i.text for i in items)}")
        yield Unit((made,), score - 1.5, (one.place, 0), one.heading, False, False, tuple(items))


def _fits_list(item: str, voice: Voice) -> bool:
    if not 1 <= word_count(item) <= 36 or is_boilerplate(item) or _SPEAKS.search(item):
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
    matter = unit.matter if unit.matter is Matter.NEXT else matter_of(words, unit.heading)
    score += exactness(words, matter)
    return replace(unit, score=round(score, 4), matter=matter)
