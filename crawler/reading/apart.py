"""Read a file in a child process with limits on time and memory, so that a hostile file harms nobody.

Never raises for what is in the file: a child that is killed, crashes or runs out of memory gives a
Reading that says so. Never passes this process's environment on, and never leaves a child behind.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from crawler.reading.files import LARGEST_FILE, read_file, too_large
from pipeline.model.blocks import Block, BlockKind, Reading, ReadStatus

SECONDS = 30
MEGABYTES = 768
_OUT_OF_MEMORY = 77  # exit status of a child that could not even say so
_ROOT = str(Path(__file__).resolve().parents[2])


async def read_apart(
    body: bytes,
    *,
    filename: str = "",
    content_type: str = "",
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
) -> Reading:
    """Return what a file says, as ``read_file`` does, without blocking the event loop."""
    return await asyncio.to_thread(
        read_apart_now,
        body,
        filename=filename,
        content_type=content_type,
        seconds=seconds,
        megabytes=megabytes,
    )


def read_apart_now(
    body: bytes,
    *,
    filename: str = "",
    content_type: str = "",
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
) -> Reading:
    """Return what a file says, read in a child process of its own.

    ``seconds`` limits wall and processor time, ``megabytes`` the child's address space. TOO_SLOW where time
    ran out, TOO_LARGE where memory did (or the file is over 50 MB: no child is started), BROKEN where the
    reader crashed.
    """
    if len(body) > LARGEST_FILE:
        return too_large(len(body))
    order = {"filename": filename, "content_type": content_type, "seconds": seconds, "megabytes": megabytes}
    child = subprocess.Popen(
        [sys.executable, "-s", "-m", "crawler.reading.apart"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": _ROOT, "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8", "PATH": os.defpath},
        cwd=_ROOT,
        start_new_session=True,
    )
    with child:
        try:
            answer, _ = child.communicate(json.dumps(order).encode() + b"\n" + body, timeout=seconds)
        except subprocess.TimeoutExpired:
            _kill(child)
            return _too_slow(seconds)
        except BaseException:
            _kill(child)
            raise
    if child.returncode in {-signal.SIGXCPU, -signal.SIGKILL}:
        return _too_slow(seconds)
    if child.returncode == _OUT_OF_MEMORY:
        return _too_hungry()
    try:
        return reading_from_json(answer)
    except (ValueError, KeyError, TypeError):
        return Reading("unknown", ReadStatus.BROKEN, note="This file is broken: reading it failed.")


def reading_to_json(reading: Reading) -> bytes:
    """Return a Reading as JSON, for ``reading_from_json`` to read back."""
    blocks = [
        [block.kind.value, block.text, block.level, block.anchor, block.part] for block in reading.blocks
    ]
    return json.dumps(
        {
            "format": reading.format,
            "status": reading.status.value,
            "title": reading.title,
            "blocks": blocks,
            "pages": reading.pages,
            "note": reading.note,
        }
    ).encode("ascii")


def reading_from_json(body: bytes) -> Reading:
    """Return the Reading that ``reading_to_json`` wrote.

    Raises:
        ValueError, KeyError, TypeError: not such a JSON.
    """
    found = json.loads(body)
    blocks = tuple(
        Block(BlockKind(kind), text, level, anchor, part)
        for kind, text, level, anchor, part in found["blocks"]
    )
    status = ReadStatus(found["status"])
    return Reading(found["format"], status, found["title"], blocks, found["pages"], found["note"])


def _kill(child: subprocess.Popen[bytes]) -> None:
    """End the child's own process group, and wait for the child."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.communicate()


def _too_slow(seconds: float) -> Reading:
    words = f"Reading this file took longer than {seconds:g} seconds and was stopped."
    return Reading("unknown", ReadStatus.TOO_SLOW, note=words)


def _too_hungry() -> Reading:
    return Reading(
        "unknown", ReadStatus.TOO_LARGE, note="Reading this file needs more memory than is allowed."
    )


def _limit(seconds: float, megabytes: int) -> None:
    import resource

    for kind, most in (
        (resource.RLIMIT_AS, megabytes * 1024 * 1024),
        (resource.RLIMIT_CPU, max(1, int(seconds + 0.999))),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        try:
            resource.setrlimit(kind, (most, most))
        except (ValueError, OSError):  # a system that knows no such limit still has the wall clock
            continue


def _child() -> None:
    """Be the child: an order and a file on standard input, a Reading on standard output."""
    source = sys.stdin.buffer
    order = json.loads(source.readline())
    answer_to = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # a chatty library must not spoil the answer
    _limit(order["seconds"], order["megabytes"])
    try:
        reading = read_file(source.read(), filename=order["filename"], content_type=order["content_type"])
        answer = reading_to_json(reading)
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
    except RecursionError:
        note = "This file is broken: it is nested too deeply."
        answer = reading_to_json(Reading("unknown", ReadStatus.BROKEN, note=note))
    with os.fdopen(answer_to, "wb") as out:
        out.write(answer)
    os._exit(0)


if __name__ == "__main__":
    _child()
