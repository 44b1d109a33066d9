"""Places in a digest that is composed once for many people, which each one's own tokens fill when it is sent.

A slot is a word that no text holds by chance and that no encoding of a mail changes.
"""

LEAVE_SLOT = "SwSlotLeave9d41c6a07f3b4e58"
PREFERENCES_SLOT = "SwSlotPrefs2b86e5d1f04a4c97"
PROOF = "proof"  # stands in the place of both where a digest is only looked at; it opens nothing
_BEGINNING = "SwSlot"


def without_slots(text: str) -> str:
    """The same words, in which nothing is a slot: for all that a publisher or an editor has written.

    A title or an address that held one would be filled with each reader's own token, and a link of a
    stranger would take it along.
    """
    return text.replace(_BEGINNING, f"{_BEGINNING[:2]} {_BEGINNING[2:]}")


def nobodys(text: str) -> str:
    """A digest for somebody to look at who is no subscriber: each reader's own links are nobody's in it."""
    return text.replace(LEAVE_SLOT, PROOF).replace(PREFERENCES_SLOT, PROOF)


def leave_link(site: str, token: str = LEAVE_SLOT) -> str:
    """Where one leaves: GET shows a page, POST leaves (RFC 8058)."""
    return f"{site}/leave/{token}"


def preferences_link(site: str, token: str = PREFERENCES_SLOT) -> str:
    """Where one changes what one gets."""
    return f"{site}/preferences/{token}"


def confirm_link(site: str, token: str) -> str:
    """Where a sign-up is confirmed, by a button."""
    return f"{site}/confirm/{token}"


def archive_link(site: str, plan: str, day: str) -> str:
    """The web version of a digest; ``day`` is ``2026-11-27``."""
    return f"{site}/archive/{plan}/{day}"
