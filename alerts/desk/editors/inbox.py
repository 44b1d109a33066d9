"""The inbox: every Story by how it stands, newest first. Changes nothing."""

from starlette.responses import Response
from starlette.routing import Route

from alerts.desk.desk import Desk
from alerts.desk.editors.guarding import Visit, shown
from alerts.desk.editors.showing import desk_page


def routes(desk: Desk) -> list[Route]:
    """GET /desk."""
    return [shown(desk, "/desk", inbox)]


def inbox(visit: Visit) -> Response:
    """The Stories."""
    return desk_page(visit, "inbox")
