"""A Story's item to take along: HTML or Markdown to copy, a Word file; and its Alert as it is mailed."""

from dataclasses import replace

from starlette.responses import Response
from starlette.routing import Route

from alerts.desk.desk import Desk
from alerts.desk.editors.guarding import Visit, shown
from alerts.desk.editors.showing import desk_page
from alerts.desk.editors.typing import no_story
from alerts.draft_docx import draft_docx
from alerts.render_draft import draft_html, draft_markdown
from alerts.steps.alerting import composed
from pipeline.steps.story_seen import StorySeen, see_story

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PLAIN = "text/plain; charset=utf-8"
A_MAIL = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; sandbox"


def routes(desk: Desk) -> list[Route]:
    """GET /desk/stories/{story}/item.html, .md, .docx, and /alert."""
    return [
        shown(desk, "/desk/stories/{story}/item.{form}", item),
        shown(desk, "/desk/stories/{story}/alert", alert),
    ]


def item(visit: Visit) -> Response:
    """The item as it stands in the form. HTML comes as plain text: it is there to be copied."""
    seen = see_story(visit.desk.db, visit.number("story"))
    if not isinstance(seen, StorySeen):
        return no_story(visit)
    form = visit.params.get("form", "")
    if form == "html":
        return Response(draft_html(seen.item) + "\n", media_type=PLAIN)
    if form == "md":
        return Response(draft_markdown(seen.item), media_type=PLAIN)
    if form == "docx":
        name = f'attachment; filename="story-{seen.story.id}.docx"'
        return Response(draft_docx(seen.item), media_type=DOCX, headers={"Content-Disposition": name})
    return desk_page(visit, "no_such", status=404, words="It can be had as .html, .md and .docx.", typed=[])


def alert(visit: Visit) -> Response:
    """The Alert as the team gets it, in a sandbox: a mail has styles of its own, and may do nothing."""
    seen = see_story(visit.desk.db, visit.number("story"))
    if not isinstance(seen, StorySeen):
        return no_story(visit)
    story = replace(seen.story, alerted=seen.story.drafted - 1)
    mail = composed(visit.desk.db, story, seen.facts, visit.desk.source_title)
    return Response(mail.html, media_type="text/html", headers={"Content-Security-Policy": A_MAIL})
