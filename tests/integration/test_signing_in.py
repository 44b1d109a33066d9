"""The way in to the desk: a mailed link, for ten minutes, once, in the browser that asked."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from alerts.steps.signing_in import IDLE, SESSION_LASTS, Team, ask_for_link, enter, leave, may_enter, who
from pipeline.model.desk import Role
from pipeline.store import deliveries, desk
from pipeline.store.database import Database, open_database

NOW = datetime(2026, 11, 25, 9, 5, tzinfo=UTC)
TEAM = Team.of(["Anna@charity.example"], ["ops@charity.example"])
BROWSER = "the cookie of the browser that asked"


@pytest.fixture
def db(database_url: str) -> Iterator[Database]:
    opened = open_database(database_url)
    yield opened
    opened.close()


def _token(db: Database, address: str = "anna@charity.example", now: datetime = NOW) -> str:
    asked = ask_for_link(
        db, TEAM, address, BROWSER, site="https://x.example", next_page="/desk", domain="x.example", now=now
    )
    assert asked
    with db.begin() as tx:
        owed = deliveries.claim(tx, lease="a", now=now, lasting=timedelta(minutes=1))
        assert owed is not None
        assert owed.recipient == address.lower()
        mail = deliveries.mail_of(tx, owed.alert_id)
        deliveries.sent(tx, owed, now)
    found = re.search(r"https://x\.example/desk/enter/([\w-]+)\?next=/desk", mail.text)
    assert found, mail.text
    assert found[1] in mail.html
    return found[1]


def test_an_editor_comes_in_by_the_link_in_the_mail_and_the_link_works_once(db: Database) -> None:
    token = _token(db)
    assert may_enter(db, TEAM, token, BROWSER, NOW) == "anna@charity.example"
    assert may_enter(db, TEAM, token, BROWSER, NOW) == "anna@charity.example", "looking uses nothing up"
    cookie = enter(db, TEAM, token, BROWSER, NOW)
    assert cookie is not None
    session = who(db, TEAM, cookie, NOW)
    assert session is not None
    assert (session.address, session.role) == ("anna@charity.example", Role.EDITOR)
    assert enter(db, TEAM, token, BROWSER, NOW) is None
    assert may_enter(db, TEAM, token, BROWSER, NOW) is None


def test_a_link_is_no_way_in_for_another_browser_or_after_ten_minutes(db: Database) -> None:
    token = _token(db)
    assert enter(db, TEAM, token, "another browser", NOW) is None
    assert enter(db, TEAM, token, BROWSER, NOW + timedelta(minutes=11)) is None
    assert enter(db, TEAM, token + "x", BROWSER, NOW) is None
    assert enter(db, TEAM, token, BROWSER, NOW + timedelta(minutes=9)) is not None


def test_a_stranger_gets_no_mail_and_nobody_is_flooded(db: Database) -> None:
    def ask(address: str) -> bool:
        return ask_for_link(db, TEAM, address, BROWSER, site="https://x", next_page="/", domain="x", now=NOW)

    assert not ask("stranger@elsewhere.example")
    assert [ask("anna@charity.example") for _ in range(7)] == [True] * 5 + [False] * 2
    with db.begin() as tx:
        assert deliveries.counts(tx).owed == 5


def test_a_session_ends_when_it_is_idle_when_it_is_old_and_when_its_owner_leaves_the_team(
    db: Database,
) -> None:
    cookie = enter(db, TEAM, _token(db), BROWSER, NOW)
    assert cookie is not None
    assert who(db, TEAM, cookie, NOW + IDLE + timedelta(minutes=1)) is None
    seen = NOW
    while seen < NOW + SESSION_LASTS - IDLE:
        seen += IDLE - timedelta(minutes=1)
        assert who(db, TEAM, cookie, seen) is not None, seen
    assert who(db, TEAM, cookie, NOW + SESSION_LASTS + timedelta(minutes=1)) is None
    assert who(db, Team.of([], []), cookie, seen) is None
    assert who(db, Team.of([], ["anna@charity.example"]), cookie, seen) is None, (
        "another role, another way in"
    )


def test_signing_out_ends_this_browser_and_every_way_in_is_in_the_log(db: Database) -> None:
    one = enter(db, TEAM, _token(db), BROWSER, NOW)
    other = enter(db, TEAM, _token(db, "ops@charity.example"), BROWSER, NOW)
    assert one is not None
    assert other is not None
    session = who(db, TEAM, one, NOW)
    assert session is not None
    leave(db, session, NOW)
    assert who(db, TEAM, one, NOW) is None
    assert who(db, TEAM, other, NOW) is not None
    with db.begin() as tx:
        lines = [(act.by, act.what) for _, act in desk.log(tx)]
    assert lines == [
        ("anna@charity.example", "signed out"),
        ("ops@charity.example", "signed in"),
        ("anna@charity.example", "signed in"),
    ]


def test_what_the_database_holds_signs_nobody_in(db: Database) -> None:
    cookie = enter(db, TEAM, _token(db), BROWSER, NOW)
    assert cookie is not None
    session = who(db, TEAM, cookie, NOW)
    assert session is not None
    assert who(db, TEAM, session.key, NOW) is None
