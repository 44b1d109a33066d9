"""The next digest of a plan as the desk shows it, and an editor's order of it. Assigns and mails nothing.

The order that is printed goes by topic, and within a topic by an editor's order or else by weight; the first
of all is the one that the subject names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Connection

from pipeline.model.digests import DigestEntry, Topic
from pipeline.model.plans import Plan
from pipeline.steps.collect import entries_for, previous_digest
from pipeline.steps.due_plans import due_at, next_day
from pipeline.steps.hurrying import WAIT, asked_early
from pipeline.steps.stopping import stopped_by
from pipeline.store import digest_orders, digests, memory
from pipeline.store.memory import Remembered
from pipeline.text.drafting.digest_topics import first_topic
from pipeline.text.words.dates import LONDON


@dataclass(frozen=True, slots=True)
class Coming:
    """What the plan's digest of ``day`` (London) holds as things stand. ``due`` is aware UTC.

    ``entries`` are in order, what the subject names first. ``ordered`` says whether an editor's order counts,
    ``stopped_by`` who has stopped the plan; empty: nobody. Without ``seen`` the watch has not begun the plan.
    ``early`` says who has asked that it leaves before its hour; a plan has one edition a day.
    """

    plan: Plan
    day: date
    due: datetime
    entries: tuple[DigestEntry, ...]
    opening: str
    ordered: bool
    stopped_by: str
    seen: bool = True
    early: Remembered | None = None
    left_today: bool = False

    @property
    def leaves_at(self) -> datetime | None:
        """When it leaves before its hour, where somebody has asked for that (aware UTC)."""
        return self.early.kept_at + WAIT if self.early else None

    @property
    def printed(self) -> tuple[tuple[Topic, tuple[DigestEntry, ...]], ...]:
        """The approved entries as they are printed, topic by topic."""
        groups: dict[Topic, list[DigestEntry]] = {}
        for one in self.entries:
            if one.item is not None:
                groups.setdefault(first_topic(one.item.topics), []).append(one)
        return tuple((topic, tuple(groups[topic])) for topic in Topic if topic in groups)

    @property
    def order(self) -> tuple[int, ...]:
        """The Stories of the approved entries, in order."""
        return tuple(one.story_id for one in self.entries if one.item is not None)


class Step(StrEnum):
    """How an entry is moved."""

    UP = "up"
    DOWN = "down"
    FIRST = "first"  # named in the subject


class Ordering(StrEnum):
    """What became of a wish to move an entry."""

    DONE = "done"
    STALE = "stale"  # the digest holds something else by now, or in another order
    NOWHERE = "nowhere"  # it stands there already


def coming(tx: Connection, plan: Plan, now: datetime) -> Coming:
    """The plan's next digest as it would be made now. Not for what is mailed at once."""
    day = next_day(plan, now)
    before = previous_digest(tx, plan.key, now)
    if before is not None and before.day == day:  # it left before its hour
        day = next_day(plan, due_at(plan, day))
    known = memory.recall(tx, f"plan:{plan.key}")
    entries: tuple[DigestEntry, ...] = ()
    if known is not None:
        entries = entries_for(tx, plan, since=known.kept_at, previous=before, now=now)
    return Coming(
        plan=plan,
        day=day,
        due=due_at(plan, day),
        entries=entries,
        opening=digests.opening(tx, plan.key, day),
        ordered=bool(digest_orders.positions(tx, plan.key)),
        stopped_by=stopped_by(tx, plan.key),
        early=asked_early(tx, plan.key, now),
        left_today=before is not None and before.day == now.astimezone(LONDON).date(),
        seen=known is not None,
    )


def move_entry(
    tx: Connection, plan: Plan, story_id: int, step: Step, *, seen: Sequence[int], now: datetime
) -> Ordering:
    """Move one entry within its topic, or to the front of all; ``seen`` is the order that the editor saw."""
    # before anything is read: of two editors in one instant the later one sees what the first one did
    digest_orders.in_turn(tx, plan.key)
    shown = coming(tx, plan, now)
    order = list(shown.order)
    if order != list(seen) or story_id not in order:
        return Ordering.STALE
    if step is Step.FIRST:
        moved = [story_id, *(one for one in order if one != story_id)]
    else:
        moved = _swapped(order, _neighbours(shown, story_id), story_id, step)
    return _kept(tx, plan, order, moved)


def order_topic(
    tx: Connection, plan: Plan, wanted: Sequence[int], *, seen: Sequence[int], now: datetime
) -> Ordering:
    """Put the entries of one topic into the order ``wanted``, which must name each of them once."""
    digest_orders.in_turn(tx, plan.key)
    shown = coming(tx, plan, now)
    order = list(shown.order)
    if order != list(seen) or not wanted or wanted[0] not in order:
        return Ordering.STALE
    group = _neighbours(shown, wanted[0])
    if sorted(group) != sorted(wanted):
        return Ordering.STALE
    placed = dict(zip(group, wanted, strict=True))
    return _kept(tx, plan, order, [placed.get(one, one) for one in order])


def _kept(tx: Connection, plan: Plan, order: list[int], moved: list[int]) -> Ordering:
    if moved == order:
        return Ordering.NOWHERE
    digest_orders.keep(tx, plan.key, moved)
    return Ordering.DONE


def _neighbours(shown: Coming, story_id: int) -> list[int]:
    """The Stories of the topic under which this one is printed, in order."""
    groups = ([one.story_id for one in entries] for _, entries in shown.printed)
    return next(group for group in groups if story_id in group)


def _swapped(order: list[int], group: list[int], story_id: int, step: Step) -> list[int]:
    place = group.index(story_id) + (-1 if step is Step.UP else 1)
    if not 0 <= place < len(group):
        return order
    other = group[place]
    swap = {story_id: other, other: story_id}
    return [swap.get(one, one) for one in order]
