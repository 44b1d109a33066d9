"""Make the desk from the wired-up house, and one application of it and the public pages."""

from starlette.types import ASGIApp

from alerts.desk.app import build_app
from alerts.desk.desk import Desk
from alerts.desk.editors.routes import desk_routes
from alerts.desk.site import Site
from alerts.steps.signing_in import Team
from sendwatch.public_pages import public_site
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
    )


def whole_app(wiring: Wiring) -> ASGIApp:
    """The public pages and the desk. Raises ConfigError for a logo that cannot be shown."""
    site = public_site(wiring)
    return build_app(site, more=desk_routes(newsdesk(wiring, site)))
