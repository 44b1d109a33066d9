"""Looks: what one visit to a Document brought home, before anything is compared."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pipeline.model.documents import Part, Record


@dataclass(frozen=True, slots=True)
class Look:
    """One visit to one Document: its Record and its Parts as read.

    ``identity`` is the Document's identity (see Record). ``dialect`` names the reader of the page's
    bytes: ``govuk`` or ``blog``. ``raw`` holds the bytes that were fetched this time, by hex SHA-256;
    a Part whose fetch answered 304 or failed is carried over from the last Version and has none.
    ``degraded`` says in plain words what was missing; empty when the look was whole. ``asked`` is the
    address that was looked at, where the page has another one by now.
    """

    source: str
    identity: str
    dialect: str
    seen_at: datetime
    record: Record
    parts: tuple[Part, ...]
    raw: Mapping[str, bytes] = field(default_factory=dict)
    degraded: str = ""
    asked: str = ""
