"""Find the sentences that recognise what families carry, and that thank people. Pure.

An item has one of each at the most, and has them once. Never makes a thank-you of a courtesy: "Thank you for
everything you do" names nobody and nothing.
"""

import re
from collections.abc import Iterable, Sequence

from pipeline.text.citing.gate import supported
from pipeline.text.drafting.units import Unit, same
from pipeline.text.papers.main_text import Placed
from pipeline.text.papers.passages import around, cited
from pipeline.text.reporting.reported import Voice, clean, reported
from pipeline.text.words.family_interest import acknowledges
from pipeline.text.words.wording import lowered, word_count

MOST_WORDS = 64
_FAMILIES = re.compile(r"\b(?:parents?|carers?|famil(?:y|ies)|child(?:ren)?|young people)\b", re.I)
_HARD = re.compile(
    r"\b(?:too many|too often|for too long|too long|far longer|struggl\w+|harder|hardest|worr(?:y"
    r"|ies|ied|ying)"
    r"|anxi\w+|difficult|exhaust\w+|fight(?:ing)?|fought|battle|let down|frustrat\w+|stress\w*"
    r"|distress\w*|anxious)\b",
    re.I,
)
_BINDING = re.compile(r"\b(?:must|should|shall|unlawful|entitled|£)\b|\d")
_SAY_THANKS = re.compile(
    r"^(?:I|We) (?:also |both )?(?:want|wish|would like|wanted) to (?:also )?say (?:a big "
    r"|a huge )?thank you\.$"
)
_DEED = re.compile(  # "teachers and carers have kept schools open": those who are thanked, and what for
    r"(?P<who>(?!it\b|this|there|these|those|they|we\b|you\b)"
    r"(?:(?! who | that | which | has | have |[.:;]).)+)"
    r" (?P<did>have (?!to\b|not\b)[^:;]+\.)$"
)
_THANKING = re.compile(r"\bthanks?\b")
_EARLY = 0.4  # of the text


def thanks_in(one: Placed, whole: Sequence[str], voice: Voice) -> Iterable[Unit]:
    """ "I want to say thank you. Teachers have kept their promises.": the letter thanks teachers, who have.

    Yields nothing where those who are thanked cannot be told apart from what they did.
    """
    for index, sentence in enumerate(whole[:-1]):
        if not _SAY_THANKS.match(clean(sentence)):
            continue
        told = reported(whole[index + 1], voice)
        if told is None or told.leans or told.attributed:
            continue
        citation = cited(one.block, one.part, around(whole, index, index + 1))
        deed = _DEED.match(lowered(told.text, voice.forms))
        text = f"The {voice.noun} thanks {deed['who']}, who {deed['did']}" if deed else ""
        if text and (made := supported(text, citation)):
            yield Unit((made,), -5.0, (one.place, index), one.heading, attributed=True)


def acknowledgements(units: Sequence[Unit], last: int) -> tuple[Unit, ...]:
    """One sentence about what families carry and one of thanks; ``last`` is the text's last place."""
    fit = [
        u
        for u in units
        if u.attributed and not u.quoted and u.words <= 45 and acknowledges(u.sentences[0].text)
    ]
    felt = [u for u in fit if not thanks(u) and _FAMILIES.search(u.sentences[0].text)]
    if not felt:
        early = [u for u in units if u.place[0] <= max(6, last * _EARLY) and _carries(u)]
        felt = sorted(early, key=lambda u: u.place)
    thanking = [u for u in fit if thanks(u)]
    both = [*felt[:1], *(u for u in thanking[:1] if not felt or not same(u, felt[0]))]
    if sum(u.words for u in both) > MOST_WORDS:
        both = both[:1]
    return tuple(both)


def thanks(unit: Unit) -> bool:
    """Whether the unit thanks somebody."""
    return bool(_THANKING.search(unit.sentences[0].text[:60]))


def _carries(unit: Unit) -> bool:
    text = unit.sentences[0].text
    return (
        len(unit.sentences) == 1
        and not unit.items
        and not unit.quoted
        and word_count(text) <= 40
        and bool(_FAMILIES.search(text) and _HARD.search(text))
        and not _BINDING.search(text)
    )
