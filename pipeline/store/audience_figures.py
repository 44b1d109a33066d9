"""Figures about all subscribers together: growth, rest, bounces. Never reads an address or a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, func, select

from pipeline.model.bounces import Kind
from pipeline.model.subscribers import SubscriberState
from pipeline.store.mailing_tables import bounce_reports, subscribers


@dataclass(frozen=True, slots=True)
class Growth:
    """One span: how many confirmed in it, and how many left. Who was forgotten since is in neither."""

    begin: datetime
    end: datetime
    confirmed: int
    left: int


def growth(tx: Connection, spans: Sequence[tuple[datetime, datetime]]) -> list[Growth]:
    """What came and went in each span (aware; the end is not in it), in one look at the table."""
    c = subscribers.c
    columns = []
    for begin, end in spans:
        columns.append(func.count().filter(and_(c.confirmed_at >= begin, c.confirmed_at < end)))
        columns.append(func.count().filter(and_(c.left_at >= begin, c.left_at < end)))
    if not columns:
        return []
    numbers = tx.execute(select(*columns).select_from(subscribers)).one()
    return [
        Growth(begin, end, int(numbers[2 * place]), int(numbers[2 * place + 1]))
        for place, (begin, end) in enumerate(spans)
    ]


def resting(tx: Connection, now: datetime) -> int:
    """How many active people rest after a soft bounce: they get what is due when the rest is over."""
    mine = (subscribers.c.state == SubscriberState.ACTIVE.value, subscribers.c.rest_until > now)
    return int(tx.execute(select(func.count()).select_from(subscribers).where(*mine)).scalar_one())


def reports(tx: Connection, since: datetime) -> Mapping[Kind, int]:
    """How many reports of each kind came since then; those that are about no mail of ours are left out."""
    query = select(bounce_reports.c.kind, func.count()).where(bounce_reports.c.at >= since)
    rows = tx.execute(query.group_by(bounce_reports.c.kind))
    found = {Kind(row[0]): int(row[1]) for row in rows}
    return {kind: found[kind] for kind in Kind if kind in found and kind is not Kind.FOREIGN}
