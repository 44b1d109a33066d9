"""The words directly before a figure, date or age (by, until, under, within), and ranges. Pure.

Part of the gate. "Within 2 months" is not "after 2 months" and "5 to 16" is not "16": a bound belongs to its
figure, and the two ends of a range belong together.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.text.citing.figures import Fact, figures_marked

_BOUNDS = {
    "by": "by|no later than|not later than|on or before",
    "until": "until|till|up until|ending(?: on)?|ends(?: on)?",
    "from": "from|since|starting(?: on| in)?|beginning(?: on)?|starts(?: on| in)?|as of",
    "after": "after|following",
    "before": "before|prior to|ahead of",
    "within": "within",
    "under": "under|below|aged under|younger than|(?<!went )(?<!gone )(?<!rose )(?<!risen )up to"
    "|at most|no more than|not more than|fewer than"
    "|less than",
    "over": "over|above|aged over|older than|at least|no fewer than|no less than|not less than|a minimum of",
    "more": "more than|exceeding",
    "about": "about|around|nearly|almost|roughly|approximately|some",
}
_MARK = r"¤(\d+)¤"
_FILL = r"(?:the |a |an |age |ages |aged |age of |end of |start of |[a-z]+day,? )?"
_BEFORE = re.compile(
    "|".join(rf"(?P<{name}>\b(?:{words})) *{_FILL} *(?=¤)" for name, words in _BOUNDS.items()), re.I
)
_AFTER = re.compile(
    r"¤(\d+)¤(?: +[a-z]+)? +or (?:(?P<over>more|over|longer|older|above)|(?P<under>less|fewer|under|below))",
    re.I,
)
_HAS_TIME = re.compile(r"\b(?:has|have) (?:only )?¤(\d+)¤", re.I)
_BARE = re.compile(_MARK)
_TIED = re.compile(
    rf"{_MARK}[^¤\w]*(?:to|[-–—])[^¤\w]*{_MARK}"
    rf"|\bbetween\b *[^¤]{{0,12}}{_MARK}[^¤]{{0,12}}and[^¤\w]*{_MARK}",
    re.I,
)
_NEAR = (frozenset({"by", "before"}), frozenset({"by", "until"}), frozenset({"over", "more"}))
_STRONG = frozenset({"until", "after", "before", "within", "under", "over", "more"})


def changed_bounds(text: str, passages: Sequence[str]) -> list[str]:
    """Return each figure or date with the bound that no passage gives it, or without theirs."""
    own = _bounded(text)
    if not own:
        return []
    held = [pair for passage in dict.fromkeys(passages) for pair in _bounded(passage)]
    found = []
    timed = {int(match[1]) for match in _HAS_TIME.finditer(re.sub(r" +", " ", figures_marked(text)[0]))}
    for number, (fact, bound, _, words) in enumerate(own):
        theirs = {other for kept, other, _, _ in held if fact.held_as(kept)}
        if number in timed and "within" in theirs:
            continue  # "has 20 weeks"
        if not theirs or bound in theirs or any({bound, other} in _NEAR for other in theirs):
            continue
        if bound in _STRONG or theirs <= _STRONG or (bound and theirs <= {*_STRONG, "from"}):
            found.append(words.format(fact.written))
    return found


def broken_ranges(text: str, passages: Sequence[str]) -> list[str]:
    """Return each figure that every passage gives as one end of a range, and the sentence gives alone."""
    own = _bounded(text)
    held = [pair for passage in dict.fromkeys(passages) for pair in _bounded(passage)] if own else []
    found = []
    for fact, _, tied, _ in own:
        theirs = [ranged for kept, _, ranged, _ in held if fact.held_as(kept)]
        if theirs and all(theirs) and not tied:
            found.append(fact.written)
    return found


@lru_cache(maxsize=256)
def _bounded(text: str) -> tuple[tuple[Fact, str, bool, str], ...]:
    """Each figure with its bound, whether it is an end of a range, and how the bound is written around it."""
    marked, facts = figures_marked(text)
    if not facts:
        return ()
    marked = re.sub(r" +", " ", marked)
    pairs = [[int(n) for n in match.groups() if n] for match in _TIED.finditer(marked)]
    ends = {n for one, other in pairs if facts[one].rivals(facts[other]) for n in (one, other)}
    before = {match.end(): match for match in _BEFORE.finditer(marked)}
    after = {int(match[1]): match for match in _AFTER.finditer(marked)}
    found = []
    for match in _BARE.finditer(marked):
        number = int(match[1])
        if number >= len(facts):
            continue
        early, late = before.get(match.start()), after.get(number)
        bound = (early.lastgroup if early else "") or (late.lastgroup if late else "") or ""
        words = (
            f"{early.group().strip()} {{}}"
            if early
            else "{} or " + late.group().split()[-1]
            if late
            else "{}"
        )
        found.append((facts[number], bound, number in ends, words))
    return tuple(found)
