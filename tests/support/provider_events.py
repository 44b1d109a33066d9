"""What the mail providers send to webhooks, in their documented shapes; everybody in it is invented."""

import json
from typing import Any

KEY = "Abcd1234_-Efgh5678ijKL"
SENDER = f"bounces+{KEY}@charity.example"
WHOM = "parent@mail.example"
NO_USER = "550 5.1.1 User unknown parent@mail.example"


def sns(told: dict[str, Any]) -> dict[str, Any]:
    """A notification of Amazon SNS around one of SES."""
    return {
        "Type": "Notification",
        "MessageId": "0b7b7a5e-1111-5222-9333-444455556666",
        "TopicArn": "arn:aws:sns:eu-west-2:000000000000:bounces",
        "Message": json.dumps(told),
        "SignatureVersion": "1",
    }


def ses_bounce(
    kind: str, subkind: str, *, status: str = "", words: str = "", source: str = SENDER
) -> dict[str, Any]:
    recipient = {"emailAddress": WHOM, "action": "failed", "status": status, "diagnosticCode": words}
    bounce = {"bounceType": kind, "bounceSubType": subkind, "bouncedRecipients": [recipient]}
    mail = {"source": source, "messageId": "0101", "destination": [WHOM]}
    return sns({"notificationType": "Bounce", "bounce": bounce, "mail": mail})


def ses_complaint(source: str = SENDER) -> dict[str, Any]:
    complaint = {"complainedRecipients": [{"emailAddress": WHOM}], "complaintFeedbackType": "abuse"}
    return sns({"notificationType": "Complaint", "complaint": complaint, "mail": {"source": source}})


def confirmation() -> dict[str, Any]:
    return {
        "Type": "SubscriptionConfirmation",
        "TopicArn": "arn:aws:sns:eu-west-2:000000000000:bounces",
        "Token": "2336412f37",
        "SubscribeURL": "https://sns.eu-west-2.amazonaws.example/?Action=ConfirmSubscription&Token=2336412f37",
    }


def mailgun(
    event: str, *, severity: str = "permanent", reason: str = "bounce", code: str = ""
) -> dict[str, Any]:
    data = {
        "event": event,
        "id": "G9Bn5sl1TC6nu79C8C0bwg",
        "severity": severity,
        "reason": reason,
        "recipient": WHOM,
        "user-variables": {},
        "envelope": {"sender": SENDER, "transport": "smtp"},
        "delivery-status": {
            "code": 550,
            "enhanced-code": code,
            "message": NO_USER if code == "5.1.1" else "no",
        },
    }
    return {"signature": {"token": "t", "timestamp": "1795780000", "signature": "s"}, "event-data": data}


def postmark(kind: str, record: str = "Bounce", **more: Any) -> dict[str, Any]:
    event = {
        "RecordType": record,
        "ID": 692560173,
        "Type": kind,
        "Email": WHOM,
        "Details": "smtp;550 no such user",
    }
    return {
        **event,
        "From": "news@charity.example",
        "Metadata": {"subscriber": KEY},
        "Inactive": True,
        **more,
    }


def sendgrid(event: str, **more: Any) -> list[dict[str, Any]]:
    return [{"email": WHOM, "event": event, "sg_event_id": "c2ctZXZlbnQ", "timestamp": 1795780000, **more}]


def brevo(event: str, **more: Any) -> dict[str, Any]:
    return {"event": event, "email": WHOM, "id": 1, "message-id": "<1@x>", "ts_event": 1795780000, **more}


