"""Dates that a family can act on: when a consultation closes, by when something is due. Pure; no clock.

A date counts when it is written in full and its sentence says that something ends or is due then. Never
works out a date that is not written ("in three weeks", "next spring"), and never guesses a year.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from pipeline.model.blocks import Block, BlockKind
from pipeline.model.documents import Part, Record
from pipeline.model.drafts import Citation
from pipeline.text.papers.force import Force, said_in
from pipeline.text.papers.passages import cited, stated
from pipeline.text.words.boilerplate import has_contact_details
from pipeline.text.words.dates import LONDON, MONTHS, in_full, on_clock, read_moment
from pipeline.text.words.wording import tidy

MOST = 12
MOST_READ = 400  # dates in a text; nobody puts more into a calendar
LONGEST = 600  # characters of a sentence that can be a label
_MONTHS = {name.lower(): number for number, name in enumerate(MONTHS, 1)}
_DATE = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({'|'.join(_MONTHS)}),? (20\d\d)\b", re.IGNORECASE
)
_DUE = re.compile(
    r"\b(?:by|before|until|till|no later than|on or before|closes?(?: at [\w:. ]{1,12})?(?: on)?|closing"
    r"|deadline(?: is| of| for [\w ]{1,40} is)?|ends?(?: on)?|runs? (?:until|to)|apply by|respond by"
    r"|opens?(?: on)?|comes? into force(?: on)?|takes? effect(?: on| from)?|starts?(?: on)?|from"
    r"|the date is|will (?:[\w’'-]+ ){1,8}on)"
    r"(?: (?:midnight|midday|noon|[\d:.]{1,5} ?[ap]m)(?: on)?)?"
    r"(?: (?:mon|tues|wednes|thurs|fri|satur|sun)day,?)? ?$",
    re.IGNORECASE,
)
_NOT_DUE = re.compile(
    r"\bno longer\b|\b(?:do|does|did|need|will|should|must) not\b|n[’']t\b"
    r"|\bhad (?:to|been|proposed|planned)\b"
    r"|\b(?:cancelled|postponed|abandoned|rejected|decided against)\b|\b(?:critics|some|others|respondents)\b"
    r"[^.]{0,40}\b(?:want|wanted|say|said|argue|called)|\b(?:would|might|could) (?:have|be|close|end|start)\b"
    r"|\bwe (?:had )?propos|\b(?:in|councils in|schools in|parents in) (?:Wales|Scotland|Northern Ireland)\b",
    re.IGNORECASE,
)
_CLOSING = ("closing_date", "closes_at")
_SPEAKS = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|us|[Mm]y)\b")


@dataclass(frozen=True, slots=True)
class KeyDate:
    """A day in London (with the hour where one is given), what is due then, and where it is said."""

    day: date
    what: str
    citation: Citation
    hour: time | None = None

    @property
    def in_words(self) -> str:
        """``28 February 2027``, with the hour where there is one."""
        said = in_full(self.day)
        return said if self.hour is None else f"{on_clock(self.hour)} on {said}"


def key_dates(record: Record, parts: Sequence[Part], *, after: datetime) -> tuple[KeyDate, ...]:
    """Return the dates from the day of ``after`` (aware) on, soonest first; one for each day and sentence."""
    first = after.astimezone(LONDON).date()
    found: dict[tuple[date, str], KeyDate] = {}
    closing = _closing(record)
    days = {one.day for one in closing}
    for one in closing:
        if one.day >= first:
            found[one.day, one.what] = one
    for one in islice(_in_text(record, parts), MOST_READ):
        if one.day >= first and one.day not in days:
            found.setdefault((one.day, one.what), one)
    return tuple(sorted(found.values(), key=lambda one: (one.day, one.what))[:MOST])


def _closing(record: Record) -> tuple[KeyDate, ...]:
    for name, value in record.facts:
        moment = read_moment(value) if name in _CLOSING else None
        if moment is not None:
            local = moment.astimezone(LONDON)
            if not (local.hour or local.minute):  # the end of a day is written as the beginning of the next
                local -= timedelta(minutes=1)
            what = f"Last day to answer: {tidy(record.title)}"
            return (KeyDate(local.date(), what, stated(record, "Closing date", value), local.time()),)
    return ()


def _in_text(record: Record, parts: Sequence[Part]) -> Iterator[KeyDate]:
    for part in parts:
        due = [_may_be_due(block) for block in part.blocks]
        if not any(due):  # whose words the others are need not be known
            continue
        for block, is_due, said in zip(part.blocks, due, said_in(part.blocks), strict=True):
            if is_due:
                own = [one.sentence for one in said if one.force is Force.OWN]
                yield from _in_block(record, block, part, own)


def _may_be_due(block: Block) -> bool:
    """Whether a sentence of it can hold a date by when something is due."""
    if block.kind is BlockKind.HEADING or "20" not in block.text:
        return False
    text = tidy(block.text)
    return any(_is_due(text, match) for match in _DATE.finditer(text))


def _in_block(record: Record, block: Block, part: Part, own: Sequence[str]) -> Iterator[KeyDate]:
    """The dates of the sentences that are the publisher's own words, and hold now."""
    citation: Citation | None = None
    for sentence in own:
        days = dict.fromkeys(_days(sentence)) if not sentence.endswith(":") else {}
        if not days or _NOT_DUE.search(sentence):
            continue
        citation = citation or cited(block, part)
        what = _as_said(tidy(sentence))
        if has_contact_details(what) or len(what) > LONGEST:
            what = f"A date in: {tidy(part.title or record.title)}"  # nothing that a stranger wants rung
        yield from (KeyDate(day, what, citation) for day in days)


def _as_said(sentence: str) -> str:
    """The sentence; in quotation marks where it says "we", for in a calendar nobody sees who speaks."""
    return f"“{sentence}”" if _SPEAKS.search(sentence) and "“" not in sentence else sentence


def _is_due(text: str, found: re.Match[str]) -> bool:
    return _DUE.search(text[max(0, found.start() - 80) : found.start()]) is not None


def _days(sentence: str) -> Iterator[date]:
    for match in islice(_DATE.finditer(sentence), MOST):
        if not _is_due(sentence, match):
            continue
        try:
            yield date(int(match[3]), _MONTHS[match[2].lower()], int(match[1]))
        except ValueError:  # 31 February
            continue
