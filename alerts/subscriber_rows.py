"""Read a list of subscribers (CSV) into rows that are in order and faults by line number. Pure.

A fault never repeats an address: it is known by its line.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO

from alerts.addresses import read_address
from alerts.desk.forms import read_wishes, slug
from pipeline.model.digests import Topic
from pipeline.model.errors import SendwatchError
from pipeline.model.plans import Plan
from pipeline.model.subscribers import PHASES, Consent, Preferences
from pipeline.text.words.dates import LONDON

COLUMNS = frozenset(
    {"address", "email", "topics", "phases", "plan", "plans", "consent_source", "consent_date"}
)

TOPICS = tuple(slug(topic) for topic in Topic)
NO_WISHES = Preferences()


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line of a list. ``consent`` is None where none is on record, ``fault`` empty when all is well."""

    line: int
    address: str = ""
    wishes: Preferences = NO_WISHES
    consent: Consent | None = None
    fault: str = ""


def read_list(
    text: str, *, offered: Sequence[Plan], named: frozenset[str], now: datetime
) -> Iterator[ListRow]:
    """The rows of a CSV file with a header. Words in a cell are separated by semicolons or commas.

    Raises:
        SendwatchError: the file has no column for addresses, or one that is not known.
    """
    reader = csv.reader(StringIO(text.removeprefix("\ufeff")), delimiter=_delimiter(text))
    header = [name.strip().lower().replace(" ", "_") for name in next(reader, [])]
    unknown = sorted(name for name in header if name and name not in COLUMNS)
    if not {"address", "email"} & set(header):
        raise SendwatchError("line 1: there is no column address or email; the first line names the columns")
    if unknown:
        raise SendwatchError(f"line 1: unknown column {unknown[0]!r}; known are {', '.join(sorted(COLUMNS))}")
    plans = frozenset(plan.key for plan in offered)
    for cells in _lines(reader):
        if any(cell.strip() for cell in cells):
            row = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
            yield _row(reader.line_num, row, offered, plans, named, now)


def _lines(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error as error:
        raise SendwatchError(f"this is not a CSV file any more after what was read of it: {error}") from None


def _row(
    line: int,
    row: dict[str, str],
    offered: Sequence[Plan],
    plans: frozenset[str],
    named: frozenset[str],
    now: datetime,
) -> ListRow:
    checked = read_address(row.get("address") or row.get("email", ""), named)
    if not checked.address:
        return ListRow(line, fault="the address is not in order")
    chosen = _words(row.get("plans") or row.get("plan", ""))
    foreign = _unknown("digest", chosen, sorted(plans))
    if foreign:
        return ListRow(line, fault=foreign)
    topics = [word.lower() for word in _words(row.get("topics", ""))]
    phases = [word.lower() for word in _words(row.get("phases", ""))]
    amiss = _unknown("topic", topics, TOPICS) or _unknown("phase", phases, PHASES)
    if amiss:  # left out, the person would get what they never asked for: no topic means all
        return ListRow(line, fault=amiss)
    wishes = read_wishes(topics, phases, chosen, offered)
    source, day = row.get("consent_source", ""), row.get("consent_date", "")
    if not source and not day:
        return ListRow(line, checked.address, wishes)
    at = _moment(day)
    if not source or at is None:
        return ListRow(line, fault="consent needs a source and a date like 2025-03-31 or 31/03/2025")
    if at > now:
        return ListRow(line, fault="the date of the consent is still to come")
    return ListRow(line, checked.address, wishes, Consent(source[:500], at))


def _unknown(what: str, words: Sequence[str], known: Sequence[str]) -> str:
    """What is amiss with the first word, in the order of the alphabet, that is not known; else nothing."""
    foreign = sorted(set(words) - set(known))
    return f"there is no {what} {foreign[0]!r}; known are {', '.join(known)}" if foreign else ""


def _moment(text: str) -> datetime | None:
    """A day (London, its beginning) or a moment, as aware UTC; None when it is neither."""
    day, _, rest = text.partition("/")
    if rest.count("/") == 1:
        month, _, year = rest.partition("/")
        text = f"{year}-{month:0>2}-{day:0>2}"
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=LONDON)).astimezone(UTC)


def _words(cell: str) -> list[str]:
    return [word.strip() for word in cell.replace(",", ";").split(";") if word.strip()]


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)
