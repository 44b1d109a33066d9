"""``doctor``: is everything in place, and if not, what to do about it."""

import asyncio
import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict

import click
from sqlalchemy import text

from alerts.mailers import SmtpMailer
from pipeline.model.errors import ConfigError, TransientError
from pipeline.steps.due import next_due
from pipeline.steps.pausing import pauses
from pipeline.store import deliveries, documents, entries, runs, sources
from sendwatch.commands.bounce_checkup import bounce_findings
from sendwatch.commands.desk_checkup import desk_findings
from sendwatch.commands.findings import Finding
from sendwatch.commands.model_checkup import model_findings
from sendwatch.commands.moments import on_the_clock
from sendwatch.commands.opening import opened
from sendwatch.commands.telling_checkup import telling_findings
from sendwatch.sending_terms import mail_folder
from sendwatch.wiring import Wiring, now, user_agent

SPARE = 500_000_000  # bytes of disk below which doctor speaks up


@click.command()
@click.option("--offline", is_flag=True, help="Ask neither publishers nor the mail server.")
@click.option("--json", "as_json", is_flag=True, help="The findings as JSON.")
def doctor(offline: bool, as_json: bool) -> None:
    """Check settings, database, mail server, each source and the disk, and say what to do.

    Sends no mail and changes nothing. Exit codes: 0 all is well; 1 something is wrong; 78 a setting is
    refused (nothing else can be checked then).
    """
    with opened() as wiring:
        findings = list(_findings(wiring, offline=offline))
    if as_json:
        click.echo(json.dumps([asdict(f) for f in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            mark = {"ok": "ok   ", "note": "note ", "wrong": "WRONG"}[finding.state]
            click.echo(f"{mark}  {finding.what}: {finding.words}")
            if finding.advice:
                click.echo(f"       → {finding.advice}")
    if any(f.state == "wrong" for f in findings):
        sys.exit(1)


def _findings(wiring: Wiring, *, offline: bool) -> Iterator[Finding]:
    yield from _settings(wiring)
    yield _database(wiring)
    yield _disk(wiring)
    yield from _mail(wiring, offline=offline)
    yield from bounce_findings(wiring.settings.mailing, offline=offline)
    yield from desk_findings(wiring)
    yield from telling_findings(wiring)
    yield from model_findings(wiring.settings.model, offline=offline)
    yield from _sources(wiring)
    yield from _standing(wiring)
    if not offline:
        yield from _reachable(wiring)


def _settings(wiring: Wiring) -> Iterator[Finding]:
    settings = wiring.settings
    shown = ", ".join(f"{name}={value}" for name, value in settings.shown().items())
    yield Finding("settings", "ok", shown)
    if not settings.team:
        advice = "set SENDWATCH_TEAM to the content team's addresses, separated by commas"
        yield Finding("team", "wrong", "nobody would get a mail", advice)
    if not settings.has_contact:
        advice = "set SENDWATCH_CONTACT to a web page or an address where publishers can reach you"
        yield Finding("contact", "note", "publishers cannot tell who is asking them", advice)


def _database(wiring: Wiring) -> Finding:
    with wiring.db.begin() as tx:
        count = documents.count(tx)
        if tx.dialect.name == "sqlite":
            sound = tx.execute(text("PRAGMA quick_check(1)")).scalar() == "ok"
            if not sound:
                advice = "stop sendwatch and restore the last good copy of the file"
                return Finding("database", "wrong", "the SQLite file is damaged", advice)
        return Finding("database", "ok", f"{tx.dialect.name}, {count} documents")


def _disk(wiring: Wiring) -> Finding:
    free = shutil.disk_usage(wiring.settings.var).free
    if free < SPARE:
        advice = f"make room where {wiring.settings.var} lies"
        return Finding("disk", "wrong", f"{free // 1_000_000} MB are left", advice)
    return Finding("disk", "ok", f"{free // 1_000_000_000} GB are free")


def _mail(wiring: Wiring, *, offline: bool) -> Iterator[Finding]:
    with wiring.db.begin() as tx:
        counts = deliveries.counts(tx)
        troubled = deliveries.troubled(tx)
    settings = wiring.settings
    if not settings.smtp_url:
        words = f"there is no mail server; mail is written to {mail_folder(settings)}"
        yield Finding("mail server", "note", words, "set SENDWATCH_SMTP_URL to go live")
    elif not offline:
        yield _mail_server(SmtpMailer(settings.smtp_url, settings.sender))
    yield Finding("mail", "ok", f"{counts.sent} sent, {counts.owed} owed, {counts.failed} refused for good")
    for state, recipient, error in troubled:
        grave = "wrong" if state == "failed" else "note"
        advice = "check the address" if state == "failed" else "it is tried again by itself"
        yield Finding(f"mail to {recipient}", grave, error, advice)


def _mail_server(mailer: SmtpMailer) -> Finding:
    try:
        words = mailer.greet()
    except (TransientError, ConfigError) as error:
        return Finding("mail server", "wrong", str(error), "check SENDWATCH_SMTP_URL")
    return Finding("mail server", "ok", words)


def _sources(wiring: Wiring) -> Iterator[Finding]:
    moment = now()
    for source in wiring.schedules.sources:
        with wiring.db.begin() as tx:
            run = runs.last(tx, source.key)
            state = sources.state(tx, source.key)
            pause = pauses(tx).get(source.key)
        if pause is not None:
            advice = f"`sendwatch sources resume {source.key}` lets it go on"
            yield Finding(
                source.key, "note", f"paused by {pause.by} since {on_the_clock(pause.since)}", advice
            )
            continue
        if run is None:
            yield Finding(source.key, "note", "never crawled yet", "`sendwatch run --once` begins the watch")
            continue
        due = on_the_clock(next_due(source, run.started_at, moment))
        words = (
            f"{run.outcome} at {on_the_clock(run.started_at)}, next at {due}, {state.entries_seen} entries"
        )
        if run.outcome == "whole":
            yield Finding(source.key, "ok", words)
        else:
            advice = "it is tried again by itself; the last good state stays"
            grave = "wrong" if run.outcome == "failed" else "note"
            yield Finding(source.key, grave, f"{words}: {run.words}", advice)


def _standing(wiring: Wiring) -> Iterator[Finding]:
    with wiring.db.begin() as tx:
        problems, degraded = runs.standing_problems(tx), documents.degraded(tx)
        unread = entries.troubled(tx)
    for problem in problems:
        yield Finding(problem.source, "wrong", f"{problem.words} (since {on_the_clock(problem.opened_at)})")
    for document in degraded:
        advice = "the last good state is kept; it is looked at again by itself"
        yield Finding(f"degraded: {document.url}", "note", document.degraded, advice)
    for _, url, since, words in unread:
        advice = (
            "it is new and was never read: it is tried again by itself; look at it by hand if that takes long"
        )
        yield Finding(f"unread: {url}", "wrong", f"{words} (listed since {on_the_clock(since)})", advice)


def _reachable(wiring: Wiring) -> Iterator[Finding]:
    from crawler.probe import probe
    from sendwatch.reactor import run_on_reactor

    places = [wiring.settings.govuk_url, wiring.settings.assets_url, wiring.settings.educationhub_url]

    async def ask_all() -> list[str]:
        return list(await asyncio.gather(*(probe(place, user_agent(wiring.settings)) for place in places)))

    for place, fault in zip(places, run_on_reactor(ask_all), strict=True):
        if fault:
            advice = "check the network, the proxy and the address"
            yield Finding(place, "wrong", fault, advice)
        else:
            yield Finding(place, "ok", "answers")
