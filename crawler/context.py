"""What a crawl is given: the database, the clock, the places of the publishers, caps and readers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit, urlunsplit

from crawler.budget import Budget, HostPauses
from pipeline.model.documents import Entry
from pipeline.steps.intake import Terms
from pipeline.store.database import Database


@dataclass(frozen=True, slots=True)
class Places:
    """Roots of the publishers' services, without a trailing slash."""

    govuk: str = "https://www.gov.uk"
    assets: str = "https://assets.publishing.service.gov.uk"
    educationhub: str = "https://educationhub.blog.gov.uk"

    def netlocs(self) -> frozenset[str]:
        """``host:port`` of each place: the only hosts that a crawl may speak to."""
        return frozenset(urlsplit(root).netloc for root in (self.govuk, self.assets, self.educationhub))

    def here(self, url: str) -> str:
        """``url`` at the place where its host is served: the live hosts' names are mapped to these roots.

        Publishers' answers name their live hosts even where a copy of them is being watched.
        """
        split = urlsplit(url)
        root = {
            "www.gov.uk": self.govuk,
            "assets.publishing.service.gov.uk": self.assets,
            "educationhub.blog.gov.uk": self.educationhub,
        }.get(split.netloc)
        return root + urlunsplit(("", "", split.path or "/", split.query, split.fragment)) if root else url


def _silently(_done: int, _of: int) -> None:
    """Progress for nobody."""


@dataclass(frozen=True, slots=True)
class CrawlContext:
    """Everything a crawl needs. ``clock`` gives aware UTC; ``delay`` is between requests to one host.

    ``matters`` is the cheap filter that decides which Entries of a broad listing are worth a fetch.
    ``eager`` is a person's "now": nothing that failed waits its turn. ``sweep`` asks for the whole
    inventory and a look at every Document not seen for a day. ``progress`` hears of each look that is done
    (how many, of how many).
    """

    db: Database
    clock: Callable[[], datetime]
    places: Places
    terms: Terms
    matters: Callable[[Entry], bool]
    budget: Budget
    pauses: HostPauses
    user_agent: str
    delay: timedelta
    timeout: timedelta
    sweep: bool = False
    eager: bool = False
    progress: Callable[[int, int], None] = _silently
