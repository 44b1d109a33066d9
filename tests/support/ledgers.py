"""A ledger written by hand: Documents with a Change that is owed, for tests of what is told of them."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from alerts.steps.alerting import alert_stories
from pipeline.model.blocks import Block, BlockKind, ReadStatus
from pipeline.model.changes import Change, ChangeKind, Findings, Relevance, Significance, Verdict
from pipeline.model.documents import DocumentState, Part, PartKind, Record
from pipeline.model.drafts import Draft
from pipeline.model.redlines import Noticed
from pipeline.steps.cluster import cluster
from pipeline.steps.draft import draft_stories
from pipeline.store import bodies, changes, deliveries, documents, versions
from pipeline.store.changes import Fate
from pipeline.store.database import Database
from pipeline.text.drafting.draft import draft_item
from pipeline.text.words.normalise import NORMALISER
from sendwatch.household import read_house

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
GOVUK = "https://www.gov.uk/government/publications/"
TEAM = ["team@charity.example"]


@dataclass
class Ledger:
    """What was noticed, hop by hop; ``now`` is moved on by the test."""

    db: Database
    now: datetime = NOW
    ids: dict[str, int] = field(default_factory=dict)

    def arrives(self, name: str, title: str, kind: str, text: str, hrefs: Sequence[str] = ()) -> int:
        """A new document; returns the id of its Version."""
        return self._noticed(name, title, kind, text, hrefs, ChangeKind.NEW)

    def changes(self, name: str, title: str, kind: str, text: str, edit: str = "") -> int:
        """A quiet edit of a known document."""
        return self._noticed(name, title, kind, text, (), ChangeKind.QUIETLY_UPDATED, edit=edit)

    def known(self, name: str, title: str, kind: str, text: str) -> int:
        """A document of the silent baseline."""
        return self._noticed(name, title, kind, text, (), ChangeKind.BASELINE, fate=Fate.RECORDED)

    def cycle(self) -> None:
        """Everything after a crawl but the sending; a minute passes."""
        cluster(self.db, self.now)
        draft_stories(self.db, a_drafter(), self.now)
        alert_stories(self.db, team=TEAM, source_title=str, domain="charity.example", now=self.now)
        self.passes(minutes=1)

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)

    def mails(self) -> list[str]:
        """The subjects of all Alerts, in the order they were made."""
        return [mail.subject for mail in self.whole_mails()]

    def whole_mails(self) -> list[deliveries.Mail]:
        with self.db.begin() as tx:
            ids = tx.exec_driver_sql("SELECT id FROM alerts ORDER BY id").scalars().all()
            return [deliveries.mail_of(tx, alert_id) for alert_id in ids]

    def _noticed(
        self,
        name: str,
        title: str,
        document_type: str,
        text: str,
        hrefs: Sequence[str],
        kind: ChangeKind,
        *,
        edit: str = "",
        fate: Fate = Fate.OWED,
    ) -> int:
        url = name if "://" in name else GOVUK + name
        raw = json.dumps({"body": "".join(f'<a href="{href}">x</a>' for href in hrefs), "of": url + text})
        body = raw.encode()
        part = Part(PartKind.PAGE, "", url, "", ReadStatus.READ, sha256(body).hexdigest(), 9, _blocks(text))
        record = Record(
            url=url,
            title=title,
            document_type=document_type,
            public_updated=self.now,
            first_published=self.now,
            publishers=("Department for Education",),
        )
        with self.db.begin() as tx:
            bodies.keep(tx, {part.sha256: body})
            before = documents.find(tx, url)
            if before is None:
                row = documents.DocumentRow(
                    0, url, "govuk-send", "govuk", url, title, DocumentState.LIVE, self.now, self.now
                )
                self.ids[name] = documents.insert_new(tx, row)
            version = versions.insert_new(
                tx,
                document_id=self.ids[name],
                seen_at=self.now,
                fingerprint=sha256(raw.encode()).hexdigest(),
                normaliser=NORMALISER,
                record=record,
                parts=(part,),
            )
            tx.exec_driver_sql(f"UPDATE documents SET version_id = {version} WHERE id = {self.ids[name]}")
            change = Change(
                id=0,
                document_id=self.ids[name],
                from_version=before.version_id if before else None,
                to_version=version,
                seen_at=self.now,
                kind=kind,
                details=("Something else is said.",) if edit else (),
                significance=Significance.SUBSTANTIVE,
                public_note="",
                relevance=Relevance(Verdict.RELEVANT, 9.0),
                findings=Findings(edit=edit),
            )
            changes.add(tx, change, fate)
        return version


def a_drafter() -> Callable[[Record, Sequence[Part], Noticed | None], Draft]:
    """The real drafter, in the manner of the house that comes with it."""
    house = read_house(None)
    return lambda record, parts, noticed: draft_item(record, parts, house, noticed=noticed)


def _blocks(text: str) -> tuple[Block, ...]:
    return tuple(Block(BlockKind.PARAGRAPH, line) for line in text.split("\n") if line)
