"""The replayed publisher's state at a moment, and what its editors do to it. No sockets, no clock.

Paths are those of the live sites; every time is aware and given by the caller. Safe between threads.
"""

import copy
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from sendwatch.demo.faults import Fault, FaultKind, Faults
from sendwatch.demo.items import Item, content_id_of, gone, govspeak, redirect, stamp

T = TypeVar("T")


class DateFilter(StrEnum):
    """What the search does with ``filter_updated_at``: the contract's section 14 asks for all three."""

    WORKS = "works"
    REFUSED = "refused"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file on the assets host, or what stands in its place. ``path`` begins with /media/.

    ``state`` is live, replaced (301), renamed (302), draft (302), placeholder (302), deleted (410) or
    forbidden (403); ``to`` is where the first two lead. ``page`` is the path of the page it belongs to.
    """

    path: str
    body: bytes = b""
    content_type: str = "application/pdf"
    modified: datetime | None = None
    state: str = "live"
    to: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """A post of the Education Hub. ``number`` is WordPress's id; ``edited`` is None until an edit."""

    path: str
    number: int
    title: str
    body: str
    published: datetime
    categories: tuple[str, ...] = ()
    excerpt: str = ""
    edited: datetime | None = None


class Shelf:
    """Documents by base path, files by path, posts by path, and the faults that are in force."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.documents: dict[str, Item] = {}
        self.earlier: dict[str, Item] = {}  # each page before its last edit: what a stale mirror holds
        self.indexed: dict[str, str] = {}  # when the index was written, where it was not with the page
        self.assets: dict[str, Asset] = {}
        self.posts: dict[str, Post] = {}
        self.ended_feeds: set[str] = set()
        self.faults = Faults()
        self.date_filter = DateFilter.WORKS
        self._made: dict[str, Any] = {}

    # The rest of the class is what editors, and accidents, do.

    def publish(self, item: Item, *children: Item, indexed: datetime | None = None) -> None:
        """Put a page and its HTML children on the shelf, in place of any of the same path.

        ``indexed`` is when the search index was written, if it was not when the page was.
        """
        with self.lock:
            for one in (item, *children):
                path = one["base_path"]
                if path in self.documents:
                    self.earlier[path] = self.documents[path]
                self.documents[path] = copy.deepcopy(one)
            self.indexed.pop(item["base_path"], None)
            if indexed is not None:
                self.indexed[item["base_path"]] = stamp(indexed)
            self._forget()

    def edit(
        self,
        path: str,
        *,
        at: datetime,
        note: str = "",
        body: str = "",
        replacing: Sequence[tuple[str, str]] = (),
        fields: Item | None = None,
        details: Item | None = None,
    ) -> None:
        """Edit a page or a child. With a ``note`` it is a major change, otherwise nobody is told.

        ``body`` is new HTML; ``replacing`` swaps words of the old one, each of which must be there. An
        edit of a child is a new edition of its page: the page is written too.
        """
        with self.lock:
            item = copy.deepcopy(self.documents[path])
            if body:
                item["details"]["body"] = govspeak(body)
            for old, new in replacing:
                if old not in item["details"]["body"]:
                    raise ValueError(f"{path} does not say: {old}")
                item["details"]["body"] = item["details"]["body"].replace(old, new)
            item |= fields or {}
            item["details"] |= details or {}
            item["updated_at"] = stamp(at)
            if note:
                item["public_updated_at"] = stamp(at)
                told = {"note": note, "public_timestamp": stamp(at)}
                item["details"]["change_history"] = [told, *item["details"].get("change_history", [])]
            self.publish(item)
            if note:
                self._date_children(item)
            parent = path.rpartition("/")[0]
            if item["schema_name"] == "html_publication" and parent in self.documents:
                self.touch(parent, at=at)

    def touch(self, path: str, *, at: datetime) -> None:
        """Write a page again with nothing changed, as happens when a page that it links to changes."""
        with self.lock:
            self.publish({**self.documents[path], "updated_at": stamp(at)})

    def withdraw(self, path: str, explanation: str, *, at: datetime) -> None:
        """Leave a page readable under a notice that it is no longer current."""
        notice = {"explanation": govspeak(f"<p>{explanation}</p>"), "withdrawn_at": stamp(at)}
        with self.lock:
            self.publish({**self.documents[path], "withdrawn_notice": notice, "updated_at": stamp(at)})

    def restore(self, path: str, *, at: datetime) -> None:
        """Take the withdrawal notice away."""
        with self.lock:
            self.publish({**self.documents[path], "withdrawn_notice": {}, "updated_at": stamp(at)})

    def move(self, path: str, to: str, *, at: datetime) -> None:
        """Give a page another path; the old one answers 200 with a redirect item."""
        with self.lock:
            old = self.documents[path]
            self.publish({**old, "base_path": to, "updated_at": stamp(at)})
            self.publish(redirect(old, to, at))

    def remove(self, path: str, explanation: str = "", *, alternative: str = "", at: datetime) -> None:
        """Unpublish a page: 410 without a reason, 200 with one."""
        with self.lock:
            self.publish(gone(self.documents[path], at, explanation=explanation, alternative=alternative))

    def vanish(self, path: str) -> None:
        """Make a page answer 404 with an empty body, as if it had never been."""
        with self.lock:
            self.earlier[path] = self.documents.pop(path)
            self.indexed.pop(path, None)
            self._forget()

    def add_asset(self, asset: Asset) -> None:
        """Put a file on the assets host."""
        with self.lock:
            self.assets[asset.path] = asset
            self._forget()

    def replace_asset(
        self, path: str, old: str, new: Asset, *, at: datetime, pages: int = 0, note: str = ""
    ) -> None:
        """Replace the file at asset path ``old`` on a page: new media id, and 301 from the old one."""
        with self.lock:
            listed = copy.deepcopy(self.documents[path]["details"]["attachments"])
            entry = next(one for one in listed if one["url"].endswith(old))
            entry["url"] = entry["url"].removesuffix(old) + new.path
            media_id, filename = new.path.split("/")[-2:]
            entry |= {"file_size": len(new.body), "filename": filename, "content_type": new.content_type}
            entry["assets"] = [{"asset_manager_id": media_id, "filename": filename}]
            if pages:
                entry["number_of_pages"] = pages
            self.add_asset(new)
            self.add_asset(replace(self.assets[old], state="replaced", to=new.path))
            self.edit(path, at=at, note=note, details={"attachments": listed})

    def overwrite_asset(self, path: str, body: bytes, *, at: datetime) -> None:
        """Put other bytes at the same address, as other publishing apps may: same URL, new ETag."""
        with self.lock:
            self.add_asset(replace(self.assets[path], body=body, modified=at))

    def add_post(self, post: Post) -> None:
        """Publish a post on the Education Hub."""
        with self.lock:
            self.posts[post.path] = post
            self._forget()

    def edit_post(self, path: str, *, body: str, at: datetime, title: str = "") -> None:
        """Edit a post: its date stays, the channel's moves."""
        with self.lock:
            old = self.posts[path]
            self.add_post(replace(old, body=body, title=title or old.title, edited=at))

    def remove_post(self, path: str) -> None:
        """Take a post down."""
        with self.lock:
            del self.posts[path]
            self._forget()

    def end_feed(self, path: str) -> None:
        """Retire an Atom feed: it answers 200 with one entry that says so."""
        with self.lock:
            self.ended_feeds.add(path)
            self._forget()

    def fault(self, pattern: str, kind: FaultKind | str, times: int | None = 1, **details: Any) -> None:
        """Make the next ``times`` answers for paths like ``pattern`` go wrong; see Fault for ``details``."""
        with self.lock:
            self.faults.add(Fault(pattern, FaultKind(kind), times, **details))

    def made(self, key: str, make: Callable[[], T]) -> T:
        """Return what ``make`` returns, made once until something on the shelf changes."""
        with self.lock:
            if key not in self._made:
                self._made[key] = make()
            result: T = self._made[key]
            return result

    def _date_children(self, item: Item) -> None:
        """A page's children carry its public date, whichever of them changed."""
        for link in item["details"].get("attachments", []):
            child = self.documents.get(link["url"])
            if child is not None:
                dates = {"public_updated_at": item["public_updated_at"], "updated_at": item["updated_at"]}
                self.publish({**child, **dates})

    def _forget(self) -> None:
        self._made.clear()


def media_path(filename: str, edition: int = 1) -> str:
    """Return the path on the assets host that an invented file has: a new one for each edition."""
    return f"/media/{content_id_of(f'{filename}#{edition}').replace('-', '')[:24]}/{filename}"
