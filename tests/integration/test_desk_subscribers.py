"""Subscribers at the desk: figures for operators, one person by the exact address, and nobody else's."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from pipeline.store import desk as desk_store
from pipeline.store import subscribers, suppressions
from pipeline.store.database import Database
from tests.support.newsdesk import OPS, Browser, Newsdesk, a_newsdesk

HERE = "/desk/subscribers"
PAT, KIM = "pat@families.example", "kim@families.example"
SCRIPT = "\"'><script>alert(1)</script>"


@pytest.fixture
def newsdesk(db: Database) -> Iterator[Newsdesk]:
    with a_newsdesk(db) as running:
        room = running.room
        room.subscriber("pat", "weekly", "monthly")
        room.subscriber("kim", rest_until=room.now + timedelta(hours=4))
        room.subscriber("gone", state="left", left_at=room.now)
        room.subscriber("full", state="suspended", suspended_because="no such mailbox")
        running.wait(minutes=1)
        yield running


@pytest.fixture
def ops(newsdesk: Newsdesk) -> Browser:
    return newsdesk.signed_in(OPS)


def test_an_operator_sees_how_many_there_are_and_nobodys_address(ops: Browser) -> None:
    page = ops.get(HERE)
    assert page.status_code == 200
    for said in (
        "<dt>Get it</dt><dd>2</dd>",
        "<dt>Suspended</dt><dd>1</dd>",
        "<dt>Have left</dt><dd>1</dd>",
        "Every week, on Friday: 2",
        "Every month, on the first Friday: 1",
        "1 of those who get it rest",
        '<th scope="row">23 November 2026</th><td class="number">4</td><td class="number">1</td>',
    ):
        assert said in page.text, said
    assert page.text.count('<th scope="row">') == 12
    assert "families.example" not in page.text


def test_one_person_is_found_by_the_exact_address_in_a_form_alone(newsdesk: Newsdesk, ops: Browser) -> None:
    for typed in (PAT, " PAT@Families.Example "):
        page = ops.send(f"{HERE}/look-up", on=HERE, address=typed)
        assert page.status_code == 200
        assert "What is held" in page.text
        assert "families" not in str(page.url)
        assert KIM not in page.text
    for typed in ("pat", "%@families.example", "families.example", "*", "pat@", SCRIPT, "\0", ""):
        none = ops.send(f"{HERE}/look-up", on=HERE, address=typed)
        assert none.status_code == 404, typed
        assert "Nobody with this address is known" in none.text
        assert "<script>alert" not in none.text
        assert "families.example" not in none.text
    asked = ops.get(f"{HERE}/look-up", params={"address": PAT})
    assert asked.status_code == 405, "no address stands in the address of a page"
    assert PAT not in asked.text


def test_what_is_held_is_handed_out_as_a_file(ops: Browser) -> None:
    answer = ops.send(f"{HERE}/export", on=HERE, address=PAT)
    assert answer.headers["content-disposition"] == 'attachment; filename="what-is-held.json"'
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["address"] == PAT
    assert answer.json()["preferences"]["emails"] == ["monthly", "weekly"]
    assert KIM not in answer.text


def test_a_person_is_forgotten_only_when_that_was_confirmed(newsdesk: Newsdesk, ops: Browser) -> None:
    page = ops.send(f"{HERE}/forget", on=HERE, address=PAT)
    assert "Forget this person?" in page.text
    with newsdesk.db.begin() as tx:
        assert subscribers.by_address(tx, PAT) is not None
    gone = ops.send(f"{HERE}/forget/yes", on=HERE, address=PAT)
    assert "Erased" in gone.text
    assert PAT not in gone.text
    with newsdesk.db.begin() as tx:
        assert subscribers.by_address(tx, PAT) is None
        assert subscribers.by_address(tx, KIM) is not None
        kept = tx.exec_driver_sql("SELECT digest, why FROM suppressions").one()
        hashed = suppressions.suppression_hash(newsdesk.desk.secret, PAT)
        assert tuple(kept) == (hashed, suppressions.FORGOTTEN)
    assert ops.send(f"{HERE}/forget/yes", on=HERE, address=PAT).status_code == 404


def test_the_audit_log_says_what_was_done_and_not_to_whom(newsdesk: Newsdesk, ops: Browser) -> None:
    for act in ("look-up", "export", "forget", "forget/yes"):
        ops.send(f"{HERE}/{act}", on=HERE, address=PAT)
    for act in ("look-up", "export", "forget", "forget/yes"):
        assert ops.send(f"{HERE}/{act}", on=HERE, address="stranger@families.example").status_code == 404
    with newsdesk.db.begin() as tx:
        log = [act for _, act in desk_store.log(tx, about="subscribers")]
    assert [act.what for act in log] == [
        *["looked for somebody who is no subscriber"] * 4,
        "forgot a subscriber",
        "was asked whether to forget a subscriber",
        "exported a subscriber",
        "looked a subscriber up",
    ]
    assert "families" not in str(log)


def test_an_address_with_a_script_in_it_is_only_ever_text(newsdesk: Newsdesk, ops: Browser) -> None:
    odd = '"<script>alert(1)</script>"@families.example'
    newsdesk.room.subscriber("odd", address=odd)
    for act in ("look-up", "forget"):
        page = ops.send(f"{HERE}/{act}", on=HERE, address=odd)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
