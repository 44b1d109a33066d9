"""Another program is told of each alert, once, however often its server is down; and no mail waits for it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.store import notices
from pipeline.store.database import Database
from sendwatch.telling.hook import hook_channel
from sendwatch.telling.rounds import tell_round
from tests.support.hook_server import HookServer, a_hook_server
from tests.support.newsroom import Newsroom
from tests.support.stories import the_first_day

SITE = "https://news.charity.example"


@pytest.fixture
def hook() -> Iterator[HookServer]:
    with a_hook_server() as running:
        yield running


@pytest.fixture
def room(db: Database, hook: HookServer) -> Newsroom:
    """A newsroom that had an alert before anybody set a hook."""
    made = Newsroom(db)
    made.page("old news")
    assert _tells(made, hook) == 0
    return made


def _tells(room: Newsroom, hook: HookServer) -> int:
    room.posts()
    return tell_round(room.db, hook_channel(hook.url, SITE), clock=lambda: room.now)


def _states(room: Newsroom) -> dict[str, int]:
    with room.db.begin() as tx:
        counts = notices.counts(tx)["hook"]
    return {state: getattr(counts, state) for state in ("owed", "sent", "failed") if getattr(counts, state)}


def test_each_new_alert_is_told_once_with_what_it_says(room: Newsroom, hook: HookServer) -> None:
    number = room.page("short breaks")
    assert _tells(room, hook) == 1
    assert _tells(room, hook) == 0
    ((headers, told),) = hook.told
    assert told == {
        "event": "alert",
        "id": f"story:{number}:1",
        "story_id": number,
        "revision": 1,
        "title": told["title"],
        "url": "https://www.gov.uk/government/publications/short-breaks",
        "publisher": "Department for Education",
        "summary": told["summary"],
        "desk": f"{SITE}/desk/stories/{number}",
    }
    assert "short breaks" in told["title"]
    assert headers["Idempotency-Key"] == f'"story:{number}:1"'
    assert "@" not in str(told), "nobody's address"


def test_the_address_of_the_hook_is_in_no_log(
    room: Newsroom, hook: HookServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    hook.answers.append(503)
    room.page("short breaks")
    assert _tells(room, hook) == 0
    room.travel(room.now + timedelta(minutes=2))
    assert _tells(room, hook) == 1
    assert "it answered 503" in caplog.text
    assert "secret-path" not in caplog.text


def test_a_hook_that_is_down_is_tried_again_later_and_then_told(room: Newsroom, hook: HookServer) -> None:
    room.page("short breaks")
    hook.answers = [503, 429]
    assert _tells(room, hook) == 0
    assert _tells(room, hook) == 0
    assert len(hook.told) == 1, "not before a minute is over"
    room.ledger.passes(minutes=1)
    assert _tells(room, hook) == 0
    room.ledger.passes(minutes=2)
    assert _tells(room, hook) == 1
    assert _states(room) == {"sent": 1}
    assert len({told["id"] for _, told in hook.told}) == 1


def test_nobody_there_is_no_end_of_it(room: Newsroom) -> None:
    room.page("short breaks")
    room.posts()
    for _ in range(25):
        room.ledger.passes(hours=4)
        tell_round(room.db, hook_channel("http://127.0.0.1:9/secret-path", ""), clock=lambda: room.now)
    with room.db.begin() as tx:
        row = tx.exec_driver_sql("SELECT state, attempts, last_error FROM notices").one()
    assert tuple(row[:2]) == ("failed", 20)
    assert "secret-path" not in row[2]


@pytest.mark.parametrize("status", [302, 400, 404, 410])
def test_a_hook_that_says_no_is_not_asked_again_nor_followed(
    room: Newsroom, hook: HookServer, status: int
) -> None:
    room.page("short breaks")
    hook.answers = [status]
    assert _tells(room, hook) == 0
    room.ledger.passes(hours=9)
    assert _tells(room, hook) == 0
    assert len(hook.told) == 1
    assert _states(room) == {"failed": 1}


def test_a_hook_that_was_away_is_not_flooded_with_old_news(room: Newsroom, hook: HookServer) -> None:
    room.page("short breaks")
    room.ledger.passes(days=3)
    room.page("transport")
    assert _tells(room, hook) == 1
    assert hook.told[0][1]["url"].endswith("/transport")


def test_no_alert_is_lost_or_doubled_when_the_process_dies_in_between(
    room: Newsroom, hook: HookServer
) -> None:
    for what in ("short breaks", "transport"):
        room.page(what)
    with room.db.begin() as tx:
        assert notices.owe_new(tx, "hook", room.now) == 2
        assert notices.owe_new(tx, "hook", room.now) == 0
    assert _tells(room, hook) == 2
    assert len({told["id"] for _, told in hook.told}) == 2


def test_the_program_tells_the_hook_after_its_mails_and_masks_it(tmp_path: Path, hook: HookServer) -> None:
    from sendwatch.demo.demo_documents import demo_day_two

    with the_first_day(tmp_path, SENDWATCH_ALERT_HOOK=hook.url) as (watch, shelf, postbox):
        assert hook.told == [], "what was there already is no news"
        demo_day_two(shelf)
        watch.once()
        mails = len(postbox.mails) - 1
        assert len(hook.told) == mails > 0
        assert all(told["title"] and told["url"] for _, told in hook.told)
        said = watch.command("doctor", "--offline", check=False).stdout
        assert "secret-path" not in said
