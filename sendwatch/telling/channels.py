"""The channels of this house, from its settings, and their rounds side by side: none waits for another."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from pipeline.store.database import Database
from sendwatch.telling.chat import chat_channel, refuse_misunderstood
from sendwatch.telling.hook import hook_channel
from sendwatch.telling.rounds import Channel, begin, tell_round
from sendwatch.wiring import Wiring

logger = logging.getLogger("sendwatch")


def channels_of(wiring: Wiring) -> tuple[Channel, ...]:
    """The alert hook first, then the chats as they are set."""
    mailing = wiring.settings.mailing
    site = mailing.site if mailing.has_site else ""
    hook = (hook_channel(mailing.alert_hook, site),) if mailing.alert_hook else ()
    return (*hook, *(chat_channel(one, site, wiring.tokens.secret) for one in mailing.chats))


def begin_telling(wiring: Wiring) -> tuple[Channel, ...]:
    """The channels, each ready for the very next Alert. Raises ConfigError for a chat that is none."""
    refuse_misunderstood(wiring.settings.mailing.chats)
    channels = channels_of(wiring)
    for channel in channels:
        begin(wiring.db, channel, wiring.clock())
    return channels


class Telling:
    """Tells the channels, in threads of its own: no mail waits for one of them."""

    def __init__(
        self,
        db: Database,
        channels: Sequence[Channel],
        *,
        clock: Callable[[], datetime],
        stop: Callable[[], bool],
    ) -> None:
        self._db = db
        self._channels = channels
        self._clock = clock
        self._stop = stop
        self._pool = ThreadPoolExecutor(len(channels) or 1, "telling")
        self._rounds: dict[str, asyncio.Future[None]] = {}

    async def poke(self) -> None:
        """Begin a round of each channel that has none in hand."""
        for channel in self._channels:
            last = self._rounds.get(channel.key)
            if not self._stop() and (last is None or last.done()):
                begun = asyncio.get_running_loop().run_in_executor(self._pool, self._round, channel)
                self._rounds[channel.key] = begun

    async def finish(self) -> None:
        """Wait for what is in hand."""
        await asyncio.gather(*self._rounds.values())
        self._pool.shutdown()

    def _round(self, channel: Channel) -> None:
        try:
            tell_round(self._db, channel, clock=self._clock, stop=self._stop)
        except Exception:
            logger.exception("telling %s failed and is tried again", channel.title)
