"""The public pages as the real program serves them: beside the watch, and alone."""

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.support.desk import link_in
from tests.support.stories import the_first_day
from tests.support.watch import Watch

PARENT = "parent@home.example"
DIGESTS = """
digests:
  weekly: {title: "Every week, on Friday", every: week}
"""


@contextmanager
def the_program(watch: Watch, *words: str) -> Iterator[subprocess.Popen[str]]:
    child = subprocess.Popen(
        [sys.executable, "-m", "sendwatch", *words],
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


def test_the_daemon_serves_the_pages_mails_who_signs_up_and_stops_when_asked(tmp_path: Path) -> None:
    with the_first_day(tmp_path) as (watch, _shelf, postbox), httpx.Client(trust_env=False) as client:
        root = _a_place(watch)
        before = len(postbox.raw)
        with the_program(watch, "run") as daemon:
            page = _until_served(client, root)
            assert "Get news about SEND by email" in page
            time.sleep(1.2)
            moment = re.search(r'name="moment" value="([^"]+)"', page)
            assert moment
            form = {"address": PARENT, "moment": moment[1], "plans": "weekly"}
            assert client.post(f"{root}/subscribe", data=form).status_code == 200
            end = time.monotonic() + 40
            while len(postbox.raw) == before:
                assert time.monotonic() < end, "no mail came"
                time.sleep(0.2)
            mail = postbox.mails[-1]
            assert mail["To"] == PARENT
            assert "You are on the list" in client.post(link_in(mail, "confirm"), data={"press": "yes"}).text
            daemon.send_signal(signal.SIGTERM)
            assert daemon.wait(30) == 0
            assert daemon.stdout is not None
            assert PARENT not in daemon.stdout.read(), "no address in the log"
        assert "1  active" in watch.command("subscribers", "list").stdout
        said = watch.command("doctor", "--offline", check=False).stdout
        assert f"public pages: {root}" in said
        assert "1 active, 0 to confirm" in said


def test_the_pages_alone_are_served_until_they_are_stopped(tmp_path: Path) -> None:
    with the_first_day(tmp_path) as (watch, _shelf, _postbox), httpx.Client(trust_env=False) as client:
        root = _a_place(watch)
        with the_program(watch, "desk") as desk:
            assert "Get news about SEND by email" in _until_served(client, root)
            desk.send_signal(signal.SIGTERM)
            assert desk.wait(20) == 0


def _a_place(watch: Watch) -> str:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{listener.getsockname()[1]}"
    watch.settings |= {
        "SENDWATCH_SITE_URL": f"http://{place}",
        "SENDWATCH_LISTEN": place,
        "SENDWATCH_MAIL_ALLOW": "@home.example",
    }
    schedule = Path(watch.settings["SENDWATCH_SCHEDULES"])
    schedule.write_text(schedule.read_text("utf-8") + DIGESTS, "utf-8")
    return f"http://{place}"


def _until_served(client: httpx.Client, root: str) -> str:
    end = time.monotonic() + 40
    while True:
        try:
            return client.get(f"{root}/subscribe").text
        except httpx.ConnectError:
            assert time.monotonic() < end, "the pages did not come up"
            time.sleep(0.2)
