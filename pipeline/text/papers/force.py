"""Whose words a block or a sentence gives, and in what force. Pure.

Reads the headings above, the sentence that opens a list or a section, the sentence that denies what stands
before it, and quotation marks over paragraphs. What is OWN is the publisher's, in force now. Never decides
that something is true, and in doubt takes the publisher's words for less than they may be.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from pipeline.model.blocks import Block, BlockKind
from pipeline.model.documents import Part
from pipeline.text.papers.force_openings import opened_by, over, reaches, retold, wished
from pipeline.text.papers.force_words import Force, heading_force, sentence_force
from pipeline.text.words.patterns import pattern
from pipeline.text.words.quotation import Span, is_speech, quoted_spans
from pipeline.text.words.sentences import split_sentences
from pipeline.text.words.wording import tidy

__all__ = ["Force", "Said", "forces_of", "said_in", "sentence_force"]

_FALSE = re.compile(
    r"^(?:(?:This|That|It|Neither|None of (?:this|these|it)|All of (?:this|that)|That letter|This letter)"
    r" (?:is|was|are|were|would be) "
    r"(?:all |simply |completely |both )?(?:wrong|false|untrue|incorrect|not (?:true|right|correct"
    r"|the law|the case|so)"
    r"|a myth|mistaken|fake|what [\w ]{1,30} (?:fear|say|think|believe|claim)s?)\b"
    r"|No such\b|Do not believe\b|(?:The tribunal|I|We|Ministers|The government) (?:strongly )?(?:disagreed?"
    r"|rejected|(?:do|does|did|cannot) ?(?:not )?(?:accept|agree)|will not (?:do (?:so|this|that|it)"
    r"|accept|take (?:this|that|it)|go ahead with (?:this|that|it|them|any)))\b"
    r"|(?:It|They|This|That|He|She|We|I|You) (?:do|does|did|is|are|was|were|will|would|can|must|should"
    r"|need) ?not\.$"
    r"|(?:I|We) have (?:refused|declined)\b|(?:I|We) do not share\b|(?:That|This) (?:\w+ ){1,2}(?:has been"
    r"|was) dropped\b"
    r"|(?:False|Fiction|Myth|Untrue|Not at all|I think not|That was the question)\b|In practice,? (?:they"
    r"|it|this|that) (?:cannot|can|do"
    r"|does|is|are|will) ?(?:not)?\b|It (?:often |usually )?takes (?:\d+|longer|more)\b"
    r"|We have no such plans\b"
    r"|There (?:is|are) no (?:such\b|plans? to do (?:this|that|so|any)\b|truth in)|Not so\b|No\.$"
    r"|Our answer is no\b"
    r"|The (?:answer is no|correct (?:figure|date|number|rule|word|position) is|true (?:figure"
    r"|position) is)\b"
    r"|The (?:leaflet|message|post|e-?mail|letter) (?:(?:did|does) not come|(?:is|was) not (?:ours|from"
    r"|sent by))\b"
    r"|(?:We|I) apologise for (?:this|that|the|any) (?:mistake|error|confusion)"
    r"|(?:The )?[Jj]udges? did not (?:agree|accept)|I say no\b"
    r"|These words were\b|That must never\b|(?:She|He|They) (?:was|were) wrong\b)",
)
_LIMITS = re.compile(
    r"^(?:This|That|None of this|None of these|It|These(?: \w+){0,2}) (?:does not|do not|did not|only"
    r"|will not|no longer)?"
    r" ?(?:apply|applies)\b|^(?:That|This|It) is (?:a maximum|the most|unless|only|except|provided)\b"
    r"|^(?:Unless|Provided"
    r"|Or so)\b"
    r"|^(?:However|But|Yet|That said|Even so|Nevertheless|Still),? (?:only\b|not\b|(?:they|it|this|that"
    r"|these|those|he"
    r"|she|none of (?:this|these|them))\b(?=[^.]*\b(?:not|only|no longer|never|unless|except)\b))"
    r"|^(?:This|That) (?:rarely|seldom|never) (?:happens?|works?)\b|^There are (?:some |a few |many "
    r"|\w+ )?exceptions\b"
    r"|^No (?:final )?decisions? (?:has|have) (?:yet )?been (?:made|taken)\b"
    r"|^(?:(?:The (?:only )?|An )exceptions?|Except)\b|^It depends on\b|^\*? ?Only\b(?! (?:move|go) on to\b)"
)
_FAULT = re.compile(
    r"^(?:This|That|It) is (?:not |never )?(?:unlawful|illegal|unacceptable|acceptable|lawful|allowed)\b"
)
_MODAL = pattern(r"\b(?:must|may|can|should|shall|will|have no|refuse)\b")
_SIGNATORY = re.compile(
    r"^(?:(?:I|We|You|Your|Our|My|This (?:guidance|letter))\b|(?:That|This)(?:[’']s| is) why (?:I|we)\b"
    r"|The (?:government|[Dd]epartment)\b(?! (?:must|should|needs?|ought|failed|has failed)\b))"
)
_SPEECH_LEAD = pattern(
    r"\b(?:said|says|wrote|writes|told|argument|argued|letter|e-?mail|message|poster|complained"
    r"|summarised|claims?"
    r"|points|comments|views?|responses)\b[^.]{0,60}:$"
)
_REACHES = pattern(
    r"\b(?:law|rules?|system|position) (?:differs?|is different)|\b(?:these points|the following"
    r"|following applies|any of them"
    r"|(?:was|were|is) (?:withdrawn|superseded)|argued differently|at these|these ideas)\b|:$"
)
_DECIDED = re.compile(  # what proposals were told before, this is what is done
    r"^(?:I|We|The government) (?:am|are|is|can|have|has) (?:also |now |therefore |today )*"
    r"(?:confirm(?:ing|ed)?|announc(?:ing|ed)|decided)\b"
    r"(?!.*(?:\bwould\b|\bpropos|\bplans?\b|\bif\b|\bsubject to\b|\bnot\b|\bconsult(?:ing)? on\b"
    r"|\bresponses?\b|\bpublish|\breview|\bBill\b|\b[Ww]hite [Pp]aper\b|\bdetails\b|\bnext steps\b"
    r"|\b(?:a|an|new|full|public) (?:\w+ )?consultation))"
)
_OF_ITSELF = re.compile(  # of the asking, of those who try it, or of the speaker: no part of what is proposed
    r"^(?:The consultation (?:on [^.;:]{3,80} )?(?:has |had )?(?:confirmed|showed|found|received|ran"
    r"|runs|opens|opened"
    r"|closes|closed)\b"
    r"|(?:Bids|Applications|Responses|Expressions of interest) (?:must|should|can|may|are to) (?:be"
    r"|reach|arrive)\b"
    r"|(?:I|We) (?:also |fully )?(?:recognise|understand|acknowledge)\b(?!.*\b(?:must|will|would"
    r"|should|shall)\b)"
    r"|(?:I|We|The government) will (?:then |also |now )?(?:run a (?:full |public )?consultation"
    r"|consult (?:on|fully)"
    r"|publish (?:our|my|its|the government[’']s|a) (?:full |formal )?response)\b"
    r"|(?:The |All |Each of the )?(?:[Pp]athfinders?|[Tt]railblazers?|[Pp]ilot (?:areas|schools|councils))"
    r" (?:will|can) (?:all |each |also )?(?:receive|test|try)\b)"
)
_WITHDRAWN = re.compile(r"^(?:This|The) [\w ]{0,40}(?:was|were|has been) (?:withdrawn|superseded|replaced)\b")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a block and its force; ``plain``: the sentence's own words show that force."""

    sentence: str
    force: Force
    plain: bool = False


