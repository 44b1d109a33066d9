"""What the editors' desk stands on: one frozen Desk, handed in from the front door. Holds no rule."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from alerts.desk.site import Site
from alerts.digest_page import Frame
from alerts.steps.signing_in import Team
from pipeline.model.changes import Relevance
from pipeline.model.documents import Entry, Part, Record
from pipeline.model.drafts import Draft
from pipeline.model.redlines import Noticed
from pipeline.model.sources import Source
from pipeline.model.traces import Site as Watched
from pipeline.store.database import Database


@dataclass(frozen=True, slots=True)
class Watch:
    """What is watched, for tracing a page: the hosts of all Sources, the place of an address, its weight.

    ``here`` gives an address at the place where its host is watched; ``score`` what a title alone weighs.
    """

    sites: tuple[Watched, ...] = ()
    here: Callable[[str], str] = str
    score: Callable[[Entry], float] = lambda _entry: 0.0


@dataclass(frozen=True, slots=True)
class Desk:
    """The Site's parts, and who may sit here.

    ``drafter`` makes a Draft and ``judge`` says whether a page is about SEND, both in the manner of this
    house; ``channels`` are key and title of what is told of Alerts beside the mail; ``frame`` stands around
    every digest; ``free`` says how many bytes of disk are left. Asking for a link is answered only at whole
    steps of ``least_answer`` (seconds), so that its time says nothing of who is on the team list.
    """

    site: Site
    team: Team
    drafter: Callable[[Record, Sequence[Part], Noticed | None], Draft]
    judge: Callable[[Record, Sequence[Part]], Relevance]
    sources: tuple[Source, ...] = ()
    least_answer: float = 0.3
    watch: Watch = field(default_factory=Watch)
    channels: tuple[tuple[str, str], ...] = ()
    frame: Frame = field(default_factory=lambda: Frame("", (), ""))
    free: Callable[[], int] | None = None

    @property
    def db(self) -> Database:
        return self.site.db

    @property
    def secret(self) -> str:
        """Signs what forms and links carry."""
        return self.site.tokens.secret

    def now(self) -> datetime:
        """Aware UTC."""
        return self.site.clock()

    def source_title(self, key: str) -> str:
        """A Source's title; its key once it has left the schedule."""
        return next((one.title for one in self.sources if one.key == key), key)
