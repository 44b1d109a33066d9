"""Connections that wait for nobody without end. Reads no request and knows no page.

uvicorn takes connections without number, and waits as long as a client likes for the rest of a request and
for an answer to be taken. A few hundred patient clients would hold every file handle of the watch beside it.
"""

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol


class Impatient(H11Protocol):
    """One connection. ``seconds`` are for a whole request to come, and for what was written to be taken."""

    seconds = 60.0
    most = 500  # connections at a time; whoever comes then is hung up on

    _to_come: asyncio.TimerHandle | None = None
    _to_go: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Somebody called: the first request must be whole in time."""
        super().connection_made(transport)
        if len(self.connections) > self.most:
            transport.abort()
            return
        self._to_come = self.loop.call_later(self.seconds, transport.abort)

    def data_received(self, data: bytes) -> None:
        """A drop more does not begin the time anew."""
        super().data_received(data)
        self._look()

    def on_response_complete(self) -> None:
        """The next request may have begun already."""
        super().on_response_complete()
        self._look()

    def timeout_keep_alive_handler(self) -> None:
        """Nothing came after the last answer. Closing waits for what is still to be taken: not for ever."""
        super().timeout_keep_alive_handler()
        self.loop.call_later(self.seconds, self.transport.abort)

    def pause_writing(self) -> None:
        """More is written than the client takes."""
        super().pause_writing()
        self._to_go = self.loop.call_later(self.seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """It was taken."""
        super().resume_writing()
        _stop(self._to_go)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is left to wait for."""
        _stop(self._to_come)
        _stop(self._to_go)
        super().connection_lost(exc)

    def _look(self) -> None:
        state = self.conn.their_state
        begun = state is h11.SEND_BODY or (state is h11.IDLE and bool(self.conn.trailing_data[0]))
        if not begun:
            _stop(self._to_come)
            self._to_come = None
        elif self._to_come is None:
            self._to_come = self.loop.call_later(self.seconds, self.transport.abort)


def _stop(timer: asyncio.TimerHandle | None) -> None:
    if timer is not None:
        timer.cancel()
