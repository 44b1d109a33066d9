"""Run a command of sendwatch to its end: the real program, in a process of its own.

Starting Python with all that sendwatch imports takes over a second of CPU, and the stories of tests/features
run some hundred commands. So, on Linux, each worker keeps one process that has imported the commands and
does nothing; a command is a fork of it, with its own environment, folder, input and outputs. Daemons, what is
killed at work, and the tests of starting itself begin a fresh Python instead.
"""

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from threading import Lock

ROOT = Path(__file__).resolve().parents[2]
STARTING = 200.0  # seconds until a command has begun: the first one waits for all imports
_one_at_a_time = Lock()


def run_program(
    words: Sequence[str],
    *,
    env: Mapping[str, str],
    cwd: Path,
    given: str = "",
    seconds: float = 120,
) -> subprocess.CompletedProcess[str]:
    """Run ``sendwatch WORDS``. Raises subprocess.TimeoutExpired, having killed it, after ``seconds``."""
    if not sys.platform.startswith("linux"):
        return subprocess.run(
            [sys.executable, "-m", "sendwatch", *words],
            env=dict(env),
            cwd=cwd,
            input=given,
            capture_output=True,
            text=True,
            check=False,
            timeout=seconds,
        )
    with (
        _one_at_a_time,
        tempfile.TemporaryFile() as stdin,
        tempfile.TemporaryFile() as stdout,
        tempfile.TemporaryFile() as stderr,
    ):
        stdin.write(given.encode())
        stdin.seek(0)
        asked = json.dumps({"words": list(words), "env": dict(env), "cwd": str(cwd)}).encode()
        socket.send_fds(_warm(), [asked], [stdin.fileno(), stdout.fileno(), stderr.fileno()])
        code = _awaited(["sendwatch", *words], seconds)
        stdout.seek(0)
        stderr.seek(0)
        said, warned = stdout.read().decode(), stderr.read().decode()
        return subprocess.CompletedProcess(["sendwatch", *words], code, said, warned)


def _awaited(command: list[str], seconds: float) -> int:
    line = _warm()
    child = int(_heard(line, STARTING))
    try:
        return int(_heard(line, seconds))
    except TimeoutError:
        os.kill(child, signal.SIGKILL)
        _heard(line, STARTING)
        raise subprocess.TimeoutExpired(command, seconds) from None


def _heard(line: socket.socket, seconds: float) -> bytes:
    line.settimeout(seconds)
    return line.recv(100)


@cache
def _warm() -> socket.socket:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [sys.executable, "-m", "tests.support.warm_program", str(theirs.fileno())]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=ROOT, env=surroundings, pass_fds=[theirs.fileno()])
    theirs.close()
    atexit.register(_end, ours, process)
    return ours


def _end(line: socket.socket, process: subprocess.Popen[bytes]) -> None:
    line.close()
    process.wait(30)