def forces_of(parts: Sequence[Part]) -> Mapping[int, Force]:
    """The force of each block by ``id(block)``: OWN where one sentence of it is."""
    found: dict[int, Force] = {}
    for part in parts:
        for block, said in zip(part.blocks, said_in(part.blocks), strict=True):
            forces = [one.force for one in said]
            found[id(block)] = Force.OWN if Force.OWN in forces or not forces else forces[0]
    return found


def said_in(blocks: Sequence[Block]) -> list[tuple[Said, ...]]:
    """The sentences of each block, as split_sentences gives them, each with its force."""
    texts = ["" if b.kind is BlockKind.HEADING else tidy(b.text) for b in blocks]
    spans = quoted_spans(texts)
    above: list[tuple[int, Force]] = []  # headings over the block, by level
    opened, listed = (
        Force.OWN,
        Force.OWN,
    )  # by a sentence before: until a heading; for a list or one paragraph
    after_colon = False
    whole = Force.OWN  # what a sentence has said of all that follows: it is withdrawn, or a draft
    title = _title_of(blocks)
    told: list[list[Said]] = []
    for block, text, quoted in zip(blocks, texts, spans, strict=True):
        if block.kind is BlockKind.HEADING:
            above = [one for one in above if one[0] < block.level]
            above.append((block.level, _of_heading(tidy(block.text), title=block is title)))
            opened, listed, after_colon = Force.OWN, Force.OWN, False
            told.append([])
            continue
        item = block.kind is BlockKind.LIST_ITEM
        if listed is not Force.OWN and not item and not after_colon:
            listed = Force.OWN
        around = _first(whole, *(f for _, f in above), opened, listed)
        said = _in_block(text, quoted, around)
        told.append(said)
        after_colon = False
        if said and not item:
            last = said[-1]
            listed = _lead_in(last)
            after_colon = last.sentence.endswith(":")
            if not after_colon and _REACHES.search(last.sentence):
                own = sentence_force(last.sentence)
                opened = opened if own is Force.OWN else own
            opened = _first(opened, *(opened_by(o.sentence) for o in said if reaches(o.sentence)))
            whole = _first(whole, *(_of_all(one.sentence) for one in said))
    _deny_backwards(blocks, told)
    return [tuple(said) for said in told]


