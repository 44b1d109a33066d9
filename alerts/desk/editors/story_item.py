"""A Story's item to take along: HTML or Markdown to copy, a Word file; its Alert and its digest as mails."""

from collections.abc import Sequence
from dataclasses import replace

from starlette.responses import Response
from starlette.routing import Route

from alerts.compose_digest import digest_html
from alerts.desk.desk import Desk
from alerts.desk.editors.guarding import Visit, shown
from alerts.desk.editors.showing import desk_page, mail_page
from alerts.desk.editors.typing import no_story
from alerts.digest_page import digest_page
from alerts.draft_docx import draft_docx
from alerts.render_draft import draft_html, draft_markdown
from alerts.steps.alerting import composed
from pipeline.model.plans import Plan, Rhythm
from pipeline.steps.coming_item import coming_item
from pipeline.steps.item_of_story import NoText, Wording
from pipeline.steps.story_seen import StorySeen, see_story

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PLAIN = "text/plain; charset=utf-8"
NO_PLAN = (
    "No digest is set up, so there is no mail to look at. The person who runs sendwatch can set one up, "
    "in schedules.yaml."
)
NO_WORDS = "Nothing is written for the digest yet. Write a text for it, save, and look again."


def routes(desk: Desk) -> list[Route]:
    """GET /desk/stories/{story}/item.html, .md, .docx, /alert and /digest."""
    return [
        shown(desk, "/desk/stories/{story}/item.{form}", item),
        shown(desk, "/desk/stories/{story}/alert", alert),
        shown(desk, "/desk/stories/{story}/digest", digest),
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
    return mail_page(mail.html)


def digest(visit: Visit) -> Response:
    """The digest's mail with this item alone, as the next one would print it; in the same sandbox."""
    desk, seen = visit.desk, see_story(visit.desk.db, visit.number("story"))
    if not isinstance(seen, StorySeen):
        return no_story(visit)
    plan = _first_to_come(desk.site.facts.plans)
    if plan is None:
        return _not_yet(
            visit,
            NO_PLAN,
        )
    words = Wording(seen.text.digest_title, seen.text.digest_text)
    try:
        found = coming_item(desk.db, plan, seen.story, words, now=visit.now)
    except NoText:
        return _not_yet(visit, NO_WORDS)
    page = digest_page(
        [found.entry],
        found.closing,
        plan_title=plan.title,
        day=found.day,
        opening=found.opening,
        frame=desk.frame,
    )
    return mail_page(digest_html(page, plan.key))


def _first_to_come(plans: Sequence[Plan]) -> Plan | None:
    """The first digest of a week or a month; else what is mailed at once."""
    return next((one for one in plans if one.rhythm is not Rhythm.STORY), plans[0] if plans else None)


def _not_yet(visit: Visit, words: str) -> Response:
    return desk_page(visit, "no_mail", words=words, number=visit.number("story"))
