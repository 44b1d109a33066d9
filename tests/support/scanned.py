"""A site with something on each address that speaks JSON, for a scanner: news, a watch that is alive, hooks.

No limit on sign-ups and no steps for answers: both are tested elsewhere, and a scanner asks a thousand times.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from alerts.bounces.keys import Keys
from alerts.desk.app import build_app
from alerts.desk.limits import SignUpLimits
from alerts.desk.public.hooks import HookFacts, hook_routes
from alerts.desk.site import NoArchive, Site
from alerts.tokens import Tokens
from pipeline.steps.alive import POKED
from pipeline.store import memory
from pipeline.store.database import Database
from sendwatch.serving import serving
from tests.support.desk import FACTS, SECRET
from tests.support.newsroom import Newsroom
from tests.support.subscribers import a_subscriber

HOOK_SECRET = "a-secret-of-more-than-24-characters"
BEARER = {"Authorization": f"Bearer {HOOK_SECRET}"}


@dataclass(frozen=True, slots=True)
class Scanned:
    """A running site. The clock is that of its newsroom."""

    site: Site
    root: str
    room: Newsroom


@contextmanager
def a_scanned_site(db: Database) -> Iterator[Scanned]:
    """Serve on loopback what machines may ask."""
    room = Newsroom(db)
    for what in ("short breaks", "transport"):
        room.page(what)
        room.approves(what)
        room.travel(room.now + timedelta(minutes=6))
    with db.begin() as tx:
        memory.keep(tx, POKED, "alive", room.now)
        a_subscriber(tx)
    site = Site(db, Tokens(SECRET), FACTS, lambda: room.now, NoArchive(), answer_step=0)
    keys = Keys("bounces@charity.example")
    hooks = HookFacts(db, HOOK_SECRET, keys, lambda address: f"hash of {len(address)}", lambda: room.now)
    limits = SignUpLimits(per_network=10**6, in_all=10**6)
    with serving(build_app(site, limits=limits, more=hook_routes(hooks)), "127.0.0.1:0") as root:
        yield Scanned(site, root, room)