def _title_of(blocks: Sequence[Block]) -> Block | None:
    """The one heading of the highest level, where no text of any length stands before it."""
    highest = [b for b in blocks if b.kind is BlockKind.HEADING and b.level == 1]
    before = takewhile(lambda b: b is not highest[0], blocks) if len(highest) == 1 else ()
    return highest[0] if len(highest) == 1 and all(len(b.text.split()) < 12 for b in before) else None


def _of_all(sentence: str) -> Force:
    return Force.PAST if _WITHDRAWN.match(sentence) else over(sentence)


def _of_heading(heading: str, *, title: bool) -> Force:
    """A title that speaks of proposals says of the whole document what its kind says already."""
    force = heading_force(heading)
    return Force.OWN if title and force in {Force.PROPOSED, Force.REPORTED, Force.CONDITIONAL} else force


def _first(*forces: Force) -> Force:
    return next((force for force in forces if force is not Force.OWN), Force.OWN)


def _lead_in(last: Said) -> Force:
    """What the sentence that opens a list, or the next paragraph, makes of it."""
    if not last.sentence.endswith(":") and not _REACHES.search(last.sentence):
        return Force.OWN
    if last.sentence.endswith(":") and _SPEECH_LEAD.search(last.sentence):
        return Force.REPORTED
    return last.force


def _in_block(text: str, quoted: Sequence[Span], around: Force) -> list[Said]:
    said: list[Said] = []
    carried = Force.OWN  # what a sentence of this block makes of those after it
    at = 0
    wishing = False
    before = ""
    for sentence in split_sentences(text):
        start, at = at, at + len(sentence) + 1
        own, introduced = sentence_force(sentence), False
        quoting = _quoting(text, start, start + len(sentence), quoted)
        if quoting is not None and own is not Force.DENIED:
            own, introduced = Force.REPORTED, quoting
        elif quoting is None and own is Force.OWN and retold(sentence):
            own = Force.REPORTED
        wishing = wished(before, sentence, going_on=wishing)
        before = sentence
        if carried is Force.REPORTED and _SIGNATORY.match(sentence):
            carried = Force.OWN
        apart = carried is Force.PROPOSED and bool(_OF_ITSELF.search(sentence))
        if carried is Force.PROPOSED and own is Force.OWN and _DECIDED.search(sentence):
            carried = Force.OWN
        force = _first(
            around, own, Force.OWN if apart else carried, Force.CONDITIONAL if wishing else Force.OWN
        )
        plain = introduced if own is Force.REPORTED and quoting is not None else own is not Force.OWN
        said.append(Said(sentence, force, plain and force is own))
        if (
            quoting is None
            and own is not Force.OWN
            and (own is not Force.DENIED or _REACHES.search(sentence))
        ):
            carried = own if own is not Force.PAST or _WITHDRAWN.match(sentence) else carried
        carried = _first(carried, opened_by(sentence))
        _deny(said)
    return said


def _quoting(text: str, start: int, end: int, quoted: Sequence[Span]) -> bool | None:
    """Whether a sentence with speech in it holds all of that and says who speaks; None without speech."""
    for first, last in quoted:
        if last <= start or first >= end or not is_speech(text[first:last].strip("“”‘’«»\"'")):
            continue
        whole = start <= first and last <= end and text[first] == "“" and text[last - 1] == "”"
        bare = text[start : max(start, first)] + text[last:end]
        return whole and len(bare.split(None, 2)) > 1
    return None


def _deny(said: list[Said]) -> None:
    """A sentence that denies takes the one before along; with "None of this", all before in the block."""
    last = said[-1]
    if len(said) < 2:
        return
    force = _taken_back(last.sentence, said[-2].sentence)
    if force is None:
        return
    many = len(said) - 1 if last.sentence.startswith(("None", "All", "These")) else 1
    for index in range(len(said) - 1 - many, len(said)):
        if said[index].force is Force.OWN or said[index].plain:
            said[index] = Said(said[index].sentence, force)


def _taken_back(sentence: str, before: str) -> Force | None:
    if _FALSE.match(sentence) or (_FAULT.match(sentence) and _MODAL.search(before)):
        return Force.DENIED
    return Force.CONDITIONAL if _LIMITS.match(sentence) else None


def _deny_backwards(blocks: Sequence[Block], told: list[list[Said]]) -> None:
    """A block that opens with a denial takes the block before along, with its list and what opens that."""
    for index in range(1, len(told)):
        if not told[index] or not told[index - 1]:
            continue
        force = _taken_back(told[index][0].sentence, told[index - 1][-1].sentence)
        if force is None or blocks[index].kind is BlockKind.LIST_ITEM:
            continue
        first = index - 1
        while first > 0 and blocks[first].kind is BlockKind.LIST_ITEM and told[first - 1]:
            first -= 1
        head = told[index][0]
        told[index][0] = Said(head.sentence, _first(head.force, force))
        for place in range(first, index):
            told[place] = [Said(one.sentence, _first(one.force, force)) for one in told[place]]
