"""Tell from a status code and a server's words whether a mailbox is gone or only closed for now. Pure.

Only what says "there is no such mailbox" is hard. A full mailbox, a policy, a reputation or a fault on the
way is soft: the person is there, and a letter that is withheld for good is the worst mistake.
"""

import re

from pipeline.model.bounces import Kind

# RFC 3463 (section 3) and its registry, RFC 5248: permanent failures that are about the mailbox itself.
HARD = {
    "5.1.1": "there is no such mailbox (RFC 3463, 3.2)",
    "5.1.2": "there is no such mail domain (RFC 3463, 3.2)",
    "5.1.3": "the address cannot be written like this (RFC 3463, 3.2)",
    "5.1.6": "the mailbox has moved without a new address (RFC 3463, 3.2)",
    "5.1.10": "the domain takes no mail (RFC 7505, section 4); Exchange: no such recipient",
    "5.2.1": "the mailbox is switched off (RFC 3463, 3.3)",
}
# Named here because they look hard and are not.
SOFT = {
    "5.1.4": "the address is ambiguous: two people of one name (RFC 3463, 3.2)",
    "5.1.7": "our own sender's address is refused (RFC 3463, 3.2)",
    "5.1.8": "our own sender's domain is refused (RFC 3463, 3.2)",
    "5.2.2": "the mailbox is full (RFC 3463, 3.3)",
    "5.2.3": "the mail is too long for it (RFC 3463, 3.3)",
    "5.4.1": "Exchange: access denied, for many reasons",
    "5.4.4": "no route, often a fault of the name service (RFC 3463, 3.5)",
    "5.7.1": "a policy: blocked, filtered, or not allowed (RFC 3463, 3.8)",
    "5.7.26": "our own signatures have failed (RFC 7372, section 3.3)",
}
_UNSAID = re.compile(r"[45]\.(?:0|1|2)\.0")  # "other": the words must tell; RFC 3463, 3.1
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_SMTP = re.compile(r"(?<![\d.])([245]\d\d)[ \-#]")
_SURE = re.compile(
    r"user unknown|unknown user|no such (?:user|mailbox|recipient|address)(?: here| exists)?"
    r"|no mailbox here by that name|mailbox (?:not found|does not exist|unavailable or not found)"
    r"|(?:user|recipient|account|address)(?: \S{1,80})? (?:does not exist|doesn't exist|not found)"
    r"|doesn't have an? \S{1,40} account|invalid (?:recipient|mailbox)|recipient unknown|unknown recipient"
    r"|account (?:is |has been )?(?:disabled|closed|terminated|deactivated)"
    r"|no longer (?:on server|a valid address|accepts mail)|address no longer (?:valid|in use)",
    re.IGNORECASE,
)
_CLOSED_FOR_NOW = re.compile(
    r"quota|\bfull\b|over limit|temporar|try again|try later|gr[ea]y-?list|spam|blocked"
    r"|black-?list|block list|\brate\b|too many|name service error",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"policy|reputation|rejected for|denied|\brelay|dmarc|\bspf\b|dkim|\bsender|delayed|not yet",
    re.IGNORECASE,
)


def judge(status: str, words: str) -> tuple[Kind, str]:
    """HARD or SOFT of a failed delivery, and the status code that the verdict rests on (perhaps empty).

    ``status`` is the report's own field, which some servers leave at 5.0.0; ``words`` the server's answer.
    """
    code = enhanced(status)
    within = enhanced(words)
    if not code or _UNSAID.fullmatch(code):
        code = within or code
    if code in HARD:
        # A server that says 5.2.1 and "rate", or 5.1.1 and "spam", in one breath is not believed at once.
        other = bool(within) and within not in HARD and not _UNSAID.fullmatch(within)
        return (Kind.SOFT if other or _CLOSED_FOR_NOW.search(words[:2_000]) else Kind.HARD), code
    if not code or _UNSAID.fullmatch(code):
        return (Kind.HARD if surely_gone(words) else Kind.SOFT), code
    return Kind.SOFT, code


def surely_gone(words: str) -> bool:
    """Whether a server's own words say beyond doubt that there is no such mailbox."""
    text = words[:2_000]
    smtp = _SMTP.search(text)
    if smtp and smtp[1].startswith("4"):
        return False
    return bool(_SURE.search(text)) and not _UNSURE.search(text) and not _CLOSED_FOR_NOW.search(text)


def enhanced(text: str) -> str:
    """The first enhanced status code in ``text``, such as ``5.1.1``; empty when there is none."""
    found = _STATUS.search(text[:2_000])
    return ".".join(str(int(part)) for part in found.groups()) if found else ""
