"""Serve the public pages with uvicorn in a thread of its own, so that it may run beside the reactor.

Started before it returns, stopped with what is in hand answered. Writes no access log: the links in mails
are keys.
"""

import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from pipeline.model.errors import ConfigError
from sendwatch.connections import Impatient

logger = logging.getLogger("sendwatch")
SECONDS_TO_END = 10


@contextmanager
def serving(app: ASGIApp, listen: str, *, connection: type[Impatient] = Impatient) -> Iterator[str]:
    """Serve ``app`` on ``host:port`` while the block runs; gives the root that it is reached by.

    Port 0 takes a free one. Raises ConfigError when the port is taken. A request's head is 64 KB at most.
    """
    sockets, root = _bound(listen)
    config = uvicorn.Config(
        app,
        http=connection,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="off",
        ws="none",
        timeout_keep_alive=15,
        timeout_graceful_shutdown=SECONDS_TO_END,
        limit_concurrency=connection.most,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=(sockets,), name="pages", daemon=True)
    thread.start()
    logger.info("the public pages are served on %s", root)
    try:
        yield root
    finally:
        server.should_exit = True
        thread.join(SECONDS_TO_END + 5)


def _bound(listen: str) -> tuple[list[socket.socket], str]:
    host, _, port = listen.rpartition(":")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends small answers at once (TCP_NODELAY) only where the socket says that it is TCP: 40 ms each
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, int(port)))
        listener.listen(1024)
    except OSError as error:
        listener.close()
        raise ConfigError(f"SENDWATCH_LISTEN: {listen}: {error.strerror or error}") from None
    shown = f"[{host}]" if family == socket.AF_INET6 else host
    return [listener], f"http://{shown}:{listener.getsockname()[1]}"
