"""What ``doctor`` finds out about the mailbox for bounces. Opens it, reads no mail and marks nothing."""

from collections.abc import Iterator

from pipeline.model.errors import TransientError
from sendwatch.commands.findings import Finding
from sendwatch.mailing_settings import MailingSettings

WHAT = "bounces"


def bounce_findings(mailing: MailingSettings, *, offline: bool) -> Iterator[Finding]:
    """Nothing while no mailbox is set; else whether reports can be told apart, and whether it opens."""
    if not mailing.bounces:
        return
    if not mailing.bounce_address:
        advice = "set SENDWATCH_BOUNCE_ADDRESS: the envelope sender of digests, by which a report is known"
        yield Finding(WHAT, "wrong", "they are not read: nothing tells whom one is about", advice)
        return
    if offline:
        return
    from sendwatch.bounce_rounds import opened_mailbox

    try:
        with opened_mailbox(mailing.bounces) as mailbox:
            waiting = len(list(mailbox.names()))
    except TransientError as error:
        yield Finding(WHAT, "wrong", str(error), "check SENDWATCH_BOUNCES; see docs/how-to/bounces.md")
    else:
        yield Finding(WHAT, "ok", f"the mailbox opens; {waiting} mails lie in it")
