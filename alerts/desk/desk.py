"""What the editors' desk stands on: one frozen Desk, handed in from the front door. Holds no rule."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.desk.site import Site
from alerts.steps.signing_in import Team
from pipeline.model.changes import Relevance
from pipeline.model.documents import Part, Record
from pipeline.model.drafts import Draft
from pipeline.model.redlines import Noticed
from pipeline.model.sources import Source
from pipeline.store.database import Database


@dataclass(frozen=True, slots=True)
class Desk:
    """The Site's parts, and who may sit here.

    ``drafter`` makes a Draft and ``judge`` says whether a page is about SEND, both in the manner of this
    house. ``least_answer`` (seconds) is how long asking for a link takes at least, so that its time says
    nothing of who is on the team list.
    """

    site: Site
    team: Team
    drafter: Callable[[Record, Sequence[Part], Noticed | None], Draft]
    judge: Callable[[Record, Sequence[Part]], Relevance]
    sources: tuple[Source, ...] = ()
    least_answer: float = 0.3

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
