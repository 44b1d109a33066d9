"""Signed links: they hold for one purpose and one person, and no mail breaks them."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from alerts.tokens import Purpose, Tokens

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
TOKENS = Tokens("a secret of more than twenty-four characters")
KEY = "Zx3_k-9QmT7vB2nLw0aYcD"


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_token_gives_its_key_back_for_its_own_purpose_alone(purpose: Purpose) -> None:
    token = TOKENS.make(purpose, KEY, NOW)
    assert TOKENS.read(purpose, token, NOW) == KEY
    assert [TOKENS.read(other, token, NOW) for other in Purpose if other is not purpose] == [None, None]


def test_a_token_is_short_and_made_of_characters_that_no_encoding_changes() -> None:
    token = TOKENS.make(Purpose.LEAVE, KEY, NOW)
    assert re.fullmatch(r"[A-Za-z0-9_.-]{40,75}", token)


def test_a_confirmation_ends_and_a_link_that_leaves_does_not() -> None:
    later = NOW + timedelta(days=15)
    token = TOKENS.make(Purpose.CONFIRM, KEY, NOW)
    assert TOKENS.read(Purpose.CONFIRM, token, later, lasting=timedelta(days=14)) is None
    assert TOKENS.read(Purpose.CONFIRM, token, NOW + timedelta(days=13), lasting=timedelta(days=14)) == KEY
    assert TOKENS.read(Purpose.LEAVE, TOKENS.make(Purpose.LEAVE, KEY, NOW), NOW + timedelta(days=3650)) == KEY


def test_what_is_forged_is_nothing() -> None:
    token = TOKENS.make(Purpose.LEAVE, KEY, NOW)
    other = Tokens("another secret of more than twenty-four").make(Purpose.LEAVE, KEY, NOW)
    changed = token.replace("Z", "Y", 1)
    for forged in ("", ".", "..", token[:-1], changed, other, token + "x", "é" * 20, "a" * 100_000):
        assert TOKENS.read(Purpose.LEAVE, forged, NOW) is None, forged[:60]
