"""Does the publisher's change note speak of everything that changed? Pure.

Differences are gathered by the heading they stand under; each that matters must share a telling word with
the note. A note in general terms ("Guidance updated") covers everything, unless it claims to be about small
things only. Never says that a note is untrue: only what it does not speak of.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.model.blocks import BlockKind
from pipeline.model.changes import Significance
from pipeline.model.facts import FactKind
from pipeline.model.redlines import BlockChange, BlockChangeKind, Redline
from pipeline.text.normalise import for_comparison
from pipeline.text.significance import Judged, judge_significance

MOST_PLACES = 40
STEM = 5  # letters that two forms of one word share: fund-ing, fund-ed
_WORD = re.compile(r"[a-z0-9£%][a-z0-9'.,£%/-]*[a-z0-9%]|[a-z0-9]")
_SMALL = re.compile(
    r"\b(?:typos?|typographical|spelling|grammar|formatting|broken links?|accessib\w+|layout"
    r"|minor (?:edit|change|amendment|correction|update)\w*|small (?:edit|change|correction)\w*)\b",
    re.IGNORECASE,
)
_BROAD = re.compile(
    r"\b(?:throughout|various|several|annual\w*|rewritten|rewrote|revised|new version|latest|reflect\w*"
    r"|in line with|clarif\w+|whole|entire|all sections|for (?:the )?20\d\d|guidance|page|document|content"
    r"|information|advice|letter|published)\b",
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
        some
        """,
    )
)
_KINDS = {
    "date": (FactKind.DATE, FactKind.DEADLINE),
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
class Place:
    """The differences under one heading of one part."""

    heading: str
    text: str
    judged: Judged


def uncovered(note: str, redline: Redline, others: Sequence[str] = ()) -> tuple[str, ...]:
    """Return plain sentences on what matters and what the note does not speak of.

    ``others`` are differences besides the text, such as a file that was added, as sentences with the file's
    title in quotation marks. No note covers nothing; that is for the caller to say.
    """
    places = [place for place in _places(redline) if place.judged.significance is Significance.SUBSTANTIVE]
    if _SMALL.search(note) and not _words(_SMALL.sub(" ", note)):
        return (*map(_said, places), *others)
    stems = _words(note)
    if not stems or (_BROAD.search(note) and not _PLACE.search(note)):
        return ()
    left = [_said(place) for place in places if not _speaks_of(stems, place)]
    if places and len(left) == len(places) and _BROAD.search(note) and not _SMALL.search(note):
        return ()  # in other words than the text's: which of the differences it means cannot be told
    left += [other for other in others if not stems & _words(_title(other)) and not _of_files(note)]
    return tuple(left)


def _speaks_of(stems: set[str], place: Place) -> bool:
    if stems & _words(f"{place.heading} {place.text}"):
        return True
    kinds = {fact.kind for fact in place.judged.facts}
    return any(kinds.intersection(_KINDS.get(stem, ())) for stem in stems)


def _of_files(note: str) -> bool:
    return bool(
        re.search(r"\b(?:attachments?|files?|documents?|letters?|forms?|PDF|annex\w*|version)\b", note, re.I)
    )


def _title(sentence: str) -> str:
    return sentence.partition("“")[2].partition("”")[0] or sentence


def _said(place: Place) -> str:
    why = place.judged.why[0] if place.judged.why else "The text changed."
    return f"Under “{place.heading}”: {why}" if place.heading else why


def _places(redline: Redline) -> Iterator[Place]:
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
        if change.kind not in (BlockChangeKind.SAME, BlockChangeKind.MOVED):
            rows.setdefault((part, heading), []).append(change)
    for (_, title), changes in list(rows.items())[:MOST_PLACES]:
        text = " ".join(
            f"{change.old.text if change.old else ''} {change.new.text if change.new else ''}"
            for change in changes
        )
        yield Place(title, text, judge_significance(Redline(tuple(changes))))


def _words(text: str) -> set[str]:
    words = _WORD.findall(for_comparison(text).lower())
    return {word[:STEM] for word in words if word not in _HOLLOW}
