"""The real program serves the desk: by itself, beside the watch, and on the demonstration's data."""

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

from tests.support.stories import the_first_day
from tests.support.watch import Watch


@contextmanager
def running(watch: Watch, *words: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "sendwatch", *words],
        env=watch.environment(),
        cwd=watch.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)


def answered(url: str, seconds: float = 60) -> httpx.Response:
    end = time.monotonic() + seconds
    while True:
        try:
            return httpx.get(url, trust_env=False)
        except httpx.TransportError:
            assert time.monotonic() < end, f"{url} does not answer"
            time.sleep(0.2)


def a_free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def test_the_watch_serves_the_desk_and_the_mail_about_a_story_leads_there(tmp_path: Path) -> None:
    from sendwatch.demo.demo_documents import demo_day_two

    port = a_free_port()
    site = f"http://127.0.0.1:{port}"
    own = {"SENDWATCH_SITE_URL": site, "SENDWATCH_LISTEN": f"127.0.0.1:{port}"}
    with the_first_day(tmp_path, **own) as (watch, shelf, postbox):
        demo_day_two(shelf)
        watch.once()
        bodies = [mail.get_body(("plain",)) for mail in postbox.mails[1:]]
        texts = [body.get_content() for body in bodies if body is not None]
        links = {link for text in texts for link in re.findall(rf"{site}/desk/stories/\d+", text)}
        assert len(links) == len(texts) > 0
        for command in ("desk", "run"):
            with running(watch, command):
                page = answered(links.pop())
                assert page.status_code == 303, command
                assert page.headers["location"].startswith("/desk/sign-in?next=%2Fdesk%2Fstories%2F")
                archive, nothing = answered(f"{site}/archive"), answered(f"{site}/subscribe")
                assert (archive.status_code, nothing.status_code) == (200, 404)
                for shown in (archive, nothing):
                    assert "/subscribe" not in shown.text, "no digest is declared that one could sign up for"


def test_the_demonstration_opens_its_desk_for_one_browser_once(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "sendwatch", "demo", "--desk", "--folder", str(tmp_path / "demo")],
        cwd=tmp_path,
        env={"PYTHONPATH": str(Path(__file__).resolve().parents[2]), "PATH": "/usr/bin:/bin"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        address = ""
        for line in process.stdout:
            found = re.search(r"http://127\.0\.0\.1:\d+/desk/demo/\S+", line)
            if found:
                address = found[0]
                break
        with httpx.Client(trust_env=False, follow_redirects=True) as browser:
            wrong = browser.get(address + "x")
            assert wrong.status_code == 404
            for _ in range(2):
                assert browser.head(address).status_code == 200
                door = browser.get(address)
                assert "Sign in to the desk" in door.text, "a preview of the link does not use it up"
            assert browser.post(address).status_code == 404, "only its own button signs in"
            key = re.search(r'name="key" value="(\w+)"', door.text)
            assert key
            inbox = browser.post(address, data={"key": key[1]})
            assert inbox.status_code == 200
            assert "editor@charity.example" in inbox.text
            stories = re.findall(r'href="(/desk/stories/\d+)"', inbox.text)
            assert stories, "the letter of the second day is in the inbox"
            root = address.partition("/desk")[0]
            assert browser.get(root + stories[0]).status_code == 200
        assert httpx.get(address, trust_env=False).status_code == 404, "the address works once"
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    assert process.returncode == 0
