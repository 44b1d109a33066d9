"""Whether a text only says another one again, or says anything else besides. Pure.

A copy is never mailed, so whatever is not plainly harmless counts as news: the same words letter by letter, a
slip that was put right, and what a site sets around a text are harmless, and nothing else is. Says nothing
of links and dates; see kinship.py.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from pipeline.text.clustering.traits import Traits, as_said, stem
from pipeline.text.weighing.slips import is_slip, letters
from pipeline.text.weighing.typed_words import Typed, typed_words
from pipeline.text.words.wording import word_set

MOST_ALIGNED = 3_000  # words compared one by one
PHRASE = 8  # words: from here on a gap is a sentence, and no name or number
FLANK = 3  # words on both sides of a gap
_WEIGHTLESS = frozenset({Typed.BODY, Typed.STAMP, Typed.PAGE, Typed.PLACE})
_WEIGHTY = word_set(  # where the word stands alone, without the sentence that would show what it is
    "bar barred except may might must never nor not only shall should unless until without can cannot could "
    "no none refuse refused stop will would"
)
_MONTH = "january|february|march|april|may|june|july|august|september|october|november|december"
_STAMP = re.compile(
    rf"\b(?:(?:first |last |page )?(?:published|updated|posted|modified)(?: on| at)? "
    rf"\d{{1,2}} (?:{_MONTH}) \d{{4}}|(?:crown )?copyright(?: \d{{4}})?|page \d+(?: of \d+)?|gov uk"
    r"|thank you for (?:all|your|reading)(?: (?:your|that|you|do|are|doing|hard|work|support|time))*)\b"
)
_FURNITURE = word_set(  # around a text; none of them can deny, limit or oblige, and no figure is among them
    "a all and are attached attachment authors back below by contact contents cookies copyright council "
    "crown document documents download email enquiries facebook file for format from government here home "
    "https is it item items latest letter letters linkedin main media menu more navigation new news "
    "office on our page pages pdf phone posted press print published read reproduced search share site "
    "skip source telephone the this to top twitter us view website whatsapp www you your"
)


@dataclass(frozen=True, slots=True)
class Apart:
    """How two texts that are nearly one differ.

    ``other``: different words stand in one place, or a word that denies, limits or obliges in one of them
    alone: the letter to another council, the next year's page. ``more``: one of them says more, and nothing
    else; or nobody looked, because it is too long.
    """

    other: bool = False
    more: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of two texts, as slips.py asks for them."""

    old: frozenset[str]
    new: frozenset[str]


def told_apart(new: Traits, known: Traits) -> Apart:
    """Return how two texts that share most of their words differ."""
    if new.digest and new.digest == known.digest:
        return Apart()
    ours, theirs = new.said.split(), known.said.split()
    cut = max(len(ours), len(theirs)) > MOST_ALIGNED
    ours, theirs = ours[:MOST_ALIGNED], theirs[:MOST_ALIGNED]
    same = [
        block
        for block in Levenshtein.opcodes(ours, theirs)
        if block.tag == "equal" and block.src_end - block.src_start >= FLANK
    ]
    if not same:
        return Apart(more=True)
    names = new.names | known.names | frozenset(f"{as_said(new.title)} {as_said(known.title)}".split())
    words = _Words(frozenset(ours), frozenset(theirs))
    furniture = _furniture(new, known)
    other, more = False, cut
    ends = [(ours[: same[0].src_start], theirs[: same[0].dest_start])]
    if not cut:
        ends.append((ours[same[-1].src_end :], theirs[same[-1].dest_end :]))
    for was, now in ends:
        if not _is_frame(was, now, furniture) and not _slipped(was, now, words, names):
            other, more = other or _trade_places(was, now), True
    for before, after in pairwise(same):
        was, now = ours[before.src_end : after.src_start], theirs[before.dest_end : after.dest_start]
        if (was or now) and not _slipped(was, now, words, names) and not _is_stamp([*was, *now]):
            other, more = other or _trade_places(was, now) or _denies(was or now), True
    return Apart(other, more)


def titled_apart(new: Traits, known: Traits) -> bool:
    """Whether the titles name two things: each has its own words or year, or the new one has another word.

    A word that the other document says in its text is no other word.
    """
    ours, theirs = new.title_words - known.title_words, known.title_words - new.title_words
    years, others = ({w for w in as_said(one.title).split() if w.isdigit()} for one in (new, known))
    if (ours and theirs) or (years and others and years != others):
        return True
    return bool(ours) and not ours <= {stem(word) for word in known.said.split()}


def is_framed(new: Traits, known: Traits) -> bool:
    """Whether the new document holds no word, counted, that the other has not, but those around any text."""
    extra = Counter(new.said.split()) - Counter(known.said.split())
    return set(extra) <= _furniture(new, known)


def _slipped(was: Sequence[str], now: Sequence[str], words: _Words, names: frozenset[str]) -> bool:
    """Whether the one is a misspelling of the other, or another way to set the same letters."""
    changed = {*was} ^ {*now}
    if not all(word.isalpha() for word in changed):
        return False
    if letters(was) == letters(now):
        return True
    if changed & names:
        return False
    return is_slip(was, now, words) or is_slip(now, was, _Words(words.new, words.old))


def _trade_places(was: Sequence[str], now: Sequence[str]) -> bool:
    return bool(was and now) and max(len(was), len(now)) <= PHRASE


def _denies(gap: Sequence[str]) -> bool:
    """Whether a few words deny, limit, oblige or count."""
    if len(gap) >= PHRASE:
        return False
    if any(word in _WEIGHTY or not word.isalpha() for word in gap):
        return True
    return any(typed.kind not in _WEIGHTLESS for typed in typed_words(" ".join(gap)))


def _furniture(new: Traits, known: Traits) -> frozenset[str]:
    publishers = " ".join(new.publishers | known.publishers)
    return _FURNITURE | frozenset(as_said(publishers).split())


def _is_frame(was: Sequence[str], now: Sequence[str], furniture: frozenset[str]) -> bool:
    """Whether a site set these words around the text. Where both have some, only stamps may differ."""
    if was and now:
        return _is_stamp([*was, *now])
    return all(word in furniture for word in _STAMP.sub("", " ".join([*was, *now])).split())


def _is_stamp(words: Sequence[str]) -> bool:
    return not _STAMP.sub("", " ".join(words)).strip()
