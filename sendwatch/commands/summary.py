"""The summary of a cycle: a table for people, JSON for programs."""

from typing import Any

from pipeline.store import deliveries, documents
from sendwatch.cycle import CycleReport
from sendwatch.sending_terms import mail_folder
from sendwatch.wiring import Wiring

HEADINGS = ("source", "outcome", "listed", "new", "changed", "same", "requests")


def summary_table(wiring: Wiring, report: CycleReport) -> str:
    """Plain text, one line a Source, then the mail and what was wrong."""
    rows = [HEADINGS, *(_row(wiring, crawl) for crawl in summary_json(wiring, report)["sources"])]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEADINGS))]
    lines = [
        "  ".join(
            cell.ljust(width) if i < 2 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join([*lines, "", *_mail_lines(wiring, report), *_trouble_lines(report)])


def summary_json(wiring: Wiring, report: CycleReport) -> dict[str, Any]:
    """The same as data: ``sources`` (a list), ``watched``, ``stories``, ``mail`` and ``digests``."""
    with wiring.db.begin() as tx:
        counts = deliveries.counts(tx)
        watched = documents.count(tx)
    sources = [
        {
            "source": crawl.source,
            "outcome": crawl.outcome,
            "listed": crawl.entries,
            "baseline": crawl.intakes["baseline"],
            "new": crawl.intakes["new"],
            "changed": crawl.intakes["changed"],
            "unchanged": crawl.intakes["unchanged"],
            "requests": crawl.requests,
            "faults": dict(crawl.faults),
            "degraded": list(crawl.degraded),
        }
        for crawl in report.crawls
    ]
    mail = {
        "sent": report.delivered.sent,
        "to_try_again": report.delivered.again,
        "refused": report.delivered.failed,
        "owed": counts.owed,
    }
    digests = {"sent": report.digests.tally.sent, "owed": report.digests.owed}
    return {
        "sources": sources,
        "watched": watched,
        "stories": report.stories,
        "mail": mail,
        "digests": digests,
    }


def _row(wiring: Wiring, crawl: dict[str, Any]) -> tuple[str, ...]:
    outcome = str(crawl["outcome"])
    if crawl["baseline"]:
        outcome += f" (baseline: {crawl['baseline']})"
    numbers = (str(crawl[name]) for name in ("listed", "new", "changed", "unchanged", "requests"))
    return (wiring.source_title(str(crawl["source"])), outcome, *numbers)


def _mail_lines(wiring: Wiring, report: CycleReport) -> list[str]:
    data = summary_json(wiring, report)
    mail = data["mail"]
    lines = [
        f"{data['watched']} documents are watched; {report.stories} new to tell; {mail['sent']} mails sent."
    ]
    if not wiring.settings.team:
        lines.append("No mail can be sent: set SENDWATCH_TEAM to the content team's addresses.")
    elif not wiring.settings.smtp_url:
        lines.append(f"There is no mail server: mail is written to {mail_folder(wiring.settings)}")
    digests = data["digests"]
    if digests["sent"] or digests["owed"]:
        more = f", {digests['owed']} are owed still: `sendwatch digest status`" if digests["owed"] else ""
        lines.append(f"{digests['sent']} mails of digests sent{more}.")
    if mail["owed"]:
        lines.append(f"{mail['owed']} mails are owed and are tried again in the next cycle.")
    if mail["refused"]:
        lines.append(f"{mail['refused']} mails were refused by the mail server: see `sendwatch doctor`.")
    return lines


def _trouble_lines(report: CycleReport) -> list[str]:
    lines = [f"! {c.source}: {words}" for c in report.crawls for words in c.faults.values()]
    return lines + [f"! {words}" for c in report.crawls for words in c.degraded]
