"""Chats are told of each alert by the real apprise: once, in plain words, and none waits for another."""

import asyncio
import logging
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from pipeline.steps.told_elsewhere import Told
from pipeline.store import notices
from pipeline.store.database import Database
from pipeline.store.notices import Counts
from sendwatch.telling.channels import Telling
from sendwatch.telling.chat import chat_channel, misunderstood
from sendwatch.telling.rounds import Channel, begin, tell_round
from tests.support.hook_server import HookServer, a_hook_server
from tests.support.newsroom import Newsroom
from tests.support.stories import the_first_day
from tests.support.watch import ROOT

SITE, SECRET = "https://news.charity.example", "a secret of this house, for keys"
UNSEEN = "This is a draft: no editor has seen it."


@pytest.fixture
def server() -> Iterator[HookServer]:
    with a_hook_server() as running:
        yield running


@pytest.fixture
def room(db: Database) -> Newsroom:
    """A newsroom that had an alert before anybody set a chat."""
    made = Newsroom(db)
    made.page("old news")
    return made


def _chat(room: Newsroom, address: str, site: str = SITE, seconds: float = 60) -> Channel:
    """A chat that is set now."""
    channel = chat_channel(address, site, SECRET, seconds=seconds)
    begin(room.db, channel, room.now)
    return channel


def _tells(room: Newsroom, channel: Channel) -> int:
    room.posts()
    return tell_round(room.db, channel, clock=lambda: room.now)


def _page(room: Newsroom, what: str) -> None:
    """News, and its mails are out."""
    room.page(what)
    room.posts()


def _counts(room: Newsroom, channel: Channel) -> Counts:
    with room.db.begin() as tx:
        return notices.counts(tx)[channel.key]


def _soon(is_so: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.05)


