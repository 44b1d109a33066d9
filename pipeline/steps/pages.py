"""Find the Document that a person means by an address: its own, a file's or a former one. Changes nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from pipeline.model.traces import Site
from pipeline.store import documents, listings, search
from pipeline.store.documents import DocumentRow
from pipeline.store.listings import Listed
from pipeline.text.finding.pasted import candidates, parent_of, pasted_url

Here = Callable[[str], str]  # an address at the place where its host is watched


@dataclass(frozen=True, slots=True)
class Meant:
    """What an address means: ``what`` lies there (page, child, file, moved), which ``lists`` named it."""

    url: str
    row: DocumentRow | None
    what: str
    lists: tuple[Listed, ...]


def meant(tx: Connection, pasted: str, here: Here) -> Meant:
    """What the address means; with an empty ``url`` it is none."""
    url = here(pasted_url(pasted)) if pasted_url(pasted) else ""
    if not url:
        return Meant("", None, "", ())
    asked = candidates(url)
    lists = tuple(listings.at(tx, asked))
    for one in asked:
        row = documents.by_url(tx, one)
        if row is not None:
            return Meant(url, row, "page", lists)
    for one in asked:
        for document_id, what in search.at_address(tx, one):
            row = documents.get(tx, document_id)
            return Meant(url, row, what, lists or tuple(listings.at(tx, [row.url])))
    parent = documents.by_url(tx, parent_of(url)) if not lists and parent_of(url) else None
    if parent is not None:
        return Meant(url, parent, "child", tuple(listings.at(tx, [parent.url])))
    return Meant(url, None, "", lists)


def watching(url: str, sites: Sequence[Site]) -> list[Site]:
    """The Sources that watch the site of an address."""
    host = url.partition("://")[2].partition("/")[0]
    return [site for site in sites if site.host == host]
