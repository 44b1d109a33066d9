"""Choose the days of a Story by which somebody can act: what ends or is due, not what begins. Pure."""

import re
from collections.abc import Sequence
from datetime import date

from pipeline.model.digests import Deadline
from pipeline.text.papers.key_dates import KeyDate
from pipeline.text.words.dates import MONTHS
from pipeline.text.words.wording import tidy

MOST = 4  # of one item
LONGEST = 160  # characters; a longer sentence stands in the item's own words, not in a list
_ENDS = re.compile(
    r"\b(?:last day|deadlines?|clos(?:es?|ing)|no later than|on or before|apply by|respond by|until|till"
    r"|by (?:\d|midnight|midday|noon|\w+day)|before \d|runs? to|ends? on)\b",
    re.IGNORECASE,
)

_BEGINS = r"\b(?:opens?|opening|begins?|beginning|starts?|starting|from)(?: on)?(?: \w+day)?,? "


def closing_dates(dates: Sequence[KeyDate], title: str, today: date) -> tuple[Deadline, ...]:
    """Return the deadlines from ``today`` on, soonest first, one for each day; ``title``: the document's."""
    found: dict[date, Deadline] = {}
    for one in dates:
        if one.day < today or not _ENDS.search(one.what) or _begins(one):
            continue
        what = one.what if len(one.what) <= LONGEST else f"A date in: {tidy(title)}"
        found.setdefault(one.day, Deadline(one.day, what, one.hour))
    return tuple(found[day] for day in sorted(found))[:MOST]


def _begins(one: KeyDate) -> bool:
    """Whether its sentence names another day for the end: “opens on 1 February and closes on 23 April”."""
    named = rf"{_BEGINS}{one.day.day} {MONTHS[one.day.month - 1]}\b"
    return re.search(named, one.what, re.IGNORECASE) is not None
