"""What ``doctor`` says of the digest's settings and its subscribers. Names nobody."""

from collections.abc import Collection, Iterator, Mapping
from urllib.parse import urlsplit

from alerts.this_machine import LOOPBACK
from pipeline.steps.collect import seen_ahead
from pipeline.store import confirmations, subscriber_lists
from pipeline.text.words.dates import on_day
from sendwatch.commands.findings import Finding
from sendwatch.public_pages import read_logo
from sendwatch.secret_mark import CHANGED, REMEDY, is_the_same
from sendwatch.wiring import Wiring


def lost_readers(by_plan: Mapping[str, int], declared: Collection[str]) -> Iterator[Finding]:
    """People who chose a digest that is not declared any more: they get nothing, and nobody would notice."""
    for plan, readers in sorted(by_plan.items()):
        if plan not in declared:
            people = "1 person" if readers == 1 else f"{readers:,} people"
            words = f"{people} chose {plan!r}, which schedules.yaml does not name: they get no such mail"
            advice = "a digest may change its title, day and hour, but must keep its key"
            yield Finding("readers", "wrong", words, advice)


def plans_ahead(wiring: Wiring) -> Iterator[Finding]:
    """Plans that were first seen by a clock that ran ahead: no approval would be their news, in silence."""
    for plan in wiring.schedules.plans:
        with wiring.db.begin() as tx:
            ahead = seen_ahead(tx, plan.key, wiring.clock())
        if ahead is not None:
            words = f"“{plan.title}” takes no approval before {on_day(ahead)}: a wrong clock saw it first"
            advice = f"check the clock of this machine; if it is right now: sendwatch digest begin {plan.key}"
            yield Finding("digest", "wrong", words, advice)


def desk_findings(wiring: Wiring) -> Iterator[Finding]:
    """Site, secret, allow-list, logo, and how many people stand where; nothing where there is no digest."""
    with wiring.db.begin() as tx:
        by_plan = subscriber_lists.counts_by_plan(tx)
    yield from lost_readers(by_plan, [plan.key for plan in wiring.schedules.plans])
    if not wiring.schedules.plans:
        return
    yield from plans_ahead(wiring)
    mailing = wiring.settings.mailing
    loopback = urlsplit(mailing.site).hostname in LOOPBACK
    if not mailing.has_site:
        advice = "set SENDWATCH_SITE_URL to where people reach the public pages; then `run` serves them"
        yield Finding("public pages", "note", "nobody can sign up for the digest yet", advice)
    elif not mailing.site.startswith("https://") and not loopback:
        advice = "put a server with a certificate in front of it (Caddy does that by itself)"
        yield Finding("public pages", "wrong", f"{mailing.site} is not https", advice)
    else:
        yield Finding("public pages", "ok", f"{mailing.site}, served on {mailing.listen}")
    read_logo(wiring.house.logo, wiring.settings.house)  # a logo that cannot be shown is refused
    if not is_the_same(wiring.db, wiring.tokens.secret):
        yield Finding("secret for links", "wrong", CHANGED, REMEDY)
    elif mailing.secret:
        yield Finding("secret for links", "ok", "from SENDWATCH_SECRET")
    else:
        advice = "keep a copy of it with your backups: with another one all links in mails end"
        yield Finding("secret for links", "ok", f"kept in {wiring.settings.var / 'secret.key'}", advice)
    if mailing.allow is None:
        yield Finding("allow-list", "ok", "everybody may be mailed")
    elif mailing.allow:
        named = "nobody but " + ", ".join(sorted(mailing.allow)[:3])
        more = f" and {len(mailing.allow) - 3} more" if len(mailing.allow) > 3 else ""
        yield Finding("allow-list", "note", f"{named}{more} and the team may be mailed")
    else:
        advice = "name test addresses in SENDWATCH_MAIL_ALLOW, and * when you go live"
        yield Finding("allow-list", "note", "only the team may be mailed", advice)
    with wiring.db.begin() as tx:
        counts, refused = subscriber_lists.counts(tx), confirmations.refused(tx)
    words = f"{counts.active:,} active, {counts.pending:,} to confirm, {counts.suspended:,} suspended"
    yield Finding("subscribers", "ok", words)
    if refused:
        words = f"{refused:,} mails that ask to confirm were refused by mail servers"
        yield Finding(
            "confirmations", "note", words, "mistyped addresses, mostly; they are deleted by themselves"
        )
