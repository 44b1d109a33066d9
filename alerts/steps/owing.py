"""Owe one digest to its readers: each distinct mail rendered once, one row a person, in bounded chunks.

The mark ``digests.owed_to`` moves in the very transaction that owes a chunk, so that a process that is killed
anywhere is finished by the next one, without a repeat and without a gap. Sends nothing, reads no address.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from alerts.compose_digest import compose_digest
from alerts.digest_page import Frame, digest_page
from pipeline.model.digests import Closing, Digest, DigestEntry, DigestState
from pipeline.model.mails import Mail
from pipeline.steps.collect import closing_soon
from pipeline.store import digests, readership
from pipeline.store.database import Database
from pipeline.store.readership import Reader, Wants

CHUNK = 2_000  # people: the transaction that owes them takes about 50 ms
Positions = tuple[int, ...]


@dataclass(slots=True)
class _Rendered:
    """What a digest's mails are made from, and those that are made."""

    digest: Digest
    plan_title: str
    frame: Frame
    entries: Sequence[DigestEntry]
    closing: Sequence[Closing]
    ids: dict[str, int]
    new: dict[str, tuple[Positions, Mail]] = field(default_factory=dict)
    shown: dict[Wants, tuple[Positions, tuple[Closing, ...]]] = field(default_factory=dict)
    keys: dict[tuple[Positions, Wants], str] = field(default_factory=dict)

    def key_for(self, wants: Wants, had: Collection[tuple[int, int]]) -> str:
        """The key of the mail for such a person, rendering it if it is new; empty: nothing is for them."""
        if wants not in self.shown:
            self.shown[wants] = (
                tuple(n for n, one in enumerate(self.entries) if wanted(one, wants)),
                tuple(one for one in self.closing if wanted_closing(one, wants)),
            )
        positions, closing = self.shown[wants]
        if had:
            left = ((self.entries[n].story_id, self.entries[n].revision) for n in positions)
            positions = tuple(n for n, pair in zip(positions, left, strict=True) if pair not in had)
        if not positions and self.entries:
            return ""
        if (positions, wants) not in self.keys:
            self.keys[positions, wants] = self._key(positions, closing, plain=wants.plain)
        return self.keys[positions, wants]

    def _key(self, positions: Positions, closing: tuple[Closing, ...], *, plain: bool) -> str:
        key = readership.mail_key(positions, closing, plain=plain)
        if key not in self.ids and key not in self.new:
            mine = [self.entries[n] for n in positions]
            page = digest_page(
                mine,
                closing,
                plan_title=self.plan_title,
                day=self.digest.day,
                opening=self.digest.opening,
                frame=self.frame,
            )
            self.new[key] = (positions, compose_digest(page, mine, plain=plain, archived=self.digest.plan))
        return key


def owe_digest(
    db: Database,
    digest: Digest,
    *,
    plan_title: str,
    frame: Frame,
    clock: Callable[[], datetime],
    stop: Callable[[], bool] = lambda: False,
    chunk: int = CHUNK,
) -> bool:
    """Owe a gathered digest to everybody who is still to have it. True when all is owed.

    False when ``stop()`` said so, or an editor has stopped the digest meanwhile: the next call goes on. Must
    run under a lock, so that no other digest is owed at the same time: what a person has had counts.
    """
    with db.begin() as tx:
        entries = digests.entries_of(tx, digest.id)
        closing = closing_soon(tx, digest.plan, entries, digest.day, until=digest.made_at) if entries else ()
        rendered = _Rendered(digest, plan_title, frame, entries, closing, readership.mails(tx, digest.id))
        start = digests.owed_to(tx, digest.id)
    pairs = {(one.story_id, one.revision) for one in entries}
    while not stop():
        with db.begin() as tx:
            people = readership.readers(tx, digest.plan, after=start, most=chunk, day=digest.day)
            had = readership.had(tx, digest.id, pairs, [one.id for one in people])
        if not people:
            with db.begin() as tx:
                return digests.move(tx, digest.id, was=[DigestState.GATHERED], to=DigestState.SENDING)
        now = clock()
        owed = [(one, key) for one in people if (key := rendered.key_for(one.wants, had.get(one.id, ())))]
        with db.begin() as tx:
            for key, (positions, mail) in rendered.new.items():
                rendered.ids[key] = readership.keep_mail(tx, digest.id, key, positions, mail)
            rows = [(one.id, rendered.ids[key], _due(one, now)) for one, key in owed]
            if not readership.owe(tx, digest.id, rows, start=start, up_to=people[-1].id):
                return False
        rendered.new.clear()
        start = people[-1].id
    return False


def wanted(entry: DigestEntry, wants: Wants) -> bool:
    """Whether an entry is for a person: an empty wish means all, and so does a source that names none."""
    held = entry.item or entry.bare
    return held is not None and _fits(held.topics, held.nations, held.phases, wants)


def wanted_closing(one: Closing, wants: Wants) -> bool:
    """The same for a deadline."""
    return _fits(one.topics, one.nations, one.phases, wants)


def _fits(topics: Collection[str], nations: Collection[str], phases: Collection[str], wants: Wants) -> bool:
    if wants.topics and not wants.topics & set(topics):
        return False
    if wants.nations and nations and "UK" not in nations and not wants.nations & set(nations):
        return False
    return not (wants.phases and phases and not wants.phases & set(phases))


def _due(reader: Reader, now: datetime) -> datetime:
    """A person whose mailbox was full gets it when the rest is over: a week is not lost for a few hours."""
    return max(now, reader.rest_until) if reader.rest_until else now
