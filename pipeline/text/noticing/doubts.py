"""Reasons to look again before a state of a page is believed. Pure.

An error page is never content. A page that lost most of its text, or that went back and forth within a day,
is held until it has lasted; what is held is looked at again, and lapses when it goes away.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from pipeline.model.documents import DocumentState, Part, PartKind, Record, Version

SHRUNK = 0.25  # of its text is left: the page lost three quarters
LEAST = 600  # characters; a shorter page may well be cut to a line
SHRUNK_FOR = timedelta(hours=1)
STALE_FOR = timedelta(days=1)
SHORT = 1_500  # characters; an error page is not longer
_ERROR = re.compile(
    r"^(?:sorry[,!]? )?"
    r"(?:(?:http )?(?:error |status )?(?:404|403|429|500|502|503|504)(?: error)?(?:[ :,.–-]+"
    r"(?:page |file )?(?:not found|forbidden|too many requests|internal server error|bad gateway"
    r"|service (?:temporarily )?unavailable|gateway time-?out))?"
    r"|(?:page|file) not found|not found|page unavailable|forbidden|(?:internal )?server error"
    r"|bad gateway|gateway time-?out|access denied|too many requests|400 bad request|410 gone"
    r"|request rejected|pardon our interruption|runtime error|error|an error (?:has )?occurred"
    r"|error establishing a database connection|are you a robot|under maintenance|sign in to continue"
    r"|please (?:enable|turn on) javascript.{0,60}|(?:oops!? ?)?(?:we can(?:'|’)t find that page"
    r"|that page can(?:'|’)t be found)"
    r"|(?:the |this )?service (?:is )?(?:temporarily |currently )?unavailable"
    r"|there is a problem with (?:the|this) service"
    r"|we(?:'|’)re experiencing technical difficulties\b.{0,60}"
    r"|something went wrong(?:[.,;–-]* (?:please )?try again.{0,20})?"
    r"|just a moment\.{0,3}|checking (?:your browser|if the site connection is secure).{0,60}"
    r"|attention required!?|(?:scheduled|site|down for) maintenance"
    r"|the page you (?:are|were) looking for (?:can|could|does|did|has|is|was|might|may)"
    r"(?:n(?:'|’)t|not|\b).{0,80}"
    r")[.!?]*$",
    re.IGNORECASE,
)


def is_error_page(record: Record, parts: Sequence[Part]) -> bool:
    """Tell an error message that came with the status 200 from content: it is short, and a line at its
    head is such a message and nothing else ("500 more places" is none)."""
    if record.state is not DocumentState.LIVE:
        return False
    blocks = [block for part in _own(parts) for block in part.blocks]
    if sum(len(block.text) for block in blocks) > SHORT:
        return False
    title = re.split(r" [-|–—] ", record.title)[0].strip()
    opening = [title, *(block.text.strip() for block in blocks[:2])]
    return any(_ERROR.match(text) for text in opening if text)


def shrank(old: Version, record: Record, parts: Sequence[Part]) -> bool:
    """Tell whether page and children lost three quarters of their text without a word from the publisher."""
    before = old.record
    spoken = (before.change_notes, before.public_updated) != (record.change_notes, record.public_updated)
    if spoken or before.state is not record.state:
        return False
    was, now = (sum(len(b.text) for p in _own(side) for b in p.blocks) for side in (old.parts, parts))
    return was >= LEAST and now < was * SHRUNK


def hold_until(
    old: Version, record: Record, parts: Sequence[Part], *, back_to: Version | None, seen_at: datetime
) -> datetime | None:
    """Return the moment until which a state must last before it is believed; None when settling is enough.

    ``back_to`` is the earlier Version that the page has gone back to, if it has. A page that went back within
    a day, and whose publisher's own clock did not move on, may be an old copy out of a cache.
    """
    if back_to is not None and seen_at - old.seen_at < STALE_FOR and not _written_since(old.record, record):
        return old.seen_at + STALE_FOR
    return seen_at + SHRUNK_FOR if shrank(old, record, parts) else None


def _written_since(old: Record, new: Record) -> bool:
    return bool(old.system_updated and new.system_updated and new.system_updated > old.system_updated)


def _own(parts: Sequence[Part]) -> list[Part]:
    return [part for part in parts if part.kind is not PartKind.FILE]