def test_a_chat_is_told_of_the_next_alert_once_and_through_no_proxy(
    room: Newsroom, server: HookServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    chat = _chat(room, server.chat())
    number = room.page("short breaks")
    assert _tells(room, chat) == 1
    assert _tells(room, chat) == 0
    ((_, told),) = server.told
    title, publisher, sentence, link, unseen = told["message"].split("\n")
    assert title.startswith("SEND news: ")
    assert "short breaks" in title
    assert publisher == "Department for Education"
    assert "short breaks" in sentence
    assert link == f"{SITE}/desk/stories/{number}"
    assert unseen == UNSEEN
    assert _counts(room, chat) == Counts(sent=1)


def test_no_chat_is_told_before_the_mail_was_tried(room: Newsroom, server: HookServer) -> None:
    chat = _chat(room, server.chat())
    room.page("short breaks")
    assert tell_round(room.db, chat, clock=lambda: room.now) == 0
    assert _counts(room, chat) == Counts(owed=1)
    assert server.told == []
    room.posts()
    assert tell_round(room.db, chat, clock=lambda: room.now) == 1


@pytest.mark.parametrize("kind", ["xml", "form"])
def test_each_kind_is_spoken_to_in_its_own_form(room: Newsroom, server: HookServer, kind: str) -> None:
    chat = _chat(room, server.chat(kind), site="")
    room.page("short breaks")
    assert _tells(room, chat) == 1
    ((_, told),) = server.told
    text = parse_qs(told["body"])["message"][0] if kind == "form" else told["body"]
    assert "https://www.gov.uk/government/publications/short-breaks" in text, "without a desk, the publisher"
    assert UNSEEN in text


def test_a_chat_that_answers_500_is_tried_again_with_the_waits_of_the_hook(
    room: Newsroom, server: HookServer
) -> None:
    chat = _chat(room, server.chat())
    room.page("short breaks")
    server.answers = [500]
    assert _tells(room, chat) == 0
    assert _counts(room, chat) == Counts(owed=1, trouble="it answered 500", is_troubled=True)
    assert _tells(room, chat) == 0
    assert len(server.told) == 1, "not before a minute is over"
    room.ledger.passes(minutes=1)
    assert _tells(room, chat) == 1
    assert len({told["message"] for _, told in server.told}) == 1
    assert _counts(room, chat) == Counts(sent=1)


def test_a_redirect_is_not_followed_and_the_secret_stands_nowhere(
    room: Newsroom, server: HookServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    chat = _chat(room, server.chat(more="?+X-Token=hush-hush"))
    room.page("short breaks")
    server.answers = [302]
    assert _tells(room, chat) == 0
    assert len(server.told) == 1
    assert server.told[0][0]["X-Token"] == "hush-hush"
    assert chat.title == "JSON at 127.0.0.1"
    with room.db.begin() as tx:
        rows = tx.exec_driver_sql("SELECT channel, key, last_error FROM notices").all()
        names = tx.exec_driver_sql("SELECT key FROM memory").all()
    assert [row[2] for row in rows] == ["it answered 302"]
    seen = f"{rows} {names} {caplog.text} {chat!r}"
    assert "was not told of" in caplog.text
    for secret in ("secret-path", "hush"):
        assert secret not in seen


def test_a_chat_is_told_while_another_hangs_and_each_new_alert_so(room: Newsroom, server: HookServer) -> None:
    with a_hook_server() as hanging:
        hanging.rest = 120
        chats = [_chat(room, hanging.chat(), seconds=90), _chat(room, server.chat())]
        _page(room, "short breaks")
        stopping = []

        async def day() -> None:
            telling = Telling(room.db, chats, clock=lambda: room.now, stop=lambda: bool(stopping))
            await telling.poke()
            await asyncio.to_thread(_soon, lambda: len(server.told) == 1 == len(hanging.told))
            await asyncio.to_thread(_page, room, "transport")
            for _ in range(100):
                await telling.poke()
                if len(server.told) == 2:
                    break
                await asyncio.sleep(0.5)
            assert [len(server.told), len(hanging.told)] == [2, 1]
            hanging.rest = 0
            stopping.append("please")
            await telling.finish()

        asyncio.run(day())


ROUND = """
import sys
from datetime import datetime
from pipeline.store.database import open_database
from sendwatch.telling.chat import chat_channel
from sendwatch.telling.rounds import tell_round
order = sys.stdin.read().split()
chat = chat_channel(order[1], "", sys.argv[1])
now = datetime.fromisoformat(order[2])
tell_round(open_database(order[0]), chat, clock=lambda: now)
"""


def test_a_message_whose_program_was_killed_is_not_lost(
    room: Newsroom, server: HookServer, database_url: str
) -> None:
    chat = _chat(room, server.chat(), site="")
    _page(room, "short breaks")
    server.rest = 2
    killed = subprocess.Popen(
        [sys.executable, "-c", ROUND, SECRET],
        stdin=subprocess.PIPE,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        text=True,
    )
    assert killed.stdin
    killed.stdin.write(f"{database_url} {server.chat()} {room.now.isoformat()}")
    killed.stdin.close()
    _soon(lambda: bool(server.told))
    killed.kill()
    killed.wait()
    server.rest = 0
    room.ledger.passes(minutes=1)
    _soon(lambda: _tells(room, chat) == 1)
    assert _counts(room, chat).sent == 1
    assert len({told["message"] for _, told in server.told}) == 1
    assert len(server.told) == 2, "a chat knows no key that would tell the second from the first"


def test_a_chat_that_never_answers_is_given_up_like_a_hook(room: Newsroom) -> None:
    chat = _chat(room, "json://127.0.0.1:9/secret-path", seconds=60)
    room.page("short breaks")
    with room.db.begin() as tx:
        assert notices.owe_new(tx, chat.key, room.now) == 1
        tx.exec_driver_sql("UPDATE notices SET attempts = 19")
    assert _tells(room, chat) == 0
    assert _counts(room, chat) == Counts(failed=1, trouble="it cannot be reached", is_troubled=True)


def test_what_was_owed_to_a_chat_that_was_taken_out_is_given_up_in_the_end(
    room: Newsroom, server: HookServer
) -> None:
    gone, stays = _chat(room, server.chat()), _chat(room, server.chat("form"))
    room.page("short breaks")
    with room.db.begin() as tx:
        assert notices.owe_new(tx, gone.key, room.now) == 1
    room.ledger.passes(days=5)
    assert _tells(room, stays) == 0
    assert _counts(room, gone).failed == 1
    assert server.told == []


def test_apprise_is_asked_what_it_understands_without_telling_anybody(server: HookServer) -> None:
    hook = "https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ"
    several = "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#news/#more"
    wrong = misunderstood([server.chat(), hook, several, "slack://hush", "https://hush.example/x"])
    assert [title for title, _ in wrong] == ["Slack", "Slack", "chat at hush.example"]
    assert "more than one receiver" in wrong[0][1]
    assert all("does not understand" in words for _, words in wrong[1:])
    assert server.told == []
    assert "hush" not in str([words for _, words in wrong])


def test_what_a_publisher_writes_cannot_call_a_whole_channel(server: HookServer) -> None:
    title = "All @everyone @here <!channel> <@U123> [mend it](https://evil.example) **now** :tada:"
    told = Told(7, 1, title, "https://www.gov.uk/x", "DfE", ("Tell @all.",))
    server.answers = [200, 200, 200]
    for kind in ("mmost", "gotify", "json"):
        address = server.chat(kind).replace("secret-path", "tokentokentoken")
        assert chat_channel(address, "", SECRET, seconds=60).tell(told, "story:7:1") is None, kind
    for _, body in server.told:
        text = body.get("text") or body["message"]
        for live in ("@everyone", "@here", "<!", "<@", "](", "**", ":tada:", "@all"):
            assert live not in text, (live, text)
        assert "mend it" in text
        assert "https://evil.example" in text, "where it leads is seen"


def test_the_program_tells_its_chats_after_the_mails_and_masks_them(
    tmp_path: Path, server: HookServer
) -> None:
    from sendwatch.demo.demo_documents import demo_day_two

    two = f"{server.chat()} {server.chat('json', '?-key=hush')}"
    with the_first_day(tmp_path, SENDWATCH_CHAT=two) as (watch, shelf, postbox):
        assert server.told == [], "what was there already is no news"
        demo_day_two(shelf)
        server.answers = [500]
        watch.once()
        mails = len(postbox.mails) - 1
        assert len(server.told) == 2 * mails > 0
        done = watch.command("doctor", "--offline", check=False)
        assert done.stdout.count("JSON at 127.0.0.1 (chat:") == 2
        assert f"{mails} told, 0 owed, 0 given up" in done.stdout
        assert "1 owed, 0 given up; the last trouble: it answered 500" in done.stdout
        watch.settings["SENDWATCH_CHAT"] = "slack://hush-hush"
        refused = watch.command("run", "--once", check=False)
        assert refused.returncode == 78
        assert "SENDWATCH_CHAT: Slack: apprise does not understand it" in refused.stderr
        told = watch.command("doctor", "--offline", check=False)
        assert "WRONG  Slack: apprise does not understand it" in told.stdout
        for secret in ("secret-path", "hush"):
            assert secret not in done.stdout + done.stderr + told.stdout + refused.stderr + refused.stdout