# name: (provider, payload, [(kind, status, key or address)])
EVENTS: dict[str, tuple[str, Any, list[tuple[str, str, str]]]] = {
    "ses: no such mailbox": ("ses", ses_bounce("Permanent", "NoEmail"), [("hard", "", KEY)]),
    "ses: on its own list": ("ses", ses_bounce("Permanent", "OnAccountSuppressionList"), [("hard", "", KEY)]),
    "ses: unknown user": (
        "ses",
        ses_bounce("Permanent", "General", status="5.1.1", words=NO_USER),
        [("hard", "5.1.1", KEY)],
    ),
    "ses: permanent for no reason": ("ses", ses_bounce("Permanent", "General"), [("soft", "", KEY)]),
    "ses: full": ("ses", ses_bounce("Transient", "MailboxFull", status="5.2.2"), [("soft", "5.2.2", KEY)]),
    "ses: no key, an address": (
        "ses",
        ses_bounce("Permanent", "NoEmail", source="news@charity.example"),
        [("hard", "", WHOM)],
    ),
    "ses: complaint": ("ses", ses_complaint(), [("complaint", "", KEY)]),
    "ses: delivered": ("ses", sns({"notificationType": "Delivery", "mail": {"source": SENDER}}), []),
    "mailgun: unknown user": ("mailgun", mailgun("failed", code="5.1.1"), [("hard", "5.1.1", KEY)]),
    "mailgun: tries again": ("mailgun", mailgun("failed", severity="temporary"), [("delayed", "", KEY)]),
    "mailgun: bounced before": ("mailgun", mailgun("failed", reason="suppress-bounce"), [("hard", "", KEY)]),
    "mailgun: policy": ("mailgun", mailgun("failed", code="5.7.1"), [("soft", "5.7.1", KEY)]),
    "mailgun: complaint": ("mailgun", mailgun("complained"), [("complaint", "", KEY)]),
    "mailgun: opened": ("mailgun", mailgun("opened"), []),
    "postmark: hard": ("postmark", postmark("HardBounce"), [("hard", "", KEY)]),
    "postmark: soft": ("postmark", postmark("SoftBounce", Details="5.2.2 full"), [("soft", "5.2.2", KEY)]),
    "postmark: out of office": ("postmark", postmark("AutoResponder"), [("other", "", KEY)]),
    "postmark: complaint": ("postmark", postmark("SpamComplaint", "SpamComplaint"), [("complaint", "", KEY)]),
    "postmark: no metadata": ("postmark", postmark("HardBounce", Metadata={}), [("hard", "", WHOM)]),
    "sendgrid: unknown user": (
        "sendgrid",
        sendgrid("bounce", type="bounce", status="5.1.1", reason=NO_USER, subscriber=KEY),
        [("hard", "5.1.1", KEY)],
    ),
    "sendgrid: blocked, without a status": (
        "sendgrid",
        sendgrid("bounce", type="blocked", reason="unable to get mx info"),
        [("soft", "", WHOM)],
    ),
    "sendgrid: bounced before": (
        "sendgrid",
        sendgrid("dropped", reason="Bounced Address"),
        [("hard", "", WHOM)],
    ),
    "sendgrid: complaint": ("sendgrid", sendgrid("spamreport"), [("complaint", "", WHOM)]),
    "sendgrid: delivered": ("sendgrid", sendgrid("delivered"), []),
    "brevo: unknown user": ("brevo", brevo("hard_bounce", reason=NO_USER), [("hard", "5.1.1", WHOM)]),
    "brevo: policy": ("brevo", brevo("hard_bounce", reason="554 5.7.1 policy"), [("soft", "5.7.1", WHOM)]),
    "brevo: soft": ("brevo", brevo("soft_bounce", reason="mailbox full"), [("soft", "", WHOM)]),
    "brevo: complaint, with a key": (
        "brevo",
        brevo("spam", **{"X-Mailin-custom": f"subscriber:{KEY}|week:48"}),
        [("complaint", "", KEY)],
    ),
    "generic: one": ("generic", {"kind": "hard", "key": KEY, "status": "5.1.1"}, [("hard", "5.1.1", KEY)]),
    "generic: several": (
        "generic",
        {
            "reports": [
                {"kind": "soft", "sender": SENDER},
                {"kind": "complaint", "address": WHOM},
                {"kind": "x"},
            ]
        },
        [("soft", "", KEY), ("complaint", "", WHOM)],
    ),
}
