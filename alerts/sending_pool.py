"""Several connections to the mail server, each in a thread of its own, at one pace. Knows no database.

A connection hands its next message over only when what became of the last one is marked, so that a process
that is killed leaves at most one unmarked yes for each connection. A job that was not tried comes back as
that: while the gate is shut or the pool halts, nothing is handed over.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue

from alerts.message_bytes import MessageTemplate, Person, Sender, Unsuitable, on_the_wire
from alerts.pace import Gate, Pace
from alerts.smtp_answers import Answer, Fate
from alerts.smtp_line import Envelope, Line
from pipeline.store.digest_deliveries import Letter

logger = logging.getLogger("sendwatch")
TOGETHER = 64  # results that are marked in one transaction


@dataclass(frozen=True, slots=True)
class Job:
    """A letter in hand and what its message is made from."""

    letter: Letter
    template: MessageTemplate


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a letter; ``answer`` None: it was not tried. ``marked`` is set once it is kept."""

    letter: Letter
    answer: Answer | None
    marked: threading.Event = field(default_factory=threading.Event)


class Pool:
    """Threads that hand messages over. ``put`` and ``take`` are for one thread, the one that marks."""

    def __init__(
        self, open_line: Callable[[], Line], sender: Sender, *, connections: int, pace: Pace, gate: Gate
    ) -> None:
        self._open_line = open_line
        self._sender = sender
        self._pace = pace
        self._gate = gate
        self._halting = threading.Event()
        self._closed = threading.Event()
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._results: SimpleQueue[Result] = SimpleQueue()
        self.in_hand = 0
        self._threads = [
            threading.Thread(target=self._work, name=f"sending-{number}", daemon=True)
            for number in range(connections)
        ]
        for thread in self._threads:
            thread.start()

    def put(self, job: Job) -> None:
        """Give a letter to whichever connection is free first."""
        self.in_hand += 1
        self._jobs.put(job)

    def take(self, seconds: float) -> list[Result]:
        """Wait up to ``seconds`` for a result, and take along those that are there by then."""
        results: list[Result] = []
        try:
            results.append(self._results.get(timeout=seconds))
            while len(results) < TOGETHER:
                results.append(self._results.get_nowait())
        except Empty:
            pass
        self.in_hand -= len(results)
        return results

    def marked(self, results: Sequence[Result]) -> None:
        """What became of these is kept: their connections may go on."""
        for result in results:
            result.marked.set()

    def halt(self) -> None:
        """Begin no mail any more; those that are being handed over are finished."""
        self._halting.set()

    def close(self, seconds: float) -> None:
        """Halt, and wait up to ``seconds`` until the connections have taken leave."""
        self.halt()
        self._closed.set()
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join(seconds / len(self._threads))

    def _work(self) -> None:
        line = self._open_line()
        try:
            while (job := self._jobs.get()) is not None:
                result = Result(job.letter, self._one(line, job))
                self._results.put(result)
                if result.answer is not None:
                    while not (result.marked.wait(1.0) or self._closed.is_set()):
                        pass
        finally:
            line.close()

    def _one(self, line: Line, job: Job) -> Answer | None:
        if self._halting.is_set() or self._gate.seconds_left():
            return None
        if self._halting.wait(self._pace.reserve()) or self._gate.seconds_left():
            return None
        try:
            answer = self._hand(line, job)
        except Exception as error:  # one mail that cannot be made ready must not stop a connection
            logger.exception("letter %s of a digest failed", job.letter.id)
            return Answer(Fate.LATER, f"this mail cannot be sent as it is kept ({type(error).__name__})")
        if answer.fate is Fate.SENT:
            self._gate.served()
        elif answer.fate is Fate.BUSY:
            self._gate.shut()
        elif answer.fate is Fate.OURS:
            self._halting.set()
        return answer

    def _hand(self, line: Line, job: Job) -> Answer:
        person = Person(job.letter.key, on_the_wire(job.letter.address))
        try:
            message = job.template.for_person(person)
        except Unsuitable as error:
            return Answer(Fate.UNSUITABLE, str(error))
        envelope = Envelope(self._sender.envelope(person.key), person.address, job.template.id_for(person))
        return line.hand(envelope, message)
