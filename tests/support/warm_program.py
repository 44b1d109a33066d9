"""The process that tests/support/program.py keeps: it has imported the commands, and forks for each one.

``python -m tests.support.warm_program DESCRIPTOR``, a socket that keeps messages apart. Ends when the other
side is closed.
"""

import importlib
import json
import os
import runpy
import socket
import sys
import time

LONGEST = 1_000_000  # bytes of a message: words and environment


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


if __name__ == "__main__":
    from sendwatch.cli import COMMANDS

    for place in COMMANDS.values():
        importlib.import_module(place.partition(":")[0])
    for name in ("sendwatch.embedded", "sendwatch.newsdesk"):  # what the commands import when they are called
        importlib.import_module(name)
    assert "twisted.internet.reactor" not in sys.modules, "each crawl installs its own"
    serve(socket.socket(fileno=int(sys.argv[1])))
    runpy.run_module("sendwatch", run_name="__main__", alter_sys=True)
