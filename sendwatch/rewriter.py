"""Let a language model propose plainer wordings, within what it may cost. A Draft always comes back.

Time: one batch of Drafts waits for the model no longer than SENDWATCH_MODEL_SECONDS altogether; a pause
begins a new batch. Calls: so many a day, counted in the store's memory. After a failure the model is left
alone for ten minutes. Never raises, never delays by more, and never logs a key.
"""

import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pipeline.model.drafts import Draft
from pipeline.store import memory
from pipeline.store.database import Database
from pipeline.text.rewriting.prompt import NoProposals, prompt_for, proposals_in
from pipeline.text.rewriting.rewrite import Refused, apply_rewrites
from sendwatch.model_endpoint import ModelFailed, ask_model
from sendwatch.model_settings import ModelSettings

logger = logging.getLogger("sendwatch")
LEFT_ALONE = timedelta(minutes=10)
A_PAUSE = 10.0  # seconds without a call, after which the next Draft belongs to another batch
LEAST_SECONDS = 0.5  # with less time left it is not worth asking
_CALLS, _UNTIL = "model: calls", "model: left alone until"


@dataclass(slots=True)
class Rewriter:
    """One model and its allowance. Without a store (``sendwatch draft``) nothing is counted between runs."""

    settings: ModelSettings
    clock: Callable[[], datetime]
    db: Database | None = None
    monotonic: Callable[[], float] = time.monotonic
    refused: tuple[Refused, ...] = field(default=(), init=False)  # of the last Draft
    failure: str = field(default="", init=False)  # of the last Draft, in words
    _spent: float = field(default=0.0, init=False)
    _last: float = field(default=float("-inf"), init=False)

    def reword(self, draft: Draft) -> Draft:
        """The draft with the wordings that pass; the draft as it was when anything is amiss."""
        self.refused, self.failure = (), ""
        try:
            return self._tried(draft)
        except Exception:  # the store that the allowance is kept in: a good draft is not lost over it
            self.failure = "its allowance could not be kept"
            logger.exception("the language model's allowance could not be kept")
            return draft
        finally:
            self._last = self.monotonic()

    def _tried(self, draft: Draft) -> Draft:
        try:
            return self._reworded(draft)
        except (ModelFailed, NoProposals) as failed:
            self.failure = str(failed)
            logger.warning("the language model was of no use: %s", failed)
        except Exception:
            self.failure = "its wordings could not be used"
            logger.exception("the language model's wordings could not be used")
        self._leave_alone()
        return draft

    def _reworded(self, draft: Draft) -> Draft:
        seconds = self._seconds_left()
        if not draft.pieces or seconds < LEAST_SECONDS or not self._may_ask():
            return draft
        prompt = prompt_for(draft, nonce=secrets.token_hex(16), most=self.settings.characters)
        if prompt is None:
            return draft
        began = self.monotonic()
        try:
            answer = ask_model(self.settings, prompt.system, prompt.user, seconds=seconds)
        finally:
            self._spent += self.monotonic() - began
        worded, self.refused = apply_rewrites(draft, proposals_in(answer))
        for one in self.refused:
            words = "; ".join(one.reasons)
            logger.info("wording %d was refused: %s: %.300r", one.proposal.number, words, one.proposal.text)
        taken, of = len(worded.by_model), len(worded.by_model) + len(self.refused)
        logger.info("the model worded %d of %d proposed sentences of %s", taken, of, draft.url)
        return worded

    def _seconds_left(self) -> float:
        if self.monotonic() - self._last > A_PAUSE:
            self._spent = 0.0
        return self.settings.seconds - self._spent

    def _may_ask(self) -> bool:
        """Whether the model is not left alone and the day's calls are not used up; counts this call."""
        if self.db is None:
            return True
        now = self.clock()
        day = now.date().isoformat()
        with self.db.begin() as tx:
            until = memory.recall(tx, _UNTIL)
            if until and now < datetime.fromisoformat(until.value):
                return False
            kept = memory.recall(tx, _CALLS)
            calls = int(kept.value.partition(" ")[2]) if kept and kept.value.startswith(f"{day} ") else 0
            if calls >= self.settings.calls_a_day:
                return False
            memory.keep(tx, _CALLS, f"{day} {calls + 1}", now)
        return True

    def _leave_alone(self) -> None:
        if self.db is None:
            return
        now = self.clock()
        with self.db.begin() as tx:
            memory.keep(tx, _UNTIL, (now + LEFT_ALONE).isoformat(), now)
