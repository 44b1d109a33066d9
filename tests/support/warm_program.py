"""The process that tests/support/program.py keeps: it has imported the commands, and forks for each one.

``python -m tests.support.warm_program DESCRIPTOR``, a socket that keeps messages apart. Ends when the other
side is closed.
"""

import atexit
import contextlib
import gc
import html
import importlib
import json
import os
import runpy
import socket
import sys
import tempfile
import threading
import time
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

LONGEST = 1_000_000  # bytes of a message: words and environment
IMPORTED_LATE = (  # by the commands themselves, or by Scrapy when it begins
    "sendwatch.embedded",
    "sendwatch.newsdesk",
    "crawler.politeness",
    "alembic.command",
    "css_inline",
    "docx",
    "icalendar",
    "protego",
    "scrapy.core.downloader.handlers.http11",
    "scrapy.dupefilters",
    "scrapy.extensions.corestats",
    "scrapy.logformatter",
    "scrapy.pqueues",
    "scrapy.robotstxt",
    "scrapy.squeues",
    "scrapy.statscollectors",
    "sqlite3",
    "twisted.internet.endpoints",
    "twisted.web.client",
)


def serve(line: socket.socket) -> None:
    """Answer until the other side is gone. Returns in the child, too, which is then to run the command."""
    while True:
        asked, descriptors, _flags, _from = socket.recv_fds(line, LONGEST, 3)
        if not asked:
            sys.exit()
        child = os.fork()
        if not child:
            line.close()
            _become(json.loads(asked), descriptors)
            return
        for one in descriptors:
            os.close(one)
        line.send(str(child).encode())
        _, status = os.waitpid(child, 0)
        line.send(str(os.waitstatus_to_exitcode(status)).encode())


def _become(asked: dict[str, object], descriptors: list[int]) -> None:
    for place, one in enumerate(descriptors):
        os.dup2(one, place)
        os.close(one)
    os.environ.clear()
    os.environ.update(asked["env"])  # type: ignore[call-overload]
    time.tzset()
    os.chdir(str(asked["cwd"]))
    sys.argv[1:] = asked["words"]  # type: ignore[call-overload]


def rehearse() -> None:
    """Read, judge, compare and draft once: patterns and word lists are made at their first use, and kept."""
    from sendwatch.cli import command_line

    text = " ".join((ROOT / "tests" / "support" / "letters.py").read_text("utf-8").split())[:8_000]
    with tempfile.TemporaryDirectory() as folder, Path(os.devnull).open("w") as nowhere:
        for name, words in (("old.html", text[:6_000]), ("new.html", text)):
            (Path(folder) / name).write_text(f"<h1>SEND: a letter</h1><p>{html.escape(words)}</p>", "utf-8")
        before = sys.argv[:]
        with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
            for command in (
                ["draft", "new.html"],
                ["compare", "old.html", "new.html"],
                ["classify", "new.html"],
            ):
                paths = [f"{folder}/{word}" if word.endswith(".html") else word for word in command]
                sys.argv = ["sendwatch", *paths]
                assert command_line() in (0, 1), command
        sys.argv = before


def _run() -> int:
    """The command's exit code; as Python would give it for whatever is raised."""
    try:
        runpy.run_module("sendwatch", run_name="__main__", alter_sys=True)
    except SystemExit as leave:
        if leave.code is None or isinstance(leave.code, int):
            return leave.code or 0
        print(leave.code, file=sys.stderr)
        return 1
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def _leave(code: int) -> None:
    """Leave as Python does, threads and exit functions first, but take nothing that is imported apart."""
    threading._shutdown()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    from scrapy.settings.default_settings import DOWNLOADER_MIDDLEWARES_BASE, SPIDER_MIDDLEWARES_BASE

    from sendwatch.cli import COMMANDS

    for place in COMMANDS.values():
        importlib.import_module(place.partition(":")[0])
    late = [name.rpartition(".")[0] for name in (*DOWNLOADER_MIDDLEWARES_BASE, *SPIDER_MIDDLEWARES_BASE)]
    for name in (*IMPORTED_LATE, *late):
        importlib.import_module(name)
    assert "twisted.internet.reactor" not in sys.modules, "each crawl installs its own"
    rehearse()
    assert threading.active_count() == 1, "only a process without threads may be forked"
    gc.collect()
    gc.freeze()  # a collection in a child would copy every page of what is imported
    serve(socket.socket(fileno=int(sys.argv[1])))
    _leave(_run())
