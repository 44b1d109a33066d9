"""The daemon: it watches by itself, stops when asked, and is alone at its work."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.store.database import Database, open_database
from pipeline.store.locks import hold
from sendwatch.demo.demo_documents import demo_day_two
from tests.support.hook_server import a_hook_server
from tests.support.postgres import cut_the_holders
from tests.support.stories import tags, the_first_day
from tests.support.watch import Watch

EVERYTHING = ["New blog post", "New letter", "Quiet change", "Withdrawn"]


@contextmanager
def a_daemon(watch: Watch) -> Iterator[subprocess.Popen[str]]:
    child = subprocess.Popen(
        [sys.executable, "-m", "sendwatch", "run"],
        env=watch.environment(),
        cwd=watch.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield child
    finally:
        if child.poll() is None:
            child.kill()
        child.communicate()


def test_the_daemon_finds_what_was_missed_tells_it_once_and_stops_when_asked(tmp_path: Path) -> None:
    with the_first_day(tmp_path) as (watch, shelf, postbox):
        demo_day_two(shelf)
        with a_daemon(watch) as daemon:
            _until(lambda: tags(postbox) == EVERYTHING, 40)
            second = watch.command("run", "--once", check=False)
            assert second.returncode == 75, "one sendwatch at a time"
            daemon.send_signal(signal.SIGTERM)
            assert daemon.wait(15) == 0
        with a_daemon(watch) as daemon:
            assert daemon.stdout is not None
            assert any("watching" in line for line in daemon.stdout), "from here on it can be asked to stop"
            time.sleep(4)
            daemon.send_signal(signal.SIGTERM)
            assert daemon.wait(15) == 0
        assert tags(postbox) == EVERYTHING, "a restart tells nothing twice"


def test_the_daemon_tells_the_hook_and_the_chat_of_what_it_mails(tmp_path: Path) -> None:
    with (
        a_hook_server() as server,
        the_first_day(tmp_path, SENDWATCH_ALERT_HOOK=server.url, SENDWATCH_CHAT=server.chat()) as first_day,
    ):
        watch, shelf, postbox = first_day
        demo_day_two(shelf)
        with a_daemon(watch) as daemon:
            _until(lambda: tags(postbox) == EVERYTHING and len(server.told) == 2 * len(EVERYTHING), 120)
            daemon.send_signal(signal.SIGTERM)
            assert daemon.wait(30) == 0
        by_hook = [told["title"] for _, told in server.told if "event" in told]
        by_chat = [told["message"] for _, told in server.told if "event" not in told]
        assert len(by_hook) == len(by_chat) == len(EVERYTHING)


def test_a_daemon_that_lost_its_lock_to_another_ends_and_says_so(tmp_path: Path, postgres_url: str) -> None:
    with the_first_day(tmp_path) as (watch, _shelf, _postbox):
        watch.settings["SENDWATCH_DATABASE_URL"] = postgres_url
        store = open_database(postgres_url)
        with a_daemon(watch) as daemon:
            _until(lambda: _is_held(store), 40)
            cut_the_holders(postgres_url)
            with hold(store, "crawl") as mine:
                assert mine
                assert daemon.wait(60) == 75
            assert daemon.stdout is not None
            assert "another sendwatch has it: this one stops" in daemon.stdout.read()
        store.close()


def _is_held(store: Database) -> bool:
    with hold(store, "crawl") as mine:
        return not mine


def _until(holds: object, seconds: float) -> None:
    assert callable(holds)
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.2)
