"""Mark what became of the letters of digests: sent, owed again, failed. Sends nothing.

A yes of the server is marked at once. A refusal for good is believed only when the server has taken another
mail as well: who refuses everybody has something against us, and nobody is suspended by that.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from alerts.sending_pool import Result
from alerts.smtp_answers import Answer, Fate
from pipeline.model.problems import SENDING
from pipeline.model.retries import wait_after
from pipeline.store import digest_deliveries, digest_progress, runs
from pipeline.store.database import Database
from pipeline.store.digest_deliveries import Letter

GIVE_UP_AFTER = 31  # tries: about four days (RFC 5321, 4.5.4.1, wants four to five)
REFUSALS = 3  # in a row, then the address is suspended
TOO_MANY = 10  # refusals without a single yes between them: it is about us
TOO_MANY_BY_POLICY = 5
DOUBTED = timedelta(hours=1)
BELIEVED_AFTER = 3  # tries: then a refusal is believed, whoever else was refused
UNREADABLE = "a mail of this digest cannot be read"


@dataclass(slots=True)
class Tally:
    """What was marked so far."""

    sent: int = 0
    again: int = 0
    failed: int = 0
    suspended: int = 0
    withheld: int = 0
    dropped: int = 0
    unsure: int = 0  # handed over whole, and then the connection went: sent again under the same Message-ID


class Marker:
    """Marks results, several in one short transaction. ``stopped`` holds why nothing more may be sent."""

    def __init__(self, db: Database, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._clock = clock
        self._doubted: list[tuple[Letter, Answer]] = []
        self._may_stand = True  # a Problem, from here or from an earlier sending
        self._unmarked: Sequence[Result] = ()
        self.tally = Tally()
        self.stopped = ""
        self.broken_in_a_row = 0

    def mark(self, results: Sequence[Result]) -> None:
        """Settle these letters: first of all those that are sent."""
        if not results:
            return
        now = self._clock()
        self._unmarked = results
        sent = _taken(results)
        with self._db.begin() as tx:
            if sent:
                digest_deliveries.sent(tx, sent, now)
            others = [r for r in results if r.answer is None or r.answer.fate is not Fate.SENT]
            digest_deliveries.release(tx, [r.letter for r in others if _is_untried(r)])
            for result in others:
                if result.answer is not None:
                    self._mark_one(tx, result.letter, result.answer, now)
            if sent:
                self._mark_served(tx, now)
        self._unmarked = ()
        self.tally.sent += len(sent)

    def keep_yeses(self, results: Sequence[Result]) -> None:
        """After the database has failed: try once more, over a new connection, to keep what was taken.

        ``results`` are those that came since. When it fails again, they are sent twice: nothing else is left.
        """
        taken = _taken([*self._unmarked, *results])
        if taken:
            with suppress(SQLAlchemyError), Database(self._db.engine).begin() as tx:
                digest_deliveries.sent(tx, taken, self._clock())

    def end(self) -> None:
        """Settle the refusals that no yes has confirmed, at the end of a round."""
        if not self._doubted:
            return
        served = self.tally.sent > 0
        with self._db.begin() as tx:
            for letter, answer in self._doubted:
                # Once the sending has stopped, what was still in hand is refused for the same reason.
                believed = not self.stopped and (served or not answer.policy)
                self._settle_refusal(tx, letter, answer, believed=believed)
        if not self.stopped and not served and all(answer.policy for _, answer in self._doubted):
            self._stop(f"everybody was refused, as a matter of policy: {self._doubted[-1][1].words}")
        self._doubted.clear()

    def put_off(self, tx: Connection, letter: Letter, error: Exception) -> None:
        """This letter cannot be made ready: it is tried again later, and the operator is told."""
        now, words = self._clock(), f"{UNREADABLE} ({type(error).__name__}): it is tried again"
        self._later(tx, letter, words, now)
        runs.open_problem(tx, SENDING, "unreadable", words, now)

    def _mark_one(self, tx: Connection, letter: Letter, answer: Answer, now: datetime) -> None:
        self.tally.unsure += answer.unsure
        if answer.fate in (Fate.LATER, Fate.BROKEN):
            self.broken_in_a_row += answer.fate is Fate.BROKEN
            self._later(tx, letter, answer.words, now)
        elif answer.fate is Fate.UNSUITABLE:
            self.tally.failed += digest_deliveries.failed(tx, letter, answer.words)
        elif answer.fate in (Fate.REFUSED, Fate.UNKNOWN):
            self._doubted.append((letter, answer))
            by_policy = all(one.policy for _, one in self._doubted)
            if len(self._doubted) >= (TOO_MANY_BY_POLICY if by_policy else TOO_MANY):
                for one, why in self._doubted:
                    self._settle_refusal(tx, one, why, believed=False)
                self._stop(f"{len(self._doubted)} addresses in a row were refused: {answer.words}", tx)
                self._doubted.clear()
        elif answer.fate is Fate.BUSY:
            if answer.tried:  # were it owed at once, this one mail could hold up all others for ever
                self._later(tx, letter, answer.words, now)
            words = f"the mail server takes no mail now: {answer.words}"
            runs.open_problem(tx, SENDING, "server", words, now)
            self._may_stand = True
        else:
            self._stop(answer.words, tx)

    def _mark_served(self, tx: Connection, now: datetime) -> None:
        self.broken_in_a_row = 0
        if self._may_stand:
            for kind in ("server", "refused"):
                runs.clear_problem(tx, SENDING, kind, now)
            self._may_stand = False
        for letter, answer in self._doubted:
            self._settle_refusal(tx, letter, answer, believed=True)
        self._doubted.clear()

    def _settle_refusal(self, tx: Connection, letter: Letter, answer: Answer, *, believed: bool) -> None:
        if not believed and letter.attempts < BELIEVED_AFTER:
            due_at = self._clock() + DOUBTED
            self.tally.again += digest_deliveries.again(tx, letter, due_at=due_at, words=answer.words)
            return
        # RFC 3463, X.1.1: "the mailbox does not exist": more mail to it harms our name with its provider.
        most = 1 if answer.fate is Fate.UNKNOWN and believed else REFUSALS
        self.tally.suspended += digest_deliveries.refused(tx, letter, answer.words, most=most)
        self.tally.failed += 1

    def _later(self, tx: Connection, letter: Letter, words: str, now: datetime) -> None:
        if letter.attempts >= GIVE_UP_AFTER:
            given_up = f"given up after {letter.attempts} tries: {words}"
            self.tally.failed += digest_deliveries.failed(tx, letter, given_up)
            return
        self.tally.again += digest_deliveries.again(
            tx, letter, due_at=now + wait_after(letter.attempts), words=words
        )

    def _stop(self, words: str, tx: Connection | None = None) -> None:
        self.stopped, self._may_stand = words, True
        if tx is None:
            with self._db.begin() as own:
                runs.open_problem(own, SENDING, "refused", words, self._clock())
        else:
            runs.open_problem(tx, SENDING, "refused", words, self._clock())


def clear_unreadable(tx: Connection, now: datetime) -> None:
    """End the Problem of mails that cannot be read when none is owed any more that could not."""
    if runs.stands(tx, SENDING, "unreadable") and not digest_progress.is_owed_after(tx, UNREADABLE):
        runs.clear_problem(tx, SENDING, "unreadable", now)


def _taken(results: Sequence[Result]) -> list[Letter]:
    """The letters that the server has said yes to."""
    return [r.letter for r in results if r.answer is not None and r.answer.fate is Fate.SENT]


def _is_untried(result: Result) -> bool:
    """Whether the server never came to know of this person's mail."""
    answer = result.answer
    return answer is None or (answer.fate in (Fate.BUSY, Fate.OURS) and not answer.tried)
