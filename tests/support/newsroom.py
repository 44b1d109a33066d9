"""A newsroom written by hand: pages arrive, an editor decides, Fridays come; on a real database.

The clock is the ledger's ``now``. Subscribers are rows, so that this says nothing of how people sign up.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from datetime import time as clock_time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from alerts.digest_page import Frame
from alerts.mailers import EmlMailer
from alerts.steps import digesting
from alerts.steps.delivering import deliver_owed
from alerts.steps.digesting import Gathered, gather_digests
from pipeline.model.drafts import StandingBlock
from pipeline.model.plans import Plan, Rhythm
from pipeline.steps.review import Approving, Wording, approve
from pipeline.store import readership
from pipeline.store.database import Database
from pipeline.store.mailing_tables import subscribers, subscriptions
from tests.support.ledgers import Ledger

WEEKLY = Plan("weekly", "Every week, on Friday", Rhythm.WEEK, weekday=4, at=clock_time(12))
TEAM = "team@charity.example"
MONTHLY = Plan("monthly", "Every month, on the first Friday", Rhythm.MONTH, weekday=4, at=clock_time(12))
AT_ONCE = Plan("at-once", "As soon as there is news", Rhythm.STORY)
FRAME = Frame(
    "Open Lanes",
    (StandingBlock("Talk to us", "Our helpline is there for you.", (("Call us", "tel:08081570000"),)),),
    "https://news.charity.example",
)
FRIDAY = datetime(2026, 11, 27, 12, tzinfo=UTC)
LETTER = (
    "Dear colleagues,\nI am writing to all head teachers about {what} for children and young people with "
    "special educational needs and disabilities (SEND).\nSchools must tell parents about {what} within ten "
    "school days.\nParents can appeal to the tribunal about {what} when they do not agree.\n"
    "No family should be asked to pay for {what}, and no EHC plan may be ended because of it.\n"
    "Yours sincerely,\nA. N. Other\nMinister for School Standards"
)
WORDS = (
    "Schools must tell parents about {what} within ten school days, and no family may be asked to pay. "
    "Parents who do not agree can appeal to the tribunal, as before."
)


@dataclass
class Newsroom:
    """The pages by their names, and the numbers of their Stories."""

    db: Database
    ledger: Ledger = field(init=False)
    stories: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.db)

    @property
    def now(self) -> datetime:
        return self.ledger.now

    def travel(self, to: datetime) -> None:
        """Move the clock."""
        assert to >= self.ledger.now, "time goes one way"
        self.ledger.now = to

    def page(self, what: str, kind: str = "guidance", text: str = LETTER) -> int:
        """A new page about ``what`` arrives and becomes a Story; returns its number."""
        self.ledger.arrives(what.replace(" ", "-"), f"All about {what}", kind, text.format(what=what))
        self.ledger.cycle()
        with self.db.begin() as tx:
            number = tx.exec_driver_sql("SELECT max(id) FROM stories").scalar_one()
        self.stories[what] = int(number)
        return int(number)

    def posts(self) -> None:
        """The mails that are owed to the team go out, to files that nobody keeps."""
        with TemporaryDirectory() as folder:
            mailer = EmlMailer(Path(folder), "sendwatch@charity.example")
            deliver_owed(self.db, mailer, clock=lambda: self.now)

    def edits(self, what: str, more: str = "Schools should also keep a record.") -> None:
        """The page about ``what`` says something more."""
        text = LETTER.format(what=what) + f"\n{more}"
        self.ledger.changes(
            what.replace(" ", "-"), f"All about {what}", "guidance", text, edit=f"e{self.ledger.now}"
        )

    def edits_back(self, what: str) -> None:
        """The page about ``what`` says again what it said at first."""
        text = LETTER.format(what=what)
        self.ledger.changes(what.replace(" ", "-"), f"All about {what}", "guidance", text, edit="back")

    def approves(self, what: str, words: str = WORDS, *, as_it_is_now: bool = False) -> Approving:
        """Anna approves the Story about ``what`` in words of her own, so that tests know them."""
        return approve(
            self.db,
            self.stories[what],
            by="Anna",
            now=self.ledger.now,
            wording=Wording(f"News about {what}", words.format(what=what)),
            as_it_is_now=as_it_is_now,
        )

    def subscriber(self, name: str, *plans: str, **columns: object) -> int:
        """A person who has confirmed; ``columns`` overwrite what a new one would have."""
        row: dict[str, object] = {
            "key": f"key-of-{name}".ljust(22, "x")[:22],
            "address": f"{name}@families.example",
            "state": "active",
            "created_at": self.ledger.now,
            "confirmed_at": self.ledger.now,
            **columns,
        }
        with self.db.begin() as tx:
            made = tx.execute(subscribers.insert().values(row)).inserted_primary_key
            assert made is not None
            for plan in plans or ("weekly",):
                tx.execute(
                    subscriptions.insert().values(plan=plan, subscriber_id=made[0], since=self.ledger.now)
                )
        self.people[name] = int(made[0])
        return int(made[0])

    def crowd(self, count: int, **columns: object) -> None:
        """As many more readers of the weekly digest, in one go."""
        with self.db.begin() as tx:
            first = int(tx.exec_driver_sql("SELECT coalesce(max(id), 0) + 1 FROM subscribers").scalar_one())
            rows = [
                {
                    "id": n,
                    "key": f"{n:022}",
                    "address": f"p{n}@families.example",
                    "state": "active",
                    "created_at": self.ledger.now,
                    "confirmed_at": self.ledger.now,
                    **columns,
                }
                for n in range(first, first + count)
            ]
            tx.execute(subscribers.insert(), rows)
            since = {"plan": "weekly", "since": self.ledger.now}
            tx.execute(subscriptions.insert(), [{**since, "subscriber_id": row["id"]} for row in rows])

    def gathers(self, *plans: Plan, team: tuple[str, ...] = (TEAM,), **more: Any) -> Gathered:
        """One round of gathering by the clock of the ledger."""
        news = digesting.Newsroom(team, "charity.example", FRAME)
        return gather_digests(self.db, plans or (WEEKLY,), news, clock=lambda: self.ledger.now, **more)

    def had(self, name: str) -> list[str]:
        """What a person is owed or was sent, digest by digest: key and the titles of its items."""
        from pipeline.store import digests

        with self.db.begin() as tx:
            rows = tx.exec_driver_sql(
                "SELECT d.key, d.id, m.positions, m.id AS mail FROM digest_deliveries v "
                "JOIN digests d ON d.id = v.digest_id JOIN digest_mails m ON m.id = v.mail_id "
                f"WHERE v.subscriber_id = {self.people[name]} AND v.state IN ('owed', 'sent') ORDER BY v.id"
            ).all()
            told = []
            for row in rows:
                entries = digests.entries_of(tx, row[1])
                places = [int(one) for one in str(row[2]).strip("[]").split(",") if one]
                titles = [(entries[p].item or entries[p].bare).title for p in places]  # type: ignore[union-attr]
                told.append(f"{row[0]}: {', '.join(titles)}".strip())
        return told

    def mail_of(self, name: str) -> readership.Mail:
        """The newest mail of a person, with its slots."""
        with self.db.begin() as tx:
            found = tx.exec_driver_sql(
                f"SELECT mail_id FROM digest_deliveries WHERE subscriber_id = {self.people[name]} "
                "ORDER BY id DESC LIMIT 1"
            ).scalar_one()
            return readership.mail_of(tx, int(found))

    def digests(self) -> list[tuple[str, str]]:
        """Key and state of every digest."""
        with self.db.begin() as tx:
            rows = tx.exec_driver_sql("SELECT key, state FROM digests ORDER BY id").all()
        return [(str(row[0]), str(row[1])) for row in rows]

    def team_mails(self) -> list[str]:
        """Subjects of what the team was told, without the Alerts themselves."""
        return [one for one in self.ledger.mails() if not one.startswith("[New")]
