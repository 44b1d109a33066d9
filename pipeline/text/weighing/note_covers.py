"""Does the publisher's change note speak of everything that changed? Pure.

Differences are gathered by the heading they stand under; each that matters must share a telling word with
the note. A note in general terms ("Guidance updated") covers everything, unless it claims to be about small
things only. Never says that a note is untrue: only what it does not speak of.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from pipeline.model.blocks import BlockKind
from pipeline.model.changes import Significance
from pipeline.model.facts import FactKind
from pipeline.model.redlines import BlockChange, BlockChangeKind, Redline, RunKind
from pipeline.text.weighing.significance import Judged, judge_significance
from pipeline.text.words.normalise import for_comparison

MOST_PLACES = 40  # that matter; what a mail would name of more is no different
STEM = 5  # letters that two forms of one word share: fund-ing, fund-ed
COMMON = 1 / 3  # a word in more of the text than this does not say which of its places is meant
_WORD = re.compile(r"[a-z0-9£%][a-z0-9'.,£%/-]*[a-z0-9%]|[a-z0-9]")
_CLAUSE = re.compile(r"[.;:!?]\s+|;|,? and (?:also )?(?=\w+ed\b)")
_SMALL = re.compile(
    r"\b(?:typos?|typographical|typing|spelling|grammar\w*|punctuation|format\w*|reformat\w*|broken links?"
    r"|accessib\w+|layout|styling|welsh|bsl|easy[- ]read|large[- ]print|audio|translat\w+"
    r"|no (?:other )?changes? (?:to|in|of)"
    r"|(?:minor|small) (?:\w+ )?(?:edit|change|amendment|correction|update|fix)\w*)\b",
    re.IGNORECASE,
)
_BROAD = re.compile(
    r"\b(?:throughout|various|several|annual\w*|rewritten|rewrote|revised|new version|latest|reflect\w*"
    r"|in line with|clarif\w+|whole|entire|all sections|for (?:the )?20\d\d|published)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:sections?|paragraphs?|chapters?|annex|appendix|tables?|headings?|links?|contact|e-?mail|address"
    r"|telephone|deadlines?|dates?|added|removed|corrected)\b",
    re.IGNORECASE,
)
_FILES = re.compile(
    r"\b(?:attachments?|files?|documents?|letters?|forms?|PDF|annex\w*|version)\b", re.IGNORECASE
)
_HOLLOW = frozenset(
    re.findall(
        "[a-z]+",
        """
        a an the this that these those of to in on for and or as at by with from is are be been was were has
        have had it its their they we our you your not no new more also which who what when where how all
        any about into out up so update updated updates updating add added adds adding remove removed amend
        amended change changed changes changing revise revised publish published publication page pages
        document documents guidance information section sections paragraph paragraphs chapter detail details
        version latest reflect reflects clarify clarified clarification include includes included including
        text wording content link links correct corrected edit edited minor small first further additional
        some key fixed fix improve improved made make
        """,
    )
)
_KINDS = {
    "date": (FactKind.DATE, FactKind.DEADLINE),
    "dates": (FactKind.DATE, FactKind.DEADLINE),
    "deadl": (FactKind.DATE, FactKind.DEADLINE),
    "closi": (FactKind.DATE, FactKind.DEADLINE),
    "timet": (FactKind.DATE, FactKind.DEADLINE),
    "exten": (FactKind.DATE, FactKind.DEADLINE),
    "fundi": (FactKind.MONEY, FactKind.PERCENTAGE),
    "alloc": (FactKind.MONEY, FactKind.PERCENTAGE),
    "figur": (FactKind.MONEY, FactKind.PERCENTAGE, FactKind.NUMBER),
    "rates": (FactKind.MONEY, FactKind.PERCENTAGE),
    "payme": (FactKind.MONEY,),
    "conta": (FactKind.EMAIL, FactKind.TELEPHONE, FactKind.LINK),
    "email": (FactKind.EMAIL,),
    "phone": (FactKind.TELEPHONE,),
    "telep": (FactKind.TELEPHONE,),
    "addre": (FactKind.EMAIL, FactKind.LINK),
}


@dataclass(frozen=True, slots=True)
class Spot:
    """The differences under one heading of one part (by its key): the changed words, and all around them."""

    part: str
    heading: str
    changed: str
    around: str
    judged: Judged


def uncovered(
    note: str, redline: Redline, others: Sequence[str] = (), *, files: Sequence[str] = ()
) -> tuple[str, ...]:
    """Return plain sentences on what matters and what the note does not speak of.

    ``others`` are differences besides the text that matter, such as a closing date that moved, as sentences;
    ``files`` the same on files, with the file's title in quotation marks. A clause of the note that owns to
    something small ("Fixed a typo") speaks of nothing that matters. No note covers nothing; that is for the
    caller to say.
    """
    spots = list(islice(_spots(redline), MOST_PLACES))
    told = " ".join(clause for clause in _CLAUSE.split(note) if clause and not _SMALL.search(clause))
    if not told.strip():
        return (*map(_said, spots), *others, *files)
    stems = _words(told)
    if not stems or (_BROAD.search(told) and not _PLACE.search(told)):
        return ()
    common = _common(redline, spots)
    left = [_said(spot) for spot in spots if not _speaks_of(stems, spot, common)]
    left += [other for other in others if not _names(stems, other)]
    count = len(spots) + len(others)
    if count and len(left) == count and (_BROAD.search(told) or (count == 1 and not _PLACE.search(told))):
        return ()  # in other words than the text's: it may well mean just this
    left += [file for file in files if not stems & _words(_title(file)) and not _FILES.search(told)]
    return tuple(left)


def _speaks_of(stems: set[str], spot: Spot, common: set[str]) -> bool:
    if stems & _words(f"{spot.part} {spot.heading} {spot.changed}") or (stems - common) & _words(spot.around):
        return True
    return _means({fact.kind for fact in spot.judged.facts}, stems)


def _names(stems: set[str], sentence: str) -> bool:
    dated = {FactKind.DATE, FactKind.DEADLINE} if re.search(r"\bdates?\b|\d{4}", sentence) else set()
    return bool(stems & _words(sentence)) or _means(dated, stems)


def _means(kinds: set[FactKind], stems: set[str]) -> bool:
    return any(kinds.intersection(_KINDS.get(stem, ())) for stem in stems)


def _common(redline: Redline, spots: Sequence[Spot]) -> set[str]:
    """Stems that stand in so much of the text that they point at none of its places."""
    blocks = [block for change in redline.changes if (block := change.new or change.old) is not None]
    if len(blocks) < 2:
        return set()
    held = Counter(stem for block in blocks for stem in _words(block.text))
    everywhere = set.intersection(*(_words(spot.around) for spot in spots)) if len(spots) > 1 else set()
    return everywhere | {stem for stem, count in held.items() if count > max(1, COMMON * len(blocks))}


def _title(sentence: str) -> str:
    return sentence.partition("“")[2].partition("”")[0] or sentence


def _said(spot: Spot) -> str:
    why = spot.judged.why[0] if spot.judged.why else "The text changed."
    return f"Under “{spot.heading}”: {why}" if spot.heading else why


def _spots(redline: Redline) -> Iterator[Spot]:
    """The differences that matter, by the heading they stand under."""
    rows: dict[tuple[str, str], list[BlockChange]] = {}
    heading, part = "", ""
    for change in redline.changes:
        block = change.new or change.old
        if block is None:
            continue
        if block.part != part:
            heading, part = "", block.part
        if block.kind is BlockKind.HEADING and change.kind is not BlockChangeKind.REMOVED:
            heading = block.text
        if change.kind in (BlockChangeKind.ADDED, BlockChangeKind.REMOVED, BlockChangeKind.CHANGED):
            rows.setdefault((part, heading), []).append(change)
    for (name, title), changes in rows.items():
        judged = judge_significance(Redline(tuple(changes)))
        if judged.significance is Significance.SUBSTANTIVE:
            blocks = [block for change in changes for block in (change.old, change.new) if block]
            yield Spot(name, title, _changed(changes), " ".join(block.text for block in blocks), judged)


def _changed(changes: Sequence[BlockChange]) -> str:
    words = []
    for change in changes:
        if change.runs:
            words += [run.text for run in change.runs if run.kind is not RunKind.SAME]
        else:
            words += [block.text for block in (change.old, change.new) if block]
    return " ".join(words)


def _words(text: str) -> set[str]:
    words = _WORD.findall(for_comparison(text).lower())
    return {word[:STEM] for word in words if word not in _HOLLOW}
