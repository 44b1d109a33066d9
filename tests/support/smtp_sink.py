"""A small, fast mail server that can misbehave on purpose. Speaks SMTP on loopback; keeps what it accepted.

As a process, for benchmarks: ``python -m tests.support.smtp_sink FILE`` prints its port and writes one line
a mail to FILE (recipient, Message-ID), flushed before it says 250.
"""

import asyncio
import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

_ID = re.compile(rb"^Message-ID: (\S+)", re.IGNORECASE | re.MULTILINE)
DROP = "drop"  # an answer: hang up without a word


@dataclass
class Session:
    """One connection, as the server sees it."""

    number: int
    mails: int = 0
    sender: str = ""
    recipient: str = ""


Behave = Callable[[str, Session], str | None]


def well_behaved(_stage: str, _session: Session) -> str | None:
    """Nothing goes wrong."""
    return None


@dataclass
class Sink:
    """``behave(stage, session)`` may give an answer instead of the usual one, or DROP.

    Stages: connect, ehlo, mail, rcpt, data, middle (in the middle of the data), end, after (taken, but the
    250 is not said).
    """

    behave: Behave = well_behaved
    extensions: tuple[str, ...] = ("8BITMIME", "SIZE 10000000", "SMTPUTF8")
    record: TextIO | None = None
    keep: bool = True
    taken: list[tuple[str, str, bytes]] = field(default_factory=list)  # recipient, sender, message
    sessions: int = 0
    commands: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def recipients(self) -> list[str]:
        return [recipient for recipient, _, _ in self.taken]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.sessions += 1
        session = Session(self.sessions)
        try:
            if not self._say(writer, "connect", session, "220 sink.example ESMTP"):
                return
            while line := await reader.readline():
                if not await self._command(line.decode("utf-8").strip(), session, reader, writer):
                    return
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _command(
        self, line: str, session: Session, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        verb = line[:4].upper()
        if self.keep:
            self.commands.append(verb)
        if verb == "EHLO":
            words = ["sink.example", *self.extensions]
            lines = [f"250-{word}" for word in words[:-1]] + [f"250 {words[-1]}"]
            return self._say(writer, "ehlo", session, "\r\n".join(lines))
        if verb == "MAIL":
            session.sender = line[line.index("<") + 1 : line.index(">")]
            return self._say(writer, "mail", session, "250 2.1.0 Ok")
        if verb == "RCPT":
            session.recipient = line[line.index("<") + 1 : line.index(">")]
            return self._say(writer, "rcpt", session, "250 2.1.5 Ok")
        if verb == "DATA":
            answer = self.behave("data", session)
            if answer is not None:
                return self._give(writer, answer)
            writer.write(b"354 go on\r\n")
            return await self._data(session, reader, writer)
        if verb == "QUIT":
            writer.write(b"221 bye\r\n")
            return False
        writer.write(b"250 Ok\r\n")
        return True

    async def _data(
        self, session: Session, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        if self.behave("middle", session) == DROP:
            await reader.read(200)
            return False
        message = await reader.readuntil(b"\r\n.\r\n")
        answer = self.behave("end", session)
        if answer is not None:
            return self._give(writer, answer)
        session.mails += 1
        body = message[:-3].replace(b"\r\n..", b"\r\n.")
        if self.keep:
            self.taken.append((session.recipient, session.sender, body))
        if self.record is not None:
            found = _ID.search(message)
            self.record.write(f"{session.recipient} {found[1].decode() if found else '-'}\n")
            self.record.flush()
        return self._say(writer, "after", session, "250 2.0.0 Ok: taken")

    def _say(self, writer: asyncio.StreamWriter, stage: str, session: Session, usual: str) -> bool:
        return self._give(writer, self.behave(stage, session) or usual)

    def _give(self, writer: asyncio.StreamWriter, answer: str) -> bool:
        if answer == DROP:
            return False
        writer.write(answer.encode() + b"\r\n")
        return not answer.startswith(("421", "554 no service"))


@contextmanager
def a_sink(
    behave: Behave = well_behaved, *, extensions: tuple[str, ...] | None = None
) -> Iterator[tuple[Sink, str]]:
    """A sink in a thread of this process, and its URL."""
    sink = Sink(behave)
    if extensions is not None:
        sink.extensions = extensions
    loop = asyncio.new_event_loop()
    ready = threading.Event()
    over: list[asyncio.Event] = []

    async def run() -> None:
        over.append(asyncio.Event())
        server = await asyncio.start_server(sink.serve, "127.0.0.1", 0, limit=2**24)
        sink.port = server.sockets[0].getsockname()[1]
        ready.set()
        await over[0].wait()
        server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    thread = threading.Thread(target=lambda: loop.run_until_complete(run()), daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield sink, f"smtp://127.0.0.1:{sink.port}"
    finally:
        loop.call_soon_threadsafe(over[0].set)
        thread.join(10)
        loop.close()


def main() -> None:
    """Serve until killed."""

    async def run(record: TextIO) -> None:
        sink = Sink(record=record, keep=False)
        server = await asyncio.start_server(sink.serve, "127.0.0.1", 0, limit=2**24)
        print(server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()

    with Path(sys.argv[1]).open("a", encoding="utf-8") as record:
        asyncio.run(run(record))


if __name__ == "__main__":
    main()
