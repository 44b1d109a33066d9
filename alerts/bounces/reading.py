"""Read one mail that came to the bounce address: bytes in, a Report out. Pure; never raises.

DSN (RFC 3464, with the parameters of RFC 3461), ARF (RFC 5965), the notes of servers that speak neither
(qmail, old Exim), and answering machines, which are no bounces (RFC 3834). The addresses that a report names
are never believed and never handed on.
"""

import re

from alerts.bounces.codes import enhanced, judge, surely_gone
from alerts.bounces.keys import Keys
from alerts.bounces.parts import LARGEST, Part, read_headers, take_apart
from pipeline.model.bounces import Kind, Report

MOST_RECIPIENTS = 50
_ADDRESS = re.compile(r"[^\s<>\"'(),;:=]{1,256}@[^\s<>\"'(),;:=]{1,256}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffd]+")
_MACHINE = re.compile(
    r"\b(?:out of (?:the )?office|automatic reply|auto(?:matic)?[- ]?(?:reply|response|responder)|vacation"
    r"|on leave|away from)\b",
    re.IGNORECASE,
)
_SERVER = re.compile(r"mailer-daemon|postmaster|mail delivery (?:sub)?system", re.IGNORECASE)
_FAILED = re.compile(
    r"undeliver|delivery (?:status notification|failure|has failed)|failure notice|returned mail"
    r"|mail delivery failed|could not be delivered|non remis|unzustellbar",
    re.IGNORECASE,
)
_WAITING = re.compile(
    r"delayed|warning: |still (?:being )?tr|not yet been delivered|\(delay\)", re.IGNORECASE
)


_COPY = re.compile(
    r"copy of (?:the|your) message|original message|(?:returned|undelivered) message", re.IGNORECASE
)
_STATUS_TYPES = ("message/delivery-status", "message/global-delivery-status")  # RFC 6533 for the second
# One of our mails has one recipient. Where a list behind it has more, the person got it if any one did.
_MILDEST = (Kind.OTHER, Kind.DELAYED, Kind.SOFT, Kind.HARD)


def read_report(raw: bytes, keys: Keys) -> Report:
    """What this mail says. ``Kind.FOREIGN`` when it is no report, or names no mail of ours."""
    parts = take_apart(raw[:LARGEST])
    top = parts[0]
    envelope = keys.of_envelope(top)
    complaint = next((p for p in parts if p.content_type == "message/feedback-report"), None)
    if complaint is not None:
        return _complaint(complaint, parts, envelope, keys)
    status = next((p for p in parts if p.content_type in _STATUS_TYPES), None)
    if status is not None:
        return _delivery_status(status, envelope or _original_key(parts, keys))
    leaving = keys.of_leaving(top.first("subject"))
    if leaving:
        return Report(Kind.LEAVE, leaving, "", "asked by mail to leave")
    if not envelope:
        return Report(Kind.FOREIGN)
    if _from_a_machine(top):
        return Report(Kind.OTHER, envelope, "", "an answering machine")
    return _by_words(top, parts, envelope)


def one_line(text: str) -> str:
    """A server's words as one line of at most 200 characters, without any address."""
    bare = _ADDRESS.sub("…", _CONTROL.sub(" ", text[:2_000])).replace("@", "…")
    return " ".join("".join(one if one.isprintable() else " " for one in bare).split())[:200]


def _complaint(feedback: Part, parts: list[Part], envelope: str, keys: Keys) -> Report:
    fields, _ = read_headers(feedback.decoded())
    key = keys.of_original(fields) or _original_key(parts, keys) or envelope
    kind = next((value.lower() for name, value in fields if name == "feedback-type"), "")
    if not key:
        return Report(Kind.FOREIGN)
    # Only abuse is a person's complaint (RFC 5965, 7.3); "not-spam", "auth-failure" and others are not.
    if kind in ("abuse", "opt-out", "fraud"):
        return Report(Kind.COMPLAINT, key, "", f"reported as {kind}")
    return Report(Kind.OTHER, key, "", one_line(f"feedback: {kind}"))


