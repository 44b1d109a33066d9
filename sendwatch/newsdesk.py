"""Make the desk from the wired-up house, and one application of it and the public pages."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.types import ASGIApp

from alerts.desk.app import build_app
from alerts.desk.desk import Desk, Watch
from alerts.desk.editors.lost import lost_at
from alerts.desk.editors.routes import desk_routes
from alerts.desk.public.hooks import hook_routes
from alerts.desk.site import Site
from alerts.steps.signing_in import Team
from sendwatch.public_pages import hooks, public_site
from sendwatch.serving import serving
from sendwatch.telling.channels import channels_of
from sendwatch.wiring import Wiring


def newsdesk(wiring: Wiring, site: Site) -> Desk:
    """The desk of this house: its team comes from SENDWATCH_TEAM and SENDWATCH_OPERATORS."""
    settings = wiring.settings
    return Desk(
        site=site,
        team=Team.of(settings.team, settings.operators),
        drafter=wiring.draft,
        judge=wiring.judge,
        sources=tuple(wiring.schedules.sources),
        watch=Watch(tuple(wiring.sites), wiring.places.here, wiring.entry_score),
        channels=tuple((one.key, one.title) for one in channels_of(wiring)),
        frame=wiring.frame,
        free=lambda: shutil.disk_usage(settings.var).free,
    )


def whole_app(wiring: Wiring) -> ASGIApp:
    """The public pages and the desk. Raises ConfigError for a logo that cannot be shown."""
    site = public_site(wiring)
    desk = newsdesk(wiring, site)
    return build_app(site, more=[*desk_routes(desk), *hook_routes(hooks(wiring))], lost=lost_at(desk))


@contextmanager
def serving_pages(wiring: Wiring, listen: str) -> Iterator[str]:
    """Serve all of it on ``host:port`` while the block runs; gives the root. Raises ConfigError."""
    with wiring.db.kept_open(), serving(whole_app(wiring), listen) as root:
        yield root
