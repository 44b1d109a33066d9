"""Answer /api/content/… as the GOV.UK Content API does, and the pages that people read. Pure.

Source: source contract, section 2.1; alphagov/content-store, app/controllers/content_items_controller.rb.
"""

import html

from sendwatch.demo.answers import FIVE_MINUTES, Answer, json_answer, moved, page_answer
from sendwatch.demo.items import Item
from sendwatch.demo.shelf import Shelf

API = "/api/content"


def answer_content(shelf: Shelf, path: str, *, stale: bool = False) -> Answer:
    """Return the item of the page at ``path``; ``stale`` asks for the copy from before its last edit.

    200 for live, withdrawn, moved and explained removals; 303 below a multi-part page; 410 for a plain
    removal; 404 with an empty body for what never was.
    """
    held = shelf.earlier if stale and path in shelf.earlier else shelf.documents
    item = held.get(path)
    if item is None:
        whole = _multi_part(shelf, path)
        return moved(303, API + whole, cache=FIVE_MINUTES) if whole else Answer(404, cache=FIVE_MINUTES)
    status = 410 if is_plainly_gone(item) else 200
    return shelf.made(
        f"content {stale} {path}",
        lambda: json_answer(status, item, cache=FIVE_MINUTES, weak_etag=status == 200),
    )


def answer_page(shelf: Shelf, path: str) -> Answer:
    """Return the page at ``path`` as people read it."""
    item = shelf.documents.get(path)
    if item is None:
        return page_answer(404, "Page not found", "<main><h1>Page not found</h1></main>")
    if item["schema_name"] == "redirect":
        return moved(301, item["redirects"][0]["destination"], cache=FIVE_MINUTES)
    if item["schema_name"] == "gone":
        said = item["details"].get("explanation") or ""
        body = f"<main><h1>The page you are looking for is no longer available</h1>{said}</main>"
        return page_answer(410, "No longer available", body)
    return page_answer(200, f"{item['title']} - GOV.UK", _main(item), cache=FIVE_MINUTES)


def is_plainly_gone(item: Item) -> bool:
    """Tell whether a page was removed without a reason or an alternative."""
    details = item.get("details") or {}
    return item["schema_name"] == "gone" and not (
        details.get("explanation") or details.get("alternative_path")
    )


def _multi_part(shelf: Shelf, path: str) -> str:
    """Return the path of the multi-part page that ``path`` is a part of, else an empty text."""
    whole, _, slug = path.rpartition("/")
    parts = shelf.documents.get(whole, {}).get("details", {}).get("parts", [])
    return whole if any(part.get("slug") == slug for part in parts) else ""


def _main(item: Item) -> str:
    details = item.get("details") or {}
    notice = item.get("withdrawn_notice") or {}
    files = "".join(
        f'<li><a href="{html.escape(one["url"])}">{html.escape(one.get("title", ""))}</a></li>'
        for one in details.get("attachments", [])
    )
    parts = "".join(f"<h2>{html.escape(p['title'])}</h2>{p['body']}" for p in details.get("parts", []))
    return (
        '<main id="content">'
        f"<h1>{html.escape(item['title'])}</h1>"
        + (f'<div class="withdrawn">{notice["explanation"]}</div>' if notice else "")
        + f"<p>{html.escape(item.get('description') or '')}</p>"
        + (details.get("body") or "")
        + parts
        + (f"<h2>Documents</h2><ul>{files}</ul>" if files else "")
        + "</main>"
    )
