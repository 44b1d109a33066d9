"""Find what hangs below a GOV.UK page: HTML children, attached files, links to other sites. Pure.

Never fetches. A key stays the same while the thing stays the same: a file that is replaced gets a new
URL, id and filename, but keeps its title, so the title is its key.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from crawler.reading.html import soup_of
from crawler.reading.json_shape import JsonObject, loose_objects, loose_text
from crawler.reading.tidy import absolute, join_tidy, tidy

_ASSET_HOSTS = frozenset({"assets.publishing.service.gov.uk", "assets.digital.cabinet-office.gov.uk"})
_PICTURES = frozenset(["jpg", "jpeg", "png", "gif", "svg", "webp", "bmp", "ico", "tif", "tiff", "mp3", "mp4"])
_BARE_ASSET = re.compile(
    r"https?://assets\.(?:publishing\.service|digital\.cabinet-office)\.gov\.uk/[^\s\"'<>()\[\]]{5,500}"
)


@dataclass(frozen=True, slots=True)
class ChildLink:
    """An HTML publication below a page. ``key`` and ``path`` are its base path."""

    key: str
    path: str
    title: str


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file attached to a page or linked from its text. ``size`` (bytes) and ``pages`` are 0 if unknown.

    ``draft`` is True where the publisher says that the file is not public yet, None where it says nothing.
    """

    key: str
    url: str
    title: str
    filename: str = ""
    content_type: str = ""
    size: int = 0
    pages: int = 0
    draft: bool | None = None


def children_of(details: JsonObject, links: JsonObject, root: str, base_path: str) -> tuple[ChildLink, ...]:
    """Return the HTML children: attachments first in their order, then any that only the links name."""
    found: dict[str, ChildLink] = {}
    for item in loose_objects(details, "attachments"):
        if item.get("attachment_type") == "html" and (path := _path(loose_text(item, "url"), root)):
            found.setdefault(path, ChildLink(path, path, loose_text(item, "title")))
    for item in loose_objects(links, "children"):
        path = loose_text(item, "base_path")
        below = path.startswith(f"{base_path}/")
        if path and (below or "html_publication" in {item.get("schema_name"), item.get("document_type")}):
            found.setdefault(path, ChildLink(path, path, loose_text(item, "title")))
    return tuple(found.values())


def files_of(details: JsonObject, html: str, page_url: str) -> tuple[FileLink, ...]:
    """Return the attached files in the publisher's order, then files that only the text links to.

    Keys are unique. The first file of a title has the title as its key; a further one adds its format
    ("Annex A [odt]") and then a number; a file without a title has its position ("file 2").
    """
    keys: set[str] = set()
    files: list[FileLink] = []
    for item in loose_objects(details, "attachments"):
        if item.get("attachment_type") in {"html", "external"}:
            continue
        url = absolute(loose_text(item, "url"), page_url)
        if url:
            position = len(files) + 1
            files.append(_attached(item, url, position, keys))
    for url, title in linked_files(html, page_url):
        if url not in {file.url for file in files}:
            filename = _filename(url)
            key = _key(title or filename, filename, len(files) + 1, keys)
            files.append(FileLink(key, url, title or filename, filename, draft=_draft(url)))
    return tuple(files)


def linked_files(
    html: str, page_url: str, hosts: frozenset[str] = _ASSET_HOSTS
) -> tuple[tuple[str, str], ...]:
    """Return (URL, link text) of files on the asset hosts that a text links to; pictures are passed over."""
    found: dict[str, str] = {}
    if not any(host in html for host in hosts) and "/media/" not in html and "/uploads/" not in html:
        return ()
    for link in soup_of(html).find_all("a", href=True):
        url = absolute(str(link["href"]), page_url)
        if url and _is_file(url, hosts):
            found[url] = found.get(url) or join_tidy(link.strings)
    for bare in _BARE_ASSET.findall(html):  # links in markdown are plain text
        url = absolute(bare.rstrip(".,;:"), page_url)
        if url and _is_file(url, hosts):
            found.setdefault(url, "")
    return tuple(found.items())


def external_facts(details: JsonObject, root: str) -> tuple[tuple[str, str], ...]:
    """Return the attachments that are links to other sites as facts ("external attachment: title", URL)."""
    return tuple(
        (f"external attachment: {loose_text(item, 'title') or url}", url)
        for item in loose_objects(details, "attachments")
        if item.get("attachment_type") == "external"
        and (url := absolute(loose_text(item, "url"), f"{root}/"))
    )


def _attached(item: JsonObject, url: str, position: int, keys: set[str]) -> FileLink:
    title = loose_text(item, "title")
    filename = loose_text(item, "filename") or _filename(url)
    draft = item.get("draft")
    return FileLink(
        key=_key(title, filename, position, keys),
        url=url,
        title=title or filename,
        filename=filename,
        content_type=loose_text(item, "content_type"),
        size=_count(item.get("file_size")),
        pages=_count(item.get("number_of_pages")),
        draft=draft if isinstance(draft, bool) else _draft(url),
    )


def _key(title: str, filename: str, position: int, keys: set[str]) -> str:
    ending = _ending(filename)
    wanted = title or f"file {position}"
    if wanted in keys and ending:
        wanted = f"{wanted} [{ending}]"
    key, number = wanted, 2
    while key in keys:
        key, number = f"{wanted} {number}", number + 1
    keys.add(key)
    return key


def _path(url: str, root: str) -> str:
    whole = absolute(url, f"{root}/")
    return urlsplit(whole).path if whole.startswith(f"{root}/") else ""


def _is_file(url: str, hosts: frozenset[str]) -> bool:
    parts = urlsplit(url)
    ending = _ending(parts.path)
    kept_with_us = parts.netloc in hosts or parts.path.startswith("/government/uploads/")
    return kept_with_us and bool(ending) and ending not in _PICTURES


def _filename(url: str) -> str:
    return tidy(unquote(urlsplit(url).path.rpartition("/")[2]))


def _ending(filename: str) -> str:
    ending = filename.rpartition("/")[2].rpartition(".")[2].lower()
    return ending if "." in filename.rpartition("/")[2] and 1 <= len(ending) <= 5 and ending.isalnum() else ""


def _draft(url: str) -> bool | None:
    return True if urlsplit(url).netloc.startswith("draft-assets.") else None


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
