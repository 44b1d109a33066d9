"""A program or a chat that is told of alerts: a real HTTP server on loopback that answers as a test wants."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class HookServer:
    """``answers`` are given one after the other, then 204; ``told`` is what came, with its headers.

    What came in another form than JSON is kept as it is, under ``body``.
    """

    url: str = ""
    answers: list[int] = field(default_factory=list)
    told: list[tuple[dict[str, str], dict[str, Any]]] = field(default_factory=list)
    rest: float = 0.0  # seconds before it answers

    def chat(self, kind: str = "json", more: str = "") -> str:
        """Its address as apprise knows it."""
        return self.url.replace("http://", f"{kind}://") + more


@contextmanager
def a_hook_server() -> Iterator[HookServer]:
    """Started and stopped."""
    state = HookServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            is_json = "json" in self.headers["Content-Type"]
            told = json.loads(body) if is_json else {"body": body.decode()}
            state.told.append((dict(self.headers.items()), told))
            time.sleep(state.rest)
            status = state.answers.pop(0) if state.answers else 204
            self.send_response(status)
            if status == 302:
                self.send_header("Location", state.url + "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_port}/secret-path"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
