"""What the public pages stand on: one frozen Site, handed in from the front door. Holds no rule."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from alerts.mailing_facts import MailingFacts
from alerts.tokens import Tokens
from pipeline.store.database import Database


class ArchiveReader(Protocol):
    """Reads the digests that were sent, as the public may see them."""

    def days(self, plan: str) -> Sequence[date]:
        """The days (London) of the plan's sent digests, newest first."""

    def page(self, plan: str, day: date) -> str | None:
        """The inner HTML of one digest, escaped, without style or script of its own; None: there is none."""


class NoArchive:
    """An archive in which nothing stands yet."""

    def days(self, _plan: str) -> Sequence[date]:
        """None."""
        return ()

    def page(self, _plan: str, _day: date) -> str | None:
        """None."""
        return None


@dataclass(frozen=True, slots=True)
class Logo:
    """The charity's logo: a file's bytes and its type, ``image/png`` or ``image/svg+xml``."""

    body: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Site:
    """The public pages of one charity. ``clock`` gives aware UTC.

    A sign-up is answered only at whole steps of ``answer_step`` (seconds), so that its time says next to
    nothing of whether an address is known.
    """

    db: Database
    tokens: Tokens
    facts: MailingFacts
    clock: Callable[[], datetime]
    archive: ArchiveReader
    logo: Logo | None = None
    answer_step: float = 0.04
