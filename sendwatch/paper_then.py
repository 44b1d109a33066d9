"""A page as sendwatch had it at an earlier moment, out of its own memory. Asks no publisher."""

import os
from datetime import datetime
from pathlib import Path

from pipeline.model.blocks import Reading, ReadStatus
from pipeline.model.errors import Unreadable
from pipeline.store import documents, versions
from pipeline.store.database import open_database
from pipeline.text.words.dates import LONDON
from sendwatch.commands.moments import let_go_words
from sendwatch.paper import Paper
from sendwatch.settings import read_settings


def paper_then(url: str, when: datetime) -> Paper:
    """The Version of the Document at ``url`` that stood at ``when`` (aware).

    Raises:
        Unreadable: sendwatch has never seen the page, did not know it then, or has let that text go.
    """
    settings = read_settings(os.environ, cwd=Path.cwd())
    db = open_database(settings.database_url)
    try:
        with db.begin() as tx:
            row = documents.by_url(tx, url.rstrip("/")) or documents.by_url(tx, url)
            if row is None:
                raise Unreadable(f"sendwatch has never seen {url}")
            try:
                version = versions.at(tx, row.id, when)
            except versions.LetGo as gone:
                raise Unreadable(let_go_words(url, gone.seen_at)) from None
            if version is None:
                first = row.first_seen.astimezone(LONDON)
                raise Unreadable(
                    f"sendwatch did not know {url} then; it saw it first on {first:%Y-%m-%d %H:%M}"
                )
    finally:
        db.close()
    text = Reading("govuk", ReadStatus.READ, version.record.title, version.blocks)
    return Paper(url, text, record=version.record, parts=version.parts)
