"""Render the public pages: one template each, everything escaped. Reads no request and no database."""

from functools import cache
from typing import Any

from jinja2 import Environment
from starlette.responses import HTMLResponse, JSONResponse, Response

from alerts.desk.site import Site
from alerts.templating import templates
from pipeline.text.words.dates import in_full

PROBLEMS = {
    400: ("This request is not in order", "Something in the request was not as it should be."),
    404: (
        "There is no such page",
        "If you typed the address, check it. If you followed a link in an old email, it may have ended.",
    ),
    405: ("This page cannot be used like that", "Go back and try again with the button on the page."),
    413: (
        "That was too much",
        "It is larger than any form takes. Go back: your browser may still hold it. Then shorten it.",
    ),
    415: ("We cannot read that", "Send a form, or JSON where the page asks for it."),
    429: ("Too many requests", "Please wait a few minutes and try again."),
    500: ("Sorry, something went wrong", "It is our fault and not yours. Please try again in a few minutes."),
}


def page(site: Site, name: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """The page ``name`` (a template under templates/desk) with these values."""
    template = _environment().get_template(f"desk/{name}.html")
    return HTMLResponse(template.render(site=site, facts=site.facts, **values), status_code=status)


def problem(site: Site, status: int) -> HTMLResponse:
    """The plain page for a status code."""
    title, words = _words_for(status)
    return page(site, "problem", status=status, title=title, words=words)


def fault(status: int) -> JSONResponse:
    """The same for a machine that speaks JSON."""
    return JSONResponse({"fault": _words_for(status)[0]}, status)


def style(site: Site) -> Response:
    """The one stylesheet, in the charity's colour."""
    text = _environment().get_template("desk/style.css").render(colour=site.facts.colour)
    return Response(text, media_type="text/css", headers={"Cache-Control": "public, max-age=3600"})


def _words_for(status: int) -> tuple[str, str]:
    return PROBLEMS.get(status, PROBLEMS[500 if status >= 500 else 400])


@cache
def _environment() -> Environment:
    return templates(full_date=in_full)
