"""Mails as they are composed, before they are owed to anyone."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that rides with a Mail."""

    filename: str
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """Subject, a text part and an HTML part that say the same, and attachments. No recipient."""

    subject: str
    text: str
    html: str
    attachments: tuple[Attached, ...] = ()
