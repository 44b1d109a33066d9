"""The web version of a digest: inner HTML of its archive page, and what there is to read, by plan and day.

Shows what every subscriber may read: all entries of a digest, with nobody's links in it. Digests that are
held, cancelled, quiet or still being put together are not shown. Reads only; serves nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alerts.compose_digest import environment
from alerts.digest_page import DigestPage, Frame, digest_page
from pipeline.model.digests import Closing, DigestEntry
from pipeline.model.plans import Plan
from pipeline.steps.collect import closing_soon
from pipeline.store import digests
from pipeline.store.database import Database


@dataclass(frozen=True, slots=True)
class ArchivedPlan:
    """A plan with something to read."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class ArchivedDay:
    """One day of a plan. ``titles`` are those of its items, in order."""

    day: date
    heading: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """``html`` is for the inside of a page's main element: it begins with its one ``h1``."""

    plan: str
    day: date
    title: str
    html: str


def inner_html(page: DigestPage) -> str:
    """The inner HTML of a digest's public page; safe to put into a page as it is."""
    made = environment().get_template("email/digest/web.html")
    return made.render(page=page, frame=page.frame).strip() + "\n"


class Archive:
    """What the public may read. ``plans`` are those of the schedule: their titles and their order."""

    def __init__(self, db: Database, plans: Sequence[Plan], frame: Frame) -> None:
        self._db = db
        self._titles = {plan.key: plan.title for plan in plans}
        self._frame = frame

    def plans(self) -> list[ArchivedPlan]:
        """Plans with a digest to read, in the order of the schedule; then those that have left it."""
        with self._db.begin() as tx:
            found = digests.plans_with_digests(tx)
        order = list(self._titles)
        found.sort(key=lambda key: order.index(key) if key in order else len(order))
        return [ArchivedPlan(key, self._titles.get(key, key)) for key in found]

    def days(self, plan: str) -> list[ArchivedDay]:
        """The days of a plan, newest first; empty for a plan that has none."""
        with self._db.begin() as tx:
            made = [(one, digests.entries_of(tx, one.id)) for one in digests.shown(tx, plan)]
        by_day: dict[date, list[DigestEntry]] = {}
        for digest, entries in made:
            by_day.setdefault(digest.day, []).extend(entries)
        pages = [self._laid_out(plan, day, "", entries, ()) for day, entries in by_day.items()]
        return [ArchivedDay(page.day, page.heading, page.titles) for page in pages if not page.quiet]

    def page(self, plan: str, day: date) -> ArchivedPage | None:
        """The page of one plan and day; None without one. The at-once mails of one day are one page."""
        with self._db.begin() as tx:
            made = digests.shown(tx, plan, day)
            entries = [one for digest in made for one in digests.entries_of(tx, digest.id)]
            closing = (
                closing_soon(tx, plan, entries, day, until=max(one.made_at for one in made))
                if entries
                else ()
            )
        if not entries:
            return None
        opening = next((one.opening for one in made if one.opening), "")
        page = self._laid_out(plan, day, opening, entries, closing)
        return ArchivedPage(plan, day, page.heading, inner_html(page))

    def _laid_out(
        self,
        plan: str,
        day: date,
        opening: str,
        entries: Sequence[DigestEntry],
        closing: Sequence[Closing],
    ) -> DigestPage:
        title = self._titles.get(plan, plan)
        return digest_page(entries, closing, plan_title=title, day=day, opening=opening, frame=self._frame)
