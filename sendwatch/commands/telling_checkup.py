"""What ``doctor`` says of the alert hook and the chats. Tells them nothing, and shows no address."""

from collections.abc import Iterator

from pipeline.steps.told_elsewhere import standing
from pipeline.store import notices
from pipeline.store.notices import Counts
from sendwatch.commands.findings import Finding
from sendwatch.telling.channels import channels_of
from sendwatch.telling.chat import ChatFailed, misunderstood
from sendwatch.wiring import Wiring


def telling_findings(wiring: Wiring) -> Iterator[Finding]:
    """Each channel with its counts, then the chats that apprise does not understand."""
    with wiring.db.look() as tx:
        counts = notices.counts(tx)
    for channel in channels_of(wiring):
        found = counts.get(channel.key, Counts())
        what = channel.title if channel.title.startswith("alert") else f"{channel.title} ({channel.key})"
        if not found.is_troubled:
            yield Finding(what, "ok", standing(found))
        elif found.owed:
            yield Finding(what, "note", standing(found), "it is tried again by itself")
        else:
            advice = "look whether it is there still; the next alert is told again"
            yield Finding(what, "wrong", standing(found), advice)
    try:
        wrong = misunderstood(wiring.settings.mailing.chats)
    except ChatFailed as failed:
        yield Finding("chats", "wrong", f"apprise could not be asked: {failed}", "install it anew")
        return
    for title, words in wrong:
        advice = "correct it in SENDWATCH_CHAT: `run` does not start with it"
        yield Finding(title, "wrong", words, advice)