def _delivery_status(status: Part, key: str) -> Report:
    if not key:
        return Report(Kind.FOREIGN)
    blocks = [read_headers(block)[0] for block in _blocks(status.decoded())]
    told = [_recipient(dict(block)) for block in blocks if any(name == "action" for name, _ in block)]
    if not told:
        return Report(Kind.OTHER, key, "", "a delivery status that says nothing")
    kind, code, words = min(told, key=lambda one: _MILDEST.index(one[0]))
    return Report(kind, key, code, words)


def _recipient(block: dict[str, str]) -> tuple[Kind, str, str]:
    """RFC 3464, 2.3: Action, Status and Diagnostic-Code of one recipient."""
    action = block.get("action", "").partition(";")[0].partition("(")[0].strip().lower()
    status, words = block.get("status", ""), block.get("diagnostic-code", "").partition(";")[2]
    words = words or block.get("diagnostic-code", "")
    if action == "delayed":
        return Kind.DELAYED, enhanced(status), one_line(words)
    if action != "failed":  # delivered, relayed, expanded
        return Kind.OTHER, enhanced(status), one_line(action)
    kind, code = judge(status, _ADDRESS.sub("…", words))
    return kind, code, one_line(words)


def _blocks(body: bytes) -> list[bytes]:
    pieces = re.split(rb"\r?\n[ \t]*\r?\n", body.strip(), maxsplit=MOST_RECIPIENTS)
    return pieces[: MOST_RECIPIENTS + 1]


def _original_key(parts: list[Part], keys: Keys) -> str:
    """The key in the mail, or in the headers alone, that the report brings back. RFC 3462."""
    for part in parts:
        if part.content_type in ("message/rfc822", "text/rfc822-headers", "message/global"):
            return keys.of_original(read_headers(part.decoded())[0])
    return ""


def _from_a_machine(top: Part) -> bool:
    """RFC 3834, section 5, and the habits of before it. A DSN is "auto-replied" or "auto-generated", too."""
    if _FAILED.search(top.first("subject")) or _SERVER.search(top.first("from")):
        return False
    said = top.first("auto-submitted").lower()
    return (
        said.startswith("auto-replied")
        or bool(top.first("x-autoreply") or top.first("x-autorespond"))
        or top.first("precedence").strip().lower() == "auto_reply"
        or bool(_MACHINE.search(top.first("subject")))
    )


def _by_words(top: Part, parts: list[Part], key: str) -> Report:
    """A note without the parts of a DSN: hard only when its words leave no doubt."""
    empty_sender = top.first("return-path").replace(" ", "") == "<>"
    subject = top.first("subject")
    failed = _FAILED.search(subject) or (empty_sender and _SERVER.search(top.first("from")))
    if not failed:
        return Report(Kind.OTHER, key, "", "a letter, and no report")
    text = next((p.text() for p in parts if p.content_type == "text/plain"), "")
    note = _ADDRESS.sub("…", _before_the_original(text))[:4_000]
    if _WAITING.search(subject):
        return Report(Kind.DELAYED, key, enhanced(note), one_line(subject))
    kind, code = judge("", note)
    # A code in running text is a hint only; the words themselves must say it.
    kind = Kind.HARD if kind is Kind.HARD and surely_gone(note) else Kind.SOFT
    return Report(kind, key, code, one_line(_telling_line(note) or subject))


def _before_the_original(text: str) -> str:
    """What the server says, without the copy of our own mail below it."""
    kept = []
    for line in text[:20_000].splitlines()[:400]:
        if line.startswith("--") and _COPY.search(line[:200]):
            break
        kept.append(line)
    return "\n".join(kept)


def _telling_line(note: str) -> str:
    for line in note.splitlines()[:200]:
        if surely_gone(line) or enhanced(line) or re.search(r"\b[45]\d\d\b", line):
            return line
    return ""
