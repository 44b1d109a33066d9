"""What a crawl has to say about itself: what went wrong with its Source, and what it brought home."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class CrawlReport:
    """Filled while a crawl goes on; read when it has ended.

    ``faults`` maps a Problem's kind to plain words; ``listing_read`` is True once the listing was read to
    its end; ``degraded`` holds plain words for each Document whose look was not whole.
    """

    source: str
    listing_read: bool = False
    entries: int = 0
    faults: dict[str, str] = field(default_factory=dict)
    degraded: list[str] = field(default_factory=list)
    intakes: Counter[str] = field(default_factory=Counter)
    requests: int = 0

    @property
    def outcome(self) -> str:
        """``failed`` when the listing was not read, ``degraded`` when something was not whole."""
        if not self.listing_read:
            return "failed"
        return "degraded" if self.faults or self.degraded else "whole"
