"""Clients that dawdle on purpose: real sockets that send nothing, a drop at a time, or never read."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from sendwatch.connections import Impatient
from sendwatch.serving import serving

WHOLE = 16_000_000  # bytes of the answer
HEAD = b"POST / HTTP/1.1\r\nHost: x\r\n"


class Hasty(Impatient):
    seconds = 0.5
    most = 20


async def app(_scope: Scope, receive: Receive, send: Send) -> None:
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for _ in range(WHOLE // 100_000):
        await send({"type": "http.response.body", "body": b"x" * 100_000, "more_body": True})
    await send({"type": "http.response.body"})


@pytest.fixture
def port() -> Iterator[int]:
    with serving(app, "127.0.0.1:0", connection=Hasty) as root:
        yield int(root.rpartition(":")[2])


@contextmanager
def calling(port: int) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.settimeout(10)
        yield line


def until_cut(line: socket.socket) -> int:
    """How many bytes come until the server hangs up. TimeoutError when it does not."""
    got = 0
    try:
        while piece := line.recv(1 << 20):
            got += len(piece)
    except ConnectionError:
        pass
    return got


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"P",
        HEAD,
        HEAD + b"Content-Length: 50\r\n\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab",
    ],
    ids=["nothing", "a letter", "half a head", "no body", "half a chunk"],
)
def test_whoever_does_not_finish_a_request_is_hung_up_on(port: int, begun: bytes) -> None:
    with calling(port) as line:
        line.sendall(begun)
        until_cut(line)


def test_a_drop_now_and_then_does_not_begin_the_time_anew(port: int) -> None:
    with calling(port) as line:
        line.sendall(HEAD)
        line.settimeout(0.05)
        began = time.monotonic()
        while time.monotonic() - began < 8:
            try:
                line.sendall(b"X: y\r\n")
                assert line.recv(100) == b"", "nothing is answered to half a request"
                break
            except TimeoutError:
                continue
            except ConnectionError:
                break
        assert time.monotonic() - began < 5


def test_whoever_never_reads_the_answer_holds_nothing_for_long(port: int) -> None:
    with calling(port) as line:
        line.sendall(HEAD + b"Content-Length: 0\r\n\r\n")
        time.sleep(1.5)  # nothing is read meanwhile
        assert until_cut(line) < WHOLE


def test_of_a_crowd_the_last_are_hung_up_on_at_once_and_the_silent_ones_soon() -> None:
    class Crowded(Hasty):
        seconds = 4.0

    with serving(app, "127.0.0.1:0", connection=Crowded) as root:
        port = int(root.rpartition(":")[2])
        began = time.monotonic()
        lines = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(60)]
        until_cut(lines[-1])
        assert time.monotonic() - began < Crowded.seconds / 2
        until_cut(lines[0])
        assert httpx.post(root, trust_env=False).status_code == 200, "there is room again"
        for line in lines:
            line.close()


def test_a_person_who_is_slow_but_not_too_slow_is_served(port: int) -> None:
    with calling(port) as line:
        for _ in range(2):  # twice on the same line
            for piece in (HEAD, b"Content-Length: 4\r\n\r\n", b"ab", b"cd"):
                line.sendall(piece)
                time.sleep(0.05)
            answer = bytearray()
            while not answer.endswith(b"\r\n0\r\n\r\n"):
                answer += line.recv(1 << 20)
            assert answer.startswith(b"HTTP/1.1 200 OK")
            assert len(answer) > WHOLE
