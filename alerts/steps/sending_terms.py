"""On what terms digests are sent: who sends, to whom, how fast, over which lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from alerts.message_bytes import Sender
from alerts.pace import PAUSES
from alerts.smtp_line import Line
from alerts.tokens import Tokens


@dataclass(frozen=True, slots=True)
class SendingTerms:
    """``allows`` is the allow-list, ``per_day`` 0 means no limit.

    ``open_line`` makes a connection, ``ticks`` is a monotonic clock in seconds, ``patience`` how many seconds
    a mail that is being handed over may still take after we were asked to stop.
    """

    sender: Sender
    tokens: Tokens
    allows: Callable[[str], bool]
    open_line: Callable[[], Line]
    ticks: Callable[[], float]
    per_second: int = 10
    per_day: int = 0
    connections: int = 4
    pauses: Sequence[float] = PAUSES
    patience: float = 45.0
