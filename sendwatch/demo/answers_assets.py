"""Answer /media/… as the assets host does, and hold the robots.txt of both GOV.UK hosts. Pure.

Source: source contract, sections 4 and 5; alphagov/asset-manager, app/controllers/media_controller.rb.
"""

from datetime import UTC, datetime

from sendwatch.demo.answers import HALF_AN_HOUR, Answer, json_answer, moved
from sendwatch.demo.items import ASSETS, GOVUK
from sendwatch.demo.shelf import Asset, Shelf

ROBOTS = """User-agent: *
Disallow: /*/print$
# Don't allow indexing of site search
Disallow: /search/all*
Sitemap: https://www.gov.uk/sitemap.xml
"""
_LONG_AGO = datetime(2026, 1, 5, 9, tzinfo=UTC)


def answer_robots() -> Answer:
    """Return GOV.UK's robots.txt."""
    return Answer(200, ROBOTS.encode(), "text/plain; charset=utf-8")


def answer_asset(shelf: Shelf, path: str) -> Answer:
    """Return a file, or the redirect or refusal that stands in its place."""
    asset = shelf.assets.get(path)
    if asset is None:
        return _info(404, "not found")
    match asset.state:
        case "replaced":  # scheme-relative, as the live host writes it
            return moved(301, ASSETS.removeprefix("https:") + asset.to, cache=HALF_AN_HOUR)
        case "renamed":
            return moved(302, asset.to)
        case "draft":
            return moved(302, f"https://draft-assets.publishing.service.gov.uk{path}")
        case "placeholder":
            return moved(302, "/government/placeholder", cache="max-age=60, public")
        case "deleted":
            return _info(410, "gone")
        case "forbidden":
            return _info(403, "forbidden")
        case _:
            return _file(asset)


def _file(asset: Asset) -> Answer:
    """The ETag follows the file's time and size, not its bytes."""
    modified = asset.modified or _LONG_AGO
    filename = asset.path.rpartition("/")[2]
    headers = [("Content-Disposition", f'inline; filename="{filename}"'), ("X-Frame-Options", "DENY")]
    if asset.page:
        headers.append(("Link", f'<{GOVUK}{asset.page}>; rel="up"'))
    etag = f'"{int(modified.timestamp()):x}-{len(asset.body):x}"'
    kind = asset.content_type
    return Answer(200, asset.body, kind, HALF_AN_HOUR, etag, modified, tuple(headers))


def _info(status: int, words: str) -> Answer:
    return json_answer(status, {"_response_info": {"status": words}})
