"""A language model's endpoint on loopback that answers well, lies, or misbehaves in a chosen way."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Wordings = Callable[[dict[int, str], dict[str, str]], object]


@dataclass
class ModelServer:
    """What the endpoint is to do (``manner``), what it was asked, and its address."""

    url: str = ""
    manner: str = "well"
    wordings: Wordings = lambda _sentences, _passages: []
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def answer_to(self, asked: dict[str, Any]) -> str:
        """The content of a well-formed answer: the wordings for the sentences in the user's message."""
        data = json.loads(asked["messages"][1]["content"].splitlines()[1])
        sentences = {row["n"]: row["text"] for row in data["sentences"]}
        made = self.wordings(sentences, data["passages"])
        return made if isinstance(made, str) else json.dumps(made, ensure_ascii=False)


def completion(content: object) -> bytes:
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    model: ModelServer

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class has it so
        """Say nothing."""

    def do_GET(self) -> None:
        self._whole(200, json.dumps({"data": [{"id": "small-one"}]}).encode())

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.model.asked.append(asked)
        self.model.keys.append(self.headers.get("Authorization", ""))
        self.close_connection = True
        with suppress(OSError):  # the other side has hung up
            getattr(self, f"_{self.model.manner}")()

    def _whole(self, status: int, body: bytes, kind: str = "application/json", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _well(self) -> None:
        self._whole(200, completion(self.model.answer_to(self.model.asked[-1])))

    def _streams(self) -> None:
        answer = self.model.answer_to(self.model.asked[-1])
        pieces = [answer[at : at + 40] for at in range(0, len(answer), 40)]
        lines = ["data: " + json.dumps({"choices": [{"delta": {"content": piece}}]}) for piece in pieces]
        body = "\n\n".join([*lines, "data: [DONE]", ""]).encode()
        self._whole(200, body, "text/event-stream")

    def _for_ever(self, piece: bytes, pause: float) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        while not self.model.stopping.wait(pause):
            self.wfile.write(piece)
            self.wfile.flush()

    def _loops(self) -> None:
        chunk = {"choices": [{"delta": {"content": "Schools must act. Schools must act. "}}]}
        self._for_ever(b"data: " + json.dumps(chunk).encode() + b"\n\n", 0.001)

    def _streams_nonsense(self) -> None:
        self._for_ever(b"data: \x00\xff{{{ lorem \r\n", 0.01)

    def _trickles(self) -> None:
        self._for_ever(b"x", 1.0)

    def _trickles_headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not self.model.stopping.wait(0.3):
            self.wfile.write(b"X-A: b\r\n")
            self.wfile.flush()

    def _says_nothing(self) -> None:
        self.model.stopping.wait(60)

    def _hangs_up(self) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)

    def _breaks_off(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "5000")
        self.end_headers()
        self.wfile.write(b'{"choices": [')
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)

    def _fails(self) -> None:
        self._whole(500, b'{"error": "out of memory"}')

    def _is_busy(self) -> None:
        self._whole(429, b'{"error": "slow down"}', **{"Retry-After": "3600"})

    def _refuses_the_key(self) -> None:
        self._whole(401, json.dumps({"error": f"bad key {self.headers.get('Authorization')}"}).encode())

    def _answers_html(self) -> None:
        self._whole(200, b"<!doctype html><h1>Welcome to nginx!</h1>", "text/html")

    def _answers_50_mb(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(50_000_000))
        self.end_headers()
        for _ in range(500):
            self.wfile.write(b"x" * 100_000)

    def _redirects(self) -> None:
        self._whole(307, b"", Location=f"{self.model.url}/elsewhere")

    def _answers_another_shape(self) -> None:
        self._whole(200, b'{"choices": [{"message": "hello"}, 7], "object": ["x"]}')

    def _has_no_text(self) -> None:
        self._whole(200, completion(None))

    def _nests_deeply(self) -> None:
        self._whole(200, b"[" * 200_000)


@contextmanager
def a_model_server(manner: str = "well", wordings: Wordings | None = None) -> Iterator[ModelServer]:
    """An endpoint on loopback, in its own threads, gone at the end."""
    model = ModelServer(manner=manner)
    if wordings:
        model.wordings = wordings
    handler = type("Handler", (_Handler,), {"model": model})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.block_on_close = False
    model.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield model
    finally:
        model.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join(5)


def seconds_of(work: Callable[[], object]) -> float:
    """How long the work takes by the wall clock."""
    began = time.monotonic()
    work()
    return time.monotonic() - began
