"""Episodes of what no reader would call a change: none is told. Same shape as ``edits``."""

from datetime import timedelta

from bench.simulation.edits import HOUR, MINUTE, Episode
from bench.simulation.stage import Page, Stage, fresh, put_other
from sendwatch.demo.items import Item, Linked, govspeak, stamp

SOFT = "\u00ad"


def other_page(stage: Stage) -> Episode:
    """A new page that is not about SEND, edited later."""
    page = fresh(stage, f"catering-new-{stage.coin()}", about="other")
    put_other(stage, page)
    stage.deed("new page not about SEND", page, told=False)
    page.busy_until = stage.now + 4 * HOUR
    yield HOUR


def other_edit(stage: Stage) -> Episode:
    """A page that is not about SEND is edited."""
    page = stage.free(about="other")
    if page is not None:
        stage.edit(page, *stage.said(page, money=stage.sum()))
        yield from nothing(stage, page, "edit of a page not about SEND")


def slip(stage: Stage) -> Episode:
    """A slip of the pen is mended, or capitals change."""
    page = stage.free()
    if page is not None:
        body = stage.item(page)["details"]["body"]
        if "recieve" in body:
            stage.edit(page, "recieve", "receive")
        elif "Parents receive" in body:
            stage.edit(page, "Parents receive a copy.", "Parents receive a copy .")
        else:
            stage.edit(page, "Parents receive", "parents receive")
        yield from nothing(stage, page, "typographical edit")


def dressed(stage: Stage) -> Episode:
    """Quotation marks, dashes, spaces and soft hyphens change; no letter does."""
    page = stage.free()
    if page is not None:
        swap = stage.chance.choice(
            [
                (" copy", "\u00a0copy"),
                ("special educational", f"spe{SOFT}cial edu{SOFT}cational"),
                (f"SN-{page.number}", f"SN\u2011{page.number}"),
                ("Parents", "\u200bParents"),
                ("<p>", "\n  <p>"),
            ]
        )
        if swap[0] not in stage.item(page)["details"]["body"]:
            swap = swap[1], swap[0]
        if swap[0] in stage.item(page)["details"]["body"]:
            before = stage.item(page)["details"]["body"]
            stage.edit(page, *swap)
            yield from nothing(stage, page, "marks, spaces and soft hyphens", hours=5)
            stage.shelf.edit(page.path, at=stage.now, details={"body": before})


def written_again(stage: Stage) -> Episode:
    """A page is written again with nothing changed."""
    page = stage.free(part=None)
    if page is not None:
        stage.shelf.touch(page.path, at=stage.now)
        yield from nothing(stage, page, "written again")


def storm(stage: Stage) -> Episode:
    """Hundreds of pages are written again at once."""
    pages = stage.resting()
    for page in stage.chance.sample(pages, min(300, len(pages) // 2)):
        stage.shelf.touch(page.path, at=stage.now)
        stage.deed("written again in a storm", page, told=False)
    yield HOUR


def tagged(stage: Stage) -> Episode:
    """Only tags, related links or the publisher's own numbers move."""
    page = stage.free(part=None)
    if page is not None:
        links: Item = dict(stage.item(page)["links"])
        kind = stage.chance.choice(["related", "organisation", "request"])
        if kind == "related":
            path = f"/government/publications/related-{stage.coin()}"
            related = {"base_path": path, "title": f"Related {stage.coin()}", "content_id": str(stage.coin())}
            links["ordered_related_items"] = [related]
            links["suggested_ordered_related_items"] = [related]
        elif kind == "organisation":
            other = Linked("/government/organisations/ofsted", "Ofsted", "organisation")
            shown = {"base_path": other.path, "title": other.title, "content_id": other.path}
            links["organisations"] = [*links["organisations"][:1], shown]
        fields: Item = {"links": links, "publishing_request_id": f"{stage.coin()}-1"}
        stage.shelf.edit(page.path, at=stage.now, fields=fields)
        yield from nothing(stage, page, f"only tags or links ({kind})")


def dated(stage: Stage) -> Episode:
    """Only the public date goes back, or an old note is reworded."""
    page = stage.free(part=None)
    if page is not None:
        if stage.chance.random() < 0.5:
            day = stage.now - timedelta(days=400)
            stage.shelf.edit(page.path, at=stage.now, fields={"public_updated_at": stamp(day)})
            yield from nothing(stage, page, "public date alone goes back")
        else:
            history = stage.item(page)["details"]["change_history"]
            last = {**history[-1], "note": f"First published, as number {stage.coin()}."}
            details: Item = {"change_history": [*history[:-1], last]}
            stage.shelf.edit(page.path, at=stage.now, details=details)
            yield from nothing(stage, page, "an old note reworded")


def undone(stage: Stage) -> Episode:
    """A change is undone four minutes later: within the settle time, seen or not."""
    page = stage.free()
    if page is not None:
        money = page.money
        stage.edit(page, *stage.said(page, money=stage.sum()))
        stage.deed("undone while it settled", page, told=False)
        page.busy_until = stage.now + 30 * HOUR
        yield 4 * MINUTE
        stage.edit(page, *stage.said(page, money=money))
        yield HOUR


def shrunk(stage: Stage) -> Episode:
    """A page loses three quarters of its text, and has it again within the hour."""
    page = stage.free()
    if page is not None:
        yield from _for_a_while(stage, page, "shrank and came back", stage.chance.randint(10, 50), "")


def error_page(stage: Stage) -> Episode:
    """The publisher serves an error message as the page, with the status 200."""
    page = stage.free()
    if page is not None:
        words = "<h1>Sorry, there is a problem with the service</h1><p>Try again later.</p>"
        yield from _for_a_while(stage, page, "error page as content", stage.chance.randint(10, 300), words)


def nothing(stage: Stage, page: Page, kind: str, hours: int = 3) -> Episode:
    """Write down what must not be told, and leave the page alone."""
    stage.deed(kind, page, told=False)
    page.busy_until = stage.now + (hours + 3) * HOUR
    yield hours * HOUR


def _for_a_while(stage: Stage, page: Page, kind: str, minutes: int, words: str) -> Episode:
    item = stage.item(page)
    body, title = item["details"]["body"], item["title"]
    short = words or govspeak("<p>SEND: see the full text.</p>")
    fields: Item = {"title": "Sorry, there is a problem with the service"} if words else {}
    stage.shelf.edit(page.path, at=stage.now, details={"body": short}, fields=fields)
    stage.deed(kind, page, told=False)
    page.busy_until = stage.now + 30 * HOUR
    yield minutes * MINUTE
    stage.shelf.edit(page.path, at=stage.now, details={"body": body}, fields={"title": title})
    yield HOUR
