"""The dialects of the mail providers: one event in, Reports out. Pure.

Each function names the provider's own page. What a provider calls permanent without saying that the mailbox
is gone is soft here: see alerts.bounces.codes.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from alerts.bounces.codes import enhanced, judge
from alerts.bounces.keys import Keys
from alerts.bounces.reading import one_line
from pipeline.model.bounces import Kind, Report

Event = dict[str, Any]
Reader = Callable[[Event, Keys], tuple[Report, ...]]
METADATA = "subscriber"  # the name under which a mail's metadata may hold the key
MOST_RECIPIENTS = 50
_KEY = re.compile(r"[A-Za-z0-9_\-]{22}")
_SOFT_AT_POSTMARK = frozenset(
    {"SoftBounce", "Transient", "DnsError", "Blocked", "SpamNotification", "SMTPApiError", "DMARCPolicy"}
)


def ses(event: Event, keys: Keys) -> tuple[Report, ...]:
    """Amazon SES by SNS: "Contents of Amazon SES notifications", docs.aws.amazon.com/ses."""
    told = _dict(event, "Message") or event
    mail, kind = _dict(told, "mail"), _text(told, "notificationType") or _text(told, "eventType")
    mark = _text(event, "MessageId")
    key = keys.among([_text(mail, "source")]) or _key(_dict(mail, "tags"))
    if kind == "Complaint":
        complaint = _dict(told, "complaint")
        if _text(complaint, "complaintFeedbackType") in ("not-spam", "auth-failure", "virus"):
            return ()
        people = _dicts(complaint, "complainedRecipients")
        return _each(people, key, mark, lambda _one: (Kind.COMPLAINT, "", "reported as abuse"))
    if kind != "Bounce":
        return ()
    bounce = _dict(told, "bounce")
    gone = (_text(bounce, "bounceType"), _text(bounce, "bounceSubType")) in (
        ("Permanent", "NoEmail"),
        ("Permanent", "Suppressed"),
        ("Permanent", "OnAccountSuppressionList"),
    )

    def said(one: Event) -> tuple[Kind, str, str]:
        words = _text(one, "diagnosticCode") or _text(bounce, "bounceSubType")
        return _judged(_text(one, "status"), words, gone=gone)

    return _each(_dicts(bounce, "bouncedRecipients"), key, mark, said)


def sns_confirmation(event: object) -> str:
    """Words for the operator when SNS asks whether it may send: it is confirmed by hand, never from here."""
    if not isinstance(event, dict) or _text(event, "Type") != "SubscriptionConfirmation":
        return ""
    topic, url = one_line(_text(event, "TopicArn")), one_line(_text(event, "SubscribeURL"))
    return (
        f"Amazon SNS asks to send bounces of the topic {topic}. If this is yours, confirm it by hand: "
        f"open {url} or use the AWS console"
    )


def mailgun(event: Event, keys: Keys) -> tuple[Report, ...]:
    """Mailgun: "Webhooks", documentation.mailgun.com; the signature beside event-data is not looked at."""
    data = _dict(event, "event-data")
    kind, status = _text(data, "event"), _dict(data, "delivery-status")
    key = _key(_dict(data, "user-variables")) or keys.among([_text(_dict(data, "envelope"), "sender")])
    rest = (key, _text(data, "recipient"), _text(data, "id"))
    if kind == "complained":
        return _one(Kind.COMPLAINT, "", "reported as spam", *rest)
    if kind != "failed":
        return ()
    words = _text(status, "message") or _text(status, "description") or _text(data, "reason")
    if _text(data, "severity") != "permanent":
        return _one(Kind.DELAYED, enhanced(words), words, *rest)  # it tries again by itself
    if _text(data, "reason") == "suppress-complaint":
        return _one(Kind.COMPLAINT, "", "reported as spam", *rest)
    gone = _text(data, "reason") == "suppress-bounce"
    return _one(*_judged(_text(status, "enhanced-code"), words, gone=gone), *rest)


def postmark(event: Event, keys: Keys) -> tuple[Report, ...]:
    """Postmark: "Bounce webhook", "Spam complaint webhook", postmarkapp.com/developer/webhooks."""
    kind, words = _text(event, "Type"), _text(event, "Details") or _text(event, "Description")
    key = _key(_dict(event, "Metadata")) or keys.among([_text(event, "From")])
    rest = (key, _text(event, "Email"), _text(event, "ID"))
    if _text(event, "RecordType") == "SpamComplaint" or kind == "SpamComplaint":
        return _one(Kind.COMPLAINT, "", "reported as spam", *rest)
    if _text(event, "RecordType") != "Bounce":
        return ()
    if kind in ("HardBounce", "BadEmailAddress"):
        return _one(*_judged("", words, gone=True), *rest)
    if kind in _SOFT_AT_POSTMARK:
        return _one(Kind.SOFT, enhanced(words), words or kind, *rest)
    return _one(Kind.OTHER, "", kind, *rest)  # AutoResponder, AddressChange, ChallengeVerification …


def sendgrid(event: Event, keys: Keys) -> tuple[Report, ...]:
    """SendGrid: "Event Webhook Reference", docs.sendgrid.com; own arguments stand beside the fields."""
    kind, words = _text(event, "event"), _text(event, "reason") or _text(event, "response")
    key = _key(event) or keys.among([_text(event, "from")])
    rest = (key, _text(event, "email"), _text(event, "sg_event_id"))
    if kind in ("spamreport", "spam_report"):
        return _one(Kind.COMPLAINT, "", "reported as spam", *rest)
    if kind == "deferred":
        return _one(Kind.DELAYED, enhanced(words), words, *rest)
    if kind == "dropped":
        if words == "Spam Reporting Address":
            return _one(Kind.COMPLAINT, "", words, *rest)
        gone = words in ("Bounced Address", "Invalid")
        return _one(Kind.HARD if gone else Kind.OTHER, "", words, *rest)
    if kind != "bounce":
        return ()
    if _text(event, "type") == "blocked":
        return _one(Kind.SOFT, enhanced(words), words, *rest)
    return _one(*_judged(_text(event, "status"), words), *rest)


def brevo(event: Event, keys: Keys) -> tuple[Report, ...]:
    """Brevo: "Transactional webhooks", developers.brevo.com. Its ``id`` is the webhook's, not the event's."""
    kind, words = _text(event, "event"), _text(event, "reason")
    custom = _text(event, "X-Mailin-custom")
    key = keys.among([custom]) or _shaped(custom.partition(f"{METADATA}:")[2].partition("|")[0])
    marks = [_text(event, name) for name in ("message-id", "event", "ts_event")]
    rest = (key, _text(event, "email"), " ".join(marks) if marks[0] and marks[2] else "")
    if kind in ("spam", "complaint"):
        return _one(Kind.COMPLAINT, "", "reported as spam", *rest)
    if kind == "hard_bounce":
        return _one(*_judged("", words), *rest)
    if kind in ("invalid_email", "invalid"):
        return _one(Kind.HARD, "", words or "the address is not valid", *rest)
    if kind in ("soft_bounce", "blocked"):
        return _one(Kind.SOFT, enhanced(words), words or kind, *rest)
    return _one(Kind.DELAYED, enhanced(words), words, *rest) if kind == "deferred" else ()


def generic(event: Event, keys: Keys) -> tuple[Report, ...]:
    """Our own form: ``kind``; ``key``, ``sender`` or ``address``; ``status``, ``words``, ``id``.

    One object, a list of them, or ``{"reports": [...]}``. A kind is one of pipeline.model.bounces.Kind.
    """
    found: list[Report] = []
    for one in _dicts(event, "reports", most=5_000) if "reports" in event else [event]:
        if _text(one, "kind") in (Kind.HARD, Kind.SOFT, Kind.COMPLAINT, Kind.DELAYED, Kind.OTHER):
            key = _shaped(_text(one, "key")) or keys.among([_text(one, "sender")])
            kind, status = Kind(_text(one, "kind")), enhanced(_text(one, "status"))
            found += _one(kind, status, _text(one, "words"), key, _text(one, "address"), _text(one, "id"))
    return tuple(found)


def _judged(status: str, words: str, *, gone: bool = False) -> tuple[Kind, str, str]:
    kind, code = judge(status, words)
    return (Kind.HARD if gone else kind), code, words


def _each(
    people: Iterable[Event], key: str, mark: str, said: Callable[[Event], tuple[Kind, str, str]]
) -> tuple[Report, ...]:
    """SES tells of several recipients; ours have one, and only then does the envelope's key name it."""
    every = list(people)
    found: list[Report] = []
    for number, one in enumerate(every):
        own = f"{mark} {number}" if mark else ""
        found += _one(*said(one), key if len(every) == 1 else "", _text(one, "emailAddress"), own)
    return tuple(found)


def _one(kind: Kind, status: str, words: str, key: str, address: str, mark: str) -> tuple[Report, ...]:
    if not key and "@" not in address:
        return ()
    return (Report(kind, key, status, one_line(words), "" if key else address[:320], mark[:200]),)


def _key(holder: Event) -> str:
    """The key in metadata, as a word or as a list of one (the tags of SES)."""
    held = holder.get(METADATA)
    return _shaped(held[0] if isinstance(held, list) and len(held) == 1 else held)


def _shaped(held: object) -> str:
    """The key, if it has the shape of one: 22 of ``A-Za-z0-9_-``."""
    return held if isinstance(held, str) and _KEY.fullmatch(held) else ""


def _text(holder: Event, name: str) -> str:
    held = holder.get(name)
    if isinstance(held, int) and not isinstance(held, bool) and abs(held) < 10**18:
        return str(held)
    return held if isinstance(held, str) else ""


def _dict(holder: Event, name: str) -> Event:
    held = holder.get(name)
    return held if isinstance(held, dict) else {}


def _dicts(holder: Event, name: str, *, most: int = MOST_RECIPIENTS) -> list[Event]:
    held = holder.get(name)
    return [one for one in held[:most] if isinstance(one, dict)] if isinstance(held, list) else []
